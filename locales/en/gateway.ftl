# Whose account takes the money, own keys, sandbox and live.

gateway =
    <b>🔌 Midtrans & mode</b> · { $store }
    Which account this shop's payments go through.
gateway-title-sandbox = 🧪 <b>Sandbox:</b>
gateway-title-live = 💵 <b>Live:</b>
gateway-account-own = this shop's key, …{ $tail }, connected { $at }
gateway-account-refused = ⚠️ Midtrans has refused the key …{ $tail } since { $at }. Replace it with the new one.
gateway-account-operators = the shared account of whoever runs this bot
gateway-account-simulated = the practice bank inside this bot
gateway-account-none = not connected
gateway-notices = 🔔 Notification address for the Midtrans dashboard. Optional: payments are reported without it.
gateway-button-show = 🔌 Midtrans & mode
gateway-button-connect = 🔑 Use Midtrans
gateway-button-connect-sandbox = 🔑 Connect sandbox
gateway-button-connect-live = 🔑 Connect live
gateway-button-replace-sandbox = ♻️ Replace sandbox
gateway-button-replace-live = ♻️ Replace live
gateway-button-remove-sandbox = 🔓 Remove sandbox
gateway-button-remove-live = 🔓 Remove live
gateway-button-copy-sandbox = 📋 Sandbox address
gateway-button-copy-live = 📋 Live address
gateway-button-go-live = 🚀 Sell for real
gateway-button-to-sandbox = 🧪 Back to sandbox

## The form for a key
gateway-form-sandbox =
    <b>🔑 Connect Midtrans sandbox</b> · { $store }

    Open the form with the button below and paste the <b>sandbox server key</b> there. Do not send a key in this chat.
gateway-form-live =
    <b>🔑 Connect Midtrans live</b> · { $store }

    Open the form with the button below and paste the <b>production server key</b> there. Do not send a key in this chat.
gateway-form-minutes = ⏳ Works for { $minutes } minutes, for you alone, once.
gateway-button-form = 🔑 Open the form
gateway-form-used = ✅ The form for <b>{ $store }</b> has been used.
gateway-connected-sandbox =
    ✅ <b>Midtrans is connected (sandbox)</b> …{ $tail }
    Practice goes through your Midtrans account from now on. Orders under way are still followed at the account they began at.
gateway-connected-live =
    ✅ <b>Midtrans is connected (live)</b> …{ $tail }
    Live payments go to your Midtrans account. Orders under way are still followed at the account they began at.
gateway-key-refused =
    ⚠️ <b>Midtrans refuses this shop's key</b> …{ $tail }
    It may have been renewed in the dashboard. Payments cannot be checked until the new key is connected. Your customers' money is not lost.
gateway-method-refused =
    ⚠️ <b>Midtrans does not let this shop take { $method }</b> …{ $tail }
    It is not active for your account. Customers are offered the other ways to pay, and this one again in a day. To have it, ask Midtrans to activate it in the dashboard.

## A key that was sent in the chat
gateway-pasted = 🔐 Your message contained a Midtrans key, so I deleted it from the chat. The key was not kept.
gateway-pasted-stays = 🔐 Your message contains a Midtrans key, and I cannot delete it. <b>Please delete that message</b> yourself. The key was not kept.
gateway-pasted-no-owner = Keys are for the owner of a shop, by the form in the settings. Send no key in any chat.
gateway-pasted-form-sandbox = To connect the sandbox of { $store }, paste the key into this form.
gateway-pasted-form-live = To connect { $store } live, paste the key into this form. When in doubt, make a new key in the Midtrans dashboard first.

## Taking an account off
gateway-ask-remove-sandbox = Remove the sandbox key …{ $tail } from { $store }? Practice goes through the shared account again.
gateway-ask-remove-live = Remove the live key …{ $tail } from { $store }? After that, live links of this shop cannot be paid, unless whoever runs this bot has an account for this shop. Past orders stay.
gateway-remove-paying =
    { $paying ->
        [one] 👥 1 customer is paying through this account. The payment is followed to its end.
       *[other] 👥 { $paying } customers are paying through this account. Their payments are followed to their end.
    }
gateway-remove-blind = ⚠️ Payments under way: { $paying }. They cannot be checked while Midtrans refuses this key. Better <b>replace</b> it with the new key of the same account.
gateway-button-remove-yes = 🔓 Yes, remove
gateway-removed =
    { $paying ->
        [0] 🔓 The key was removed.
        [one] 🔓 The key was removed. 1 payment under way is followed to its end.
       *[other] 🔓 The key was removed. { $paying } payments under way are followed to their end.
    }
gateway-removed-to-sandbox = 🧪 The shop is back in the sandbox, since nothing takes its real money any more.
gateway-removed-before = That key is not in use any more.

## Selling for real
go-live =
    <b>🚀 Sell for real</b>
    What it needs:
go-live-store = { $mark } The shop's name: <b>{ $store }</b>
go-live-contact = { $mark } Customers can ask the shop through this bot
go-live-advice = Good to have, but not needed:
go-live-rehearsal = { $mark } A practice payment rang here
go-live-notice-seen = Midtrans' last notification was seen { $at }
go-live-notice-unseen = Midtrans has not reported anything yet (payments are checked anyway)
go-live-ask-name = After this, <b>new</b> links take real money; existing links stay practice links. If you are sure, type the shop's name: <b>{ $store }</b>
go-live-missing = First connect a Midtrans account for real money. Don't have one? Register at midtrans.com.
gateway-another-name = ⚠️ “{ $typed }” is not the name of this shop. Nothing was changed.
gateway-live =
    💵 <b>{ $store } is live now</b>

    Links that you make from now on take real money. Links that you have stay practice links. You can come back at any time.
gateway-live-before = 💵 This shop is live already.
gateway-to-sandbox = 🧪 Back in the sandbox: new links are for practice. Live links that you have go on taking real money.
