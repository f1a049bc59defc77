# Waiting in line while all pieces are being paid for.

## On the page of a link.
pay-turn-offer = Would you like to wait? You will be told as soon as somebody does not pay after all.
pay-turn-wait = Wait for my turn
pay-turn-form-title = Who is waiting?
pay-turn-form-lead = There is nothing to pay yet. When it is your turn, all you do is choose how to pay.
pay-turn-own = You are waiting for your turn.
pay-turn-own-hint = Order { $code } is in line.
pay-turn-own-look = See your place

## On the page of an order.
pay-turn-next = You are next.
pay-turn-place = You are number { $place } in line.
pay-turn-hint = Others are paying for all of them. As soon as somebody does not, whoever is first in line is told on this page.
pay-turn-others-hint = One is free, and those before you are being told. If nobody takes it within 5 minutes, it is your turn.
pay-turn-no-keeping = None is kept for anybody: whoever chooses how to pay first gets it. Leave this page open, it looks by itself.
pay-turn-leave-lead = Would you rather not wait?
pay-turn-leave = Leave the line
pay-turn-now-title = Your turn!
pay-turn-now = It is your turn! One is free. It is not kept for you, so choose how to pay now.
pay-turn-passed = One was free for you for a while and nobody took it, so you have left the line. You may join it again, at its end.
pay-turn-network = Many people are waiting from this internet connection already. Try again later, or switch from Wi-Fi to mobile data.
pay-turn-over = The line has ended. There is nothing for you to pay.
