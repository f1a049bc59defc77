# Finding links and orders again: filters, words, and orders across links.

## Filters
finding-all = All
finding-active = Active
finding-sold-out = Sold out
finding-expired = Expired
finding-off = Off
finding-paid = Paid
finding-waiting = Waiting
finding-problem = Problems
finding-to-ship = To ship
finding-other = Others

## Titles
finding-links-title = 🔗 <b>Links</b> · { $filter } · { $total }
finding-links-found = 🔎 <b>Links</b> · “{ $words }” · { $total }
finding-orders-all = 🧾 <b>Orders</b> · { $total }
finding-orders-title = 🧾 <b>Orders</b> · { $filter } · { $total }
finding-orders-found = 🔎 <b>Orders</b> · “{ $words }” · { $total }
finding-orders-of-link = 🧾 <b>Orders</b> · { $name } · { $filter } · { $total }

## When there is nothing
finding-nothing = None.
finding-links-none = None. Try a part of the item's name, the buyer's name, or the Order ID.
finding-orders-none = None. Try a part of the buyer's name, the phone number, or the order code.
finding-forgotten = That search is long gone. Here is everything.

## Asking
finding-ask-links =
    🔎 <b>Find a link</b>

    Type a part of the item's name, the buyer's name, or the Order ID. Next time, straight away: <code>/links shirt</code>
finding-ask-orders =
    🔎 <b>Find an order</b>

    Type an order code, the buyer's name, or a phone number. Next time, straight away: <code>/orders Budi</code>
finding-words-long = ⚠️ That is too long to look for; at most 100 characters. A part will do, for example <code>shirt</code>.
finding-words-card = ⚠️ That looks like a card number, so I neither look for it nor keep it. Please never send card numbers in a chat. Type something else, for example <code>shirt</code>.

## Buttons
finding-button-search = 🔎 Search
finding-button-new = ➕ New
finding-button-again = 🔎 Search again
finding-button-clear = ✖ Clear filter
finding-button-back = ◀ Back
finding-button-orders = 🧾 Orders
finding-button-by-link = 🔗 By link

## Writing to the customer, in their language
customer-thanks = Hello { $name }, this is { $store }. We have received { $amount } for { $item } (order { $code }). Thank you!
customer-sent = Hello { $name }, this is { $store }. { $item } (order { $code }) is on its way to you. Thank you!
customer-reminder = Hello { $name }, this is { $store }. Order { $code } ({ $item }, { $amount }) is still waiting to be paid. If you have paid, please ignore this message. If not, here is its page:
customer-missed = Hello { $name }, this is { $store }. Order { $code } ({ $item }, { $amount }) was not paid in time. If you still want it, here is its page:
customer-question = Hello { $name }, this is { $store }. We have a question about the payment of order { $code } ({ $item }).
customer-about = Hello { $name }, this is { $store }, about order { $code } ({ $item }):
customer-button-telegram = ✈️ Telegram

## Reminding the customer
remind-title = 🔔 <b>A reminder for { $customer }</b>
remind-how = Open it in WhatsApp or Telegram, change what you like, and send it. Or tap the text to copy it.
remind-not-waiting = ℹ️ This order is not waiting to be paid, so there is nothing to remind of.
remind-button-copy = 📋 Copy text
remind-button = 🔔 Remind
follow-up =
    🔔 <b>Unpaid orders</b>

    When a customer has ordered and not paid, I can tell you, once for each order, with a reminder that is ready to send. As soon as the money comes or the order ends, I keep quiet.

    { $now }
follow-up-off = Now: off
follow-up-on = Now: { $hours } h after the order
follow-up-button = 🔔 Unpaid alerts
follow-up-button-auto = 🔔 Unpaid alerts
follow-up-button-off = Off
follow-up-button-hours = { $hours } h
notice-follow-up = 🔔 <b>Not paid yet</b>: { $customer } · { $amount }
notice-follow-up-order = { $item } · ordered { $at } · { $code }
notice-follow-up-advice = They may have forgotten. A reminder is ready: open it, look at it, send it.

## Sending the goods
ship-button = 📦 Mark as shipped
ship-button-undo = ↩ Not shipped
ship-done-toast = 📦 Marked as shipped
ship-undone-toast = ↩ Not shipped any more
ship-before-toast = Already done
ship-viewer-toast = 🔒 Only the shop's staff can mark it
ship-line-mine = 📦 Shipped { $at } · marked by you
ship-line = 📦 Shipped { $at } · marked by { $person }
ship-gone-line = ⚠️ The goods had been marked as shipped before the money went. If they are still on their way, stop them; talk to the customer.
log-goods-shipped = marked { $code } as shipped
log-goods-not-shipped = marked { $code } as not shipped
notice-shipped-before = 📦 The goods had been marked as shipped { $at }.
