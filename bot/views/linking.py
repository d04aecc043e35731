"""Which exchange account a key belongs to."""

from collections.abc import Sequence

from bot.buttons import Open, Press
from bot.errors import service_name
from bot.reply import Reply
from bot.texts import Html, say
from bot.views.account_buttons import link_button
from bot.views.causes import market_word
from bot.views.checking import account_name
from bot.views.example import example, given
from bot.views.examples import checks
from domain.records import ExchangeAccount
from domain.values import MarketType


@example(given(checks.SPOT, "k2", with_profit=False), given(checks.FUTURES, "k2", with_profit=True))
def linked_itself(account: ExchangeAccount, key_id: str, *, with_profit: bool) -> Reply:
    """`with_profit`: 3Commas shows the same only where the profit of open positions is counted."""
    return Reply(
        say("connect-linked-itself", name=account_name(account), profit=with_profit),
        ((Press(say("button-not-the-same"), Open("unlink", f"{account.id}.{key_id}")),),),
        silent=True,
    )


@example(given([checks.SPOT], "k2", MarketType.SPOT), given([checks.SPOT, checks.FUTURES], "k2", MarketType.SPOT))
def which_account(candidates: Sequence[ExchangeAccount], key_id: str, market: MarketType) -> Reply:
    """Buttons act on the world as it is, so an old one is harmless; what it does can be undone under My keys."""
    rows = [(link_button(account, key_id),) for account in candidates]
    question = say(
        "connect-which-account",
        market=market_word(market),
        venue=service_name(candidates[0].venue),
        names=Html(", ".join(account_name(account) for account in candidates)),
        accounts=len(candidates),
    )
    return Reply(question, tuple(rows))


@example(given(checks.SPOT))
def linked(account: ExchangeAccount) -> Reply:
    return Reply(say("connect-linked", name=account_name(account)))


@example(given(checks.SPOT))
def unlinked(account: ExchangeAccount) -> Reply:
    return Reply(say("connect-unlinked", name=account_name(account)))
