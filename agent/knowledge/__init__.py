"""Articles, how they are cut, and how they are found."""
