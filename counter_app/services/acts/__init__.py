"""What happens to a dossier after its receipt: each verb in its own module, carried out by :mod:`acting`."""
