"""Measure how well the desk judges, on labelled messages that it has never seen."""
