"""/help: what I can do, where to read on, who else can help."""

from bot.context import Context
from bot.handlers.command import Command
from bot.views import helping


async def run(context: Context, subject: str) -> None:
    library = context.services.library
    if subject == helping.PAGES:
        context.handling.say(helping.pages(library.resources()))
        return
    if subject:
        article = library.article(subject)
        if article is not None:
            context.handling.say(helping.article(article))
            return
    context.handling.say(helping.overview(library.articles()))


COMMAND = Command("help", run)
