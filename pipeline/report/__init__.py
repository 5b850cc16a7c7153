"""Static pages for reading the published tables, from the disk, without a server or a network."""
