"""skillmark."""
