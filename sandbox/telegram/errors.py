"""How the Bot API refuses, in the original's words.

Texts are those of the public Bot API server and of TDLib (https://github.com/tdlib/telegram-bot-api,
https://github.com/tdlib/td); a client compares them, so they are kept to the letter.
"""


class Refused(Exception):
    """A request of the bot that Telegram would not carry out."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        """Seconds to wait; only with code 429."""


class PersonCannot(Exception):
    """Something that the Telegram app does not let a person do (edit somebody else's message, and the like)."""


def bad_request(text: str) -> Refused:
    return Refused(400, f"Bad Request: {text}")


def forbidden(text: str) -> Refused:
    return Refused(403, f"Forbidden: {text}")


def conflict(text: str) -> Refused:
    return Refused(409, f"Conflict: {text}")


def too_many_requests(retry_after: int) -> Refused:
    return Refused(429, f"Too Many Requests: retry after {retry_after}", retry_after)


def not_emulated(what: str) -> Refused:
    """The original would understand this; the sandbox does not, and says so instead of pretending."""
    return Refused(501, f"Not Implemented: {what} is not emulated in this sandbox")


NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_WAS_SET = "terminated by setWebhook request"
WEBHOOK_IS_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
