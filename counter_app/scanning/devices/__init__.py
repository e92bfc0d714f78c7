"""Ways to scanners: SANE, eSCL over the network, WIA on Windows, and a folder that a copier scans to."""
