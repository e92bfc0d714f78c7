"""Newer versions of the program, and of the words it prints: what is one, which is taken, when it counts."""
