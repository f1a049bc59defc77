//! QR text as QRIS prescribes it: EMV merchant-presented fields with a checksum, so a real scanner reads it.

/// A dynamic code (one payment, fixed amount in whole rupiah) for a shop named `store`.
pub(super) fn qr_string(transaction_id: &str, merchant_id: &str, store: &str, amount: i64) -> String {
    let digits: String = transaction_id.chars().filter(char::is_ascii_digit).take(10).collect();
    let account = [
        field("00", "ID.CO.TAUTAN.SIMULATOR"),
        field("01", &format!("93600914{digits:0>10}")),
        field("02", &clipped(merchant_id, 15)),
        field("03", "UMI"),
    ]
    .concat();
    let national =
        [field("00", "ID.CO.QRIS.WWW"), field("02", "ID0000000000000"), field("03", "UMI")].concat();
    let mut text = [
        field("00", "01"),
        field("01", "12"),
        field("26", &account),
        field("51", &national),
        field("52", "5999"),
        field("53", "360"),
        field("54", &amount.to_string()),
        field("58", "ID"),
        field("59", &clipped(store, 25)),
        field("60", "JAKARTA"),
        field("61", "10110"),
        field("62", &field("05", &clipped(&transaction_id.replace('-', ""), 25))),
    ]
    .concat();
    // The checksum covers its own tag and length.
    text.push_str("6304");
    let checksum = crc16(text.as_bytes());
    format!("{text}{checksum:04X}")
}

/// CRC-16/CCITT with start value FFFF, as EMVCo asks.
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |start, byte| {
        (0..8).fold(start ^ (u16::from(*byte) << 8), |crc: u16, _| {
            if crc & 0x8000 == 0 { crc << 1 } else { (crc << 1) ^ 0x1021 }
        })
    })
}

fn field(tag: &str, value: &str) -> String {
    format!("{tag}{:02}{value}", value.len())
}

/// Lengths count bytes, and scanners expect printable ASCII.
fn clipped(text: &str, longest: usize) -> String {
    let plain: String = text.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').take(longest).collect();
    if plain.is_empty() { "-".to_owned() } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_one_emvco_uses() {
        assert_eq!(crc16(b"123456789"), 0x29B1);
    }

    #[test]
    fn the_fields_can_be_walked_to_the_end() {
        let text = qr_string("a1b2c3d4-0000-4444-8888-abcdefabcdef", "G000000001", "Warung Pagi ☕", 135_000);
        let mut rest = text.as_str();
        let mut fields = Vec::new();
        while !rest.is_empty() {
            let length: usize = rest[2..4].parse().unwrap();
            fields.push((&rest[..2], &rest[4..4 + length]));
            rest = &rest[4 + length..];
        }
        assert!(fields.contains(&("54", "135000")));
        assert!(fields.contains(&("59", "Warung Pagi ")));
        assert_eq!(fields.last().unwrap().0, "63");
        let body = &text[..text.len() - 4];
        assert_eq!(format!("{:04X}", crc16(body.as_bytes())), text[text.len() - 4..]);
    }
}
