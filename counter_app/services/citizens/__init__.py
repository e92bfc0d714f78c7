"""What the desk does for citizens besides their dossiers: messages, complaints, and the answer to what is held about them."""
