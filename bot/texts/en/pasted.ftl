### Why a pasted text is not what was asked for. Each says what it is and what to send instead. `pasted-<flaw>`

pasted-nothing = I see no key in that message. Copy it with the copy sign beside it and send it alone.
pasted-too-short = That is shorter than a key. Perhaps only a part was copied, or its name. Copy it with the copy sign beside it.
pasted-too-long = That is longer than a key. Send only the key, nothing before or after it.
pasted-masked = The page hides a part of it behind stars or dots. Use the copy sign beside it, or make a new key if it is not shown any more.
pasted-translated = Something translated a part of it. Switch page translation off, open the page again and copy it once more.
pasted-link = That is a link. I need the key itself.
pasted-several = I see more than two values. Send one key and nothing else.
pasted-one-missing = I see only one value. Send key and secret, each with its name before it.
pasted-both-at-once = That is a key together with its secret.
pasted-secret-where-key = That is the secret. I asked for the API key.
pasted-key-where-secret = That is an API key. I asked for its secret.
pasted-key-again = That is the API key once more. I asked for its secret.
pasted-private-key = That is a private key. I never need one: the secret half of our pair stays with me. If it was real, make a new one.
pasted-half-pem = That is only a part of a key block. It begins with BEGIN and ends with END, but what I need is the short API key that the page shows after saving.
pasted-own-public-half = That is the public half that I sent you. Paste it on the page where you make the key; then send me the API key that the page shows.
pasted-public-key = That is a public key, but not the one that I made for you now. Paste mine on the page; then send me the API key that the page shows.
pasted-three-commas-key = That looks like a key of 3Commas. I need the one of the exchange.
pasted-exchange-key = That looks like a key of an exchange. I need the one of 3Commas.
