### Walks by hand, without any connection. `walk-<page>`

## Funds

walk-funds =
    Open two pages and compare them:
    1. 3Commas → <b>My Portfolio</b>. Press the refresh sign at the exchange account and wait until it stops turning.
    2. Your exchange → its overview of wallets. Look at the total, and at what is called “in order”, “locked” or “frozen”.

    What do you see?
button-walk-red = 3Commas shows a red line or old figures
button-walk-locked = A part is in orders or locked
button-walk-wallet = Money lies in another wallet
button-walk-sub = It lies in a sub-account
button-walk-excluded = An account is left out of the total
button-walk-coin = A coin is missing or counts nothing
button-walk-same = Both show the same
button-walk-again = Another answer fits
walk-funds-red = Then 3Commas cannot reach the exchange with its key, and what it shows is as old as its last contact. Your money is where it was. A new key repairs it.
walk-funds-orders =
    Then orders hold that part, or the margin of open positions does. 3Commas shows what is left, so the figure drops by it.

    Orders of trades that are long over can be among them. Such an order can be cancelled; one of an active trade must stay.
walk-funds-wallet =
    Then it is yours and safe, but neither 3Commas nor its bots see it: they see one wallet of an account, spot or futures.

    Move it to that wallet at the exchange, or connect the account of that wallet to 3Commas as well. Earn and staking have to be ended first, which can take days.
walk-funds-sub = Then 3Commas does not see it: the key of a main account sees the main account alone. Move the money, or connect the sub-account by a key of its own.
walk-funds-excluded = Then only the sum is smaller, nothing is gone. In <b>My Portfolio</b>, switch “Exclude from total” off at that account.
walk-funds-coin =
    Then 3Commas has no price for it, does not support it, or hides it as a tiny amount. It counts nothing in the total and is still there.

    If the exchange took the coin off its list, it says so in a notice, with what becomes of it.
walk-funds-same = Then nothing is hidden, as you tell it. What is less than you remember was traded, paid as fees, or moved: the transaction history of the exchange shows when.

## Positions

walk-positions =
    At your exchange, open <b>Futures → Positions</b>.

    For each position note side, size, entry price, leverage, cross or isolated, and the liquidation price. Look also whether a stop or a target stands there: beside the position as TP/SL, or under conditional orders.

    What do you see?
button-walk-some-positions = Open positions
button-walk-no-positions = No position
button-walk-closed = I cannot sign in there
walk-positions-compare =
    Take one position. At 3Commas, look for a trade with this contract and this side: <b>SmartTrade → Active</b>, the active deals of <b>DCA Bot</b>, and <b>Grid Bot</b>.

    What do you find?
button-walk-managed = A trade or bot with a stop
button-walk-no-stop = A trade or bot without a stop
button-walk-nobody = Nothing
button-walk-next-position = The next position
button-walk-trades = My trades
walk-positions-none = Then no position is open there. If 3Commas still shows a trade as open whose position is gone, cancel that trade at 3Commas: it would only go on waiting.
walk-positions-closed = Then the position can be neither seen nor closed by you there at the moment. If it still has a stop at the exchange, that stop holds. Get back into the exchange first; its own help is the way.
walk-positions-managed = Then somebody watches it. That stop is held by 3Commas and fires only while 3Commas’ key works: look whether <b>My Portfolio</b> shows no red line at this account.
walk-positions-no-stop = Then it is managed, but nothing limits the loss unless a stop stands at the exchange itself. You can add one: open the trade at 3Commas and edit its stop loss.
walk-positions-nobody =
    Then nobody at 3Commas watches it. Unless a stop stands at the exchange, nothing limits the loss.

    If the liquidation price is near, reduce or close the position at the exchange right now, before anything else.

    Otherwise 3Commas can take it over as it is. Is it a long or a short?
button-walk-long = A long
button-walk-short = A short
walk-positions-long =
    <b>Taking over a long: Smart Sell. It must not buy: see that no entry order is sent, or a second position is opened.</b>

    1. At the exchange, cancel old stops and targets of this position, or new ones are refused. Go on at once: until the last step it has no stop.
    2. 3Commas → <b>SmartTrade</b>, the futures account, exactly this contract, the tab <b>Smart Sell</b>. In another tab, the switch “Use existing assets” has to be on.
    3. Units: the size of the position. Price: its entry price; it is only the base for profit and per cent.
    4. Leverage: the same kind (cross or isolated) and the same value as at the exchange.
    5. Take profit above the present price, up to several steps, together 100 %.
    6. Stop loss below the present price, and above the liquidation price.
    7. Create. At the exchange there must still be one position of the same size.
walk-positions-short =
    <b>Taking over a short: Smart Buy. It must not sell: see that no entry order is sent, or a second position is opened.</b>

    1. At the exchange, cancel old stops and targets of this position, or new ones are refused. Go on at once: until the last step it has no stop.
    2. 3Commas → <b>SmartTrade</b>, the futures account, exactly this contract, the tab <b>Smart Buy</b>. In Smart Cover or Smart Short, the switch “Use existing assets” has to be on.
    3. Units: the size of the position. Price: the price at which it was sold; it is only the base for profit and per cent.
    4. Leverage: the same kind (cross or isolated) and the same value as at the exchange.
    5. Take profit below the present price, up to several steps, together 100 %.
    6. Stop loss above the present price, and below the liquidation price.
    7. Create. At the exchange there must still be one position of the same size.

## Trades

walk-trades =
    Open 3Commas → <b>SmartTrade</b> and its history, and <b>DCA Bot</b> → its deals. Look for trades that are failed, cancelled or marked with an error. Hold the pointer over the error sign: the text that appears is the reason.

    What do you see?
button-walk-over = A failed or cancelled trade
button-walk-deal-over = A failed or cancelled deal of a bot
button-walk-deal = A deal of a bot in error
button-walk-message = An error message
button-walk-no-trades = Nothing of the kind
button-walk-next-trade = The next trade
walk-trades-left =
    “Failed” describes the trade at 3Commas, not your account. Note its pair, units, entry price, targets and stop, as far as they are shown.

    Then look at the exchange: the balance of that coin, or for futures the open positions. What is there?
button-walk-coins = The coins, free
button-walk-coins-locked = The coins, locked in orders
button-walk-position = An open position
button-walk-sold = It had sold the coins
button-walk-nothing = Neither coins nor a position
button-walk-coins-free = The coins are free now
button-walk-orders = Look through the orders
button-walk-funds = My funds
button-walk-positions = My positions
walk-trades-coins =
    Then you still have what it bought, and nobody sells it for you: no target, no stop.

    <b>Smart Sell looks after it and buys nothing. Do not use SmartTrade with an entry: it would buy a second time.</b>

    1. 3Commas → <b>SmartTrade</b>, the same account and pair, the tab <b>Smart Sell</b>.
    2. Units: what is free at the exchange, never more; fees may have taken a little of what was bought.
    3. Price: the old entry price, of a deal its average price; it is only the base for profit and per cent.
    4. Take profit and stop loss as you noted them. What nobody noted, you choose anew.
    5. Create, and look whether a limit target stands in the order book of the exchange.
walk-trades-locked = Then an old order still holds them. If its trade is over, the order can be cancelled at the exchange; after that the coins are free. A conditional order among them may be a stop that protects them.
walk-trades-sold =
    Then the money should be there. If you want the coins back at a lower price, <b>Smart Buy</b> looks after that: units that were sold, the price they were sold at, target and stop.

    <b>It sells nothing. In Smart Cover the switch “Use existing assets” has to be on, or it sells a second time.</b>
walk-trades-gone = Then nothing is left to look after: its entry was never filled, or everything was sold or closed. If you still want the trade, set it up anew as a <b>SmartTrade</b>; the reason why it failed has to be gone first.
walk-trades-deal-left =
    Its bot looks after it no more, and what it bought stays with you. Note its pair, the amount that it bought, the average price, its take profit and its stop, as far as they are shown.

    <b>Safety orders that still stand at the exchange would buy more: cancel them there.</b> A SmartTrade has no place for them, nor for closing by a condition of the market.

    Then look at the exchange: the balance of that coin, or for futures the open positions. What is there?
walk-trades-deal-gone = Then nothing has to be taken over. Its bot begins the next deal by itself, if it is on.
walk-trades-deal =
    Then the deal is alive. If the error is about the key, it usually goes on by itself once the key is updated. Until then its stop does not fire.

    If the error stays afterwards, send me its text.
walk-trades-none = Then no trade needs attention, as you tell it.
