# The people of a shop, the log of what they did, and the shops of a person.

team = <b>👥 Tim { $store }</b> · { $count } orang
team-line = <b>{ $name }</b> · { $role }
team-line-you = <b>{ $name }</b> · { $role } (Anda)
team-hint-owner = Ketuk nama untuk mengubah perannya. Semua orang di sini dikabari tiap ada pembayaran.
team-hint-member = Hanya pemilik yang bisa mengundang dan mengubah peran.
team-button-team = 👥 Ke tim
team-button-invite = ➕ Undang
team-button-log = 📜 Catatan
team-button-leave = 🚪 Keluar
team-button-owner = 👑 Pemilik
team-button-staff = 🧑 Staf
team-button-viewer = 👀 Pemantau
team-ask-role =
    <b>➕ Undang sebagai apa?</b>

    🧑 <b>Staf</b>: membuat dan mengubah tautan, mengurus pesanan.
    👀 <b>Pemantau</b>: hanya melihat.
    👑 <b>Pemilik</b>: semuanya, termasuk pengaturan dan tim.
team-invitation =
    🔗 <b>Undangan sebagai { $role }</b>

    Kirim tautan ini kepada satu orang. Hanya bisa dipakai sekali, dan berlaku { $hours } jam. Undangan sebelumnya tidak berlaku lagi.

    { $link }
team-invitation-command =
    🔗 <b>Undangan sebagai { $role }</b>

    Minta satu orang mengirim perintah ini ke bot. Hanya bisa dipakai sekali, dan berlaku { $hours } jam. Undangan sebelumnya tidak berlaku lagi.

    { $link }
team-share-text = Ayo bantu { $store } sebagai { $role }. Ketuk tautan ini, lalu Mulai.
team-joined = 🎉 Anda sekarang <b>{ $role }</b> di <b>{ $store }</b>. Kabar pembayarannya masuk ke sini.
team-was-there = 👥 Anda sudah di tim <b>{ $store }</b>, sebagai { $role }.
team-invitation-invalid = ⌛ Undangan ini sudah dipakai atau sudah lewat. Minta yang baru ke pemilik tokonya.
team-full = Tim ini sudah penuh, paling banyak 20 orang.
team-member =
    <b>{ $name }</b> · { $role }
    🗓 Bergabung { $since }
    🆔 { $id }
team-button-remove = 🗑 Keluarkan
team-button-remove-yes = 🗑 Ya, keluarkan
team-button-leave-yes = 🚪 Ya, keluar
team-ask-remove = Keluarkan <b>{ $name }</b> dari tim? Aksesnya berhenti saat itu juga, dan kabar yang belum terkirim tidak jadi dikirim kepadanya.
team-ask-leave = Keluar dari tim <b>{ $store }</b>? Anda tidak dikabari lagi, dan hanya bisa kembali lewat undangan.
team-removed-toast = ✅ Selesai
team-left = 🚪 Anda sudah keluar dari <b>{ $store }</b>.
team-refused-unknown = Orang ini tidak ada di tim.
team-refused-last-owner = 🔒 Toko harus punya pemilik. Jadikan orang lain pemilik dulu.

## The log.
log = <b>📜 Catatan { $store }</b>
log-empty = Belum ada catatan.
log-link-made = membuat { $item }
log-link-changed = mengubah { $item }
log-link-off = mematikan { $item }
log-link-on = menyalakan { $item }
log-link-deleted = menghapus { $item }
log-link-restored = mengembalikan { $item }
log-payment-accepted = menerima { $amount } untuk { $code }
log-money-returned = mengembalikan { $amount } untuk { $code }
log-money-sent-back = mengirim balik sendiri { $amount } untuk { $code }
log-orders-exported = mengambil berkas pesanan
log-shop-exported = mengambil salinan seluruh toko
log-settings-changed = mengubah pengaturan
log-went-live = beralih ke live
log-went-to-sandbox = beralih ke sandbox
log-keys-connected = menyambungkan Midtrans
log-keys-removed = melepas Midtrans
log-invited = membuat undangan
log-joined = bergabung
log-role-changed = mengubah peran { $person }
log-removed = mengeluarkan { $person }
log-left = keluar dari tim

## The shops of a person.
shops =
    <b>🏪 Toko Anda</b>
    Ketuk untuk pindah. Tautan, pesanan, dan pengaturan tiap toko terpisah.
shops-button-open = ➕ Buka toko lagi
shops-ask-name = Apa nama toko yang baru? Ketik 1–50 karakter. Bahasa, mata uang, dan zona waktunya mengikuti toko ini.
shops-too-many = Paling banyak sepuluh toko untuk satu orang.
shops-entered-toast = 🏪 Pindah toko
settings-button-team = 👥 Tim
settings-button-shops = 🏪 Toko saya
notice-store = 🏪 { $store }
