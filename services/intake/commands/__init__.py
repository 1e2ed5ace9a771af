"""What people do in intake: one function per act."""
