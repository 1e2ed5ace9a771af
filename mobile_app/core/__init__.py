"""The field app without its screens: what can be tested on any computer."""
