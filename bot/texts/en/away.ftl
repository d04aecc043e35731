### What changed while a trader was away (`.what`), and what it means today (`.do`). One message per fact of knowledge/away.toml.

away-keys-reset =
    .what = 29 December 2022: after a leak, 3Commas switched off every exchange key that was made before 28 December.
    .do = Keys from before that day are dead, and trades that ran then show as failed or cancelled. Make new keys, and look that no old one is left at the exchange.
away-binance-agreement =
    .what = August 2023: Binance asks once for its API agreement before it makes a new key.
    .do = Open API Management at Binance and accept it. Until then a new key cannot be made, by Fast Connect neither.
away-passwords-reset =
    .what = October 2023: passwords of some 3Commas logins became known to others.
    .do = 3Commas may ask you for a new password and for a second factor when you sign in.
away-exchanges-closed =
    .what = November 2022 to December 2023: FTX and Bittrex went out of business.
    .do = An account there cannot be linked any more. Claims go to their administrators; be careful with mails that promise money back.
away-coinbase-keys =
    .what = About June 2024: Coinbase stopped making its older kind of keys.
    .do = An account linked as Coinbase or Coinbase Pro has to be linked anew, as Coinbase Advanced.
away-bybit-unified =
    .what = 2 to 16 December 2024: Bybit moved everybody to its unified trading account. Keys of older accounts stopped, and their stops and targets were cancelled; open positions were kept.
    .do = Upgrade the account at Bybit, then make a new key or use Fast Connect. Set stops and targets again.
away-plan-ended =
    .what = A subscription at 3Commas may have ended; the account is on the Free plan then.
    .do = Healthy keys do not help there: no new real trades, bots switched off. Running trades go on to their planned end. A futures position of a grid bot stays open and needs you.
away-address-list =
    .what = 3Commas now wants every key bound to its addresses.
    .do = An old key without an address list may be refused when you update. Copy the list from the Update API key window.
away-binance-keys-without-list =
    .what = Binance takes the trading right from keys without an address list.
    .do = An old key without a list can no longer trade. Make a new one, by Fast Connect or with the list.
away-keys-ran-out-90-days =
    .what = At Bybit, Gate and HTX, a key without an address list ends after 90 days.
    .do = Such a key is gone. Make a new one with the address list; then it does not end.
away-keys-ran-out-okx =
    .what = At OKX, a key that may trade and has no address list ends after 14 days without use.
    .do = Such a key is gone. Make a new one with the address list, or use Fast Connect.
away-keys-ran-out-kucoin =
    .what = At KuCoin, a key that may trade and has no address list loses that right after 30 days without use, or is deleted.
    .do = Make a new one with the address list.
away-renamed-htx =
    .what = Huobi is called HTX now.
    .do = It is the same account. 3Commas may still show the old name.
away-renamed-okx =
    .what = OKEx is called OKX now.
    .do = It is the same account. Mind the site: the global, the European and the American one do not share keys.
away-renamed-gate =
    .what = Gate io calls itself Gate now.
    .do = It is the same account. 3Commas may still show the old name.

away-about = what changed while you were away
away-since-when = Roughly when did you last use 3Commas? Press a year, or type it: <code>March 2024</code>.
button-do-not-know = I do not remember
away-date-not-read = I could not read that as a date that has passed. A year is enough, for example <code>2024</code>.
away-heading = { $known ->
        [yes] Since { $since } this has happened and may concern you:
       *[no] In the last years this has happened and may concern you:
    }
away-some-exchanges = Only for those who use that exchange:
away-nothing = Since then I know of nothing that would concern you. The first step is a look at your accounts.
