# Mencari tautan dan pesanan lagi: saringan, kata, dan pesanan dari semua tautan.

## Saringan
finding-all = Semua
finding-active = Aktif
finding-sold-out = Habis
finding-expired = Kedaluwarsa
finding-off = Mati
finding-paid = Lunas
finding-waiting = Menunggu
finding-problem = Masalah
finding-to-ship = Perlu dikirim
finding-other = Lainnya

## Judul
finding-links-title = 🔗 <b>Tautan</b> · { $filter } · { $total }
finding-links-found = 🔎 <b>Tautan</b> · “{ $words }” · { $total }
finding-orders-all = 🧾 <b>Pesanan</b> · { $total }
finding-orders-title = 🧾 <b>Pesanan</b> · { $filter } · { $total }
finding-orders-found = 🔎 <b>Pesanan</b> · “{ $words }” · { $total }
finding-orders-of-link = 🧾 <b>Pesanan</b> · { $name } · { $filter } · { $total }

## Kalau kosong
finding-nothing = Tidak ada.
finding-links-none = Tidak ada. Coba sebagian nama barang, nama pembeli, atau Order ID saja.
finding-orders-none = Tidak ada. Coba sebagian nama pembeli, nomor HP, atau kode pesanan saja.
finding-forgotten = Pencarian itu sudah lama. Ini semuanya.

## Bertanya
finding-ask-links =
    🔎 <b>Cari tautan</b>

    Ketik sebagian nama barang, nama pembeli, atau Order ID. Lain kali langsung saja: <code>/links kaos</code>
finding-ask-orders =
    🔎 <b>Cari pesanan</b>

    Ketik kode pesanan, nama pembeli, atau nomor HP. Lain kali langsung saja: <code>/orders Budi</code>
finding-words-long = ⚠️ Itu terlalu panjang untuk dicari, paling banyak 100 karakter. Ketik sebagian saja, misalnya <code>kaos</code>.
finding-words-card = ⚠️ Itu mirip nomor kartu, jadi tidak saya cari dan tidak saya simpan. Jangan pernah kirim nomor kartu lewat chat, ya. Ketik yang lain, misalnya <code>kaos</code>.

## Tombol
finding-button-search = 🔎 Cari
finding-button-new = ➕ Baru
finding-button-again = 🔎 Cari lagi
finding-button-clear = ✖ Hapus filter
finding-button-back = ◀ Kembali
finding-button-orders = 🧾 Pesanan
finding-button-by-link = 🔗 Per tautan

## Menulis ke pembeli, dalam bahasanya
customer-thanks = Halo { $name }, ini { $store }. Pembayaran { $amount } untuk { $item } (pesanan { $code }) sudah kami terima. Terima kasih!
customer-sent = Halo { $name }, ini { $store }. { $item } (pesanan { $code }) sudah kami kirim. Terima kasih!
customer-reminder = Halo { $name }, ini { $store }. Pesanan { $code } ({ $item }, { $amount }) masih menunggu pembayaran. Kalau sudah membayar, abaikan saja pesan ini. Kalau belum, halamannya di sini:
customer-missed = Halo { $name }, ini { $store }. Pesanan { $code } ({ $item }, { $amount }) belum sempat terbayar. Kalau masih berminat, halamannya di sini:
customer-question = Halo { $name }, ini { $store }. Ada yang ingin kami tanyakan tentang pembayaran pesanan { $code } ({ $item }).
customer-about = Halo { $name }, ini { $store }, tentang pesanan { $code } ({ $item }):
customer-button-telegram = ✈️ Telegram

## Mengingatkan pembeli
remind-title = 🔔 <b>Pengingat untuk { $customer }</b>
remind-how = Buka di WhatsApp atau Telegram, ubah seperlunya, lalu kirim. Atau ketuk teksnya untuk menyalin.
remind-not-waiting = ℹ️ Pesanan ini tidak sedang menunggu pembayaran, jadi tidak perlu diingatkan.
remind-button-copy = 📋 Salin teks
remind-button = 🔔 Ingatkan
follow-up =
    🔔 <b>Pesanan yang belum dibayar</b>

    Kalau pembeli sudah memesan tetapi belum membayar, saya bisa memberi tahu Anda, sekali untuk tiap pesanan, lengkap dengan pesan pengingat yang tinggal dikirim. Begitu uangnya masuk atau pesanannya berakhir, saya diam.

    { $now }
follow-up-off = Sekarang: mati
follow-up-on = Sekarang: { $hours } jam setelah memesan
follow-up-button = 🔔 Kabar belum bayar
follow-up-button-auto = 🔔 Kabar belum bayar
follow-up-button-off = Mati
follow-up-button-hours = { $hours } jam
notice-follow-up = 🔔 <b>Belum dibayar</b>: { $customer } · { $amount }
notice-follow-up-order = { $item } · dipesan { $at } · { $code }
notice-follow-up-advice = Mungkin lupa. Pesan pengingatnya sudah siap: buka, periksa, kirim.

## Mengirim barang
ship-button = 📦 Tandai dikirim
ship-button-undo = ↩ Belum dikirim
ship-done-toast = 📦 Ditandai dikirim
ship-undone-toast = ↩ Belum dikirim lagi
ship-before-toast = Sudah begitu dari tadi
ship-viewer-toast = 🔒 Hanya staf toko yang bisa menandai
ship-line-mine = 📦 Dikirim { $at } · ditandai Anda
ship-line = 📦 Dikirim { $at } · ditandai { $person }
ship-gone-line = ⚠️ Barangnya sudah ditandai dikirim sebelum uangnya pergi. Kalau masih di jalan, hentikan; hubungi pembeli.
log-goods-shipped = menandai { $code } sudah dikirim
log-goods-not-shipped = menandai { $code } belum dikirim
notice-shipped-before = 📦 Barangnya sudah ditandai dikirim { $at }.
