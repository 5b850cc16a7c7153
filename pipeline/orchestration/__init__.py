"""All of Dagster: assets, checks, metadata, what starts a run, and a run whose history it keeps."""

from pipeline.spared import without

# What Dagster keeps its history with and notes of its daemon colour their errors.
without("mako.ext.pygmentplugin", "mako.exceptions")
without("rich", "structlog.dev")
