"""What a form is filled from that takes over an open position, whoever opened it."""

from domain.access import KeyGone
from domain.errors import NotThere
from domain.matching.prefixes import foreign
from domain.plans import Entry, Plan
from domain.protection import closes
from domain.set_up.exchange import pair_of
from domain.set_up.form import fill
from domain.set_up.lookup import Lookup, Step
from domain.set_up.remains import unread_orders
from domain.set_up.sources import Known
from domain.set_up.three_commas import Living
from domain.set_up.values import SetUp
from domain.trades_view import Left, LeftKind
from domain.trading import Side


async def of_position(lookup: Lookup, symbol: str, side: str) -> SetUp:
    """`symbol` as ccxt writes it, `side` "long" or "short". Orders that close it are its old ones only where nothing alive may use it."""
    account, seen = lookup.account, await lookup.at_exchange()
    position = next((one for one in seen.positions or () if (one.symbol, one.side) == (symbol, side)), None)
    if position is None:
        raise NotThere(account.venue)
    lookup.done |= {Step.ITSELF, Step.PRICE}
    exits = [one for one in seen.on(symbol) if closes(one, position) and not foreign(account.venue, one.client_id)]
    living = await _living(lookup, single=bool(exits))
    pairs = living.pairs if living is not None else set()
    market = await lookup.market(pairs, seen)
    rules = market.rules.get(symbol)
    pair = pair_of(rules, account) if rules else symbol
    names = {pair, *(one for one in pairs if market.symbols.get(one) == symbol)}
    shared = living is not None and any(one.pair in names and one.fits(side) for one in living.managers)
    strange = any(one not in market.symbols for one in pairs)
    alone = living is not None and living.complete and not strange and not names & pairs
    entry = Entry(Side.BUY if side == "long" else Side.SELL, position.amount, position.entry_price, None, filled=True)
    return fill(
        Known(
            account_name=account.name,
            pair=pair,
            market=account.market_type,
            left=Left(LeftKind.POSITION, position.amount, position.amount, position=position, shared=shared),
            shown=Plan(entry, (), None, None, takes_over=True),
            rules=rules,
            last=position.mark_price,
            old_orders=exits if alone else (),
            unread=unread_orders(seen, clear=alone or not exits),
            repair_first=await lookup.repair_first(),
            # where nothing at 3Commas shows the account, the list of positions has said so
            others_read=living.complete if living is not None else account.link is None,
        )
    )


async def _living(lookup: Lookup, *, single: bool) -> Living | None:
    """None: nobody at 3Commas can be asked."""
    link = lookup.account.link
    if link is None or lookup.answers is None:
        return None
    try:
        async with lookup.questions(link) as ask:
            living = await ask.living(grids=True, single=single)
    except KeyGone:
        return None
    lookup.done.add(Step.LIVING)
    return living
