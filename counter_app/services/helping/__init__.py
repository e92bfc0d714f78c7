"""What works on this PC, and what is told to those who help."""
