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
picture-tap = Tap to pay
picture-taken = BEING PAID FOR
picture-taken-note = Try again soon: one may come free.
picture-not-open = NOT OPEN YET
share-button-qr = ▦ QR
share-button-story = 🖼 Story
share-button-full = 📎 Full size
share-picture-failed = ⚠️ The picture could not be made. The address can still be copied from the link's card.

## For customers
customer-order-title = 🧾 <b>Order { $code }</b>
customer-order-open = ⏳ Not paid yet. Choose how to pay on the order's page.
customer-order-in-line = ⏳ Waiting in line, number { $place }. There is nothing to pay yet.
customer-order-turn = 🎉 <b>It is your turn!</b> Choose how to pay on the order's page. It is not kept for you: whoever chooses first gets it.
customer-order-awaiting = ⏳ Waiting for the payment. No money has been seen yet.
customer-order-paid = ✅ <b>Paid</b> · { $how }
customer-order-unallocated = ⚠️ The money came ({ $how }), but nothing was left. The seller has been told.
customer-order-partly-back = ↩ Paid ({ $how }), then a part of the money went back.
customer-order-back = ↩ The money has gone back.
customer-order-reversed = ⚠️ The bank took the payment back, so this order is not paid.
customer-order-disputed = ⚠️ The payment is disputed through the bank.
customer-order-expired = ⌛ The time to pay is over. No money has been seen.
customer-order-closed = ✖ This order is closed.
customer-order-underpaid = ⚠️ Less money came than asked. The seller has been told.
customer-money-came = 💵 Came: { $amount }
customer-money-back = ↩ Went back: { $amount }
customer-money-under-way = 🔄 On its way back: { $amount }
customer-following = 🔔 I'll write here as soon as there is news.
customer-followed = All right, I'll write here when there is news
customer-unfollowed = All right, I'll tell you no more
customer-not-yours = That order is not here
customer-unknown = I don't know that link. Open it again from its page, or ask the seller to send it once more.
customer-button-follow = 🔔 Tell me when paid
customer-button-follow-line = 🔔 Tell me when it is my turn
customer-button-unfollow = 🔕 Stop telling me
customer-button-again = 🔄 Refresh
customer-button-page = 🧾 Open the order
customer-button-own = 🔗 My link's card

## In other chats (@bot)
inline-open-shop = 🏪 Open a shop
inline-create = ➕ Create “{ $words }” first
inline-nothing = ➕ New link

## Asking the seller
customer-button-ask = 💬 Ask the seller
question-ask =
    💬 <b>What would you like to know?</b>

    Write your question, at most 500 characters. I pass it on to the seller, and the answer comes here.
question-empty = ⚠️ I could not read a question. Write it in words, for example: Is there a size XL?
question-too-long = ⚠️ That is too long. At most 500 characters, please.
question-card-number = ⚠️ That looks like a card number, so I did not pass it on. Never send a card number in a chat.
question-passed = ✅ Passed on. The answer comes here.
question-too-often = ⏳ There were many questions within this hour. Please try again later.
question-notice =
    💬 <b>{ $asker }</b> asks:
    “{ $question }”
question-button-answer = ↩ Answer
question-button-cancel = ✖ Cancel
question-answer-ask = ↩ Write the answer for <b>{ $asker }</b>, at most 500 characters.
question-answer-passed = ✅ The answer is passed on.
question-answered = That question has been answered
answer-notice =
    💬 <b>{ $shop }</b> answers:
    “{ $answer }”
