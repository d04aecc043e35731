"""The codes and sentences by which venues and 3Commas name their troubles, as data.

Sources: Binance's lists of error codes for spot and USDⓈ-M futures, the published lists of the other venues, and 3Commas'
help pages on connection errors. A row is added here and nowhere else.
"""

from enum import StrEnum

from domain.causes import Cause


class Group(StrEnum):
    """What kind of trouble a text speaks of. Only KEY to RESTRICTED are about the key or the account."""

    KEY = "key"
    ADDRESS = "address"
    PERMISSION = "permission"
    RESTRICTED = "restricted"
    REGION = "region"
    PLAN = "plan"
    BALANCE = "balance"
    MARGIN = "margin"
    MINIMUM = "minimum"
    AMOUNT_STEP = "amount_step"
    PRICE_STEP = "price_step"
    PRICE_BAND = "price_band"
    TRIGGER_SIDE = "trigger_side"
    REDUCE_ONLY = "reduce_only"
    POSITION_MODE = "position_mode"
    LEVERAGE = "leverage"
    ACCOUNT_MODE = "account_mode"
    TOO_MANY_ORDERS = "too_many_orders"
    PAIR = "pair"
    CLOCK = "clock"
    LOAD = "load"
    MAINTENANCE = "maintenance"
    ORDER_GONE = "order_gone"
    LIQUIDATION = "liquidation"
    UNKNOWN = "unknown"


KEY_ADDRESS_OR_RIGHT = (Cause.KEY_UNKNOWN, Cause.IP_NOT_ALLOWED, Cause.PERMISSION_MISSING)
"""Three faults that share one answer, in the order in which to test them."""

Meaning = tuple[Group, tuple[Cause, ...]]
_KEY: Meaning = (Group.KEY, (Cause.KEY_UNKNOWN,))
_EXPIRED: Meaning = (Group.KEY, (Cause.KEY_EXPIRED,))
_SECRET: Meaning = (Group.KEY, (Cause.SECRET_WRONG,))
_PASSPHRASE: Meaning = (Group.KEY, (Cause.PASSPHRASE_WRONG,))
_ANY_OF_THREE: Meaning = (Group.KEY, KEY_ADDRESS_OR_RIGHT)
_ADDRESS: Meaning = (Group.ADDRESS, (Cause.IP_NOT_ALLOWED,))
_RIGHT: Meaning = (Group.PERMISSION, (Cause.PERMISSION_MISSING,))
_RESTRICTED: Meaning = (Group.RESTRICTED, (Cause.ACCOUNT_RESTRICTED,))
_REGION: Meaning = (Group.REGION, (Cause.REGION_BLOCKED,))
_CLOCK: Meaning = (Group.CLOCK, (Cause.CLOCK_OFF,))
_LOAD: Meaning = (Group.LOAD, (Cause.RATE_LIMITED,))
_DOWN: Meaning = (Group.MAINTENANCE, (Cause.EXCHANGE_DOWN,))
_MODE: Meaning = (Group.ACCOUNT_MODE, (Cause.ACCOUNT_MODE,))


def _order(group: Group) -> Meaning:
    """The order broke a rule; the key is fine."""
    return (group, ())


CODES: dict[str, dict[str, Meaning]] = {
    "binance": {
        "-1002": _RIGHT,
        "-1003": _LOAD,
        "-1006": _LOAD,
        "-1007": _LOAD,
        "-1008": _LOAD,
        "-1015": _LOAD,
        "-1021": _CLOCK,
        "-1022": _SECRET,
        "-1111": _order(Group.AMOUNT_STEP),
        "-1121": _order(Group.PAIR),
        "-2008": _KEY,
        "-2011": _order(Group.ORDER_GONE),
        "-2013": _order(Group.ORDER_GONE),
        "-2014": _KEY,
        "-2015": _ANY_OF_THREE,
        "-2017": _RESTRICTED,
        "-2018": _order(Group.BALANCE),
        "-2019": _order(Group.MARGIN),
        "-2021": _order(Group.TRIGGER_SIDE),
        "-2022": _order(Group.REDUCE_ONLY),
        "-2023": _order(Group.LIQUIDATION),
        "-2024": _order(Group.REDUCE_ONLY),
        "-2025": _order(Group.TOO_MANY_ORDERS),
        "-2026": _order(Group.ORDER_GONE),
        "-2027": _order(Group.LEVERAGE),
        "-2028": _order(Group.LEVERAGE),
        "-4003": _order(Group.AMOUNT_STEP),
        "-4005": _order(Group.AMOUNT_STEP),
        "-4014": _order(Group.PRICE_STEP),
        "-4016": _order(Group.PRICE_BAND),
        "-4024": _order(Group.PRICE_BAND),
        "-4028": _order(Group.LEVERAGE),
        "-4047": _order(Group.LEVERAGE),
        "-4048": _order(Group.LEVERAGE),
        "-4061": _order(Group.POSITION_MODE),
        "-4067": _order(Group.POSITION_MODE),
        "-4068": _order(Group.POSITION_MODE),
        "-4118": _order(Group.REDUCE_ONLY),
        "-4131": _order(Group.PRICE_BAND),
        "-4164": _order(Group.MINIMUM),
        "-4192": _RESTRICTED,
        "-4202": _RESTRICTED,
        "-4205": _order(Group.LEVERAGE),
        "-4206": _order(Group.LEVERAGE),
        "-4400": _RESTRICTED,
        "-4401": _RESTRICTED,
        "-4402": _REGION,
        "2000003919": _RESTRICTED,
    },
    "bybit": {
        "10002": _CLOCK,
        "10003": _KEY,
        "10004": _SECRET,
        "10005": _RIGHT,
        "10006": _LOAD,
        "10008": _RESTRICTED,
        "10009": _REGION,
        "10010": _ADDRESS,
        "10016": _DOWN,
        "10018": _LOAD,
        "10024": _REGION,
        "10027": _RESTRICTED,
        "10028": _MODE,
        "33004": _EXPIRED,
        "100028": _MODE,
        "110007": _order(Group.MARGIN),
        "110017": _order(Group.REDUCE_ONLY),
        "110044": _order(Group.MARGIN),
        "110092": _order(Group.TRIGGER_SIDE),
        "110093": _order(Group.TRIGGER_SIDE),
        "110094": _order(Group.MINIMUM),
        "170131": _order(Group.BALANCE),
        "170140": _order(Group.MINIMUM),
    },
    "okx": {
        "50001": _DOWN,
        "50007": _RESTRICTED,
        "50009": _RESTRICTED,
        "50011": _LOAD,
        "50027": _RESTRICTED,
        "50061": _LOAD,
        "50100": _RESTRICTED,
        "50101": _KEY,
        "50102": _CLOCK,
        "50105": _PASSPHRASE,
        "50110": _ADDRESS,
        "50111": _KEY,
        "50112": _CLOCK,
        "50113": _SECRET,
        "50119": _KEY,
        "50120": _RIGHT,
        "51008": _order(Group.MARGIN),
        "51010": _MODE,
        "51020": _order(Group.MINIMUM),
        "51121": _order(Group.AMOUNT_STEP),
        "51155": _REGION,
    },
    "kucoin": {
        "400002": _CLOCK,
        "400003": _KEY,
        "400004": _PASSPHRASE,
        "400005": _SECRET,
        "400006": _ADDRESS,
        "400007": _RIGHT,
        "200004": _order(Group.BALANCE),
        "400302": _REGION,
        "400303": _RESTRICTED,
        "411100": _RESTRICTED,
        "429000": _LOAD,
    },
    "kraken": {
        "eapi:invalid key": _KEY,
        "eapi:invalid signature": _SECRET,
        "eapi:invalid nonce": _CLOCK,
        "egeneral:permission denied": _RIGHT,
        "egeneral:temporary lockout": _LOAD,
        "eapi:rate limit exceeded": _LOAD,
        "eorder:rate limit exceeded": _LOAD,
        "eorder:insufficient funds": _order(Group.BALANCE),
        "eorder:order minimum not met": _order(Group.MINIMUM),
        "etrade:user locked": _RESTRICTED,
        "eaccount:invalid permissions": _REGION,
        "eservice:unavailable": _DOWN,
        "eservice:busy": _DOWN,
    },
    "gate": {
        "invalid_key": _KEY,
        "invalid_signature": _SECRET,
        "ip_forbidden": _ADDRESS,
        "forbidden": _RIGHT,
        "read_only": _RIGHT,
        "request_expired": _CLOCK,
        "account_locked": _RESTRICTED,
        "balance_not_enough": _order(Group.BALANCE),
        "increase_position": _order(Group.REDUCE_ONLY),
    },
    "bitget": {
        "40005": _CLOCK,
        "40006": _KEY,
        "40008": _CLOCK,
        "40009": _SECRET,
        "40012": (Group.KEY, (Cause.KEY_UNKNOWN, Cause.PASSPHRASE_WRONG)),
        "40013": _RESTRICTED,
        "40014": _RIGHT,
        "40018": _ADDRESS,
        "40031": _RESTRICTED,
        "40037": _KEY,
        "40308": _DOWN,
        "40762": _order(Group.BALANCE),
        "40774": _order(Group.POSITION_MODE),
        "45110": _order(Group.MINIMUM),
    },
    "htx": {
        "incorrect access key": _KEY,
        "incorrect ip address": _ADDRESS,
    },
}
"""Per venue: the raw code as its API sends it (lower case where it is a word)."""

SAYS_IN_WORDS = ("-2010", "-1013")
"""Codes of Binance whose meaning lies in the words that follow them."""

WORDS: tuple[tuple[tuple[str, ...], Meaning], ...] = (
    # 3Commas' own sentences.
    (("subscription plan",), (Group.PLAN, (Cause.PLAN_ENDED,))),
    (("not enough permission",), _RIGHT),
    (("you need to pass kyc",), _RESTRICTED),
    (("account is banned",), _RESTRICTED),
    (("disabled from using the api",), _RESTRICTED),
    (("trading suspended",), _RESTRICTED),
    (("pair is not supported",), _order(Group.PAIR)),
    (("pair_not_supported",), _order(Group.PAIR)),
    (("invalid api-key, ip",), _ANY_OF_THREE),
    # Words that the venues share.
    (("ip", "whitelist"), _ADDRESS),
    (("ip", "not allowed"), _ADDRESS),
    (("ip address", "not"), _ADDRESS),
    (("unmatched ip",), _ADDRESS),
    (("restricted location",), _REGION),
    (("action is disabled on",), _RESTRICTED),
    (("may not place or cancel orders",), _RESTRICTED),
    (("symbol is not permitted for this account",), _order(Group.PAIR)),
    (("symbol is restricted for this account",), _order(Group.PAIR)),
    (("no longer valid or incorrect",), _ANY_OF_THREE),
    (("invalid_api_key",), _ANY_OF_THREE),
    (("invalid api key",), _ANY_OF_THREE),
    (("api key is invalid",), _ANY_OF_THREE),
    (("invalid api",), _ANY_OF_THREE),
    (("api key", "expired"), _EXPIRED),
    (("signature", "not valid"), _SECRET),
    (("missingrole",), _RIGHT),
    (("permission denied",), _RIGHT),
    (("not authorized for this action",), _RIGHT),
    (("insufficient", "margin"), _order(Group.MARGIN)),
    (("margin is insufficient",), _order(Group.MARGIN)),
    (("insufficient",), _order(Group.BALANCE)),
    (("not enough", "balance"), _order(Group.BALANCE)),
    (("min_notional",), _order(Group.MINIMUM)),
    (("notional",), _order(Group.MINIMUM)),
    (("lot_size",), _order(Group.AMOUNT_STEP)),
    (("percent_price",), _order(Group.PRICE_BAND)),
    (("price_filter",), _order(Group.PRICE_STEP)),
    (("max_num",), _order(Group.TOO_MANY_ORDERS)),
    (("trigger immediately",), _order(Group.TRIGGER_SIDE)),
    (("reduceonly", "rejected"), _order(Group.REDUCE_ONLY)),
    (("position side",), _order(Group.POSITION_MODE)),
    (("market is closed",), _order(Group.PAIR)),
    (("liquidated",), _order(Group.LIQUIDATION)),
    (("too many requests",), _LOAD),
    (("maintenance",), _DOWN),
    (("does not answer",), _DOWN),
    (("service unavailable",), _DOWN),
    (("unknown order",), _order(Group.ORDER_GONE)),
    (("order does not exist",), _order(Group.ORDER_GONE)),
)
"""All fragments must occur, in any order; the first row that fits wins."""
