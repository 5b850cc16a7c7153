"""Training of the decisions on events, and what comes out of it."""
