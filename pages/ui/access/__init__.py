"""Who may see what: sign-in, roles, the guard of every page."""
