"""The regulation as intake applies it: pure functions."""
