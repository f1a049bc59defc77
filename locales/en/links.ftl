# Making, sharing, listing and deleting links, and looking at their orders.

## Words that several cards share
link-viewer = 🔒 You can look around in this shop, but not change links. Ask the owner for the staff role.
link-gone = Not yours, or gone
link-no-shop = You have no shop yet. /start opens one.

## Refusals of a typed line
new-refused =
    ⚠️ { $reason }

    You typed (tap to copy):
    { $typed }
new-refused-line = Line { $number }: { $reason }
new-lines-title = ⚠️ { $count ->
        [one] One line needs a small change, so nothing was made from it:
       *[other] { $count } lines need a small change, so nothing was made from them:
    }
new-lines-too-many = That is { $count } lines. Ten at once is the most: please send them in parts.
new-lines-ambiguous = This line can be read in more than one way. Send it alone and I will ask which one you mean.
new-no-price = The price is missing. Put it after the name, such as <code>Black t-shirt 75000</code>.
new-no-name = The name is missing. Put it before the price, such as <code>Black t-shirt 75000</code>.
new-twice-price = Both “{ $first }” and “{ $second }” could be the price. Keep one. If a number belongs to the name, put the name in quotes: <code>"iPhone 12" 9500000</code>
new-twice-customer = <code>for:</code> is there twice. Put everything about the buyer after one of them: <code>for:Budi, 08123456789</code>
new-twice-reference = <code>ref:</code> is there twice. A link has one Order ID, such as <code>ref:INV-01</code>.
new-twice-address = <code>link:</code> is there twice. A link has one address, such as <code>link:black-t-shirt</code>.
new-twice-note = <code>note:</code> is there twice. One is enough.
new-note-long = The note has { $length } characters; up to { $max } fit. Make it a little shorter, for example <code>on shelf 3</code>.
new-note-empty = The note is empty. Write something, for example <code>note:"on shelf 3"</code>.
new-unknown-word = I can’t read “{ $word }”. After the price you can add a limit <code>x10</code>, a time <code>3d</code>, a buyer <code>for:Budi</code>.
new-for-colon = For one buyer, write it with a colon: <code>for:Budi</code>
new-key-space = Write it without a space: <code>link:my-shop</code>
new-pieces = “{ $typed }” counts pieces, not payments. If you mean 10 payments, write <code>x10</code>.

new-name-empty = The name is empty. Type 1 to 100 characters, such as <code>Black t-shirt</code>.
new-name-long = The name has { $length } characters; up to { $max } fit. Make it shorter, such as <code>Black t-shirt</code>.
new-name-card = That looks like a card number, so I did not keep it. Never send card numbers in chat. A name is enough: <code>Black t-shirt</code>.
new-marks-removed = ℹ️ Some invisible marks were in the name. I took them out.

new-price-unclear = “{ $typed }” is not a price I can read. Write seventy-five thousand as <code>75000</code> or <code>75k</code>.
new-price-cents = { $currency } has no cents. Write a whole amount, such as <code>10000</code> or <code>10k</code>.
new-price-decimals = There are too many digits after the decimal mark; up to { $digits } fit. For example: <code>USD 12.50</code>.
new-price-zero = The price must be more than zero, up to 999,999,999,999. For example: <code>75000</code>.
new-price-negative = A price cannot be below zero. For example: <code>75000</code>.
new-price-large = That is more than a link can take. The most is 999,999,999,999. For example: <code>75000</code>.
new-price-range = A price range goes from the smaller to the larger, such as <code>50k-200k</code>, with a suggestion in between: <code>50k-200k suggested 100k</code>.
new-price-digits = Please write the price with the digits 0 to 9, such as <code>75000</code>.
new-price-currency = I do not know the currency “{ $code }”. Use three letters, such as <code>USD 12.50</code>, or just the number.

new-limit-zero = A link must take at least 1 payment, such as <code>x1</code>. No limit? Write <code>no limit</code>.
new-limit-whole = The limit is a whole number of payments, such as <code>x10</code>. No limit? Write <code>no limit</code>.
new-limit-large = The limit is at most 1,000,000 payments. No limit? Write <code>no limit</code>.

new-time-unclear = “{ $typed }” is not a time I can read. For example: <code>3d</code>, <code>24h</code>, <code>5pm</code>, <code>25/12</code> or <code>25/12 17:00</code>.
new-time-no-such-day = That day is not in the calendar. For example: <code>25/12</code> or <code>2026-12-25</code>.
new-time-no-such-hour = That hour does not exist. Hours run from 00:00 to 23:59. For example: <code>25/12 18:00</code>.
new-time-past = That time is over already. Choose a later one, such as <code>3d</code>.
new-time-soon = That is too soon: a link lives at least 5 minutes. For example: <code>30m</code> or <code>3d</code>.
new-time-far = That is too far away: at most 2 years. For no end, write <code>-</code>.

new-buyer-empty = Nobody is named. Write name, phone or e-mail, such as <code>Budi, 08123456789, budi@shop.id</code>.
new-buyer-name = “{ $part }” cannot be the buyer’s name. Use 1 to 100 characters, such as <code>Budi</code>.
new-buyer-card = That looks like a card number, so I did not keep it. Never send card numbers in chat. The buyer’s name is enough, such as <code>Budi</code>.
new-buyer-phone-letters = “{ $part }” is not a phone number. Use digits only, such as <code>08123456789</code>.
new-buyer-phone-short = The phone number “{ $part }” is too short. For example: <code>08123456789</code>.
new-buyer-phone-long = The phone number “{ $part }” is too long. For example: <code>08123456789</code>.
new-buyer-phone-country = The phone number “{ $part }” needs its country code. For example: <code>+6281234567890</code> or <code>+16502530000</code>.
new-buyer-email = “{ $part }” is not an e-mail address. For example: <code>budi@shop.id</code>.
new-buyer-email-long = That e-mail address is too long: at most 254 characters. For example: <code>budi@shop.id</code>.
new-buyer-comma = Put a comma between them: <code>Ibu Rina, 081234567890</code>
new-buyer-two-names = There are two names, and the second is “{ $part }”. A link is for one buyer: <code>Budi, 08123456789</code>.
new-buyer-two-phones = There are two phone numbers, and the second is “{ $part }”. Keep one: <code>Budi, 08123456789</code>.
new-buyer-two-emails = There are two e-mail addresses, and the second is “{ $part }”. Keep one: <code>Budi, budi@shop.id</code>.

new-reference-empty = The Order ID is empty. For example: <code>INV-01</code>.
new-id-card = That looks like a card number, so I did not keep it. Never send card numbers in chat. Try something shorter or with letters in between, such as <code>INV-01</code>.
new-reference-long = The Order ID has { $length } characters; up to 36 fit. For example: <code>INV-01</code>.
new-reference-odd = The Order ID cannot hold { $characters }. Use letters, digits and . _ ~ - only, such as <code>INV-01</code>.

new-address-empty = The address is empty. For example: <code>black-t-shirt</code>.
new-address-long = The address has { $length } characters; up to 50 fit. For example: <code>black-t-shirt</code>.
new-address-odd = The address cannot hold { $characters }. Use a–z, 0–9 and - only, such as <code>black-t-shirt</code>.
new-address-dash = The address cannot start or end with a dash. For example: <code>black-t-shirt</code>.
new-address-reserved = “{ $name }” is used by the site itself. Choose another, such as <code>{ $name }-1</code>.
new-address-generated = That looks like an address made by me. Choose your own words, such as <code>black-t-shirt</code>.

## Questions of the wizard
draft-step = ➕ <b>New link</b> · { $step } of 5
draft-editing = ✏️ <b>Change the link</b>
draft-ask-name = What are you selling? Type its name, 1 to 100 characters.
    Example: <i>Black t-shirt</i>
draft-ask-price = What does it cost? Type the price.
    Example: <i>75000</i> or <i>75k</i>
draft-ask-price-recent = What does it cost? Tap one of your last prices, or type it.
    Example: <i>75000</i> or <i>75k</i>
draft-ask-limit = How many payments may it take? This counts payments, not visits.
    Tap, or type a number up to 1,000,000.
draft-ask-time = Until when can people pay? Tap, or type a time.
    Example: <i>3d</i>, <i>12h</i>, <i>25/12</i> or <i>2026-12-25 18:00</i>
draft-ask-buyer = Is it for one particular buyer? Type name, phone or e-mail, in any order, with commas. The page then asks only for what is missing.
    Example: <code>Budi, 08123456789, budi@shop.id</code>
draft-ask-address = Which address should the link have? Type a–z, 0–9 and dashes, up to 50.
    Example: <i>black-t-shirt</i>
draft-ask-reference = Which Order ID should the link have? Type 1 to 36 letters, digits or . _ ~ -
    Example: <i>INV-01</i>
draft-ask-suffix = 🔗 <b>{ $slug }</b>
    Anybody can guess an address this short. Shall I add 26 random characters, so that only people with the link find it?
draft-now = Now: { $value }
draft-which-price = 💰 This price can mean several amounts. Which one do you mean?
draft-hours-away = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
draft-days-away = { $count ->
    [one] 1 day
   *[other] { $count } days
}
draft-or = { $first } or { $second }
draft-which-time = ⏳ The time can be { $times }. Which one do you mean?

draft-button-back = ◀ Back
draft-button-cancel = ✖ Cancel
draft-button-keep = ✔️ Keep
draft-button-no-limit = ∞ No limit
draft-button-day = ⏳ 24 hours
draft-button-three-days = ⏳ 3 days
draft-button-week = ⏳ 7 days
draft-button-no-end = ∞ No end
draft-button-nobody = 👥 Anyone
draft-button-suffix = 🔒 Add random part
draft-button-no-suffix = 🔗 Use as typed
draft-button-generate = 🎲 Make one for me
draft-button-restart = ➕ Start again

## The confirm card
draft-card-title = 📝 <b>Is this right?</b>
draft-card-missing = 📝 <b>Nearly there</b>
draft-card-name = <b>{ $name }</b> · { $price }
draft-card-no-name = <i>no name yet</i>
draft-card-no-price = <i>no price yet</i>
draft-card-limit = 🔁 Takes { $count ->
        [one] 1 payment
       *[other] { $number } payments
    } (payments count, visits do not)
draft-card-no-limit = 🔁 No limit: takes as many payments as come
draft-card-until = ⏳ Until { $until }
draft-card-no-end = ⏳ No end
draft-card-buyer = 👤 For { $buyer }
draft-card-anyone = 👥 For anyone who has the link
draft-card-reference = 🏷 Order ID: { $reference }
draft-card-reference-made = 🏷 Order ID: made for you
draft-card-address = 🔗 Address: { $slug }
draft-card-address-made = 🔗 Address: made for you, not guessable
draft-button-create = ✅ Create
draft-button-name = ✏️ Name
draft-button-price = 💰 Price
draft-button-limit = 🔁 Limit
draft-button-time = ⏳ Time
draft-button-buyer = 👤 Buyer
draft-button-address = 🔗 Address
draft-button-reference = 🏷 Order ID
draft-cancelled = ✖ Cancelled. Nothing was made.
draft-gone = 💤 This draft is gone: it was cancelled, or it lay untouched for a day. Nothing was lost but the draft. /new starts another.

draft-card-guessable = ⚠️ Anyone could guess this address. A random part makes it private.
draft-suffix-added = ℹ️ This link names a buyer, so I added 26 random characters to its address.
draft-refused-incomplete = Name and price are needed before the link can be made.
draft-refused-reference = Your shop has used the Order ID { $reference } before. Choose another, or let me make one.
draft-refused-address = The address { $slug } is taken. Choose another, or let me add a random part.
draft-refused-guessable = This link names a buyer, so { $slug } is too easy to guess. Let me add a random part, or leave the buyer out.
draft-refused-time = The end is too near: a link lives at least 5 minutes. Choose a later time, such as <code>3d</code>.
draft-refused-currency = This shop can’t take { $currency } yet. Use rupiah, such as <code>75000</code>.
draft-refused-live = This shop may not take real money at the moment. In <b>/settings</b> you can go back to practice mode; who runs this bot can tell you more.
draft-refused-amount = No way to pay takes an amount of { $price }. Choose another price, such as <code>75000</code>.

## A link
link-created = ✅ <b>Your link is ready</b>
link-title = <b>{ $name }</b> · { $price }
link-state = { $icon } { $state } · { $usage }
link-usage = { $limit ->
        [0] { $paid } paid
       *[other] { $paid } of { $limit } paid
    }{ $paying ->
        [0] {""}
       *[other] , { $paying } paying now
    }
link-until = ⏳ Until { $until }
link-no-end = ⏳ No end
link-was-until = ⏳ Ended { $until }
link-opens = 🕒 Opens { $opens }
link-buyer = 👤 For { $buyer }
link-anyone = 👥 For anyone who has the link
link-reference = 🏷 Order ID: { $reference }
link-slug = 🔗 Link ID: { $slug }
link-limit = 🔁 Limit: { $limit } (payments count, visits do not)
link-no-limit = 🔁 No limit
link-used = 💰 Paid: { $paid } · paying now: { $paying }
link-orders = 🧾 Orders: { $orders }
link-made = 🗓 Made { $made }
link-state-active = Active
link-state-busy = All being paid
link-state-exhausted = Sold out
link-state-expired = Expired
link-state-not-open = Not open yet
link-state-paused = Off
link-state-deleted = Deleted
link-share-text = { $name } · { $price }
link-share-for = Hi { $buyer }, here is the payment link for { $name }, { $price }:
link-button-copy = 📋 Copy
link-button-share = ↗ Share
link-button-whatsapp = 💬 WhatsApp
link-button-email = ✉️ E-mail
link-button-look = 👀 See the page
link-button-orders = 🧾 Orders ({ $count })
link-button-practice = 🧪 Try paying
link-button-details = 📄 Details
link-button-links = 🔗 All links
link-button-delete = 🗑 Delete
link-button-link = ◀ Link
link-button-new = ➕ New link

link-email-title = ✉️ <b>E-mail for { $buyer }</b>
link-email-how = Tap the line below to open it in your mail app, or copy the text.
link-email-subject = Payment link: { $name }
link-email-body =
    Hi { $buyer },

    here is the payment link for { $name }, { $price }:
    { $url }

    Thank you!
link-email-someone = there
link-button-copy-address = 📋 Copy address
link-button-copy-email = ✉️ Copy e-mail text

## The list of links
links-title = 🔗 <b>Links</b> · { $total }
links-hint = Tap one to see, share or delete it.
links-empty =
    🔗 <b>Links</b>

    No link yet. A payment link is a page where your customer pays: make one, send it, and your chat rings when the money is there.

    The quickest way is one line: <code>/new Black t-shirt 75000</code>
links-row-left = { $used }/{ $limit }
links-row-paid = { $used } paid
links-row-busy = busy
links-row-exhausted = sold out
links-row-expired = expired
links-row-not-open = not open yet
links-row-paused = off
links-row-deleted = deleted
links-button-newer = ◀ Newer
links-button-older = Older ▶

## Orders
orders-title = 🧾 <b>Orders</b> · { $name } · { $total }
orders-hint = Tap one to see who it is and how it stands.
orders-empty = No order yet. It appears here as soon as a customer fills in the form.
orders-pick = 🧾 <b>Orders</b>
    Which link’s orders do you want to see?
orders-none =
    🧾 <b>Orders</b>

    No orders yet. One appears as soon as a buyer fills in a link’s page.
orders-no-such = There is no order { $code } in your shop. The code stands in the payment notice, such as <code>/orders K7Q2M</code>.
order-title = 🧾 <b>{ $code }</b> · { $amount }
order-state = { $icon } { $state }
order-item = 🛍 { $item }
order-name = 👤 { $name }
order-phone = 📞 { $phone }
order-customer-erased = 👤 The customer’s details were erased
order-email = ✉️ { $email }
order-opened = 🗓 Ordered { $at }
order-pay-by = ⏳ { $method } chosen { $at }, to be paid by { $until }
order-tried = ▫️ { $method }: tried { $at }
order-flag-late = ⚠️ Paid after its time
order-flag-over-limit = ⚠️ Counted beyond the limit
order-flag-overpaid = ⚠️ More was paid than asked
order-flag-underpaid = ⚠️ Less was paid than asked
order-flag-duplicate-settled = ℹ️ Was paid twice; the extra has gone back, nothing left to do
order-flag-duplicate = ⚠️ Paid twice: one payment is to go back
order-flag-mismatch = ⚠️ The payment provider’s answer does not match this order. Check before you send anything.
order-state-open = Not paid yet
order-state-awaiting = Waiting for payment
order-state-paid = Paid
order-state-paid-unallocated = Money came, nothing left: accept or give back
order-state-going-back = Money is on its way back
order-state-part-going-back = A part is on its way back
order-state-partially-refunded = Partly refunded
order-state-refunded = Refunded
order-state-reversed = Taken back by the bank: DO NOT DELIVER
order-state-charged-back = Disputed by the customer’s bank: DO NOT DELIVER
order-state-expired = Not paid in time
order-state-closed = Closed, not paid
order-button-whatsapp = 💬 WhatsApp
order-button-orders = 📋 All orders
order-button-link = 🔗 This link

## Deleting
delete-question =
    🗑 <b>Delete “{ $name }”?</b>

    The link stops taking payments at once.
delete-orders = { $count ->
        [0] No order came through it.
        [one] 1 order stays saved.
       *[other] { $count } orders stay saved.
    }
delete-orders-where = Its orders are in /orders.
delete-paying = { $count ->
        [one] 1 customer is paying now and may finish during the next ten minutes.
       *[other] { $count } customers are paying now and may finish during the next ten minutes.
    }
delete-undo-hint = You can undo it for ten minutes.
delete-done = 🗑 <b>Deleted</b>
delete-until = ↩ Undo is possible until { $until }.
delete-no-undo = The ten minutes for undoing are over. Its orders stay saved.
delete-too-late = The ten minutes are over, so the link stays deleted. Its orders stay saved. /new makes a new one.
delete-restored = ↩ The link is back
delete-button-keep = ◀ Keep it
delete-button-yes = 🗑 Yes, delete
delete-button-undo = ↩ Undo

## Changing a link
change-title = ✏️ <b>Changing the link</b>
change-button-edit = ✏️ Edit
change-button-off = ⏸ Switch off
change-button-on = ▶️ Switch on
change-button-like = 📑 Make similar
change-button-save = ✅ Save
change-button-leave = ◀ Back
change-button-hour = ⏳ +1 hour
change-button-day = ⏳ +24 hours
change-button-week = ⏳ +7 days
change-price-hint = Orders that were made keep their old price.
change-saved = Saved
change-switched-off = Off. Whoever is paying may finish.
change-switched-on = On again
change-extended = It runs longer now
change-restocked = There is more of it now
change-like-lead = 📑 A new link with the same content. Change what you like.
change-refused-deleted = This link is deleted. Bring it back first, or make a similar one.
change-refused-limit = The limit is at least { $least }: { $paid } paid{ $paying ->
        [0] .
       *[other] , { $paying } being paid for.
    }
change-refused-currency = This link is in { $currency }, and stays so. For another currency make a similar one.
change-refused-buyer = { $count ->
        [one] There is 1 order
       *[other] There are { $count } orders
    } through this link, so it cannot become one buyer’s own. Make a similar one for that buyer.
change-refused-address = The address { $slug } can be guessed, so this link cannot name a buyer. Make a similar one with a random address.
