"""Statutory forms, books and codes as PDF and Excel, from data."""
