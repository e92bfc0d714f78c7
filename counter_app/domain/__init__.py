"""The law of the desk in plain Python: no database, no network, no PDF, no Qt and no clock."""
