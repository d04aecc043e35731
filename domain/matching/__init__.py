"""Whose order is this? The orders of one exchange account against what 3Commas says it has there, level by level."""
