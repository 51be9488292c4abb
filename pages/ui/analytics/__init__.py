"""What the desk does, in figures and charts, with the threads behind every one of them."""
