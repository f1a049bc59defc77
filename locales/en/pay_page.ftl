## What stands on every page.
pay-sandbox-banner = Practice mode: no real money moves here.
pay-language-switch = Bahasa Indonesia
pay-footer = Payment page by Tautan
pay-to-store = Pay { $store }
pay-step-details = Details
pay-step-method = Method
pay-step-pay = Pay
pay-steps-label = Your progress
pay-copy = Copy
pay-copied = Copied
pay-copy-failed = Press and hold to copy
pay-amount-label = Amount
pay-price-label = Price
pay-order-code = Order code

## The link page.
pay-preview = { $amount } to { $store }
pay-preview-state = { $amount } to { $store }. { $state }
pay-left = { $count ->
    [one] Only one left
   *[other] { $count } left
 }
pay-left-last = The last one
pay-valid-until = Valid until { $when }
pay-price-from = From { $amount }
pay-price-between = { $least } – { $most }
pay-pieces-fact = Price of one, up to { $count }
pay-own-amount = How much you pay
pay-own-amount-from = At least { $least }
pay-own-amount-between = From { $least } to { $most }
pay-pieces = Quantity
pay-pieces-hint = 1 to { $count } pieces, { $amount } each
pay-discount = Discount
pay-error-amount-empty = Please fill in the amount, for example 100,000.
pay-error-amount-odd = Digits only, for example 100,000.
pay-error-amount-unclear = This could mean { $amounts }. Write it in full, for example 100,000.
pay-error-amount-below = At least { $least }.
pay-error-amount-above = At most { $most }.
pay-error-pieces = A whole number from 1 to { $count }, please.
pay-letter = A message from { $store }
pay-form-title = Who is paying?
pay-form-title-named = Hello { $name }!
pay-form-lead-named = This payment was prepared for you.
pay-name = Name
pay-name-hint = As { $store } should know you
pay-phone = Mobile number
pay-phone-hint = For example 0812 3456 7890
pay-email = E-mail
pay-email-hint = For example budi@example.com
pay-continue-to-method = Choose how to pay
pay-form-why = These details are for your order alone: { $store } and its payment provider see them.
pay-leave-empty = Leave this empty
pay-form-check = Please look at the marked fields again.
pay-form-again = Nothing was sent yet, to be on the safe side. Please press the button once more.
pay-form-too-often = Too many requests came from your internet connection. Nothing you typed is lost. Please press the button again { $count ->
    [one] in a second.
   *[other] in { $count } seconds.
 }
pay-form-price-changed = The price is { $amount } now. Press the button if that is all right with you.
pay-error-name-empty = Please type your name.
pay-error-name-long = That is too long: at most { $max } characters fit.
pay-error-name-card = Please type only your name. Never type a card number here.
pay-error-phone-empty = Please type your mobile number, for example 0812 3456 7890.
pay-error-phone-odd = Only digits, please, for example 0812 3456 7890.
pay-error-phone-short = Some digits are missing. For example 0812 3456 7890.
pay-error-phone-long = These are too many digits. For example 0812 3456 7890.
pay-error-phone-country = Please start with 0 or with your country code, for example +65 8123 4567.
pay-error-email-empty = Please type your e-mail address, for example budi@example.com.
pay-error-email-long = This address is too long. For example budi@example.com.
pay-error-email-card = Please type only your e-mail address. Never type a card number here.
pay-error-email-odd = This does not look like an e-mail address. For example budi@example.com.

## How a link stands when it takes no payment.
pay-state-deleted = { $store } has taken this link back.
pay-state-deleted-hint = If you still want to buy, ask for a new link.
pay-state-paused = This link is taking a break.
pay-state-paused-hint = Nothing can be paid here right now. { $store } can switch it on again.
pay-state-not-open = It is not time yet.
pay-state-not-open-hint = You can pay here from { $when }.
pay-state-not-open-soon = You can pay here a little later.
pay-state-expired = This link has ended.
pay-state-expired-hint = It was valid until { $when }. Ask { $store } for a new link if you still want to buy.
pay-state-expired-plain = Ask { $store } for a new link if you still want to buy.
pay-state-exhausted = Sold out.
pay-state-exhausted-hint = Every payment this link takes has been made. Ask { $store } whether there is more.
pay-state-busy = Someone is paying right now.
pay-state-busy-hint = If they do not finish, you can pay from { $when }. This page looks again by itself.
pay-state-busy-ends = This link ends { $when }, before there is sure to be another turn. Ask { $store }. This page looks again by itself.
pay-state-busy-soon = If they do not finish, you can pay in a little while. This page looks again by itself.
pay-ask-button = Still available?
pay-ask-lead = One tap tells { $store } that somebody is looking for it. No name or number is needed.
pay-ask-told = { $store } was told ({ $when }) that somebody is looking for this. If it opens again, this page shows it at once.
pay-ask-declined = { $store } answered: there is no more of it for now.
pay-ask-later = { $store } is getting many questions just now. Please try again later.

## A customer who comes back to the link.
pay-own-waiting = You have started already.
pay-own-waiting-hint = Order { $code } is waiting for your payment.
pay-own-waiting-until = Order { $code } is waiting for your payment. You can still pay it until { $when }.
pay-own-continue = Continue your payment
pay-own-paid = You have paid this.
pay-own-paid-hint = Order { $code } is paid. Thank you!
pay-own-look = Look at your order
pay-own-other = You have an order here.
pay-own-other-hint = Order { $code }: look up how it stands.
pay-own-money = We have money of yours.
pay-own-money-hint = { $amount } of { $price } has arrived for order { $code }. Look there before you pay again.
pay-own-back-hint = { $amount } arrived for order { $code } and went back.
pay-own-unseen = You were here before.
pay-own-unseen-hint = We have seen no payment for order { $code }. Did you transfer? Then do not pay again: look there.
pay-again = Buy once more
pay-start-new = Start a new order instead

## Choosing how to pay.
pay-choose-title = How would you like to pay?
pay-choose-other = Choose another way to pay
pay-choose-hint = Your place is kept while you change. What stands above then no longer works. Paid already? Then do not change: just wait here.
pay-choose-last = This is the last time you can change.
pay-choose-no-more = The way to pay cannot be changed any more. Please pay with this one, or ask { $store }.
pay-choose-none = There is no way to pay this amount right now. Please tell { $store }.
pay-choose-none-now = There is no way to pay at the moment. Please let { $store } know.

## Paying.
pay-do-title = Pay with { $method }
pay-do-deadline = Pay before
pay-do-time-left = Time left
pay-do-exact = Pay exactly this amount.
pay-do-name = Your bank may show the name of the payment provider instead of { $store }. The amount must be exactly { $amount }.
pay-number-label = Virtual account number
pay-biller-label = Company code
pay-bill-key-label = Payment code
pay-how-title = How to do it
pay-watching = This page changes by itself as soon as your payment arrives.
pay-watching-no-script = This page looks again every 20 seconds.
pay-practice-lead = This is practice. Pay on the simulated bank's page:
pay-practice-open = Open the simulated bank

## What a choice of method came to.
pay-said-earlier-valid = We could not call off the number you had. It is still good: please pay with it.
pay-said-method-refused = The bank cannot take this method right now. Nothing was charged. Please choose another one.
pay-said-too-many = You have changed the way to pay many times. Please pay with what you have, or ask { $store }.
pay-said-network = This internet connection has many unfinished payments. Nothing was charged by this. Try again in a few minutes, or switch from Wi-Fi to mobile data.
pay-said-too-often = Too many requests came from your internet connection. No money was taken. Please choose again { $count ->
    [one] in a second.
   *[other] in { $count } seconds.
 }
pay-said-over = This order can no longer be paid.
pay-said-unknown-method = This method is not offered. Please choose one from the list.

## How an order stands.
pay-denied-note = The bank declined the last try, and no money has reached us. You can choose another way.
pay-expired-note = The time for the last try is over: the earlier { $method } no longer works. Paid there already? Do not pay again: wait here, or ask { $store }. If not, you can choose again.
pay-failed-note = The bank could not prepare the last try. Nothing was charged by it. You can choose again.
pay-earlier-dead = The earlier { $method } no longer works. Paid there already? Do not pay again: wait here, or ask { $store }.
pay-checking = Asking the bank …
pay-checking-hint = This takes a few seconds. You will not be charged twice.
pay-reviewing = The bank is looking at your payment.
pay-reviewing-hint = This page tells you as soon as it is decided. You need not pay again.
pay-closing = The time to pay is over.
pay-closing-hint = Did you pay just before? Then wait a moment: this page will say so by itself. Please do not pay with this number any more.
pay-ended = This order has ended without a payment.
pay-ended-hint = You were not asked for any money.
pay-ended-again = Start again
pay-ended-link = Back to the link
pay-unseen = We have seen no payment.
pay-unseen-hint = If you did transfer, keep your proof and do not pay again: this page tells you when it arrives.
pay-tries-over = This order was tried as often as is possible.
pay-paid = Paid. Thank you!
pay-paid-hint = { $store } has received your payment and knows about your order.
pay-shipped = The goods were shipped { $at }.
pay-paid-overpaid = You sent more than the price: { $amount } too much. { $store } knows and will be in touch about it.
pay-paid-twice = Your money arrived twice: { $amount } too much. { $store } knows and will give it back.
pay-extra-back = What was too much has been sent back to you.
pay-part-returning = { $amount } is on its way back to you.
pay-returning = Your money is on its way back.
pay-returning-hint = { $store } is sending { $amount } back to you. This page tells you when it has left.
pay-underpaid = We received less than the price.
pay-underpaid-hint = Your money is safe and { $store } knows about it. Do not transfer again until { $store } has answered.
pay-again-whole = If you still want to buy, you can pay again: the whole price at once.
pay-mismatch = We are checking your payment.
pay-mismatch-hint = Something about it needs a person's eye. Please do not pay again.
pay-unallocated = We have your money.
pay-unallocated-hint = It came when nothing was left. { $store } knows and will contact you: you get your order, or your money back.
pay-partially-refunded = A part of your money was sent back.
pay-partially-refunded-hint = You paid { $paid }; { $amount } of it was sent back. Depending on your bank it can take some days to arrive.
pay-refunded = Your money was sent back.
pay-refunded-hint = Depending on your bank it can take some days to arrive.
pay-reversed = The bank took this payment back.
pay-reversed-hint = The order is no longer paid. Look at your account to see where the money is.
pay-disputed = This payment is disputed.
pay-disputed-hint = The money went back to your bank until it is settled. Ask your bank how it stands, and talk to { $store }.
pay-contact = Questions? Write to { $store } in the chat where you got this link, and name { $code }.
pay-money-received = Received
pay-money-sent-back = Sent back
pay-money-under-way = On its way back
pay-money-taken = Taken back by the bank
pay-money-disputed = Disputed
pay-money-missing = Missing
pay-money-extra = Too much
pay-receipt-open = Show the receipt
pay-in-chat = Follow this order in Telegram

## The receipt.
pay-receipt-title = Receipt
pay-receipt-from = From
pay-receipt-item = Item
pay-receipt-method = Paid with
pay-receipt-time = Paid at
pay-receipt-customer = Paid by
pay-receipt-reference = Payment reference
pay-receipt-state = State
pay-receipt-state-paid = Paid
pay-receipt-print = Print or save
pay-receipt-pdf = Save as PDF
pay-receipt-back = Back to the order
pay-receipt-sandbox = Practice receipt: no real money was paid.

## When something is not there or went wrong.
pay-lost-title = There is nothing at this address.
pay-lost-hint = Check the link, or ask the seller to send it again.
pay-wrong-verb = This page cannot be used like that.
pay-wrong-verb-hint = Go back and open the link again.
pay-too-large = That was too much to send.
pay-too-large-hint = Go back and shorten what you typed.
pay-unreadable = We could not read what was sent.
pay-unreadable-hint = Go back, reload the page and try again.
pay-too-slow = That took too long to arrive.
pay-too-slow-hint = Check your connection and try again. Nothing was charged.
pay-too-often = One moment, please.
pay-too-often-hint = Too many requests came from your internet connection. No money was taken. Wait a few seconds, then open the link again.
pay-foreign = We could not tell that this came from our page.
pay-foreign-hint = Open the link again and press the button there. Nothing was charged.
pay-fault = Something went wrong on our side.
pay-fault-hint = Nothing was charged by this. Try again in a moment. If it stays, tell the seller this reference:
pay-landing-title = Payment links that live in chat
pay-landing-lead = This address serves payment pages. To pay, open the link that the seller sent you.
