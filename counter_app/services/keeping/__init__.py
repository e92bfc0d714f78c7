"""Safe keeping: copies of the desk on other disks, made without a person, and the proof that they can be restored."""
