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
