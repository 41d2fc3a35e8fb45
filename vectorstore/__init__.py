"""Keep what reports say where it can be searched: by meaning (Chroma) and by word (SQLite)."""
