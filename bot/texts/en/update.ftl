### /update and every repair button.

update-about = updating the keys of an exchange account
own-key-about = repairing my own key

update-which = Which exchange account?
button-another-account = Another one
update-venue = Which exchange is it?
button-another-exchange = Another exchange
update-market = Which account at { $venue } does 3Commas trade on? At 3Commas spot and futures are accounts of their own.

update-done-before =
    That was done { $at }. This is how it stands now: balances of { $name } load, as far as I saw. Only a trade will prove that trading works too.
update-not-broken = As far as I saw, 3Commas can use the key of { $name }. You can still replace it, for example because it is old or because somebody else may know it.
button-renew-anyway = Replace it anyway

update-holder = { $name }: is this your main account at { $venue }, or a sub-account?
button-main = Main
button-sub = Sub-account
button-not-sure = Not sure

update-heading = <b>A new key for 3Commas</b>
update-heading-addresses = <b>The address list of the key</b>
update-heading-rights = <b>The rights of the key</b>
update-delete-later = When it works I will say which old key to delete.
update-watching-balances = I am watching and will tell you when balances load again.
update-watching-expiry = I am watching and will tell you when 3Commas no longer says that the key expires soon.
update-watching-any = I am watching and will tell you if I see a change. A key that is replaced while it works may show none: press Done when you are through.
update-press-done = I cannot see this from here. Press Done when you are through, and tell me what the page shows.
button-by-hand = Do it by hand instead
button-fast-connect = Use Fast Connect instead
button-what-is-fast-connect = What is Fast Connect?
button-compromised = Somebody else may know the key
button-new-key-instead = Make a new key instead
button-repair-again = Show the steps again

update-not-yet =
    3Commas is still refused with the key that it has. If you have just saved a new one, wait 30 seconds: a new key needs that long to be known everywhere at the exchange. I keep watching.
update-not-yet-expiry = 3Commas still says that its key expires soon. Was the new key saved there? I keep watching.
update-cannot-tell = Balances of { $name } load, as they did before. Whether 3Commas uses the new key by now, I cannot see from here: its <b>Update API key</b> window shows the first characters of the key. Look there before you delete the old one. Only a trade will prove that trading works too.
update-steps-above = The steps stand above.
update-buttons-or-message = Please use one of the buttons. If you see an error message, send me its full text.
update-could-not-look = I could not look. { $why } So please tell me what you see.
update-use-buttons = Please use one of the buttons.

update-what-shows = Open <b>My Portfolio</b> at 3Commas and press the refresh sign at { $name }. What does it show?
button-shows-balances = Balances, no red line
button-shows-red = A red line, or a request to update
button-shows-message = Another message

update-still-red = Then the key is still refused. In the order to test: was the new key saved at the exchange and at 3Commas? Are all addresses on its list? Did 30 seconds pass? Here are the steps by hand once more.

update-noticed-balances-load = Balances of { $name } load again since { $at }.
update-noticed-flags-cleared = 3Commas no longer marks the key of { $name } as broken.
update-noticed-expires-no-more = The key of { $name } does not expire soon any more.
update-noticed-accepted = { $name } is accepted again since { $at }.
update-noticed-rights-changed = The rights of { $name } have changed.
update-noticed-ip-list-set = { $name } has an IP list now.
update-noticed-ip-list-removed = { $name } has no IP list any more.

update-own-accepted = { $service } accepts me again since { $at }.
update-own-rights-changed = { $service } shows other rights for my key since { $at }.
update-own-ip-list-set = My key at { $service } has an IP list now.
update-own-ip-list-removed = My key at { $service } has no IP list any more.
update-own-balances-load = { $service } accepts me again since { $at }.
update-own-flags-cleared = { $service } accepts me again since { $at }.
update-own-expires-no-more = My key at { $service } does not expire soon any more.

update-told-done = You told me that balances of { $name } load. I could not see it myself. Only a trade will prove that trading works too.
update-gave-up = For half an hour I have seen no change at { $name }, so I stop watching. Nothing is lost: look again whenever you like.

own-key-heading = <b>My own key at { $service }</b>
own-key-watching = I am watching and will tell you when I see it.
own-key-not-yet = I see no change yet at { $service }. Did you save, and confirm with your security code?
own-key-look-again = Let us look how it stands now.
own-key-no-address = I have no address that stays the same, so an address list for my key cannot be kept. If the key at { $service } has one, take it off; reading is all that it may do. If it has none, leave it as it is.
