"""Disclosure: what is posted on the village board, for how long, masked how, and who objected."""
