"""Webhooks as the Standard Webhooks specification describes them."""
