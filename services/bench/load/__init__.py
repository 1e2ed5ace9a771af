"""The loads: each runs in a process of its own, so that its cost is not the server's."""
