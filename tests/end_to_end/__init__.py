"""The real bot process, from the other side of the wire: a fake Bot API, web pages, one SQLite file."""
