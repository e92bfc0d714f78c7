"""Versions of the program side by side on this computer, and the packages that bring them."""
