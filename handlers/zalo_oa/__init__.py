"""Zalo Official Account, API v3: up to five buttons, 2,000 characters, a sending window per person, rotating tokens."""
