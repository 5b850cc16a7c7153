"""Rows of `figures`: numbers that count or measure."""

from pipeline.extract.figures.assemble import extract_figures

__all__ = ["extract_figures"]
