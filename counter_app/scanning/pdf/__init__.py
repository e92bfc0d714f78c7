"""Pages as PDF/A-2b: what becomes of their pixels, and the file around them."""
