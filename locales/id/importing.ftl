# Banyak tautan dari satu berkas CSV. Teks tombol, judul kolom, dan toast tanpa markah.

import-button = 📄 Banyak sekaligus
import-button-template = ⬇ Contoh berkas
import-explain =
    <b>📄 Banyak tautan sekaligus</b>

    Kirim berkas CSV ke sini: satu baris satu tautan, sampai 1.000 baris. Isinya saya tunjukkan dulu sebelum ada yang dibuat.

    Kolom yang saya kenal: <b>nama</b>, <b>harga</b>, batas, waktu, mulai, referensi, pesan, catatan, pembeli, telepon, email, bayar. Yang wajib hanya nama dan harga. Isinya boleh seperti mengetik biasa: <code>75rb</code>, <code>x10</code>, <code>3 hari</code>.

    Dari Google Sheets: File → Download → CSV. Dari Excel atau WPS: Simpan sebagai → CSV.
import-explain-letters = ✉️ Tautan yang kolom email-nya terisi langsung dikirim ke pembelinya begitu dibuat.
import-template = Isi seperti contoh ini, simpan sebagai CSV, lalu kirim ke sini. Urutan kolom boleh diubah, kolom yang tidak perlu boleh dihapus.
import-template-file = contoh-tautan

## Berkasnya dibaca
import-reading = ⏳ Sedang membaca { $file } …
import-ready = <b>📄 { $count } tautan siap dibuat</b> dari { $file }. Sudah benar?
import-button-create = ✅ Buat { $count } tautan
import-more = … dan { $count } lagi.
import-wrong = ⚠️ <b>{ $count } baris perlu dibetulkan</b>, jadi belum ikut:
import-wrong-row = • Baris { $number }: { $reason }
import-wrong-more = … dan { $count } baris lagi.
import-skipped = ℹ️ { $count } baris sudah jadi tautan sebelumnya, dilewati.
import-unused = ℹ️ Kolom { $columns } tidak ikut ke tautan, tetapi tetap ada di berkas hasil.
import-useless = 📄 Belum ada tautan yang bisa dibuat dari { $file }. Tidak ada yang berubah. Betulkan di berkas itu, lalu kirim lagi.
import-row-no-price = Harganya masih kosong. Misalnya 75000 atau 75rb.
import-other-mode = ⚠️ Sejak berkas ini dibaca, mode toko sudah berganti. Periksa sekali lagi, ya.

## Tautannya dibuat
import-progress = ⏳ <b>Membuat tautan: { $made } dari { $all }</b>
    { $file }. Boleh ditinggal, hasilnya saya kirim di bawah.
import-under-way = Sedang dibuat, hasilnya segera saya kirim
import-told = ✅ <b>{ $count } tautan jadi</b> dari { $file }. Alamatnya ada di berkas hasil.
import-result = ✅ <b>{ $store }: { $count } tautan jadi</b> dari { $file }. Alamat tiap tautan ada di berkas ini.
import-result-wrong = ⚠️ { $count } baris belum jadi, alasannya ada di kolom “hasil”. Betulkan di berkas ini lalu kirim lagi: yang sudah jadi tidak dibuat dua kali.
import-dropped = ✖ Dibatalkan. Tidak ada tautan yang dibuat.
import-gone = Berkas itu sudah tidak saya simpan. Kirim sekali lagi, ya.

## Kalau berkasnya belum bisa dibaca
import-picture = 🖼 Foto barang? Kirim sebagai foto biasa, bukan sebagai berkas, supaya bisa saya pasang di tautan.
import-workbook = ⚠️ Itu berkas Excel, dan saya hanya bisa membaca CSV. Buka berkasnya, pilih <b>Simpan sebagai</b> (Save as) → <b>CSV</b>, lalu kirim yang baru ke sini.
import-other-kind = ⚠️ Berkas seperti itu belum bisa saya baca. Untuk membuat banyak tautan, kirim berkas CSV. Contohnya ada di bawah.
import-too-large = ⚠️ Berkasnya terlalu besar, paling banyak 1 MB. Bagi menjadi beberapa berkas, lalu kirim satu per satu.
import-too-many = ⚠️ Ada { $rows } baris, padahal paling banyak 1.000 dalam satu berkas. Belum ada yang dibuat. Bagi menjadi beberapa berkas, lalu kirim satu per satu.
import-away = ⚠️ Berkasnya belum bisa saya ambil dari Telegram. Tolong kirim sekali lagi.
import-empty = ⚠️ Berkasnya kosong. Isi satu baris untuk tiap tautan, lalu kirim lagi. Contohnya ada di bawah.
import-no-text = ⚠️ Isinya bukan tulisan yang bisa saya baca. Simpan sebagai <b>CSV</b> (UTF-8), lalu kirim lagi.
import-only-titles = ⚠️ Baru ada judul kolomnya. Isi satu baris untuk tiap tautan di bawahnya, lalu kirim lagi.
import-unknown-columns = ⚠️ Saya belum mengerti kolomnya. Beri judul di baris pertama, paling sedikit <b>nama</b> dan <b>harga</b>. Contohnya ada di bawah.
import-no-names = ⚠️ Kolom namanya belum ketemu. Beri judul <b>nama</b> di baris pertama, lalu kirim lagi.
import-no-prices = ⚠️ Kolom harganya belum ketemu. Beri judul <b>harga</b> di baris pertama, lalu kirim lagi.

## Judul kolom dan kata di berkas
import-column-name = nama
import-column-price = harga
import-column-limit = batas
import-column-time = waktu
import-column-reference = referensi
import-column-message = pesan
import-column-link = tautan jadi
import-column-result = hasil
import-outcome-made = jadi
import-outcome-before = sudah jadi sebelumnya
import-outcome-not = belum dibuat
import-result-file = hasil
import-sample-shirt = Kaos polos
import-sample-hat = Topi hitam
import-sample-days = 7 hari
import-sample-thanks = Terima kasih sudah belanja!
