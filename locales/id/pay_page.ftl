## Yang ada di setiap halaman.
pay-sandbox-banner = Mode latihan: bukan uang sungguhan.
pay-language-switch = English
pay-footer = Halaman bayar oleh Tautan
pay-to-store = Bayar ke { $store }
pay-step-details = Data
pay-step-method = Cara
pay-step-pay = Bayar
pay-steps-label = Langkah Anda
pay-copy = Salin
pay-copied = Tersalin
pay-copy-failed = Tekan lama untuk menyalin
pay-amount-label = Jumlah
pay-price-label = Harga
pay-order-code = Kode pesanan

## Halaman tautan.
pay-preview = { $amount } untuk { $store }
pay-preview-state = { $amount } untuk { $store }. { $state }
pay-left = { $count ->
   *[other] Sisa { $count }
 }
pay-left-last = Tinggal satu
pay-valid-until = Berlaku sampai { $when }
pay-price-from = Mulai { $amount }
pay-price-between = { $least } – { $most }
pay-pieces-fact = Harga satu buah, boleh sampai { $count }
pay-own-amount = Jumlah yang Anda bayar
pay-own-amount-from = Paling sedikit { $least }
pay-own-amount-between = Dari { $least } sampai { $most }
pay-pieces = Jumlah
pay-pieces-hint = 1 sampai { $count } buah, { $amount } untuk satu
pay-discount = Diskon
pay-error-amount-empty = Mohon isi jumlahnya, contoh: 100.000.
pay-error-amount-odd = Tulis angkanya saja, contoh: 100.000.
pay-error-amount-unclear = Ini bisa berarti { $amounts }. Tulis lengkap, contoh: 100.000.
pay-error-amount-below = Paling sedikit { $least }.
pay-error-amount-above = Paling banyak { $most }.
pay-error-pieces = Isi angka bulat dari 1 sampai { $count }.
pay-letter = Pesan dari { $store }
pay-form-title = Siapa yang membayar?
pay-form-title-named = Halo { $name }!
pay-form-lead-named = Pembayaran ini disiapkan untuk Anda.
pay-name = Nama
pay-name-hint = Nama yang dikenal { $store }
pay-phone = Nomor HP
pay-phone-hint = Contoh: 0812 3456 7890
pay-email = Email
pay-email-hint = Contoh: budi@example.com
pay-continue-to-method = Pilih cara bayar
pay-form-why = Data ini hanya dilihat { $store } untuk mengurus pesanan Anda.
pay-leave-empty = Biarkan kosong
pay-form-check = Mohon periksa lagi isian yang ditandai.
pay-form-again = Demi keamanan, belum ada yang dikirim. Silakan tekan tombolnya sekali lagi.
pay-form-too-often = Terlalu banyak permintaan dari koneksi internet Anda. Isian Anda tidak hilang. Silakan tekan tombolnya lagi dalam { $count } detik.
pay-form-price-changed = Harganya sekarang { $amount }. Tekan tombolnya kalau Anda setuju.
pay-error-name-empty = Mohon isi nama Anda.
pay-error-name-long = Terlalu panjang: paling banyak { $max } karakter.
pay-error-name-card = Cukup isi nama saja. Jangan pernah menulis nomor kartu di sini.
pay-error-phone-empty = Mohon isi nomor HP, contoh: 0812 3456 7890.
pay-error-phone-odd = Angka saja, contoh: 0812 3456 7890.
pay-error-phone-short = Nomornya kurang angka. Contoh: 0812 3456 7890.
pay-error-phone-long = Nomornya kebanyakan angka. Contoh: 0812 3456 7890.
pay-error-phone-country = Awali dengan 0 atau kode negara, contoh: +65 8123 4567.
pay-error-email-empty = Mohon isi alamat email, contoh: budi@example.com.
pay-error-email-long = Alamat ini terlalu panjang. Contoh: budi@example.com.
pay-error-email-card = Cukup alamat email Anda. Jangan pernah menulis nomor kartu di sini.
pay-error-email-odd = Ini belum seperti alamat email. Contoh: budi@example.com.

## Keadaan tautan yang tidak menerima pembayaran.
pay-state-deleted = { $store } sudah menarik tautan ini.
pay-state-deleted-hint = Masih ingin membeli? Mintalah tautan baru.
pay-state-paused = Tautan ini sedang istirahat.
pay-state-paused-hint = Saat ini belum bisa membayar di sini. { $store } bisa membukanya lagi.
pay-state-not-open = Belum waktunya.
pay-state-not-open-hint = Anda bisa membayar di sini mulai { $when }.
pay-state-not-open-soon = Anda bisa membayar di sini sebentar lagi.
pay-state-expired = Masa berlaku tautan ini sudah habis.
pay-state-expired-hint = Tautan ini berlaku sampai { $when }. Masih ingin membeli? Mintalah tautan baru ke { $store }.
pay-state-expired-plain = Masih ingin membeli? Mintalah tautan baru ke { $store }.
pay-state-exhausted = Sudah habis.
pay-state-exhausted-hint = Semua pembayaran untuk tautan ini sudah masuk. Tanyakan ke { $store } apakah masih ada.
pay-state-busy = Sedang ada yang membayar.
pay-state-busy-hint = Kalau tidak jadi, Anda bisa membayar mulai { $when }. Halaman ini memeriksa lagi sendiri.
pay-state-busy-ends = Tautan ini berakhir { $when }, sebelum pasti ada giliran lagi. Tanyakan ke { $store }. Halaman ini memeriksa lagi sendiri.
pay-state-busy-soon = Kalau tidak jadi, Anda bisa membayar sebentar lagi. Halaman ini memeriksa lagi sendiri.
pay-ask-button = Masih ada?
pay-ask-lead = Satu ketukan memberi tahu { $store } bahwa ada yang mencarinya. Tanpa nama, tanpa nomor.
pay-ask-told = { $store } sudah diberi tahu ({ $when }) bahwa ada yang mencari. Kalau dibuka lagi, halaman ini langsung menampilkannya.
pay-ask-declined = { $store } menjawab: untuk saat ini belum ada lagi.
pay-ask-later = { $store } sedang menerima banyak pertanyaan. Coba lagi nanti, ya.

## Pelanggan yang kembali ke tautan.
pay-own-waiting = Anda sudah mulai.
pay-own-waiting-hint = Pesanan { $code } menunggu pembayaran Anda.
pay-own-waiting-until = Pesanan { $code } menunggu pembayaran Anda. Masih bisa dibayar sampai { $when }.
pay-own-continue = Lanjutkan pembayaran
pay-own-paid = Ini sudah Anda bayar.
pay-own-paid-hint = Pesanan { $code } sudah lunas. Terima kasih!
pay-own-look = Lihat pesanan Anda
pay-own-other = Anda punya pesanan di sini.
pay-own-other-hint = Pesanan { $code }: lihat keadaannya.
pay-own-money = Uang Anda ada di sini.
pay-own-money-hint = Untuk pesanan { $code } sudah masuk { $amount } dari { $price }. Lihat ke sana dulu sebelum membayar lagi.
pay-own-back-hint = Untuk pesanan { $code } pernah masuk { $amount }, dan sudah kembali.
pay-own-unseen = Anda pernah ke sini.
pay-own-unseen-hint = Untuk pesanan { $code } belum ada pembayaran yang kami lihat. Sudah transfer? Jangan bayar lagi: lihat ke sana.
pay-again = Beli sekali lagi
pay-start-new = Buat pesanan baru saja

## Memilih cara bayar.
pay-choose-title = Mau bayar dengan apa?
pay-choose-other = Pilih cara bayar lain
pay-choose-hint = Giliran Anda tetap disimpan selama mengganti. Yang tertulis di atas lalu tidak berlaku lagi. Sudah membayar? Jangan diganti: tunggu saja di sini.
pay-choose-last = Ini kesempatan terakhir untuk mengganti.
pay-choose-no-more = Cara bayar tidak bisa diganti lagi. Silakan bayar dengan yang ini, atau tanya { $store }.
pay-group-qris = Pindai dengan aplikasi bank atau dompet apa saja
pay-group-va = Transfer ke virtual account
pay-group-bill = Bayar tagihan
pay-method-qris-note = BCA, Mandiri, GoPay, OVO, DANA, ShopeePay, dan lainnya
pay-method-bill-note = Livin' atau ATM Mandiri
pay-method-permata-note = Dari bank mana saja
pay-choose-none = Saat ini belum ada cara bayar untuk jumlah ini. Mohon kabari { $store }.

## Membayar.
pay-do-title = Bayar dengan { $method }
pay-do-deadline = Bayar sebelum
pay-do-time-left = Sisa waktu
pay-do-exact = Bayar tepat sejumlah ini.
pay-do-name = Bank Anda bisa menampilkan nama penyedia pembayaran, bukan { $store }. Jumlahnya harus tepat { $amount }.
pay-number-label = Nomor virtual account
pay-biller-label = Kode perusahaan
pay-bill-key-label = Kode bayar
pay-counter-label = Kode bayar untuk { $store }
pay-qr-label = Kode QRIS untuk { $amount }
pay-qr-save = Simpan gambar
pay-qr-same-phone = Membayar dengan HP ini juga? Simpan gambarnya (atau ambil tangkapan layar), lalu buka dari pemindai di aplikasi Anda.
pay-open-app = Buka aplikasinya
pay-open-page = Lanjut ke halaman pembayaran
pay-how-app = Lewat aplikasi
pay-how-atm = Lewat ATM
pay-how-other = Dari bank lain
pay-how-title = Caranya
pay-steps-qris =
    Buka aplikasi bank atau dompet Anda, lalu pilih Scan atau QRIS.
    Pindai kode di atas.
    Periksa nama dan jumlahnya, lalu bayar.
pay-steps-bca-app =
    Buka BCA mobile, lalu m-Transfer, BCA Virtual Account.
    Masukkan nomor di atas dan periksa namanya.
    Konfirmasi dengan PIN Anda.
pay-steps-bca-atm =
    Pilih Transaksi Lainnya, Transfer, ke Rek BCA Virtual Account.
    Masukkan nomor di atas.
    Periksa jumlahnya, lalu konfirmasi.
pay-steps-bni-app =
    Buka wondr atau BNI Mobile Banking, lalu Transfer, Virtual Account Billing.
    Masukkan nomor di atas dan periksa namanya.
    Konfirmasi dengan PIN Anda.
pay-steps-bni-atm =
    Pilih Menu Lain, Transfer, Virtual Account Billing.
    Masukkan nomor di atas.
    Periksa jumlahnya, lalu konfirmasi.
pay-steps-bri-app =
    Buka BRImo, lalu BRIVA.
    Masukkan nomor di atas dan periksa namanya.
    Konfirmasi dengan PIN Anda.
pay-steps-bri-atm =
    Pilih Transaksi Lain, Pembayaran, Lainnya, BRIVA.
    Masukkan nomor di atas.
    Periksa jumlahnya, lalu konfirmasi.
pay-steps-permata-app =
    Buka Permata ME, lalu Bayar Tagihan, Virtual Account.
    Masukkan nomor di atas dan periksa namanya.
    Konfirmasi dengan PIN Anda.
pay-steps-permata-other =
    Pilih Transfer ke bank lain, lalu Bank Permata (013).
    Masukkan nomor di atas sebagai nomor rekening.
    Ketik jumlah yang persis sama, lalu konfirmasi.
pay-steps-cimb-app =
    Buka OCTO, lalu Transfer, CIMB Niaga Virtual Account.
    Masukkan nomor di atas dan periksa namanya.
    Konfirmasi dengan PIN Anda.
pay-steps-cimb-other =
    Pilih Transfer ke bank lain, lalu CIMB Niaga (022).
    Masukkan nomor di atas sebagai nomor rekening.
    Ketik jumlah yang persis sama, lalu konfirmasi.
pay-steps-mandiri-app =
    Buka Livin' by Mandiri, lalu Bayar, Multipayment.
    Masukkan kode perusahaan, lalu kode bayar di atas.
    Periksa jumlahnya, lalu konfirmasi.
pay-steps-mandiri-atm =
    Pilih Bayar/Beli, Lainnya, Multi Payment.
    Masukkan kode perusahaan, lalu kode bayar di atas.
    Periksa jumlahnya, lalu konfirmasi.
pay-watching = Halaman ini berubah sendiri begitu pembayaran Anda masuk.
pay-watching-no-script = Halaman ini memeriksa lagi setiap 20 detik.
pay-practice-lead = Ini latihan. Bayarlah di halaman bank tiruan:
pay-practice-open = Buka bank tiruan

## Hasil memilih cara bayar.
pay-said-earlier-valid = Nomor yang tadi tidak bisa dibatalkan. Nomor itu masih berlaku: silakan bayar dengannya.
pay-said-method-refused = Bank sedang tidak bisa menerima cara ini. Tidak ada uang yang ditarik. Silakan pilih yang lain.
pay-said-too-many = Anda sudah sering mengganti cara bayar. Silakan bayar dengan yang ada, atau tanya { $store }.
pay-said-network = Dari koneksi internet ini sudah banyak pembayaran yang belum selesai. Tidak ada yang ditagih karenanya. Coba beberapa menit lagi, atau ganti dari Wi-Fi ke data seluler.
pay-said-too-often = Terlalu banyak permintaan dari koneksi internet Anda. Tidak ada uang yang ditarik. Silakan pilih lagi dalam { $count } detik.
pay-said-over = Pesanan ini tidak bisa dibayar lagi.
pay-said-unknown-method = Cara ini tidak tersedia. Silakan pilih dari daftar.

## Keadaan pesanan.
pay-denied-note = Bank menolak percobaan terakhir, dan belum ada uang yang sampai ke kami. Anda bisa memilih cara lain.
pay-expired-note = Waktu percobaan terakhir sudah habis: { $method } yang tadi tidak berlaku lagi. Sudah membayar ke sana? Jangan bayar lagi: tunggu di sini atau tanya { $store }. Kalau belum, silakan pilih lagi.
pay-failed-note = Bank gagal menyiapkan percobaan terakhir. Tidak ada yang ditagih karenanya. Anda bisa memilih lagi.
pay-earlier-dead = { $method } yang tadi tidak berlaku lagi. Sudah membayar ke sana? Jangan bayar lagi: tunggu di sini atau tanya { $store }.
pay-checking = Sedang bertanya ke bank …
pay-checking-hint = Hanya beberapa detik. Anda tidak akan ditagih dua kali.
pay-reviewing = Bank sedang memeriksa pembayaran Anda.
pay-reviewing-hint = Halaman ini memberi tahu begitu ada keputusan. Anda tidak perlu membayar lagi.
pay-closing = Waktu bayar sudah habis.
pay-closing-hint = Baru saja membayar? Tunggu sebentar: halaman ini akan memberi tahu sendiri. Mohon jangan membayar ke nomor ini lagi.
pay-ended = Pesanan ini berakhir tanpa pembayaran.
pay-ended-hint = Anda belum pernah diminta membayar.
pay-ended-again = Mulai lagi
pay-ended-link = Kembali ke tautan
pay-unseen = Belum ada pembayaran yang kami lihat.
pay-unseen-hint = Sudah transfer? Simpan buktinya dan jangan bayar lagi: halaman ini memberi tahu begitu uangnya masuk.
pay-tries-over = Pesanan ini sudah dicoba sebanyak yang bisa.
pay-paid = Lunas. Terima kasih!
pay-paid-hint = { $store } sudah menerima pembayaran Anda dan tahu tentang pesanan ini.
pay-shipped = Barang sudah dikirim { $at }.
pay-paid-overpaid = Anda mengirim lebih dari harganya. Lebihnya { $amount }: { $store } sudah tahu dan akan menghubungi Anda.
pay-paid-twice = Uang Anda masuk dua kali. Lebihnya { $amount }: { $store } sudah tahu dan akan mengembalikannya.
pay-extra-back = Kelebihannya sudah dikembalikan kepada Anda.
pay-part-returning = { $amount } sedang dalam perjalanan kembali kepada Anda.
pay-returning = Uang Anda sedang dikembalikan.
pay-returning-hint = { $store } sedang mengembalikan { $amount }. Halaman ini memberi tahu begitu uangnya dikirim.
pay-underpaid = Uang yang masuk kurang dari harganya.
pay-underpaid-hint = Uang Anda aman dan { $store } sudah tahu. Jangan transfer lagi sebelum { $store } menjawab.
pay-again-whole = Masih ingin membeli? Silakan bayar lagi, sekaligus sejumlah harganya.
pay-mismatch = Pembayaran Anda sedang diperiksa.
pay-mismatch-hint = Ada yang perlu dilihat oleh petugas. Mohon jangan membayar lagi.
pay-unallocated = Uang Anda sudah kami terima.
pay-unallocated-hint = Uangnya masuk saat barang sudah habis. { $store } sudah tahu dan akan menghubungi Anda: pesanan dikirim, atau uang kembali.
pay-partially-refunded = Sebagian uang Anda sudah dikembalikan.
pay-partially-refunded-hint = Anda membayar { $paid }; { $amount } di antaranya sudah dikembalikan. Tergantung bank Anda, bisa beberapa hari sampai masuk.
pay-refunded = Uang Anda sudah dikembalikan.
pay-refunded-hint = Tergantung bank Anda, bisa beberapa hari sampai masuk.
pay-reversed = Bank menarik kembali pembayaran ini.
pay-reversed-hint = Pesanan ini tidak lagi lunas. Periksa rekening Anda untuk melihat di mana uangnya.
pay-disputed = Pembayaran ini sedang disengketakan.
pay-disputed-hint = Uangnya kembali ke bank Anda sampai ada keputusan. Tanyakan ke bank Anda, dan bicarakan dengan { $store }.
pay-contact = Ada pertanyaan? Hubungi { $store } di obrolan tempat Anda mendapat tautan ini, dan sebutkan { $code }.
pay-money-received = Diterima
pay-money-sent-back = Dikembalikan
pay-money-under-way = Sedang dikembalikan
pay-money-taken = Ditarik bank
pay-money-disputed = Disengketakan
pay-money-missing = Kurang
pay-money-extra = Lebih
pay-receipt-open = Lihat bukti bayar
pay-in-chat = Pantau pesanan ini di Telegram

## Bukti bayar.
pay-receipt-title = Bukti bayar
pay-receipt-from = Dari
pay-receipt-item = Barang
pay-receipt-method = Dibayar dengan
pay-receipt-time = Waktu bayar
pay-receipt-customer = Dibayar oleh
pay-receipt-reference = Nomor rujukan
pay-receipt-state = Keadaan
pay-receipt-state-paid = Lunas
pay-receipt-print = Cetak atau simpan
pay-receipt-back = Kembali ke pesanan
pay-receipt-sandbox = Bukti latihan: tidak ada uang sungguhan yang dibayar.

## Kalau tidak ada atau ada yang salah.
pay-lost-title = Tidak ada apa-apa di alamat ini.
pay-lost-hint = Periksa tautannya, atau minta penjual mengirimnya lagi.
pay-wrong-verb = Halaman ini tidak bisa dipakai seperti itu.
pay-wrong-verb-hint = Kembali dan buka tautannya lagi.
pay-too-large = Kiriman Anda terlalu besar.
pay-too-large-hint = Kembali dan ringkas yang Anda tulis.
pay-unreadable = Kiriman tadi tidak bisa kami baca.
pay-unreadable-hint = Kembali, muat ulang halamannya, lalu coba lagi.
pay-too-slow = Kirimannya terlalu lama sampai.
pay-too-slow-hint = Periksa koneksi Anda dan coba lagi. Tidak ada uang yang ditarik.
pay-too-often = Mohon tunggu sebentar.
pay-too-often-hint = Terlalu banyak permintaan dari koneksi internet Anda. Tidak ada uang yang ditarik. Tunggu beberapa detik, lalu buka lagi tautannya.
pay-foreign = Kami tidak yakin ini datang dari halaman kami.
pay-foreign-hint = Buka lagi tautannya dan tekan tombol di sana. Tidak ada uang yang ditarik.
pay-fault = Ada yang salah di pihak kami.
pay-fault-hint = Tidak ada uang yang ditarik karenanya. Coba lagi sebentar. Kalau tetap begini, beri tahu penjual kode ini:
pay-landing-title = Tautan bayar yang hidup di obrolan
pay-landing-lead = Alamat ini melayani halaman bayar. Untuk membayar, buka tautan yang dikirim penjual.
