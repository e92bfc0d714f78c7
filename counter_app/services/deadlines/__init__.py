"""Appointments: the calendar of this desk, how the commune counts, and a date in words."""
