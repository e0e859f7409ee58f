"""Measured, not guessed: `make bench` prints a table and writes it to benchmarks/RESULTS.md."""
