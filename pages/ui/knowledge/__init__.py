"""Articles: what the desk knows, what it lacks, and how it learns."""
