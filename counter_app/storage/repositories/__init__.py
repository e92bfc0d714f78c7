"""One repository a port, over a connection; none of them knows which database it is."""
