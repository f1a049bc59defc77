# The talk: opening a shop, home, settings, help. What stands on buttons and in toasts is plain text.

## Buttons
button-next = Next ▶
button-back = ◀ Back
button-home = 🏠 Home
button-new = ➕ New link
button-links = 🔗 All links
button-settings = ⚙️ Settings
button-help = ❓ Help
button-too-old = That button is too old. Here is where we are now.

## Commands
bot-description =
    Selling in chat? Write what you sell and the price, and I make a payment link.

    Your customer taps it and pays by QRIS or transfer. The moment it is paid, I tell you here.
bot-short-description = Payment links for chat sellers: write “shirt 75k”, share it, and hear the moment it is paid.
command-new = Make a payment link
command-links = Your links and their orders
command-settings = Language, shop name, time zone, mode
command-help = How it works, with examples

## Words
language-own-name = English
mode-sandbox = 🧪 Sandbox: practice only, no real money
mode-live = 💵 Live: real money
role-owner = owner
role-staff = staff
role-viewer = viewer

## Opening a shop
start-welcome =
    <b>1/4 · Welcome, { $name }! 👋</b>

    Tell me what you sell and for how much, and I make you a payment link. Your customer taps it and pays; I ring here.

    Which language shall we speak?
start-ask-name =
    <b>2/4 · What is your shop called?</b>

    Your customers see this name when they pay. Tap below or type another (1–50 characters).
start-button-use-name = Use “{ $name }”
start-ask-zone =
    <b>3/4 · Where is your shop?</b>

    So that the times on your links are right. Prices are in { $currency }. Tap a zone, or type a city.
start-ask-money =
    <b>4/4 · Ready!</b>

    🏪 { $store }
    💱 { $currency } · 🕐 { $zone }

    Let’s practise first: in the sandbox everything works, but no real money moves. You can go live later in ⚙️ Settings.
start-button-sandbox = 🧪 Try it (sandbox)
start-opened =
    <b>🎉 { $store } is open!</b>
    🧪 Sandbox: practice only, no real money

    Make your first link. In one line, for example:
    <code>/new black shirt 150k x10 3d</code>
start-opened-quietly =
    <b>🏪 I opened your shop: { $store }</b>
    🧪 Sandbox, no real money yet. Change anything in /settings.
start-button-first-link = ➕ Make first link
start-invited = 🎟 Your invitation works. Welcome!
start-admin = 🔑 You run this bot now. /invite lets others in.
start-invitation-invalid = 🎟 This invitation is used up, over, or not right. Ask for a new one.
start-link-unknown = I don’t know what that link was for. Here is your shop.

## The name of a shop
store-name-default = My shop
store-name-empty = ⚠️ I can’t see a name in that. Type one with letters, for example: Ani’s Shirts
store-name-too-long = ⚠️ That name has { $length } characters; at most { $max } fit. A shorter one, for example: Ani’s Shirts
store-name-card-number = ⚠️ That looks like a card number. Never send one here. Type the name of your shop, for example: Ani’s Shirts

## Time zones
zone-button-wib = WIB
zone-button-wita = WITA
zone-button-wit = WIT
zone-button-other = 🌏 Other place
zone-cities =
    <b>🌏 Which city is closest?</b>

    Tap one, or type a city (Perth) or an offset (UTC+8).
zone-not-understood = ⚠️ I don’t know “{ $typed }”. Tap WIB (Sumatra, Java, West &amp; Central Kalimantan), WITA (Bali, NTB, NTT, Sulawesi, the rest of Kalimantan) or WIT (Maluku, Papua).

## Strangers and invitations
stranger =
    🔒 This bot is private.

    Your id is { $id }. Give it to whoever runs this bot, or ask for an invitation.
invite-link =
    🎟 <b>An invitation for one person</b>, good for 7 days. Pass it on:

    { $link }
invite-command =
    🎟 <b>An invitation for one person</b>, good for 7 days. Who gets it sends me this:

    { $command }
invite-not-admin = Only the person who runs this bot can invite.
me-seat =
    Your id: { $id }
    Shop: { $store } · you are { $role }
me-no-shop =
    Your id: { $id }
    You have no shop here yet. /start opens one.
me-admin = 🔑 You run this bot.

## Home
home =
    <b>🏪 { $store }</b>
    { $mode }

    Today: { $paid ->
        [0] no payment yet
        [one] 1 payment · <b>{ $sum }</b>
       *[other] { $paid } payments · <b>{ $sum }</b>
    }
    Waiting for payment: { $waiting }
    Active links: { $links }
home-draft = 📝 Unfinished: { $name }
home-draft-unnamed = a link without a name
home-button-continue = ▶ Continue
home-button-discard = 🗑 Discard
home-we-updated = ✨ We updated the bot, and I lost the thread of our last talk. Sorry! Your links and orders are all here.

## Whatever else is said
cancelled = OK, cancelled.
cancelled-toast = Stopped
nothing-to-cancel = No question is open. Here is your shop.
unknown-command = I don’t know { $command }. These I know: /new, /links, /orders, /search, /stats, /today, /export, /test, /alerts, /settings, /language, /cancel, /help.
plain-text-hint =
    I’m not sure what you mean. To make a link, write what you sell and the price, for example:
    <code>black shirt 150k</code>
please-type = I can only read text, and a photo of what a link sells. Please type it.
sorry = 😔 Sorry, something went wrong. Nothing is lost. Code { $code }
sorry-for-good = 😔 Sorry, I could not answer this. Nothing is lost. Please tell whoever runs this bot. Code { $code }
sorry-button-again = 🔁 Try again
sorry-trying = ⏳ Trying again …
sorry-repeated = ✅ Done again.
sorry-too-late = This was done again since, or it is too old. If something is still missing, please type or tap it once more.
sorry-too-late-toast = Done since, or too old
still-working = ⏳ This takes a while. I am still on it; the answer follows below.

## Settings
settings =
    <b>⚙️ Settings</b>

    🌐 Language: { $language }
    🏪 Shop: { $store }
    💱 Currency: { $currency }
    🕐 Time zone: { $zone }
    { $mode }
settings-button-name = 🏪 Shop name
settings-button-zone = 🕐 Time zone
settings-button-currency = 💱 Currency
settings-ask-language = <b>🌐 Which language shall we speak?</b>
settings-ask-name =
    <b>🏪 What is your shop called?</b>

    Type the new name (1–50 characters). Your customers see it when they pay.
settings-ask-zone =
    <b>🕐 Where is your shop?</b>

    Tap a zone, or type a city or an offset like UTC+8.
settings-ask-currency =
    <b>💱 Which currency are new links in?</b>

    Links that you have keep theirs.
settings-saved = ✅ Saved.
settings-saved-toast = ✅ Saved
settings-not-owner = 🔒 Only the owner of the shop can change this.
settings-not-owner-toast = 🔒 Only the owner can change this
settings-no-live-account = ⚠️ No account takes real money for this shop yet, so it stays in the sandbox. Connect your own Midtrans account under 🔌 Midtrans & mode, or ask whoever runs this bot.
settings-currency-not-accepted = ⚠️ No connected account takes { $currency }. Nothing was changed.

## The lesson
help =
    <b>❓ How it works</b>

    Write what you sell and for how much. I make a link, you send it, your customer pays, I ring here.

    <b>1.</b> A shirt, to as many as want one:
    <code>/new black shirt 150k</code>

    <b>2.</b> Ten payments at most, for three days:
    <code>/new batik scarf 75000 x10 3d</code>

    <b>3.</b> For one customer, who then need not type who they are:
    <code>/new custom cake 350k x1 for:Budi, 08123456789, budi@example.com</code>

    <b>4.</b> With a photo: send it here with the caption
    <code>black shirt 150k</code>

    Or tap ➕ and I ask step by step. /cancel stops at any time. All orders are in /orders, their figures in /stats, and a CSV file in /export. Want to hear how a payment rings? Try /test.
help-button-limits = 🔢 Limit and expiry
help-button-modes = 🧪 Sandbox, live
help-button-orders = 🧾 Where orders are
help-limits =
    <b>🔢 Limit and expiry</b>

    <b>Limit</b> counts payments, not visits. <code>x10</code> takes ten payments; then the page says it is sold out. Opening the link costs nothing. While someone is paying, their place is kept for them.

    <b>Expiry</b> closes a link at a certain time: <code>30m</code>, <code>12h</code>, <code>3d</code>, <code>25/12</code>. From that moment nobody new can pay. Without one, the link stays open.

    With both, whichever comes first ends it.
help-modes =
    <b>🧪 Sandbox and live</b>

    In the <b>sandbox</b> you practise: links, pages and notices work, the bank is a pretend one, and no real money moves. In <b>live</b>, customers really pay.

    A link keeps the mode it was made in. You switch in ⚙️ Settings; every card says which mode it is.
help-orders =
    <b>🧾 Where the orders are</b>

    The moment someone pays, I ring here with the amount, the customer and the order code. Later: /orders, also for links that you deleted. Each order shows who, how, and when.

    Only hand over the goods when I say <b>paid</b>. A screenshot from a customer proves nothing.
