"""Widgets of the design, without any knowledge of services."""
