"""Numbers of dossiers: never the same twice."""
