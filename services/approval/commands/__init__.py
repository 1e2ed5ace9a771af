"""What approval can be asked to do. Each command is one transaction: load, decide, save, announce."""
