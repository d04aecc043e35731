### How to set a trade up again, or take a position over, by hand at 3Commas.

setup-about = setting a trade up again, by hand
setup-trade-not-there = 3Commas lists this { $kind ->
        [deal] deal
       *[other] trade
    } neither as failed nor as cancelled any more, so there is nothing to set up again. Let me look at your trades anew.
setup-position-not-there = That position is not open any more, or I cannot read it just now. Let me look at your positions anew.

setup-nothing-left = Of <b>{ $what }</b> nothing is there any more, so nothing has to be taken over. Its bot begins the next deal by itself, if it is on.

setup-reading = I read what the form for <b>{ $what }</b> needs: what is there at the exchange, { $kind ->
        [position] what is alive at 3Commas
        [deal] the deal itself, what else is alive at 3Commas
       *[other] the trade itself, what else is alive at 3Commas
    }, and the price of now.
setup-reading-waits = The form for <b>{ $what }</b>: { $service } asks me to slow down until { $until }. Then I go on by myself, nothing is to be pressed. Not looked at yet: { $left }.
setup-reading-done = What the form for <b>{ $what }</b> needs is read; it goes on below.
setup-reading-stopped = I have stopped reading for <b>{ $what }</b>. Nothing was changed anywhere.
setup-still-reading = I am still reading, and go on by myself. /cancel stops it.
setup-step-exchange = what is there at the exchange
setup-step-itself = { $kind ->
        [deal] the deal itself
       *[other] the trade itself
    }
setup-step-living = what else is alive at 3Commas
setup-step-price = the price of now

setup-ask-target =
    <b>{ $what }</b>: { $kind ->
        [trade] { $read ->
            [yes] where its target was, nobody knows any more. 3Commas forgets what was not carried out, and I had not seen it alive.
           *[no] where its target was, I could not find out. { $where }
        }
        [deal] 3Commas tells no price at which it was to be closed, so I ask you.
       *[other] { $read ->
            [yes] nobody told me a target for it, so I ask you.
           *[no] whether it has a target, I could not find out. { $where }
        }
    }

    At which price should it be closed with profit?{ $priced ->
        [yes] {" "}Now: { $now }.
       *[no] {" "}The price of now I could not read.
    } Send me the price, or choose it yourself in the form.
setup-ask-stop =
    <b>{ $what }</b>: { $kind ->
        [trade] { $read ->
            [yes] where its stop was, nobody knows any more.
           *[no] where its stop was, I could not find out. { $where }
        }
       *[other] { $read ->
            [yes] nobody told me a stop for it, so I ask you.
           *[no] whether it has a stop, I could not find out. { $where }
        }
    }

    At which price should the loss be limited?{ $priced ->
        [yes] {" "}Now: { $now }.
       *[no] {" "}The price of now I could not read.
    } Send me the price, or choose it yourself in the form.
setup-unread-steps = The steps that 3Commas may still show of it I could not read.
setup-unread-orders = Orders at the exchange I could not read; look there, one with its price may still stand.
setup-unread-freed = Orders on its pair were cancelled while I watched, and I cannot tell whether one was its own.
setup-unread-owners = Orders on its pair stand at the exchange, and I cannot tell whether one is its own; /orders shows each.
setup-price-hint = a price, such as 4100
button-setup-leave = I choose it at 3Commas
setup-misread-nothing = I see no price in that. Send me a number, such as 4100 or 0.52.
setup-misread-signed = A price has no sign in front of it. Send me the price itself, such as 4100 or 0.52.
setup-misread-zero = A price is more than zero. Send me a number, such as 4100 or 0.52.
setup-misread-percent = That is a percentage, and I need the price itself. Send me a number, such as 4100 or 0.52.
setup-misread-words = I do not guess what the letters in that mean. Send me the price in { $coin }, in figures alone: 67000, not 67k.
setup-misread-unclear = I cannot read that as one price, so I take nothing from it. Send me one number, such as 4100 or 0.52.
setup-misread-too-long = That has more figures than a price has. Send me a number, such as 4100 or 0.52.
setup-misread-either = That can mean thousands or decimals, and I do not guess. If you mean thousands, leave the point or comma out: 4123. If you mean decimals, add a zero: 4.1230.
setup-wrong-side = { $above ->
        [yes] { $price } is not above { $kind ->
            [entry] the entry, { $base }
           *[other] the price of now, { $base }
        }, so it would be carried out at once. It has to lie above.
       *[no] { $price } is not below { $kind ->
            [entry] the entry, { $base }
           *[other] the price of now, { $base }
        }, so it would be carried out at once. It has to lie below.
    }
setup-far = { $more ->
        [yes] { $price } is { $times } times { $kind ->
            [entry] the price of the entry, { $base }
            [bought] the price that it got in at, { $base }
           *[other] the price of now, { $base }
        }.
       *[no] { $kind ->
            [entry] The price of the entry, { $base },
            [bought] The price that it got in at, { $base },
           *[other] The price of now, { $base },
        } is { $times } times { $price }.
    } If you mean it, send { $price } once more.

setup-heading = { $kind ->
        [trade] <b>{ $what } again, by { $tool }</b>
        [deal] <b>Taking over what { $what } left, by { $tool }</b>
       *[other] <b>Taking over { $what }, by { $tool }</b>
    }
setup-tool-smart-sell = Smart Sell
    .does = It looks after what you have and closes it at target or stop. It buys nothing.
setup-tool-smart-buy = Smart Buy
    .does = It looks after what was sold and buys it back at target or stop. It sells nothing first.
setup-tool-smart-trade = SmartTrade
    .does = It buys first, then closes at target or stop. On futures it is called Smart Long.
setup-tool-smart-cover = Smart Cover
    .does = It sells first, then buys back at target or stop. On futures it is called Smart Short.
setup-tool-simple-buy = Simple Buy
    .does = One order to buy, without target and stop.
setup-tool-simple-sell = Simple Sell
    .does = One order to sell, without target and stop.

setup-unsure = <b>Look first whether something at 3Commas manages it already</b>: an active SmartTrade, a deal of a bot, a grid bot. I could not see that. Two that close one position get in each other’s way.
setup-fields = At 3Commas open <b>SmartTrade</b> and fill in, from top to bottom:
setup-row = { $number }. { $field }: { $value }{ $told ->
        [yes] {" "}({ $origin })
       *[no] {""}
    }
setup-you-choose = your choice, I do not know it
setup-on = <b>on</b>
setup-type-market = market
setup-type-limit = limit
setup-type-conditional = conditional
setup-plan-seen = Its plan as I saw it alive, { $at }.
setup-mind = Mind this:
setup-finish = { $takes_over ->
        [yes] Then press Create, and compare with the exchange: no more may be held than before. Limit targets stand there as orders; a stop and market targets are held by 3Commas and need its key to work.
       *[no] Then press Create. The reason why it ended has to be gone first, or it ends the same way. A stop and market targets are held by 3Commas and need its key to work.
    }

setup-field-account = Account
setup-field-pair = Pair
setup-field-tool = Tab
setup-field-use-existing = Use existing assets
setup-field-entry-type = Kind of entry
setup-field-entry-trigger = Entry, trigger price
setup-field-units = Units
setup-field-price = Price
setup-field-base = Price (sends no order; profit is counted from it)
setup-field-leverage-type = Margin
setup-field-leverage = Leverage
setup-field-target-type = kind
setup-field-target-price = price
setup-field-target-share = share in %
setup-field-target-trailing = trailing in %
setup-field-stop-type = Kind of stop
setup-field-stop-trigger = Stop, trigger price
setup-field-stop-price = Stop, limit price
setup-field-stop-trailing = Stop, trailing in %
setup-field-stop-timeout = Stop, timeout in seconds
setup-field-stop-breakeven = Move to breakeven
setup-field-of-step = Target { $step }, { $field }
button-setup-copy-order = Copy order { $id }
button-setup-copy = { $number } · Copy { $field }

setup-origin-stored-plan = from its plan, as I saw it alive
setup-origin-trade = 3Commas still shows it
setup-origin-rows = from a step that 3Commas still shows
setup-origin-old-order = from an order that it left at the exchange
setup-origin-balance = what is free now, rounded down
setup-origin-once-cancelled = free once its old order is cancelled, rounded down
setup-origin-position = from the open position
setup-origin-told = as you told me

setup-repair-first = <b>First repair the key that 3Commas has for { $name }.</b> When I last looked, 3Commas could not trade there with it, so nothing that you set up here would start. Keep this form for afterwards.
setup-caution-second-entry = <b>Take { $tool } and see that no entry order is sent: the switch “Use existing assets” has to be on. Otherwise a second entry is made, and you hold double.</b>
setup-caution-cancel-old-orders = { $orders ->
        [one] <b>First cancel its old order at the exchange:</b> { $ids }. It holds what the new trade needs.
       *[other] <b>First cancel its { $orders } old orders at the exchange:</b> { $ids }. They hold what the new trade needs.
    } Then go on at once: until Create is pressed nothing protects it.
setup-caution-hedge-leg = Long and short stand side by side here. This is about the { $leg ->
        [long] long
       *[other] short
    } side alone; hedge mode has to be on at 3Commas as well.
setup-caution-less-than-before = Less is there than the trade had: fees, or a part was sold.
setup-caution-more-than-before = The open position is larger than what this one had, so the form takes its part alone. Raise the units only if the rest is to be looked after as well.
setup-caution-not-all-free = A part of it is locked, so the form takes what is free. An order may hold the rest: /orders shows it.
setup-caution-below-minimum = It is too little for any order of this market. The exchange can convert small amounts.
setup-caution-target-below-minimum = The share of a target is too little for an order. Take fewer targets.
setup-caution-stop-passed = The price is beyond the old stop already{ $priced ->
        [yes] {" "}(now { $now })
       *[no] {""}
    }: it would fire at once. Choose another, or decide whether to close now.
setup-caution-target-passed = The price is beyond an old target already{ $priced ->
        [yes] {" "}(now { $now })
       *[no] {""}
    }: it would be carried out at once. That may be what you want.
setup-caution-stop-beyond-liquidation = The stop lies beyond the liquidation price, so it would never fire. Choose one before it.
setup-caution-nothing-left = Neither coins nor a position of it are there any more, so this begins anew with an entry.
setup-caution-not-looked = I could not look at the exchange, so units and price are those of the trade. Compare them there first: never enter more than there is. An order that it left may still stand there and hold it.
setup-caution-shared = Living trades use the same coin or contract, so a part of it may be theirs. Compare before you enter the units.
setup-caution-cancel-old-entries = { $orders ->
        [one] <b>An order of it to { $buys ->
            [yes] buy
           *[no] sell
        } more still stands at the exchange:</b> { $ids }. Filled, it would add to what you have, and nobody would look after that. Cancel it as well.
       *[other] <b>{ $orders } orders of it to { $buys ->
            [yes] buy
           *[no] sell
        } more still stand at the exchange:</b> { $ids }. Filled, they would add to what you have, and nobody would look after that. Cancel them as well.
    }
setup-caution-others-not-read = What else is alive at 3Commas I could not read in full, so something may use the same coin or contract, and an old order may be missing here. Compare first.
setup-caution-orders-not-read = Orders at the exchange I could not read. One that it left may still stand there, and hold something or be filled besides. Look there first, and cancel it.
setup-caution-orders-unclear = Orders on its pair stand at the exchange, and I cannot tell whether one is its own. /orders shows each: look there first.
setup-caution-price-not-read = The price of now I could not read, so no target and no stop was compared with it. Do that before you press Create.
setup-caution-no-stop = The deal had no stop, so the form has none: nothing limits a loss. Set one if you want it limited.
setup-caution-safety-orders-end = { $safety ->
        [one] Its last safety order is not carried over: a SmartTrade gets in only once.
       *[other] Its { $safety } further safety orders are not carried over: a SmartTrade gets in only once.
    }
setup-caution-trailing-ends = The deal followed the price (trailing); how closely, 3Commas does not tell me. The form has fixed prices; switch trailing on yourself if you want it.
setup-caution-condition-ends = A condition of the market was to close the deal. A SmartTrade knows prices alone.
