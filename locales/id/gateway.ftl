# Akun penerima uang, kunci sendiri, sandbox dan live.

gateway =
    <b>🔌 Midtrans & mode</b> · { $store }
    Lewat akun siapa pembayaran toko ini masuk.
gateway-title-sandbox = 🧪 <b>Sandbox:</b>
gateway-title-live = 💵 <b>Live:</b>
gateway-account-own = kunci toko ini, …{ $tail }, tersambung { $at }
gateway-account-refused = ⚠️ kunci …{ $tail } ditolak Midtrans sejak { $at }. Ganti dengan yang baru.
gateway-account-operators = akun bersama milik pengelola bot
gateway-account-simulated = bank latihan di dalam bot ini
gateway-account-none = belum tersambung
gateway-notices = 🔔 Alamat notifikasi untuk dasbor Midtrans. Tidak wajib: kabar pembayaran tetap masuk tanpa ini.
gateway-button-show = 🔌 Midtrans & mode
gateway-button-connect = 🔑 Pakai Midtrans
gateway-button-connect-sandbox = 🔑 Sambungkan sandbox
gateway-button-connect-live = 🔑 Sambungkan live
gateway-button-replace-sandbox = ♻️ Ganti sandbox
gateway-button-replace-live = ♻️ Ganti live
gateway-button-remove-sandbox = 🔓 Lepas sandbox
gateway-button-remove-live = 🔓 Lepas live
gateway-button-copy-sandbox = 📋 Alamat sandbox
gateway-button-copy-live = 📋 Alamat live
gateway-button-go-live = 🚀 Jualan sungguhan
gateway-button-to-sandbox = 🧪 Kembali ke sandbox

## Formulir kunci
gateway-form-sandbox =
    <b>🔑 Sambungkan Midtrans sandbox</b> · { $store }

    Buka formulirnya lewat tombol di bawah dan tempel <b>server key sandbox</b> di sana. Jangan kirim kunci di chat ini.
gateway-form-live =
    <b>🔑 Sambungkan Midtrans live</b> · { $store }

    Buka formulirnya lewat tombol di bawah dan tempel <b>server key production</b> di sana. Jangan kirim kunci di chat ini.
gateway-form-minutes = ⏳ Berlaku { $minutes } menit, hanya untuk Anda, sekali pakai.
gateway-button-form = 🔑 Buka formulir
gateway-form-used = ✅ Formulir untuk <b>{ $store }</b> sudah dipakai.
gateway-connected-sandbox =
    ✅ <b>Midtrans tersambung (sandbox)</b> …{ $tail }
    Latihan berikutnya lewat akun Midtrans Anda. Pesanan yang sudah berjalan tetap dicek di akun lamanya.
gateway-connected-live =
    ✅ <b>Midtrans tersambung (live)</b> …{ $tail }
    Pembayaran live masuk ke akun Midtrans Anda. Pesanan yang sudah berjalan tetap dicek di akun lamanya.
gateway-key-refused =
    ⚠️ <b>Midtrans menolak kunci toko ini</b> …{ $tail }
    Mungkin kuncinya diganti di dasbor. Pembayaran tidak bisa dicek sampai kunci yang baru tersambung. Uang pembeli tidak hilang.
gateway-method-refused =
    ⚠️ <b>Midtrans belum membolehkan toko ini menerima { $method }</b> …{ $tail }
    Cara bayar ini belum aktif di akun Anda. Pembeli ditawari cara bayar lain, dan cara ini dicoba lagi sehari kemudian. Untuk memakainya, minta Midtrans mengaktifkannya di dasbor.

## Kunci yang terkirim di chat
gateway-pasted = 🔐 Pesan Anda berisi kunci Midtrans, jadi saya hapus dari chat. Kuncinya tidak disimpan.
gateway-pasted-stays = 🔐 Pesan Anda berisi kunci Midtrans dan tidak bisa saya hapus. <b>Hapus pesan itu sendiri</b>, ya. Kuncinya tidak disimpan.
gateway-pasted-no-owner = Kunci hanya untuk pemilik toko, lewat formulir di pengaturan. Jangan kirim kunci di chat mana pun.
gateway-pasted-form-sandbox = Untuk menyambungkan sandbox { $store }, tempel kuncinya di formulir ini.
gateway-pasted-form-live = Untuk menyambungkan live { $store }, tempel kuncinya di formulir ini. Kalau ragu, buat dulu kunci baru di dasbor Midtrans.

## Lepas
gateway-ask-remove-sandbox = Lepas kunci sandbox …{ $tail } dari { $store }? Latihan berikutnya kembali lewat akun bersama.
gateway-ask-remove-live = Lepas kunci live …{ $tail } dari { $store }? Sesudah itu tautan live toko ini tidak bisa dibayar, kecuali pengelola bot punya akun untuk toko ini. Pesanan lama tetap tersimpan.
gateway-remove-paying = 👥 { $paying } pembeli sedang membayar lewat akun ini. Pembayaran mereka tetap dicek sampai selesai.
gateway-remove-blind = ⚠️ { $paying } pembayaran sedang berjalan, dan tidak bisa dicek karena kunci ini ditolak Midtrans. Lebih baik <b>ganti</b> dengan kunci baru dari akun yang sama.
gateway-button-remove-yes = 🔓 Ya, lepas
gateway-removed =
    { $paying ->
        [0] 🔓 Kunci dilepas.
       *[other] 🔓 Kunci dilepas. { $paying } pembayaran yang berjalan tetap dicek sampai selesai.
    }
gateway-removed-to-sandbox = 🧪 Toko kembali ke sandbox, karena tidak ada lagi yang menerima uang sungguhannya.
gateway-removed-before = Kunci itu sudah tidak dipakai lagi.

## Jualan sungguhan
go-live =
    <b>🚀 Jualan sungguhan</b>
    Yang dibutuhkan:
go-live-store = { $mark } Nama toko: <b>{ $store }</b>
go-live-contact = { $mark } Pembeli bisa bertanya ke toko lewat bot ini
go-live-advice = Baik juga kalau sudah, tapi tidak wajib:
go-live-rehearsal = { $mark } Satu pembayaran latihan sudah berbunyi di sini
go-live-notice-seen = Notifikasi Midtrans terakhir terlihat { $at }
go-live-notice-unseen = Kabar langsung dari Midtrans belum pernah masuk (tidak apa-apa, pembayaran tetap dicek)
go-live-ask-name = Setelah ini, tautan <b>baru</b> menerima uang sungguhan; tautan lama tetap latihan. Kalau yakin, ketik nama toko: <b>{ $store }</b>
go-live-missing = Sambungkan dulu akun Midtrans untuk uang sungguhan. Belum punya? Daftar di midtrans.com.
gateway-another-name = ⚠️ “{ $typed }” bukan nama toko ini. Tidak ada yang berubah.
gateway-live =
    💵 <b>{ $store } sekarang live</b>

    Tautan yang dibuat mulai sekarang menerima uang sungguhan. Tautan yang sudah ada tetap latihan. Anda bisa kembali kapan saja.
gateway-live-before = 💵 Toko ini sudah live.
gateway-to-sandbox = 🧪 Kembali ke sandbox: tautan baru jadi latihan. Tautan live yang sudah ada tetap menerima uang sungguhan.
