"""The XForms engine: reads the forms that districts write and the answers that come back."""
