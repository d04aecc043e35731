"""Every story, by name."""

from sandbox.stories.story import Story

STORIES: dict[str, Story] = {}
