"""Files to articles: what stands in the seeds folder, how it is encoded, dated and laid out."""

from pipeline.read.reader import read_article

__all__ = ["read_article"]
