"""JSON as it is kept."""

from typing import Any

Json = dict[str, Any]
"""A JSON object: text, integers, booleans, None, lists and objects of these. Money travels as text."""
