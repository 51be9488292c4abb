"""What is done with articles: taking them in, looking after them, finding what is missing."""
