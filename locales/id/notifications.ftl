# Kabar yang berdering di obrolan penjual.

notice-button-order = 🧾 Pesanan ini
notice-button-accept = ✅ Terima
notice-button-deliver = 📦 Kirim barang
notice-button-give-back = ↩ Kembalikan
notice-button-try-again = 🔁 Coba lagi
notice-button-sent-back = ✅ Sudah ditransfer
notice-button-orders = 📋 Semua pesanan
notice-button-whatsapp = 💬 WhatsApp
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
notice-underpaid = ⚠️ { $customer } baru membayar <b>{ $amount }</b> dari { $asked }
notice-underpaid-advice = Ini <b>belum lunas</b>, jadi jangan kirim dulu. Kekurangannya tidak bisa dibayar di pesanan yang sama. Hubungi pembeli: kembalikan uangnya, lalu kirim tautan baru kalau masih mau membeli.
notice-overpaid = ⚠️ <b>{ $amount }</b>, seharusnya { $asked }, dari { $customer }
notice-overpaid-advice = Pesanannya lunas. Kembalikan kelebihannya.
notice-duplicate-payment = ⚠️ { $customer } membayar lagi: <b>{ $amount }</b>
notice-duplicate-payment-advice = Pesanan ini sudah lunas sebelumnya. Kirim satu kali saja, dan kembalikan pembayaran kedua.
notice-duplicate-reversed = ↩️ Satu dari dua pembayaran { $customer } ditarik kembali oleh bank: <b>{ $amount }</b>
notice-duplicate-reversed-advice = Pembayaran yang lain tetap sah dan pesanan tetap lunas. Tidak ada lagi yang perlu dikembalikan.
notice-restored = ✅ Bank batal menarik <b>{ $amount }</b> dari { $customer }: pesanan <b>lunas lagi</b>, boleh dikirim
notice-reversed = 🛑 <b>JANGAN DIKIRIM</b>: bank menarik kembali { $amount } dari { $customer }
notice-reversed-advice = Pesanan ini <b>tidak lunas</b>. Kalau barang sudah jalan, hentikan. Hubungi pembeli dulu.
notice-partially-refunded = ↩ <b>{ $amount }</b> kembali ke { $customer } (harga pesanan { $asked })
notice-refunded = ↩ <b>{ $amount }</b> kembali ke { $customer }
notice-refunded-advice = Pesanan ini tidak lagi lunas. Kalau belum dikirim, <b>jangan dikirim</b>.
notice-partially-refunded-advice = Pesanannya tetap jalan: kirim seperti yang Anda sepakati dengan pembeli.
notice-surplus-returned-advice = Pesanannya tetap <b>lunas</b>: kirim satu kali.
notice-place-stays = Penjualan ini tetap dihitung, jadi sisa di tautan tidak bertambah.
notice-charged-back = 🛑 <b>JANGAN DIKIRIM</b>: bank { $customer } menyengketakan { $amount }
notice-charged-back-advice = Sudah telanjur dikirim? Simpan buktinya: resi, foto, percakapan. Penyedia pembayaran akan memintanya.
notice-accepted = ✅ <b>{ $amount }</b> dari { $customer } diterima melebihi batas: silakan dikirim
notice-returned-by-hand = ↩ <b>{ $amount }</b> sudah dikembalikan manual ke { $customer }
notice-refund-failed = ⚠️ <b>{ $amount }</b> gagal dikembalikan ke { $customer }
notice-refund-failed-advice = Penyedia pembayaran menolak, jadi uangnya belum kembali ke pembeli. Coba lagi, atau transfer sendiri lalu tekan <b>Sudah ditransfer</b>.
notice-refund-failed-advice-in-place = Penyedia pembayaran menolak, jadi uangnya belum kembali ke pembeli. Ketuk <b>Buka pesanan</b> untuk mencoba lagi, atau untuk mencatat kalau sudah ditransfer sendiri.
notice-sold-out =
    🏁 <b>{ $item }</b> sudah habis
    { $paid ->
        [1] Satu-satunya pembayaran sudah masuk.
       *[other] { $paid } pembayaran sudah masuk semua.
    }

burst-payments = 🔔 <b>{ $count } pembayaran</b> · <b>{ $total }</b> sejak { $since }
burst-item = 🛍 { $item }
burst-button-orders = 🧾 Pesanan
burst-button-see-all = 👀 Lihat semua
burst-button-all = 🔗 Semua tautan
line-payment = { $code } · { $customer } · { $amount }
line-payment-pieces = { $code } · { $customer } · × { $pieces } · { $amount }
line-payment-item = { $code } · { $customer } · { $item } · { $amount }
line-practice = 🧪 { $line } · latihan

missed-headline = 👋 <b>Selama Anda pergi</b>, ada { $count } kabar:
missed-more = … dan { $count } lagi. Tidak ada yang hilang: semuanya ada di pesanan Anda.
missed-restored = ✅ { $line } (bank batal menarik, lunas lagi)
missed-partially-refunded = ↩ { $line } (sebagian dikembalikan)
missed-returned-by-hand = ↩ { $line } (dikembalikan manual)
missed-refunded = ↩ { $line } (dikembalikan)
missed-paid = 💰 { $line } (lunas)
missed-sold-out = 🏁 { $item } sudah habis
