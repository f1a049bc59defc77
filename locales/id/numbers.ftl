# Angka: statistik toko dan tautan, dan pesanan sebagai berkas. Teks tombol dan toast tanpa markah.

command-stats = Penjualan dalam angka dan grafik
button-figures = 📊 Statistik

## Masa
numbers-period-today = Hari ini
numbers-period-seven = 7 hari
numbers-period-thirty = 30 hari
numbers-period-month = Bulan ini
numbers-period-last-month = Bulan lalu
numbers-period-always = Sejak awal

## Statistik
numbers-title = <b>📊 { $name } · { $period }</b>
numbers-total = 💰 <b>{ $sum }</b> · { $payments } pembayaran · rata-rata { $average }
numbers-none = 💰 Belum ada pembayaran.
numbers-funnel = 👁 { $opened } dibuka → 📝 { $details } isi data → 💳 { $method } pilih cara bayar → ✅ { $paid } lunas
numbers-share = { $percent }% dari yang membuka sampai lunas
numbers-best-title = <b>🏆 Tautan terbaik</b>
numbers-best-line = { $rank }. { $name } · { $sum } · { $payments }×
numbers-counted = <i>Yang dihitung: uang yang masuk, dikurangi yang sudah kembali ke pembeli.</i>
numbers-today =
    <b>{ $store }</b> hari ini: { $paid ->
        [0] belum ada pembayaran
       *[other] { $paid } pembayaran · <b>{ $sum }</b>
    }, { $waiting } menunggu dibayar
numbers-button-figures = 📊 Selengkapnya
numbers-button-link = 📊 Statistik

## Pesanan sebagai berkas
export-ask =
    <b>⬇ Pesanan sebagai berkas CSV</b>

    Bisa dibuka di Excel atau Google Sheets. Isinya semua pesanan yang dibuat di masa itu, lengkap dengan data pembeli. Masa yang mana?
export-begun = ⬇ Pesanan “{ $period }” sedang disiapkan. Berkasnya saya kirim di bawah ini.
export-busy = Sabar sebentar, berkas yang tadi masih disiapkan.
export-done =
    <b>{ $store }</b> · { $period } · { $orders } pesanan
    Ada data pembeli di dalamnya, simpan baik-baik, ya.
export-empty = Tidak ada pesanan: { $period }.
export-failed = 😔 Maaf, berkasnya belum berhasil dikirim. Tidak ada yang hilang. Coba lagi sebentar lagi, ya.
export-viewer = 🔒 Berkas pesanan memuat data pembeli, jadi hanya untuk pemilik dan staf. Angkanya bisa dilihat di statistik.
export-button-other = 🗓 Masa lain
export-button-again = 🔄 Coba lagi
export-button-shop = 📦 Seluruh toko
export-shop-not-owner = 🔒 Seluruh toko hanya bisa dibawa pulang oleh pemiliknya.
export-shop-begun = 📦 Seluruh toko sedang disiapkan. Berkasnya saya kirim di bawah ini.
export-shop-done =
    <b>📦 { $store }</b>: semua tautan, pesanan, dan pembukuannya ({ $rows } baris), siap dibaca Tautan di tempat lain.
    Ada data pembeli di dalamnya, simpan baik-baik. Kunci dan kata sandi tidak ikut.
    Untuk pindah, berikan berkas ini dan nomor id Anda (/me) kepada pengelola bot yang baru.
export-shop-too-large = 😔 Tokonya sudah terlalu besar untuk dikirim lewat chat. Minta salinannya kepada pengelola bot ini, ya.
numbers-button-export = ⬇ CSV

## Judul kolom dan kata di berkas
export-file = pesanan
export-code = Kode
export-made = Dipesan
export-state = Status
export-item = Barang
export-reference = Order ID
export-name = Nama
export-phone = Nomor HP
export-email = E-mail
export-currency = Mata uang
export-price = Harga
export-came = Masuk
export-went = Keluar lagi
export-left = Sisa
export-paid = Dibayar
export-method = Cara bayar
export-mode = Mode
export-sandbox = Sandbox, bukan uang sungguhan
export-live = Live
