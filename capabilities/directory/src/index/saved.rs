//! The file beside the database in which listings are kept as they are searched for, so that a start need not read and
//! understand every document. It may be deleted at any time: it is made anew. It holds what leaves the house and nothing else.
//!
//! First come pieces of listings, then the head, its length and digest, and what shows that all of it was written. The head
//! has the length and digest of each piece, so that pieces are read and checked side by side.

use std::fs::{self, File};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use stour_kernel::{Date, Timestamp};
use stour_web::House;

use super::kept::Kept;
use super::restore::Made;

/// What the file is called.
const NAME: &str = "directory.listings";
/// Which form of it this is.
const FORM: u32 = 1;
/// How many listings a piece has.
const PIECE: usize = 2_000;
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
    pieces: Vec<(u64, Digested)>,
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

    /// The listings, in their order; `None` where they are not those that were written.
    pub(super) fn listings(&self, head: &Head, threads: usize) -> Option<Vec<Kept>> {
        self.said(read_pieces(&self.0, &head.pieces, threads))
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
    pub(super) fn write(&self, made: &Made) {
        clear(&self.0);
        if let Err(error) = write(&self.0, made) {
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
    let head = part(path, (before, size), &digest)?;
    let head: Head = serde_json::from_slice(&head)?;
    let pieces: Option<u64> = head
        .pieces
        .iter()
        .try_fold(0_u64, |sum, (length, _)| sum.checked_add(*length));
    if pieces == Some(before) {
        Ok(head)
    } else {
        Err(invalid("the file has another length than it says"))
    }
}

/// Some bytes of the file, if they have this digest.
fn part(path: &Path, (at, length): (u64, u64), digest: &Digested) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    let found: Digested = Sha256::digest(&bytes).into();
    if found == *digest {
        Ok(bytes)
    } else {
        Err(invalid("a part of the file is not as it was written"))
    }
}

fn read_pieces(path: &Path, pieces: &[(u64, Digested)], threads: usize) -> io::Result<Vec<Kept>> {
    let mut at = 0;
    let mut places = Vec::new();
    for (length, digest) in pieces {
        places.push((at, *length, digest));
        at += length;
    }
    let read = |places: &[(u64, u64, &Digested)]| {
        let mut listings: Vec<Kept> = Vec::new();
        for (at, length, digest) in places {
            let bytes = part(path, (*at, *length), digest)?;
            listings.extend(serde_json::from_slice::<Vec<Kept>>(&bytes)?);
        }
        Ok::<_, io::Error>(listings)
    };
    let each = places.len().div_ceil(threads.max(1)).max(1);
    let read = &read;
    std::thread::scope(|scope| {
        let readers: Vec<_> = places
            .chunks(each)
            .map(|places| scope.spawn(move || read(places)))
            .collect();
        let mut listings = Vec::new();
        for reader in readers {
            let found = reader.join();
            listings.extend(found.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        Ok(listings)
    })
}

fn invalid(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

/// Writes the file under a name of its own, so that of several who write none spoils another's, and gives it its name
/// when it is whole.
fn write(path: &Path, made: &Made) -> io::Result<()> {
    let own = RandomState::new().build_hasher().finish();
    let beside = path.with_extension(format!("{}-{own:016x}.{UNDER_WAY}", std::process::id()));
    let written = write_to(&beside, made).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // What is left is of no use; where it cannot be deleted now, a later writer does.
        let _ = fs::remove_file(&beside);
    }
    written
}

fn write_to(path: &Path, made: &Made) -> io::Result<()> {
    // As private as the database, though each listing by itself is public: what is searched is not for others to change.
    let mut open = File::options();
    open.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    let mut out = BufWriter::new(open.open(path)?);
    let mut pieces = Vec::new();
    for listings in made.listings.chunks(PIECE) {
        let bytes = serde_json::to_vec(listings)?;
        pieces.push((length(&bytes), Sha256::digest(&bytes).into()));
        out.write_all(&bytes)?;
    }
    let head = serde_json::to_vec(&Head {
        form: FORM,
        program: program(),
        postcodes: made.postcodes,
        day: made.day,
        since: made.since,
        others: made.others,
        pieces,
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
