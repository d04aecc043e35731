### What a message that was removed seemed to hold (`guard-<kind>`, completes "It looked like ..."), and what to do if it was real.

guard-private-key = a private key
    .do = If it was real, treat it as known to others: make a new pair, and delete the old key where it is registered.
guard-bot-token = the token of a Telegram bot
    .do = If it was real, open @BotFather and revoke that token now.
guard-labelled = a secret or a password
    .do = If it was real, delete that key now, or change that password.
guard-web-token = the ticket of a signed-in session
    .do = If it was real, sign out everywhere at that service now.
guard-long-hex = an API secret
    .do = If it was real, delete that key where you made it, now, and make a new one.
guard-key-shaped = an API key or its secret
    .do = If it was real, delete that key at the exchange now and make a new one. A key alone is no secret, but the two look the same.
guard-seed-phrase = the words that open a wallet
    .do = If they were real, move everything in that wallet to a new one now. Nobody who helps you ever needs those words.
