"""Jiuzhu: the four services of a district's social assistance, and what they have in common."""
