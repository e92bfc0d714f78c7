"""Paper becomes files: scanners of every kind, clean-up of pages, codes on them, PDF/A, signatures. Implements ports of the services."""
