# Siapa yang menjual, sejak kapan, dan di mana bertanya.

pay-trust-title = Tentang { $store }
pay-trust-chat = akun Telegram penjual, sudah dicek
pay-trust-since = Berjualan di sini sejak { $month }
pay-trust-paid = { $count ->
   *[other] { $shown } pesanan sudah lunas di sini
 }
pay-trust-ask = Tanya { $store }
pay-trust-next = Setelah ini
pay-trust-next-choose = Pilih cara bayar, lalu bayar sebelum batas waktunya.
pay-trust-next-told = Begitu uangnya masuk, halaman ini berubah sendiri dan bukti bayarnya siap.
pay-trust-next-seller = { $store } langsung diberi tahu dan mengurus pesanan Anda.
pay-sandbox-title = [LATIHAN] { $title }
pay-print = Cetak atau simpan halaman ini
pay-return = Lanjut ke { $website }
pay-return-going = Anda dibawa ke { $website } dalam { $seconds } detik.
pay-return-stay = Tetap di halaman ini
