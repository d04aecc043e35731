"""Orders that begin alike and that nothing at 3Commas explains: something trades here that no answer shows.

A signal bot's entries, a connection that was deleted at 3Commas, or somebody else's 3Commas on the same exchange account: orders of theirs
may fit a closed trade of this trader by chance. Two of them that begin alike are enough to doubt every leftover that begins so, too, or
that has no id to tell. Their beginning need not be a learned one, so it works where nothing of this trader is alive.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from domain.matching.prefixes import learn, near
from domain.matching.reading import SLACK
from domain.matching.verdict import Clue, Evidence, Standing, Sureness, Verdict
from domain.trading import ClosedTrade, Owner


def doubt(verdicts: dict[int, Verdict], closed: Iterable[ClosedTrade]) -> None:
    """What is left over by its pair, side, size and time alone is not known any more; what has better grounds is probable."""
    families = learn(v.order.client_id for v in verdicts.values() if _unexplained(v))
    if not families:
        return
    starts = {trade.owner: trade.created_at for trade in closed}
    for number, verdict in verdicts.items():
        if verdict.standing is not Standing.LEFTOVER:
            continue
        client_id = verdict.order.client_id
        alike = [family for family in families if not client_id or near([family], client_id)]
        if alike:
            verdicts[number] = _doubted(verdict, Evidence(Clue.UNSEEN_TRADES, word=alike[0]), starts)


def _unexplained(verdict: Verdict) -> bool:
    return verdict.standing is Standing.UNKNOWN and verdict.evidence[0].clue is Clue.NO_TRACE


def _doubted(verdict: Verdict, unseen: Evidence, starts: Mapping[Owner, datetime | None]) -> Verdict:
    together = _with_its_trade(verdict, starts)
    if verdict.sureness > Sureness.PROBABLE or together is not None:
        grounds = (*verdict.evidence, *((together,) if together else ()), unseen)
        return verdict._replace(sureness=Sureness.PROBABLE, evidence=grounds)
    owners = verdict.candidates or ((verdict.owner,) if verdict.owner else ())
    return Verdict(verdict.order, Standing.UNKNOWN, evidence=(unseen,), candidates=owners)


def _with_its_trade(verdict: Verdict, starts: Mapping[Owner, datetime | None]) -> Evidence | None:
    """Targets are placed with the start of a trade that enters at market; by chance nobody else's order is."""
    placed_at, began = verdict.order.created_at, starts.get(verdict.owner) if verdict.owner else None
    if placed_at is None or began is None or abs(placed_at - began) > SLACK:
        return None
    return Evidence(Clue.PLACED_TOGETHER, seconds=int(abs(placed_at - began).total_seconds()))
