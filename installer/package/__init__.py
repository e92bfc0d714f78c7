"""Makes what a commune's PC installs: a set-up program and an MSI for Windows, a ``.deb`` for Debian and Ubuntu."""
