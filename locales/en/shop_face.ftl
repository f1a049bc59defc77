# The face of a shop: photo, colour, chat name, ways to pay.
face-button = 🎨 Shop's look
face =
    <b>🎨 The look of { $store }</b>
    This is what buyers see on the payment page beside the shop's name.

    🖼 Photo: { $photo }
    🎨 Colour: { $colour }
    💬 Chat name: { $chat }
face-has-photo = there
face-has-no-photo = none yet
face-chat-name-hidden = not shown
face-chat-name-shown = @{ $name } (as long as its owner uses this bot at least every 7 days)
face-chat-name-gone = not shown, because its owner has no Telegram username or did not use this bot for 7 days
face-button-photo = 🖼 Photo
face-button-drop-photo = 🗑 No photo
face-button-colour = 🎨 Colour
face-button-chat-name = 💬 Chat name
face-button-show-chat-name = 💬 Show @{ $name }
face-button-hide-chat-name = 🙈 Hide the chat name
face-ask-photo =
    <b>🖼 Send a photo or the logo of the shop</b>
    Send it as a photo. Buyers see it as a small circle beside the shop's name.
face-ask-colour =
    <b>🎨 The colour of the payment page</b>
    All of them read well, by day and by night.
face-no-chat-name = ⚠️ You have no username at Telegram yet. Make one in Telegram's Settings, under Username, then press again. Buyers trust a shop more when they know who sells.
face-green = 🟢 Green
face-teal = 🐬 Teal
face-blue = 🔵 Blue
face-indigo = 🪻 Indigo
face-purple = 🟣 Purple
face-pink = 🌸 Pink
face-red = 🔴 Red
face-orange = 🟠 Orange
face-brown = 🟤 Brown
face-black = ⚫ Black

## Once paid, on to the seller's website
return-line = ↩️ Once paid, the buyer can go on to: { $url }
return-button = ↩️ Website
return-button-none = 🗑 No website
return-ask = Where on your website may buyers go on once they have paid? Type the address, for example <code>https://toko-ani.id/thank-you</code>. Buyers see it as a button.
return-wrong-https = The address has to start with <code>https://</code>, for example <code>https://toko-ani.id/thank-you</code>. Anything else is not safe for buyers.
return-wrong-website = That is no website that everybody can open. Write its name alone, without numbers, a port or a password, for example <code>https://toko-ani.id/thank-you</code>.
return-wrong-characters = That address holds signs that no website's address has, such as blanks, quotes or <code>#</code>. Copy it from the browser's address bar, for example <code>https://toko-ani.id/thank-you</code>.
return-wrong-long = The address is too long: at most { $max } characters fit. For example <code>https://toko-ani.id/thank-you</code>.
return-wrong-card = There is something like a card number in that address, so I did not keep it. For example <code>https://toko-ani.id/thank-you</code>.

## The ways to pay that a shop and a link take.
methods-button = 💳 Ways to pay
methods-button-all = ✅ Switch all on
methods-shop =
    <b>💳 Your shop's ways to pay</b>

    Customers choose from the ticked ones ✅. Tap to switch one on or off. Whoever is paying already may finish.
methods-unpayable = ⚠️ With this choice there is no way to pay for: <b>{ $links }</b>. Switch one on again here, or change the ways to pay of that link.
methods-last-toast = At least one way to pay must stay on
methods-link =
    <b>💳 This link's ways to pay</b>

    These are on in your shop. This link's customers choose from the ticked ones ✅. Tap to switch one on or off.
methods-line = 💳 Ways to pay: { $methods }
methods-refused = None of the chosen ways to pay takes { $price }. Switch another one on under <b>💳 Ways to pay</b>, or change the price.
methods-not-active = ⚠️ Midtrans does not allow <b>{ $methods }</b> at the moment, so customers are not offered it. It is tried again in a day; to have it, ask Midtrans to activate it.
methods-only-not-active = ⚠️ Midtrans does not allow <b>{ $methods }</b> at the moment, and this link takes nothing else: nobody could pay for now. Switch another one on under <b>💳 Ways to pay</b>.
methods-refused-shop = The shop would have no way to pay left. Switch another one on first.
methods-wrong-word = “{ $typed }” is no way to pay that I know. For example <code>pay: qris, bca</code> or <code>pay: all</code>
