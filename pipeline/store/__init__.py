"""Where rows and tables lie: the cache of shards, staged tables, what is published, the lock."""
