"""Joins everything; the only module that names concrete classes. `open_app` builds, nothing runs until `App.run`."""

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from telegram import BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ApplicationBuilder

from bot.background import jobs
from bot.background.account_looks import funds_job, positions_job, trades_job
from bot.background.checking import CheckJob
from bot.background.given_up import TellTheTrader
from bot.background.linking import LinkJob
from bot.background.order_watch import WatchOrderJob
from bot.background.ordering import orders_job
from bot.background.repairs import LookAgainJob
from bot.background.set_up_job import SetUpJob
from bot.background.tidying import TidyJob
from bot.clock import SystemClock
from bot.context import CONTEXT_TYPES, OurApplication
from bot.flows.all import all_flows
from bot.flows.choosing_account import RepairTools
from bot.flows.connecting import Tools
from bot.flows.runner import Runner
from bot.handlers.table import COMMANDS, register
from bot.inbox import Handler, Inbox, Poller
from bot.logs import log
from bot.outbox import Pace, Sender
from bot.services import Services
from bot.settings import Settings, SettingsError
from bot.telegram_request import TelegramRequest
from bot.texts import say
from bot.worker import drain, handlers, take_up
from clients.exchanges.venues import Venues
from clients.limits import LocalLimiter
from clients.signing import Pairs
from clients.three_commas.client import ThreeCommasClient
from clients.transport import Transport
from domain.access import Access
from domain.check_accounts import CheckAccounts
from domain.errors import SupportError
from domain.free_by_hand import OrderWatch
from domain.look_funds import LookFunds
from domain.look_orders import LookOrders
from domain.look_positions import LookPositions
from domain.look_trades import LookTrades
from domain.ports import Addresses
from domain.records import GivenUp, JobHandler, UnitsOfWork
from domain.repair_watch import RepairWatch
from domain.set_up.again import SetUpAgain
from domain.values import Clock
from knowledge.library import Library
from storage.opening import Storage, StorageError, open_storage


@dataclass
class App:
    """A process, wired."""

    settings: Settings
    services: Services
    storage: Storage
    application: OurApplication
    poller: Poller
    inbox: Inbox
    sender: Sender
    jobs: Mapping[str, JobHandler]
    given_up: GivenUp
    venues: Venues

    async def run(self, stop: asyncio.Event) -> None:
        """Poll, work and send until `stop`; then drain. Raises InvalidToken if Telegram does not know the token."""
        await take_up(self.services.units, self.services.clock)
        working = asyncio.create_task(self.storage.jobs.run(self.jobs, self.given_up))
        polling = asyncio.create_task(self.poller.run())
        warming = asyncio.create_task(self._warm())
        stopped = asyncio.create_task(stop.wait())
        gc.collect()
        gc.freeze()
        try:
            await asyncio.wait({working, polling, stopped}, return_when=asyncio.FIRST_COMPLETED)
            for task in (polling, working):
                if task.done():
                    task.result()
        finally:
            self.poller.stop()
            warming.cancel()
            stopped.cancel()
            await asyncio.gather(polling, warming, stopped, return_exceptions=True)
            await drain(self.storage.jobs, working)

    async def _warm(self) -> None:
        """Market lists before somebody waits for them; nothing depends on it."""
        for venue in self.venues.ids():
            try:
                await self.venues.warm(venue)
            except SupportError as error:
                log.info("market lists could not be loaded yet", venue=venue, error=type(error).__name__)

    async def introduce(self) -> None:
        """The command menu and the description, once per start of the one process. A failure is no reason to stop."""
        bot = self.application.bot
        menu = [BotCommand(c.name, say(f"command-{c.name}")) for c in COMMANDS if c.in_menu]
        try:
            if list(await bot.get_my_commands(scope=BotCommandScopeAllPrivateChats())) != menu:
                await bot.set_my_commands(menu, scope=BotCommandScopeAllPrivateChats())
                await bot.set_my_description(say("bot-description"))
                await bot.set_my_short_description(say("bot-short-description"))
        except TelegramError as error:
            log.warning("the command menu could not be set", error=type(error).__name__)


def telegram_application(settings: Settings, transport: Transport) -> tuple[OurApplication, TelegramRequest]:
    """python-telegram-bot without its updater, job queue and persistence (decision 2 of the design)."""
    assert settings.telegram_bot_token is not None
    request = TelegramRequest(transport)
    application = (
        ApplicationBuilder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .request(request)
        .get_updates_request(request)
        .updater(None)
        .job_queue(None)
        .context_types(CONTEXT_TYPES)
        .concurrent_updates(False)
        .build()
    )
    return application, request


def _looks(
    units: UnitsOfWork, access: Access, three_commas: ThreeCommasClient, venues: Venues, clock: Clock
) -> Mapping[str, JobHandler]:
    """The jobs that look at an account and fill in a message, by kind."""
    ports = (units, access, three_commas, venues, clock)
    return {
        jobs.ORDERS: orders_job(units, clock, LookOrders(*ports)),
        jobs.FUNDS: funds_job(units, clock, LookFunds(*ports)),
        jobs.POSITIONS: positions_job(units, clock, LookPositions(*ports)),
        jobs.TRADES: trades_job(units, clock, LookTrades(*ports)),
    }


@asynccontextmanager
async def open_app(settings: Settings, *, clock: Clock | None = None, pacing: bool = True) -> AsyncIterator[App]:
    """Everything wired, nothing started. Raises SettingsError, InvalidToken."""
    if settings.telegram_bot_token is None:
        raise SettingsError(
            "TELEGRAM_BOT_TOKEN is missing. BotFather gives you one; without it, `make run` starts a local Telegram to try the bot in."
        )
    time: Clock = clock or SystemClock()
    keys = settings.encryption_keys.get_secret_value() if settings.encryption_keys is not None else None
    async with contextlib.AsyncExitStack() as stack:
        transport = await stack.enter_async_context(Transport.open())
        storage = await open_storage(settings.storage_url, settings.data_dir, keys, time)
        stack.push_async_callback(storage.close)
        limiter = LocalLimiter(time)
        three_commas = ThreeCommasClient(transport, limiter, time, origin=settings.threecommas_api_url)
        venues = await stack.enter_async_context(Venues.open(transport, settings.exchange_api_urls, time, limiter))
        access = Access(storage.units, time)
        addresses = Addresses(settings.egress_ips)
        checks = CheckAccounts(storage.units, access, three_commas, venues, time, addresses)
        library = Library()
        pairs = Pairs()
        watch = RepairWatch(storage.units, access, three_commas, venues, time, addresses)
        repairs = RepairTools(storage.units, time, three_commas, watch, library.venues, library.snapshot)
        tools = Tools(storage.units, time, access, pairs)
        set_up_again = SetUpAgain(storage.units, access, three_commas, venues, time)
        flows = all_flows(tools, repairs, three_commas, venues, addresses, library)
        runner = Runner(flows, storage.units, time)
        services = Services(storage.units, time, access, three_commas, venues, checks, addresses, library, runner)
        application, request = telegram_application(settings, transport)
        application.bot_data.services = services
        register(application)
        await application.initialize()
        stack.push_async_callback(application.shutdown)
        inbox = Inbox(storage.units, time)
        sender = Sender(application.bot, storage.units, time, Pace(time, off=not pacing))

        async def scrub() -> None:
            try:
                await storage.scrub()
            except StorageError:
                # What was deleted cannot be opened any more: its data keys went first. The next checkpoint empties the log.
                log.warning("the write-ahead log could not be emptied yet")

        async def leave(chat_id: int) -> None:
            with contextlib.suppress(TelegramError):
                await application.bot.leave_chat(chat_id)

        base = f"{settings.telegram_api_url}/bot{settings.telegram_bot_token.get_secret_value()}"
        yield App(
            settings,
            services,
            storage,
            application,
            Poller(request, base, inbox, leave),
            inbox,
            sender,
            (
                handlers(
                    Handler(application, storage.units, time, scrub, sender.say_directly),
                    sender,
                    CheckJob(services),
                    LookAgainJob(services, watch),
                    LinkJob(services),
                    TidyJob(storage.units, time),
                    WatchOrderJob(storage.units, time, OrderWatch(access, venues, time)),
                    {
                        **_looks(storage.units, access, three_commas, venues, time),
                        jobs.SET_UP: SetUpJob(storage.units, time, set_up_again, runner),
                    },
                )
            ),
            TellTheTrader(storage.units, time),
            venues,
        )


__all__ = ["App", "InvalidToken", "open_app"]
