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
share-button-qr = ▦ QR
share-button-story = 🖼 Story
share-button-full = 📎 Ukuran penuh
share-picture-failed = ⚠️ Gambarnya belum bisa dibuat. Alamatnya tetap bisa disalin dari kartu tautan.
