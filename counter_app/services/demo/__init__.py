"""A believable day at the desk, done with the services that the window uses."""
