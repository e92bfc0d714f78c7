"""The icon of the program."""
