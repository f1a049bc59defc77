# Obrolan: buka toko, beranda, pengaturan, bantuan. Teks tombol dan toast tanpa markah.

## Tombol
button-next = Lanjut ▶
button-back = ◀ Kembali
button-home = 🏠 Beranda
button-new = ➕ Tautan baru
button-links = 🔗 Semua tautan
button-settings = ⚙️ Pengaturan
button-help = ❓ Bantuan
button-too-old = Tombol itu sudah lama. Ini keadaan sekarang.

## Perintah
bot-description =
    Jualan di chat? Tulis apa yang dijual dan harganya, saya buatkan tautan pembayarannya.

    Pembeli tinggal ketuk dan bayar dengan QRIS atau transfer. Begitu lunas, Anda dikabari di sini.
bot-short-description = Tautan pembayaran untuk penjual di chat: tulis “kaos 75rb”, bagikan, dan dikabari begitu lunas.
command-new = Buat tautan pembayaran
command-links = Tautan dan pesanan Anda
command-settings = Bahasa, nama toko, zona waktu, mode
command-help = Cara pakai, dengan contoh

## Kata
language-own-name = Bahasa Indonesia
mode-sandbox = 🧪 Sandbox: latihan saja, bukan uang sungguhan
mode-live = 💵 Live: uang sungguhan
role-owner = pemilik
role-staff = staf
role-viewer = pemantau

## Buka toko
start-welcome =
    <b>1/4 · Selamat datang, { $name }! 👋</b>

    Tulis apa yang dijual dan harganya, saya buatkan tautan pembayaran. Pembeli tinggal ketuk dan bayar; saya kabari di sini.

    Kita pakai bahasa apa?
start-ask-name =
    <b>2/4 · Apa nama toko Anda?</b>

    Nama ini dilihat pembeli saat membayar. Ketuk tombol di bawah atau ketik nama lain (1–50 huruf).
start-button-use-name = Pakai “{ $name }”
start-ask-zone =
    <b>3/4 · Toko Anda di mana?</b>

    Supaya jam di tautan pas. Harga dalam { $currency }. Ketuk zona waktunya, atau ketik nama kota.
start-ask-money =
    <b>4/4 · Siap!</b>

    🏪 { $store }
    💱 { $currency } · 🕐 { $zone }

    Yuk coba dulu: di sandbox semuanya jalan, tapi uangnya bukan sungguhan. Nanti bisa pindah ke live lewat ⚙️ Pengaturan.
start-button-sandbox = 🧪 Coba (Sandbox)
start-opened =
    <b>🎉 { $store } sudah buka!</b>
    🧪 Sandbox: latihan saja, bukan uang sungguhan

    Yuk buat tautan pertama. Cukup satu baris, misalnya:
    <code>/new kaos hitam 150rb x10 3d</code>
start-opened-quietly =
    <b>🏪 Toko Anda sudah saya buka: { $store }</b>
    🧪 Sandbox, belum uang sungguhan. Semua bisa diubah di /settings.
start-button-first-link = ➕ Tautan pertama
start-invited = 🎟 Undangan Anda berlaku. Selamat datang!
start-admin = 🔑 Sekarang Anda pengelola bot ini. Ajak orang lain dengan /invite.
start-invitation-invalid = 🎟 Undangan ini sudah dipakai, habis masanya, atau keliru. Minta yang baru, ya.
start-link-unknown = Saya tidak kenal tautan itu. Ini toko Anda.

## Nama toko
store-name-default = Toko Saya
store-name-empty = ⚠️ Namanya belum terbaca. Ketik dengan huruf, misalnya: Kaos Ani
store-name-too-long = ⚠️ Namanya { $length } huruf; paling banyak { $max }. Coba yang lebih pendek, misalnya: Kaos Ani
store-name-card-number = ⚠️ Itu seperti nomor kartu. Jangan pernah kirim nomor kartu di sini. Ketik nama toko, misalnya: Kaos Ani

## Zona waktu
zone-button-wib = WIB
zone-button-wita = WITA
zone-button-wit = WIT
zone-button-other = 🌏 Tempat lain
zone-cities =
    <b>🌏 Kota mana yang paling dekat?</b>

    Ketuk salah satu, atau ketik nama kota (Perth) atau selisih jam (UTC+8).
zone-not-understood = ⚠️ Saya belum kenal “{ $typed }”. Ketuk WIB (Sumatra, Jawa, Kalimantan Barat &amp; Tengah), WITA (Bali, NTB, NTT, Sulawesi, Kalimantan lainnya) atau WIT (Maluku, Papua).

## Orang asing dan undangan
stranger =
    🔒 Bot ini pribadi.

    Nomor id Anda { $id }. Berikan ke pengelola bot ini, atau minta undangan.
invite-link =
    🎟 <b>Undangan untuk satu orang</b>, berlaku 7 hari. Teruskan ini:

    { $link }
invite-command =
    🎟 <b>Undangan untuk satu orang</b>, berlaku 7 hari. Penerimanya mengirim ini ke saya:

    { $command }
invite-not-admin = Hanya pengelola bot yang bisa mengundang.
me-seat =
    Nomor id Anda: { $id }
    Toko: { $store } · Anda { $role }
me-no-shop =
    Nomor id Anda: { $id }
    Anda belum punya toko di sini. Buka dengan /start.
me-admin = 🔑 Anda pengelola bot ini.

## Beranda
home =
    <b>🏪 { $store }</b>
    { $mode }

    Hari ini: { $paid ->
        [0] belum ada pembayaran
       *[other] { $paid } pembayaran · <b>{ $sum }</b>
    }
    Menunggu dibayar: { $waiting }
    Tautan aktif: { $links }
home-draft = 📝 Belum selesai: { $name }
home-draft-unnamed = tautan tanpa nama
home-button-continue = ▶ Lanjutkan
home-button-discard = 🗑 Buang
home-we-updated = ✨ Bot baru diperbarui, dan saya lupa obrolan kita yang tadi. Maaf, ya! Semua tautan dan pesanan Anda tetap ada.

## Lain-lain
cancelled = Oke, dibatalkan.
cancelled-toast = Dibatalkan
nothing-to-cancel = Tidak ada pertanyaan yang terbuka. Ini toko Anda.
unknown-command = Saya belum kenal { $command }. Yang saya kenal: /new, /links, /orders, /search, /stats, /today, /export, /test, /alerts, /settings, /language, /cancel, /help.
plain-text-hint =
    Maksudnya bagaimana, ya? Untuk membuat tautan, tulis barang dan harganya, misalnya:
    <code>kaos hitam 150rb</code>
please-type = Saya hanya bisa membaca tulisan, dan foto barang untuk sebuah tautan. Ketik saja, ya.
sorry = 😔 Maaf, ada gangguan. Tidak ada yang hilang. Kode { $code }
sorry-for-good = 😔 Maaf, ini tidak berhasil saya jawab. Tidak ada yang hilang. Beri tahu pengelola bot ini, ya. Kode { $code }
sorry-button-again = 🔁 Coba lagi
sorry-trying = ⏳ Saya coba lagi …
sorry-repeated = ✅ Sudah saya ulangi.
sorry-too-late = Ini sudah diulang, atau sudah terlalu lama. Kalau belum beres, tulis atau ketuk yang tadi sekali lagi, ya.
sorry-too-late-toast = Sudah diulang, atau sudah terlalu lama
still-working = ⏳ Ini agak lama. Masih saya kerjakan, jawabannya menyusul di bawah.

## Pengaturan
settings =
    <b>⚙️ Pengaturan</b>

    🌐 Bahasa: { $language }
    🏪 Toko: { $store }
    💱 Mata uang: { $currency }
    🕐 Zona waktu: { $zone }
    { $mode }
settings-button-name = 🏪 Nama toko
settings-button-zone = 🕐 Zona waktu
settings-button-currency = 💱 Mata uang
settings-ask-language = <b>🌐 Kita pakai bahasa apa?</b>
settings-ask-name =
    <b>🏪 Apa nama toko Anda?</b>

    Ketik nama barunya (1–50 huruf). Pembeli melihatnya saat membayar.
settings-ask-zone =
    <b>🕐 Toko Anda di mana?</b>

    Ketuk zona waktunya, atau ketik nama kota atau selisih jam seperti UTC+8.
settings-ask-currency =
    <b>💱 Tautan baru pakai mata uang apa?</b>

    Tautan yang sudah ada tidak berubah.
settings-saved = ✅ Tersimpan.
settings-saved-toast = ✅ Tersimpan
settings-not-owner = 🔒 Hanya pemilik toko yang bisa mengubah ini.
settings-not-owner-toast = 🔒 Hanya pemilik yang bisa mengubah ini
settings-no-live-account = ⚠️ Belum ada akun yang menerima uang sungguhan untuk toko ini, jadi tetap di sandbox. Sambungkan akun Midtrans sendiri di 🔌 Midtrans & mode, atau tanyakan ke pengelola bot.
settings-currency-not-accepted = ⚠️ Tidak ada akun terhubung yang menerima { $currency }. Tidak ada yang berubah.

## Bantuan
help =
    <b>❓ Cara pakai</b>

    Tulis apa yang dijual dan harganya. Saya buatkan tautan, Anda kirim, pembeli bayar, saya kabari di sini.

    <b>1.</b> Kaos, untuk siapa saja yang mau:
    <code>/new kaos hitam 150rb</code>

    <b>2.</b> Paling banyak sepuluh pembayaran, selama tiga hari:
    <code>/new syal batik 75000 x10 3d</code>

    <b>3.</b> Untuk satu pembeli, yang jadi tidak perlu mengisi data lagi:
    <code>/new kue pesanan 350rb x1 for:Budi, 08123456789, budi@example.com</code>

    <b>4.</b> Dengan foto: kirim fotonya ke sini dengan keterangan
    <code>kaos hitam 150rb</code>

    Atau ketuk ➕, nanti saya tanya satu per satu. Batalkan kapan saja dengan /cancel. Semua pesanan ada di /orders, angkanya di /stats, dan berkas CSV di /export. Mau tahu bunyinya kalau ada yang membayar? Coba /test.
help-button-limits = 🔢 Batas dan waktu
help-button-modes = 🧪 Sandbox, live
help-button-orders = 🧾 Letak pesanan
help-limits =
    <b>🔢 Batas dan waktu</b>

    <b>Batas</b> menghitung pembayaran, bukan kunjungan. <code>x10</code> menerima sepuluh pembayaran; setelah itu halamannya bilang habis. Membuka tautan tidak mengurangi apa-apa. Selama seseorang sedang membayar, jatahnya disimpan.

    <b>Waktu</b> menutup tautan pada saat tertentu: <code>30m</code>, <code>12jam</code>, <code>3hari</code>, <code>25/12</code>. Sejak saat itu tidak ada pembayar baru. Tanpa waktu, tautan terus buka.

    Kalau dipakai keduanya, yang lebih dulu tercapai yang menutup.
help-modes =
    <b>🧪 Sandbox dan live</b>

    Di <b>sandbox</b> Anda berlatih: tautan, halaman, dan kabar semuanya jalan, banknya pura-pura, dan uangnya bukan sungguhan. Di <b>live</b>, pembeli sungguh membayar.

    Tautan tetap di mode saat dibuat. Ganti mode di ⚙️ Pengaturan; setiap kartu menyebut modenya.
help-orders =
    <b>🧾 Letak pesanan</b>

    Begitu ada yang membayar, saya kabari di sini: jumlahnya, pembelinya, kode pesanannya. Setelah itu: /orders, juga untuk tautan yang sudah dihapus. Di sana ada siapa, lewat apa, dan kapan.

    Serahkan barang hanya setelah saya bilang <b>lunas</b>. Foto bukti transfer dari pembeli bukan jaminan.
