//! Addresses of servers and senders, letters as they are written, and servers that take their time.

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

use super::*;

#[test]
fn a_mail_server_is_read_with_its_encryption() {
    for good in [
        "smtps://user:pass%40word@mail.example.com",
        "smtps://mail.example.com:4650",
        "smtp://user:password@mail.example.com:587",
        "smtp://127.0.0.1:2525",
        "smtp://[::1]:2525",
        "smtp://localhost",
    ] {
        let server = MailServer::parse(good).unwrap();
        assert!(!format!("{server:?}").contains("pass"), "a password shows");
    }
    let far = MailServer::parse("smtp://mail.example.com").unwrap();
    assert!(far.url.expose_secret().ends_with("?tls=required"), "others hear nothing unsealed");
    for (bad, why) in [
        ("mail.example.com", MailServerError::NotAnAddress),
        ("https://mail.example.com", MailServerError::NotAnAddress),
        ("smtps://", MailServerError::NoHost),
        ("smtp://mail.example.com?tls=opportunistic", MailServerError::Unencrypted),
    ] {
        assert_eq!(MailServer::parse(bad).err(), Some(why), "{bad}");
    }
}

#[test]
fn a_sender_has_an_address_and_may_have_a_name() {
    for good in ["pay@example.com", "Tautan <pay@example.com>", "\"Bayar, ya\" <pay@example.com>"] {
        assert!(MailSender::parse(good).is_some(), "{good}");
    }
    for bad in ["", "Tautan", "pay@", "pay@localhost", "a@b.id, c@d.id"] {
        assert_eq!(MailSender::parse(bad), None, "{bad}");
    }
}

#[test]
fn words_in_a_subject_begin_no_header() {
    let server = MailServer::parse("smtp://127.0.0.1:2525").unwrap();
    let mailer = Mailer::new(&server, MailSender::parse("pay@example.com").unwrap()).unwrap();
    let mail = OutgoingMail {
        id: LetterId::generate(),
        written_at: DateTime::UNIX_EPOCH,
        to: Email::parse("budi@kotak.id").unwrap(),
        subject: "Kaos\r\nBcc: all@kotak.id".to_owned(),
        text: "text".to_owned(),
        html: "<p>html</p>".to_owned(),
        pdf: Some(("bukti.pdf".to_owned(), b"%PDF".to_vec())),
    };
    let written = String::from_utf8(mailer.message(&mail).unwrap().formatted()).unwrap();
    let headers = written.split("\r\n\r\n").next().unwrap();
    assert!(!headers.lines().any(|line| line.starts_with("Bcc")), "{headers}");
    assert!(headers.contains(&format!("Message-ID: <{}@example.com>", mail.id)), "{headers}");
    assert!(headers.contains("Auto-Submitted: auto-generated"), "{headers}");
    assert!(written.contains("application/pdf"));
}

fn a_letter() -> OutgoingMail {
    OutgoingMail {
        id: LetterId::generate(),
        written_at: DateTime::UNIX_EPOCH,
        to: Email::parse("budi@kotak.id").unwrap(),
        subject: "Kaos".to_owned(),
        text: "text".to_owned(),
        html: "<p>html</p>".to_owned(),
        pdf: None,
    }
}

/// A mail server that answers every line but the letter itself, which it is given and says nothing about, or `verdict`.
/// It never says good-bye.
async fn server(verdict: Option<&'static str>) -> Mailer {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 mail.test\r\n").await.unwrap();
        let (mut line, mut is_letter) = (String::new(), false);
        while stream.read_line(&mut line).await.is_ok_and(|read| read > 0) {
            let answer = match line.trim_end() {
                "." => verdict.unwrap_or_default(),
                _ if is_letter => "",
                "DATA" => "354 go on\r\n",
                "QUIT" => "",
                _ => "250 fine\r\n",
            };
            is_letter = (is_letter || line.starts_with("DATA")) && line != ".\r\n";
            line.clear();
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    let sender = MailSender::parse("pay@example.com").unwrap();
    Mailer::new(&MailServer::parse(&url).unwrap(), sender).unwrap()
}

#[tokio::test]
async fn a_server_that_says_nothing_about_the_letter_it_was_given_may_have_it() {
    let mailer = Mailer { verdict_max: Duration::from_millis(50), ..server(None).await };
    assert_eq!(mailer.send(&a_letter()).await, Err(MailError::Unsure));
}

#[tokio::test]
async fn a_server_that_never_says_good_bye_has_the_letter() {
    let mailer = server(Some("250 mine\r\n")).await;
    let begun = tokio::time::Instant::now();
    assert_eq!(mailer.send(&a_letter()).await, Ok(()));
    assert!(begun.elapsed() < Duration::from_secs(5), "nobody waits for a good-bye");
}

#[tokio::test]
async fn a_letter_that_is_refused_after_it_was_read_is_refused() {
    let mailer = server(Some("552 too much\r\n")).await;
    assert_eq!(mailer.send(&a_letter()).await, Err(MailError::Refused("552".to_owned())));
}
