# Places: groups, topics and channels where a shop's payments ring for everybody.

## In the settings.
settings-button-places = 📍 Group notices
places =
    <b>📍 Groups and channels</b>
    Payments are also announced in these groups and channels, for everyone there. Customers' names are shortened, without number or e-mail.
places-none = No group or channel yet.
places-hint = For one topic of a forum group, type { $command } inside the topic.
places-line = <b>{ $place }</b> · { $told }
places-line-muted = the bot may not write there
places-line-nothing = everything is off
places-topic-payments = Payments
places-topic-problems = Problems
places-button-group = ➕ Add a group
places-button-channel = 📢 Add a channel
places-button-pick-group = 👥 Pick a group
places-button-pick-channel = 📢 Pick a channel
places-button-test = 🔔 Send a test
places-button-take-off = 🔕 Stop there
places-button-undo = ↩ Undo
places-add-group =
    <b>👥 Ring in a group</b>

    Tap the button and pick the group. The bot joins it, and payments of <b>{ $store }</b> ring there at once. The button is for you alone, once, for { $hours } hours.

    Keep in mind: everyone in that group can read them.
places-add-channel =
    <b>📢 Ring in a channel</b>

    Tap the button, pick the channel and let the bot post messages. Payments of <b>{ $store }</b> ring there at once. It works for { $hours } hours, for one channel.

    Keep in mind: everyone in that channel can read them.
places-no-name = Telegram does not answer yet. Please try again in a moment.
places-muted = ⚠️ The bot may not write there. Let it send messages, then tap 🔔 Send a test.
places-muted-toast = ⚠️ The bot may not write there
places-in-channel = Rings in this channel.
places-in-topic = Rings in one topic. To move it, type /alerts in another topic.
places-in-group = Rings in this group.
places-nothing-rings = 🔕 Nothing rings here: payments and problems are switched off.
places-problems-hint = <b>Problems</b>: what you need to decide, such as a payment that is too small or came twice, or money that the bank took back.
places-recap = 🌙 Daily recap: { $recap }
places-ask-recap =
    <b>🌙 Daily recap in { $place }</b>

    One silent message a day, figures only. At what time?
places-test-sent = ✅ The test was sent.
places-test-topic-lost = ⚠️ The topic is gone or closed. News go to General from now on.
places-test-left = ⚠️ The bot is no longer there, so the place was taken off.
places-taken-off = 🔕 <b>{ $place }</b> is told nothing any more. The bot stays there and keeps quiet.
places-unknown = This one is no longer told. See 📍 Group notices.

## In groups and channels.
place-button-order = 🧾 Open the order
place-button-orders = 🧾 Open the orders
place-button-link = 🔗 Open the link
place-button-places = 📍 Group notices
place-button-stop = 🔕 Stop here
place-button-on-again = 🔔 Ring again
place-somebody = a customer
place-test = 🔔 A test from <b>{ $store }</b>. This is how payments will ring.
place-on-group = 🔔 Payments of <b>{ $store }</b> ring in this group.
place-on-topic = 🔔 Payments of <b>{ $store }</b> ring in this topic.
place-on-channel = 🔔 Payments of <b>{ $store }</b> ring in this channel.
place-on-nothing = 🔕 <b>{ $store }</b> is connected here, but payments and problems are switched off. Switch them on in ⚙️ Settings → 📍 Group notices.
place-off = 🔕 Payments of <b>{ $store }</b> no longer ring here.
place-which-shop = 🔔 Which shop's payments should ring here?
place-anonymous = You speak in the name of the group here, so nobody sees who you are. Open the group's info → Administrators → yourself, switch off <b>Remain anonymous</b>, and send it again.
place-not-team = This is for the owners and staff of a shop.
place-not-yours = Not yours
place-open-private = Open the private chat with the bot
place-invitation-invalid = ⌛ This link was used, is over, or is somebody else's. An owner of the shop can type /alerts here.
place-full = 🔒 At most ten groups and channels for one shop. Stop one first in ⚙️ Settings → 📍 Group notices.
place-full-toast = At most ten groups and channels for one shop
place-help =
    🔔 /alerts: payments of your shop ring here
    📊 /today: what was sold today
    Everything else is in the private chat with the bot.
place-channel-done = 📢 Payments of <b>{ $store }</b> ring in <b>{ $place }</b> now.
command-alerts = Ring for payments here
command-today = What was sold today

## News for owners.
place-news-added = 📍 { $person } lets payments ring in <b>{ $place }</b>.
place-news-left = 📍 The bot is no longer in <b>{ $place }</b>, so payments do not ring there any more. They still ring in this chat.
place-news-muted = 📍 The bot may not write in <b>{ $place }</b>, so payments do not ring there. Let it send messages, then send a test.
place-news-unmuted = 📍 The bot may write in <b>{ $place }</b> again. Payments ring there again.
place-news-orphaned = 📍 Payments do not ring in <b>{ $place }</b> any more: { $person }, who added it, no longer may. To let them ring again, type /alerts there.
place-news-topic-lost = 📍 The topic in <b>{ $place }</b> is gone or closed. Payments ring in General now; to move them, type /alerts in another topic.
team-news-joined = 👋 <b>{ $person }</b> joined <b>{ $store }</b> as { $role }.
log-place-added = let payments ring in one more place
log-place-removed = stopped payments in one place
