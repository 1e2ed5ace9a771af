"""The baselines: the same work with nothing around it, measured in the same run."""
