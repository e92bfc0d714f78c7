"""What the use cases keep and look up, as protocols; :mod:`counter_app.storage` implements them."""
