# Choosing a day and an hour with buttons.

calendar-button = 📅 Pick a date
calendar-ask-day-end =
    📅 <b>{ $month }</b> · Until which day can it be paid?
    Today is { $today }.
calendar-ask-day-opening =
    📅 <b>{ $month }</b> · From which day can it be paid?
    Today is { $today }.
calendar-ask-hour-end =
    🕐 <b>{ $day }</b> · Until what time?
    All times are { $zone }. Another time? Just type it, for example <i>{ $typed } 20:30</i>
calendar-ask-hour-opening =
    🕐 <b>{ $day }</b> · From what time?
    All times are { $zone }. Another time? Just type it, for example <i>{ $typed } 20:30</i>
calendar-button-today = Today
calendar-button-tomorrow = Tomorrow
calendar-button-end-of-day = 🌙 End of the day
calendar-nothing = Tap one of the dates
calendar-over = That time has passed
