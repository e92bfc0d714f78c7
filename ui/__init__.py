"""What the clerk sees: windows, pages and widgets over the services of :mod:`counter_app`."""
