# Kabar yang berdering di obrolan penjual.

notice-button-order = 🧾 Pesanan
notice-button-accept = ✅ Terima
notice-button-deliver = 📦 Kirim barang
notice-button-give-back = ↩ Kembalikan
notice-button-try-again = 🔁 Coba lagi
notice-button-sent-back = ✅ Sudah saya kirim
notice-button-orders = 🧾 Semua pesanan
notice-button-link = 🔗 Tautannya
notice-button-new = ➕ Tautan baru
notice-left = { $remaining ->
    [0] habis
   *[other] sisa { $remaining }
}
notice-no-limit = tanpa batas
notice-late-minutes = terlambat { $count } menit
notice-late-hours = terlambat { $count } jam
notice-late-days = terlambat { $count } hari

notice-paid = 💰 <b>{ $amount }</b> dari { $customer }
notice-paid-late = 💰⏰ <b>{ $amount }</b> dari { $customer }, lewat waktunya
notice-paid-late-by = 💰⏰ <b>{ $amount }</b> dari { $customer }, { $late }
notice-paid-late-advice = Uangnya datang setelah tenggat pembeli, tapi masih ada sisa: dihitung lunas. Kirim barangnya, atau kembalikan uangnya.
notice-paid-unallocated = ⚠️ <b>{ $amount }</b> dari { $customer }, padahal sudah habis
notice-paid-unallocated-late = ⚠️ <b>{ $amount }</b> dari { $customer } datang { $late }, padahal sudah habis
notice-paid-unallocated-advice = Uangnya datang saat semua sudah terambil. Anda yang memutuskan: terima dan tetap kirim, atau kembalikan uangnya.
notice-underpaid = ⚠️ Baru <b>{ $amount }</b> dari { $asked }, dari { $customer }
notice-underpaid-advice = Ini <b>belum lunas</b>. Jangan kirim dulu: hubungi pembeli, dan kembalikan uangnya kalau tidak ada kekurangannya.
notice-overpaid = ⚠️ <b>{ $amount }</b>, seharusnya { $asked }, dari { $customer }
notice-overpaid-advice = Pesanannya lunas. Kembalikan kelebihannya.
notice-duplicate-payment = ⚠️ { $customer } membayar dua kali: <b>{ $amount }</b>
notice-duplicate-payment-advice = Pesanan ini sudah lunas sebelumnya. Kirim satu kali saja, dan kembalikan pembayaran kedua.
notice-duplicate-reversed = ↩️ Satu dari dua pembayaran { $customer } ditarik kembali oleh bank: <b>{ $amount }</b>
notice-duplicate-reversed-advice = Pembayaran yang lain tetap sah dan pesanan tetap lunas. Tidak ada lagi yang perlu dikembalikan.
notice-restored = ✅ Pembayaran <b>{ $amount }</b> dari { $customer } sudah kembali
notice-reversed = 🛑 <b>JANGAN DIKIRIM</b>: bank menarik kembali { $amount } dari { $customer }
notice-reversed-advice = Pesanan ini tadinya lunas, sekarang <b>tidak lagi</b>. Kalau barang sudah jalan, hentikan. Hubungi pembeli dulu sebelum apa pun.
notice-partially-refunded = ↩ <b>{ $amount }</b> kembali ke { $customer }, sebagian dari { $asked }
notice-refunded = ↩ <b>{ $amount }</b> kembali ke { $customer }
notice-charged-back = 🛑 <b>Jangan dikirim</b>: bank { $customer } mempersoalkan { $amount }
notice-charged-back-advice = Simpan bukti pengiriman: resi, nomor lacak, percakapan. Penyedia pembayaran akan memintanya.
notice-accepted = ✅ <b>{ $amount }</b> dari { $customer } diterima di luar batas: silakan dikirim
notice-returned-by-hand = ↩ <b>{ $amount }</b> sudah dikembalikan sendiri ke { $customer }
notice-refund-failed = ⚠️ <b>{ $amount }</b> gagal dikembalikan ke { $customer }
notice-refund-failed-advice = Penyedia pembayaran menolak, dan belum ada yang dikirim. Coba lagi, atau kirim sendiri lalu beri tahu saya.
notice-sold-out =
    🏁 <b>{ $item }</b> sudah habis
    { $paid ->
        [1] Satu-satunya pembayaran sudah masuk.
       *[other] { $paid } pembayaran sudah masuk semua.
    }

burst-payments = 🔔 <b>{ $count } pembayaran</b> · <b>{ $total }</b> sejak { $since }
burst-button-all = 🧾 Lihat semua
line-payment = { $code } · { $customer } · { $amount }
line-practice = 🧪 { $line }

missed-headline = 👋 <b>Selama Anda pergi</b>, ada { $count } kabar:
missed-more = … dan { $count } lagi. Tidak ada yang hilang: semuanya ada di pesanan Anda.
missed-restored = ✅ { $line } (sudah kembali)
missed-partially-refunded = ↩ { $line } (sebagian dikembalikan)
missed-returned-by-hand = ↩ { $line } (dikembalikan sendiri)
missed-refunded = ↩ { $line } (dikembalikan semua)
missed-paid = 💰 { $line }
missed-sold-out = 🏁 { $item } sudah habis
