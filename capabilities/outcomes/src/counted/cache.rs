//! Everybody's facts in a file beside the database, so that a start need not read the whole log. The file may be
//! deleted at any time: it is made anew.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use stour_database::{Result, Transaction, params, sql};
use stour_indicators::{Columns, Vocabulary};
use stour_kernel::Date;
use stour_web::House;

use super::read::Everybody;
use crate::catalogue::fields_text;

/// What the file is called.
const NAME: &str = "facts.columns";
/// Which form of it this is.
const FORM: u32 = 2;

/// Where the file is, if anywhere.
#[derive(Debug, Clone)]
pub(crate) struct Saved(Option<PathBuf>);

/// What the file begins with.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    form: u32,
    /// What was read of facts: the text of the file that says so.
    fields: String,
    /// The last change that is in it.
    last: i64,
    /// The newest fact in it: a database that does not have it is another.
    newest: String,
    /// The day on which it was made.
    made: Date,
    vocabulary: Vocabulary,
    apart: usize,
}

/// From how many days on a file is too old: everybody is read from the log again at least so often.
const OLD: i32 = 7;

/// What everybody was read as: the last change that is in it, what facts are said in, and the facts.
pub(super) type Kept = (i64, Vocabulary, Everybody);

impl Saved {
    /// Beside the database of this house; nowhere where it has no folder.
    pub(crate) fn beside(house: &House) -> Self {
        let folder = &house.settings().data;
        Self((!folder.as_os_str().is_empty()).then(|| folder.join(NAME)))
    }

    /// In a folder.
    #[cfg(test)]
    pub(super) fn within(folder: &Path) -> Self {
        Self(Some(folder.join(NAME)))
    }

    /// What the file holds; `None` where there is no file, or one that does not belong.
    pub(super) fn read(
        &self,
        tx: &mut Transaction<'_>,
        last: i64,
        today: Date,
    ) -> Result<Option<Kept>> {
        let Some(path) = &self.0 else { return Ok(None) };
        clear(path);
        let (head, everybody) = match read(path) {
            Ok(found) => found,
            Err(error) => {
                if error.kind() != io::ErrorKind::NotFound {
                    tracing::warn!(%error, file = %path.display(), "the columns of facts are made anew");
                }
                return Ok(None);
            }
        };
        let belongs = head.form == FORM
            && head.fields == fields_text()
            && head.last <= last
            && (0..OLD).contains(&(today - head.made).get_days())
            && has(tx, &head.newest)?;
        Ok(belongs.then_some((head.last, head.vocabulary, everybody)))
    }

    /// Writes the file; a failure is no harm but to the next start. Where there is no fact yet there is nothing to know
    /// the database by, and little to read: then no file is kept.
    pub(super) fn write(&self, made: Date, (last, vocabulary, everybody): &Kept) {
        let Some(path) = &self.0 else { return };
        if everybody.newest.is_empty() {
            return;
        }
        let head = Head {
            form: FORM,
            fields: fields_text().to_owned(),
            last: *last,
            newest: everybody.newest.clone(),
            made,
            vocabulary: vocabulary.clone(),
            apart: everybody.apart.len(),
        };
        if let Err(error) = write(path, &head, everybody) {
            tracing::warn!(%error, file = %path.display(), "the columns of facts could not be kept");
        }
    }
}

fn has(tx: &mut Transaction<'_>, fact: &str) -> Result<bool> {
    let found = tx.optional(
        sql!("SELECT 1 FROM fact WHERE id = $1"),
        params![fact],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

fn read(path: &Path) -> io::Result<(Head, Everybody)> {
    // The digest takes about as long as all the rest, and another processor may work it out meanwhile.
    let (found, digest) = thread::scope(|scope| {
        let digest = scope.spawn(|| digest(path));
        (decode(path), digest.join())
    });
    let (head, everybody, written) = found?;
    let digest = digest.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
    if digest == written {
        Ok((head, everybody))
    } else {
        Err(invalid("the columns are not those that were written"))
    }
}

/// The digest of everything before the one in the file.
fn digest(path: &Path) -> io::Result<Digested> {
    let file = File::open(path)?;
    let length = file.metadata()?.len().saturating_sub(TAIL);
    let mut out = Digesting::new(io::sink());
    let mut from = BufReader::with_capacity(1 << 18, file.take(length));
    io::copy(&mut from, &mut out)?;
    Ok(out.finish().1)
}

fn decode(path: &Path) -> io::Result<(Head, Everybody, Digested)> {
    let mut from = BufReader::with_capacity(1 << 16, File::open(path)?);
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let mut head = Vec::new();
    from.by_ref()
        .take(u64::from_le_bytes(length))
        .read_to_end(&mut head)?;
    let head: Head = serde_json::from_slice(&head)?;
    let mut everybody = Everybody {
        columns: Columns::read(&mut from)?,
        quiet: Columns::read(&mut from)?,
        newest: head.newest.clone(),
        made: Some(head.made),
        ..Everybody::default()
    };
    for _ in 0..head.apart {
        let mut id = [0; 16];
        from.read_exact(&mut id)?;
        let columns = Columns::read(&mut from)?;
        everybody.apart.insert(u128::from_le_bytes(id), columns);
    }
    let mut digest = Digested::default();
    from.read_exact(&mut digest)?;
    // What was written last shows that all of it was.
    let mut end = Vec::new();
    from.take(TAIL).read_to_end(&mut end)?;
    if end == END {
        Ok((head, everybody, digest))
    } else {
        Err(invalid("the columns have no end"))
    }
}

fn invalid(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

/// A SHA-256.
type Digested = [u8; 32];

const END: &[u8] = b"end of columns\n";
/// How many bytes there are from the digest on.
const TAIL: u64 = 32 + 15;

/// Works out the digest of what passes through.
struct Digesting<W> {
    out: W,
    digest: Sha256,
}

impl<W> Digesting<W> {
    fn new(out: W) -> Self {
        Self {
            out,
            digest: Sha256::new(),
        }
    }

    fn finish(self) -> (W, Digested) {
        (self.out, self.digest.finalize().into())
    }
}

impl<W: Write> Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.digest.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes the file under a name of its own, so that of several who write none spoils another's, and gives it its name
/// when it is whole.
fn write(path: &Path, head: &Head, everybody: &Everybody) -> io::Result<()> {
    let own = RandomState::new().build_hasher().finish();
    let beside = path.with_extension(format!("{}-{own:016x}.{UNDER_WAY}", std::process::id()));
    let written = write_to(&beside, head, everybody).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // What is left is of no use; where it cannot be deleted now, a later start does.
        let _ = fs::remove_file(&beside);
    }
    written
}

fn write_to(path: &Path, head: &Head, everybody: &Everybody) -> io::Result<()> {
    // It holds what the database holds, and nobody else may read that.
    let mut open = File::options();
    open.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    let mut out = BufWriter::new(Digesting::new(open.open(path)?));
    let head = serde_json::to_vec(head)?;
    out.write_all(&u64::try_from(head.len()).unwrap_or(u64::MAX).to_le_bytes())?;
    out.write_all(&head)?;
    everybody.columns.write(&mut out)?;
    everybody.quiet.write(&mut out)?;
    for (id, columns) in &everybody.apart {
        out.write_all(&id.to_le_bytes())?;
        columns.write(&mut out)?;
    }
    let (mut out, digest) = out.into_inner()?.finish();
    out.write_all(&digest)?;
    out.write_all(END)?;
    out.sync_all()
}

/// How the name ends of a file that is being written.
const UNDER_WAY: &str = "new";
/// How long a file that is being written may stand still before whoever wrote it is taken to be gone.
const GONE: Duration = Duration::from_hours(1);

/// Deletes what was left by those who ended while they wrote. That is no harm to anybody where it fails.
fn clear(path: &Path) {
    let stem = path.file_stem().and_then(OsStr::to_str).unwrap_or_default();
    let folder = path.parent().map(fs::read_dir);
    for entry in folder.into_iter().flatten().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_str().unwrap_or_default();
        let parts = name.strip_prefix(stem).map(|rest| rest.split('.'));
        let is_under_way = parts.is_some_and(|mut parts| {
            parts.next() == Some("") && parts.next_back() == Some(UNDER_WAY)
        });
        let touched = entry.metadata().and_then(|about| about.modified());
        let stands_still = |at: SystemTime| at.elapsed().is_ok_and(|since| since >= GONE);
        if is_under_way && touched.is_ok_and(stands_still) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests;
