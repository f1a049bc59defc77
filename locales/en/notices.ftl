# How each person is told: quiet hours, what rings, the recap, and questions of customers.

## The settings of it.
settings-button-notices = 🔔 My notices
notices =
    <b>🔔 My notices</b>
    These are yours alone. Everybody else in the shop has their own.

    🌙 Quiet hours: { $quiet }
    🌙 Daily recap: { $recap }

    ✅ rings · ⬜ arrives without a sound. You always hear of payments, with a sound outside quiet hours. Orders that nobody paid are reported only if you tick them, always without a sound.

    { $mode }
notices-off = off
notices-daily = every day at { $time }
notices-hours = { $from }–{ $until } { $zone }
notices-time = { $time } { $zone }
notices-button-quiet = 🌙 Quiet hours
notices-button-recap = 🌙 Daily recap
notices-button-sold-out = Sold out
notices-button-news = Money returned
notices-button-questions = Customer asks
notices-button-unpaid = Not paid
notices-button-off = Off
notices-quiet =
    <b>🌙 Quiet hours</b>

    Everything still arrives at once, only without a sound. One thing rings all the same: the bank takes a customer's money back, so that nothing is sent off by mistake.

    Now: { $now }
    Tap a choice, or type the hours, such as <code>22-6</code>.
notices-quiet-unclear = ⚠️ I cannot read “{ $typed }” as hours. Write when they begin and end, such as <code>22-6</code> or <code>21:30-05:00</code>.
notices-recap =
    <b>🌙 Daily recap</b>

    One message a day, without a sound: what was paid, what is waiting, and what needs your answer. On a day without news there is no message.

    Now: { $now }
    Tap the hour, or type it, such as <code>19:30</code>.
notices-recap-unclear = ⚠️ I cannot read “{ $typed }” as a time. Write one, such as <code>20</code> or <code>19:30</code>.

## The recap.
recap-title =
    🌙 <b>Daily recap</b>
    { $since } – { $until }
recap-paid = ✅ Paid: { $count } · <b>{ $sum }</b>
recap-none-paid = No new payments.
recap-late = ⏰ Came after their time: { $count }
recap-answer = ⚠️ Need your answer: { $count }
recap-to-ship = 📦 Not marked as sent: { $count }
recap-waiting = ⏳ Waiting for their customer: { $count }
recap-unpaid = ⌛ Not paid after all: { $count }
missed-recap = 🌙 Recap until { $until }: { $count } paid

## Orders without money.
unpaid-expired = ⌛ { $customer } did not pay <b>{ $amount }</b>: the time is over
unpaid-failed = ⌛ A payment of <b>{ $amount }</b> by { $customer } did not work out
unpaid-hint = No money was seen so far. If any comes, you hear of it at once.
missed-unpaid = ⌛ { $line } (not paid after all)

## The first payment.
first-payment-sandbox = 🎉 Your first practice payment! This is what it will be like with real money.
first-payment-live = 🎉 The first payment of your shop. Congratulations, may it be the first of many!
first-payment-button-recap = 🌙 Daily recap

## The question, in the seller's chat.
asked-expired = 🙋 Somebody asks for <b>{ $item }</b>, which has ended
asked-sold-out = 🙋 Somebody asks for <b>{ $item }</b>, which is sold out
asked-paused = 🙋 Somebody asks for <b>{ $item }</b>, which is switched off
asked-hint = One tap opens it again, and the customer's page shows it at once.
asked-button-hour = ⏳ +1 hour
asked-button-day = ⏳ +24 hours
asked-button-price = 💰 New price
asked-button-no = ✖ No
asked-over-toast = This link waits for no answer any more
asked-declined = All right. For a day the page of <b>{ $item }</b> says that there is no more for now. You can open it again at any time.
missed-asked = 🙋 { $item } was asked for
