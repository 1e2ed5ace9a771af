"""Writes the documents that follow from code and contracts, so that they cannot disagree with them."""
