"""The steps from one schema to the next, each frozen once it was released."""
