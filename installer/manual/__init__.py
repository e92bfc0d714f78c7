"""The manual on paper: all chapters as one PDF, and a card with the keys for each role; made from the same files that the window shows."""
