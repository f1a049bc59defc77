use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const KEY: &str = "SB-Mid-server-EXAMPLE_not_a_real_key_0001";
/// Published digests of one order at three codes, computed outside this program.
const SIGNATURES: [(&str, &str, &str); 3] = [
    (
        "200",
        "settlement",
        "873617c2b632424fddf955456b98310e920f6e25bff3ae666fb273cb043f4834b5cd3c2f3aa01f1051b6faa95ec1b0479ab3ea9a442f72d6eba8ba7993a43486",
    ),
    (
        "201",
        "pending",
        "0dea7cfe274db828d11dc20262fb7d307b0ace42f3f8dba64211a8b8af3d31d85d57cc3cc91f978c4d02f07349980377a802f1febb3762778ec4186afc2d3dcd",
    ),
    (
        "202",
        "expire",
        "44839a480b25d8d45da96a28afce68ea616e5ad9b31c7d0993c6b01598638b7674832cc1bd65c184ac361f8bc12bd1f670299344f88b7f822a1d18d52cabd5e2",
    ),
];

fn notice((code, status, signature): (&str, &str, &str)) -> Value {
    json!({
        "transaction_status": status, "transaction_id": "a1b2c3d4-0000-4444-8888-abcdefabcdef",
        "status_message": "midtrans payment notification", "status_code": code,
        "signature_key": signature, "payment_type": "qris", "order_id": "INV-7F3K2Q-1767225600123",
        "merchant_id": "G000000001", "gross_amount": "150000.00", "currency": "IDR",
        "va_numbers": [{ "bank": "bca", "va_number": "7001" }], "metadata": null,
    })
}

fn changed(changes: &Value) -> Result<GatewayNotice, NoticeRejection> {
    let mut notice = notice(SIGNATURES[0]);
    for (name, value) in changes.as_object().unwrap() {
        notice[name] = value.clone();
    }
    verify(KEY, notice.to_string().as_bytes())
}

#[test]
fn genuine_notices_are_taken() {
    for (code, status, signature) in SIGNATURES {
        let taken = verify(KEY, notice((code, status, signature)).to_string().as_bytes()).unwrap();
        assert_eq!(taken.gateway_order_id.as_str(), "INV-7F3K2Q-1767225600123");
        assert_eq!(taken.claimed_status, status);
        assert!(taken.fingerprint.starts_with(&format!("{status}:{code}:")));
    }
}

#[test]
fn the_published_example_of_another_key_is_taken() {
    let notice = json!({
        "order_id": "1111", "status_code": "200", "gross_amount": "100000.00", "signature_key":
            "edc076b21793ebe3e17926350f5b8ae67d902fe657b3d0aa31b932d5c127e2375d308a2bc94f3265ac2d80a1f181a79b997ac178a236fcff35af263fc4d4c231",
    });
    let taken = verify("askvnoibnosifnboseofinbofinfgbiufglnbfg", notice.to_string().as_bytes()).unwrap();
    assert_eq!(taken.fingerprint, "unknown:200:none");
}

#[test]
fn numbers_are_read_like_the_texts_that_were_signed() {
    for amount in ["150000", "150000.0", "150000.00"] {
        let text = notice(SIGNATURES[0]).to_string().replace("\"150000.00\"", amount);
        assert!(verify(KEY, text.replace("\"200\"", "200").as_bytes()).is_ok(), "{amount}");
    }
}

#[test]
fn an_amount_that_reads_the_same_both_ways_is_signed_once() {
    let signature = hex::encode(Sha512::digest(format!("INV-7200150000.25{KEY}")));
    let notice = json!({ "order_id": "INV-7", "status_code": "200", "signature_key": signature }).to_string();
    let notice = notice.replacen('{', r#"{"gross_amount":150000.25,"#, 1);
    assert!(verify(KEY, notice.as_bytes()).is_ok());
}

#[test]
fn a_notice_is_read_up_to_256_kibibytes() {
    let genuine = notice(SIGNATURES[0]).to_string();
    for (bytes, taken) in [(262_144, true), (262_145, false)] {
        let body = format!("{genuine}{}", " ".repeat(bytes - genuine.len()));
        assert_eq!(verify(KEY, body.as_bytes()).is_ok(), taken, "{bytes}");
    }
}

#[test]
fn a_wrong_or_missing_signature_is_a_forgery() {
    let changes = [
        json!({ "signature_key": null }),
        json!({ "signature_key": "" }),
        json!({ "signature_key": 1 }),
        json!({ "signature_key": SIGNATURES[1].2 }),
        json!({ "signature_key": &SIGNATURES[0].2[..126] }),
        json!({ "signature_key": format!("{}00", SIGNATURES[0].2) }),
        json!({ "gross_amount": "150000.01" }),
        json!({ "gross_amount": 150_001 }),
        json!({ "status_code": "201" }),
        json!({ "order_id": "INV-7F3K2Q-1767225600124" }),
    ];
    for changes in changes {
        assert_eq!(changed(&changes), Err(NoticeRejection::Forged), "{changes}");
    }
    let other_key = verify("another", notice(SIGNATURES[0]).to_string().as_bytes());
    assert_eq!(other_key, Err(NoticeRejection::Forged));
}

#[test]
fn fields_that_flow_into_each_other_are_malformed() {
    // The same characters are hashed; only the borders between the fields have moved.
    let changes = [
        json!({ "order_id": "INV-7F3K2Q-176722560012", "status_code": "3200" }),
        json!({ "status_code": "2001", "gross_amount": "50000.00" }),
        json!({ "order_id": "INV-7F3K2Q-1767225600123200", "status_code": "" }),
        json!({ "status_code": "20", "gross_amount": "0150000.00" }),
        json!({ "order_id": "", "status_code": "200" }),
        json!({ "order_id": "a/b" }),
        json!({ "order_id": "a".repeat(51) }),
        json!({ "order_id": null }),
        json!({ "gross_amount": "150000" }),
        json!({ "gross_amount": "150000.00S" }),
        json!({ "gross_amount": ["150000.00"] }),
        json!({ "gross_amount": -150_000 }),
    ];
    for changes in changes {
        assert_eq!(changed(&changes), Err(NoticeRejection::Malformed), "{changes}");
    }
}

#[test]
fn other_shapes_are_malformed() {
    let genuine = notice(SIGNATURES[0]).to_string();
    let bodies = [
        String::new(),
        "null".to_owned(),
        format!("[{genuine}]"),
        format!("{genuine}{genuine}"),
        genuine.replacen('{', r#"{"status_code":"201","#, 1),
        genuine.replacen('{', r#"{"status\u005fcode":"201","#, 1),
        genuine.replacen('{', r#"{"unread":[{"a":1,"a":2}],"#, 1),
        genuine.replacen('{', r#"{"unread":{"a":{"b":1,"b":1}},"#, 1),
        genuine[..genuine.len() - 1].to_owned(),
        format!("{genuine}{}", " ".repeat(NOTICE_BYTES_MAX)),
        "[".repeat(100_000),
        format!(r#"{{"a":{}"#, r#"{"a":"#.repeat(40_000)),
    ];
    for body in bodies {
        assert_eq!(verify(KEY, body.as_bytes()), Err(NoticeRejection::Malformed));
    }
    assert_eq!(verify(KEY, b"{\"order_id\":\"\xff\"}"), Err(NoticeRejection::Malformed));
}

#[test]
fn a_fingerprint_is_short_whatever_is_claimed() {
    let claim = json!({ "transaction_status": "x".repeat(9_000), "transaction_id": "y".repeat(9_000) });
    let taken = changed(&claim).unwrap();
    assert_eq!(taken.claimed_status, "unknown");
    assert!(taken.fingerprint.len() < 64);
}

#[test]
fn fingerprints_tell_charges_and_claims_apart() {
    let fingerprint = |changes| changed(&changes).unwrap().fingerprint;
    let first = fingerprint(json!({}));
    assert_eq!(first, fingerprint(json!({ "transaction_status": "SETTLEMENT", "custom_field1": "x" })));
    assert_ne!(first, fingerprint(json!({ "transaction_status": "cancel" })));
    assert_ne!(first, fingerprint(json!({ "transaction_id": "another" })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_notice_with_a_signed_field_changed_is_refused(
        field in prop::sample::select(vec!["order_id", "status_code", "gross_amount", "signature_key"]),
        at in any::<prop::sample::Index>(),
        character in prop::char::range(' ', '~'),
        deed in 0..3,
    ) {
        let mut notice = notice(SIGNATURES[0]);
        let text = notice[field].as_str().unwrap().to_owned();
        let at = at.index(text.len());
        let (before, after) = text.split_at(at);
        let changed = match deed {
            0 => format!("{before}{character}{}", &after[1..]),
            1 => format!("{before}{character}{after}"),
            _ => format!("{before}{}", &after[1..]),
        };
        // Hexadecimal digits mean the same in either case.
        prop_assume!(changed != text);
        prop_assume!(field != "signature_key" || !changed.eq_ignore_ascii_case(&text));
        notice[field] = changed.into();
        prop_assert!(verify(KEY, notice.to_string().as_bytes()).is_err());
    }

    #[test]
    fn no_bytes_make_it_panic(body in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(verify(KEY, &body).is_err());
    }

    #[test]
    fn a_byte_changed_anywhere_changes_no_verified_field(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let genuine = notice(SIGNATURES[0]).to_string();
        let mut body = genuine.clone().into_bytes();
        let at = at.index(body.len());
        body[at] = byte;
        if let Ok(taken) = verify(KEY, &body) {
            prop_assert_eq!(taken.gateway_order_id.as_str(), "INV-7F3K2Q-1767225600123");
            prop_assert!(taken.fingerprint.contains(":200:"));
        }
    }
}
