"""/help: what the bot does, short answers, and where to read on."""

import re
from collections.abc import Sequence

from bot.buttons import Button, Link, Open, Press
from bot.reply import Reply
from bot.texts import Html, say, sentence_ids
from bot.texts.markup import escape
from bot.views.example import example, given
from knowledge.help_articles import Article, articles
from knowledge.help_resources import HelpResource, help_resources

MARKDOWN_LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+|[a-z-]+\.md)\)")
BOLD = re.compile(r"\*\*([^*]+)\*\*")


PAGES = "pages"
"""Subject of the second screen; no article has this id."""


@example(given(list(articles().values())))
def overview(answers: Sequence[Article]) -> Reply:
    rows: list[tuple[Button, ...]] = [
        (Press(say("button-open-check"), Open("check")), Press(say("button-open-update"), Open("update"))),
    ]
    rows += [(Press(escape(article.title), Open("help", article.id)),) for article in answers]
    rows.append((Press(say("button-help-pages"), Open("help", PAGES)),))
    return Reply(say("help"), tuple(rows))


@example(given(list(help_resources().values())))
def pages(resources: Sequence[HelpResource]) -> Reply:
    """Where 3Commas itself explains things, and its people."""
    hints = [say(f"{r.title}.do") for r in resources if f"{r.title}.do" in sentence_ids()]
    rows: list[tuple[Button, ...]] = [(Link(say(resource.title), resource.link),) for resource in resources]
    rows.append((Press(say("button-open-help"), Open("help")),))
    return Reply(Html("\n\n".join([say("help-pages"), *hints])), tuple(rows))


@example(*(given(article) for article in articles().values()))
def article(found: Article) -> Reply:
    """A Markdown answer as Telegram shows it. Links inside the folder become buttons."""
    inside = [target.removesuffix(".md") for _, target in MARKDOWN_LINK.findall(found.body) if target.endswith(".md")]
    body = "\n\n".join(_paragraph(p) for p in found.paragraphs())
    rows: list[tuple[Button, ...]] = []
    for name in dict.fromkeys(inside):
        other = articles().get(name)
        if other is not None:
            rows.append((Press(escape(other.title), Open("help", name)),))
    rows.append((Press(say("button-open-check"), Open("check")), Press(say("button-open-help"), Open("help"))))
    return Reply(Html(f"<b>{escape(found.title)}</b>\n\n{body}"), tuple(rows))


def _paragraph(text: str) -> str:
    lines = []
    for line in text.split("\n"):
        shown = str(escape(line))
        shown = MARKDOWN_LINK.sub(lambda m: m[1] if m[2].endswith(".md") else f'<a href="{m[2]}">{m[1]}</a>', shown)
        shown = BOLD.sub(r"<b>\1</b>", shown)
        lines.append(f"• {shown[2:]}" if shown.startswith("- ") else shown)
    return "\n".join(lines)
