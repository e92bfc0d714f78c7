"""Paths, settings, logs, messages and safe files: what every room uses and none of the law."""
