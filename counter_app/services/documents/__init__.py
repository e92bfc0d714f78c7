"""What stands on slips, forms, lists and posters, and the queue of what is printed."""
