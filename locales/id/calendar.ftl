# Memilih tanggal dan jam dengan tombol.

calendar-button = 📅 Pilih tanggal
calendar-ask-day-end =
    📅 <b>{ $month }</b> · Sampai tanggal berapa bisa dibayar?
    Hari ini { $today }.
calendar-ask-day-opening =
    📅 <b>{ $month }</b> · Mulai tanggal berapa bisa dibayar?
    Hari ini { $today }.
calendar-ask-hour-end =
    🕐 <b>{ $day }</b> · Sampai jam berapa?
    Semua jam { $zone }. Jam lain? Ketik saja, misalnya <i>{ $typed } 20:30</i>
calendar-ask-hour-opening =
    🕐 <b>{ $day }</b> · Mulai jam berapa?
    Semua jam { $zone }. Jam lain? Ketik saja, misalnya <i>{ $typed } 20:30</i>
calendar-button-today = Hari ini
calendar-button-tomorrow = Besok
calendar-button-end-of-day = 🌙 Sampai akhir hari
calendar-nothing = Ketuk salah satu tanggal, ya
calendar-over = Jam itu sudah lewat
