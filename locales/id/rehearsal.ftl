# Latihan: penjual memainkan satu pembayaran, dari halaman pembeli sampai ringkasan malam.

rehearsal-button = ▶ Latihan pembayaran
rehearsal-item = Contoh: Kaos polos
rehearsal-customer = Pembeli Contoh

## Mulai, lanjut, berhenti.
rehearsal-offer =
    <b>▶ Latihan pembayaran</b>

    Mainkan satu pembayaran dari awal sampai akhir: halaman pembeli, bayar pura-pura, kabar yang berbunyi di sini, sampai ringkasan malam. Kira-kira satu menit.

    Pakai tautan yang mana? Tautan sandbox sendiri ikut terhitung satu pembayaran latihan.
rehearsal-resume =
    <b>▶ Latihan pembayaran</b>

    Masih ada latihan yang belum selesai: <b>{ $item }</b>, langkah { $step } dari 6. Dilanjutkan?
rehearsal-over = ⌛ Latihan yang tadi sudah berakhir.
rehearsal-link-unfit = ⚠️ Tautan itu sedang tidak bisa dipakai berlatih. Pilih yang lain, ya.
rehearsal-thrown-away = ✅ Latihan selesai. Tautan contohnya sudah saya buang; pesanannya, kalau ada, tinggal sebagai catatan sandbox.
rehearsal-stopped = ✅ Latihan selesai. Tautan Anda tetap seperti semula.
rehearsal-viewer = 👀 Latihan membuat pesanan sandbox, jadi hanya untuk pemilik dan staf toko ini. Minta mereka memainkannya dengan /test.
rehearsal-no-sandbox = ⚠️ Latihan perlu akun sandbox, dan sekarang tidak ada yang tersambung atau yang bisa menerima Rp75.000. Pemilik toko bisa melihatnya di ⚙️ Pengaturan → 🔌 Midtrans & mode; kalau tetap begini, hubungi pengelola bot ini.

## Enam langkah.
rehearsal-opened =
    <b>1/6 · Pembeli membuka tautan</b>

    { $item } · { $price }
    { $address }

    Buka halamannya kalau ingin melihat yang dilihat pembeli. Di sini, Anda jadi pembelinya.
rehearsal-filled-in =
    <b>2/6 · Pembeli mengisi data</b>

    👤 { $name }
    📞 { $phone }
    ✉️ { $email }

    Datanya karangan. Pesanan { $code } sekarang ada, tapi belum ada yang ditagih.
rehearsal-methods =
    <b>3/6 · Pembeli memilih cara bayar</b>

    Ketuk salah satu, seperti pembeli di halamannya.
rehearsal-methods-again =
    <b>3/6 · Pembeli memilih cara bayar</b>

    Yang tadi bisa diganti, atau waktunya sudah habis. Ketuk cara bayarnya.
rehearsal-no-methods =
    <b>3/6 · Pembeli memilih cara bayar</b>

    ⚠️ Penyedia pembayaran sandbox tidak punya cara bayar untuk jumlah ini. Akhiri latihannya, lalu coba dengan contoh dari saya.
rehearsal-instructions =
    <b>4/6 · Pembeli membayar</b>

    { $amount } lewat { $method }, sampai { $until }
rehearsal-number = Nomor: { $number }
rehearsal-bill = Kode perusahaan { $biller }, kode bayar { $key }
rehearsal-qr = Kode QR-nya tampil di halaman pembeli.
rehearsal-outside = Yang dibuka pembeli ada di tombol di halamannya.
rehearsal-pay-here = Banknya pura-pura: satu ketukan di bawah membayarnya. Sesudah itu, dengarkan chat ini.
rehearsal-pay-there = Ini sandbox Midtrans, jadi bayarnya di simulator: buka, tempel nomor di atas, bayar. Setelah chat ini berbunyi, ketuk 🔄 Periksa.
rehearsal-pay-qr-there = Ini sandbox Midtrans, jadi bayarnya di simulator: buka, tempel alamat gambar QR dari halaman pembeli, bayar. Setelah chat ini berbunyi, ketuk 🔄 Periksa. Nomor VA lebih mudah ditempel.
rehearsal-pay-outside = Ini sandbox Midtrans, jadi bayarnya di halaman uji: buka, lalu bayar. Kartu uji: 4811 1111 1111 1114, masa berlaku bebas, CVV 123, OTP 112233. Setelah chat ini berbunyi, ketuk 🔄 Periksa.
rehearsal-pay-nobody = ⏳ Penyedia pembayaran belum menjawab, jadi belum ada yang bisa dibayar. Ketuk 🔄 sebentar lagi.
rehearsal-paid =
    <b>5/6 · Lunas, dan Anda dikabari</b>

    Kabar “{ $amount } dari { $name }” masuk ke chat ini sebagai pesan sendiri. Persis seperti itu nanti kalau pembeli sungguhan membayar, dan halaman pembeli ikut berubah menjadi lunas.
rehearsal-recap =
    <b>6/6 · Malam harinya, ringkasan</b>

    <blockquote>{ $recap }</blockquote>

    ✅ Latihan selesai. Begitulah nanti kalau pembeli sungguhan membayar. Jam ringkasan diatur di ⚙️ Pengaturan → 🔔 Kabar untuk saya.

## Yang menghalangi.
rehearsal-method-refused = ⚠️ Penyedia pembayaran menolak cara ini. Tidak ada yang ditagih. Coba cara lain; kalau semua ditolak, periksa kunci sandbox di ⚙️ Pengaturan → 🔌 Midtrans & mode.
rehearsal-gateway-silent = ⚠️ Penyedia pembayaran belum menjawab. Saya terus bertanya; ketuk 🔄 sebentar lagi.
rehearsal-earlier-valid = ⚠️ Tagihan yang tadi tidak bisa dibatalkan, jadi masih berlaku. Bayar saja yang itu.
rehearsal-too-many = ⚠️ Cara bayarnya sudah terlalu sering diganti. Bayar yang ada, atau mulai baru dengan /test.
rehearsal-on-its-way = ⏳ Sudah dibayar, kabarnya sedang di jalan. Ketuk tombol bayar sekali lagi kalau belum berbunyi.
rehearsal-forgotten = ⌛ Bank pura-puranya sempat dimulai ulang dan lupa tagihan tadi. Pilih cara bayar sekali lagi.
rehearsal-bank-silent = ⚠️ Bank pura-puranya belum menjawab. Tidak ada yang hilang, coba ketuk sekali lagi.

## Tombol.
rehearsal-button-sample = 🧪 Contoh: Kaos polos
rehearsal-button-go-on = ▶ Lanjutkan
rehearsal-button-anew = 🔄 Mulai baru
rehearsal-button-look = 👀 Lihat halamannya
rehearsal-button-fill-in = ▶ Isi data pembeli
rehearsal-button-methods = ▶ Pilih cara bayar
rehearsal-button-other = ↩ Cara bayar lain
rehearsal-button-pay = 💸 Bayar (pura-pura)
rehearsal-button-page = 🏦 Buka simulator
rehearsal-button-check = 🔄 Periksa
rehearsal-button-recap = ▶ Lihat ringkasan
rehearsal-button-refund = ↩ Coba kembalikan
rehearsal-button-live = 🚀 Jualan sungguhan
rehearsal-button-discard = 🗑 Buang contohnya
rehearsal-button-done = ✅ Selesai
rehearsal-button-stop = ✖ Cukup
