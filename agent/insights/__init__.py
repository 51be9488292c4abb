"""What the desk does, in figures: the facts as columns, metrics with one definition each, other thresholds tried."""
