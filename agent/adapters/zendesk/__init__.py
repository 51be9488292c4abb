"""Tickets at Zendesk, over its public Ticketing API."""
