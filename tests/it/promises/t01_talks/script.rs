//! What everybody does and reads, step by step.

use super::doing::Does::{self, *};

/// A step, and words of the answer that were not there before.
pub(super) type Step = (Does, &'static str);

/// A talk: the words that make its link before anybody is killed, and the steps.
pub(super) struct Talk {
    pub(super) name: &'static str,
    pub(super) makes: Option<&'static str>,
    pub(super) steps: &'static [Step],
}

pub(super) const TALKS: [Talk; 15] = [
    Talk {
        name: "Opa",
        makes: None,
        steps: &[
            (Says("/start"), "1/4"),
            (Presses("Lanjut"), "2/4"),
            (Says("Toko Opa"), "3/4"),
            (Presses("WIB"), "4/4"),
            // Killed after the shop was opened, the tap shows the shop.
            (Presses("Coba (Sandbox)"), "Toko Opa"),
            (Says("/new kue 10rb"), "Sudah benar?"),
            (Presses("✅ Buat"), "siap dibagikan"),
        ],
    },
    Talk {
        name: "Wati",
        makes: Some("awal 10rb"),
        steps: &[
            (Says("/new"), "1 dari 5"),
            (Says("Kaos polos"), "2 dari 5"),
            (Says("75000"), "3 dari 5"),
            (Says("10"), "4 dari 5"),
            (Presses("3 hari"), "5 dari 5"),
            (Says("Budi, 08123456789"), "Sudah benar?"),
            (Presses("✅ Buat"), "0 dari 10 terbayar"),
        ],
    },
    Talk {
        name: "Edi",
        makes: Some("topi 50rb"),
        steps: &[
            (Says("/links"), "Tautan · 1"),
            (Presses("topi"), "🟢 Aktif"),
            (Presses("✏️ Ubah"), "Mengubah tautan"),
            (Presses("💰 Harga"), "harga"),
            (Says("60000"), "💰 Rp60.000"),
            (Presses("✅ Simpan"), "topi · Rp60.000"),
            (Presses("⏸ Matikan"), "topi · Rp60.000"),
        ],
    },
    Talk {
        name: "Lia",
        makes: Some("awal 10rb"),
        steps: &[
            (Says("/new kaos 10rb\ntopi 20rb\nsyal 30rb"), "2. topi · Rp20.000"),
            (Presses("✏️ 2"), "topi"),
            (Presses("💰 Harga"), "harga"),
            (Says("25000"), "Rp25.000"),
            (Presses("◀ Ke daftar"), "2. topi · Rp25.000"),
            (Presses("✅ Buat 3 tautan"), "3 tautan siap dibagikan"),
        ],
    },
    Talk {
        name: "Gina",
        makes: Some("awal 10rb"),
        steps: &[
            (Says("/new"), "1 dari 5"),
            (Says("Donasi"), "2 dari 5"),
            (Presses("✍️ Pembeli yang isi"), "mulai 50rb"),
            (Says("50rb-200rb"), "3 dari 5"),
            (Presses("∞"), "4 dari 5"),
            (Presses("∞ Tanpa waktu"), "5 dari 5"),
            (Presses("Siapa saja"), "Sudah benar?"),
            (Presses("✅ Buat"), "Donasi · Rp50.000–Rp200.000"),
        ],
    },
    Talk {
        name: "Rina",
        makes: Some("gaun 150rb"),
        steps: &[
            (Presses("Pesanan ini"), "gaun"),
            (Presses("Kembalikan uang"), "Uangnya dikirim otomatis lewat QRIS"),
            (Presses("Jumlah lain"), "Paling banyak Rp150.000"),
            (Says("50000"), "Kembalikan Rp50.000 ke Budi"),
            (Presses("Ya, kembalikan"), "Rp50.000 kembali ke Budi"),
        ],
    },
    Talk {
        name: "Tono",
        makes: Some("awal 10rb"),
        steps: &[
            (Says("/settings"), "⚙️ Pengaturan"),
            (Presses("👥 Tim"), "1 orang"),
            (Presses("➕ Undang"), "Undang"),
            (Presses("🧑 Staf"), "start=t_"),
        ],
    },
    Talk {
        name: "Nia",
        makes: None,
        steps: &[
            (Says("/start"), "1/4"),
            (Presses("Lanjut"), "2/4"),
            (Presses("Kembali"), "1/4"),
            (Presses("Lanjut"), "2/4"),
            (Joins(6), "Anda sekarang staf"),
            (Says("/links"), "Tautan · 1"),
        ],
    },
    Talk {
        name: "Sari",
        makes: Some("awal 10rb"),
        steps: &[
            (Says("/settings"), "⚙️ Pengaturan"),
            (Presses("🏪 Nama toko"), "nama"),
            (Says("Toko Sari Baru"), "Toko Sari Baru"),
            (Says("/links"), "Tautan · 1"),
            (Presses("awal"), "🟢 Aktif"),
            (Presses("🗑 Hapus"), "Hapus “awal”?"),
            (Presses("Ya, hapus"), "🗑 Dihapus"),
            (Presses("↩"), "🟢 Aktif"),
        ],
    },
    Talk {
        name: "Feri",
        makes: Some("awal 10rb"),
        steps: &[
            (Sends(60), "60 tautan siap dibuat"),
            (Presses("✅ Buat 60 tautan"), "60 tautan jadi"),
            (Says("/links"), "Tautan · 61"),
            (Sends(20), "20 tautan siap dibuat"),
            (Presses("✖ Batal"), "Tidak ada tautan yang dibuat"),
        ],
    },
    Talk {
        name: "Hana",
        makes: Some("awal 10rb"),
        steps: &[
            (SaysInGroup("/alerts@tautan_bot"), "berbunyi di grup ini"),
            (PressesInGroup("Hentikan di sini"), "tidak berbunyi lagi di sini"),
            (PressesInGroup("Nyalakan lagi"), "berbunyi di grup ini"),
            (Says("/settings"), "⚙️ Pengaturan"),
            (Presses("📍 Kabar di grup"), "Tim Hana"),
            (Presses("👥 Tim Hana"), "Berbunyi di grup ini"),
            (Presses("Hentikan di sana"), "tidak dikabari lagi"),
            (Presses("↩ Urungkan"), "Berbunyi di grup ini"),
            (Presses("Hentikan di sana"), "tidak dikabari lagi"),
        ],
    },
    Talk {
        name: "Kiki",
        makes: Some("awal 10rb"),
        steps: &[
            (Says("/settings"), "⚙️ Pengaturan"),
            (Presses("🔌 Midtrans & mode"), "akun bersama"),
            (Presses("🔑 Sambungkan sandbox"), "10 menit"),
            (TypesKey(SANDBOX_KEY), "Midtrans tersambung (sandbox)"),
            (Presses("🔌 Midtrans & mode"), "Sandbox: kunci toko ini"),
            (Presses("🔓 Lepas sandbox"), "Lepas kunci sandbox"),
            (Presses("🔓 Ya, lepas"), "Sandbox: akun bersama"),
        ],
    },
    Talk {
        name: "Lola",
        makes: Some("awal 10rb"),
        steps: &[
            (Says("/settings"), "⚙️ Pengaturan"),
            (Presses("🔌 Midtrans & mode"), "Live: belum tersambung"),
            (Presses("🔑 Sambungkan live"), "10 menit"),
            (TypesKey(LIVE_KEY), "Midtrans tersambung (live)"),
            (Presses("🔌 Midtrans & mode"), "Live: kunci toko ini"),
            (Presses("🚀 Jualan sungguhan"), "ketik nama toko"),
            (Says("lola"), "Lola sekarang live"),
            (Presses("🧪 Kembali ke sandbox"), "Lewat akun siapa"),
        ],
    },
    Talk {
        name: "Mimi",
        makes: Some("awal 10rb"),
        steps: &[
            (Says("/test"), "Pakai tautan yang mana?"),
            (Presses("Contoh: Kaos polos"), "1/6"),
            (Presses("Isi data pembeli"), "2/6"),
            (Presses("Pilih cara bayar"), "3/6"),
            (Presses("BCA VA"), "4/6"),
            (PaysAtBank, "Rp75.000 dari Pembeli Contoh"),
            (Presses("🔄 Periksa"), "5/6"),
            (Presses("Lihat ringkasan"), "6/6"),
            (Presses("Buang contohnya"), "Latihan selesai"),
        ],
    },
    Talk {
        name: "Wulan",
        makes: Some("awal 10rb"),
        steps: &[
            (Says("/settings"), "⚙️ Pengaturan"),
            (Presses("🏪 Toko saya"), "Toko Anda"),
            (Presses("➕ Buka toko lagi"), "nama"),
            (Says("Kue Wulan"), "Kue Wulan"),
            (Says("/settings"), "⚙️ Pengaturan"),
            (Presses("🔗 Pilihan awal"), "saya tunjukkan dulu"),
            (Presses("Periksa dulu"), "langsung jadi tautan"),
            (Says("/new pita 5rb"), "pita · Rp5.000"),
            (Says("/links"), "Tautan · 1"),
        ],
    },
];

/// The operator's sandbox key: of one merchant, whoever types it.
pub(super) const SANDBOX_KEY: &str = crate::support::test_app::SERVER_KEY;

/// Of a merchant who takes real money.
pub(super) const LIVE_KEY: &str = "Mid-server-toko-lola-sungguhan7";
