"""A pretend Telegram: the Bot API over HTTP, with the chats of several people behind it."""
