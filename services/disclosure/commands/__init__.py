"""Everything disclosure does, each act one transaction."""
