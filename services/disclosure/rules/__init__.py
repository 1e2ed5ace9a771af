"""The law of disclosure as pure functions."""
