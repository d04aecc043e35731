### /check. What is wrong, what was seen, since when, what follows from it, what to press.

check-nothing-connected =
    Nothing is connected yet, so I cannot look for myself. We can look together: you open two pages and tell me what you see, and I say what it means.

    Or connect 3Commas, and I look at all your exchange accounts at once.
check-beginning = { $accounts ->
        [0] Asking 3Commas which exchange accounts you have…
        [one] Looking at one exchange account…
       *[other] Looking at { $accounts } exchange accounts…
    }

account-name = { $name }

check-row-looking = { $name }: looking…
check-row-fine = { $name }: fine. Balances load.
check-row-flags-old = { $name }: fine. Balances load; 3Commas still shows an old warning, which should go away.
check-row-not-looked = { $name }: I could not look, so I do not know how it is. { $why }
check-row-not-yet = { $name }: not looked at yet.
check-row-flags-bad = 3Commas' last note says that its key does not work.
check-row-not-attached = { $name }: I do not see it through 3Commas, so I do not know whether 3Commas can use it.
check-row-maybe-same = { $name }, as my own key reads it: not linked with anything at 3Commas yet. If it is the same as { $same } above, link the two.

check-since-now = asked just now
check-since-trade = asked just now; the first trade that failed because of it: { $at }
check-since-first-seen = asked just now; I saw it first on { $at }

check-three-commas-key-refused = <b>3Commas cannot use its key</b> ({ $since }).
check-three-commas-key-expires = works now, but <b>its key expires soon</b> ({ $since }). Replace it before it does, or trades will fail.
check-three-commas-state-unknown = 3Commas shows a state that I do not know: { $said } ({ $since }). Balances may still load; open My Portfolio to see.
check-three-commas-trading-refused = balances load, but <b>a trade was refused</b> ({ $since }). The text of that trade: { $said }.
check-three-commas-trading-unproven = No trade has gone through since its key was refused or renewed; only a trade will prove that trading works too.

check-standing = Because of this { $both ->
        [yes] { $trades ->
            [one] one trade stands still and
           *[other] { $trades } trades stand still and
        } { $deals ->
            [one] one DCA deal is in error,
           *[other] { $deals } DCA deals are in error,
        }
       *[no] { $trades ->
            [0] { $deals ->
                [one] one DCA deal is in error,
               *[other] { $deals } DCA deals are in error,
            }
            [one] one trade stands still,
           *[other] { $trades } trades stand still,
        }
    } the profit shown for open trades (UPNL) does not move, and nothing can be closed there from 3Commas. A stop loss that 3Commas holds will not fire.
check-standing-trading = I have seen no trade go through there since. Until one does, take it that other trades there can fail the same way, and that a stop loss which 3Commas holds may not fire.
check-standing-none = No trade stands still because of it yet, but nothing can be opened or closed there from 3Commas.
check-standing-not-looked = { $kind ->
        [trades] I could not see which SmartTrades stand still.
        [deals] I could not see which DCA deals are in error.
       *[both] I could not see which trades stand still.
    } { $why }

check-reach-reads = I can read it with my own key.
check-reach-not-looked = I could not read it with my own key. { $why }
check-reach-refused = My own key is refused here.
check-reach-unlinked = My own key at { $venue } is not linked with it yet. If it belongs to the same account, link the two.

check-told = You told me: { $what }.
check-told-invalid-api = “Invalid API” is shown
check-told-upnl-frozen = the profit of open trades does not move
check-told-cannot-trade = trades cannot be opened or closed
check-told-balances-empty = balances do not load
check-told-repaired = its key was renewed and balances load; I have not seen it myself
check-told-error-text = an error message is shown

check-token-refused = <b>3Commas refuses my token.</b> It was deleted, it was copied wrongly, or it may not be used from my address. Until a new one is connected I cannot look through 3Commas.
check-token-lacks-right = <b>My token at 3Commas lacks a right:</b> { $right }. Tick it at 3Commas under API, or make a new token.
check-plan-without-api = <b>Your plan at 3Commas does not let me look.</b> The token is right; the plan has no API access, or it has ended. Your exchange accounts may be fine or not, I do not know. We can look by hand.
check-token-not-looked = I could not look through 3Commas. { $why }

check-my-key = My own key at { $service } (…{ $tail })
check-key-refused =
    { $service } refuses it. { $causes }
    The address that asked: { $address }. This says nothing about the key that 3Commas uses.
check-key-lacks-right = It lacks the right for { $right }, so I cannot read that part.
check-key-can-withdraw = <b>It may withdraw money.</b> I do not need that and will not use it. Take the right off at { $service } now, or delete the key.
check-key-without-ip-list = It works from any address. Reading is all it may do, yet an IP list makes it safer.
check-key-expires = Its right to trade ends on { $until }. I only read, so this does not disturb me.
check-key-not-looked = I could not ask { $service } with it. { $why }
check-not-looked = I could not look at this part. { $why }

check-paper-left-out = { $accounts ->
        [one] One paper account is left out: it holds pretend money.
       *[other] { $accounts } paper accounts are left out: they hold pretend money.
    }
check-no-accounts = 3Commas lists no exchange account for you. If you expect one: open My Portfolio and see whether you are signed in with the right login, and whether the real account is chosen and not the demo one.
check-complete = Looked { $at }.
check-nothing-asked = Nothing is connected, so I looked at nothing. What stands here is what you told me.
check-going-on = Still looking…
check-waiting = 3Commas lets me ask no more before { $until }. What was not looked at yet I look at then, by myself, and fill it in here.

why-token-refused = 3Commas refuses my token.
why-plan = The plan at 3Commas does not include API access.
why-right = { $service } accepts me, but this needs a right that is not ticked: { $right }.
why-slow = { $service } asks me to slow down.
why-undecided = 3Commas asked { $service } and got no clear answer: { $cause }.
why-gone = 3Commas does not list it now: perhaps it was removed there, or the demo account is chosen instead of the real one.
why-key-gone = The key was removed.
why-key-refused = { $service } refuses my key.
why-no-answer = { $service } did not answer in time.
why-down = { $service } does not answer right now.
why-broken-answer = The answer of { $service } arrived broken.
why-surprise = { $service } answered something that I do not understand.
why-unknown = { $service } could not be asked.

causes-unknown = Why, I cannot tell from here.
causes-one = The reason: { $cause }.
causes-several =
    One answer stands for several faults. In the order to test:
    { $listed }

cause-key-unknown = the key was deleted or mistyped
cause-key-expired = the key has expired
cause-secret-wrong = the secret does not belong to the key
cause-passphrase-wrong = the passphrase is wrong
cause-ip-not-allowed = the address that asks is not on the key’s IP list
cause-permission-missing = a right of the key is not ticked
cause-account-restricted = the exchange has restricted the account
cause-region-blocked = the exchange does not serve this region
cause-clock-off = my own clock is off, which is not your fault
cause-rate-limited = too many questions in a short time
cause-exchange-down = the exchange does not answer right now
cause-network = the way to the exchange is disturbed
cause-account-mode = the account is in another mode than expected
cause-plan-ended = the plan at 3Commas has ended
cause-withdrawal-right = the key may withdraw money
cause-no-ip-list = the key has no IP list
cause-expires-soon = the key expires soon
cause-ambiguous = several faults share one text
cause-not-looked = it could not be seen
cause-unknown = unknown

right-some = one that it does not name
right-reading = reading
right-spot = spot and margin trading
right-futures = futures
right-margin = margin
right-withdrawals = withdrawals
right-transfers = transfers

market-spot = spot
market-margin = margin
market-usdm = futures
market-coinm = coin-margined futures

button-repair = Repair { $name }
button-safer-key = Make my key at { $service } safer
button-repair-my-key = Repair my key at { $service }
button-connect-again = Connect 3Commas again
button-look-again = Look again
button-look-by-hand = Look together, by hand
button-what-means = What does this mean?
