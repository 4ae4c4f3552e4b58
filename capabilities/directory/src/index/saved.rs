//! The file beside the database in which the index is kept, so that a start need not read and understand every document.
//! It may be deleted at any time: it is made anew. It holds what leaves the house and nothing else.
//!
//! First come the index and what is known beside it, then the head, its length and digest, and what shows that all of it was
//! written. The head has the length and checksum of both pieces, which are read and checked side by side.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use stour_kernel::{Date, Timestamp};
use stour_open_referral::Uuid;
use stour_search::Index;
use stour_web::House;

use super::State;
use super::labels::Labels;
use super::organisation::Organisations;
use super::restore::Snapshot;

/// What the file is called.
const NAME: &str = "directory.listings";
/// Which form of it this is.
const FORM: u32 = 2;
/// From how many days on a file is too old: what is open depends on the day.
const OLD: i32 = 7;
const END: &[u8; 16] = b"end of listings\n";
/// How many bytes follow the head: its length, its digest, and the end.
const TAIL: u64 = 8 + 32 + 16;
/// How the name ends of a file that is being written, and how long one may stand still before its writer is taken to be gone.
const UNDER_WAY: &str = "new";
const GONE: Duration = Duration::from_hours(1);

/// A SHA-256.
pub(super) type Digested = [u8; 32];

/// Where the file is.
#[derive(Debug, Clone)]
pub(super) struct Saved(PathBuf);

/// What is said of the listings in the file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Head {
    form: u32,
    program: String,
    postcodes: Option<Digested>,
    /// The day for which openings were read.
    pub(super) day: Date,
    /// When the database was read.
    pub(super) since: Timestamp,
    /// A digest of the listings that do not leave the house.
    pub(super) others: Digested,
    index: Piece,
    beside: Piece,
}

/// How long a piece is, and its checksum: a damaged disk is to be noticed, nobody's work to be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Piece {
    length: u64,
    checksum: u32,
}

impl Piece {
    fn of(bytes: &[u8]) -> Self {
        Self {
            length: length(bytes),
            checksum: crc32fast::hash(bytes),
        }
    }
}

/// What is written beside the index.
#[derive(Serialize, Deserialize)]
struct Beside {
    labels: Labels,
    organisations: Organisations,
    seen: BTreeMap<Uuid, (i64, Timestamp)>,
}

impl Saved {
    /// Beside the database of this house; nowhere where it has no folder.
    pub(super) fn beside(house: &House) -> Option<Self> {
        let folder = &house.settings().data;
        (!folder.as_os_str().is_empty()).then(|| Self(folder.join(NAME)))
    }

    /// In a folder.
    #[cfg(test)]
    pub(super) fn within(folder: &Path) -> Self {
        Self(folder.join(NAME))
    }

    /// The head of a file that belongs: of this program, these postcodes, and of the last days.
    pub(super) fn head(&self, today: Date, postcodes: Option<Digested>) -> Option<Head> {
        let head = self.said(read_head(&self.0))?;
        let belongs = head.form == FORM
            && head.program == program()
            && head.postcodes == postcodes
            && (0..OLD).contains(&(today - head.day).get_days());
        belongs.then_some(head)
    }

    /// What was searched when it was written; `None` where that is not what was written.
    pub(super) fn state(&self, head: &Head) -> Option<State> {
        self.said(read_state(&self.0, head))
    }

    fn said<T>(&self, read: io::Result<T>) -> Option<T> {
        match read {
            Ok(found) => Some(found),
            Err(error) => {
                if error.kind() != io::ErrorKind::NotFound {
                    tracing::warn!(%error, file = %self.0.display(), "the listings are read from the database instead");
                }
                None
            }
        }
    }

    /// Writes the file; a failure is no harm but to the next start.
    pub(super) fn write(&self, snapshot: Snapshot) {
        clear(&self.0);
        if let Err(error) = write(&self.0, snapshot) {
            tracing::warn!(%error, file = %self.0.display(), "the listings could not be kept for the next start");
        }
    }
}

/// Which program this is: another may read listings otherwise, by other rules.
fn program() -> String {
    let about = std::env::current_exe().and_then(fs::metadata);
    let (length, changed) = about.map_or((0, UNIX_EPOCH), |about| {
        (about.len(), about.modified().unwrap_or(UNIX_EPOCH))
    });
    let changed = changed.duration_since(UNIX_EPOCH).unwrap_or_default();
    format!(
        "{} {length} {}",
        env!("CARGO_PKG_VERSION"),
        changed.as_nanos()
    )
}

fn read_head(path: &Path) -> io::Result<Head> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let at = length
        .checked_sub(TAIL)
        .ok_or_else(|| invalid("the file has no end"))?;
    file.seek(SeekFrom::Start(at))?;
    let (mut size, mut digest, mut end) = ([0; 8], Digested::default(), [0; 16]);
    file.read_exact(&mut size)?;
    file.read_exact(&mut digest)?;
    file.read_exact(&mut end)?;
    if end != *END {
        return Err(invalid("the file has no end"));
    }
    let size = u64::from_le_bytes(size);
    let before = at
        .checked_sub(size)
        .ok_or_else(|| invalid("the file has no head"))?;
    let head = part(path, (before, size))?;
    if Digested::from(Sha256::digest(&head)) != digest {
        return Err(invalid("the head of the file is not as it was written"));
    }
    let head: Head = serde_json::from_slice(&head)?;
    if head.index.length.checked_add(head.beside.length) == Some(before) {
        Ok(head)
    } else {
        Err(invalid("the file has another length than it says"))
    }
}

/// Some bytes of the file.
fn part(path: &Path, (at, length): (u64, u64)) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn read_piece<T: DeserializeOwned>(path: &Path, at: u64, piece: Piece) -> io::Result<T> {
    let bytes = part(path, (at, piece.length))?;
    if Piece::of(&bytes) != piece {
        return Err(invalid("a part of the file is not as it was written"));
    }
    postcard::from_bytes(&bytes).map_err(io::Error::other)
}

fn read_state(path: &Path, head: &Head) -> io::Result<State> {
    std::thread::scope(|scope| {
        let index = scope.spawn(|| read_piece::<Index>(path, 0, head.index));
        let beside: Beside = read_piece(path, head.index.length, head.beside)?;
        let index = index.join();
        let mut labels = Labels::new(head.day);
        labels.extend(beside.labels);
        Ok(State {
            index: index.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?,
            labels,
            organisations: beside.organisations,
            seen: beside.seen,
            stands: None,
        })
    })
}

fn invalid(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

/// Writes the file under a name of its own, so that of several who write none spoils another's, and gives it its name
/// when it is whole.
fn write(path: &Path, snapshot: Snapshot) -> io::Result<()> {
    let own = RandomState::new().build_hasher().finish();
    let beside = path.with_extension(format!("{}-{own:016x}.{UNDER_WAY}", std::process::id()));
    let written = write_to(&beside, snapshot).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // What is left is of no use; where it cannot be deleted now, a later writer does.
        let _ = fs::remove_file(&beside);
    }
    written
}

fn write_to(path: &Path, snapshot: Snapshot) -> io::Result<()> {
    // As private as the database, though each listing by itself is public: what is searched is not for others to change.
    let mut open = File::options();
    open.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    let mut out = BufWriter::new(open.open(path)?);
    let mut state = snapshot.state;
    // What is kept of listings that no longer leave the house stays here.
    state.index.clear_out();
    let mut labels = state.labels;
    labels.retain(|facet, value| state.index.knows(facet, value));
    let index = postcard::to_stdvec(&state.index).map_err(io::Error::other)?;
    let beside = postcard::to_stdvec(&Beside {
        labels,
        organisations: state.organisations,
        seen: state.seen,
    });
    let beside = beside.map_err(io::Error::other)?;
    out.write_all(&index)?;
    out.write_all(&beside)?;
    let head = serde_json::to_vec(&Head {
        form: FORM,
        program: program(),
        postcodes: snapshot.postcodes,
        day: snapshot.stands.day,
        since: snapshot.stands.since,
        others: snapshot.others,
        index: Piece::of(&index),
        beside: Piece::of(&beside),
    })?;
    out.write_all(&head)?;
    out.write_all(&length(&head).to_le_bytes())?;
    out.write_all(&Sha256::digest(&head))?;
    out.write_all(END)?;
    out.into_inner()?.sync_all()
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

/// Deletes what was left by those who ended while they wrote. That is no harm to anybody where it fails.
fn clear(path: &Path) {
    let stem = path.file_stem().and_then(std::ffi::OsStr::to_str);
    let folder = path.parent().map(fs::read_dir);
    for entry in folder.into_iter().flatten().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_str().unwrap_or_default();
        let rest = stem.and_then(|stem| name.strip_prefix(stem));
        let is_under_way = rest
            .and_then(|rest| rest.strip_prefix('.'))
            .and_then(|rest| rest.rsplit_once('.'))
            .is_some_and(|(_, end)| end == UNDER_WAY);
        let touched = entry.metadata().and_then(|about| about.modified());
        let stands_still = |at: SystemTime| at.elapsed().is_ok_and(|since| since >= GONE);
        if is_under_way && touched.is_ok_and(stands_still) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests;
