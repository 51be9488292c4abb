"""The Live desk: conversation, graph and what is sent."""
