"""Rows of all articles in, the tables that span articles out. Knows nothing of text files or parsing."""
