# What rings in a seller's chat.

notice-button-order = 🧾 This order
notice-button-accept = ✅ Accept
notice-button-deliver = 📦 Deliver
notice-button-give-back = ↩ Give it back
notice-button-try-again = 🔁 Try again
notice-button-sent-back = ✅ I sent it back
notice-button-orders = 📋 All orders
notice-button-whatsapp = 💬 WhatsApp
notice-button-link = 🔗 The link
notice-button-new = ➕ New link
notice-left = { $remaining ->
    [0] none left
   *[other] { $remaining } left
}
notice-no-limit = no limit
notice-late-minutes = { $count ->
    [one] 1 minute late
   *[other] { $count } minutes late
}
notice-late-hours = { $count ->
    [one] 1 hour late
   *[other] { $count } hours late
}
notice-late-days = { $count ->
    [one] 1 day late
   *[other] { $count } days late
}

notice-paid = 💰 <b>{ $amount }</b> from { $customer }
notice-paid-late = 💰⏰ <b>{ $amount }</b> from { $customer }, after its time
notice-paid-late-by = 💰⏰ <b>{ $amount }</b> from { $customer }, { $late }
notice-paid-late-advice = The money came after the customer’s deadline, and there was still one left: it counts as paid. Deliver it, or give it back.
notice-paid-unallocated = ⚠️ <b>{ $amount }</b> from { $customer }, but nothing is left
notice-paid-unallocated-late = ⚠️ <b>{ $amount }</b> from { $customer } came { $late }, and nothing is left
notice-paid-unallocated-advice = The money came when everything was taken. You decide: accept it and deliver, or give it back.
notice-underpaid = ⚠️ { $customer } has paid only <b>{ $amount }</b> of { $asked }
notice-underpaid-advice = This is <b>not paid</b>, so do not deliver yet. The rest cannot be paid on the same order. Talk to the customer: give the money back, and send a new link if they still want it.
notice-overpaid = ⚠️ <b>{ $amount }</b> instead of { $asked } from { $customer }
notice-overpaid-advice = The order is paid. Give back what is too much.
notice-duplicate-payment = ⚠️ { $customer } paid a second time: <b>{ $amount }</b>
notice-duplicate-payment-advice = The order was paid already. Deliver once, and give the second payment back.
notice-duplicate-reversed = ↩️ One of two payments of { $customer } was taken back: <b>{ $amount }</b>
notice-duplicate-reversed-advice = The other payment stands and the order stays paid. Give nothing back any more.
notice-restored = ✅ The bank no longer takes back <b>{ $amount }</b> from { $customer }: the order is <b>paid again</b>, you can deliver
notice-reversed = 🛑 <b>DO NOT DELIVER</b>: the bank took back { $amount } from { $customer }
notice-reversed-advice = This order is <b>not paid</b>. If the goods are on their way, stop them. Talk to the customer first.
notice-partially-refunded = ↩ <b>{ $amount }</b> went back to { $customer } (the order costs { $asked })
notice-refunded = ↩ <b>{ $amount }</b> went back to { $customer }
notice-refunded-advice = This order is no longer paid. If it has not left yet, <b>do not deliver</b>.
notice-partially-refunded-advice = The order goes on: deliver as you agreed with the customer.
notice-surplus-returned-advice = The order stays <b>paid</b>: deliver it once.
notice-place-stays = The sale still counts, so the link has no more left than before.
notice-charged-back = 🛑 <b>DO NOT DELIVER</b>: the bank of { $customer } disputes { $amount }
notice-charged-back-advice = Already delivered? Keep the proof: tracking number, photos, messages. The payment provider will ask for it.
notice-accepted = ✅ <b>{ $amount }</b> from { $customer } was accepted beyond the limit: deliver it
notice-returned-by-hand = ↩ <b>{ $amount }</b> was sent back to { $customer } by hand
notice-refund-failed = ⚠️ <b>{ $amount }</b> could not be given back to { $customer }
notice-refund-failed-advice = The payment provider refused, so the customer has no money back yet. Try again, or send it yourself and then press <b>I sent it back</b>.
notice-refund-failed-advice-in-place = The payment provider refused, so the customer has no money back yet. Tap <b>Open the order</b> to try again, or to note that you sent it yourself.
notice-sold-out =
    🏁 <b>{ $item }</b> is sold out
    { $paid ->
        [one] Its one payment has been made.
       *[other] All { $paid } payments have been made.
    }

burst-payments = 🔔 { $count ->
    [one] <b>1 payment</b>
   *[other] <b>{ $count } payments</b>
} · <b>{ $total }</b> since { $since }
burst-item = 🛍 { $item }
burst-button-orders = 🧾 Orders
burst-button-see-all = 👀 See all
burst-button-all = 🔗 All links
line-payment = { $code } · { $customer } · { $amount }
line-payment-pieces = { $code } · { $customer } · × { $pieces } · { $amount }
line-payment-item = { $code } · { $customer } · { $item } · { $amount }
line-practice = 🧪 { $line } · practice

missed-headline = { $count ->
    [one] 👋 <b>While you were away</b>, one message came:
   *[other] 👋 <b>While you were away</b>, { $count } messages came:
}
missed-more = … and { $count } more. Nothing is lost: all of them are in your orders.
missed-restored = ✅ { $line } (not taken back after all, paid again)
missed-partially-refunded = ↩ { $line } (a part went back)
missed-returned-by-hand = ↩ { $line } (sent back by hand)
missed-refunded = ↩ { $line } (went back)
missed-paid = 💰 { $line } (paid)
missed-sold-out = 🏁 { $item } is sold out
