"""Tickets as incidents of ServiceNow, over its public Table API."""
