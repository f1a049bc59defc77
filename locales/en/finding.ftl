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
