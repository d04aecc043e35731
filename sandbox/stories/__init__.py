"""Every story, by name."""

from sandbox.stories import (
    all_fine,
    clock_off,
    expired_key,
    no_fixed_address,
    no_token_at_all,
    plan_ended,
    returning_trader,
    right_missing,
    starter_plan,
    sub_account,
    venue_down,
    wrong_address_at_3commas,
    wrong_address_only_for_the_bot,
)
from sandbox.stories.story import Story

STORIES: dict[str, Story] = {
    module.STORY.name: module.STORY
    for module in (
        returning_trader,
        expired_key,
        right_missing,
        wrong_address_only_for_the_bot,
        wrong_address_at_3commas,
        clock_off,
        plan_ended,
        starter_plan,
        venue_down,
        no_token_at_all,
        sub_account,
        no_fixed_address,
        all_fine,
    )
}
