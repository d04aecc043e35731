### The walk without a token, and error messages.

by-hand-about = looking together, by hand
by-hand-look =
    Open 3Commas → <b>My Portfolio</b>, find the exchange account, and press the refresh sign beside it. Wait until it stops turning.

    What do you see?
button-sees-red = A red line, or “Update API key”
button-sees-empty = Balances are empty or old
button-sees-frozen = Profit of open trades does not move
button-sees-cannot = A trade cannot be opened or closed
button-sees-message = Another message
button-sees-fine = Balances, no error
by-hand-use-buttons = Please use one of the buttons. If you see a message, send me its full text.
by-hand-fine =
    Then 3Commas can read that account, as you tell it. I have not seen it myself. Only a trade proves that trading works too.

    If a trade failed, open it at 3Commas, hold the pointer over the error sign, and send me the text.

error-text-about = reading an error message
error-text-send =
    Send me the full text of the message. At 3Commas it appears when you hold the pointer over the error sign of a trade, or as a red line in My Portfolio.
error-text-hint = the error message
error-text-send-words = Please send the message as text. A picture I cannot read.
error-text-unknown =
    I do not know this message, so I will not guess. Please check that it is complete, and send it once more.

    If it comes from 3Commas, its live chat can explain it; /help leads there.
error-text-several = More than one message fits:
error-text-market = The same number means different things on spot and on futures. Where did it come up?
button-spot = Spot
button-futures = Futures
error-text-repair-new-key = The repair is a new key for 3Commas. I show you each step.
error-text-repair-addresses = The repair is the address list of the key. Key and secret stay as they are.
error-text-repair-rights = The repair is a tick at the key. Key and secret stay as they are.
button-show-steps = Show me the steps
error-text-apart = { $first ->
        [yes] Different faults share this text. In this order:
       *[no] What is left to check:
    }
    { $faults }
error-text-fault-key = The key is gone or mistyped.
error-text-fault-addresses = The address that asks is not on the key’s IP list.
error-text-fault-rights = The right for this kind of trading is not ticked.
button-check-key = Check the key
button-check-addresses = Check the address list
button-check-rights = Check the rights
error-text-the-exchange = the exchange
error-text-page-key = At { $venue }, open the page with your API keys. Is the key that 3Commas uses still there? Its name usually tells; My Portfolio shows the first characters when you edit it.
button-page-key-right = It is there
button-page-key-wrong = It is not there
error-text-page-addresses = At { $venue }, open that key for editing. Is it restricted to trusted addresses, and do all addresses from 3Commas’ Update API key window stand in its list?
button-page-addresses-right = All of them are there
button-page-addresses-wrong = Some are missing, or there is no list
error-text-page-rights = At { $venue }, look at the boxes of that key. Is trading ticked for the kind of trade that failed: spot and margin trading for spot, futures for futures?
button-page-rights-right = It is ticked
button-page-rights-wrong = It is not ticked
error-text-all-right = All three look right, as you tell it. Then the stored key or secret is most likely mistyped, which no page shows. A new key is the sure repair.
