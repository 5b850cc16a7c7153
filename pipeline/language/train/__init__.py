"""Training the project's own language model: `python -m pipeline.language.train --data DIR`."""
