//! The simulator's own signing: SHA-512 over the id, code, amount and key as they stand in the body.

use sha2::{Digest, Sha512};

/// Lower-case hex. `gross_amount` is the literal text of the body, with its two decimals.
pub(super) fn sign(order_id: &str, status_code: &str, gross_amount: &str, server_key: &str) -> String {
    let mut hasher = Sha512::new();
    for part in [order_id, status_code, gross_amount, server_key] {
        hasher.update(part.as_bytes());
    }
    hex::encode(hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "SB-Mid-server-EXAMPLE_not_a_real_key_0001";

    #[test]
    fn the_vectors_of_the_reference_come_out() {
        let vectors = [
            (
                "200",
                "873617c2b632424fddf955456b98310e920f6e25bff3ae666fb273cb043f4834\
                 b5cd3c2f3aa01f1051b6faa95ec1b0479ab3ea9a442f72d6eba8ba7993a43486",
            ),
            (
                "201",
                "0dea7cfe274db828d11dc20262fb7d307b0ace42f3f8dba64211a8b8af3d31d8\
                 5d57cc3cc91f978c4d02f07349980377a802f1febb3762778ec4186afc2d3dcd",
            ),
            (
                "202",
                "44839a480b25d8d45da96a28afce68ea616e5ad9b31c7d0993c6b01598638b76\
                 74832cc1bd65c184ac361f8bc12bd1f670299344f88b7f822a1d18d52cabd5e2",
            ),
        ];
        for (code, expected) in vectors {
            assert_eq!(sign("INV-7F3K2Q-1767225600123", code, "150000.00", KEY), expected, "code {code}");
        }
    }

    #[test]
    fn the_vector_printed_by_midtrans_comes_out() {
        assert_eq!(
            sign("1111", "200", "100000.00", "askvnoibnosifnboseofinbofinfgbiufglnbfg"),
            "edc076b21793ebe3e17926350f5b8ae67d902fe657b3d0aa31b932d5c127e237\
             5d308a2bc94f3265ac2d80a1f181a79b997ac178a236fcff35af263fc4d4c231"
        );
    }
}
