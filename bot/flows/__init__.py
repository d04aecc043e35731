"""Conversations without Telegram types: one class per conversation, one method per question."""
