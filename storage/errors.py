"""The base of what stops the start: each says in one sentence, for the person who starts the bot, what is wrong."""


class StorageError(Exception):
    """`str()` is the sentence. Holds no secret and no address of a database."""
