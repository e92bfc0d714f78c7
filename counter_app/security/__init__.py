"""Passwords, keys and the recovery sheet's secret."""
