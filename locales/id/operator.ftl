# Yang berbunyi di obrolan pengelola layanan.

alert-mismatch = 🚨 Ada pembayaran yang tidak cocok dengan tagihan <code>{ $subject }</code>
alert-mismatch-advice = Jumlah, mata uang, merchant, atau transaksinya bukan yang ditagih. <b>Tidak ada yang dicatat lunas.</b> Periksa di dasbor penyedia pembayaran sebelum ada yang dikirim.
alert-unexpected-report = ⚠️ Penyedia pembayaran melaporkan hal yang tak terduga tentang <code>{ $subject }</code>
alert-unexpected-report-advice = { $what }. Tidak ada yang berubah karenanya. Bandingkan dengan dasbor penyedia.
alert-return-beyond = 🚨 Uang yang kembali melebihi yang pernah masuk: <code>{ $subject }</code>
alert-return-beyond-advice = Pembukuan tetap pada jumlah yang masuk dan mencatat sisanya di samping. Tanyakan ke penyedia pembayaran.
alert-charge-not-known = ⚠️ Penyedia pembayaran tidak mengenal tagihan <code>{ $subject }</code>
alert-charge-not-known-advice = Tagihan itu pernah dibuat di sana. Pastikan akun dan kuncinya masih sama.
alert-key-refused = 🚨 Penyedia pembayaran menolak kunci akun <b>{ $subject }</b>
alert-key-refused-advice = Pelanggan baru tidak bisa membayar lewat akun ini, dan pembayaran tidak bisa dipastikan. Pasang server key yang berlaku di pengaturan, lalu mulai ulang. Sementara itu tidak ada yang hilang.
alert-method-refused = ⚠️ Penyedia pembayaran tidak membolehkan sebuah akun memakai cara bayar: <b>{ $subject }</b>
alert-method-refused-advice = Selama sehari tidak ada toko di akun ini yang menawarkannya; sesudah itu dicoba lagi. Minta penyedia mengaktifkannya, atau biarkan saja.
alert-account-missing = 🚨 Ada tagihan yang menunggu akun <b>{ $subject }</b>, padahal akun itu tidak ada di pengaturan
alert-account-missing-advice = Tanpa akun itu, pembayarannya tidak bisa dipastikan. Kembalikan server key-nya ke pengaturan, lalu mulai ulang.
alert-hold-kept = ⚠️ Sudah lebih dari sehari penyedia pembayaran belum memastikan akhir tagihan akun <b>{ $subject }</b>
alert-hold-kept-advice = Jatahnya tetap dipesan sampai penyedia memastikan tidak ada yang membayar. Periksa koneksi, dan cari tagihan itu di dasbor penyedia.
alert-orphan-notice = ⚠️ Ada pemberitahuan tentang tagihan yang tidak dikenal di sini: <code>{ $subject }</code>
alert-orphan-notice-advice = Bentuknya seperti tagihan kita: setelah cadangan dipulihkan, bisa jadi ini pesanan yang dibuat sesudah salinan itu. Cari di dasbor penyedia, lalu kirim barangnya atau kembalikan uangnya.
alert-books = 🚨 Pembukuan tidak cocok: <code>{ $subject }</code>
alert-books-advice = { $what }. Jalankan <code>tautan verify</code> untuk daftar lengkapnya, dan simpan cadangan basis data dalam keadaan sekarang.
alert-database = 🚨 Basis data bermasalah: { $subject }
alert-database-advice = { $what }. Periksa diska dan catatannya.
alert-refund-not-shown = ⚠️ Penyedia pembayaran sudah sehari diminta mengembalikan uang, tetapi belum tampak: <code>{ $subject }</code>
alert-refund-not-shown-advice = Cari tagihannya di dasbor penyedia. Kalau uangnya sudah keluar, tidak ada yang perlu dilakukan di sini: pembukuan menyusul begitu penyedia melaporkannya. Kalau belum, tanyakan ke penyedia, dan kabari penjual sebelum ada yang mentransfernya sendiri.
alert-restored = ℹ️ Cadangan sudah dipulihkan: { $subject }
alert-restored-advice = { $what }. Semuanya sedang ditanyakan sekarang. Pesanan yang dibuat sesudah salinan itu tidak dikenal di sini; begitu penyedia pembayaran menyebutnya, Anda diberi tahu.
