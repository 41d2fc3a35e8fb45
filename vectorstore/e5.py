"""Unpack multilingual-e5-small (rough version, to be refined)."""
