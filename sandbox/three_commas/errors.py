"""Refusals of the pretend 3Commas, word for word where the originals are documented."""

from collections.abc import Mapping, Sequence
from typing import Literal


class Refused(Exception):
    """Something a person tried was not accepted; `sentence` is what the page says about it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class ApiError(Refused):
    """A refusal with the JSON body of the API: `error`, and if known `error_description` and `error_attributes`."""

    def __init__(
        self,
        status: int,
        error: str,
        description: str | None = None,
        attributes: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        first = next(iter(attributes.values()), []) if attributes else []
        super().__init__(first[0] if first else description or error)
        self.status = status
        self.error = error
        self.description = description
        self.attributes = attributes

    def body(self) -> dict[str, object]:
        body: dict[str, object] = {"error": self.error}
        if self.description is not None:
            body["error_description"] = self.description
        if self.attributes is not None:
            body["error_attributes"] = {name: list(said) for name, said in self.attributes.items()}
        return body


class PlainRefusal(Exception):
    """A refusal that comes from the edge: plain text instead of JSON."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


def record_invalid(**attributes: str) -> ApiError:
    """400 for a parameter that breaks a rule. Keys of nested parameters are bracketed: `position[type]`."""
    return ApiError(400, "record_invalid", "Invalid parameters", {name: [said] for name, said in attributes.items()})


def api_key_invalid() -> ApiError:
    return ApiError(401, "api_key_invalid_or_expired", "Unauthorized. Invalid or expired api key.")


def signature_invalid() -> ApiError:
    return ApiError(401, "signature_invalid", "Provided signature is invalid")


def not_authorized() -> ApiError:
    """403 for a token that lacks the permission."""
    return ApiError(403, "Forbidden", "Api key not authorized for this action")


def not_in_plan(kind: str) -> ApiError:
    """429 with JSON: permanent until the plan changes. `kind` is "read" or "write"."""
    return ApiError(
        429,
        f"The request type '{kind}' is not available with your current subscription plan. "
        "Please upgrade your plan to use this type of request.",
    )


def not_found() -> ApiError:
    return ApiError(404, "not_found", "Not Found")


def smart_trade_not_found(status: int) -> ApiError:
    """400 on the trade itself, 404 on what lies below it."""
    return ApiError(status, "Not found", "Smart Trade not found")


def exchange_key_invalid(description: str = "API keys are no longer valid or incorrect.") -> ApiError:
    """422: the venue refuses the key stored in the exchange account."""
    return ApiError(422, "invalid_api_key", description)


def exchange_error(description: str) -> ApiError:
    """422: the venue answered with something else than a refusal of the key, or not at all."""
    return ApiError(422, "unknown_market_api_error", description)


def already_connected() -> ApiError:
    return record_invalid(api_key="This account is already connected!")


def not_emulated(what: str) -> ApiError:
    """501: the original has it, this sandbox does not."""
    return ApiError(501, "not_emulated", f"{what} is not emulated in this sandbox")


def unknown_error(cause: str) -> ApiError:
    """500 as the original words it when its own code trips, for example over malformed JSON."""
    return ApiError(500, "unknown_error", f"Unknown error occurred#{cause}")


def retry_later(form: Literal["text", "json"] = "text") -> PlainRefusal | ApiError:
    """429 for going too fast."""
    return PlainRefusal(429, "Retry later\n") if form == "text" else ApiError(429, "Too many requests")


def banned() -> PlainRefusal:
    """418: the address went on after 429. The original body is not documented."""
    return PlainRefusal(418, "Your address is banned for going on after 429\n")
