"""How the hand-written world says no."""


class RefusedError(AssertionError):
    """A dialogue asked for something that storage would refuse."""
