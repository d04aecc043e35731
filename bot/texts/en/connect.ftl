### Connecting 3Commas and an exchange.

connect-about = connecting
connect-three-commas-about = connecting 3Commas
connect-exchange-about = connecting Binance

connect-which =
    What do you want to connect?

    <b>3Commas</b> lets me look at all your exchange accounts at once. <b>Binance</b> gives me a key of my own, so that I can read balances and orders there. Reading is all I ask for.
button-connect-binance = Binance
button-connect-plain-three-commas = 3Commas
button-have-secret = I have key and secret instead
button-make-pair = Make a pair for me
button-try-again = Try again

connect-three-commas-pair =
    <b>A token that only reads</b>
    I made a key pair. The public half is in the file and below.
connect-three-commas-hmac-key =
    <b>Step 1 of 2: a token with key and secret</b>
connect-three-commas-hmac-secret =
    <b>Step 2 of 2: the secret</b>
    Now send me the API secret that 3Commas showed beside the key. I delete your message as soon as I have read it.
connect-three-commas-hint-key = API key from 3Commas
connect-three-commas-hint-secret = API secret from 3Commas

connect-three-commas-works = Works. { $writes ->
        [no] The token only reads; I change nothing without your tap.
       *[other] I only read with it, and change nothing without your tap.
    } { $accounts ->
        [unseen] Which exchange accounts you have, I may not see with it.
        [0] 3Commas lists no exchange account for you.
        [one] I see one exchange account.
       *[other] I see { $accounts } exchange accounts.
    }
connect-three-commas-may-write = The token may do more than read. I do not need that; you can take it off at 3Commas under API.
connect-three-commas-rights-missing = It may not read everything: { $rights } is not ticked. I look at what I may and say what I could not see. You can tick it at 3Commas under API.
connect-three-commas-plan =
    The token is right, and I keep it. But your plan at 3Commas does not let me look: it has no API access, or it has ended.

    Until that changes we can look by hand, and a key of my own at Binance shows me balances and orders there.
connect-three-commas-refused =
    3Commas refuses this. One answer stands for several faults. In the order to test:
    (1) The API key was not copied whole: copy it once more from the list under API.
    (2) { $kind ->
        [pair] The token was made with another public half: it must be the one shown above.
       *[hmac] The secret does not belong to this key.
    }
    (3) The token has an IP list without my address{ $addresses ->
        [none] : I have no address that stays, so leave the list empty.
       *[some] : it must hold { $addresses }.
    }
connect-three-commas-no-right = 3Commas accepts the token, but { $right } is not ticked. Tick it at 3Commas under API, then send me the API key again.

connect-binance-way =
    A key of my own at Binance, only for reading. How shall we do it?

    <b>A pair made by me</b>: the secret half never leaves me, and nothing secret passes through this chat. The better way.
    <b>Key and secret</b>: you make both at Binance and send them here. I delete your message as soon as I have read it.
connect-binance-pair =
    <b>A key that only reads</b>
    I made a key pair. The public half is below.
connect-binance-hmac-key =
    <b>Step 1 of 2: key and secret</b>
    Key and secret look alike at Binance, so I delete both messages as soon as I have read them.
connect-binance-hmac-secret =
    <b>Step 2 of 2: the secret</b>
    Now send me the secret key that Binance showed beside the API key. I delete your message as soon as I have read it.
connect-binance-hint-key = API key from Binance
connect-binance-hint-secret = Secret key from Binance
connect-binance-works = Works. I can read { $markets } at Binance with it.
connect-binance-replaced = It takes the place of the key that I had before. The old one is deleted here; delete it at Binance too, under API Management.
connect-binance-no-ip-list = It works from any address. Reading is all it may do, yet an IP list makes it safer.
connect-binance-may-trade = It may do more than read: { $rights }. I do not need that; you can take it off at Binance under API Management.
connect-binance-futures-not-ticked = Futures I could not read with it, most likely because that right is not ticked. If you trade futures, tick Enable Futures at Binance; I still only read.
connect-binance-can-withdraw =
    <b>This key may withdraw money, so I do not take it.</b> Nothing of it is kept.

    Take Enable Withdrawals off at Binance under API Management, then send me the API key again.
connect-binance-refused = Binance refuses this key{ $reason ->
        [given] {" "}({ $said }).
       *[none] .
    } { $known ->
        [yes] In the order to test: { $causes }.
       *[no] Why, it does not say.
    } My address is { $address }.
connect-binance-refused-lead = Check it at Binance under API Management, then send it again.
connect-address-unknown = not fixed

connect-pair-thrown-away = The pair that you used is older than 24 hours, so I have thrown it away: the key made with it cannot work any more. Delete it where you made it. Here is a new pair.
connect-retry = I keep key and secret encrypted for 24 hours. Try again whenever you like.
connect-retry-press = Please use the button, or press Cancel.
connect-held-too-long = Key and secret waited longer than 24 hours, so I have thrown them away. Please send them again.

connect-linked-itself = Linked with { $name } at 3Commas: both show the same worth{ $profit ->
        [yes] , the profit or loss of your open positions counted.
       *[no] .
    }
connect-which-account = { $accounts ->
        [one] My key reads { $market } at { $venue }. Is that the account that 3Commas calls { $names }? I cannot tell from the balances alone. If not, press nothing.
       *[other] My key reads { $market } at { $venue }. Which of these accounts at 3Commas is that? I cannot tell from the balances alone. If it is none of them, press nothing.
    }
connect-linked = Linked with { $name }. Under My keys you can undo it.
connect-unlinked = Taken apart: my key and { $name }. Under My keys you can link it with another one.
button-not-the-same = Not the same

button-copy = Copy { $what }
button-copy-part = Copy { $what }, part { $part } of { $parts }
copy-addresses = the addresses
copy-address = the address
copy-public-half = the public half
button-guide-link = Guide with pictures

secret-of-answer-removed = I deleted your message.
secret-of-answer-stays = Telegram did not let me delete your message. Please delete it yourself: press and hold it, then Delete.


connect-press = Please use one of the buttons.
button-check-them = Check them now
connect-binance-works-blind = Binance accepts the key, but I could read no wallet with it.
connect-binance-market-not-read = { $market ->
        [usdm] Futures
       *[spot] Spot
    } I could not read with it just now. { $why }
connect-binance-may-not-read = Binance accepts the key, but { $right } is not ticked, so I can do nothing with it. Tick Enable Reading at Binance under API Management, then send me the API key again.
connect-were-swapped = Key and secret were the other way round; I put them right.

connect-again-key = Please send me the API key.
connect-again-hmac-key = Please send me the API key.
connect-again-hmac-secret = Please send me the secret.
