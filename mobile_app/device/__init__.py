"""What differs from one kind of device to the next, behind small interfaces of the core."""
