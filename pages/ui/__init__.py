"""What two or more pages share: the session, the widgets and the live graph."""
