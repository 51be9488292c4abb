"""Whether the desk is well."""
