"""Dossiers from and for other programs: older ones imported, exports, and what must be typed into a ministry's program."""
