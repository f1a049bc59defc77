# Menunggu giliran selagi semua barang sedang dibayar.

## Di halaman tautan.
pay-turn-offer = Mau menunggu? Anda diberi tahu begitu ada yang tidak jadi membayar.
pay-turn-wait = Tunggu giliran
pay-turn-form-title = Siapa yang menunggu giliran?
pay-turn-form-lead = Belum ada yang perlu dibayar. Begitu giliran Anda tiba, Anda tinggal memilih cara bayar.
pay-turn-own = Anda sedang menunggu giliran.
pay-turn-own-hint = Pesanan { $code } menunggu dalam antrean.
pay-turn-own-look = Lihat antrean

## Di halaman pesanan.
pay-turn-next = Anda yang berikutnya.
pay-turn-place = Anda nomor { $place } dalam antrean.
pay-turn-hint = Semua sedang dibayar orang lain. Begitu ada yang tidak jadi, yang paling depan diberi tahu di halaman ini.
pay-turn-others-hint = Ada yang kosong, dan yang di depan Anda sedang diberi tahu. Kalau tidak diambil dalam 5 menit, giliran Anda.
pay-turn-no-keeping = Tidak ada yang disimpankan: siapa yang lebih dulu memilih cara bayar, dia yang dapat. Biarkan halaman ini terbuka; halaman ini memeriksa sendiri.
pay-turn-leave-lead = Tidak jadi menunggu?
pay-turn-leave = Keluar dari antrean
pay-turn-now-title = Giliran Anda!
pay-turn-now = Giliran Anda! Ada satu yang kosong. Belum disimpankan untuk Anda, jadi pilih cara bayarnya sekarang.
pay-turn-passed = Giliran Anda tadi sudah lewat, jadi Anda tidak lagi dalam antrean. Anda boleh mengantre lagi, dari paling belakang.
pay-turn-network = Dari koneksi internet ini sudah banyak yang menunggu. Coba lagi nanti, atau ganti dari Wi-Fi ke data seluler.
pay-turn-over = Antreannya sudah berakhir. Anda tidak perlu membayar apa pun.
