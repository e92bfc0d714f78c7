"""This desk itself: its set-up, its profile and what the commune sets for its house."""
