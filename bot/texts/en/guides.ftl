### Steps of a repair: what to press, tick, paste and delete. Labels stand as the screens of 3Commas and of the exchange show them.
### $exchange, $account: names. $path: what to press, in order. $ticks, $leave_off: boxes. $label: the name of a choice or field.
### $count, $limit: addresses. $parts: copy buttons. $separator: blank, comma or line.

## A key for 3Commas

guide-delete-old-first = At { $exchange }, delete the old key now: <b>{ $path }</b>. Somebody else may know it, so do not wait for the new one.
guide-delete-old-first-somewhere = At { $exchange }, open the page with your API keys and delete the old key now. Somebody else may know it, so do not wait for the new one.
guide-sign-in-main = In the browser in which you use 3Commas, sign in at { $exchange } with your main account. Allow pop-up windows.
guide-press-fast-connect = At 3Commas: <b>My Portfolio</b> → { $account } → <b>Update API key</b> → <b>Fast Connect</b>, then agree at { $exchange }. It makes the key and sets the rights and the address list by itself.
guide-open-window = At 3Commas: <b>My Portfolio</b> → { $account } → <b>Update API key</b>, and choose to enter the key by hand. Leave that window open: it shows the address list and takes the new key.
guide-switch-to-sub-account = At { $exchange }, switch to the sub-account that 3Commas trades on. A key of the main account does not see its money.
guide-create-key = At { $exchange }: <b>{ $path }</b>. Give the key a name with the service and the date, so that you know it again.
guide-create-key-somewhere = At { $exchange }, open the page where API keys are made and begin a new one. Give it a name with the service and the date, so that you know it again.
guide-edit-key = At { $exchange }: <b>{ $path }</b>, for the key that 3Commas uses. Key and secret stay as they are.
guide-edit-key-somewhere = At { $exchange }, open the page with your API keys and edit the key that 3Commas uses. Key and secret stay as they are.
guide-addresses =
    { $count ->
        [one] Choose <b>{ $label }</b> and paste this address. The calls come from 3Commas, so do not add your own.
       *[other] Choose <b>{ $label }</b> and paste these { $count } addresses. The calls come from 3Commas, so do not add your own.
    }
guide-addresses-somewhere =
    { $count ->
        [one] Bind the key to trusted addresses and paste this one. The calls come from 3Commas, so do not add your own.
       *[other] Bind the key to trusted addresses and paste these { $count }. The calls come from 3Commas, so do not add your own.
    }
guide-addresses-in-parts =
    { $separator ->
        [blank] Choose <b>{ $label }</b> and paste all { $count } addresses. They do not fit one button: copy the { $parts } parts one after the other, with a blank between them. Do not add your own.
        [comma] Choose <b>{ $label }</b> and paste all { $count } addresses. They do not fit one button: copy the { $parts } parts one after the other, with a comma between them. Do not add your own.
       *[line] Choose <b>{ $label }</b> and paste all { $count } addresses. They do not fit one button: copy the { $parts } parts one after the other, each on a new line. Do not add your own.
    }
guide-addresses-in-parts-somewhere = Bind the key to trusted addresses and paste all { $count }. They do not fit one button: copy the { $parts } parts one after the other, with a comma between them if the page asks for commas, else a blank. Do not add your own.
guide-addresses-from-window = Choose <b>{ $label }</b>. Copy the addresses from the <b>Update API key</b> window of 3Commas and paste all of them. Never take them from an old note or picture: old addresses lock 3Commas out.
guide-addresses-from-window-somewhere = Bind the key to trusted addresses. Copy them from the <b>Update API key</b> window of 3Commas and paste all of them. Never take them from an old note or picture: old addresses lock 3Commas out.
guide-rights = Tick <b>{ $ticks }</b>. Leave off <b>{ $leave_off }</b>.
guide-rights-of-spot = Switch on reading and spot trading. Leave withdrawals and transfers off: 3Commas never needs them.
guide-rights-of-futures = Switch on reading and futures trading. Leave withdrawals and transfers off: 3Commas never needs them.
guide-paste-at-three-commas = Save the key at { $exchange }. Then paste at 3Commas: <b>{ $fields }</b>, and save. Straight from one page to the other, with page translation off. The secret is shown only this once. Do not send it here.
guide-enter-wallet = At 3Commas: <b>My Portfolio</b> → { $account }, and enter the <b>{ $fields }</b>. A wallet has no API key. Never give a seed phrase or a private key to anybody, 3Commas included.
guide-save-edit = Save and confirm with your security code.
guide-refresh = Press the refresh sign at { $account } in <b>My Portfolio</b>. If it still shows an error, wait 30 seconds and press it again: a new key needs that long to be known everywhere at the exchange.
guide-refresh-edit = Press the refresh sign at { $account } in <b>My Portfolio</b>. Nothing has to be pasted at 3Commas.
guide-delete-old = Now delete the key that 3Commas used before, at { $exchange }: <b>{ $path }</b>, the one older than today. If another account at 3Commas still uses it, update that one first. Leave keys of other programs alone.
guide-delete-old-somewhere = Now delete the key that 3Commas used before, on the page with your API keys at { $exchange }: the one older than today. If another account at 3Commas still uses it, update that one first. Leave keys of other programs alone.

## Why not Fast Connect

guide-not-fast-sub-account = Fast Connect signs in with a main account only. A sub-account needs a key made by hand.
guide-not-fast-holder-unknown = Fast Connect works for main accounts only. A key made by hand works for both.
guide-not-fast-not-offered = 3Commas does not offer Fast Connect for { $exchange }.
guide-not-fast-futures-forbidden = Fast Connect asks for futures too and fails where they are not allowed. A key made by hand does without.
guide-not-fast-list-not-read = If the window at 3Commas offers <b>Fast Connect</b>, you may take it: it sets everything by itself.

## Fields of 3Commas' form

guide-field-api-key = API key
guide-field-secret = API secret
guide-field-passphrase = passphrase
guide-field-customer-id = customer ID
guide-field-address = wallet address

## Notes

guide-note-keep-the-account = Update the account that is there. Do not delete it at 3Commas and do not add it a second time: its bots, SmartTrades and history would be lost.
guide-note-which-account = Not sure which account it is? At { $exchange }, a sub-account is listed under sub-accounts of the main account and has its own balance. Make the key in the account whose balance is the one that you miss at 3Commas.
guide-note-list-not-read = I could not read 3Commas' list of exchanges just now, so I show no addresses: old ones would lock 3Commas out.
guide-note-not-in-list = { $exchange } is not in the list of exchanges that 3Commas supports today. If <b>My Portfolio</b> still offers <b>Update API key</b>, the steps below hold; else ask 3Commas in the live chat.
guide-note-page-unknown = I have no notes about the key page of { $exchange }. The steps are the same everywhere; the names on the page may differ.
guide-note-too-many-addresses = { $exchange } takes { $limit } addresses per key, and the list has { $count }. If Fast Connect or the choice of a trusted app is offered, use that: it needs no list.
guide-note-fast-connect-stops = If it stops half way: close the window, delete a half-made key at { $exchange }, try once in a private window, then do it by hand.
guide-note-identity = { $exchange } may ask you to finish its identity check before it makes a key.
guide-note-futures-country = If futures are not allowed in your country, do it by hand: Fast Connect asks for futures too and fails.
guide-note-binance-addresses-first = Set the address list before the boxes: Binance lets you tick trading only once the key is bound to addresses.
guide-note-binance-agreement = Binance asks once for its API agreement, and makes no key before it is accepted, by Fast Connect neither. If that fails, open <b>API Management</b> at Binance, accept it, and try again.
guide-note-binance-sub-account = The main account can make the key for the sub-account too: in its sub-account management, under API management.
guide-note-binance-futures-account-first = Open the futures account at Binance before you make the key. A key that is older than the futures account cannot trade futures.
guide-note-names-may-differ = The names on the page of { $exchange } may differ a little from these.
guide-note-binance-sites = Keys of Binance, Binance US and Binance TR are different things: a key works only on the site where it was made.
guide-note-third-party-app = If { $exchange } offers to make the key for a trusted third-party app and lists 3Commas, choose that: the addresses are set and kept up to date by themselves.
guide-note-own-passphrase = You choose a passphrase while making the key, and 3Commas asks for it. It is not your password, and it is never shown again: keep it until you have pasted it.
guide-note-own-key-per-program = Make the key for 3Commas alone. Two programs on one key get in each other's way.
guide-note-sub-account-management = The key is made in the sub-account management of the main account, or inside the sub-account.
guide-note-bybit-unified = An older account has to be upgraded to the unified trading account first. Keys of older accounts stopped working.
guide-note-bybit-site = Keys of the test site and of demo trading do not work for real trading.
guide-note-bybit-sub-account = Press Switch account at Bybit and choose the sub-account. It has to be a unified trading account itself.
guide-note-bybit-portfolio-margin = With portfolio margin, the leverage cannot be changed from 3Commas.
guide-note-okx-site = The global, the European and the American site of OKX do not share keys. Choose the entry of your site at 3Commas.
guide-note-okx-passphrase-letters = Take a passphrase of 6 to 32 letters and digits. Signs such as &amp; or $ have caused trouble.
guide-note-okx-trading-account = Money has to be in the Trading account of OKX. Bots do not see the Funding account.
guide-note-okx-account-mode = The account mode at OKX has to allow futures. Do not change the position mode while orders or positions are open.
guide-note-okx-sub-account = Choose the sub-account in the field Account while making the key.
guide-note-kucoin-trading-account = Money has to be in the Trading account of KuCoin. Bots do not see the Main account.
guide-note-kraken-own-key = Make the key for 3Commas alone, and set its nonce window to about 10000 if the page asks. Two programs on one key get in each other's way.
guide-note-gate-account-type = Choose the type that your account has: classic, or unified.
guide-note-gate-fund-password = Gate asks for the fund password. After it was reset, some things are blocked for 24 hours.
guide-note-gate-open-futures = If the futures wallet was never used, move a little USDT into it once. Before that, the key finds no account there.
guide-note-bitget-second-factor = A second factor or a phone number has to be set up at Bitget first.
guide-note-htx-name = 3Commas may still call HTX by its old name, Huobi.
guide-note-htx-90-days = Without an address list, the key ends after 90 days.
guide-note-coinbase-whole-key = As the API key paste the full name (it begins with “organizations”). As the secret paste the whole private key, with its BEGIN and END lines.
guide-note-coinbase-portfolio = A key sees one portfolio. If a balance seems to be missing, the key is of another portfolio.
guide-note-coinbase-wait = A new key works at once for many; it can also need up to 48 hours.
guide-note-gemini-verified = Gemini makes keys for verified accounts only. The role of the key has to be Trading, its scope Primary.
guide-note-bitfinex-wallet = Money has to be in the Exchange wallet of Bitfinex.
guide-note-bitstamp-activate = Confirm the key by mail and press Activate. A key that is not activated looks like a wrong one.
guide-note-bitstamp-customer-id = 3Commas also asks for your customer ID: the number in the account menu of Bitstamp.

## The bot's own key at an exchange

guide-own-create-self-made = At { $exchange }: <b>{ $path }</b>. Paste the public half below. The secret half never leaves me.
guide-own-create-key = At { $exchange }: <b>{ $path }</b>. Give the key a name that tells it is mine.
guide-own-edit-key = At { $exchange }: <b>{ $path }</b>, for the key that you made for me.
guide-own-rights = Tick only <b>{ $ticks }</b>. Leave off <b>{ $leave_off }</b>: I only read.
guide-own-addresses =
    Choose <b>{ $label }</b> and paste { $count ->
        [one] my address.
       *[other] my { $count } addresses.
    } With it, the key works from nowhere else.
guide-own-no-addresses = Leave the key without an address list: I have no address that stays the same. Reading needs none.
guide-own-send-key = Save, and send me the API key that { $exchange } shows. It is not a secret.
guide-own-send-both = Save, and send me API key and secret. I delete your message as soon as I have read it.
guide-own-done = Save and confirm with your security code.

## The bot's token at 3Commas

guide-token-create-self-made = At 3Commas: <b>{ $path }</b>. Paste the public half that I show. The secret half never leaves me.
guide-token-create = At 3Commas: <b>{ $path }</b>.
guide-token-rights = Tick <b>{ $ticks }</b>. Nothing else: I only read.
guide-token-addresses =
    { $count ->
        [one] Paste my address into the IP list. With it, the token works from nowhere else.
       *[other] Paste my { $count } addresses into the IP list. With them, the token works from nowhere else.
    }
guide-token-no-addresses = Leave the IP list empty: I have no address that stays the same.
guide-token-send-key = Create it, and send me the API key that 3Commas shows. It is not a secret.
guide-token-send-both = Create it, and send me API key and secret. I delete your message as soon as I have read it.
guide-token-delete-old = Now delete the old token at 3Commas: <b>{ $path }</b>, the one older than today.
