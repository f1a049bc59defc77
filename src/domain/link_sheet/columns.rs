//! What the columns of a table are called.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SheetColumn {
    /// What is sold.
    Name,
    /// For how much.
    Price,
    /// How many payments.
    Limit,
    /// Until when.
    Expiry,
    /// The seller's own Order ID.
    Reference,
    /// What customers read once they have paid.
    BuyerNote,
    /// What the team writes down for itself.
    SellerNote,
    /// Where customers may go on once they have paid.
    ReturnUrl,
    /// For whom.
    Customer,
    /// Where that person is called.
    Phone,
    /// Where that person's receipt goes.
    Email,
    /// The seller's own address.
    Slug,
    /// From when it takes payments.
    Opens,
    /// How it can be paid.
    Methods,
    /// Where the link is that was made from the row.
    Made,
    /// What became of the row.
    Outcome,
}

/// How columns stand that have no names.
pub const USUAL_ORDER: [SheetColumn; 6] = [
    SheetColumn::Name,
    SheetColumn::Price,
    SheetColumn::Limit,
    SheetColumn::Expiry,
    SheetColumn::Reference,
    SheetColumn::BuyerNote,
];

/// Names of columns: in small letters and digits alone, without what stands in brackets. What people count in
/// pieces counts as a limit: selling less than there is does no harm.
const NAMES: [(SheetColumn, &[&str]); 16] = [
    (
        SheetColumn::Name,
        &[
            "nama",
            "namabarang",
            "namaproduk",
            "namaitem",
            "namajasa",
            "barang",
            "produk",
            "item",
            "jasa",
            "judul",
            "name",
            "itemname",
            "product",
            "productname",
            "title",
            "service",
        ],
    ),
    (
        SheetColumn::Price,
        &[
            "harga",
            "hargasatuan",
            "hargajual",
            "hargarp",
            "hargaidr",
            "nominal",
            "jumlahbayar",
            "biaya",
            "tarif",
            "price",
            "unitprice",
            "sellingprice",
            "amount",
            "priceidr",
            "cost",
        ],
    ),
    (
        SheetColumn::Limit,
        &[
            "batas",
            "bataspembayaran",
            "batasbayar",
            "stok",
            "sisastok",
            "kuota",
            "maks",
            "maksimal",
            "jumlah",
            "jumlahpembayaran",
            "limit",
            "usagelimit",
            "stock",
            "quota",
            "max",
            "qty",
            "quantity",
            "payments",
        ],
    ),
    (
        SheetColumn::Expiry,
        &[
            "waktu",
            "bataswaktu",
            "berlaku",
            "berlakusampai",
            "berlakuhingga",
            "masaberlaku",
            "sampai",
            "hingga",
            "kedaluwarsa",
            "kadaluwarsa",
            "kadaluarsa",
            "kedaluarsa",
            "jatuhtempo",
            "tenggat",
            "time",
            "expires",
            "expiry",
            "expired",
            "expiresat",
            "expirydate",
            "expiration",
            "until",
            "validuntil",
            "deadline",
            "due",
            "duedate",
            "ends",
            "end",
        ],
    ),
    (
        SheetColumn::Reference,
        &[
            "referensi",
            "ref",
            "noref",
            "nomorreferensi",
            "idpesanan",
            "nopesanan",
            "nomorpesanan",
            "kodepesanan",
            "invoice",
            "noinvoice",
            "nomorinvoice",
            "reference",
            "referenceid",
            "orderid",
            "ordernumber",
            "orderno",
            "invoicenumber",
            "invoiceno",
        ],
    ),
    (
        SheetColumn::BuyerNote,
        &[
            "pesan",
            "pesanpembeli",
            "pesanuntukpembeli",
            "ucapan",
            "message",
            "buyermessage",
            "buyernote",
            "messagetobuyer",
            "thankyoumessage",
        ],
    ),
    (
        SheetColumn::SellerNote,
        &["catatan", "catatansaya", "keterangan", "memo", "note", "notes", "mynote", "remark", "remarks"],
    ),
    (
        SheetColumn::ReturnUrl,
        &[
            "kembali",
            "kembalike",
            "halamankembali",
            "situs",
            "setelahbayar",
            "return",
            "returnurl",
            "returnto",
            "redirect",
            "redirecturl",
            "website",
            "successurl",
        ],
    ),
    (
        SheetColumn::Customer,
        &[
            "pembeli",
            "untuk",
            "namapembeli",
            "pelanggan",
            "namapelanggan",
            "for",
            "buyer",
            "buyername",
            "customer",
            "customername",
            "client",
        ],
    ),
    (
        SheetColumn::Phone,
        &[
            "telepon",
            "notelepon",
            "nomortelepon",
            "telp",
            "notelp",
            "hp",
            "nohp",
            "nomorhp",
            "wa",
            "nowa",
            "nomorwa",
            "whatsapp",
            "nowhatsapp",
            "phone",
            "phonenumber",
            "mobile",
            "handphone",
        ],
    ),
    (SheetColumn::Email, &["email", "alamatemail", "emailpembeli", "emailaddress", "customeremail"]),
    (SheetColumn::Slug, &["slug", "alamattautan", "alamatlink", "customlink", "linktext", "linkaddress"]),
    (
        SheetColumn::Opens,
        &["buka", "dibuka", "mulai", "mulaijual", "opens", "opensat", "starts", "startsat", "start"],
    ),
    (
        SheetColumn::Methods,
        &[
            "bayar",
            "carabayar",
            "metode",
            "metodebayar",
            "metodepembayaran",
            "method",
            "methods",
            "pay",
            "paywith",
            "paymentmethod",
            "paymentmethods",
            "waystopay",
        ],
    ),
    (SheetColumn::Made, &["tautanjadi", "linkmade"]),
    (SheetColumn::Outcome, &["hasil", "result"]),
];

/// What each column holds by its name; `None` for other names. Of two columns that hold the same, the first.
pub(super) fn named(titles: &[String]) -> Vec<Option<SheetColumn>> {
    let mut named: Vec<Option<SheetColumn>> = Vec::with_capacity(titles.len());
    for title in titles {
        let column = column_of(title).filter(|column| !named.contains(&Some(*column)));
        named.push(column);
    }
    named
}

/// Whether a row names columns: at least two of them, or a name or price alone.
pub(super) fn are_titles(cells: &[String], named: &[Option<SheetColumn>]) -> bool {
    let known = named.iter().flatten().count();
    let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
    let says_goods = named.contains(&Some(SheetColumn::Name)) || named.contains(&Some(SheetColumn::Price));
    known >= 2 || (says_goods && (filled == 1 || !cells.iter().any(|cell| has_digit(cell))))
}

fn column_of(title: &str) -> Option<SheetColumn> {
    let outside = title.split(['(', '[']).next().unwrap_or_default();
    let name: String = outside.chars().filter(|sign| sign.is_alphanumeric()).collect();
    let name = name.to_lowercase();
    NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(column, _)| *column)
}

fn has_digit(text: &str) -> bool {
    text.contains(|sign: char| sign.is_ascii_digit())
}
