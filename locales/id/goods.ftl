# Yang dijual lewat tautan selain satu barang dengan satu harga.

## Harga dalam beberapa kata
goods-price-each = { $price } per buah
goods-price-from = mulai { $price }
goods-discount = Diskon

## Di kartu
goods-pieces = 🔢 Boleh sampai { $count } buah per pesanan; { $price } untuk satu buah. Batas tetap menghitung pembayaran, bukan buah.
goods-chosen = ✍️ Pembeli yang mengisi jumlahnya
goods-suggested = 💡 Saran: { $price }
goods-discount-line = ➖ Diskon · { $amount }
goods-photo = 🖼 Dengan foto
goods-note = 💬 Setelah lunas, pembeli membaca: <i>{ $note }</i>

## Melengkapi tautan
goods-more =
    🧺 <b>Lengkapi tautan</b>

    Semuanya boleh dilewati. Foto bisa juga langsung dikirim ke sini kapan saja.
goods-button-more = 🧺 Foto & opsi
goods-button-photo = 🖼 Foto
goods-button-drop-photo = 🗑 Lepas foto
goods-button-pieces = 🔢 Jumlah
goods-button-one-piece = 1️⃣ Satu saja
goods-button-opens = 🕒 Mulai dibuka
goods-button-opens-now = ▶️ Langsung dibuka
goods-button-note = 💬 Pesan
goods-button-no-note = 🗑 Tanpa pesan
goods-button-range = ✍️ Pembeli yang isi
goods-button-bill = 🧾 Beberapa barang

goods-ask-photo = 🖼 Kirim fotonya ke sini, sebagai foto (bukan berkas). Foto tampil di halaman bayar dan di pratinjau tautan.
goods-ask-photo-again = 🖼 Tautan ini sudah punya foto. Kirim yang baru untuk menggantinya, atau lepas saja.
goods-ask-pieces = Satu pesanan boleh untuk berapa buah? Ketuk, atau ketik paling banyak berapa, sampai 1.000. Harganya menjadi harga satu buah.
goods-ask-opens = Mulai kapan bisa dibayar? Ketuk, atau ketik waktunya.
    Contoh: <i>besok 09:00</i>, <i>25/12</i>, atau <i>2026-12-25 18:00</i>
goods-ask-note = Apa yang perlu dibaca pembeli setelah lunas? Ketik paling banyak 500 karakter.
    Contoh: <i>Terima kasih! Barang dikirim besok pagi.</i>
goods-ask-range = ✍️ <b>Pembeli yang mengisi jumlahnya.</b> Tulis paling sedikit dan paling banyak, lalu saran kalau ada:
    <code>50rb-200rb</code> · <code>mulai 50rb</code> · <code>50rb-200rb saran 100rb</code>
goods-ask-bill = 🧾 <b>Beberapa barang dalam satu tautan.</b> Tulis satu barang per baris, paling banyak 20, dan diskon kalau ada:
    <code>Kaos hitam 75rb x2
    Topi 50rb
    Diskon 10rb</code>

## Foto
goods-photo-kept = 🖼 Fotonya sudah saya simpan.
goods-photo-away = ⚠️ Fotonya belum bisa saya ambil dari Telegram. Tolong kirim sekali lagi.
goods-photo-large = ⚠️ Fotonya terlalu besar, paling banyak 1 MB. Kirim sebagai foto, bukan berkas, supaya Telegram mengecilkannya.
goods-photo-odd = ⚠️ Itu belum bisa dibaca sebagai foto. Kirim sebagai foto biasa, ya.

## Kalau yang diketik belum pas
goods-wrong-pieces = Jumlahnya angka bulat dari 1 sampai 1.000, misalnya <code>5</code>. Dalam satu baris: <code>qty:5</code>
goods-wrong-chosen-pieces = Kalau pembeli yang mengisi jumlah uangnya, tidak ada harga per buah. Pilih salah satu: harga tetap seperti <code>75rb</code>, atau tanpa jumlah buah.
goods-wrong-bill-pieces = Tautan ini berisi beberapa barang, jadi jumlahnya ditulis di tiap baris, misalnya <code>Kaos 75rb x2</code>.
goods-wrong-opens = Waktu mulai “{ $typed }” belum jelas. Misalnya <code>besok 09:00</code>, <code>25/12</code>, atau <code>25/12 17:00</code>.
goods-wrong-opens-soon = Itu sebentar lagi. Kalau kurang dari 5 menit, biarkan langsung dibuka; kalau nanti, misalnya <code>besok 09:00</code>.
goods-wrong-note-empty = Pesannya masih kosong. Misalnya <code>Terima kasih! Barang dikirim besok pagi.</code>
goods-wrong-note-long = Pesannya { $length } karakter, padahal paling banyak { $max }. Singkat sedikit, misalnya <code>Terima kasih!</code>
goods-wrong-note-card = Itu mirip nomor kartu, jadi tidak saya simpan. Jangan pernah kirim nomor kartu lewat chat, ya. Tulis yang lain, misalnya <code>Terima kasih!</code>
goods-wrong-line = Baris { $number }:
goods-wrong-line-much = Baris { $number } terlalu banyak isinya. Satu baris cukup barang, harga, dan jumlah, misalnya <code>Kaos 75rb x2</code>. Diskon cukup satu.
goods-wrong-lines = Paling banyak 20 barang dalam satu tautan. Satukan beberapa, misalnya <code>Kaos 75rb x5</code>.
goods-wrong-total = Kalau dijumlah, hasilnya harus lebih dari nol, sampai 999.999.999.999, dalam satu mata uang. Misalnya <code>Kaos 75rb x2</code> dan <code>Diskon 10rb</code>.
goods-wrong-twice = <code>qty:</code>, <code>buka:</code>, <code>bayar:</code>, dan <code>pesan:</code> masing-masing cukup sekali, misalnya <code>qty:5</code>.
goods-refused-opens = Tautan baru dibuka setelah waktunya berakhir. Pilih waktu mulai yang lebih awal, atau perpanjang waktunya, misalnya <code>7hari</code>.
goods-refused-dear = Kalau dikali jumlah terbanyak, harganya melebihi yang bisa ditampung satu tautan. Kurangi jumlahnya, misalnya <code>5</code>.

## Catatan untuk diri sendiri
note-line = 📌 Catatan tim: <i>{ $note }</i>
note-button = 📌 Catatan
note-button-none = 🗑 Tanpa catatan
note-ask = Apa yang perlu diingat tentang tautan ini? Ketik paling banyak 200 karakter. Hanya Anda dan tim yang membacanya, pembeli tidak.
    Contoh: <i>Titip di rak 3, COD Sabtu.</i>
note-wrong-card = Itu mirip nomor kartu, jadi tidak saya simpan. Jangan pernah kirim nomor kartu lewat chat, ya. Tulis yang lain, misalnya <code>titip di rak 3</code>.
