"""What the desk tells those who run it: spans, log lines and counters. Nothing in here decides anything."""
