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
