//! A pretend mail server: takes letters by SMTP on loopback and shows them on a page. Nothing leaves the machine.
//!
//! Reading order: [`MailSimulator`], `smtp` (a letter from wire to inbox), `page`.

mod page;
mod smtp;
#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Letters that the inbox keeps; older ones go.
const LETTERS_MAX: usize = 200;

/// An inbox for every address there is. Clones are handles to the same one.
#[derive(Debug, Clone, Default)]
pub struct MailSimulator {
    inbox: Arc<Mutex<Inbox>>,
}

#[derive(Debug, Default)]
struct Inbox {
    taken: usize,
    letters: Vec<Letter>,
}

/// A letter as it was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its number, from 1 on.
    pub number: usize,
    /// To whom the server was told to bring it.
    pub to: Vec<String>,
    /// From whom, as its reader sees it.
    pub from: String,
    /// What it is about.
    pub subject: String,
    /// It as plain text.
    pub text: String,
    /// It as HTML.
    pub html: String,
    /// Name, kind and bytes of what is attached.
    pub files: Vec<(String, String, Vec<u8>)>,
}

impl MailSimulator {
    /// All letters, oldest first.
    #[must_use]
    pub fn letters(&self) -> Vec<Letter> {
        self.look(|inbox| inbox.letters.clone())
    }

    /// The page of the inbox and what belongs to it. `path` is where it nests, like `/simulator/mail`.
    pub fn inbox_router(&self, path: &'static str) -> Router {
        page::router(self.clone(), path)
    }

    /// Listens; port 0 picks a free one.
    ///
    /// # Errors
    /// When the address cannot be bound.
    pub async fn start(listen: SocketAddr) -> std::io::Result<RunningMail> {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let (simulator, stop) = (Self::default(), CancellationToken::new());
        let task = tokio::spawn(smtp::serve(listener, simulator.clone(), stop.clone()));
        Ok(RunningMail { simulator, url: format!("smtp://{address}"), stop, task })
    }

    fn take(&self, to: Vec<String>, bytes: &[u8]) -> bool {
        let Some(letter) = page::read(to, bytes) else { return false };
        self.look(|inbox| {
            inbox.taken += 1;
            inbox.letters.push(Letter { number: inbox.taken, ..letter });
            let spare = inbox.letters.len().saturating_sub(LETTERS_MAX);
            inbox.letters.drain(..spare);
        });
        true
    }

    fn look<R>(&self, work: impl FnOnce(&mut Inbox) -> R) -> R {
        work(&mut self.inbox.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A mail server that listens.
#[derive(Debug)]
pub struct RunningMail {
    /// The letters it took.
    pub simulator: MailSimulator,
    /// Its address, like `smtp://127.0.0.1:2525`.
    pub url: String,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl RunningMail {
    /// Stops listening. Letters that are being handed over are not waited for.
    pub async fn stop(self) {
        self.stop.cancel();
        drop(self.task.await);
    }
}
