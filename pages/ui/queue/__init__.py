"""What waits: the queue, its filters, look-alikes, and what reviewers notice."""
