# Yang dilakukan penjual dengan uang pesanan: menerima, mengembalikan, mencatat yang sudah dikembalikan.

money-subject = { $code } · { $customer } · { $item }

money-button-accept = ✅ Terima
money-button-give-back = ↩ Kembalikan uang
money-button-give-back-yes = ↩ Ya, kembalikan
money-button-keep = ◀ Tidak jadi
money-button-not-yet = ◀ Belum
money-button-sent = ✅ Sudah ditransfer
money-button-sent-yes = ✅ Ya, sudah
money-button-amount = ✏️ Jumlah lain
money-button-back = ◀ Kembali

money-which = ↩ <b>Pembayaran mana yang dikembalikan?</b>
money-which-line = { $number }. { $amount } · { $method } · { $at }
money-which-surplus = { $number }. { $amount } · { $method } · { $at } · <b>kelebihan</b>
money-ask-gateway =
    ↩ <b>Kembalikan { $amount } ke { $customer }?</b>
    Uangnya dikirim otomatis lewat { $method }. Kalau sudah berjalan, tidak bisa dihentikan.
money-ask-accept =
    ✅ <b>Terima { $amount } dari { $customer }?</b>
    { $item } sudah habis, jadi ini dihitung melebihi batas. Terima hanya kalau Anda bisa mengirimnya.
money-ask-sent-back =
    ✅ <b>Benar { $amount } sudah Anda kembalikan ke { $customer }?</b>
    Ini dicatat di pembukuan dan tidak bisa dibatalkan.
money-ask-once = Tombolnya berlaku satu kali, selama sepuluh menit.
money-ask-amount =
    ✏️ <b>Berapa yang dikembalikan?</b> Paling banyak { $left }.
    Ketik jumlahnya, misalnya <i>50000</i> atau <i>50rb</i>.
money-amount-unclear = ⚠️ Jumlah “{ $typed }” belum jelas. Tulis angkanya saja.

money-by-hand-title = ↩ <b>Kembalikan sendiri { $amount }</b>
money-by-hand-method = { $method } tidak bisa mengembalikan uang otomatis, jadi Anda perlu transfer sendiri ke pembeli.
money-by-hand-too-late = { $method } tadinya bisa mengembalikan, tapi batas waktunya sudah lewat.
money-by-hand-only-whole = { $method } hanya bisa mengembalikan semuanya, jadi sebagian harus Anda kirim sendiri.
money-by-hand-beyond-charge = { $method } tidak mengembalikan lebih dari yang ditagih, jadi ini harus Anda kirim sendiri.
money-by-hand-steps = Tanyakan nomor rekeningnya, transfer uangnya, lalu tekan <b>Sudah ditransfer</b>. Sebelum itu belum ada yang dicatat.
money-by-hand-greeting = Halo { $name }, ini { $store }. Kami akan mengembalikan { $amount } untuk pesanan { $code } ({ $item }). Ke mana kami kirim? Mohon tulis bank, nomor rekening, dan nama.

money-done-accept = ✅ <b>Diterima.</b> Pesanan ini dihitung lunas: silakan dikirim.
money-done-deliver = 📦 <b>Dihitung lunas</b> seperti yang lain: silakan dikirim.
money-done-refund = ↩ <b>{ $amount } sedang dikembalikan ke { $customer }.</b> Saya kabari kalau penyedia pembayaran sudah memastikannya.
money-done-sent-back = ✅ <b>Dicatat:</b> Anda sudah mengembalikan { $amount } ke { $customer }.
money-done-before = 👌 Itu sudah dilakukan, satu kali. Ini pesanannya sekarang.
money-too-old = ⌛ Tombol itu sudah lewat sepuluh menit. Belum ada yang berubah: mulai lagi di bawah kalau masih perlu.
money-not-allowed = 🔒 Anda bisa melihat-lihat di toko ini, tapi tidak mengatur uang. Minta peran staf ke pemiliknya.

money-refused-not-paid = ℹ️ Belum ada uang yang masuk, jadi tidak ada yang perlu dilakukan.
money-refused-counted = 👌 Pesanan ini sudah lunas dan sudah dihitung.
money-refused-not-counted = ℹ️ Barangnya sudah habis saat uang ini datang. Terima dulu, atau kembalikan.
money-refused-went-back = ℹ️ Uangnya sudah dikembalikan.
money-refused-going-back = ℹ️ Uangnya sedang dalam perjalanan kembali.
money-refused-taken-back = 🛑 <b>Jangan dikirim:</b> bank menarik kembali uang ini. Tidak ada yang perlu dikembalikan.
money-refused-disputed = 🛑 <b>Jangan kembalikan uang ini:</b> bank pembeli menyengketakannya dan akan memutuskan.
money-refused-not-settled = ⏳ Kartunya belum selesai diproses. Silakan coba lagi besok.
money-refused-amount = ⚠️ Jumlahnya harus lebih dari nol.
money-refused-only-by-hand = ℹ️ Penyedia pembayaran tidak bisa lagi mengembalikannya. Tekan <b>Kembalikan uang</b> di bawah untuk melihat caranya.
money-refused-too-much = ⚠️ { $asked } lebih besar dari yang ada: yang bisa dikembalikan { $left }.

money-line-came = ✅ { $amount } masuk { $at } · { $method }
money-line-came-again = ✅ { $amount } masuk lagi { $at } · { $method }
money-line-taken-back = 🛑 { $amount } ditarik bank { $at }
money-line-disputed = 🛑 { $amount } ditahan bank pembeli { $at }
money-line-still-there = 👛 Masih di Anda: { $amount }
money-line-under-way = ↩ { $amount } dalam perjalanan kembali sejak { $at }
money-line-returned = ↩ { $amount } dikembalikan { $at }
money-line-by-hand = ↩ { $amount } dikembalikan manual { $at }
money-line-failed = ⚠️ { $amount } gagal dikembalikan { $at }
