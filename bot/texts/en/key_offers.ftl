### Where I cannot read an exchange account for myself.

key-offer = To look there for myself I need a key of my own at { $venue }. Reading rights are enough. I can make one so that no secret passes through this chat.
key-offer-elsewhere = At { $venue } I cannot read with a key of my own yet, so we look by hand.
key-offer-unlinked = I have a key of my own at { $venue }, but it is not linked with { $names } yet. Link it where it belongs to the same account, and I look there with it.
