"""Dialogs about scanned paper: what is digitised of a dossier, what stands on a paper, how a set is divided, and the scanners."""
