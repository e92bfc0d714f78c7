"""Signatures on PDF files: made with a token, marked as the law says, and looked at."""
