"""The rules of the yearly review: pure functions and data. No I/O but reading pack files; imports no other room."""
