//! A letter by hand, from the first word to the page.

use std::net::Ipv4Addr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::*;

const LETTER: &str = "From: Toko <toko@kotak.test>\r\nTo: budi@kotak.test\r\n\
    Subject: =?utf-8?b?S2FvcyDinJM=?=\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/mixed; boundary=mixed\r\n\r\n--mixed\r\n\
    Content-Type: multipart/alternative; boundary=both\r\n\r\n--both\r\n\
    Content-Type: text/plain; charset=utf-8\r\n\r\n..satu\r\n--both\r\n\
    Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
    <body style=3D\"x\"><b>satu</b></body>\r\n--both--\r\n--mixed\r\n\
    Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"b.pdf\"\r\n\
    Content-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--mixed--\r\n.\r\n";

#[tokio::test]
async fn a_letter_by_hand_is_in_the_inbox() {
    let running = MailSimulator::start((Ipv4Addr::LOCALHOST, 0).into()).await.unwrap();
    let address = running.url.trim_start_matches("smtp://").to_owned();
    let mut stream = TcpStream::connect(address).await.unwrap();
    for line in ["EHLO me", "DATA", "MAIL FROM:<toko@kotak.test>", "RCPT TO:<budi@kotak.test>", "DATA"] {
        stream.write_all(format!("{line}\r\n").as_bytes()).await.unwrap();
    }
    stream.write_all(LETTER.as_bytes()).await.unwrap();
    stream.write_all(b"VRFY budi\r\nQUIT\r\n").await.unwrap();
    let mut said = String::new();
    stream.read_to_string(&mut said).await.unwrap();
    let codes: Vec<&str> = said.lines().map(|line| &line[..3]).collect();
    assert_eq!(codes, ["220", "250", "250", "503", "250", "250", "354", "250", "502", "221"]);
    let [letter] = &running.simulator.letters()[..] else { panic!("{said}") };
    assert_eq!((letter.number, letter.subject.as_str()), (1, "Kaos ✓"));
    assert_eq!((letter.to.as_slice(), letter.text.trim()), (&["budi@kotak.test".to_owned()][..], ".satu"));
    assert!(letter.html.contains("<body style=\"x\"><b>satu"), "{}", letter.html);
    assert_eq!(letter.files, [("b.pdf".to_owned(), "application/pdf".to_owned(), b"%PDF".to_vec())]);
    running.stop().await;
}
