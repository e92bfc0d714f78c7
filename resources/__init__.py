"""Data only: each folder below says where it comes from and under which licence."""
