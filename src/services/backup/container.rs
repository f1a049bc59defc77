//! The file of a backup: a line that says what it is, then gzip (RFC 1952) cut into pieces, each
//! sealed with the master key. A seal is bound to the file, to the piece's place and to whether it
//! is the last, so no piece can be changed, moved, left out or taken from another backup.

use std::io::{self, BufRead, BufReader, Read, Write};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use crate::services::sealing::Sealer;

/// The first bytes of every backup: what it is, and the version of this layout.
const MAGIC: &[u8; 16] = b"TAUTAN BACKUP 1\n";

/// Bytes of the random name of a file.
const NAME_BYTES: usize = 16;

/// Bytes of compressed text in a piece.
const PIECE_BYTES: usize = 64 * 1024;

/// The most bytes of a sealed piece that are read: a piece and its seal.
const SEALED_BYTES_MAX: u32 = 80 * 1024;

/// Why a file cannot be read as a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ContainerFault {
    /// It does not start as one.
    #[error("this is not a backup of Tautan, or one of a newer version")]
    NotABackup,
    /// Its first piece does not open: another key, or another file's piece.
    #[error(
        "the backup was sealed with another master key; set TAUTAN_MASTER_KEY to the one it was made with"
    )]
    OtherKey,
    /// A later piece does not open.
    #[error("the backup is damaged: a piece of it was changed")]
    Damaged,
    /// It ends before its end.
    #[error("the backup is not whole: its end is missing")]
    CutOff,
}

/// Writes lines into a backup.
pub struct BackupWriter<W: Write> {
    gzip: GzEncoder<Pieces<W>>,
}

impl<W: Write> BackupWriter<W> {
    /// Starts a backup in `file`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn start(mut file: W, sealer: Sealer) -> io::Result<Self> {
        let name: [u8; NAME_BYTES] = rand::random();
        file.write_all(MAGIC)?;
        file.write_all(&name)?;
        let mut pieces = Pieces { file, sealer, name, number: 0, piece: Vec::with_capacity(PIECE_BYTES) };
        // An empty piece first: whether the key fits is known before anything is read.
        pieces.seal(false)?;
        Ok(Self { gzip: GzEncoder::new(pieces, Compression::fast()) })
    }

    /// Writes a line; it holds no line break.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn line(&mut self, line: &str) -> io::Result<()> {
        self.gzip.write_all(line.as_bytes())?;
        self.gzip.write_all(b"\n")
    }

    /// Writes the end and gives the file back.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(self) -> io::Result<W> {
        let mut pieces = self.gzip.finish()?;
        pieces.seal(true)?;
        pieces.file.flush()?;
        Ok(pieces.file)
    }
}

struct Pieces<W: Write> {
    file: W,
    sealer: Sealer,
    name: [u8; NAME_BYTES],
    number: u64,
    piece: Vec<u8>,
}

impl<W: Write> Pieces<W> {
    fn seal(&mut self, is_last: bool) -> io::Result<()> {
        let sealed = self.sealer.seal(&purpose(&self.name, self.number, is_last), &self.piece);
        let bytes = u32::try_from(sealed.len()).map_err(io::Error::other)?;
        self.file.write_all(&[u8::from(is_last)])?;
        self.file.write_all(&bytes.to_be_bytes())?;
        self.file.write_all(&sealed)?;
        self.number += 1;
        self.piece.clear();
        Ok(())
    }
}

impl<W: Write> Write for Pieces<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.piece.len() == PIECE_BYTES {
            self.seal(false)?;
        }
        let taken = bytes.len().min(PIECE_BYTES - self.piece.len());
        self.piece.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Reads the lines of a backup.
pub struct BackupReader<R: Read> {
    lines: BufReader<GzDecoder<SealedPieces<R>>>,
}

impl<R: Read> BackupReader<R> {
    /// Opens a backup and makes sure that the key fits.
    ///
    /// # Errors
    /// With a [`ContainerFault`] inside, or when the file cannot be read.
    pub fn start(mut file: R, sealer: Sealer) -> io::Result<Self> {
        let (mut magic, mut name) = ([0; MAGIC.len()], [0; NAME_BYTES]);
        let begun = file.read_exact(&mut magic).and_then(|()| file.read_exact(&mut name));
        if begun.is_err() || magic != *MAGIC {
            return Err(fault(ContainerFault::NotABackup));
        }
        let mut pieces =
            SealedPieces { file, sealer, name, number: 0, piece: Vec::new(), read: 0, ended: false };
        pieces.open_next()?;
        Ok(Self { lines: BufReader::new(GzDecoder::new(pieces)) })
    }

    /// The next line; `None` at the end, which is the true one.
    ///
    /// # Errors
    /// With a [`ContainerFault`] inside, or when the file cannot be read.
    pub fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = String::new();
        if self.lines.read_line(&mut line)? == 0 {
            return if self.lines.get_ref().get_ref().ended {
                Ok(None)
            } else {
                Err(fault(ContainerFault::CutOff))
            };
        }
        line.truncate(line.trim_end_matches('\n').len());
        Ok(Some(line))
    }
}

struct SealedPieces<R: Read> {
    file: R,
    sealer: Sealer,
    name: [u8; NAME_BYTES],
    number: u64,
    piece: Vec<u8>,
    read: usize,
    ended: bool,
}

impl<R: Read> SealedPieces<R> {
    fn open_next(&mut self) -> io::Result<()> {
        let (mut is_last, mut bytes) = ([0; 1], [0; 4]);
        let headed = self.file.read_exact(&mut is_last).and_then(|()| self.file.read_exact(&mut bytes));
        headed.map_err(cut_off)?;
        let bytes = u32::from_be_bytes(bytes);
        if bytes > SEALED_BYTES_MAX {
            return Err(fault(ContainerFault::Damaged));
        }
        let mut sealed = vec![0; usize::try_from(bytes).map_err(io::Error::other)?];
        self.file.read_exact(&mut sealed).map_err(cut_off)?;
        let is_last = is_last == [1];
        let opened = self.sealer.open(&purpose(&self.name, self.number, is_last), &sealed);
        let broken = if self.number == 0 { ContainerFault::OtherKey } else { ContainerFault::Damaged };
        self.piece = opened.ok_or_else(|| fault(broken))?;
        self.read = 0;
        self.number += 1;
        self.ended = is_last;
        Ok(())
    }
}

impl<R: Read> Read for SealedPieces<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.read == self.piece.len() {
            if self.ended {
                return Ok(0);
            }
            self.open_next()?;
        }
        let taken = buffer.len().min(self.piece.len() - self.read);
        buffer[..taken].copy_from_slice(&self.piece[self.read..self.read + taken]);
        self.read += taken;
        Ok(taken)
    }
}

fn purpose(name: &[u8; NAME_BYTES], number: u64, is_last: bool) -> String {
    format!("backup {} {number}{}", hex::encode(name), if is_last { " end" } else { "" })
}

fn fault(fault: ContainerFault) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, fault)
}

fn cut_off(error: io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::UnexpectedEof { fault(ContainerFault::CutOff) } else { error }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealer(key: u8) -> Sealer {
        Sealer::new(&[key; 32])
    }

    fn backup_of(lines: &[String]) -> Vec<u8> {
        let mut writer = BackupWriter::start(Vec::new(), sealer(1)).unwrap();
        for line in lines {
            writer.line(line).unwrap();
        }
        writer.finish().unwrap()
    }

    fn read(bytes: &[u8], key: u8) -> io::Result<Vec<String>> {
        let mut reader = BackupReader::start(bytes, sealer(key))?;
        let mut lines = Vec::new();
        while let Some(line) = reader.line()? {
            lines.push(line);
        }
        Ok(lines)
    }

    fn fault_of(bytes: &[u8], key: u8) -> ContainerFault {
        let error = read(bytes, key).unwrap_err();
        *error.get_ref().and_then(|inner| inner.downcast_ref()).unwrap_or_else(|| panic!("{error}"))
    }

    /// Lines that gzip cannot shorten: several pieces.
    fn long_lines() -> Vec<String> {
        (0..6_000).map(|_| hex::encode(rand::random::<[u8; 32]>())).collect()
    }

    #[test]
    fn what_was_written_is_read_again() {
        for lines in [Vec::new(), vec!["one".to_owned(), String::new()], long_lines()] {
            let bytes = backup_of(&lines);
            assert_eq!(read(&bytes, 1).unwrap(), lines);
        }
    }

    #[test]
    fn another_key_and_another_file_are_told_apart() {
        let bytes = backup_of(&["one".to_owned()]);
        assert_eq!(fault_of(&bytes, 2), ContainerFault::OtherKey);
        assert_eq!(
            fault_of(b"a text that is no backup at all, and long enough", 1),
            ContainerFault::NotABackup
        );
        assert_eq!(fault_of(b"", 1), ContainerFault::NotABackup);
        assert!(!bytes.windows(3).any(|window| window == b"one"));
    }

    #[test]
    fn a_backup_that_was_cut_or_changed_anywhere_is_refused() {
        let bytes = backup_of(&long_lines());
        for end in [40, 100, bytes.len() / 2, bytes.len() - 1] {
            assert_eq!(fault_of(&bytes[..end], 1), ContainerFault::CutOff, "cut at {end}");
        }
        for place in [200, bytes.len() / 2, bytes.len() - 5] {
            let mut changed = bytes.clone();
            changed[place] ^= 1;
            assert!(read(&changed, 1).is_err(), "changed at {place}");
        }
        // The last piece left out, and the one before said to be the last.
        let first = MAGIC.len() + NAME_BYTES;
        let mut claimed = bytes[..first].to_vec();
        claimed.push(1);
        claimed.extend_from_slice(&bytes[first + 1..]);
        assert_eq!(fault_of(&claimed, 1), ContainerFault::OtherKey);
    }
}
