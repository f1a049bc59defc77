# Membuat, membagikan, melihat, dan menghapus tautan, serta melihat pesanannya.

## Kata yang dipakai beberapa kartu
link-viewer = 🔒 Di toko ini Anda bisa melihat-lihat, tetapi belum bisa mengubah tautan. Minta peran staf kepada pemilik toko, ya.
link-gone = Bukan milik Anda, atau sudah tidak ada
link-no-shop = Belum ada toko. Ketik /start untuk membukanya.

## Kalau yang diketik belum pas
new-refused =
    ⚠️ { $reason }

    Yang tadi diketik (ketuk untuk menyalin):
    { $typed }
new-refused-line = Baris { $number }: { $reason }
new-lines-title = ⚠️ { $count ->
        [one] Satu baris perlu sedikit diperbaiki, jadi belum ada yang dibuat darinya:
       *[other] { $count } baris perlu sedikit diperbaiki, jadi belum ada yang dibuat darinya:
    }
new-lines-too-many = Ada { $count } baris. Paling banyak sepuluh sekali kirim, jadi tolong dibagi, ya.
new-lines-ambiguous = Baris ini bisa berarti lebih dari satu. Kirim sendirian, nanti saya tanya mana yang dimaksud.
new-no-price = Harganya belum ada. Tulis setelah nama, misalnya <code>Kaos polos 75000</code>.
new-no-name = Namanya belum ada. Tulis sebelum harga, misalnya <code>Kaos polos 75000</code>.
new-twice-price = “{ $first }” dan “{ $second }” sama-sama bisa jadi harga. Cukup satu. Kalau angkanya bagian dari nama, beri tanda kutip: <code>"iPhone 12" 9500000</code>
new-twice-customer = <code>for:</code> tertulis dua kali. Satukan data pembeli di satu tempat: <code>for:Budi, 08123456789</code>
new-twice-reference = <code>ref:</code> tertulis dua kali. Satu tautan punya satu Order ID, misalnya <code>ref:INV-01</code>.
new-twice-address = <code>link:</code> tertulis dua kali. Satu tautan punya satu alamat, misalnya <code>link:kaos-polos</code>.
new-twice-note = <code>note:</code> tertulis dua kali. Cukup satu.
new-note-long = Catatannya { $length } karakter, padahal paling banyak { $max }. Singkat sedikit, misalnya <code>titip di rak 3</code>.
new-note-empty = Catatannya masih kosong. Tulis sesuatu, misalnya <code>note:"titip di rak 3"</code>.
new-unknown-word = Saya belum mengerti “{ $word }”. Setelah harga boleh: batas <code>x10</code>, waktu <code>3hari</code>, pembeli <code>for:Budi</code>.
new-for-colon = Untuk satu pembeli tulis pakai titik dua: <code>for:Budi</code>
new-key-space = Tulis tanpa spasi: <code>link:my-shop</code>
new-pieces = “{ $typed }” jumlah barang, bukan jumlah pembayaran. Kalau maksudnya 10 pembayaran, tulis <code>x10</code>.

new-name-empty = Namanya masih kosong. Tulis 1–100 karakter, misalnya <code>Kaos polos</code>.
new-name-long = Namanya { $length } karakter, padahal paling banyak { $max }. Singkat sedikit, misalnya <code>Kaos polos</code>.
new-name-card = Itu mirip nomor kartu, jadi tidak saya simpan. Jangan pernah kirim nomor kartu lewat chat, ya. Cukup namanya: <code>Kaos polos</code>.
new-marks-removed = ℹ️ Ada tanda tak terlihat di namanya. Sudah saya buang.

new-price-unclear = Harga “{ $typed }” belum jelas. Untuk tujuh puluh lima ribu tulis <code>75000</code> atau <code>75rb</code>.
new-price-cents = { $currency } tidak memakai sen. Tulis bulat saja, misalnya <code>10000</code> atau <code>10rb</code>.
new-price-decimals = Angka di belakang koma terlalu banyak, paling banyak { $digits }. Misalnya <code>USD 12.50</code>.
new-price-zero = Harganya harus lebih dari nol, sampai 999.999.999.999. Misalnya <code>75000</code>.
new-price-negative = Harga tidak bisa di bawah nol. Misalnya <code>75000</code>.
new-price-large = Itu melebihi yang bisa ditampung satu tautan. Paling banyak 999.999.999.999. Misalnya <code>75000</code>.
new-price-range = Rentang harga ditulis dari yang kecil ke yang besar, misalnya <code>50rb-200rb</code>, dengan saran di antaranya: <code>50rb-200rb saran 100rb</code>.
new-price-digits = Tulis harga dengan angka 0 sampai 9, misalnya <code>75000</code>.
new-price-currency = Saya belum kenal mata uang “{ $code }”. Pakai tiga huruf, misalnya <code>USD 12.50</code>, atau angkanya saja.

new-limit-zero = Tautan menerima paling sedikit 1 pembayaran, misalnya <code>x1</code>. Tanpa batas? Tulis <code>tanpa batas</code>.
new-limit-whole = Batasnya jumlah pembayaran yang bulat, misalnya <code>x10</code>. Tanpa batas? Tulis <code>tanpa batas</code>.
new-limit-large = Batasnya paling banyak 1.000.000 pembayaran. Tanpa batas? Tulis <code>tanpa batas</code>.

new-time-unclear = Waktu “{ $typed }” belum jelas. Misalnya <code>3hari</code>, <code>24jam</code>, <code>jam 17</code>, <code>25/12</code>, atau <code>25/12 17:00</code>.
new-time-no-such-day = Tanggal itu tidak ada di kalender. Misalnya <code>25/12</code> atau <code>2026-12-25</code>.
new-time-no-such-hour = Jam itu tidak ada. Jam berjalan dari 00.00 sampai 23.59. Misalnya <code>25/12 18:00</code>.
new-time-past = Waktu itu sudah lewat. Pilih yang nanti, misalnya <code>3hari</code>.
new-time-soon = Terlalu cepat: tautan berlaku paling sedikit 5 menit. Misalnya <code>30m</code> atau <code>3hari</code>.
new-time-far = Terlalu jauh: paling lama 2 tahun. Kalau tanpa batas waktu, tulis <code>-</code>.

new-buyer-empty = Pembelinya belum disebut. Tulis nama, nomor HP, atau e-mail, misalnya <code>Budi, 08123456789, budi@toko.id</code>.
new-buyer-name = “{ $part }” belum bisa jadi nama pembeli. Pakai 1–100 karakter, misalnya <code>Budi</code>.
new-buyer-card = Itu mirip nomor kartu, jadi tidak saya simpan. Jangan pernah kirim nomor kartu lewat chat, ya. Cukup nama pembelinya, misalnya <code>Budi</code>.
new-buyer-phone-letters = “{ $part }” bukan nomor HP. Pakai angka saja, misalnya <code>08123456789</code>.
new-buyer-phone-short = Nomor HP “{ $part }” terlalu pendek. Misalnya <code>08123456789</code>.
new-buyer-phone-long = Nomor HP “{ $part }” terlalu panjang. Misalnya <code>08123456789</code>.
new-buyer-phone-country = Nomor HP “{ $part }” perlu kode negara. Misalnya <code>+6281234567890</code> atau <code>+16502530000</code>.
new-buyer-email = “{ $part }” bukan alamat e-mail. Misalnya <code>budi@toko.id</code>.
new-buyer-email-long = Alamat e-mail itu terlalu panjang, paling banyak 254 karakter. Misalnya <code>budi@toko.id</code>.
new-buyer-comma = Pisahkan dengan koma: <code>Ibu Rina, 081234567890</code>
new-buyer-two-names = Ada dua nama, yang kedua “{ $part }”. Satu tautan untuk satu pembeli: <code>Budi, 08123456789</code>.
new-buyer-two-phones = Ada dua nomor HP, yang kedua “{ $part }”. Cukup satu: <code>Budi, 08123456789</code>.
new-buyer-two-emails = Ada dua e-mail, yang kedua “{ $part }”. Cukup satu: <code>Budi, budi@toko.id</code>.

new-reference-empty = Order ID-nya masih kosong. Misalnya <code>INV-01</code>.
new-id-card = Itu mirip nomor kartu, jadi tidak saya simpan. Jangan pernah kirim nomor kartu lewat chat, ya. Coba yang lebih pendek atau dengan huruf di antaranya, misalnya <code>INV-01</code>.
new-reference-long = Order ID-nya { $length } karakter, padahal paling banyak 36. Misalnya <code>INV-01</code>.
new-reference-odd = Order ID tidak bisa memuat { $characters }. Pakai huruf, angka, dan . _ ~ - saja, misalnya <code>INV-01</code>.

new-address-empty = Alamatnya masih kosong. Misalnya <code>kaos-polos</code>.
new-address-long = Alamatnya { $length } karakter, padahal paling banyak 50. Misalnya <code>kaos-polos</code>.
new-address-odd = Alamat tidak bisa memuat { $characters }. Pakai a–z, 0–9, dan - saja, misalnya <code>kaos-polos</code>.
new-address-dash = Alamat tidak bisa diawali atau diakhiri tanda hubung. Misalnya <code>kaos-polos</code>.
new-address-reserved = “{ $name }” sudah dipakai situsnya sendiri. Pilih yang lain, misalnya <code>{ $name }-1</code>.
new-address-generated = Itu mirip alamat buatan saya. Pilih kata sendiri, misalnya <code>kaos-polos</code>.

## Pertanyaan saat membuat tautan
draft-step = ➕ <b>Tautan baru</b> · { $step } dari 5
draft-editing = ✏️ <b>Ubah tautan</b>
draft-ask-name = Mau jual apa? Ketik namanya, 1–100 karakter.
    Contoh: <i>Kaos polos</i>
draft-ask-price = Berapa harganya? Ketik saja.
    Contoh: <i>75000</i> atau <i>75rb</i> atau <i>1,5jt</i>
draft-ask-price-recent = Berapa harganya? Ketuk salah satu harga terakhir, atau ketik.
    Contoh: <i>75000</i> atau <i>75rb</i> atau <i>1,5jt</i>
draft-ask-limit = Berapa pembayaran yang diterima? Yang dihitung pembayaran, bukan kunjungan.
    Ketuk, atau ketik angka sampai 1.000.000.
draft-ask-time = Sampai kapan bisa dibayar? Ketuk, atau ketik waktunya.
    Contoh: <i>3hari</i>, <i>12jam</i>, <i>25/12</i>, atau <i>2026-12-25 18:00</i>
draft-ask-buyer = Khusus untuk satu pembeli? Ketik nama, nomor HP, atau e-mail, urutan bebas, pakai koma. Halamannya nanti hanya menanyakan yang belum ada.
    Contoh: <code>Budi, 08123456789, budi@toko.id</code>
draft-ask-address = Alamat tautannya mau apa? Ketik a–z, 0–9, dan tanda hubung, paling banyak 50.
    Contoh: <i>kaos-polos</i>
draft-ask-reference = Order ID-nya mau apa? Ketik 1–36 huruf, angka, atau . _ ~ -
    Contoh: <i>INV-01</i>
draft-ask-suffix = 🔗 <b>{ $slug }</b>
    Alamat sependek ini bisa ditebak siapa saja. Mau saya tambah 26 karakter acak, supaya hanya yang punya tautannya yang bisa membuka?
draft-now = Sekarang: { $value }
draft-which-price = 💰 Harga ini bisa berarti beberapa jumlah. Mana yang dimaksud?
draft-hours-away = { $count } jam
draft-days-away = { $count } hari
draft-or = { $first } atau { $second }
draft-which-time = ⏳ Waktunya bisa { $times }. Mana yang dimaksud?

draft-button-back = ◀ Kembali
draft-button-cancel = ✖ Batal
draft-button-keep = ✔️ Pakai yang ini
draft-button-no-limit = ∞ Tanpa batas
draft-button-day = ⏳ 24 jam
draft-button-three-days = ⏳ 3 hari
draft-button-week = ⏳ 7 hari
draft-button-no-end = ∞ Tanpa waktu
draft-button-nobody = 👥 Siapa saja
draft-button-suffix = 🔒 Tambah acak
draft-button-no-suffix = 🔗 Pakai apa adanya
draft-button-generate = 🎲 Buatkan saja
draft-button-restart = ➕ Mulai lagi

## Kartu konfirmasi
draft-card-title = 📝 <b>Sudah benar?</b>
draft-card-missing = 📝 <b>Tinggal sedikit lagi</b>
draft-card-name = <b>{ $name }</b> · { $price }
draft-card-no-name = <i>nama belum ada</i>
draft-card-no-price = <i>harga belum ada</i>
draft-card-limit = 🔁 Menerima { $count ->
        [one] 1 pembayaran
       *[other] { $number } pembayaran
    } (yang dihitung pembayaran, bukan kunjungan)
draft-card-no-limit = 🔁 Tanpa batas: berapa pun pembayaran diterima
draft-card-until = ⏳ Sampai { $until }
draft-card-no-end = ⏳ Tanpa batas waktu
draft-card-buyer = 👤 Untuk { $buyer }
draft-card-anyone = 👥 Untuk siapa saja yang punya tautannya
draft-card-reference = 🏷 Order ID: { $reference }
draft-card-reference-made = 🏷 Order ID: dibuatkan
draft-card-address = 🔗 Alamat: { $slug }
draft-card-address-made = 🔗 Alamat: dibuatkan, tidak bisa ditebak
draft-button-create = ✅ Buat
draft-button-name = ✏️ Nama
draft-button-price = 💰 Harga
draft-button-limit = 🔁 Batas
draft-button-time = ⏳ Waktu
draft-button-buyer = 👤 Pembeli
draft-button-address = 🔗 Alamat
draft-button-reference = 🏷 Order ID
draft-cancelled = ✖ Dibatalkan. Tidak ada yang dibuat.
draft-gone = 💤 Draf ini sudah tidak ada: dibatalkan, atau tidak disentuh selama sehari. Selain draf, tidak ada yang hilang. Ketik /new untuk mulai lagi.

draft-card-guessable = ⚠️ Alamat ini mudah ditebak. Tambahan acak membuatnya tetap rahasia.
draft-suffix-added = ℹ️ Tautan ini menyebut nama pembeli, jadi alamatnya saya tambah 26 karakter acak.
draft-refused-incomplete = Nama dan harga perlu diisi dulu sebelum tautan dibuat.
draft-refused-reference = Order ID { $reference } sudah pernah dipakai toko ini. Pilih yang lain, atau saya buatkan.
draft-refused-address = Alamat { $slug } sudah dipakai. Pilih yang lain, atau saya tambah karakter acak.
draft-refused-guessable = Tautan ini menyebut nama pembeli, jadi { $slug } terlalu mudah ditebak. Saya tambah karakter acak, atau pembelinya tidak usah disebut.
draft-refused-time = Waktu berakhirnya terlalu dekat: tautan berlaku paling sedikit 5 menit. Pilih yang nanti, misalnya <code>3hari</code>.
draft-refused-currency = Toko ini belum bisa menerima { $currency }. Tulis harga dalam rupiah, misalnya <code>75000</code>.
draft-refused-live = Toko ini sedang tidak bisa menerima uang sungguhan. Di <b>/settings</b> Anda bisa kembali ke mode latihan; pengelola bot ini bisa menjelaskan.
draft-refused-amount = Belum ada cara bayar yang menerima { $price }. Pilih harga lain, misalnya <code>75000</code>.

## Tautan
link-created = ✅ <b>Tautan siap dibagikan</b>
link-title = <b>{ $name }</b> · { $price }
link-state = { $icon } { $state } · { $usage }
link-usage = { $limit ->
        [0] { $paid } terbayar
       *[other] { $paid } dari { $limit } terbayar
    }{ $paying ->
        [0] {""}
       *[other] , { $paying } sedang bayar
    }
link-until = ⏳ Sampai { $until }
link-no-end = ⏳ Tanpa batas waktu
link-was-until = ⏳ Berakhir { $until }
link-opens = 🕒 Dibuka { $opens }
link-buyer = 👤 Untuk { $buyer }
link-anyone = 👥 Untuk siapa saja yang punya tautannya
link-reference = 🏷 Order ID: { $reference }
link-slug = 🔗 ID tautan: { $slug }
link-limit = 🔁 Batas: { $limit } (yang dihitung pembayaran, bukan kunjungan)
link-no-limit = 🔁 Tanpa batas
link-used = 💰 Terbayar: { $paid } · sedang bayar: { $paying }
link-orders = 🧾 Pesanan: { $orders }
link-made = 🗓 Dibuat { $made }
link-state-active = Aktif
link-state-busy = Semua sedang dibayar
link-state-exhausted = Habis
link-state-expired = Kedaluwarsa
link-state-not-open = Belum dibuka
link-state-paused = Mati
link-state-deleted = Dihapus
link-share-text = { $name } · { $price }
link-share-for = Halo { $buyer }, ini tautan pembayaran untuk { $name }, { $price }:
link-button-copy = 📋 Salin
link-button-share = ↗ Kirim
link-button-whatsapp = 💬 WhatsApp
link-button-email = ✉️ E-mail
link-button-look = 👀 Lihat halaman
link-button-orders = 🧾 Pesanan ({ $count })
link-button-practice = 🧪 Coba bayar
link-button-details = 📄 Detail
link-button-links = 🔗 Semua tautan
link-button-delete = 🗑 Hapus
link-button-link = ◀ Tautan
link-button-new = ➕ Tautan baru

link-email-title = ✉️ <b>E-mail untuk { $buyer }</b>
link-email-how = Ketuk baris di bawah untuk membukanya di aplikasi e-mail, atau salin teksnya.
link-email-subject = Tautan pembayaran: { $name }
link-email-body =
    Halo { $buyer },

    ini tautan pembayaran untuk { $name }, { $price }:
    { $url }

    Terima kasih!
link-email-someone = Kak
link-button-copy-address = 📋 Salin alamat
link-button-copy-email = ✉️ Salin teks e-mail

## Daftar tautan
links-title = 🔗 <b>Tautan</b> · { $total }
links-hint = Ketuk salah satu untuk melihat, membagikan, atau menghapusnya.
links-empty =
    🔗 <b>Tautan</b>

    Belum ada tautan. Tautan pembayaran adalah halaman tempat pembeli membayar: buat, kirim, lalu chat ini berbunyi begitu uangnya masuk.

    Paling cepat lewat satu baris: <code>/new Kaos polos 75000</code>
links-row-left = { $used }/{ $limit }
links-row-paid = { $used } terbayar
links-row-busy = sedang dibayar
links-row-exhausted = habis
links-row-expired = lewat
links-row-not-open = belum dibuka
links-row-paused = mati
links-row-deleted = dihapus
links-button-newer = ◀ Lebih baru
links-button-older = Lebih lama ▶

## Pesanan
orders-title = 🧾 <b>Pesanan</b> · { $name } · { $total }
orders-hint = Ketuk salah satu untuk melihat siapa pembelinya dan sampai di mana.
orders-empty = Belum ada pesanan. Pesanan muncul di sini begitu pembeli mengisi formulir.
orders-pick = 🧾 <b>Pesanan</b>
    Mau lihat pesanan dari tautan yang mana?
orders-none =
    🧾 <b>Pesanan</b>

    Belum ada pesanan. Pesanan muncul begitu pembeli mengisi data di halaman tautan.
orders-no-such = Pesanan { $code } tidak ada di toko Anda. Kodenya tertulis di kabar pembayaran, misalnya <code>/orders K7Q2M</code>.
order-title = 🧾 <b>{ $code }</b> · { $amount }
order-state = { $icon } { $state }
order-item = 🛍 { $item }
order-name = 👤 { $name }
order-phone = 📞 { $phone }
order-customer-erased = 👤 Data pembeli sudah dihapus
order-email = ✉️ { $email }
order-opened = 🗓 Dipesan { $at }
order-pay-by = ⏳ { $method } dipilih { $at }, dibayar paling lambat { $until }
order-tried = ▫️ { $method }: dicoba { $at }
order-flag-late = ⚠️ Dibayar lewat waktunya
order-flag-over-limit = ⚠️ Dihitung melebihi batas
order-flag-overpaid = ⚠️ Dibayar lebih dari yang diminta
order-flag-underpaid = ⚠️ Dibayar kurang dari yang diminta
order-flag-duplicate-settled = ℹ️ Pernah dibayar dua kali; kelebihannya sudah kembali, tidak perlu apa-apa lagi
order-flag-duplicate = ⚠️ Dibayar dua kali: satu pembayaran perlu dikembalikan
order-flag-mismatch = ⚠️ Jawaban dari penyedia pembayaran tidak cocok dengan pesanan ini. Periksa dulu sebelum mengirim barang.
order-state-open = Belum lunas
order-state-awaiting = Menunggu pembayaran
order-state-paid = Lunas
order-state-paid-unallocated = Uang masuk, barang habis: terima atau kembalikan
order-state-going-back = Uang sedang dikembalikan
order-state-part-going-back = Sebagian uang sedang dikembalikan
order-state-partially-refunded = Dikembalikan sebagian
order-state-refunded = Dikembalikan
order-state-reversed = Ditarik lagi oleh bank: JANGAN dikirim
order-state-charged-back = Disengketakan bank pembeli: JANGAN dikirim
order-state-expired = Tidak dibayar tepat waktu
order-state-closed = Ditutup, tidak dibayar
order-button-whatsapp = 💬 WhatsApp
order-button-orders = 📋 Semua pesanan
order-button-link = 🔗 Tautan ini

## Menghapus
delete-question =
    🗑 <b>Hapus “{ $name }”?</b>

    Tautan langsung berhenti menerima pembayaran.
delete-orders = { $count ->
        [0] Belum ada pesanan yang masuk lewat tautan ini.
        [one] 1 pesanan tetap tersimpan.
       *[other] { $count } pesanan tetap tersimpan.
    }
delete-orders-where = Pesanannya ada di /orders.
delete-paying = { $count ->
        [one] 1 pembeli sedang membayar dan boleh menyelesaikannya dalam sepuluh menit ini.
       *[other] { $count } pembeli sedang membayar dan boleh menyelesaikannya dalam sepuluh menit ini.
    }
delete-undo-hint = Bisa diurungkan selama sepuluh menit.
delete-done = 🗑 <b>Dihapus</b>
delete-until = ↩ Bisa diurungkan sampai { $until }.
delete-no-undo = Sepuluh menit untuk mengurungkan sudah lewat. Pesanannya tetap tersimpan.
delete-too-late = Sepuluh menitnya sudah lewat, jadi tautan tetap terhapus. Pesanannya tetap tersimpan. Ketik /new untuk membuat yang baru.
delete-restored = ↩ Tautan kembali
delete-button-keep = ◀ Tidak jadi
delete-button-yes = 🗑 Ya, hapus
delete-button-undo = ↩ Urungkan

## Mengubah tautan
change-title = ✏️ <b>Mengubah tautan</b>
change-button-edit = ✏️ Ubah
change-button-off = ⏸ Matikan
change-button-on = ▶️ Nyalakan
change-button-like = 📑 Buat serupa
change-button-save = ✅ Simpan
change-button-leave = ◀ Kembali
change-button-hour = ⏳ +1 jam
change-button-day = ⏳ +24 jam
change-button-week = ⏳ +7 hari
change-price-hint = Pesanan yang sudah dibuat tetap memakai harga lamanya.
change-saved = Tersimpan
change-switched-off = Tautan mati. Yang sedang membayar boleh menyelesaikan.
change-switched-on = Tautan menyala lagi
change-extended = Waktunya diperpanjang
change-restocked = Jumlahnya ditambah
change-like-lead = 📑 Tautan baru dengan isi yang sama. Ubah seperlunya.
change-refused-deleted = Tautan ini sudah dihapus. Kembalikan dulu, atau buat yang serupa.
change-refused-limit = Batasnya paling sedikit { $least }: { $paid } sudah dibayar{ $paying ->
        [0] .
       *[other] , { $paying } sedang dibayar.
    }
change-refused-currency = Tautan ini memakai { $currency }, dan itu tetap. Untuk mata uang lain, buat yang serupa.
change-refused-buyer = Sudah ada { $count } pesanan lewat tautan ini, jadi tidak bisa dijadikan khusus satu pembeli. Buat yang serupa untuk pembeli itu.
change-refused-address = Alamat { $slug } mudah ditebak, jadi tautan ini tidak bisa menyebut pembeli. Buat yang serupa dengan alamat acak.
