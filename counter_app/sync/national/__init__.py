"""Provinces that have no gateway and speak only the national record: the seam, one adapter, and the passes over it."""
