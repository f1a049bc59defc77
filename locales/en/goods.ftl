# What a link sells beside one thing at one price.

## A price in a few words
goods-price-each = { $price } each
goods-price-from = from { $price }
goods-discount = Discount

## On cards
goods-pieces = 🔢 Up to { $count } pieces per order; { $price } for one. The limit still counts payments, not pieces.
goods-chosen = ✍️ The buyer says how much
goods-suggested = 💡 Suggested: { $price }
goods-discount-line = ➖ Discount · { $amount }
goods-photo = 🖼 With a photo
goods-note = 💬 Once paid, the buyer reads: <i>{ $note }</i>

## Completing a link
goods-more =
    🧺 <b>Complete the link</b>

    All of this may be left out. A photo can also be sent here at any time.
goods-button-more = 🧺 Photo & more
goods-button-photo = 🖼 Photo
goods-button-drop-photo = 🗑 Take photo off
goods-button-pieces = 🔢 Quantity
goods-button-one-piece = 1️⃣ Just one
goods-button-opens = 🕒 Opens at
goods-button-opens-now = ▶️ Open right away
goods-button-note = 💬 Message
goods-button-no-note = 🗑 No message
goods-button-range = ✍️ Buyer decides
goods-button-bill = 🧾 Several items

goods-ask-photo = 🖼 Send the picture here, as a photo (not as a file). It shows on the payment page and in the link's preview.
goods-ask-photo-again = 🖼 This link has a photo. Send another to replace it, or take it off.
goods-ask-pieces = How many pieces may one order be for? Tap, or type the most, up to 1,000. The price becomes the price of one piece.
goods-ask-opens = From when can it be paid? Tap, or type the time.
    Examples: <i>tomorrow 09:00</i>, <i>25/12</i>, or <i>2026-12-25 18:00</i>
goods-ask-note = What should buyers read once they have paid? Type at most 500 characters.
    Example: <i>Thank you! It ships tomorrow morning.</i>
goods-ask-range = ✍️ <b>The buyer says how much.</b> Type the least and the most, then a suggestion if you have one:
    <code>50k-200k</code> · <code>from 50k</code> · <code>50k-200k suggested 100k</code>
goods-ask-bill = 🧾 <b>Several items in one link.</b> Type one item per line, at most 20, and a discount if there is one:
    <code>Black shirt 75k x2
    Cap 50k
    Discount 10k</code>

## Photos
goods-photo-kept = 🖼 The photo is saved.
goods-photo-away = ⚠️ I could not get the photo from Telegram. Please send it once more.
goods-photo-large = ⚠️ The photo is too large, at most 1 MB. Send it as a photo, not as a file, so that Telegram makes it smaller.
goods-photo-odd = ⚠️ I cannot read that as a photo. Please send an ordinary photo.

## When what was typed does not fit
goods-wrong-pieces = The quantity is a whole number from 1 to 1,000, such as <code>5</code>. In one line: <code>qty:5</code>
goods-wrong-chosen-pieces = Where the buyer says how much to pay, there is no price per piece. Choose one: a fixed price such as <code>75k</code>, or no quantity.
goods-wrong-bill-pieces = This link has several items, so the quantity stands on each line, such as <code>Shirt 75k x2</code>.
goods-wrong-opens = The opening time “{ $typed }” is not clear. For example <code>tomorrow 09:00</code>, <code>25/12</code>, or <code>25/12 17:00</code>.
goods-wrong-opens-soon = That is very soon. For less than 5 minutes, let it open right away; for later, for example <code>tomorrow 09:00</code>.
goods-wrong-note-empty = The message is still empty. For example <code>Thank you! It ships tomorrow morning.</code>
goods-wrong-note-long = The message has { $length } characters, and at most { $max } fit. Make it a little shorter, for example <code>Thank you!</code>
goods-wrong-note-card = That looks like a card number, so I did not keep it. Please never send card numbers in a chat. Write something else, for example <code>Thank you!</code>
goods-wrong-line = Line { $number }:
goods-wrong-line-much = Line { $number } says too much. A line is an item, its price and how many, such as <code>Shirt 75k x2</code>. One discount is enough.
goods-wrong-lines = At most 20 items in one link. Put some together, such as <code>Shirt 75k x5</code>.
goods-wrong-total = Together they must come to more than nothing, up to 999,999,999,999, in one currency. For example <code>Shirt 75k x2</code> and <code>Discount 10k</code>.
goods-wrong-twice = <code>qty:</code>, <code>opens:</code>, <code>pay:</code> and <code>message:</code> may each stand once, such as <code>qty:5</code>.
goods-refused-opens = The link would open after it has ended. Choose an earlier opening, or a later end, such as <code>7days</code>.
goods-refused-dear = Times the largest quantity, the price is more than a link can ask for. Lower the quantity, for example to <code>5</code>.

## A note for oneself
note-line = 📌 Team note: <i>{ $note }</i>
note-button = 📌 Note
note-button-none = 🗑 No note
note-ask = What is there to remember about this link? Type at most 200 characters. Only you and your team read it, never the buyer.
    Example: <i>Kept on shelf 3, pick-up on Saturday.</i>
note-wrong-card = That looks like a card number, so I did not keep it. Please never send card numbers in a chat. Write something else, for example <code>on shelf 3</code>.
