"""The names of a token's permissions, found in an answer whose shape is not documented.

Source of the names: 3Commas' documentation, "Security and permission types".
"""

_FAMILIES = ("ACCOUNTS", "SMART_TRADES", "BOTS")
_NAMES = frozenset(f"{family}_{right}" for family in _FAMILIES for right in ("READ", "WRITE"))


def permissions_in(body: object) -> frozenset[str] | None:
    """Names such as ACCOUNTS_READ, wherever they stand: in a list, as names of booleans, nested. None if nothing like it is there.

    The answer's shape is not documented.
    """
    found: dict[str, bool] = {}
    _collect_permissions(body, "", found)
    if not found and body != []:
        return None
    return frozenset(name for name, granted in found.items() if granted)


def _permission(*words: str) -> str | None:
    """The name that these words make up; older texts say SMART_TRADE_READ."""
    name = "_".join(word.upper().replace(" ", "_") for word in words if word).replace("SMART_TRADE_", "SMART_TRADES_")
    return name if name in _NAMES else None


def _collect_permissions(value: object, above: str, found: dict[str, bool]) -> None:
    """`above` is the name under which `value` stands: `{"accounts": {"read": true}}` counts as well."""
    match value:
        case str():
            if name := _permission(value) or _permission(above, value):
                found.setdefault(name, True)
        case list():
            for item in value:
                _collect_permissions(item, above, found)
        case dict():
            refused = any(content is False for content in value.values())
            for key, content in value.items():
                name = _permission(key) or _permission(above, key)
                if name is not None:
                    found[name] = content is True
                elif isinstance(content, str) and (name := _permission(content)) is not None:
                    found[name] = not refused  # {"name": "ACCOUNTS_READ", "granted": false}
                else:
                    _collect_permissions(content, key, found)
