# Cara bayar di halaman: nama, batas, petunjuk langkah demi langkah.

## Memilih.
pay-group-qris = Pindai dengan aplikasi bank atau dompet apa saja
pay-group-wallet = Bayar lewat aplikasi
pay-group-va = Transfer ke virtual account
pay-group-bill = Bayar tagihan
pay-group-counter = Bayar di kasir
pay-group-page = Kartu atau bayar nanti
pay-method-qris-note = BCA, Mandiri, GoPay, OVO, DANA, ShopeePay, dan lainnya
pay-method-bill-note = Livin' atau ATM Mandiri
pay-method-permata-note = Dari bank mana saja
pay-method-shopeepay-note = Di aplikasi Shopee atau ShopeePay
pay-method-card-note = Kredit atau debit
pay-method-later-note = Cicilan atau bayar nanti
pay-choose-unfit = Tidak untuk jumlah ini
pay-unfit-from = mulai { $amount }
pay-unfit-at-most = sampai { $amount }

## Memindai.
pay-qr-label = Kode QRIS untuk { $amount }
pay-qr-wallet-label = Kode QR { $method } untuk { $amount }
pay-qr-save = Simpan gambar
pay-qr-same-phone = Membayar dengan HP ini juga? Simpan gambarnya (atau ambil tangkapan layar), lalu buka dari pemindai di aplikasi Anda.
pay-qr-wallet-hint = Pindai dengan kamera HP Anda, lalu buka tautannya: { $method } terbuka di HP itu.
pay-qr-any-wallet-hint = Pindai dengan { $method } atau aplikasi dompet digital lain.
pay-qr-text = Isi kode QRIS sebagai teks
pay-qr-text-hint = Untuk aplikasi yang bisa membaca teksnya.
pay-wallet-here = Bayar di perangkat ini
pay-wallet-elsewhere = Bayar dengan HP lain
pay-wallet-unverified = Untuk lebih dari { $amount }, akun { $method } Anda harus sudah diverifikasi. Kalau belum, pilih cara bayar lain.
pay-wallet-needs-phone = { $method } dibayar dari HP. Buka halaman ini di HP Anda, atau pilih cara bayar lain.

## Aplikasi dan halaman lain.
pay-open-app = Buka { $method }
pay-open-app-hint = Sesudah membayar, kembali ke halaman ini.
pay-open-page = Lanjut ke halaman pembayaran
pay-open-card-hint =
    Kartu Anda diketik di halaman penyedia pembayaran, bukan di sini.
    Nomornya tidak pernah sampai ke kami, tidak juga ke { $store }.
pay-open-page-hint =
    Anda masuk ke { $method } di halaman penyedia pembayaran, bukan di sini.
    Sesudah selesai, Anda kembali ke halaman ini.
pay-in-app = Tombolnya tidak bereaksi?
pay-in-app-why = Halaman ini terbuka di dalam aplikasi lain, yang sering menahan tombolnya. Buka halaman ini di browser HP Anda.
pay-in-app-open = Buka di browser
pay-in-app-hint = Ketuk menu aplikasi itu (⋮, ⋯, atau ikon kompas), lalu pilih buka di browser. Atau salin alamat ini ke browser:
pay-in-app-copy = Salin alamat

## Di kasir.
pay-counter-label = Kode bayar untuk { $store }
pay-counter-say = Bilang ke kasir:
pay-counter-words = “Mau bayar belanja online lewat Midtrans, ini kode bayarnya.”
pay-counter-cash = Uang tunai di { $method } paling banyak { $amount }. Untuk jumlah ini, bayarlah di kasir tanpa uang tunai.

## Petunjuk: lewat apa.
pay-how-this-phone = Dengan HP ini
pay-how-other-screen = Dengan HP lain
pay-how-atm = ATM { $bank }
pay-how-internet = Internet banking
pay-how-other = Dari bank lain

## Petunjuk: menu bank. Satu baris untuk tiap jalan.
pay-menu-bca-mobile = Buka BCA mobile, pilih m-BCA, m-Transfer, lalu BCA Virtual Account.
pay-menu-mybca = Buka myBCA, pilih Transfer, lalu Virtual Account.
pay-menu-bca-atm = Pilih Transaksi Lainnya, Transfer, lalu Ke Rek BCA Virtual Account.
pay-menu-klikbca = Masuk ke KlikBCA, pilih Transfer Dana, lalu Transfer ke BCA Virtual Account.
pay-menu-wondr = Buka wondr by BNI, pilih Transfer, lalu Virtual Account.
pay-menu-bni-mobile = Buka BNI Mobile Banking, pilih Transfer, lalu Virtual Account Billing.
pay-menu-bni-atm = Pilih Menu Lainnya, Transfer, jenis rekening Anda, lalu Virtual Account Billing.
pay-menu-bni-web = Masuk ke internet banking BNI, pilih Transfer, lalu Virtual Account Billing.
pay-menu-brimo = Buka BRImo, pilih BRIVA, lalu pembayaran baru.
pay-menu-bri-atm = Pilih Transaksi Lain, Pembayaran, Lainnya, lalu BRIVA.
pay-menu-bri-web = Masuk ke internet banking BRI, pilih Pembayaran, lalu BRIVA.
pay-menu-permata-app = Buka aplikasi Permata, pilih Bayar Tagihan, lalu Virtual Account.
pay-menu-permata-atm = Pilih Transaksi Lainnya, Pembayaran, Pembayaran Lainnya, lalu Virtual Account.
pay-menu-permatanet = Masuk ke PermataNet, pilih Pembayaran Tagihan, lalu Virtual Account.
pay-menu-octo = Buka aplikasi OCTO, pilih Transfer, lalu Virtual Account CIMB Niaga.
pay-menu-cimb-atm = Pilih Transfer, lalu ke rekening CIMB Niaga.
pay-menu-octo-clicks = Masuk ke OCTO Clicks, pilih Bayar Tagihan, lalu Virtual Account.
pay-menu-livin = Buka Livin', pilih Bayar/VA, ketik kode perusahaan di atas di kolom pencarian, lalu pilih yang muncul.
pay-menu-mandiri-atm = Pilih Bayar/Beli, Lainnya, lalu Multi Payment.
pay-menu-mandiri-web = Masuk ke internet banking Mandiri, pilih Pembayaran, lalu Multipayment.

## Petunjuk: langkah.
pay-steps-number = Masukkan nomor di atas.
pay-steps-bill = Masukkan kode perusahaan, lalu kode bayar di atas.
pay-steps-bill-app = Masukkan kode bayar di atas.
pay-steps-bill-web = Pilih Midtrans sebagai penyedia jasa (kodenya di atas), lalu masukkan kode bayar.
pay-steps-app-end =
    Periksa nama dan jumlahnya.
    Konfirmasi dengan PIN Anda.
pay-steps-atm-end =
    Periksa nama dan jumlahnya, lalu konfirmasi.
    Simpan struknya.
pay-steps-web-end =
    Periksa nama dan jumlahnya.
    Setujui dengan token atau kode dari bank Anda.
pay-steps-other-bank =
    Di aplikasi atau ATM bank Anda, pilih Transfer ke bank lain, lalu { $bank }.
    Masukkan nomor di atas sebagai nomor rekening.
    Ketik jumlah yang persis sama.
    Kalau ditanya cara kirimnya, pilih transfer online, bukan BI-FAST, SKN, atau RTGS.
    Periksa namanya, lalu konfirmasi. Bank Anda bisa memungut biaya transfer.
pay-steps-qris-scan =
    Di HP itu, buka aplikasi bank, GoPay, OVO, DANA, ShopeePay, atau lainnya.
    Pilih Scan atau QRIS, lalu pindai kode di atas.
    Periksa nama dan jumlahnya, lalu bayar.
pay-steps-qris-picture =
    Ketuk Simpan gambar di atas, atau ambil tangkapan layar.
    Buka aplikasi bank atau dompet Anda, lalu pilih Scan atau QRIS.
    Ketuk ikon galeri, lalu pilih gambar tadi.
    Periksa nama dan jumlahnya, lalu bayar.
pay-steps-wallet-here =
    Ketuk tombol Buka { $method }: aplikasinya terbuka.
    Periksa nama dan jumlahnya, lalu masukkan PIN.
    Kembali ke halaman ini.
pay-steps-any-wallet-scan =
    Buka { $method } atau aplikasi dompet digital lain di HP, lalu pindai kode QR di halaman ini.
    Periksa nama dan jumlahnya, lalu masukkan PIN.
    Halaman ini berubah sendiri.
pay-steps-wallet-scan =
    Arahkan kamera HP itu ke kode QR di halaman ini, lalu ketuk tautan yang muncul.
    Periksa nama dan jumlahnya di { $method }, lalu masukkan PIN.
    Halaman ini berubah sendiri.
pay-steps-counter =
    Datang ke kasir { $store } mana saja sebelum waktunya habis.
    Ucapkan kalimat di atas, lalu tunjukkan kodenya.
    Periksa jumlahnya, bayar, lalu simpan struknya.
pay-steps-card =
    Ketuk tombol di atas: halaman penyedia pembayaran terbuka.
    Ketik nomor kartu, masa berlaku, dan CVV di sana.
    Masukkan kode OTP dari bank, lalu kembali ke halaman ini.
pay-steps-later =
    Ketuk tombol di atas: halaman penyedia pembayaran terbuka.
    Masuk ke akun { $method } Anda, lalu pilih kapan membayarnya.
    Masukkan kode OTP, lalu kembali ke halaman ini.
