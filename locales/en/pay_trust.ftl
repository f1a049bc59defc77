# Who sells, since when, and where to ask.

pay-trust-title = About { $store }
pay-trust-chat = the seller's Telegram account, checked
pay-trust-since = Selling here since { $month }
pay-trust-paid = { $count ->
    [one] One order paid here
   *[other] { $shown } orders paid here
 }
pay-trust-ask = Ask { $store }
pay-trust-next = What happens next
pay-trust-next-choose = Choose how to pay, then pay before the deadline.
pay-trust-next-told = Once the money is there, this page changes by itself and your receipt is ready.
pay-trust-next-seller = { $store } hears of it at once and takes care of your order.
pay-sandbox-title = [PRACTICE] { $title }
pay-print = Print or keep this page
pay-return = Go on to { $website }
pay-return-going = You are taken to { $website } in { $seconds } seconds.
pay-return-stay = Stay on this page
