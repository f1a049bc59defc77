# Bagaimana tiap orang dikabari: jam tenang, yang berbunyi, ringkasan, dan pertanyaan pembeli.

## Pengaturannya.
settings-button-notices = 🔔 Kabar untuk saya
notices =
    <b>🔔 Kabar untuk saya</b>
    Ini untuk Anda sendiri. Rekan di toko mengatur miliknya masing-masing.

    🌙 Jam tenang: { $quiet }
    🌙 Ringkasan harian: { $recap }

    ✅ berbunyi · ⬜ masuk tanpa bunyi. Pembayaran selalu dikabari, dan berbunyi di luar jam tenang. Pesanan yang tidak jadi dibayar hanya dikabari kalau dicentang, selalu tanpa bunyi.

    { $mode }
notices-off = mati
notices-daily = tiap hari { $time }
notices-hours = { $from }–{ $until } { $zone }
notices-time = { $time } { $zone }
notices-button-quiet = 🌙 Jam tenang
notices-button-recap = 🌙 Ringkasan
notices-button-sold-out = Habis terjual
notices-button-news = Uang kembali
notices-button-questions = Ditanya pembeli
notices-button-unpaid = Tidak jadi bayar
notices-button-off = Mati
notices-quiet =
    <b>🌙 Jam tenang</b>

    Semua kabar tetap masuk saat itu juga, hanya tanpa bunyi. Satu yang tetap berbunyi: bank menarik kembali uang pembeli, supaya barangnya tidak telanjur dikirim.

    Sekarang: { $now }
    Ketuk pilihannya, atau ketik jamnya, misalnya <code>22-6</code>.
notices-quiet-unclear = ⚠️ Jam “{ $typed }” belum jelas. Tulis jam mulai dan jam selesai, misalnya <code>22-6</code> atau <code>21.30-05.00</code>.
notices-recap =
    <b>🌙 Ringkasan harian</b>

    Satu pesan tanpa bunyi tiap hari: yang lunas, yang menunggu, dan yang perlu jawaban Anda. Kalau tidak ada apa-apa, tidak ada pesan.

    Sekarang: { $now }
    Ketuk jamnya, atau ketik, misalnya <code>19.30</code>.
notices-recap-unclear = ⚠️ Jam “{ $typed }” belum jelas. Tulis satu jam, misalnya <code>20</code> atau <code>19.30</code>.

## Ringkasan.
recap-title =
    🌙 <b>Ringkasan toko</b>
    { $since } – { $until }
recap-paid = ✅ Lunas: { $count } · <b>{ $sum }</b>
recap-none-paid = Tidak ada pembayaran baru.
recap-late = ⏰ Datang lewat waktunya: { $count }
recap-answer = ⚠️ Perlu jawaban Anda: { $count }
recap-to-ship = 📦 Belum ditandai dikirim: { $count }
recap-waiting = ⏳ Sedang menunggu pembeli: { $count }
recap-unpaid = ⌛ Tidak jadi dibayar: { $count }
missed-recap = 🌙 Ringkasan sampai { $until }: { $count } lunas

## Pesanan tanpa uang.
unpaid-expired = ⌛ { $customer } tidak jadi membayar <b>{ $amount }</b>: waktunya habis
unpaid-failed = ⌛ Pembayaran <b>{ $amount }</b> dari { $customer } belum berhasil
unpaid-hint = Belum ada uang yang terlihat masuk. Kalau nanti ada, Anda langsung dikabari.
missed-unpaid = ⌛ { $line } (tidak jadi dibayar)

## Pembayaran pertama.
first-payment-sandbox = 🎉 Pembayaran latihan pertama! Seperti inilah nanti saat uang sungguhan masuk.
first-payment-live = 🎉 Pembayaran pertama toko Anda. Selamat, semoga jadi yang pertama dari banyak!
first-payment-button-recap = 🌙 Ringkasan harian

## Pertanyaannya, di obrolan penjual.
asked-expired = 🙋 Seseorang menanyakan <b>{ $item }</b> yang sudah berakhir
asked-sold-out = 🙋 Seseorang menanyakan <b>{ $item }</b> yang sudah habis
asked-paused = 🙋 Seseorang menanyakan <b>{ $item }</b> yang sedang dimatikan
asked-hint = Satu ketukan membukanya lagi, dan halaman pembeli langsung menampilkannya.
asked-button-hour = ⏳ +1 jam
asked-button-day = ⏳ +24 jam
asked-button-price = 💰 Harga baru
asked-button-no = ✖ Tidak
asked-over-toast = Tautan ini sudah tidak menunggu jawaban
asked-declined = Baik. Sehari ini halaman <b>{ $item }</b> bilang: untuk saat ini belum ada lagi. Anda tetap bisa membukanya kapan saja.
missed-asked = 🙋 { $item } ditanyakan
