# Surat elektronik kepada pembeli.

letter-practice = Ini latihan. Tidak ada uang sungguhan yang berpindah.
letter-practice-subject = [Latihan] { $subject }
letter-hello = Halo { $name },
letter-hello-someone = Halo,
letter-until = Bayar sebelum
letter-no-answer = Balasan ke surel ini tidak dibaca. Ada pertanyaan? Hubungi { $store } di obrolan tempat Anda mengenalnya.
letter-check-address = Halaman pembayaran toko ini selalu ada di { $host }. Periksa alamatnya sebelum membayar.

letter-link-subject = { $store }: tautan bayar untuk { $item }
letter-link-title = { $store } membuat tautan bayar untuk Anda
letter-link-line = Buka halamannya untuk melihat rinciannya dan memilih cara bayar.
letter-link-opens = Dibuka
letter-link-button = Buka halaman bayar
letter-link-why = Anda mendapat surel ini karena { $store } membuat tautan bayar untuk alamat ini.

letter-do-subject = { $store }: cara membayar { $amount }
letter-do-title = Bayar { $amount } lewat { $method }
letter-do-number = Bayar tepat sejumlah itu ke nomor ini. Langkahnya, per bank, ada di halaman pesanan Anda.
letter-do-bill = Di Livin' atau ATM Mandiri, ketik kode perusahaan itu, lalu kode bayarnya, dan bayar tepat sejumlah itu. Langkahnya ada di halaman pesanan Anda.
letter-do-counter = Sebutkan kode ini di kasir dan bayar tepat sejumlah itu.
letter-do-qr = Buka halamannya lalu pindai kode QR dengan aplikasi bank atau dompet Anda.
letter-do-page = Buka halamannya lalu lanjutkan dari sana.
letter-do-until = Mohon bayar sebelum { $until }.
letter-do-button = Buka pesanan Anda

letter-receipt-subject = { $store }: bukti bayar { $item }
letter-receipt-title = { $amount } sudah masuk
letter-receipt-line = Terima kasih. { $store } sudah tahu bahwa Anda membayar. Bukti bayarnya terlampir sebagai PDF.
letter-receipt-line-page = Terima kasih. { $store } sudah tahu bahwa Anda membayar. Bukti bayarnya ada di halaman di bawah ini.
letter-receipt-button = Lihat bukti bayar
letter-receipt-why = Anda mendapat surel ini karena alamat ini diisi saat memesan di { $store }. Kalau itu bukan Anda, abaikan saja.

letter-expiry-subject = { $store }: { $item } belum dibayar sampai batas waktu
letter-expiry-title = Batas waktu bayar sudah lewat
letter-expiry-again = Sampai batas waktu kami belum melihat pembayaran Anda. Anda masih bisa memilih cara bayar di halamannya.
letter-expiry-later = Sampai batas waktu kami belum melihat pembayaran Anda. Sekarang halamannya belum bisa menerima pembayaran; buka lagi nanti, atau tanyakan kepada { $store }.
letter-expiry-over = Sampai batas waktu kami belum melihat pembayaran Anda, dan halamannya sudah tidak menerima pembayaran. Tanyakan kepada { $store } kalau Anda masih mau.
letter-expiry-paid = Sudah membayar? Tidak perlu apa-apa: begitu bank memberi tahu kami, Anda mendapat bukti bayarnya.
letter-expiry-button = Buka pesanan Anda

letter-turn-subject = { $store }: giliran Anda untuk { $item }
letter-turn-title = Giliran Anda
letter-turn-line = Ada satu { $item } yang kosong. Belum disimpankan untuk Anda: siapa yang lebih dulu memilih cara bayar, dia yang dapat.
letter-turn-until = Mohon pilih sebelum { $until }. Setelah itu yang berikutnya dalam antrean ikut diberi tahu.
letter-turn-button = Pilih cara bayar

## Bukti bayar sebagai PDF.
receipt-pdf-name = bukti-bayar-{ $code }.pdf
receipt-pdf-made = Dibuat oleh Tautan untuk { $store }. Halaman pesanan selalu menunjukkan keadaan terbaru.

## Obrolan penjual.
letter-goes-to = ✉️ Tautannya dikirim lewat surel ke { $email }.
letter-went-to = ✉️ Tautannya sudah dikirim lewat surel ke { $email }, { $at }.
letter-not-sent = ⚠️ Surel ke { $email } tidak sampai.
letter-button-again = ✉️ Kirim surel lagi
letter-again-toast = Sedang dikirim lagi
letter-enough-toast = Hari ini sudah cukup sering dicoba. Kirim tautannya sendiri, atau perbaiki alamatnya, ya.
letters-go = ✉️ { $count } tautan langsung dikirim ke surel pembelinya.
notice-letter-failed =
    ✉️ <b>Surel tidak sampai</b>
    Tautan bayar untuk { $item } tidak bisa dikirim ke { $email }. Kirim sendiri, atau perbaiki alamatnya di kartu tautan.
notice-letters-left =
    ✉️ <b>Ada tautan yang tidak terkirim</b>
    Surelnya lebih banyak daripada jatah sehari, dan sebagian terlalu lama menunggu: tautan bayar untuk { $item } ke { $email } dan mungkin yang lain. Kirim sendiri, ya.
