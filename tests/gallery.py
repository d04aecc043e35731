"""Draws every view from its examples as Telegram would show it: `make gallery` writes docs/gallery.html.

One page without scripts or anything from elsewhere; the same views make the same page, byte by byte.
"""

import html
import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any
from unittest import mock

import bot.views
from bot.buttons import Button, Copy, Link, Press
from bot.reply import Reply, plain, split
from bot.views.example import EXAMPLES

PAGE = Path(__file__).resolve().parents[1] / "docs" / "gallery.html"
YEAR = 2026
"""Of all examples: dates of this year are written without it."""
TIME = re.compile(r"<tg-time[^>]*>(.*?)</tg-time>", re.DOTALL)
FOLDED = re.compile(r"<blockquote expandable>(.*?)</blockquote>", re.DOTALL)

STYLE = """
:root { color-scheme: light dark; --wall: light-dark(#dfe7ef, #0b1117); --page: light-dark(#f4f6f8, #111921);
  --text: light-dark(#14202b, #e6edf3); --muted: light-dark(#5b6b7a, #8fa1b3); --in: light-dark(#ffffff, #1c2733);
  --key: light-dark(#c9d6e3, #26374a); --accent: light-dark(#1f5fc0, #6cacff); --quote: light-dark(#edf3fc, #17283d);
  --good: light-dark(#1e7d3c, #5fce85); --bad: light-dark(#b3261e, #ff8a80); }
:root:has(#light:checked) { color-scheme: light; }
:root:has(#dark:checked) { color-scheme: dark; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.45 system-ui, sans-serif; }
header, main { max-width: 1180px; margin: 0 auto; padding: 12px 16px; }
h1 { font-size: 24px; margin: 8px 0 2px; }
h2 { font-size: 20px; margin: 34px 0 4px; padding-top: 8px; border-top: 1px solid var(--key); }
h3 { font-size: 15px; margin: 0; font-family: ui-monospace, monospace; }
p.about { color: var(--muted); margin: 0 0 8px; font-size: 14px; }
nav { display: flex; flex-wrap: wrap; gap: 4px 14px; margin: 10px 0; }
nav a { color: var(--accent); text-decoration: none; padding: 4px 0; }
fieldset { border: 0; padding: 0; margin: 0; display: flex; gap: 14px; color: var(--muted); font-size: 14px; }
.views { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(340px, 100%), 1fr)); gap: 16px; align-items: start; }
.view { background: var(--wall); border-radius: 14px; padding: 12px; min-width: 0; }
.message { margin-top: 10px; max-width: 420px; }
.bubble { background: var(--in); border-radius: 14px 14px 14px 5px; padding: 7px 12px; white-space: pre-wrap; overflow-wrap: anywhere; }
.bubble + .bubble { margin-top: 3px; }
.bubble code, .bubble pre { font: .9em ui-monospace, monospace; color: var(--accent); }
.bubble pre, .bubble blockquote { margin: 4px 0; padding: 6px 10px; border-left: 3px solid var(--accent); border-radius: 6px; background: var(--quote); white-space: pre-wrap; overflow-wrap: anywhere; }
.bubble summary { cursor: pointer; color: var(--accent); }
.bubble time { text-decoration: underline dotted; text-underline-offset: 3px; }
.bubble a { color: var(--accent); }
.file, .picture { display: block; color: var(--muted); border: 1px solid var(--key); border-radius: 8px; padding: 8px 10px; margin-bottom: 6px; }
.row { display: flex; gap: 3px; margin-top: 3px; }
.button { flex: 1 1 0; min-width: 0; background: var(--key); border-radius: 9px; padding: 8px 10px; text-align: center; font-size: 14px; font-weight: 550; overflow-wrap: anywhere; }
.primary { color: var(--accent); } .success { color: var(--good); } .danger { color: var(--bad); }
.asks { margin-top: 6px; padding: 6px 12px; border: 1px solid var(--key); border-radius: 18px; color: var(--muted); font-size: 14px; }
"""


def page() -> str:
    """All views, grouped by module, in the order of their names."""
    for module in pkgutil.iter_modules(bot.views.__path__):
        importlib.import_module(f"bot.views.{module.name}")
    groups = {name: list(views) for name, views in groupby(sorted(EXAMPLES), key=lambda name: name.partition(".")[0])}
    links = "\n".join(f'<a href="#{name}">{name}</a>' for name in groups)
    sections = "\n".join(_section(name, views) for name, views in groups.items())
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Reconnect: everything it says</title>
<style>{STYLE}</style>
</head>
<body>
<header>
<h1>Everything the bot says</h1>
<p class="about">Every view in bot/views, drawn from its own examples. Written by <code>make gallery</code>.</p>
<fieldset>
<label><input type="radio" name="colours" checked> as the system</label>
<label><input type="radio" name="colours" id="light"> light</label>
<label><input type="radio" name="colours" id="dark"> dark</label>
</fieldset>
<nav>
{links}
</nav>
</header>
<main>
{sections}
</main>
</body>
</html>
"""


def _section(name: str, views: list[str]) -> str:
    about = _first_line(importlib.import_module(f"bot.views.{name}"))
    drawn = "\n".join(_view(view) for view in views)
    return f'<section id="{name}">\n<h2>{name}</h2>\n<p class="about">{about}</p>\n<div class="views">\n{drawn}\n</div>\n</section>'


def _view(name: str) -> str:
    cases: list[Callable[[], Any]] = EXAMPLES[name]
    function = getattr(cases[0], "func", cases[0])
    with mock.patch("bot.texts.say.this_year", return_value=YEAR):
        messages = "\n".join(_message(case()) for case in cases)
    about = _first_line(function)
    note = f'<p class="about">{about}</p>\n' if about else ""
    return f'<article class="view">\n<h3>{name.partition(".")[2]}</h3>\n{note}{messages}\n</article>'


def _first_line(documented: object) -> str:
    return html.escape((inspect.getdoc(documented) or "").partition("\n")[0])


def _message(reply: Reply) -> str:
    parts = [f'<div class="bubble">{_words(part)}</div>' for part in split(reply.text)]
    if reply.document is not None:
        parts.insert(0, f'<div class="bubble"><span class="file">File: {html.escape(reply.document.name)}</span></div>')
    if reply.picture:
        parts.insert(0, '<div class="bubble"><span class="picture">Picture</span></div>')
    parts += [f'<div class="row">{"".join(map(_button, row))}</div>' for row in reply.buttons]
    if reply.asks:
        parts.append(f'<div class="asks">{html.escape(reply.asks)}</div>')
    return '<div class="message">\n' + "\n".join(parts) + "\n</div>"


def _words(text: str) -> str:
    """Telegram's markup as a browser knows it."""
    return FOLDED.sub(r"<blockquote>\1</blockquote>", TIME.sub(r"<time>\1</time>", text))


def _button(button: Button) -> str:
    label = html.escape(plain(button.label))
    match button:
        case Press(_, data, style):
            return f'<span class="button {style}" title="{html.escape(data.pack())}">{label}</span>'
        case Copy(_, text):
            return f'<span class="button" title="copies {html.escape(text)}">{label} ⧉</span>'
        case Link(_, url):
            return f'<span class="button" title="{html.escape(url)}">{label} ↗</span>'


def main() -> int:
    PAGE.write_text(page(), "utf-8")
    print(f"{len(EXAMPLES)} views in {PAGE.relative_to(PAGE.parents[1])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
