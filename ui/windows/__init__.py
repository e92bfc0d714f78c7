"""The window and what fills it: set-up, login, the frame of the desk, the lock."""
