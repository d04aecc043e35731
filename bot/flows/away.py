"""What changed while the trader was away: one question about when, then only what can apply."""

import re
from calendar import month_name
from datetime import date

from bot.flows.flow import Flow, Said, Turn, again, ask, end
from bot.reply import Reply
from bot.texts import say
from bot.views import away as view
from domain.away import Fact, what_changed
from domain.records import Json, Trader, UnitsOfWork
from domain.values import Clock

YEARS_BACK = 6
MONTHS = {name.lower(): number for number, name in enumerate(month_name) if name} | {
    name[:3].lower(): number for number, name in enumerate(month_name) if name
}


class Away(Flow):
    name = "away"
    about = "away-about"

    def __init__(self, units: UnitsOfWork, clock: Clock, facts: tuple[Fact, ...]) -> None:
        self._units = units
        self._clock = clock
        self._facts = facts

    async def begin(self, trader: Trader, start: Json) -> Turn:
        return ask("since", {"year": self._clock.now().year})

    def ask_since(self, memory: Json) -> Reply:
        return view.since_when(memory["year"])

    async def on_since(self, trader: Trader, said: Said, memory: Json) -> Turn:
        today = self._clock.now().date()
        if said.choice == "unknown":
            since = None
        else:
            since = read_date(said.choice or said.text, today)
            if since is None:
                return again(say("away-date-not-read"))
        async with self._units.reading() as u:
            accounts = await u.accounts.list(trader.id)
        venues = {account.venue for account in accounts}
        changed = what_changed(since, venues or None, self._facts)
        return end(view.changed(changed, since, venues_known=bool(venues)))


def read_date(text: str, today: date) -> date | None:
    """A year, a month and a year, or a full date, as people type them; the first day of what was named."""
    words = text.strip().lower()
    full = re.search(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?", words)
    year_only = re.search(r"\b(20\d{2})\b", words)
    month = next((MONTHS[w] for w in re.findall(r"[a-z]+", words) if w in MONTHS), None)
    try:
        if full:
            found = date(int(full[1]), int(full[2]), int(full[3] or 1))
        elif year_only:
            found = date(int(year_only[1]), month or 1, 1)
        elif month is not None:
            found = date(today.year if month <= today.month else today.year - 1, month, 1)
        else:
            return None
    except ValueError:
        return None
    return found if found <= today else None
