### /funds: what is free, what is locked and by what, and why 3Commas may show less.

funds-nothing-connected = Nothing is connected, so I cannot see what you hold. We can find out together why less is shown than you expect.
funds-beginning = Looking at your funds…
funds-sum = The wallets below hold <b>{ $worth }</b>. { $some ->
        [yes] Of that, <b>{ $locked }</b> are locked.
       *[no] Nothing of it is locked.
    }
funds-sum-seen = I see <b>{ $worth }</b>{ $growing ->
        [yes] {" "}so far
       *[no] {""}
    }. { $some ->
        [yes] Of that, <b>{ $locked }</b> are locked.
       *[no] Nothing of what I see is locked.
    }
funds-no-wallets = I know no exchange account of yours, so there is nothing to look at.

funds-wallet = { $name }: { $worth }{ $some ->
        [yes] , of which { $locked } are locked.
       *[no] , all of it free.
    }
funds-wallet-unpriced = { $name }: what it is worth and what locks it, I am still finding out.
funds-wallet-reading = { $name }: reading its balances…
funds-wallet-empty = { $name }: empty.
funds-wallet-not-read = { $name }: I could not read its balances, so nothing of it stands here. { $why }
funds-told = As 3Commas tells it, refreshed just now.
funds-told-old = As 3Commas tells it; it could not refresh these figures just now, so they may be old.
funds-told-instead = { $why } So here stands what 3Commas tells, { $old ->
        [yes] which it could not refresh just now, so it may be old.
       *[no] refreshed just now.
    }
funds-wallet-neither = { $name }: I could not read its balances, so nothing of it stands here. { $own } What 3Commas tells of it I could not read either. { $told }
funds-shown-less = 3Commas shows { $shown }, { $less } less{ $locked ->
        [yes] : that is what is locked.
       *[no] .
    }
funds-shown-profit = 3Commas shows { $shown }: it counts the profit or loss of open positions as well.
funds-shown-more = 3Commas shows { $shown }. That is more than I see: it may count the profit of open positions too, prices differ, or its figure is older.

funds-row = • { $total } ({ $worth }){ $profit }, all free
funds-row-locked = • { $total } ({ $worth }){ $profit }: { $free } free, { $locked } locked{ $by }
funds-row-profit = , open positions at { $profit }
funds-row-unpriced = • { $total }{ $some ->
        [yes] : { $free } free, { $locked } locked
       *[no] , all free
    }
funds-no-price = no price
funds-by-orders = { $orders ->
        [one] {" "}by one open order
       *[other] {" "}by { $orders } open orders
    }
funds-by-both = { $orders ->
        [one] : { $held } by one open order, { $other } by something else
       *[other] : { $held } by { $orders } open orders, { $other } by something else
    }
funds-by-other = {" "}by something other than an order
funds-by-positions = {" "}as margin of open positions
funds-by-margin = {" "}as margin: { $orders ->
        [one] { $held } for one open order
       *[other] { $held } for { $orders } open orders
    }, the rest for open positions
funds-by-margin-some = { $orders ->
        [one] {" "}as margin of one open order
       *[other] {" "}as margin of { $orders } open orders
    }{ $positions ->
        [none] {""}
        [some] {" "}and of positions
       *[unread] {" "}and perhaps of positions
    }
funds-by-told = { $futures ->
        [yes] {" "}as margin of orders or positions
       *[no] {" "}in orders
    }
funds-by-unread = , by what I could not see
funds-other-means = Something else can be an earn product, collateral, or a withdrawal under way.
funds-small = { $coins ->
        [one] One more coin is worth less than { $least }.
       *[other] { $coins } more coins are worth less than { $least } each, { $worth } together.
    }

funds-legend-free = free
funds-legend-locked = locked
funds-bar-locked = { $worth } locked
funds-picture = What is free and what is locked, by worth, { $at }.{ $more ->
        [yes] {" "}The { $shown } largest coins.
       *[no] {""}
    }{ $unpriced ->
        [yes] {" "}Coins without a price are left out.
       *[no] {""}
    }

button-funds-reasons = Why 3Commas may show less
button-funds-orders = Which orders lock it

## Why 3Commas may show less

funds-reasons = <b>Why 3Commas may show less than you expect</b>
funds-reasons-seen = What I see:
funds-reasons-may = What it can be:
funds-reasons-more = What it can be besides, and I cannot see from here:
funds-reason-locked = Orders and margin hold { $locked }. My Portfolio shows what is left, so the figure drops by that.
funds-reason-not-linked = I do not see { $name } through 3Commas. If it is not connected there, its { $worth } are missing at 3Commas.
funds-reason-stale = 3Commas could not give me a fresh figure of { $name }. What it shows may be old; whether its key still works, a check tells.
funds-reason-not-read = { $name } I could not read myself, so I cannot compare it. { $why }
funds-reason-no-price = { $coins } have no price that I know, and count as nothing.
funds-reason-wallet = Money in another wallet at { $venue }: { $wallets }. What lies there is not in the figures above.
funds-other-funding = funding, earn
funds-other-spot = spot
funds-other-margin = margin
funds-other-futures = futures
funds-reason-sub = Money in a sub-account at { $venue }. A key sees one account, so a sub-account has to be connected by itself.
funds-reason-main = Money in the main account at { $venue }. The key of a sub-account does not see it.
funds-reason-excluded = An account that is left out of the total: in <b>My Portfolio</b>, look for the switch “Exclude from total”.
funds-reason-profit = The control panel has figures with and without the profit of open positions. Compare one of the same kind.
funds-reason-plan = On the free plan 3Commas follows { $accounts } exchange accounts; the others wait.
funds-reason-paper = The total may count paper accounts or leave them out, as you chose; they hold pretend money.
funds-reason-tiny = Tiny amounts are hidden there.
