"""Dossiers looked up, listed and shown; who may touch one."""
