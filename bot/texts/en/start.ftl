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
