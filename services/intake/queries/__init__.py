"""What people look at in intake."""
