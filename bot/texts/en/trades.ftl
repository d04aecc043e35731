### /trades: what failed, was cancelled or is in error, why, and what of it is still there.

trades-nothing-connected = Trades stand at 3Commas, and it is not connected, so I cannot see them. We can go through them together.
trades-beginning = Looking at your trades…
trades-sum = { $trades ->
        [one] <b>One trade needs attention.</b>
       *[other] <b>{ $trades } trades need attention.</b>
    }
trades-sum-seen = { $trades ->
        [one] <b>One trade needs attention</b>, as far as I see.
       *[other] <b>{ $trades } trades need attention</b>, as far as I see.
    }
trades-sum-holding = { $trades ->
        [one] What one of them bought or opened is still there.
       *[other] What { $trades } of them bought or opened is still there.
    }
trades-none = No trade has failed or is in error, and none was cancelled in the last { $months } months.
trades-not-read = At 3Commas I could not read { $parts }. So there may be more than stands here. { $why }
trades-nothing-real = { $one_of ->
        [yes] With one of your tokens, 3Commas shows me
       *[no] 3Commas shows me
    } { $paper ->
        [0] no exchange account.
        [one] one demo (paper) account and no exchange account with real money.
       *[other] { $paper } demo (paper) accounts and no exchange account with real money.
    } So whether a trade with real money has failed, I do not know. Open <b>My Portfolio</b> at 3Commas: if the demo account is chosen, choose the real one and look again; if your exchanges are missing there too, see whether you are signed in with the right login.
trades-elsewhere = { $trades ->
        [one] One more is on an account that 3Commas does not list any more; it is left out.
       *[other] { $trades } more are on accounts that 3Commas does not list any more; they are left out.
    }

trades-title = { $owner }, { $coin }{ $side ->
        [long] {" "}long
        [short] {" "}short
       *[none] {""}
    }{ $futures ->
        [yes] , futures
       *[no] {""}
    }
trades-row = <b>{ $title }</b> { $ended }: { $reason }.
trades-on-account = { $row } On { $name }.
trades-ended = { $how ->
        [failed] failed
        [cancelled] was cancelled
       *[other] ended
    }{ $told ->
        [yes] {" "}on { $at }
       *[no] {""}
    }
trades-in-error = is in error
trades-alive = <b>{ $title }</b> is alive.
trades-alive-error = <b>{ $title }</b> is alive, but one step of it met an error: { $reason }.
trades-living = { $trades ->
        [one] One is alive without an error: { $owners }.
       *[other] { $trades } are alive without an error: { $owners }.
    }

## Why it ended

trades-reason-said = 3Commas says { $said }
trades-reason-untold = 3Commas does not say why
trades-reason-cancelled = somebody cancelled it, or 3Commas does not say why
trades-reason-key = { $venue } refused the key
trades-reason-key-several = { $venue } refused the key, its address list or one of its rights
trades-reason-address = the key did not allow the address that asked
trades-reason-permission = the key lacked a right: { $right }
trades-reason-restricted = { $venue } has restricted the account
trades-reason-region = { $venue } does not serve this region, or asks for an identity check
trades-reason-plan = the plan at 3Commas did not include it
trades-reason-balance = not enough was free; orders, fees or another wallet held the rest
trades-reason-margin = there was not enough free margin
trades-reason-minimum = the order was smaller than { $venue } takes
trades-reason-amount-step = the amount had more decimals than { $venue } takes
trades-reason-price-step = the price had more decimals than { $venue } takes
trades-reason-price-band = the price was too far from the market
trades-reason-trigger-side = the price was beyond its stop or target already when that was placed
trades-reason-reduce-only = an order to close was larger than what was open, or others to close it stood already
trades-reason-position-mode = one-way mode and hedge mode did not match
trades-reason-leverage = leverage or margin mode differed from what { $venue } has, or was too high
trades-reason-account-mode = { $venue } takes no such order from this kind of account
trades-reason-too-many-orders = too many orders stood there already
trades-reason-pair = the pair was halted, or is not traded any more
trades-reason-clock = the clock of the service that asked was off
trades-reason-load = { $venue } was overloaded
trades-reason-maintenance = { $venue } was under maintenance
trades-reason-order-gone = an order of it was filled or cancelled already
trades-reason-liquidation = the position was liquidated
trades-reason-unknown = 3Commas does not say why

## What is still there

trades-left-nothing-entered = Its entry was never filled, so nothing of it is held.
trades-left-coins = { $how ->
        [all] { $held } are still there, free.
        [none] { $held } are still there, locked in orders.
        [some] { $held } are still there, { $free } of them free.
       *[among] { $held } are still there. Of the { $there } in the wallet { $free } are free, the rest is locked; which of them are this trade’s, the exchange does not tell.
    }
trades-left-sold = { $told ->
        [yes] It had sold { $units }; the money should be there.
       *[no] It had sold its coins; the money should be there.
    }
trades-left-position = The position is still open: { $size }, { $money }{ $told ->
        [yes] : { $profit }
       *[no] {""}
    }.
trades-left-gone = Nothing of it is there any more.
trades-left-no-key = { $told ->
        [yes] It held { $units }; { $futures ->
            [yes] whether that position is still open
           *[no] whether they are still there
        } I cannot see: no key of mine is linked with this account.
       *[no] What of it is still there I cannot see: no key of mine is linked with this account.
    }
trades-left-reading = { $told ->
        [yes] It held { $units }; { $futures ->
            [yes] whether that position is still open
           *[no] whether they are still there
        }, I am still finding out.
       *[no] What of it is still there, I am still finding out.
    }
trades-left-unknown = { $told ->
        [yes] It held { $units }; { $futures ->
            [yes] whether that position is still open
           *[no] whether they are still there
        } I could not see.
       *[no] What of it is still there I could not see.
    } { $why }
trades-left-unwatched = This trade watches it no more.
trades-left-shared = A living trade uses the same coin or contract, so part of it may be that one’s.
trades-deal-alive-key = It is alive, and usually goes on by itself once the key is updated. Until then 3Commas cannot close it, at a stop neither.
trades-deal-alive = It is alive. Once the reason is gone it usually goes on by itself; if not, the menu of the deal turns it into a SmartTrade that you can edit.
trades-deal-over = Its bot looks after it no more.
trades-deal-got = It { $alive ->
        [yes] has
       *[no] had
    } { $short ->
        [yes] sold
       *[no] bought
    } { $got }{ $priced ->
        [yes] {" "}at { $price } on average
       *[no] {""}
    }{ $counted ->
        [yes] , { $spent } in all
       *[no] {""}
    }.
trades-deal-target = As 3Commas tells it, its take profit stands at { $price }.
trades-deal-safety = { $standing ->
        [0] No safety order waits
        [one] One safety order waits
       *[other] { $standing } safety orders wait
    }; { $filled } of { $most } were filled.
trades-left-contested = Others that ended had it as well, and there is not enough for all of them: it is told at each.

button-set-up = { $number ->
        [0] How to set it up again
       *[other] { $number } · How to set it up again
    }
button-open-trades = My trades
