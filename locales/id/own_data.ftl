# Data toko: yang bisa dibawa pulang, dan data satu pembeli yang diminta atau dihapus.

settings-button-data = 🗂 Data toko
data =
    <b>🗂 Data { $store }</b>

    Tautan, pesanan, dan catatan uang tersimpan di sini dan bisa dibawa pulang sebagai berkas kapan saja: pesanan sebagai CSV, atau seluruh toko untuk dipindahkan.

    Pembeli meminta datanya, atau minta dihapus? Pemilik toko bisa mengurusnya di 👤 Data pembeli. Menurut UU 27/2022, jawab paling lambat 3 × 24 jam.
data-ask-contact =
    <b>👤 Data pembeli</b>

    Ketik nomor HP atau e-mail pembelinya, persis seperti waktu memesan.
data-contact-unclear = ⚠️ “{ $typed }” belum seperti nomor HP atau e-mail. Ketik misalnya <code>0812-3456-7890</code> atau <code>budi@example.com</code>.
data-customer-unknown = Toko ini tidak menyimpan apa-apa tentang { $contact }.
data-customer =
    <b>👤 { $contact }</b>

    🧾 Pesanan: { $orders }
    🔗 Disebut di tempat lain (tautan, draf, pertanyaan, pencarian): { $mentions }
data-file = 👤 Semua yang toko ini simpan tentang { $contact }. Kirim hanya kepada orangnya sendiri.
data-erase =
    <b>🗑 Hapus data { $contact }?</b>

    Nama, nomor, dan e-mailnya hilang dari pesanan, tautan, dan draf toko ini, dan tidak bisa dikembalikan. Jumlah uang dan pembukuan tetap. Pesanan yang sedang dibayar dilewati dulu.
data-erased =
    { $orders ->
        [0] 🗑 Datanya sudah tidak ada lagi di toko ini.
       *[other] 🗑 Datanya sudah dihapus dari { $orders } pesanan toko ini.
    }
data-erased-left = ⏳ { $orders } pesanan sedang dibayar dan dilewati. Ulangi setelah selesai.
data-not-owner = Data pembeli hanya bisa diurus pemilik toko.
data-button-files = ⬇ Berkas
data-button-customer = 👤 Data pembeli
data-button-export = ⬇ Kirim berkasnya
data-button-erase = 🗑 Hapus datanya
data-button-keep = ◀ Tidak jadi
data-button-erase-yes = 🗑 Ya, hapus
log-customer-exported = mengunduh data seorang pembeli
log-customer-erased = menghapus data seorang pembeli
