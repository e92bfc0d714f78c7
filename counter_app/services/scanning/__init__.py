"""Paper at the desk: the verbs of scanning and the ports they need."""
