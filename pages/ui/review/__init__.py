"""One review: its evidence and its decision."""
