"""What the regulation says about the roll and the household files."""
