"""What fulfils the ports; only bootstrap knows these modules."""
