"""A world on one machine: pretend Telegram, 3Commas and exchanges, over real HTTP.

Imports nothing of the product, so it cannot share its mistakes.
"""
