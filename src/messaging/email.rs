//! Letters by e-mail on their way out: the mail server of the operator's, and what its answers mean.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::Error as SmtpError;
use secrecy::{ExposeSecret, SecretString};
use tokio::time::timeout;
use url::{Host, Url};

use self::route::{Route, say_goodbye};
use crate::domain::customer::Email;
use crate::domain::id::LetterId;

mod route;

/// How long the talk may take until the server asks for the letter: nothing was sent yet, so another try costs
/// nothing.
const OPENING_MAX: Duration = Duration::from_secs(120);

/// How long the server may look at a letter before it says that it has it (RFC 5321, 4.5.3.2.6: 10 minutes).
const VERDICT_MAX: Duration = Duration::from_secs(600);

/// What the operator reads about a server that lets us wait.
const TOO_SLOW: &str = "it answers too slowly";

/// Where the mail server is and who signs in there. Never shown: the address may hold a password.
#[derive(Debug, Clone)]
pub struct MailServer {
    url: SecretString,
}

/// Why an address is no mail server's. Each is a sentence's end that says the mending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MailServerError {
    /// It is no address of that kind at all.
    #[error("must start with smtps:// or smtp://, like smtps://user:password@mail.example.com")]
    NotAnAddress,
    /// Nobody is named.
    #[error("names no mail server, like smtps://user:password@mail.example.com")]
    NoHost,
    /// The password would cross the net unsealed.
    #[error("asks for letters without encryption; that is for a mail server on this machine alone")]
    Unencrypted,
}

impl MailServer {
    /// Reads `smtps://user:password@host:465` (TLS from the start), `smtp://user:password@host:587` (TLS is
    /// required before anything is said), or `smtp://localhost:25` (no TLS, on this machine alone).
    ///
    /// # Errors
    /// [`MailServerError`].
    pub fn parse(text: &str) -> Result<Self, MailServerError> {
        let mut url = Url::parse(text).map_err(|_| MailServerError::NotAnAddress)?;
        if !matches!(url.scheme(), "smtp" | "smtps") {
            return Err(MailServerError::NotAnAddress);
        }
        let Some(host) = url.host_str().filter(|host| !host.is_empty()) else {
            return Err(MailServerError::NoHost);
        };
        let is_here = match Host::parse(host) {
            Ok(Host::Ipv4(address)) => address.is_loopback(),
            Ok(Host::Ipv6(address)) => address.is_loopback(),
            Ok(Host::Domain(name)) => name == "localhost",
            Err(_) => return Err(MailServerError::NotAnAddress),
        };
        let wishes_tls = url.query_pairs().any(|(name, value)| name == "tls" && value == "required");
        if url.query().is_some() && !wishes_tls {
            return Err(MailServerError::Unencrypted);
        }
        if url.scheme() == "smtp" && !is_here {
            url.set_query(Some("tls=required"));
        }
        let server = Self { url: String::from(url).into() };
        server.route().map(|_| server)
    }

    fn route(&self) -> Result<Route, MailServerError> {
        let url = Url::parse(self.url.expose_secret()).map_err(|_| MailServerError::NotAnAddress)?;
        Route::of(&url).ok_or(MailServerError::NotAnAddress)
    }
}

/// Whom letters come from: `pay@example.com`, or `Tautan <pay@example.com>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailSender(Mailbox);

impl MailSender {
    /// Reads it; `None` when it is no address.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mailbox: Mailbox = text.parse().ok()?;
        // Our own reader is the stricter one.
        Email::kept(mailbox.email.as_ref()).ok()?;
        Some(Self(mailbox))
    }
}

/// Hands letters to the mail server.
#[derive(Debug, Clone)]
pub struct Mailer {
    route: Arc<Route>,
    sender: MailSender,
    /// See [`OPENING_MAX`].
    opening_max: Duration,
    /// See [`VERDICT_MAX`].
    verdict_max: Duration,
}

/// A letter, drawn and ready to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingMail {
    /// Its key: a letter that is sent once more after a crash is known by it.
    pub id: LetterId,
    /// When it was written.
    pub written_at: DateTime<Utc>,
    /// To whom.
    pub to: Email,
    /// What it is about.
    pub subject: String,
    /// The letter as plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// The name and the bytes of a PDF that goes with it.
    pub pdf: Option<(String, Vec<u8>)>,
}

/// Why a letter did not go out. Nothing here repeats the server's words, which may hold the address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// The server will never take it (its code, like 550).
    #[error("the mail server refuses the letter for good ({0})")]
    Refused(String),
    /// The server does not take it now (its code, like 451): mailboxes are full, strangers wait.
    #[error("the mail server takes the letter later ({0})")]
    NotNow(String),
    /// No letter goes out: nobody answers, or we may not sign in.
    #[error("the mail server is in trouble: {0}")]
    Trouble(String),
    /// It was given the whole letter and did not say what became of it: the letter may arrive, and every further try
    /// may bring it once more.
    #[error("the mail server took the letter and did not say what became of it")]
    Unsure,
    /// It cannot be written as a letter.
    #[error("the letter cannot be written")]
    Unwritable,
}

impl Mailer {
    /// Ready to send; nothing is asked yet.
    ///
    /// # Errors
    /// [`MailServerError::NotAnAddress`] when no connection can ever be made to it.
    pub fn new(server: &MailServer, sender: MailSender) -> Result<Self, MailServerError> {
        let route = Arc::new(server.route()?);
        Ok(Self { route, sender, opening_max: OPENING_MAX, verdict_max: VERDICT_MAX })
    }

    /// Sends a letter. It is sent as soon as the server says so: whatever happens after that, it has the letter.
    ///
    /// # Errors
    /// [`MailError`].
    pub async fn send(&self, mail: &OutgoingMail) -> Result<(), MailError> {
        let message = self.message(mail)?;
        let (envelope, bytes) = (message.envelope(), message.formatted());
        let mut connection =
            match timeout(self.opening_max, self.route.open(envelope, bytes.is_ascii())).await {
                Ok(opened) => opened.map_err(|error| meaning(&error))?,
                Err(_) => return Err(MailError::Trouble(TOO_SLOW.to_owned())),
            };
        let verdict = timeout(self.verdict_max, connection.message(&bytes)).await;
        match verdict {
            Ok(Ok(_)) => {
                say_goodbye(connection);
                Ok(())
            }
            Ok(Err(error)) if error.status().is_some() => {
                say_goodbye(connection);
                Err(meaning(&error))
            }
            // The line may have been cut after the last byte, and nobody can tell.
            Ok(Err(_)) | Err(_) => Err(MailError::Unsure),
        }
    }

    fn message(&self, mail: &OutgoingMail) -> Result<Message, MailError> {
        let unwritable = |_| MailError::Unwritable;
        let to = Mailbox::new(None, mail.to.as_str().parse().map_err(|_| MailError::Unwritable)?);
        let from = self.sender.0.clone();
        let message_id = format!("<{}@{}>", mail.id, from.email.domain());
        let builder = Message::builder()
            .from(from)
            .to(to)
            .subject(one_line(&mail.subject))
            .date(mail.written_at.into())
            .message_id(Some(message_id))
            // RFC 3834: nobody's "I am away" answers it.
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ));
        let both = MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone());
        let Some((name, pdf)) = &mail.pdf else { return builder.multipart(both).map_err(unwritable) };
        let kind = ContentType::parse("application/pdf").map_err(|_| MailError::Unwritable)?;
        let pdf: SinglePart = Attachment::new(name.clone()).body(pdf.clone(), kind);
        let all = MultiPart::mixed().multipart(both).singlepart(pdf);
        builder.multipart(all).map_err(unwritable)
    }
}

/// A text without what could begin another header.
fn one_line(text: &str) -> String {
    text.split(char::is_control).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What the server's answer means (RFC 5321, 4.2): 4xx is for now, 5xx for good; but when it is about signing in
/// (RFC 4954) or about how we speak, it is about us and not about the letter.
fn meaning(error: &SmtpError) -> MailError {
    let Some(code) = error.status() else {
        let trouble = match () {
            () if error.is_timeout() => TOO_SLOW,
            () if error.is_tls() => "its certificate or encryption cannot be used",
            () if error.is_client() => "it lacks what letters need",
            () => "it cannot be reached",
        };
        return MailError::Trouble(trouble.to_owned());
    };
    let code = code.to_string();
    match code.as_str() {
        "421" | "454" | "500" | "502" | "503" | "530" | "534" | "535" | "538" => {
            MailError::Trouble(format!("it answers {code}"))
        }
        _ if error.is_permanent() => MailError::Refused(code),
        _ => MailError::NotNow(code),
    }
}

#[cfg(test)]
mod tests;
