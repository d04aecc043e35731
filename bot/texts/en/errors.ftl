### One sentence and one next step for everything that can go wrong outside.

error-incident =
    Something went wrong on my side, and I could not finish this. Nothing was changed.

    Please try again in a minute. If it happens again, quote number { $incident } when you ask for help.
error-watch-broke = I stopped watching { $name }: something went wrong on my side. Nothing was changed. Press the button, and I look how it stands. If it happens again, quote number { $incident } when you ask for help.
error-order-watch-broke = I stopped looking whether the order is gone: { $line }, on { $name }. Something went wrong on my side; nothing was changed. Press the button, and I look at all orders. If it happens again, quote number { $incident } when you ask for help.
error-not-linked = I could not find out which exchange account my key at { $service } belongs to: something went wrong on my side. The key itself is kept. Under My keys you can link it yourself. If it happens again, quote number { $incident } when you ask for help.
error-key-refused = { $service } refuses my key ({ $said }). This says nothing about the key that 3Commas uses.
error-token-refused = 3Commas refuses my token. It was deleted there, it was copied wrongly, or it may not be used from my address.
error-right-missing = { $service } accepts me, but this needs a right that was not ticked: { $right }.
error-plan-without-api = Your plan at 3Commas does not include this kind of request, so I cannot look through 3Commas. I can lead you by hand, or use a key of my own at the exchange.
error-not-there = That does not exist any more. Look at how things stand now.
error-refused = { $service } said no: { $said }. Nothing was changed.
error-timed-out = { $service } did not answer in time, so I do not know how things stand. Nothing was changed. Try again in a minute.
error-service-down = { $service } is not answering right now, so I do not know how things stand. Try again in a few minutes.
error-answer-lost = The answer of { $service } arrived broken, so I do not count it. Try again in a minute.
error-too-many-requests = { $service } asks me to slow down. I may ask again in { $seconds ->
        [one] one second
       *[other] { $seconds } seconds
    }.
error-unavailable = { $service } cannot be reached right now, so I do not know how things stand. Try again in a minute.
error-surprise = { $service } answered something that I do not understand, so I do not count it. Nothing was changed. If it happens again, quote number { $incident } when you ask for help.
error-key-gone = The key for this was removed. Connect a new one.
