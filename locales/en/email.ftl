# Letters to customers by e-mail.

letter-practice = This is practice. No real money moves.
letter-practice-subject = [Practice] { $subject }
letter-hello = Hello { $name },
letter-hello-someone = Hello,
letter-until = Pay before
letter-no-answer = Nobody reads answers to this letter. Questions? Write to { $store } in the chat where you know them from.
letter-check-address = Payment pages of this shop are always at { $host }. Please check the address before you pay.

letter-link-subject = { $store }: payment link for { $item }
letter-link-title = { $store } has made a payment link for you
letter-link-line = Open the page to see what it is for and to choose how you want to pay.
letter-link-opens = Opens
letter-link-button = Open the payment page
letter-link-why = You get this letter because { $store } made a payment link for this address.

letter-do-subject = { $store }: how to pay { $amount }
letter-do-title = Pay { $amount } by { $method }
letter-do-number = Pay exactly this amount to this number. The steps for each bank are on your order page.
letter-do-bill = In Livin' or at a Mandiri ATM, type that company code, then the payment code, and pay exactly this amount. The steps are on your order page.
letter-do-counter = Say this code at the counter and pay the exact amount.
letter-do-qr = Open the page and scan the QR code with your bank or wallet app.
letter-do-page = Open the page and go on from there.
letter-do-until = Please pay before { $until }.
letter-do-button = Open your order

letter-receipt-subject = { $store }: receipt for { $item }
letter-receipt-title = { $amount } has arrived
letter-receipt-line = Thank you. { $store } knows that you have paid. The receipt is attached as a PDF.
letter-receipt-line-page = Thank you. { $store } knows that you have paid. The receipt is on the page below.
letter-receipt-button = Show the receipt
letter-receipt-why = You get this letter because this address was given with an order at { $store }. If that was not you, there is nothing to do.

letter-expiry-subject = { $store }: { $item } was not paid in time
letter-expiry-title = The time to pay is over
letter-expiry-again = We have not seen your payment in time. You can still choose a way to pay on the page.
letter-expiry-later = We have not seen your payment in time. The page cannot take a payment right now; open it again later, or ask { $store }.
letter-expiry-over = We have not seen your payment in time, and the page takes none any more. Ask { $store } if you would still like it.
letter-expiry-paid = Have you paid? Then there is nothing to do: as soon as the bank tells us, you get your receipt.
letter-expiry-button = Open your order

letter-turn-subject = { $store }: it is your turn for { $item }
letter-turn-title = It is your turn
letter-turn-line = { $item } is free for one more. It is not kept for you: whoever chooses a way to pay first gets it.
letter-turn-until = Please choose before { $until }. After that the next in line hears of it, too.
letter-turn-button = Choose a way to pay

## The receipt as a PDF.
receipt-pdf-name = receipt-{ $code }.pdf
receipt-pdf-made = Made by Tautan for { $store }. The order's page always shows how it stands now.

## The seller's chat.
letter-goes-to = ✉️ The link goes to { $email } by e-mail.
letter-went-to = ✉️ The link went to { $email } by e-mail, { $at }.
letter-not-sent = ⚠️ The e-mail to { $email } was not delivered.
letter-button-again = ✉️ Send it again
letter-again-toast = It is being sent again
letter-enough-toast = It was tried often enough for one day. Please send the link yourself, or correct the address.
letters-go = ✉️ { $count ->
        [one] One link goes to its customer by e-mail.
       *[other] { $count } links go to their customers by e-mail.
    }
notice-letter-failed =
    ✉️ <b>The letter did not arrive</b>
    The payment link for { $item } could not be sent to { $email }. Please send it yourself, or correct the address on the link's card.
notice-letters-left =
    ✉️ <b>Some links were not sent</b>
    More letters were to go than one day allows, and some waited for too long: the payment link for { $item } to { $email } and maybe others. Please send them yourself.
