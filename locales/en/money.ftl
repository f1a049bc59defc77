# What a seller does about an order's money: accept, give back, say that it was sent back.

money-subject = { $code } · { $customer } · { $item }

money-button-accept = ✅ Accept
money-button-give-back = ↩ Give money back
money-button-give-back-yes = ↩ Yes, give it back
money-button-keep = ◀ No, leave it
money-button-not-yet = ◀ Not yet
money-button-sent = ✅ I sent it back
money-button-sent-yes = ✅ Yes, I sent it
money-button-amount = ✏️ Another amount
money-button-back = ◀ Back

money-which = ↩ <b>Which payment should go back?</b>
money-which-line = { $number }. { $amount } · { $method } · { $at }
money-which-surplus = { $number }. { $amount } · { $method } · { $at } · <b>extra</b>
money-ask-gateway =
    ↩ <b>Give { $amount } back to { $customer }?</b>
    { $method } sends it for you. Once it is on its way, it cannot be stopped.
money-ask-accept =
    ✅ <b>Accept { $amount } from { $customer }?</b>
    Nothing is left of { $item }, so this counts beyond the limit. Accept only if you can deliver.
money-ask-sent-back =
    ✅ <b>Did you really send { $amount } back to { $customer }?</b>
    This goes into your books and cannot be undone.
money-ask-once = The button works once, for ten minutes.
money-ask-amount =
    ✏️ <b>How much should go back?</b> Up to { $left } can.
    Type the amount, such as <i>50000</i> or <i>50k</i>.
money-amount-unclear = ⚠️ The amount “{ $typed }” is not clear. Write just the number.

money-by-hand-title = ↩ <b>Send { $amount } back yourself</b>
money-by-hand-method = { $method } cannot send money back, so please transfer it to the customer yourself.
money-by-hand-too-late = { $method } could have sent it back, but its time for that is over.
money-by-hand-only-whole = { $method } gives back all or nothing, so a part has to come from you.
money-by-hand-beyond-charge = { $method } gives back no more than was asked for, so this has to come from you.
money-by-hand-steps = Ask for an account number, send the money, and then press <b>I sent it back</b>. Until then nothing is booked.
money-by-hand-greeting = Hello { $name }, this is { $store }. We are giving { $amount } back to you for order { $code } ({ $item }). Where may we send it? Please tell us bank, account number and name.

money-done-accept = ✅ <b>Accepted.</b> It counts as paid: please deliver it.
money-done-deliver = 📦 <b>It counts as paid</b> like any other: please deliver it.
money-done-refund = ↩ <b>{ $amount } is going back to { $customer }.</b> I will tell you when the payment provider has confirmed it.
money-done-sent-back = ✅ <b>Written down:</b> you sent { $amount } back to { $customer }.
money-done-before = 👌 That was done already, once. Here is the order as it stands.
money-too-old = ⌛ The ten minutes for that button are over. Nothing has changed: start again below if you still want to.
money-not-allowed = 🔒 You can look around in this shop, but not move money. Ask the owner for the staff role.

money-refused-not-paid = ℹ️ No money has come for this, so there is nothing to do.
money-refused-counted = 👌 This is paid and counted already.
money-refused-not-counted = ℹ️ Nothing was left when this money came. Accept it first, or give it back.
money-refused-went-back = ℹ️ The money went back already.
money-refused-going-back = ℹ️ The money is on its way back already.
money-refused-taken-back = 🛑 <b>Do not deliver:</b> the bank took this money away. There is nothing to give back.
money-refused-disputed = 🛑 <b>Do not send this money back:</b> the customer’s bank disputes it and decides.
money-refused-not-settled = ⏳ The card has not been settled yet. Please try again tomorrow.
money-refused-amount = ⚠️ The amount must be more than zero.
money-refused-only-by-hand = ℹ️ The payment provider can no longer send this back. Press <b>Give money back</b> below to see how.
money-refused-too-much = ⚠️ { $asked } is more than there is: { $left } is left to give back.

money-line-came = ✅ { $amount } came { $at } · { $method }
money-line-came-again = ✅ { $amount } is there again { $at } · { $method }
money-line-taken-back = 🛑 { $amount } taken back by the bank { $at }
money-line-disputed = 🛑 { $amount } held by the customer’s bank { $at }
money-line-still-there = 👛 Still with you: { $amount }
money-line-under-way = ↩ { $amount } on its way back since { $at }
money-line-returned = ↩ { $amount } given back { $at }
money-line-by-hand = ↩ { $amount } sent back by hand { $at }
money-line-failed = ⚠️ { $amount } could not be given back { $at }
