"""Whether everything stored still tells the same story."""
