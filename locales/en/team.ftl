# The people of a shop, the log of what they did, and the shops of a person.

team = <b>👥 Team of { $store }</b> · { $count ->
        [one] 1 person
       *[other] { $count } people
    }
team-line = <b>{ $name }</b> · { $role }
team-line-you = <b>{ $name }</b> · { $role } (you)
team-hint-owner = Tap a name to change the role. Everyone here is told of every payment.
team-hint-member = Only an owner can invite people and change roles.
team-button-team = 👥 To the team
team-button-invite = ➕ Invite
team-button-log = 📜 Log
team-button-leave = 🚪 Leave
team-button-owner = 👑 Owner
team-button-staff = 🧑 Staff
team-button-viewer = 👀 Viewer
team-ask-role =
    <b>➕ Which role should they have?</b>

    🧑 <b>Staff</b>: makes and changes links, looks after orders.
    👀 <b>Viewer</b>: only looks.
    👑 <b>Owner</b>: everything, settings and team included.
team-invitation =
    🔗 <b>Invitation as { $role }</b>

    Send this link to one person. It works once, for { $hours } hours. Earlier invitations no longer work.

    { $link }
team-invitation-command =
    🔗 <b>Invitation as { $role }</b>

    Ask one person to send this command to the bot. It works once, for { $hours } hours. Earlier invitations no longer work.

    { $link }
team-share-text = Come and help { $store } as { $role }. Tap this link, then Start.
team-joined = 🎉 You are <b>{ $role }</b> of <b>{ $store }</b> now. Its payments will ring here.
team-was-there = 👥 You are in the team of <b>{ $store }</b> already, as { $role }.
team-invitation-invalid = ⌛ This invitation was used or is over. Ask the shop's owner for a new one.
team-full = This team is full: at most 20 people.
team-member =
    <b>{ $name }</b> · { $role }
    🗓 Joined { $since }
    🆔 { $id }
team-button-remove = 🗑 Remove
team-button-remove-yes = 🗑 Yes, remove
team-button-leave-yes = 🚪 Yes, leave
team-ask-remove = Remove <b>{ $name }</b> from the team? Access ends at once, and notices that were not sent yet do not reach them.
team-ask-leave = Leave the team of <b>{ $store }</b>? You will not be told of payments any more, and only an invitation brings you back.
team-removed-toast = ✅ Done
team-left = 🚪 You have left <b>{ $store }</b>.
team-refused-unknown = This person is not in the team.
team-refused-last-owner = 🔒 A shop needs an owner. Make someone else owner first.

## The log.
log = <b>📜 Log of { $store }</b>
log-empty = Nothing yet.
log-link-made = made { $item }
log-link-changed = changed { $item }
log-link-off = switched off { $item }
log-link-on = switched on { $item }
log-link-deleted = deleted { $item }
log-link-restored = brought back { $item }
log-payment-accepted = accepted { $amount } for { $code }
log-money-returned = gave back { $amount } for { $code }
log-money-sent-back = sent back { $amount } by hand for { $code }
log-orders-exported = took the orders as a file
log-shop-exported = took a copy of the whole shop
log-settings-changed = changed the settings
log-went-live = went live
log-went-to-sandbox = went back to sandbox
log-keys-connected = connected Midtrans
log-keys-removed = removed Midtrans
log-invited = made an invitation
log-joined = joined
log-role-changed = changed the role of { $person }
log-removed = removed { $person }
log-left = left the team

## The shops of a person.
shops =
    <b>🏪 Your shops</b>
    Tap to switch. Each shop has its own links, orders and settings.
shops-button-open = ➕ Open one more
shops-ask-name = What is the new shop called? Type 1 to 50 characters. It takes language, currency and time zone from this one.
shops-too-many = At most ten shops for one person.
shops-entered-toast = 🏪 Switched shops
settings-button-team = 👥 Team
settings-button-shops = 🏪 My shops
notice-store = 🏪 { $store }
