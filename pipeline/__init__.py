"""News articles in, tables that analysts trust out.

`read` finds and decodes the articles, `language` parses them, `extract` turns one parsed article into rows,
`link` connects rows of all articles, `store` keeps and publishes tables, `orchestration` shows it all to Dagster.
"""
