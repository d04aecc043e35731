### Titles of the help resources of knowledge/resources.toml, and what they are for where the title does not say it.

resource-back-after-a-break = Back at 3Commas after a long break
resource-key-guide = How to update your keys
resource-key-errors = Key errors and how to repair them
resource-address-guide = The IP list of a key
resource-recreate-held = Recreate a trade: still held
resource-recreate-sold = Recreate a trade: sold already
resource-locked-funds = Locked funds and what the figures mean
resource-plans = What each plan includes
resource-help-centre = Help centre of 3Commas
resource-live-chat = Live chat of 3Commas
    .do = The live chat of 3Commas opens with the sign in the lower right corner of the page: “Send us a message”. Never send a secret, a password or a code there.
