"""Pretend results that the examples of views are drawn from."""
