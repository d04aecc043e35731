### /keys: what I keep, how it was made, what it may do, who used it.

keys-overview = <b>Keys that I keep for you</b>
keys-none = I keep no key for you. With a token of 3Commas, or a key at an exchange, I can look for myself instead of asking you what you see.
keys-gone = That key is not here any more. This is how it stands now:
keys-gone-meanwhile = That key is not here any more, so there is nothing left to do.

keys-kind-token = token
keys-kind-key = key
keys-name = <b>{ $label }</b>: { $kind } at { $service }, …{ $tail }
keys-how-pair = A pair made by me; its secret half never leaves me.
keys-how-secret = Key and secret, made there and sent to me.
keys-rights = Rights as last seen: { $rights }.
keys-rights-unknown = I have not seen its rights.
keys-made = Made at { $service } on { $at }.
keys-since = With me since { $at }.
keys-old = That is more than a year ago; a fresh one is safer.
keys-used = Last used { $ago }.
keys-unused = Not used yet.
keys-linked = Linked with { $names }.
keys-linked-none = Linked with no exchange account, so a check reads no balances with it.
keys-shows = Shows me { $names }.
keys-shows-none = A check notes which exchange accounts it shows me.
keys-stand-in = { $name } (not seen through 3Commas)
keys-more-accounts = { $accounts ->
        [one] One more exchange account finds no room for a button here.
       *[other] { $accounts } more exchange accounts find no room for a button here.
    }

keys-waiting-pair = <b>{ $service }</b>: a pair made by me waits for its key id. If none comes by { $until }, I throw the pair away.
keys-waiting-secret = <b>{ $service }</b>: key and secret, …{ $tail }, wait to be tried. If that does not happen by { $until }, I throw them away.

button-keys-one = { $label } …{ $tail }
button-keys-waiting = { $service }: waiting
button-keys-rename = Rename
button-keys-replace = Replace
button-keys-remove = Remove
button-keys-log = Who used it
button-keys-link = Link with { $name }
button-keys-unlink = Unlink { $name }
button-keys-go-on = Go on connecting
button-keys-this = Back to this key
button-keys-undo = Undo

keys-log = <b>Uses of { $label }, …{ $tail }</b>
keys-log-last = The last { $uses }, newest first. Only my own uses stand here; what else a key does, the place where it was made may show.
keys-log-none = I have not used it yet.
keys-log-row = • { $at }: { $purpose }, { $trigger }{ $times }: { $result }.
keys-log-span = { $since } to { $at }
keys-log-times = , { $times } times

keys-purpose-check = looked at your exchange accounts
keys-purpose-connect = tried it before keeping it
keys-purpose-link = looked for the exchange account that it belongs to
keys-purpose-repair-watch = looked whether a repair shows
keys-purpose-orders = collected your open orders
keys-purpose-funds = looked at your funds
keys-purpose-positions = looked at your positions
keys-purpose-trades = looked at your trades
keys-purpose-set-up = looked how a trade is set up again
keys-purpose-order-watch = looked whether an order is gone
keys-trigger-command = because you asked
keys-trigger-button = because you pressed a button
keys-trigger-answer = after your answer
keys-trigger-watch = by myself

keys-result-ok = worked
keys-result-interrupted = broke off on my side
keys-result-key-refused = the exchange refused the key
keys-result-token-refused = 3Commas refused the token
keys-result-right-missing = a right was missing
keys-result-plan = the plan at 3Commas did not allow it
keys-result-not-there = what I asked for was not there
keys-result-refused = it was refused
keys-result-no-answer = no answer in time
keys-result-down = nobody answered
keys-result-broken-answer = the answer arrived broken
keys-result-slow = I was asked to slow down
keys-result-unavailable = it could not be reached
keys-result-surprise = an answer that I do not understand

keys-rename-about = renaming a key
keys-rename-ask = What shall I call <b>{ $label }</b>? Send me a name of 1 to { $most } characters.
keys-rename-hint = New name
keys-rename-empty = That holds nothing that I could show as a name. Please send it as text.
keys-rename-long = That has { $length } characters, and a name may have { $most }. A shorter one, please.
keys-renamed = I call it <b>{ $label }</b> now. That is its name here alone; at { $service } nothing changes.

keys-remove-about = removing a key
keys-remove-ask = <b>Remove { $label }, …{ $tail }?</b>
keys-remove-ask-waiting = <b>Throw away what waits for { $service }?</b>
keys-remove-stops-token = Without it I can no longer look through 3Commas: not at the health of your exchange accounts, not at trades that stand still, and I no longer notice when a repair is done. Bots and trades at 3Commas go on as they are.
keys-remove-stops-key = Without it I can no longer read anything at { $service }. The key that 3Commas uses there is another one and stays as it is.
keys-remove-stops-waiting = If you made a key for it already, that key cannot be connected any more; you would begin anew.
keys-remove-reads = It reads { $names }.
keys-remove-shows = It shows me { $names }.
keys-remove-stays-three-commas = At 3Commas it stays valid until you delete it there: open <b>API</b> and delete it in the list.
keys-remove-stays-binance = At Binance it stays valid until you delete it there: open <b>API Management</b> and press Delete beside it.
keys-remove-stays-elsewhere = At { $service } it stays valid until you delete it there, on the page that lists your API keys.
keys-remove-press = Please use the button, or press Cancel to keep it.
keys-removed = Removed: { $label }, and the log of its uses with it.
keys-thrown-away = Thrown away: what waited for { $service }. If you made a key for it already, that key is of no use now.
button-keys-remove-now = Remove it
button-keys-throw-away = Throw it away

keys-nothing-to-link = One of the two is not here any more, or they are not at the same exchange. This is how it stands now:
keys-only-for-this-key = I do not see { $name } through 3Commas. It stands here only because this key reads it, so there is nothing to take apart.
