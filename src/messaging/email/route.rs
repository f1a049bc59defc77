//! The way to the mail server, up to where it asks for the letter, and the good-bye after it.

use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, MailBodyParameter, MailParameter};
use percent_encoding::percent_decode_str;
use url::{Host, Url};

/// How long a connection may take to come about.
const CONNECT_MAX: Duration = Duration::from_secs(20);

/// How long the answer to the good-bye is waited for.
const GOODBYE_MAX: Duration = Duration::from_secs(10);

/// From when on the talk is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encryption {
    /// From the first byte.
    FromTheStart,
    /// Before anything is said, by STARTTLS (RFC 3207).
    Required,
    /// Never: the server is on this machine.
    Never,
}

/// Where the mail server is, and how one is let in.
pub(super) struct Route {
    host: String,
    port: u16,
    encryption: Encryption,
    tls: TlsParameters,
    credentials: Option<Credentials>,
    own_name: ClientId,
}

impl Route {
    /// Reads an address that [`super::MailServer::parse`] found good; `None` when no connection can ever be made to it.
    pub(super) fn of(url: &Url) -> Option<Self> {
        let host = match url.host()? {
            Host::Domain(name) => name.to_owned(),
            Host::Ipv4(address) => address.to_string(),
            Host::Ipv6(address) => address.to_string(),
        };
        let (encryption, port) = match (url.scheme(), url.query()) {
            ("smtps", _) => (Encryption::FromTheStart, 465),
            (_, Some(_)) => (Encryption::Required, 587),
            (_, None) => (Encryption::Never, 25),
        };
        let decoded = |text| percent_decode_str(text).decode_utf8().ok().map(String::from);
        let credentials = match url.password() {
            Some(password) => Some(Credentials::new(decoded(url.username())?, decoded(password)?)),
            None => None,
        };
        let own_name = match url.path().trim_matches('/') {
            "" => ClientId::default(),
            name => ClientId::Domain(name.to_owned()),
        };
        let tls = TlsParameters::new(host.clone()).ok()?;
        Some(Self { host, port: url.port().unwrap_or(port), encryption, tls, credentials, own_name })
    }

    /// Connects, signs in and says from whom to whom, until the server asks for the letter.
    pub(super) async fn open(
        &self,
        envelope: &Envelope,
        is_ascii: bool,
    ) -> Result<AsyncSmtpConnection, SmtpError> {
        let mut connection = self.connect().await?;
        match self.announce(&mut connection, envelope, is_ascii).await {
            Ok(()) => Ok(connection),
            Err(error) => {
                say_goodbye(connection);
                Err(error)
            }
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, SmtpError> {
        let place = (self.host.as_str(), self.port);
        let tls = (self.encryption == Encryption::FromTheStart).then(|| self.tls.clone());
        let patience = Some(CONNECT_MAX);
        AsyncSmtpConnection::connect_tokio1(place, patience, &self.own_name, tls, None).await
    }

    async fn announce(
        &self,
        connection: &mut AsyncSmtpConnection,
        envelope: &Envelope,
        is_ascii: bool,
    ) -> Result<(), SmtpError> {
        if self.encryption == Encryption::Required {
            connection.starttls(self.tls.clone(), &self.own_name).await?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        let mut wishes = Vec::new();
        let mut addresses = envelope.to().iter().chain(envelope.from());
        if addresses.any(|address| !AsRef::<str>::as_ref(address).is_ascii()) {
            wishes.push(MailParameter::SmtpUtfEight);
        }
        if !is_ascii {
            wishes.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        connection.command(Mail::new(envelope.from().cloned(), wishes)).await?;
        for address in envelope.to() {
            connection.command(Rcpt::new(address.clone(), Vec::new())).await?;
        }
        connection.command(Data).await?;
        Ok(())
    }
}

impl std::fmt::Debug for Route {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Route(…)")
    }
}

/// Ends the talk, aside: a server that never answers keeps nobody waiting, and changes nothing about the letter.
pub(super) fn say_goodbye(mut connection: AsyncSmtpConnection) {
    tokio::spawn(async move {
        if tokio::time::timeout(GOODBYE_MAX, connection.abort()).await.is_err() {
            tracing::debug!("the mail server does not say good-bye");
        }
    });
}
