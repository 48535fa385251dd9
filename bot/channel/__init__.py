"""The engine's private door: one call is one turn of one conversation."""
