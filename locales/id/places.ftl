# Tempat notifikasi: grup, topik, dan channel tempat pembayaran toko berbunyi untuk semua.

## Di pengaturan.
settings-button-places = 📍 Kabar di grup
places =
    <b>📍 Grup dan channel yang dikabari</b>
    Pembayaran juga dikabarkan ke grup dan channel ini, dan dibaca semua orang di sana. Nama pembeli disingkat, tanpa nomor dan e-mail.
places-none = Belum ada grup atau channel.
places-hint = Untuk satu topik di grup forum, ketik { $command } di dalam topiknya.
places-line = <b>{ $place }</b> · { $told }
places-line-muted = bot tidak bisa menulis di sana
places-line-nothing = semua kabar dimatikan
places-topic-payments = Pembayaran
places-topic-problems = Masalah
places-button-group = ➕ Tambah grup
places-button-channel = 📢 Tambah channel
places-button-pick-group = 👥 Pilih grup
places-button-pick-channel = 📢 Pilih channel
places-button-test = 🔔 Kirim percobaan
places-button-take-off = 🔕 Hentikan di sana
places-button-undo = ↩ Urungkan
places-add-group =
    <b>👥 Kabari grup</b>

    Ketuk tombolnya, lalu pilih grupnya. Bot masuk ke sana, dan pembayaran <b>{ $store }</b> langsung berbunyi. Tombol ini hanya untuk Anda, sekali pakai, dan berlaku { $hours } jam.

    Ingat: siapa pun di grup itu bisa membacanya.
places-add-channel =
    <b>📢 Kabari channel</b>

    Ketuk tombolnya, pilih channelnya, dan izinkan bot mengirim pesan. Pembayaran <b>{ $store }</b> langsung berbunyi di sana. Berlaku { $hours } jam, untuk satu channel.

    Ingat: siapa pun di channel itu bisa membacanya.
places-no-name = Telegram belum menjawab. Coba lagi sebentar.
places-muted = ⚠️ Bot tidak bisa menulis di sana. Beri izin mengirim pesan, lalu ketuk 🔔 Kirim percobaan.
places-muted-toast = ⚠️ Bot tidak bisa menulis di sana
places-in-channel = Berbunyi di channel ini.
places-in-topic = Berbunyi di satu topik. Untuk pindah, ketik /alerts di topik lain.
places-in-group = Berbunyi di grup ini.
places-nothing-rings = 🔕 Tidak ada yang berbunyi di sini: kabar pembayaran dan masalah dimatikan.
places-problems-hint = <b>Masalah</b>: yang perlu Anda putuskan, seperti bayar kurang, bayar dua kali, atau uang ditarik bank.
places-recap = 🌙 Ringkasan harian: { $recap }
places-ask-recap =
    <b>🌙 Ringkasan harian di { $place }</b>

    Satu pesan tanpa bunyi tiap hari, hanya angka. Jam berapa?
places-test-sent = ✅ Percobaan terkirim.
places-test-topic-lost = ⚠️ Topiknya sudah tidak ada atau ditutup. Mulai sekarang kabarnya ke General.
places-test-left = ⚠️ Bot sudah tidak ada di sana, jadi tempatnya dilepas.
places-taken-off = 🔕 <b>{ $place }</b> tidak dikabari lagi. Botnya tetap di sana dan diam.
places-unknown = Yang ini sudah tidak dikabari. Lihat 📍 Kabar di grup.

## Di grup dan channel.
place-button-order = 🧾 Buka pesanan
place-button-orders = 🧾 Buka pesanan
place-button-link = 🔗 Buka tautan
place-button-places = 📍 Kabar di grup
place-button-stop = 🔕 Hentikan di sini
place-button-on-again = 🔔 Nyalakan lagi
place-somebody = pembeli
place-test = 🔔 Percobaan dari <b>{ $store }</b>. Nanti pembayaran berbunyi seperti ini.
place-on-group = 🔔 Pembayaran <b>{ $store }</b> berbunyi di grup ini.
place-on-topic = 🔔 Pembayaran <b>{ $store }</b> berbunyi di topik ini.
place-on-channel = 🔔 Pembayaran <b>{ $store }</b> berbunyi di channel ini.
place-on-nothing = 🔕 <b>{ $store }</b> tersambung ke sini, tetapi kabar pembayaran dan masalah dimatikan. Nyalakan di ⚙️ Pengaturan → 📍 Kabar di grup.
place-off = 🔕 Pembayaran <b>{ $store }</b> tidak berbunyi lagi di sini.
place-which-shop = 🔔 Pembayaran toko mana yang berbunyi di sini?
place-anonymous = Di sini Anda bicara atas nama grup, jadi belum terlihat siapa Anda. Buka info grup → Admin → nama Anda, matikan <b>Tetap anonim</b>, lalu kirim lagi.
place-not-team = Ini hanya untuk pemilik dan staf toko.
place-not-yours = Bukan milik Anda
place-open-private = Buka obrolan pribadi dengan bot
place-invitation-invalid = ⌛ Tautan ini sudah dipakai, sudah lewat, atau milik orang lain. Pemilik toko bisa mengetik /alerts di sini.
place-full = 🔒 Paling banyak sepuluh grup dan channel untuk satu toko. Hentikan salah satu dulu di ⚙️ Pengaturan → 📍 Kabar di grup.
place-full-toast = Paling banyak sepuluh grup dan channel untuk satu toko
place-help =
    🔔 /alerts: pembayaran toko Anda berbunyi di sini
    📊 /today: penjualan hari ini
    Selebihnya ada di obrolan pribadi dengan bot.
place-channel-done = 📢 Pembayaran <b>{ $store }</b> sekarang berbunyi di <b>{ $place }</b>.
command-alerts = Bunyikan pembayaran di sini
command-today = Penjualan hari ini

## Kabar untuk pemilik.
place-news-added = 📍 { $person } membuat pembayaran berbunyi di <b>{ $place }</b>.
place-news-left = 📍 Bot sudah tidak ada di <b>{ $place }</b>, jadi pembayaran tidak berbunyi lagi di sana. Di chat ini tetap dikabari.
place-news-muted = 📍 Bot tidak boleh menulis di <b>{ $place }</b>, jadi pembayaran tidak berbunyi di sana. Beri izin mengirim pesan, lalu kirim percobaan.
place-news-unmuted = 📍 Bot bisa menulis lagi di <b>{ $place }</b>. Pembayaran berbunyi lagi di sana.
place-news-orphaned = 📍 Pembayaran tidak berbunyi lagi di <b>{ $place }</b>: { $person }, yang menambahkannya, sudah tidak berwenang. Supaya berbunyi lagi, ketik /alerts di sana.
place-news-topic-lost = 📍 Topik di <b>{ $place }</b> sudah tidak ada atau ditutup. Pembayaran sekarang berbunyi di General; untuk pindah, ketik /alerts di topik lain.
team-news-joined = 👋 <b>{ $person }</b> bergabung di <b>{ $store }</b> sebagai { $role }.
log-place-added = membuat pembayaran berbunyi di satu tempat lagi
log-place-removed = menghentikan pembayaran di satu tempat
