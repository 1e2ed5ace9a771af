"""Review: annual and occasional checks of running grants, their changes, exits and penalties."""
