"""Reports of any period, and the 766 score."""
