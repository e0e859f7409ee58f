"""The web chat: phone-first pages that work without JavaScript, and better with it."""

from handlers.web.mount import mount

__all__ = ["mount"]
