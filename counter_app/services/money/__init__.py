"""Money taken, counted and handed in."""
