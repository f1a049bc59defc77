# Membagikan tautan: gambar, kabar bagi pembeli, dan tautan di obrolan lain. Teks tombol, toast, dan gambar tanpa markah.

## Keadaan tautan, seperti dilihat pembeli
standing-taken = 🟡 Semua sedang dibayar orang lain. Mungkin sebentar lagi ada yang kosong.
standing-paid = ✅ Sudah dibayar.
standing-sold-out = 🏁 Habis terjual.
standing-expired = ⌛ Waktunya sudah berakhir.
standing-not-open = 🕒 Dibuka { $opens }.
standing-closed = ⏸ Sedang ditutup penjual.
standing-gone = 🗑 Tidak dijual lagi.
storefront-shop = 🏪 { $shop }
storefront-button-pay = Bayar { $price }

## Gambar
picture-sandbox = SANDBOX · bukan uang sungguhan
picture-scan = Pindai atau ketuk tautannya
picture-paid = SUDAH DIBAYAR
picture-sold-out = HABIS TERJUAL
picture-expired = SUDAH BERAKHIR
picture-closed = SEDANG TUTUP
picture-tap = Ketuk untuk bayar
picture-taken = SEDANG DIBAYAR
picture-taken-note = Coba lagi sebentar lagi, mungkin ada yang kosong.
picture-not-open = BELUM DIBUKA
share-button-qr = ▦ QR
share-button-story = 🖼 Story
share-button-full = 📎 Ukuran penuh
share-picture-failed = ⚠️ Gambarnya belum bisa dibuat. Alamatnya tetap bisa disalin dari kartu tautan.

## Bagi pembeli
customer-order-title = 🧾 <b>Pesanan { $code }</b>
customer-order-open = ⏳ Belum dibayar. Pilih cara bayarnya di halaman pesanan.
customer-order-in-line = ⏳ Menunggu giliran, nomor { $place } dalam antrean. Belum ada yang perlu dibayar.
customer-order-turn = 🎉 <b>Giliran Anda!</b> Pilih cara bayarnya di halaman pesanan. Barangnya belum dipesankan: siapa yang lebih dulu memilih, dia yang dapat.
customer-order-awaiting = ⏳ Menunggu pembayaran. Uangnya belum terlihat masuk.
customer-order-paid = ✅ <b>Lunas</b> · { $how }
customer-order-unallocated = ⚠️ Uangnya masuk ({ $how }), tetapi barangnya sudah habis. Penjual sudah dikabari.
customer-order-partly-back = ↩ Lunas ({ $how }), lalu sebagian uangnya dikembalikan.
customer-order-back = ↩ Uangnya sudah dikembalikan.
customer-order-reversed = ⚠️ Bank menarik kembali pembayarannya, jadi pesanan ini belum terbayar.
customer-order-disputed = ⚠️ Pembayarannya disengketakan lewat bank.
customer-order-expired = ⌛ Waktu bayarnya lewat. Uangnya tidak terlihat masuk.
customer-order-closed = ✖ Pesanan ini sudah ditutup.
customer-order-underpaid = ⚠️ Uang yang masuk kurang dari harganya. Penjual sudah dikabari.
customer-money-came = 💵 Masuk: { $amount }
customer-money-back = ↩ Dikembalikan: { $amount }
customer-money-under-way = 🔄 Dalam perjalanan kembali: { $amount }
customer-following = 🔔 Begitu ada kabar, saya tulis di sini.
customer-followed = Baik, begitu ada kabar saya tulis di sini
customer-unfollowed = Baik, tidak saya kabari lagi
customer-not-yours = Pesanan itu tidak ada di sini
customer-unknown = Saya tidak kenal tautan itu. Coba buka lagi dari halaman aslinya, atau minta penjual mengirim ulang.
customer-button-follow = 🔔 Kabari kalau lunas
customer-button-follow-line = 🔔 Kabari saat giliran saya
customer-button-unfollow = 🔕 Tidak usah dikabari
customer-button-again = 🔄 Perbarui
customer-button-page = 🧾 Buka pesanan
customer-button-own = 🔗 Kartu tautan saya

## Di obrolan lain (@bot)
inline-open-shop = 🏪 Buka toko
inline-create = ➕ Buat dulu “{ $words }”
inline-nothing = ➕ Tautan baru

## Tanya penjual
customer-button-ask = 💬 Tanya penjual
question-ask =
    💬 <b>Mau tanya apa?</b>

    Tulis pertanyaannya, paling banyak 500 huruf. Saya sampaikan ke penjual, dan jawabannya datang di sini.
question-empty = ⚠️ Pertanyaannya belum terbaca. Tulis dengan kata-kata, misalnya: Ada ukuran XL?
question-too-long = ⚠️ Terlalu panjang. Paling banyak 500 huruf, coba yang lebih singkat.
question-card-number = ⚠️ Itu mirip nomor kartu, jadi tidak saya teruskan. Jangan pernah kirim nomor kartu lewat chat, ya.
question-passed = ✅ Sudah disampaikan. Jawabannya datang di sini.
question-too-often = ⏳ Sudah banyak pertanyaan dalam satu jam ini. Coba lagi nanti, ya.
question-notice =
    💬 <b>{ $asker }</b> bertanya:
    “{ $question }”
question-button-answer = ↩ Jawab
question-button-cancel = ✖ Batal
question-answer-ask = ↩ Tulis jawaban untuk <b>{ $asker }</b>, paling banyak 500 huruf.
question-answer-passed = ✅ Jawabannya sudah disampaikan.
question-answered = Pertanyaan itu sudah dijawab
answer-notice =
    💬 <b>{ $shop }</b> menjawab:
    “{ $answer }”
