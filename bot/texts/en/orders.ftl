### /orders: what stands at the exchanges, whose it is, what it locks, and how to free it by hand.

figure-coins = { $amount } { $asset }
figure-usd = { $amount } USD

button-page-before = Previous
button-page-next = Next
page-rows = { $first } to { $last } of { $of } stand here.

## The message that fills in

orders-beginning = Collecting open orders…
orders-progress = Still collecting: { $done } of { $of } questions answered so far.
orders-progress-first = Still collecting…
orders-sum = { $orders ->
        [one] <b>One open order</b> locks coins worth { $worth }.
       *[other] <b>{ $orders } open orders</b> lock coins worth { $worth }.
    }
orders-sum-seen = { $orders ->
        [one] I see <b>one open order</b>{ $growing ->
            [yes] {" "}so far
           *[no] {""}
        }; it locks coins worth { $worth }.
       *[other] I see <b>{ $orders } open orders</b>{ $growing ->
            [yes] {" "}so far
           *[no] {""}
        }; they lock coins worth { $worth }.
    }
orders-sum-bare = { $orders ->
        [one] <b>One open order</b>.
       *[other] <b>{ $orders } open orders</b>.
    }
orders-sum-bare-seen = { $orders ->
        [one] I see <b>one open order</b>{ $growing ->
            [yes] {" "}so far
           *[no] {""}
        }.
       *[other] I see <b>{ $orders } open orders</b>{ $growing ->
            [yes] {" "}so far
           *[no] {""}
        }.
    }
orders-sum-nothing = { $orders ->
        [one] It locks nothing.
       *[other] They lock nothing.
    }
orders-sum-unpriced = Without a price, and not counted in that: { $coins }.
orders-sum-uncounted = { $orders ->
        [one] One order locks margin, and I cannot tell how much.
       *[other] { $orders } orders lock margin, and I cannot tell how much.
    }
orders-sum-left = { $more ->
        [yes] At least { $worth }
       *[no] { $worth }
    } of that are locked by what is left over.
orders-none = No open orders, so no order locks anything. If money seems to be missing, it lies in another wallet, or something other than an order holds it.
orders-locked = Locked: { $coins }.
orders-locked-more = and { $assets } more
orders-unexplained = On { $name }, { $coins } more are locked than these orders explain: an earn product, collateral, or a withdrawal under way can be the reason.
orders-unexplained-futures = On { $name }, { $coins } are held besides: the margin of open positions, most likely.
orders-as-of = As I saw it { $at }.

orders-account-reading = { $name }: reading its open orders…
orders-account-not-read = { $name }: I could not read its open orders, so none of them stand here. { $why }
orders-account-none = { $name }: no open orders.
orders-owners-looking = { $name }: whose these orders are, I am still finding out.
orders-owners-not-linked = { $name }: I do not see it through 3Commas, so I cannot tell whose its orders are, and I call nothing there left over.
orders-owners-not-read = { $name }: at 3Commas I could not read { $parts }. So an order may belong to a trade that I did not see, and I call nothing there left over. { $why }
orders-parts-more = and { $parts } more parts
orders-source-not-read = I could not read everything at { $service }. { $why }

orders-part-accounts = the exchange accounts
orders-part-active-trades = the active SmartTrades
orders-part-closed-trades = the SmartTrades that are over
orders-part-deals = the deals of your bots
orders-part-closed-deals = the deals that are over
orders-part-grids = the grid bots
orders-part-simple = the orders of Simple Trading
orders-part-expected = the orders of { $owner }
orders-part-other = a part of its answers

## Rows

orders-line = { $side ->
        [buy] buy
       *[other] sell
    } { $amount } { $how ->
        [limit] at { $price }
        [stop_limit] at { $price } once { $trigger } is touched
        [stop_market] at the market price once { $trigger } is touched
        [follows] when the price turns
        [follows_from] when the price turns, but only after { $trigger } is touched
       *[other] at the market price
    }
orders-locks = locks { $coins }
orders-locks-worth = locks { $coins } ({ $worth })
orders-locks-nothing = locks nothing
orders-locks-some = { $told ->
        [yes] locks some { $asset }: all these orders together hold { $together } as margin, and how much each, I cannot tell
       *[no] locks some { $asset }, I cannot tell how much
    }
orders-locks-margin = locks { $coins }{ $priced ->
        [yes] {" "}({ $worth })
       *[no] {""}
    } as margin, { $told ->
        [yes] by the exchange’s own figure
       *[no] worked out with { $times }x
    }
orders-locks-shared = { $locks } once, together with the order that it is paired with (OCO: when one is filled, the other is cancelled)
orders-amount-whole = the whole position
orders-market-perpetual = { $pair } perpetual
orders-market-dated = { $pair }, { $expiry }
orders-row = { $head }: { $line }, { $locks }.
orders-row-plain = { $line }, { $locks }.
orders-row-number = { $number }. { $row }
orders-row-account = { $row } On { $name }.
orders-grounds = { $head } ({ $grounds })

orders-left-over = { $sure ->
        [certain] <b>Left over from { $owner }</b>
        [strong] <b>Left over, almost certainly from { $owner }</b>
       *[probable] <b>Left over, most likely from { $owner }</b>
    }
orders-left-over-one-of = <b>Left over from one of { $owners }</b>
orders-unknown = <b>Owner unknown</b>
orders-unknown-fits = <b>Owner unknown, perhaps left over from { $owners }</b>
orders-ambiguous = <b>May belong to { $owners }</b>
orders-foreign = <b>Placed by { $who }</b>
orders-owned = { $orders ->
        [one] { $owner } ({ $purpose })
       *[other] { $owner } ({ $purpose }, { $orders } orders)
    }
orders-owned-plain = { $orders ->
        [one] { $owner }
       *[other] { $owner } ({ $orders } orders)
    }

orders-owner-smart-trade = SmartTrade { $id }
orders-owner-deal = { $named ->
        [yes] DCA deal { $id } of { $name }
       *[no] DCA deal { $id }
    }
orders-owner-grid = { $named ->
        [yes] grid bot { $id } ({ $name })
       *[no] grid bot { $id }
    }
orders-owner-simple = a Simple Trading order
orders-purpose-entry = entry
orders-purpose-take-profit = take profit
orders-purpose-stop-loss = stop
orders-purpose-safety = safety order
orders-purpose-grid-line = grid line
orders-purpose-other = order
orders-who-ccxt = another program
orders-who-api = another program
orders-who-app = the exchange’s own app or page

orders-living = { $orders ->
        [one] One belongs to a living trade: { $owners }.
       *[other] { $orders } belong to living trades: { $owners }.
    }
orders-living-more = { $orders ->
        [one] One more belongs to a living trade: { $owners }.
       *[other] { $orders } more belong to living trades: { $owners }.
    }
orders-living-rest = and { $owners } more
orders-missing = { $owner } expects a { $side ->
        [buy] buy
       *[other] sell
    } of { $amount } { $priced ->
        [yes] at { $price }
       *[no] at the market price
    } that { $venue } does not show. It was cancelled there, or filled a moment ago.
orders-missing-maybe = { $owner } expects a { $side ->
        [buy] buy
       *[other] sell
    } of { $amount } { $priced ->
        [yes] at { $price }
       *[no] at the market price
    }; I found no order at { $venue } that is certainly it.
orders-missing-more = { $orders ->
        [one] One more expected order is not there.
       *[other] { $orders } more expected orders are not there.
    }

button-orders-free = { $number ->
        [0] How to free it
       *[other] { $number } · How to free it
    }
button-orders-cancel = { $number ->
        [0] How to cancel it
       *[other] { $number } · How to cancel it
    }
button-orders-why = { $number ->
        [0] Why I think so
       *[other] { $number } · Why I think so
    }
button-orders-details = { $number ->
        [0] Details
       *[other] { $number } · Details
    }
button-orders-all = Show all
button-orders-few = Show less
button-orders-make-key = Make one
button-orders-by-hand = How to look by hand
button-open-orders = Open orders

## Without a key of my own

orders-no-key = 3Commas does not show me open orders at { $name }; it only says what is locked there.
orders-no-key-futures = 3Commas does not show me open orders at { $name }, and for futures it does not say what they hold either.
orders-no-key-reading = { $name }: asking 3Commas what is locked there…
orders-no-key-not-read = { $name }: 3Commas could not tell me what is locked there. { $why }
orders-no-key-old = 3Commas could not refresh these figures just now, so they may be old.
orders-no-key-unlinked = I have a key of my own at { $venue }, but it is not linked with { $names } yet. Link it where it belongs to the same account, and I look there with it.
orders-no-key-sum = { $coins } are locked, worth { $worth }.
orders-no-key-sum-plain = { $coins } are locked.
orders-no-key-none = It says that nothing is locked.
orders-no-key-excess = No living trade of 3Commas explains { $coins } of that. Orders that I cannot see hold them.
orders-no-key-explained = The living trades of 3Commas explain all of it.
orders-no-key-finding-out = Which trades hold it, I am still finding out.
orders-no-key-unexplained = Which trades hold it, I could not read.
orders-no-key-expected = Living trades expect there:
orders-no-key-expected-row = • { $owner }: { $side ->
        [buy] buy
       *[other] sell
    } { $amount } { $priced ->
        [yes] at { $price }
       *[no] at the market price
    }
orders-no-key-expected-rest = • and { $orders } more
orders-no-key-offer = To see the orders I need a key of my own at { $venue }. Reading rights are enough for spot; I will say if futures need more. I can make one so that no secret passes through this chat.
orders-no-key-elsewhere = At { $venue } I cannot read with a key of my own yet, so we look by hand.

## One order

orders-detail =
    <b>{ $line }</b>
    { $name } · { $symbol } · { $type }
    Open: { $open }
    { $placed }
    It { $locks }.
    Order id at { $venue }: { $id }
orders-detail-open = { $remaining } of { $amount }
orders-detail-placed = Placed { $at }
orders-detail-placed-unknown = When it was placed, { $venue } does not say
orders-detail-leg = Hedge mode, { $leg } side.
orders-detail-reduces = It can only close a position, never open one.
orders-detail-client = Its client order id: { $id }
orders-detail-whose = <b>Whose it is:</b> { $head }.
orders-detail-grounds = <b>What I go by</b>
orders-detail-sure-certain = <b>How sure:</b> as sure as it can be. No service says which trade placed an order; but all of 3Commas was read, and this fits exactly one order of a living trade.
orders-detail-sure-strong = <b>How sure:</b> almost certain. No service says which trade placed an order, so it is no proof.
orders-detail-sure-probable = <b>How sure:</b> most likely, no proof. Compare it with the history at 3Commas if it matters.
orders-detail-sure-none = <b>How sure:</b> I name no owner.
orders-detail-do-leftover = No living trade that I can see needs it. Cancelling it at { $venue } frees what it locks.
orders-detail-do-leftover-nothing = No living trade that I can see needs it. It locks nothing, so cancelling it frees nothing. It may be the only target or stop of a position that is still open: look at your positions first.
orders-detail-do-owned = A living trade needs it, so leave it. To change or end it, open that trade at 3Commas.
orders-detail-do-simple = A living order of Simple Trading needs it. Cancel it at 3Commas, not at { $venue }: cancelled at { $venue } it is placed again.
orders-detail-do-foreign = { $who } placed it, and knows what it is for. Look there before you touch it.
orders-detail-do-app = It was placed at { $venue } itself or by its own app, so most likely by you. 3Commas knows nothing of it; if you do not need it any more, cancel it there.
orders-detail-do-ambiguous = A living trade may need it. Open the trades named above at 3Commas and compare price and amount before you touch it.
orders-detail-do-unknown = I do not know who placed it. If you know that nothing needs it, it can be cancelled by hand.
orders-detail-do-not-read = I did not see everything that may need it, so do not touch it before I could look again.
orders-detail-do-not-linked = I cannot compare it with your trades. Look at 3Commas first whether an active trade or bot has this price and amount.
button-orders-copy-id = Copy order id
button-orders-back = Back to the list

orders-gone-picture = I do not have that picture any more, so I look anew.
orders-old-picture = That picture is from { $at }, and orders move. I look anew before we free anything.
orders-not-to-free = I do not lead you to cancel this one: { $why }

## Grounds, one sentence each and a few words

orders-clue-known-id = Its id holds { $word }, a number of that trade.
    .short = its id names it
orders-clue-same-price = The price is the same: { $price }.
    .short = same price
orders-clue-same-amount = The amount is the same: { $amount }.
    .short = same amount
orders-clue-close-amount = By 3Commas’ note { $amount } remain; a fee, or a fill that it has not seen yet, makes the difference.
    .short = nearly the same amount
orders-clue-same-size = The whole order has the size of that trade’s order, { $amount }; a part of it is filled.
    .short = same size, partly filled
orders-clue-placed-together = It was placed within { $seconds } seconds of the time that 3Commas notes.
    .short = placed at the same time
orders-clue-placed-since = 3Commas noted its order { $since }; others that are alike stood before.
    .short = placed after the others
orders-clue-same-owner = Several orders are alike, and all of them belong to this one.
    .short = all that are alike are its own
orders-clue-learned-prefix = Its id begins with { $word }, as do the orders that 3Commas certainly placed on this account.
    .short = its id begins as 3Commas writes it
orders-clue-other-prefix = Orders that 3Commas certainly placed on this account begin with { $word }; this one begins otherwise.
    .short = its id begins otherwise than those of 3Commas
orders-clue-foreign-prefix = Its id begins as { $who } writes it.
    .short = its id is not of 3Commas
orders-clue-planned-price = { $price } is a price of that trade’s plan.
    .short = at a price of its plan
orders-clue-entry-price = { $price } is the entry price of that trade.
    .short = at its entry price
orders-clue-closing-side = The same coins, and it would close what that trade had opened.
    .short = same coins
orders-clue-within-units = It is no more than that trade held: { $amount }.
    .short = no more than it held
orders-clue-more-than-units = The orders that fit that trade are more than it held, { $amount }, so not all of them can be its own.
    .short = more than it held
orders-clue-placed-while-it-ran = It was placed while that trade ran, from { $since } on. { $until ->
        [none] When that trade ended, 3Commas does not say.
       *[other] That trade { $ended } { $until }.
    }
    .short = placed while it ran{ $until ->
        [none] {""}
       *[other] ; it { $ended } on { $day }
    }
orders-clue-older-than-trade = It is { $seconds } seconds older than 3Commas’ note of the order that it fits.
    .short = older than that trade’s order
orders-clue-may-be-moved = A living trade misses an order of these coins and this side. This may be it, at a new price.
    .short = a living trade may have moved it
orders-clue-placed-after-reading = It was placed after I had read 3Commas.
    .short = placed after I had read 3Commas
orders-clue-closed-just-now = The trade that fits was closed a moment ago; its orders may still be on their way out.
    .short = that trade closed a moment ago
orders-clue-no-time = The exchange does not say when it was placed.
    .short = without a time
orders-clue-several-fit = Several trades fit equally well: { $owners }.
    .short = several fit
orders-clue-strange-pair = A living trade’s pair is not known under that name at the exchange, so I could not compare it.
    .short = a living trade could not be compared
orders-clue-not-linked = I do not see this exchange account through 3Commas, so there is nothing to compare it with.
    .short = not seen through 3Commas
orders-clue-not-read = At 3Commas I could not read { $part }.
    .short = 3Commas was not read completely
orders-clue-unseen-trades = Two or more other orders here begin with { $word } as well, and nothing that 3Commas shows me explains them. A signal bot, a connection that was deleted, or somebody else’s 3Commas may run this account, and this order may be theirs.
    .short = others begin so, too, that 3Commas does not show me
orders-clue-no-trace = Nothing that 3Commas shows fits it. Entries of signal bots are shown nowhere, so it may be one of these.
    .short = 3Commas shows nothing that fits
orders-ended-failed = failed
orders-ended-cancelled = was cancelled
orders-ended-finished = finished
orders-ended-other = ended

## Freeing by hand

orders-free =
    <b>How to free { $coins }</b>
    The order: { $line }, on { $name }, as I saw it { $at }.

    Before you cancel: did you start or change a trade since then? Then press Look again first, for a living trade may need the order by now.
orders-free-heading-nothing =
    <b>How to cancel this order</b>
    The order: { $line }, on { $name }, as I saw it { $at }.

    Before you cancel: did you start or change a trade since then? Then press Look again first, for a living trade may need the order by now.
orders-free-unknown = I do not know who placed it. Go on only if you know that nothing needs it.
orders-free-open-spot = Sign in at { $venue } and open <b>Orders → Spot Order → Open Orders</b>.
orders-free-open-margin = Sign in at { $venue } and open <b>Orders → Margin Order → Open Orders</b>.
orders-free-open-usdm = Sign in at { $venue } and open <b>Orders → Futures Order → Open Orders</b>, USDⓈ-M.
orders-free-open-coinm = Sign in at { $venue } and open <b>Orders → Futures Order → Open Orders</b>, COIN-M.
orders-free-open-elsewhere = Sign in at { $venue } and open the page with your open orders.
orders-free-conditional = It is a conditional order: look under the tab for conditional or stop orders, which is a list of its own.
orders-free-find = Find { $symbol }, { $line }. The order id is { $id }; the button below copies it.
orders-free-cancel = Press Cancel at this one order. Not “Cancel all”: that would take the orders of living trades as well.
orders-free-refresh = Then press the refresh sign in <b>My Portfolio</b> at 3Commas, so that it sees what is free.
orders-free-nothing = It locks nothing. If a position of these coins is still open, this order may be its only target or stop: look at your positions first.
orders-free-watching = I am watching and will tell you when the order is gone.
orders-freed = The order is gone since { $at }: { $line }, on { $name }. { $coins } are free again.
orders-freed-position = The order is gone since { $at }: { $line }, on { $name }. The position is as it was.
orders-freed-margin = The order is gone since { $at }: { $line }, on { $name }. What it held as margin is free again.
orders-filled = The order was filled instead, at { $at }: { $line }, on { $name }. So nothing was freed; you have what it traded.
orders-gone = The order is gone since { $at }: { $line }, on { $name }. Whether it was cancelled or filled, I could not see; the order history at { $venue } shows it.
orders-gone-before = The order is gone already: { $line }, on { $name }, was not there any more at { $at }. Whether it was cancelled or filled, the order history at { $venue } shows.
orders-refresh-portfolio = Press the refresh sign in <b>My Portfolio</b> at 3Commas, so that it sees this as well.
orders-still-there = I looked for half an hour, and the order still stands: { $line }, on { $name }. Press the button when you have cancelled it, and I look again.
orders-could-not-watch = I stopped looking whether the order is gone: { $line }, on { $name }. { $why }
button-orders-watch-again = I have cancelled it
orders-watching-again = I look whether it is gone, and tell you: { $line }, on { $name }.
orders-watch-unknown = I do not know that order any more, so I look at all of them.

## By hand

orders-by-hand-about = looking through open orders together
orders-nothing-connected =
    Nothing is connected, so I cannot see your orders. We can go through them together: you open two pages and tell me what you see, and I say what it means.

    Or connect 3Commas and an exchange, and I match every order with your trades.
orders-by-hand-look =
    Open your exchange → <b>Orders → Open Orders</b>. Look at every tab: spot, margin and futures are lists of their own, and so are conditional or stop orders.

    What do you see?
button-orders-sees-none = No open orders
button-orders-sees-some = Open orders
button-orders-sees-closed = I cannot sign in there
orders-by-hand-none = Then no order locks anything there, as you tell it; I have not seen it myself. If money seems to be missing, look at the other wallets (funding, earn, futures): what lies there is not free for spot.
orders-by-hand-closed = Then nothing can be seen or cancelled there at the moment. What the exchange holds stays as it is. Get back into the exchange first; its own help is the way, and 3Commas cannot do it for you.
orders-by-hand-compare =
    Take one order, the largest first, and note its pair, side, price, amount and date. The order id stands in its details.

    Now open 3Commas and look for a trade with this pair and price: <b>SmartTrade → Active</b>, the active deals of <b>DCA Bot</b>, <b>Grid Bot</b>, and the orders of Simple Trading. If it is nowhere, look into their history.

    Where is it?
button-orders-hand-active = In an active trade or bot
button-orders-hand-simple = In Simple Trading
button-orders-hand-history = Only in the history
button-orders-hand-nowhere = Nowhere at 3Commas
orders-by-hand-active = Then it is wanted: leave it. Cancelled at the exchange, that trade would lose its target or its entry. To get the money out, change or close the trade at 3Commas.
orders-by-hand-simple = Then cancel it at 3Commas, not at the exchange: cancelled there, it is placed again.
orders-by-hand-history =
    Then it is most likely left over: its trade is over (failed, cancelled or finished) and nothing looks after the order any more. A sell of no more than the trade held, placed while it ran, makes it surer.

    To free the money: at the exchange press Cancel at this one order, not “Cancel all”, and then the refresh sign in <b>My Portfolio</b> at 3Commas.
orders-by-hand-nowhere = Then 3Commas shows nothing that needs it. You placed it yourself, or another program or the exchange did; entries of 3Commas’ signal bots are shown nowhere either. Cancel it only if you know that nothing needs it.
orders-by-hand-told = I say this by what you told me; I have not seen it myself.
orders-by-hand-next = Is there another order?
button-orders-hand-next = The next order
button-orders-hand-through = That was all
orders-by-hand-through = Good. With a key of my own at the exchange, reading rights are enough, I can look for myself next time.
orders-by-hand-use-buttons = Please use one of the buttons.
