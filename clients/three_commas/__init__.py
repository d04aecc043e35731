"""3Commas' public API, read with the trader's own token."""

from clients.three_commas.client import ORIGIN, ThreeCommasClient

__all__ = ["ORIGIN", "ThreeCommasClient"]
