//! As much SMTP (RFC 5321) as it takes to receive letters.

use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use super::MailSimulator;

/// The longest line that is read, and the largest letter.
const LINE_MAX: u64 = 4_096;

/// See [`LINE_MAX`].
const LETTER_MAX: usize = 10 * 1_024 * 1_024;

/// How long a conversation may last.
const CONVERSATION_MAX: Duration = Duration::from_secs(120);

pub(super) async fn serve(listener: TcpListener, simulator: MailSimulator, stop: CancellationToken) {
    loop {
        let stream = tokio::select! {
            () = stop.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, _)) = stream else { continue };
        let (simulator, stop) = (simulator.clone(), stop.clone());
        tokio::spawn(async move {
            tokio::select! {
                () = stop.cancelled() => {}
                _ = tokio::time::timeout(CONVERSATION_MAX, talk(stream, simulator)) => {}
            }
        });
    }
}

async fn talk(stream: TcpStream, simulator: MailSimulator) -> std::io::Result<()> {
    let (reading, mut writing) = stream.into_split();
    let mut reading = BufReader::new(reading);
    let mut to: Vec<String> = Vec::new();
    say(&mut writing, "220 pretend mail server").await?;
    while let Some(line) = line(&mut reading).await? {
        let command = line.get(..4).unwrap_or(&line).to_ascii_uppercase();
        let answer = match command.as_str() {
            "EHLO" => "250-pretend\r\n250 8BITMIME",
            "HELO" | "NOOP" => "250 OK",
            "MAIL" | "RSET" => {
                to.clear();
                "250 OK"
            }
            "RCPT" => match address(&line) {
                Some(address) => {
                    to.push(address);
                    "250 OK"
                }
                None => "501 to whom?",
            },
            "DATA" if to.is_empty() => "503 to whom?",
            "DATA" => {
                say(&mut writing, "354 go on, end with a dot").await?;
                match letter(&mut reading).await? {
                    Some(bytes) if simulator.take(std::mem::take(&mut to), &bytes) => "250 taken",
                    Some(_) => "554 this is no letter",
                    None => return Ok(()),
                }
            }
            "QUIT" => return say(&mut writing, "221 bye").await,
            _ => "502 unknown here",
        };
        say(&mut writing, answer).await?;
    }
    Ok(())
}

/// What stands between the angle brackets.
fn address(line: &str) -> Option<String> {
    let (_, rest) = line.split_once('<')?;
    let (address, _) = rest.split_once('>')?;
    (!address.is_empty()).then(|| address.to_owned())
}

async fn line(reading: &mut BufReader<OwnedReadHalf>) -> std::io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let read = reading.take(LINE_MAX).read_until(b'\n', &mut bytes).await?;
    Ok((read > 0).then(|| String::from_utf8_lossy(&bytes).trim_end().to_owned()))
}

/// The lines up to a dot that stands alone; a dot in front of a line was doubled (RFC 5321, 4.5.2).
async fn letter(reading: &mut BufReader<OwnedReadHalf>) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    loop {
        let mut line = Vec::new();
        if reading.take(LINE_MAX).read_until(b'\n', &mut line).await? == 0 || bytes.len() > LETTER_MAX {
            return Ok(None);
        }
        if line == b".\r\n" || line == b".\n" {
            return Ok(Some(bytes));
        }
        bytes.extend(line.strip_prefix(b".").unwrap_or(&line));
    }
}

async fn say(writing: &mut OwnedWriteHalf, answer: &str) -> std::io::Result<()> {
    writing.write_all(format!("{answer}\r\n").as_bytes()).await
}
