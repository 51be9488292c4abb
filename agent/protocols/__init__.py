"""Receive, run, park, decide, apply, finish, recover: what makes the desk trustworthy, one protocol per file."""
