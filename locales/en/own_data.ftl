# The shop's data: what can be taken home, and one customer's data to hand out or erase.

settings-button-data = 🗂 Shop data
data =
    <b>🗂 Data of { $store }</b>

    Links, orders and the money book are kept here, and you can download them as files at any time: orders as CSV, or the whole shop to move it.

    A customer asks for their data, or wants it erased? The shop's owner does that under 👤 Customer data. Indonesian law (UU 27/2022) wants an answer within 3 × 24 hours.
data-ask-contact =
    <b>👤 Customer data</b>

    Type the customer's phone number or e-mail address, just as it was in the order.
data-contact-unclear = ⚠️ “{ $typed }” does not look like a phone number or an e-mail address. Type for example <code>0812-3456-7890</code> or <code>budi@example.com</code>.
data-customer-unknown = This shop keeps nothing about { $contact }.
data-customer =
    <b>👤 { $contact }</b>

    🧾 Orders: { $orders }
    🔗 Named elsewhere (links, drafts, questions, searches): { $mentions }
data-file = 👤 All that this shop keeps about { $contact }. Send it to nobody but that person.
data-erase =
    <b>🗑 Erase the data of { $contact }?</b>

    Name, number and e-mail address go from this shop's orders, links and drafts, and cannot be brought back. Amounts and books stay. Orders that are being paid now are left for later.
data-erased =
    { $orders ->
        [0] 🗑 Nothing of theirs is kept in this shop any more.
        [one] 🗑 Erased from 1 order of this shop.
       *[other] 🗑 Erased from { $orders } orders of this shop.
    }
data-erased-left =
    { $orders ->
        [one] ⏳ 1 order is being paid and was left. Do it again afterwards.
       *[other] ⏳ { $orders } orders are being paid and were left. Do it again afterwards.
    }
data-not-owner = Only the shop's owner can deal with customer data.
data-button-files = ⬇ Files
data-button-customer = 👤 Customer data
data-button-export = ⬇ Send the file
data-button-erase = 🗑 Erase the data
data-button-keep = ◀ Keep it
data-button-erase-yes = 🗑 Yes, erase
log-customer-exported = took out a customer’s data
log-customer-erased = erased a customer’s data
