# Ways to pay on the page: names, limits, instructions step by step.

## Choosing.
pay-group-qris = Scan with any bank or wallet app
pay-group-wallet = Pay with an app
pay-group-va = Transfer to a virtual account
pay-group-bill = Pay a bill
pay-group-counter = Pay at a counter
pay-group-page = Card or pay later
pay-method-qris-note = BCA, Mandiri, GoPay, OVO, DANA, ShopeePay and more
pay-method-bill-note = Livin' or a Mandiri ATM
pay-method-permata-note = From any bank
pay-method-shopeepay-note = In the Shopee or ShopeePay app
pay-method-card-note = Credit or debit
pay-method-later-note = Instalments or pay later
pay-choose-unfit = Not for this amount
pay-unfit-from = from { $amount }
pay-unfit-at-most = up to { $amount }

## Scanning.
pay-qr-label = QRIS code for { $amount }
pay-qr-wallet-label = { $method } QR code for { $amount }
pay-qr-save = Save the picture
pay-qr-same-phone = Paying with this same phone? Save the picture (or take a screenshot) and open it from the scanner of your app.
pay-qr-wallet-hint = Scan it with your phone's camera and open the link: { $method } opens on that phone.
pay-qr-any-wallet-hint = Scan it with { $method } or any other e-wallet app.
pay-qr-text = The QRIS code as text
pay-qr-text-hint = For apps that can read it as text.
pay-wallet-here = Pay on this device
pay-wallet-elsewhere = Pay with another phone
pay-wallet-unverified = Above { $amount }, your { $method } account must be a verified one. If it is not, choose another way to pay.
pay-wallet-needs-phone = { $method } is paid from a phone. Open this page on your phone, or choose another way to pay.

## Other apps and pages.
pay-open-app = Open { $method }
pay-open-app-hint = Once you have paid, come back to this page.
pay-open-page = Continue to the payment page
pay-open-card-hint =
    You type your card on the payment provider's page, not here.
    Its number never comes to us, nor to { $store }.
pay-open-page-hint =
    You sign in to { $method } on the payment provider's page, not here.
    Once done, you come back to this page.
pay-in-app = The button does nothing?
pay-in-app-why = This page is open inside another app, which often holds such buttons back. Open it in your phone's browser.
pay-in-app-open = Open in the browser
pay-in-app-hint = Tap that app's menu (⋮, ⋯ or the compass) and choose to open in the browser. Or copy this address into a browser:
pay-in-app-copy = Copy the address

## At the counter.
pay-counter-label = Payment code for { $store }
pay-counter-say = Say to the cashier:
pay-counter-words = “Mau bayar belanja online lewat Midtrans, ini kode bayarnya.”
pay-counter-cash = { $method } takes at most { $amount } in cash. For this amount, pay at the counter without cash.

## Guides: by what.
pay-how-this-phone = With this phone
pay-how-other-screen = With another phone
pay-how-atm = { $bank } ATM
pay-how-internet = Internet banking
pay-how-other = From another bank

## Guides: the bank's menus. A line for each way.
pay-menu-bca-mobile = Open BCA mobile, choose m-BCA, m-Transfer, then BCA Virtual Account.
pay-menu-mybca = Open myBCA, choose Transfer, then Virtual Account.
pay-menu-bca-atm = Choose Other Transactions, Transfer, then To BCA Virtual Account.
pay-menu-klikbca = Sign in to KlikBCA, choose Fund Transfer, then Transfer to BCA Virtual Account.
pay-menu-wondr = Open wondr by BNI, choose Transfer, then Virtual Account.
pay-menu-bni-mobile = Open BNI Mobile Banking, choose Transfer, then Virtual Account Billing.
pay-menu-bni-atm = Choose Other Menu, Transfer, your kind of account, then Virtual Account Billing.
pay-menu-bni-web = Sign in to BNI internet banking, choose Transfer, then Virtual Account Billing.
pay-menu-brimo = Open BRImo, choose BRIVA, then a new payment.
pay-menu-bri-atm = Choose Other Transactions, Payment, Others, then BRIVA.
pay-menu-bri-web = Sign in to BRI internet banking, choose Payment, then BRIVA.
pay-menu-permata-app = Open the Permata app, choose Pay Bills, then Virtual Account.
pay-menu-permata-atm = Choose Other Transactions, Payment, Other Payment, then Virtual Account.
pay-menu-permatanet = Sign in to PermataNet, choose Bill Payment, then Virtual Account.
pay-menu-octo = Open the OCTO app, choose Transfer, then CIMB Niaga Virtual Account.
pay-menu-cimb-atm = Choose Transfer, then to a CIMB Niaga account.
pay-menu-octo-clicks = Sign in to OCTO Clicks, choose Pay Bills, then Virtual Account.
pay-menu-livin = Open Livin', choose Pay/VA, type the company code above into the search field and pick what appears.
pay-menu-mandiri-atm = Choose Pay/Buy, Others, then Multi Payment.
pay-menu-mandiri-web = Sign in to Mandiri internet banking, choose Payment, then Multipayment.

## Guides: steps.
pay-steps-number = Enter the number above.
pay-steps-bill = Enter the company code, then the payment code above.
pay-steps-bill-app = Enter the payment code above.
pay-steps-bill-web = Choose Midtrans as the provider (its code is above), then enter the payment code.
pay-steps-app-end =
    Check the name and the amount.
    Confirm with your PIN.
pay-steps-atm-end =
    Check the name and the amount, then confirm.
    Keep the slip.
pay-steps-web-end =
    Check the name and the amount.
    Approve with your bank's token or code.
pay-steps-other-bank =
    In your bank's app or ATM, choose Transfer to another bank, then { $bank }.
    Enter the number above as the account number.
    Type exactly the same amount.
    If asked how to send it, choose online transfer, not BI-FAST, SKN or RTGS.
    Check the name and confirm. Your bank may charge for the transfer.
pay-steps-qris-scan =
    On that phone, open your bank's app, GoPay, OVO, DANA, ShopeePay or another.
    Choose Scan or QRIS and scan the code above.
    Check the name and the amount, then pay.
pay-steps-qris-picture =
    Tap Save the picture above, or take a screenshot.
    Open your bank or wallet app and choose Scan or QRIS.
    Tap the gallery icon and pick that picture.
    Check the name and the amount, then pay.
pay-steps-wallet-here =
    Tap the Open { $method } button: the app opens.
    Check the name and the amount, then enter your PIN.
    Come back to this page.
pay-steps-any-wallet-scan =
    Open { $method } or any other e-wallet app on your phone and scan the QR code on this page.
    Check the name and the amount, then enter your PIN.
    This page changes by itself.
pay-steps-wallet-scan =
    Point that phone's camera at the QR code on this page and tap the link that appears.
    Check the name and the amount in { $method }, then enter your PIN.
    This page changes by itself.
pay-steps-counter =
    Go to any { $store } counter before the time is over.
    Say the sentence above and show the code.
    Check the amount, pay, and keep the slip.
pay-steps-card =
    Tap the button above: the page of the payment provider opens.
    Type the card's number, expiry and CVV there.
    Enter the one-time code from your bank, then come back to this page.
pay-steps-later =
    Tap the button above: the page of the payment provider opens.
    Sign in to your { $method } account and choose when to pay.
    Enter the one-time code, then come back to this page.
