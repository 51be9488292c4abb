"""Embedded defaults that need nothing but a folder: clock, ticket desk, payments book and order store."""
