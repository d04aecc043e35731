"""A check in progress: what is stored, what was answered, and the picture that both make."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.check_facts import Facts, KeyFacts, TokenFacts
from domain.check_view import AccountRow, CheckView, KeyRow, Sight, Standing, ThreeCommasSight, TokenRow
from domain.findings import Subject, SubjectKind, Symptom
from domain.judge_account import AccountJudge, AccountJudgement
from domain.judge_key import judge_key, judge_token, key_state, reach, token_state
from domain.known_accounts import keep_listed
from domain.records import ExchangeAccount, Issue, Key, KeyState, UnitOfWork
from domain.values import THREE_COMMAS, MarketType
from domain.verdicts import OpenIssues, Verdict, by_subject, keep, standing_findings


@dataclass(slots=True)
class CheckState:
    """Read once, refreshed with every transaction of the check."""

    trader_id: str
    facts: Facts
    accounts: Sequence[ExchangeAccount] = ()
    tokens: Sequence[Key] = ()
    keys: Sequence[Key] = ()
    attached: dict[str, frozenset[str]] = field(default_factory=dict)
    """Ids of the exchange accounts of each key."""
    issues: dict[Subject, OpenIssues] = field(default_factory=dict)
    listable: bool = True
    """The bot has an address that stays, so that an address list on its keys can be kept."""

    async def read(self, u: UnitOfWork) -> None:
        living = [key for key in await u.keys.list(self.trader_id) if key.state is KeyState.LIVE]
        self.tokens = [key for key in living if key.service == THREE_COMMAS]
        self.keys = [key for key in living if key.service != THREE_COMMAS]
        self.attached = {key.id: frozenset(await u.accounts.accounts_of(key.id)) for key in self.keys}
        await self._read_findings(u)

    async def _read_findings(self, u: UnitOfWork) -> None:
        self.accounts = sorted(await u.accounts.list(self.trader_id), key=_in_order)
        self.issues = by_subject(await u.issues.open(self.trader_id))

    def begin(self) -> None:
        """Facts for every credential that lives; those that a removal or a repair has overtaken meanwhile are dropped."""
        tokens, keys = self.facts.tokens, self.facts.keys
        self.facts.tokens = {token.id: tokens.get(token.id, TokenFacts()) for token in self.tokens}
        self.facts.keys = {key.id: keys.get(key.id, KeyFacts()) for key in self.keys}
        for account in self.accounts:
            self._forget_overtaken_load(account)

    def _forget_overtaken_load(self, account: ExchangeAccount) -> None:
        """A refusal of before a repair must not take the repair back."""
        repaired = self._open(Subject(SubjectKind.ACCOUNT, account.id)).get(Symptom.THREE_COMMAS_TRADING_UNPROVEN)
        since = repaired.finding.since if repaired else None
        facts = self.facts.tokens.get(account.link.token_id) if account.link else None
        if since is None or facts is None or account.link is None:
            return
        load = facts.loads.get(account.link.three_commas_id)
        if load is not None and load.at < since.at:
            del facts.loads[account.link.three_commas_id]

    # --- keeping ----------------------------------------------------------------------------------------------------

    async def keep_token(self, u: UnitOfWork, token: Key, at: datetime) -> None:
        """What one token was answered: its accounts, their findings and its own, in the caller's transaction."""
        facts = self.facts.tokens[token.id]
        if await u.keys.get(token.id) is None:
            return  # removed meanwhile, perhaps with everything else of the trader
        if facts.listed is not None:
            live = {token.id for token in self.tokens}
            await keep_listed(u, self.trader_id, token.id, facts.listed.values(), at, live_tokens=live)
        await self._read_findings(u)
        verdicts = [judge_token(token.id, facts)]
        verdicts += [self._judge(account, facts, at).verdict for account in self._linked(token.id)]
        for verdict in verdicts:
            await keep(u, self.trader_id, verdict, self._open(verdict.subject), at)
        await self._read_findings(u)

    async def keep_key(self, u: UnitOfWork, key_id: str, at: datetime) -> None:
        """What one of the bot's own keys was answered, in the caller's transaction."""
        facts = self.facts.keys[key_id]
        key = await u.keys.get(key_id)
        if key is None:
            return
        if facts.rights is not None:
            told = replace(key, rights=facts.rights.names(), made_at=facts.rights.made_at or key.made_at)
            if told != key:
                await u.keys.update(told)
        await self._read_findings(u)
        verdict = judge_key(key_id, facts, at, listable=self.listable)
        await keep(u, self.trader_id, verdict, self._open(verdict.subject), at)
        await self._read_findings(u)

    # --- showing ----------------------------------------------------------------------------------------------------

    def view(self, at: datetime) -> CheckView:
        chains = [*self.facts.tokens.values(), *self.facts.keys.values()]
        waiting = [facts.waiting_until for facts in chains if facts.waiting_until is not None]
        over = all(facts.over for facts in chains)
        complete = over and not waiting
        return CheckView(
            rows=tuple(self._row(account, at) for account in self.accounts),
            tokens=tuple(self._token_row(token, at) for token in self.tokens),
            keys=tuple(self._key_row(key, at) for key in self.keys),
            complete=complete,
            waiting_until=min(waiting, default=None),
            at=at,
            resume=self.facts.to_json() if over and waiting else {},
        )

    def markets_of(self, key_id: str) -> tuple[MarketType, ...]:
        """The wallets that are attached to a key, each once."""
        return tuple(sorted({account.market_type for account in self.accounts if account.id in self.attached[key_id]}))

    def _row(self, account: ExchangeAccount, at: datetime) -> AccountRow:
        facts = self.facts.tokens.get(account.link.token_id) if account.link else None
        subject = Subject(SubjectKind.ACCOUNT, account.id)
        if facts is not None:
            judged = self._judge(account, facts, at)
        else:
            judged = AccountJudgement(Verdict(subject), ThreeCommasSight(Sight.NOT_ATTACHED), Standing())
        key_ids = [key.id for key in self.keys if account.id in self.attached[key.id]]
        seen = [self.facts.keys[key_id].looked_at for key_id in key_ids] + [judged.sight.looked_at]
        return AccountRow(
            account=account,
            three_commas=judged.sight,
            reach=tuple(reach(key_id, account.market_type, self.facts.keys[key_id]) for key_id in key_ids),
            findings=standing_findings(judged.verdict, self._open(subject), at),
            standing=judged.standing,
            looked_at=max((time for time in seen if time is not None), default=None),
        )

    def _token_row(self, token: Key, at: datetime) -> TokenRow:
        facts = self.facts.tokens[token.id]
        verdict = judge_token(token.id, facts)
        state, why = token_state(facts, verdict)
        findings = standing_findings(verdict, self._open(verdict.subject), at)
        return TokenRow(token, state, why, findings, facts.paper, facts.looked_at)

    def _key_row(self, key: Key, at: datetime) -> KeyRow:
        facts = self.facts.keys[key.id]
        verdict = judge_key(key.id, facts, at, listable=self.listable)
        state, why = key_state(facts, verdict)
        findings = standing_findings(verdict, self._open(verdict.subject), at)
        return KeyRow(key, state, why, findings, facts.rights, facts.looked_at)

    def _judge(self, account: ExchangeAccount, facts: TokenFacts, at: datetime) -> AccountJudgement:
        subject = Subject(SubjectKind.ACCOUNT, account.id)
        return AccountJudge(account, facts, self._open(subject), at).judge()

    def _linked(self, token_id: str) -> list[ExchangeAccount]:
        return [account for account in self.accounts if account.link and account.link.token_id == token_id]

    def _open(self, subject: Subject) -> dict[Symptom, Issue]:
        return dict(self.issues.get(subject, {}))


def _in_order(account: ExchangeAccount) -> tuple[bool, int, str]:
    """As 3Commas numbers them, so that a row stays where it is while the message fills in; the others follow by name."""
    return (account.link is None, account.link.three_commas_id if account.link else 0, account.name)
