"""The verbs of the desk: each runs one transaction through a unit of work and says what changed."""
