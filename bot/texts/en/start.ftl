start-first =
    I help you get back to trading with 3Commas. I look at your accounts, say what is wrong, and lead you through repairing it.

    Nothing is changed without your tap. Without any connection I lead you by hand.
start-again =
    Welcome back. { $accounts ->
        [0] No exchange account is connected yet.
        [one] I know one exchange account of yours.
       *[other] I know { $accounts } exchange accounts of yours.
    }

    The best first step is a look at how they are now.

help =
    <b>What I do</b>
    /check looks at every exchange account and says what is wrong, in plain words, with the button that fixes it.
    /orders, /funds, /positions and /trades show what stands at the exchanges and at 3Commas: what is left over, what is locked, what nobody watches, and how to set it right by hand.
    /update leads you through new keys, step by step, with a connection to me or without.
    /connect lets me look for myself: 3Commas, or a key at Binance that only reads.
    /keys shows what I hold for you and when I used it.

    Send me any error message, and I say what it means.

    I never ask for passwords, codes of your second factor or seed phrases, and nobody who helps you writes to you first.

    Short answers:
help-pages = <b>Pages and people of 3Commas</b>
button-help-pages = Pages and live chat of 3Commas
