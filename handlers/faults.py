"""Logging what broke without repeating what was said."""

import traceback

FRAMES = 8


def describe(error: BaseException) -> str:
    """Kind and place of an error without its message, which may quote an answer, a code or a token."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return f"{type(error).__name__} at " + " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))
