//! Everybody's facts in a file beside the database, so that a start need not read the whole log. The file may be
//! deleted at any time: it is made anew.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use stour_database::{Result, Transaction, params, sql};
use stour_indicators::{Columns, Vocabulary};
use stour_kernel::Date;
use stour_web::House;

use super::read::Everybody;
use crate::catalogue::fields_text;

/// What the file is called.
const NAME: &str = "facts.columns";
/// Which form of it this is.
const FORM: u32 = 1;

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
    /// The day on which it was made: ages on record are of that day.
    made: Date,
    on_record: Vec<((u32, u32), [u32; 20])>,
    vocabulary: Vocabulary,
    apart: usize,
}

/// From how many days on a file is too old.
const OLD: i32 = 7;

impl Saved {
    /// Beside the database of this house; nowhere where it has no folder.
    pub(crate) fn beside(house: &House) -> Self {
        let folder = &house.settings().data;
        Self((!folder.as_os_str().is_empty()).then(|| folder.join(NAME)))
    }

    /// Nowhere.
    pub(super) const fn nowhere() -> Self {
        Self(None)
    }

    /// What the file holds, with the last change in it; `None` where there is no file, or one that does not belong.
    pub(super) fn read(
        &self,
        tx: &mut Transaction<'_>,
        last: i64,
        today: Date,
    ) -> Result<Option<(i64, Vocabulary, Everybody)>> {
        let Some(path) = &self.0 else { return Ok(None) };
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

    /// Writes the file; a failure is no harm but to the next start.
    pub(super) fn write(
        &self,
        (last, made): (i64, Date),
        vocabulary: &Vocabulary,
        everybody: &Everybody,
    ) {
        let Some(path) = &self.0 else { return };
        let head = Head {
            form: FORM,
            fields: fields_text().to_owned(),
            last,
            newest: everybody.newest.clone(),
            made,
            on_record: everybody
                .on_record
                .iter()
                .map(|(key, bands)| (*key, *bands))
                .collect(),
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
    Ok(fact.is_empty() || found.is_some())
}

fn read(path: &Path) -> io::Result<(Head, Everybody)> {
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
        newest: head.newest.clone(),
        on_record: head.on_record.iter().copied().collect(),
        ..Everybody::default()
    };
    for _ in 0..head.apart {
        let columns = Columns::read(&mut from)?;
        let id = columns.id(0).ok_or(io::ErrorKind::InvalidData)?;
        everybody.apart.insert(id, columns);
    }
    // What was written last shows that all of it was.
    let mut end = Vec::new();
    from.read_to_end(&mut end)?;
    if end == END {
        Ok((head, everybody))
    } else {
        Err(io::ErrorKind::InvalidData.into())
    }
}

const END: &[u8] = b"end of columns\n";

fn write(path: &Path, head: &Head, everybody: &Everybody) -> io::Result<()> {
    let beside = path.with_extension("new");
    // It holds what the database holds, and nobody else may read that.
    let mut open = File::options();
    open.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    let mut out = BufWriter::new(open.open(&beside)?);
    let head = serde_json::to_vec(head)?;
    out.write_all(&u64::try_from(head.len()).unwrap_or(u64::MAX).to_le_bytes())?;
    out.write_all(&head)?;
    everybody.columns.write(&mut out)?;
    for columns in everybody.apart.values() {
        columns.write(&mut out)?;
    }
    out.write_all(END)?;
    out.into_inner()?.sync_all()?;
    fs::rename(&beside, path)
}

#[cfg(test)]
mod tests;
