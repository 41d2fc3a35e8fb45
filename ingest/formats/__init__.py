"""Read each file format into a document, see `ingest.document`."""
