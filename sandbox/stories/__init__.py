"""Every story, by name."""

from sandbox.stories import returning_trader
from sandbox.stories.story import Story

STORIES: dict[str, Story] = {module.STORY.name: module.STORY for module in (returning_trader,)}
