"""Every sentence that a trader reads, per language, as Project Fluent files beside this module."""

from bot.texts.markup import Html, code, foreign, pre
from bot.texts.say import say, sentence_ids, speaking

__all__ = ["Html", "code", "foreign", "pre", "say", "sentence_ids", "speaking"]
