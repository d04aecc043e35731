"""The domain's frozen values as plain JSON and back, so that a later job can go on from what was answered."""

import dataclasses
import types
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints


def to_plain(value: object) -> Any:
    """JSON of a value: amounts and times as text, dataclasses as lists of their fields."""
    match value:
        case None | bool() | int():
            return value
        case Enum():
            return value.value
        case str():
            return value
        case Decimal():
            return str(value)
        case datetime():
            return value.isoformat()
        case tuple() | list():
            return [to_plain(item) for item in value]
        case Mapping():
            return {str(key): to_plain(item) for key, item in value.items()}
    kind: Any = type(value)
    return [to_plain(getattr(value, name)) for name in _fields(kind)]


def from_plain(shape: Any, plain: Any) -> Any:
    """The value of that type. Raises ValueError, TypeError or KeyError for JSON of another shape."""
    origin = get_origin(shape)
    if origin in (types.UnionType, Union):
        inner = [option for option in get_args(shape) if option is not types.NoneType]
        return None if plain is None else _one_of(inner, plain)
    if origin is tuple:
        return tuple(from_plain(get_args(shape)[0], item) for item in plain)
    if origin is not None or shape is object:
        return plain  # a mapping that was JSON before
    if dataclasses.is_dataclass(shape) or hasattr(shape, "_fields"):
        make: Any = shape
        fields = _fields(make)
        return make(**{name: from_plain(kind, item) for (name, kind), item in zip(fields.items(), plain, strict=True)})
    if shape is datetime:
        return datetime.fromisoformat(plain)
    return plain if shape in (bool, int, str) else shape(plain)


def _one_of(shapes: Sequence[Any], plain: Any) -> Any:
    """The first that fits. Values that may stand for each other have to differ in the number of their fields."""
    *others, last = shapes
    for shape in others:
        with suppress(ValueError, TypeError, KeyError):
            return from_plain(shape, plain)
    return from_plain(last, plain)


@cache
def _fields(shape: Any) -> Mapping[str, Any]:
    """Names and types of a dataclass or a named tuple, in their order."""
    hints = get_type_hints(shape)
    names = shape._fields if hasattr(shape, "_fields") else [field.name for field in dataclasses.fields(shape)]
    return {name: hints[name] for name in names}
