"""Tuning the sentence encoder on our own sentences (docs/adr/0011-zinscodering-afstemmen.md); needs an environment of its own."""
