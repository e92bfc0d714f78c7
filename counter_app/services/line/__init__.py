"""The line to the province as a desk keeps it: when a pass is made, how it may use the line, what became of each, how sides compare."""
