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
