# The rehearsal: a seller plays one payment, from the customer's page to the evening's recap.

rehearsal-button = ▶ Practice payment
rehearsal-item = Sample: Plain T-shirt
rehearsal-customer = Sample Customer

## Beginning, going on, stopping.
rehearsal-offer =
    <b>▶ Practice payment</b>

    Play one payment from start to end: the customer's page, a pretend payment, the notice that rings here, and the evening's recap. It takes about a minute.

    Which link shall we use? A sandbox link of your own counts one practice payment.
rehearsal-resume =
    <b>▶ Practice payment</b>

    You have one unfinished: <b>{ $item }</b>, step { $step } of 6. Go on with it?
rehearsal-over = ⌛ That practice is over.
rehearsal-link-unfit = ⚠️ That link cannot be used for practice now. Please choose another one.
rehearsal-thrown-away = ✅ Practice done. I threw the sample link away; its order, if there is one, stays as a sandbox record.
rehearsal-stopped = ✅ Practice done. Your link stays as it was.
rehearsal-viewer = 👀 Practice makes a sandbox order, so it is for the owner and staff of this shop. Ask them to play it with /test.
rehearsal-no-sandbox = ⚠️ Practice needs a sandbox account, and none is connected now that could take IDR 75,000. The shop's owner can look at ⚙️ Settings → 🔌 Midtrans & mode; if that does not help, ask whoever runs this bot.

## Six steps.
rehearsal-opened =
    <b>1/6 · The customer opens the link</b>

    { $item } · { $price }
    { $address }

    Open the page if you want to see what customers see. In here, you are the customer.
rehearsal-filled-in =
    <b>2/6 · The customer gives details</b>

    👤 { $name }
    📞 { $phone }
    ✉️ { $email }

    All made up. There is an order { $code } now, and nothing has been charged yet.
rehearsal-methods =
    <b>3/6 · The customer chooses how to pay</b>

    Tap one, as customers do on their page.
rehearsal-methods-again =
    <b>3/6 · The customer chooses how to pay</b>

    The last one can be changed, or its time is over. Tap a method.
rehearsal-no-methods =
    <b>3/6 · The customer chooses how to pay</b>

    ⚠️ The sandbox payment provider has no method for this amount. End this practice, then try it with my sample.
rehearsal-instructions =
    <b>4/6 · The customer pays</b>

    { $amount } by { $method }, until { $until }
rehearsal-number = Number: { $number }
rehearsal-bill = Biller code { $biller }, bill key { $key }
rehearsal-qr = The QR code is on the customer's page.
rehearsal-outside = What the customer opens is the button on their page.
rehearsal-pay-here = It is a pretend bank: one tap below pays. Then listen to this chat.
rehearsal-pay-there = This is Midtrans' sandbox, so pay in its simulator: open it, paste the number above, pay. When this chat rings, tap 🔄 Check.
rehearsal-pay-qr-there = This is Midtrans' sandbox, so pay in its simulator: open it, paste the address of the QR picture from the customer's page, pay. When this chat rings, tap 🔄 Check. A VA number is easier to paste.
rehearsal-pay-outside = This is Midtrans' sandbox, so pay on its test page: open it and pay. Test card: 4811 1111 1111 1114, any future expiry, CVV 123, OTP 112233. When this chat rings, tap 🔄 Check.
rehearsal-pay-nobody = ⏳ The payment provider has not answered yet, so there is nothing to pay. Tap 🔄 in a moment.
rehearsal-paid =
    <b>5/6 · Paid, and you are told</b>

    The notice “{ $amount } from { $name }” came to this chat as a message of its own. It is just like that when a real customer pays, and the customer's page turns paid as well.
rehearsal-recap =
    <b>6/6 · In the evening, the recap</b>

    <blockquote>{ $recap }</blockquote>

    ✅ That was the practice. It is just like this when a real customer pays. Set the recap's hour in ⚙️ Settings → 🔔 My notices.

## What stands in the way.
rehearsal-method-refused = ⚠️ The payment provider refused this method. Nothing was charged. Try another one; if all are refused, check the sandbox key in ⚙️ Settings → 🔌 Midtrans & mode.
rehearsal-gateway-silent = ⚠️ The payment provider has not answered. I keep asking; tap 🔄 in a moment.
rehearsal-earlier-valid = ⚠️ The earlier charge could not be called off, so it still stands. Just pay that one.
rehearsal-too-many = ⚠️ The method was changed too often. Pay the one there is, or start over with /test.
rehearsal-on-its-way = ⏳ Paid; the news is on its way. Tap the pay button once more if it has not rung.
rehearsal-forgotten = ⌛ The pretend bank was restarted and forgot that charge. Choose a method once more.
rehearsal-bank-silent = ⚠️ The pretend bank has not answered. Nothing is lost, please tap once more.

## Buttons.
rehearsal-button-sample = 🧪 Sample: T-shirt
rehearsal-button-go-on = ▶ Go on
rehearsal-button-anew = 🔄 Start over
rehearsal-button-look = 👀 See the page
rehearsal-button-fill-in = ▶ Give details
rehearsal-button-methods = ▶ Choose a method
rehearsal-button-other = ↩ Another method
rehearsal-button-pay = 💸 Pay (pretend)
rehearsal-button-page = 🏦 Open simulator
rehearsal-button-check = 🔄 Check
rehearsal-button-recap = ▶ See the recap
rehearsal-button-refund = ↩ Try giving it back
rehearsal-button-live = 🚀 Sell for real
rehearsal-button-discard = 🗑 Drop the sample
rehearsal-button-done = ✅ Done
rehearsal-button-stop = ✖ Enough
