# Several links at once, links without a question, and what new links take by default.

## Several lines in one message.
batch-title = 📝 <b>{ $count } tautan. Sudah benar?</b>
batch-part-made = 📝 <b>{ $made } tautan sudah jadi, { $open } belum</b>
batch-made = ✅ <b>{ $count } tautan siap dibagikan</b>
batch-button-create = ✅ Buat { $count } tautan
batch-button-back = ◀ Ke daftar
batch-button-drop = 🗑 Buang baris
home-draft-batch = 📝 Belum selesai: beberapa tautan, antara lain { $name }

## Made without a question.
unasked-undone = ↩ Sudah dibatalkan, belum ada yang memesan. Silakan perbaiki lalu buat lagi.
unasked-too-late = ⚠️ Pembatalan cepat hanya bisa dalam 30 detik dan sebelum ada pesanan. Tautan ini masih bisa dihapus atau dimatikan di bawah.

## The settings of new links.
settings-button-defaults = 🔗 Pilihan awal
defaults =
    <b>🔗 Pilihan awal tautan baru</b>
    Kalau batas atau waktu tidak disebut, ini yang dipakai. Menyebut <code>∞</code> atau <code>-</code> tetap berarti tanpa batas.

    { $asking }

    { $mode }
defaults-asked = Sebelum tautan dibuat, saya tunjukkan dulu untuk diperiksa.
defaults-unasked = Satu baris <code>/new</code> yang jelas langsung jadi tautan, dan bisa dibatalkan dalam 30 detik.
defaults-button-month = ⏳ 30 hari
defaults-button-ask-first = Periksa dulu
