"""An error whose text says what to do; command lines print it and end with 1."""


class AccountError(Exception):
    """Something outside the program stands in the way."""
