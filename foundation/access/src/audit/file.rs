//! The second place for the audit: files of JSON lines in a folder of their own, best on another disk. Each line is a
//! whole entry and the hash that chains it to the line before, across files.
//!
//! A file is named for the day it was begun (UTC) and opens with a header: the chain's hash so far and the last place
//! copied of each lane, so that starting again reads one file and not all of them.

use std::collections::BTreeMap;
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{BufRead as _, BufReader, Read as _, Take, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::entry::{BEGINNING, StoredEntry, link};

/// The lane of entries that only the file holds.
pub(crate) const LANE: i64 = -1;

/// Tries, each a twentieth of a second.
const PATIENCE: u32 = 60;
const LONGEST_LINE: u64 = 16 * 1024 * 1024;

/// The audit file cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[error("the audit file {} cannot be used: {source}", path.display())]
pub struct FileError {
    path: PathBuf,
    source: std::io::Error,
}

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> FileError {
    let path = path.to_owned();
    move |source| FileError { path, source }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    chain: String,
    /// Lane and last place. A map would need text for keys, which cannot be read back here.
    positions: Vec<(i64, i64)>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Copy {
    chain: String,
    entry: StoredEntry,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Text {
    Header(Header),
    Copy(Box<Copy>),
}

/// The file open for appending, and how far it has come.
#[derive(Debug)]
pub(crate) struct Writer {
    folder: PathBuf,
    path: PathBuf,
    file: File,
    length: u64,
    chain: String,
    positions: BTreeMap<i64, i64>,
    lock: Arc<File>,
}

/// Two writers would break the chain. A process that is just ending gets a moment to let go.
fn lock(folder: &Path) -> Result<Arc<File>, FileError> {
    let path = folder.join("lock");
    let file = File::create(&path).map_err(failed(&path))?;
    for _ in 0..PATIENCE {
        match file.try_lock() {
            Ok(()) => return Ok(Arc::new(file)),
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(50)),
            Err(TryLockError::Error(error)) => return Err(failed(&path)(error)),
        }
    }
    let held = "another process writes here: give each process an audit folder of its own";
    Err(failed(&path)(std::io::Error::other(held)))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, FileError> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed(folder))? {
        let path = entry.map_err(failed(folder))?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "jsonl")
        {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

impl Writer {
    /// Opens the folder's newest file, or begins one named for the day. A last line that a crash left unfinished was
    /// never answered for, and is cut off.
    pub(crate) fn open(folder: &Path, day: &str) -> Result<Writer, FileError> {
        // Who looked at whom is for the owner of the folder alone.
        let mut made = DirBuilder::new();
        made.recursive(true).mode(0o700);
        made.create(folder).map_err(failed(folder))?;
        let lock = lock(folder)?;
        let mut files = files(folder)?;
        while let Some(path) = files.pop() {
            let writer = Writer::resume(folder, &path, Arc::clone(&lock))?;
            if writer.length > 0 {
                return Ok(writer);
            }
            // A crash left it without its header: the file before has what the header would say.
            std::fs::remove_file(&path).map_err(failed(&path))?;
        }
        Writer::begin(folder, day, (BEGINNING.to_owned(), BTreeMap::new()), lock)
    }

    fn resume(folder: &Path, path: &Path, lock: Arc<File>) -> Result<Writer, FileError> {
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .open(path)
            .map_err(failed(path))?;
        let (mut chain, mut positions, mut length) = (BEGINNING.to_owned(), BTreeMap::new(), 0_u64);
        let mut reader = BufReader::new(&mut file);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).map_err(failed(path))? > 0
            && line.ends_with(b"\n")
        {
            length = length.saturating_add(u64::try_from(line.len()).unwrap_or(u64::MAX));
            match serde_json::from_slice(&line) {
                Ok(Text::Header(header)) => {
                    (chain, positions) = (header.chain, header.positions.into_iter().collect());
                }
                Ok(Text::Copy(copy)) => {
                    chain.clone_from(&copy.chain);
                    positions.insert(copy.entry.lane, copy.entry.sequence);
                }
                Err(error) => return Err(failed(path)(error.into())),
            }
            line.clear();
        }
        file.set_len(length).map_err(failed(path))?;
        Ok(Writer {
            folder: folder.to_owned(),
            path: path.to_owned(),
            file,
            length,
            chain,
            positions,
            lock,
        })
    }

    fn begin(
        folder: &Path,
        day: &str,
        (chain, positions): (String, BTreeMap<i64, i64>),
        lock: Arc<File>,
    ) -> Result<Writer, FileError> {
        let path = folder.join(format!("{day}.jsonl"));
        let file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .mode(0o600)
            .open(&path)
            .map_err(failed(&path))?;
        let mut writer = Writer {
            folder: folder.to_owned(),
            path,
            file,
            length: 0,
            chain,
            positions,
            lock,
        };
        let header = Header {
            chain: writer.chain.clone(),
            positions: writer.positions.clone().into_iter().collect(),
        };
        writer.put(&[Text::Header(header)])?;
        // The name of a new file is part of the folder.
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(failed(folder))?;
        Ok(writer)
    }

    /// Begins a new file when the day has changed.
    pub(crate) fn roll(&mut self, day: &str) -> Result<(), FileError> {
        let path = self.folder.join(format!("{day}.jsonl"));
        if path > self.path {
            *self = Writer::begin(
                &self.folder,
                day,
                (self.chain.clone(), self.positions.clone()),
                Arc::clone(&self.lock),
            )?;
        }
        Ok(())
    }

    /// The last place copied of a lane.
    pub(crate) fn position(&self, lane: i64) -> i64 {
        self.positions.get(&lane).copied().unwrap_or(0)
    }

    /// Appends copies and waits until the disk has them. When it fails, the file is as it was before.
    pub(crate) fn append(&mut self, entries: Vec<StoredEntry>) -> Result<(), FileError> {
        let (mut chain, mut positions) = (self.chain.clone(), self.positions.clone());
        let mut lines = Vec::with_capacity(entries.len());
        for entry in entries {
            chain = link(&chain, &entry.hash);
            positions.insert(entry.lane, entry.sequence);
            lines.push(Text::Copy(Box::new(Copy {
                chain: chain.clone(),
                entry,
            })));
        }
        self.put(&lines)?;
        (self.chain, self.positions) = (chain, positions);
        Ok(())
    }

    fn put(&mut self, lines: &[Text]) -> Result<(), FileError> {
        let mut bytes = Vec::new();
        for line in lines {
            serde_json::to_writer(&mut bytes, line)
                .map_err(|error| failed(&self.path)(error.into()))?;
            bytes.push(b'\n');
        }
        let written = self
            .file
            .write_all(&bytes)
            .and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            // Half a line must not stand before the next attempt.
            let _ = self.file.set_len(self.length);
            return Err(failed(&self.path)(error));
        }
        self.length = self
            .length
            .saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        Ok(())
    }
}

/// A line of the audit file, checked.
pub(crate) enum Line {
    Header,
    Sound(Box<StoredEntry>),
    Bad(&'static str),
}

/// What the audit files hold at one moment: later lines are left out when it is read. Taken before a transaction, so
/// that the transaction sees every entry of which a copy is here.
#[derive(Clone, Debug)]
pub struct AuditCopy {
    files: Vec<(PathBuf, u64)>,
}

impl AuditCopy {
    /// The files in a folder as they are now.
    pub fn snapshot(folder: &Path) -> Result<AuditCopy, FileError> {
        let sized = |path: PathBuf| {
            let length = std::fs::metadata(&path).map_err(failed(&path))?.len();
            Ok((path, length))
        };
        Ok(AuditCopy {
            files: files(folder)?
                .into_iter()
                .map(sized)
                .collect::<Result<_, _>>()?,
        })
    }

    pub(crate) fn lines(&self) -> Lines {
        Lines {
            files: self.files.clone().into_iter(),
            open: None,
            chain: BEGINNING.to_owned(),
        }
    }
}

/// Every line of every file, oldest first.
pub(crate) struct Lines {
    files: std::vec::IntoIter<(PathBuf, u64)>,
    open: Option<(PathBuf, BufReader<Take<File>>)>,
    chain: String,
}

impl Lines {
    /// The next line, or none after the last file's last.
    pub(crate) fn next_line(&mut self) -> Result<Option<Line>, FileError> {
        loop {
            let Some((path, reader)) = &mut self.open else {
                let Some((path, length)) = self.files.next() else {
                    return Ok(None);
                };
                let file = File::open(&path).map_err(failed(&path))?;
                self.open = Some((path, BufReader::new(file.take(length))));
                continue;
            };
            let mut line = Vec::new();
            reader
                .take(LONGEST_LINE)
                .read_until(b'\n', &mut line)
                .map_err(failed(path))?;
            // The newest file may end in the middle of a line that is being written now.
            if line.is_empty() || (!line.ends_with(b"\n") && self.files.len() == 0) {
                self.open = None;
                continue;
            }
            return Ok(Some(self.check(&line)));
        }
    }

    fn check(&mut self, line: &[u8]) -> Line {
        match serde_json::from_slice(line) {
            Ok(Text::Header(header)) if header.chain == self.chain => Line::Header,
            Ok(Text::Header(_)) => Line::Bad("opens a file that does not follow the one before"),
            Ok(Text::Copy(copy)) => {
                if copy.entry.expected_hash() != copy.entry.hash {
                    return Line::Bad("has been changed since it was written");
                }
                let Copy { chain, entry } = *copy;
                if link(&self.chain, &entry.hash) != chain {
                    return Line::Bad("does not follow the line before it");
                }
                self.chain = chain;
                Line::Sound(Box::new(entry))
            }
            Err(_) => Line::Bad("is not an audit line"),
        }
    }
}
