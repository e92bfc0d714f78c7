"""The desk without a window: one module a family of headless verbs."""
