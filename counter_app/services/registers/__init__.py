"""Registers and the page that ends a day."""
