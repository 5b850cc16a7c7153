"""Training of the network over whole articles: `python -m pipeline.extract.joint.train`."""
