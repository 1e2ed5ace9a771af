"""What the regulations say about approving a case; pure functions over values."""
