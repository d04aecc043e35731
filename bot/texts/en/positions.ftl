### /positions: what is open on futures, who manages it, and what protects it.

positions-nothing-connected = Nothing is connected, so I cannot see your positions. We can go through them together.
positions-beginning = Looking at your open positions…
positions-sum = { $positions ->
        [one] <b>One open position.</b>
       *[other] <b>{ $positions } open positions.</b>
    }
positions-sum-seen = { $positions ->
        [one] I see <b>one open position</b>{ $growing ->
            [yes] {" "}so far
           *[no] {""}
        }.
       *[other] I see <b>{ $positions } open positions</b>{ $growing ->
            [yes] {" "}so far
           *[no] {""}
        }.
    }
positions-sum-nobody = { $positions ->
        [one] Nothing at 3Commas manages one of them.
       *[other] Nothing at 3Commas manages { $positions } of them.
    }
positions-sum-no-stop = { $positions ->
        [one] One has no stop.
       *[other] { $positions } have no stop.
    }
positions-sum-part = { $positions ->
        [one] One has a stop for only a part of it.
       *[other] { $positions } have a stop for only a part of them.
    }
positions-none = No open futures positions.
positions-none-there = { $name }: no open positions.
positions-reading = { $name }: reading its positions…
positions-not-read = { $name }: I could not read its positions, so none of them stand here. { $why }
positions-no-orders = { $name }: I could not read its open orders, so stops and targets at the exchange may be missing here.
positions-managers-looking = { $name }: who manages what is open there and whether it has a stop, I am still finding out.
positions-not-linked = { $name }: I do not see it through 3Commas, so I cannot tell who manages its positions.
positions-managers-not-read = { $name }: I could not read { $parts }. So a trade that I did not see may manage a position. { $why }
positions-no-key = { $names }: 3Commas does not list open positions, so I cannot see any there.
positions-no-account = I know no futures account of yours. Spot holds coins, no positions: see /funds.
positions-by-mark = Profit is counted by the exchange’s mark price; at 3Commas it may differ a little. If it does not move there at all, 3Commas’ key is the first thing to check.

positions-row = <b>{ $title }</b>, { $size } on { $name }. { $managed }
positions-row-open = <b>{ $title }</b>, { $size } on { $name }.
positions-row-money = { $money }{ $told ->
        [yes] : { $profit }
       *[no] {""}
    }
positions-nobody = <b>Nobody watches it.</b>
positions-not-managed = Nothing at 3Commas manages it.
positions-terms = Terms: { $terms }
positions-managed = { $owners } manages it.
positions-managed-part = { $owners } manages { $part } of it; nobody the rest.
positions-maybe = { $owners } may manage it.
positions-unknown = Who manages it, I could not see.
positions-near-liquidation = <b>It is close to its liquidation price.</b> Safety first: reduce or close it at the exchange before anything else.
positions-targets = Target at the exchange: { $orders }.
positions-target-whole = all of it once { $trigger } is touched
positions-targets-more = and { $orders } more

position-title = { $coin } { $side ->
        [long] long
       *[other] short
    }
position-contracts = { $amount } contracts
position-entry = entry { $entry }
    .begin = Entry { $entry }
position-entry-now = entry { $entry }, now { $mark }
    .begin = Entry { $entry }, now { $mark }
position-profit = { $gained } ({ $percent })
position-percent = { $percent } %
position-cross = cross margin
position-isolated = isolated margin
position-leverage = { $times }x
position-liquidation = liquidation at { $price }
position-hedged = hedge mode
position-stop-at-exchange = { $how ->
        [one] Stop at { $first }, at the exchange.
        [several] Stops from { $first } to { $last }, at the exchange, for all of it together.
        [mixed] Stops at the exchange, for all of it together: the nearest at { $first }, another follows the price.
       *[follows] A stop that follows the price, at the exchange.
    }
position-stop-part = { $whole ->
        [yes] <b>Only { $covered } of { $there } have a stop</b>, at the exchange: { $how ->
            [one] at { $first }
            [several] from { $first } to { $last }
            [mixed] the nearest at { $first }, another follows the price
           *[follows] it follows the price
        }.
       *[no] { $how ->
            [one] A stop at { $first } stands
            [several] Stops from { $first } to { $last } stand
            [mixed] Stops, the nearest at { $first }, stand
           *[follows] A stop that follows the price stands
        } at the exchange for { $covered } of the { $there } there; whether for these, the exchange does not tell.
    }
position-stop-at-3commas = { $told ->
        [yes] Stop at { $price }, held by 3Commas: it fires only while 3Commas’ key works.
       *[no] A stop held by 3Commas: it fires only while 3Commas’ key works.
    }
position-stop-part-watched = <b>Only { $covered } of { $there } have a stop</b>, held by 3Commas{ $told ->
        [yes] {" "}at { $price }
       *[no] {""}
    }: it fires only while 3Commas’ key works.
position-stop-watched = { $what ->
        [beside] 3Commas holds another
       *[rest] 3Commas holds a stop
    }{ $told ->
        [yes] {" "}at { $price }
       *[no] {""}
    }{ $sized ->
        [yes] {" "}for { $units }{ $what ->
            [beside] , perhaps of the same
           *[rest] {""}
        }
       *[no] , for how much of it I could not see
    }: it fires only while 3Commas’ key works.{ $what ->
        [beside] {""}
       *[rest] { $sized ->
            [yes] {" "}Whether the rest has one, I could not see.
           *[no] {""}
        }
    }
position-stop-begins = A stop that follows the price stands at the exchange, but it begins only once { $price } is touched; whether that has happened, the exchange does not tell.
position-stop-none = <b>No stop.</b>
position-stop-not-there = No stop stands at the exchange; whether 3Commas holds one, I could not see.
position-stop-unknown = Whether it has a stop, I could not see.

button-take-over = { $number ->
        [0] How to take it over
       *[other] { $number } · How to take it over
    }
button-open-positions = My positions
