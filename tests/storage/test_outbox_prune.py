"""Blank rows of what was sent go; what waits stays however old it is."""

from datetime import UTC, datetime, timedelta

from domain.records import OutgoingState

NOW = datetime(2026, 3, 1, tzinfo=UTC)


async def test_sent_rows_go_and_waiting_ones_stay(storage):
    async with storage.units.writing() as u:
        trader = await u.traders.meet(77, "en", NOW)
        sent = await u.outbox.put(trader.id, {"text": "sent"}, NOW)
        waits = await u.outbox.put(trader.id, {"text": "waits"}, NOW)
        await u.outbox.finish(sent, OutgoingState.SENT)
        await u.commit()
    async with storage.units.writing() as u:
        assert await u.outbox.prune(NOW) == 0
        assert await u.outbox.prune(NOW + timedelta(days=3)) == 1
        await u.commit()
    async with storage.units.reading() as u:
        assert [item.id for item in await u.outbox.waiting(trader.id)] == [waits]
