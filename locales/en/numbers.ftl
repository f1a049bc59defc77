# Numbers: figures of the shop and of a link, and orders as files. Labels and toasts without markup.

command-stats = Sales in numbers and a chart
button-figures = 📊 Figures

## Periods
numbers-period-today = Today
numbers-period-seven = 7 days
numbers-period-thirty = 30 days
numbers-period-month = This month
numbers-period-last-month = Last month
numbers-period-always = From the start

## Figures
numbers-title = <b>📊 { $name } · { $period }</b>
numbers-total = 💰 <b>{ $sum }</b> · payments: { $payments } · average: { $average }
numbers-none = 💰 No payment yet.
numbers-funnel = 👁 { $opened } opened → 📝 { $details } gave details → 💳 { $method } chose a method → ✅ { $paid } paid
numbers-share = { $percent }% of those who opened have paid
numbers-best-title = <b>🏆 Best links</b>
numbers-best-line = { $rank }. { $name } · { $sum } · { $payments }×
numbers-counted = <i>Counted: money that came, less what went back to customers.</i>
numbers-today =
    <b>{ $store }</b> today: { $paid ->
        [0] no payment yet
        [one] 1 payment · <b>{ $sum }</b>
       *[other] { $paid } payments · <b>{ $sum }</b>
    }, { $waiting } waiting to be paid
numbers-button-figures = 📊 More
numbers-button-link = 📊 Figures

## Orders as files
export-ask =
    <b>⬇ Orders as a CSV file</b>

    For Excel or Google Sheets: all orders made in that time, with your customers' details. Which time?
export-begun = ⬇ Orders “{ $period }” are being put together. The file follows below.
export-busy = One moment, the other file is still being made.
export-done =
    <b>{ $store }</b> · { $period } · orders: { $orders }
    It holds your customers' details: keep it safe.
export-empty = No orders: { $period }.
export-failed = 😔 Sorry, the file could not be sent. Nothing is lost. Please try again in a moment.
export-viewer = 🔒 A file of orders holds customers' details, so it is for owners and staff. The sums are in the figures.
export-button-other = 🗓 Another time
export-button-again = 🔄 Try again
export-button-shop = 📦 Whole shop
export-shop-not-owner = 🔒 Only its owner can take the whole shop home.
export-shop-begun = 📦 The whole shop is being put together. The file follows below.
export-shop-done =
    <b>📦 { $store }</b>: all its links, orders and books ({ $rows } rows), ready to be read by Tautan elsewhere.
    It holds your customers' details: keep it safe. Keys and secrets are not in it.
    To move, give this file and your id (/me) to whoever runs the new bot.
export-shop-too-large = 😔 The shop is too large to be sent in a chat. Please ask whoever runs this bot for a copy.
numbers-button-export = ⬇ CSV

## Titles of columns, and words in the file
export-file = orders
export-code = Code
export-made = Ordered
export-state = State
export-item = Item
export-reference = Order ID
export-name = Name
export-phone = Phone
export-email = E-mail
export-currency = Currency
export-price = Price
export-came = Came
export-went = Went back
export-left = Left
export-paid = Paid
export-method = Method
export-mode = Mode
export-sandbox = Sandbox, not real money
export-live = Live
