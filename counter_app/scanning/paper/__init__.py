"""Clean-up of pages: straight, white, cut to the paper, and whether anything stands on them. The scan itself is never changed."""
