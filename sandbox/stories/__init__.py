"""Every story, by name."""

from sandbox.stories import (
    all_fine,
    clock_off,
    expired_key,
    failed_trades,
    leftover_orders,
    locked_funds,
    many_trades,
    no_fixed_address,
    no_key_of_the_bot,
    no_token_at_all,
    nobody_linked,
    orphaned_position,
    partly_unreadable,
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
        leftover_orders,
        failed_trades,
        orphaned_position,
        locked_funds,
        partly_unreadable,
        nobody_linked,
        no_key_of_the_bot,
        many_trades,
    )
}
