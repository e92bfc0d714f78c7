"""The page Quản trị: one section for each question an administrator has."""
