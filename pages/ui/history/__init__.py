"""What was decided, how, and whether the record holds."""
