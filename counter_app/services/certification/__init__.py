"""The certification counter (chứng thực)."""
