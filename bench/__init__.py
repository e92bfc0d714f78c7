"""Measurements against named peers: `make bench`. Not part of the product."""
