### Typed questions about the account.

question-check = I look whether 3Commas can use its keys. Where it cannot, “Invalid API” is shown, balances grow old, and the profit of open trades stands still.
question-funds = I look at what you hold: what is free, what is locked and by what.
question-orders = I look at your open orders: whose they are, and what they lock.
question-positions = I look at your open positions, and who watches them.
question-trades = I look at your trades: what failed or was cancelled, why, and what of it is still there.
question-which = I am not sure what you mean, so I do not guess. { $looks ->
        [one] Is it this?
       *[other] Is it one of these?
    } If you have an error message, send me its full text.
button-open-funds = My funds
