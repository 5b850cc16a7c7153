"""The weights of pair scores, learned from marked stories: `python -m pipeline.link.train STORIES`."""
