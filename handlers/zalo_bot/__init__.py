"""The Zalo Bot Platform: no buttons, no edits, no documents, 2,000 characters, nothing repeated after an outage."""
