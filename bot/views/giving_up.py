"""What is said when something that went on unasked broke by a defect of our own."""

from bot.buttons import Open, Press
from bot.errors import service_name
from bot.reply import Reply
from bot.texts import say
from bot.texts.markup import code, foreign
from bot.views.example import example, given
from bot.views.examples import orders as pretend
from bot.views.order_words import line
from domain.free_by_hand import WatchedOrder


@example(given("Binance spot", "4F2A91"))
def watch_broke(name: str, incident: str) -> Reply:
    """`name`: what was watched."""
    text = say("error-watch-broke", name=foreign(name), incident=code(incident))
    return Reply(text, ((Press(say("button-look-again"), Open("check"), "primary"),),))


@example(given(pretend.WATCHED, "Binance spot", "4F2A91"))
def order_watch_broke(watched: WatchedOrder, name: str, incident: str) -> Reply:
    text = say("error-order-watch-broke", line=line(watched.order), name=foreign(name), incident=code(incident))
    return Reply(text, ((Press(say("button-open-orders"), Open("orders"), "primary"),),))


@example(given("binance", "4F2A91"))
def not_linked(service: str, incident: str) -> Reply:
    text = say("error-not-linked", service=service_name(service), incident=code(incident))
    return Reply(text, ((Press(say("button-open-keys"), Open("keys"), "primary"),),))
