### Words used everywhere.

bot-description = I help you get back to trading with 3Commas after a break: I look at your exchange accounts, say in plain words what is wrong, and lead you through repairing it. Nothing is changed without your tap.
bot-short-description = Get back to trading with 3Commas after a break.

command-start = begin, or come back to the beginning
command-check = look at every exchange account and say what is wrong
command-orders = open orders: whose they are, what they lock, how to free it
command-funds = what is free, what is locked, and why 3Commas may show less
command-positions = open futures positions, and who watches them
command-trades = failed and cancelled trades, and how to set them up again
command-connect = connect 3Commas or an exchange
command-update = update the keys of an exchange account
command-keys = my keys: rename, remove, see when each was used
command-help = what I can do, and where to read on
command-privacy = what I keep and how
command-forget = delete everything I know about you
command-cancel = stop the current conversation

button-back = Back
button-cancel = Cancel
button-go-on = Go on
button-done = Done
button-open-check = Check my accounts
button-open-update = Update keys
button-open-connect = Connect
button-open-keys = My keys
button-open-help = Help
button-open-forget = Forget me
button-connect-three-commas = Connect 3Commas
button-connect-exchange = Connect Binance
button-only-error = I only have an error message
button-away = What changed while I was away
button-how-delete-key = How to delete that key

conversation-cancelled = Stopped: { $what }. Nothing was changed.
conversation-nothing-to-cancel = There is nothing to stop.
conversation-still-open = Still open: { $what }.

stale-button = This button is from an earlier version and does nothing any more. Here is what works now.
stale-list = You asked again before this list was complete. It went on in the newer message below.
stale-question = That question is answered already, or was left open for too long. This button does nothing now. To see how things stand:
stale-command = I do not know { $name }. Here is what I can do:
stale-words =
    I did not understand that. If it is an error message, send me its full text, for example <code>Invalid API-key, IP, or permissions for action</code>.

    Otherwise pick what is closest:

secret-removed =
    I removed that message from this chat. I was not waiting for a secret, and I kept nothing of it.

    It looked like { $what }. { $do }
secret-stays =
    That message looks like { $what }, and Telegram did not let me delete it. I kept nothing of it.

    Please delete it yourself: press and hold the message, then Delete. { $do }
file-not-read =
    I could not fetch that file from Telegram, so I do not know what it holds.

    If there is a key or a secret in it, please delete the message yourself: press and hold it, then Delete. Otherwise send it again in a minute.
