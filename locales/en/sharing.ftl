# Sharing links: pictures, news for customers, and links in other chats. Labels, toasts and pictures without markup.

## How a link stands, in a customer's eyes
standing-taken = 🟡 Somebody is paying for each one just now. One may come free again soon.
standing-paid = ✅ Already paid.
standing-sold-out = 🏁 Sold out.
standing-expired = ⌛ Its time is over.
standing-not-open = 🕒 Opens { $opens }.
standing-closed = ⏸ Closed by the seller for now.
standing-gone = 🗑 No longer for sale.
storefront-shop = 🏪 { $shop }
storefront-button-pay = Pay { $price }

## Pictures
picture-sandbox = SANDBOX · not real money
picture-scan = Scan, or tap the link
picture-paid = ALREADY PAID
picture-sold-out = SOLD OUT
picture-expired = ENDED
picture-closed = CLOSED
share-button-qr = ▦ QR
share-button-story = 🖼 Story
share-button-full = 📎 Full size
share-picture-failed = ⚠️ The picture could not be made. The address can still be copied from the link's card.
