"""What a command could not do, apart from what the settings, the records and the library refuse."""


class UsageError(Exception):
    """A command was given something that it cannot take; the message says what to give instead."""


class UnreachableError(Exception):
    """Discord could not be reached; the message says what to do."""
