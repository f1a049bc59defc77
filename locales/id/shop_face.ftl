# Tampilan toko: foto, warna, nama chat, cara bayar.
face-button = 🎨 Tampilan toko
face =
    <b>🎨 Tampilan { $store }</b>
    Ini yang dilihat pembeli di halaman bayar, di samping nama toko.

    🖼 Foto: { $photo }
    🎨 Warna: { $colour }
    💬 Nama chat: { $chat }
face-has-photo = ada
face-has-no-photo = belum ada
face-chat-name-hidden = tidak ditampilkan
face-chat-name-shown = @{ $name } (selama pemiliknya memakai bot ini paling lambat setiap 7 hari)
face-chat-name-gone = tidak ditampilkan, karena pemiliknya belum punya nama pengguna Telegram atau sudah 7 hari tidak memakai bot ini
face-button-photo = 🖼 Foto
face-button-drop-photo = 🗑 Tanpa foto
face-button-colour = 🎨 Warna
face-button-chat-name = 💬 Nama chat
face-button-show-chat-name = 💬 Tampilkan @{ $name }
face-button-hide-chat-name = 🙈 Sembunyikan nama chat
face-ask-photo =
    <b>🖼 Kirim foto atau logo toko</b>
    Kirim sebagai foto. Pembeli melihatnya sebagai lingkaran kecil di samping nama toko.
face-ask-colour =
    <b>🎨 Warna halaman bayar</b>
    Semua terbaca jelas, siang dan malam.
face-no-chat-name = ⚠️ Anda belum punya nama pengguna di Telegram. Buat dulu di Pengaturan Telegram, bagian Nama Pengguna, lalu tekan lagi. Pembeli lebih percaya kalau tahu siapa yang berjualan.
face-green = 🟢 Hijau
face-teal = 🐬 Toska
face-blue = 🔵 Biru
face-indigo = 🪻 Nila
face-purple = 🟣 Ungu
face-pink = 🌸 Merah muda
face-red = 🔴 Merah
face-orange = 🟠 Jingga
face-brown = 🟤 Cokelat
face-black = ⚫ Hitam

## Setelah lunas, ke situs penjual
return-line = ↩️ Setelah lunas, pembeli bisa lanjut ke: { $url }
return-button = ↩️ Situs
return-button-none = 🗑 Tanpa situs
return-ask = Setelah lunas, pembeli boleh lanjut ke situs Anda yang mana? Ketik alamatnya, misalnya <code>https://toko-ani.id/terima-kasih</code>. Pembeli melihatnya sebagai tombol.
return-wrong-https = Alamatnya harus mulai dengan <code>https://</code>, misalnya <code>https://toko-ani.id/terima-kasih</code>. Selain itu tidak aman untuk pembeli.
return-wrong-website = Itu bukan alamat situs yang bisa dibuka semua orang. Tulis namanya saja tanpa nomor, port, atau kata sandi, misalnya <code>https://toko-ani.id/terima-kasih</code>.
return-wrong-characters = Alamat itu berisi tanda yang tidak ada di alamat situs, seperti spasi, kutip, atau <code>#</code>. Salin dari bilah alamat browser, misalnya <code>https://toko-ani.id/terima-kasih</code>.
return-wrong-long = Alamatnya terlalu panjang, paling banyak { $max } huruf. Misalnya <code>https://toko-ani.id/terima-kasih</code>.
return-wrong-card = Di alamat itu ada yang mirip nomor kartu, jadi tidak saya simpan. Misalnya <code>https://toko-ani.id/terima-kasih</code>.

## Cara bayar yang diterima toko dan tautan.
methods-button = 💳 Cara bayar
methods-button-all = ✅ Nyalakan semua
methods-shop =
    <b>💳 Cara bayar toko</b>

    Pembeli memilih dari yang dicentang ✅. Ketuk untuk menyalakan atau mematikan. Yang sudah mulai membayar boleh selesai.
methods-unpayable = ⚠️ Dengan pilihan ini belum ada cara bayar untuk: <b>{ $links }</b>. Nyalakan lagi salah satunya di sini, atau ubah cara bayar di tautan itu.
methods-last-toast = Paling sedikit satu cara bayar harus menyala
methods-link =
    <b>💳 Cara bayar tautan ini</b>

    Ini yang menyala di toko. Pembeli tautan ini memilih dari yang dicentang ✅. Ketuk untuk menyalakan atau mematikan.
methods-line = 💳 Cara bayar: { $methods }
methods-refused = Cara bayar yang dipilih tidak bisa untuk { $price }. Nyalakan yang lain di <b>💳 Cara bayar</b>, atau ganti harganya.
methods-not-active = ⚠️ Midtrans sedang tidak membolehkan <b>{ $methods }</b>, jadi pembeli belum ditawari. Sehari kemudian dicoba lagi; supaya bisa dipakai, minta Midtrans mengaktifkannya.
methods-only-not-active = ⚠️ Midtrans sedang tidak membolehkan <b>{ $methods }</b>, padahal tautan ini tidak punya cara bayar lain: untuk sementara tidak ada yang bisa membayar. Nyalakan yang lain di <b>💳 Cara bayar</b>.
methods-refused-shop = Dengan itu toko tidak punya cara bayar lagi. Nyalakan yang lain dulu.
methods-wrong-word = “{ $typed }” bukan cara bayar yang saya kenal. Misalnya <code>bayar: qris, bca</code> atau <code>bayar: semua</code>
