"""Tables of plain rows for the views: no query, no service, only what a cell shows."""
