"""The desk's own tables and the queries on them."""
