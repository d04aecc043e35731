privacy =
    <b>What I keep</b>
    Your keys and your 3Commas token, the names of your exchange accounts, what I found out about them, the plans of your trades as I last saw them, because 3Commas forgets them, and a log of when each key was used. All of it is encrypted for you alone; the key to it is kept apart from the database.

    <b>What I do not keep</b>
    The text of your messages once they are answered. Your Telegram id in readable form. Balances, orders and positions, except in the lists that you asked me for: these I keep encrypted for { $days ->
        [one] one day
       *[other] { $days } days
    } after I last showed them, so that their pages and details open, and then I delete them. An order that you cancel with my help I keep for { $freed } days: it may be the last that tells where the target of its trade was.

    <b>What I never ask for</b>
    Passwords, codes of your second factor, seed phrases, or a right to withdraw. A key that can withdraw is refused.

    <b>Who sees it</b>
    Nobody else. Telegram itself carries this chat and can read it, which is why I make key pairs myself wherever an exchange allows it: then no secret passes through this chat.

    Everything goes at once with /forget.

forget-about = deleting everything
forget-sure =
    <b>Delete everything I know about you?</b>

    { $keys ->
        [0] No key is stored.
        [one] One key goes,
       *[other] { $keys } keys go,
    } { $accounts ->
        [0] and everything else that I noted for you.
        [one] with one exchange account and everything that I noted for you.
       *[other] with { $accounts } exchange accounts and everything that I noted for you.
    } It cannot be brought back.

    Your accounts at 3Commas and at the exchanges stay as they are. Keys and tokens that you made for me stay valid there until you delete them there.
forget-really = Last question. After this tap everything is gone, here and in my database.
forget-gone =
    Done. Everything I knew about you is deleted.

    Keys that you made for me are still valid where you made them. If you do not come back, delete them there: at Binance under API Management, at 3Commas under API.
button-forget-continue = Yes, delete everything
button-forget-everything = Delete everything now
forget-press = Please use the button, or press Cancel to keep everything.
