//! Storing documents: every version stays.

use stour_appraisal::Case;
use stour_database::{Error, Row, Transaction, params, sql};
use stour_kernel::Environment;

use super::reading::{Reading, read};
use super::{
    Author, Document, DocumentError, DocumentId, Hash, LONGEST_TEXT, Refusal, Signature, Version,
};

/// Lines times years of a case that is worked out within a tenth of a second.
const MOST_CELLS: usize = 50_000;

/// Starts a document with its first version.
///
/// # Errors
/// [`DocumentError::Mistakes`] when the text cannot be used; those of the database.
pub fn start(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    text: &str,
    what: &str,
    by: &Author,
) -> Result<DocumentId, DocumentError> {
    within(text)?;
    let reading = read(text)?;
    bearable(&reading)?;
    let figures = reading.figures()?;
    let id: DocumentId = environment.id();
    tx.execute(
        sql!(
            "INSERT INTO appraisal_document (id, kind, title, latest, agreed, changed_at, changed_by)
             VALUES ($1, $2, $3, 1, NULL, $4, $5)"
        ),
        params![id, reading.kind(), figures.title, environment.now(), by.name],
    )?;
    insert(tx, environment, id, (1, text, what), by)?;
    Ok(id)
}

/// Saves the next version after `base`, which must still be the latest.
///
/// # Errors
/// As [`start`], and [`Refusal`]: overtaken, unchanged, of another kind.
pub fn save(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, base): (DocumentId, i64),
    (text, what): (&str, &str),
    by: &Author,
) -> Result<i64, DocumentError> {
    within(text)?;
    let now = document(tx, id)?.ok_or(DocumentError::NotThere)?;
    if now.latest != base {
        return Err(Refusal::Overtaken.into());
    }
    let before = version(tx, id, base)?.ok_or(DocumentError::NotThere)?;
    if before.text == text {
        return Err(Refusal::Unchanged.into());
    }
    let reading = read(text)?;
    bearable(&reading)?;
    if reading.kind() != now.kind {
        return Err(Refusal::OtherKind.into());
    }
    let number = base.saturating_add(1);
    let changed = tx.execute(
        sql!(
            "UPDATE appraisal_document SET title = $1, latest = $2, changed_at = $3, changed_by = $4
             WHERE id = $5 AND latest = $6"
        ),
        params![
            reading.figures()?.title,
            number,
            environment.now(),
            by.name,
            id,
            base
        ],
    )?;
    if changed == 0 {
        return Err(Refusal::Overtaken.into());
    }
    insert(tx, environment, id, (number, text, what), by)?;
    Ok(number)
}

/// A document is worked out while it is saved, and meanwhile nobody else writes.
fn bearable(reading: &Reading) -> Result<(), Refusal> {
    match reading {
        Reading::Case(case) if cells(case) > MOST_CELLS => Err(Refusal::TooHeavy),
        _ => Ok(()),
    }
}

fn cells(case: &Case) -> usize {
    case.lines().saturating_mul(case.year_labels().len())
}

fn within(text: &str) -> Result<(), Refusal> {
    if text.len() > LONGEST_TEXT {
        return Err(Refusal::TooLong);
    }
    Ok(())
}

fn insert(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    id: DocumentId,
    (number, text, what): (i64, &str, &str),
    by: &Author,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "INSERT INTO appraisal_document_version
                 (document, number, text, hash, what, saved_by, saved_by_name, organisation, saved_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            id,
            number,
            text,
            Hash::of(text),
            what,
            by.user,
            by.name,
            by.organisation,
            environment.now()
        ],
    )?;
    Ok(())
}

/// Signs a version off: it is the agreed one from now on, unless a later one is agreed already.
///
/// # Errors
/// [`Refusal`]: one's own version, signed already, tampered with; [`DocumentError::NotThere`].
pub fn sign(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, number): (DocumentId, i64),
    words: &str,
    by: &Author,
) -> Result<(), DocumentError> {
    let version = version(tx, id, number)?.ok_or(DocumentError::NotThere)?;
    if !version.is_intact() {
        return Err(Refusal::Tampered.into());
    }
    if version.by.user == by.user {
        return Err(Refusal::OwnVersion.into());
    }
    let before = signatures(tx, id)?;
    let mut of_this = before.iter().filter(|one| one.number == number);
    if of_this.any(|one| one.hash != version.hash) {
        return Err(Refusal::Tampered.into());
    }
    if before
        .iter()
        .any(|one| one.number == number && one.by.user == by.user)
    {
        return Err(Refusal::SignedAlready.into());
    }
    let figures = read(&version.text)?.figures()?;
    tx.execute(
        sql!(
            "INSERT INTO appraisal_document_signature
                 (document, number, signed_by, signed_by_name, organisation, signed_at, words, hash, figures)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            id,
            number,
            by.user,
            by.name,
            by.organisation,
            environment.now(),
            words,
            version.hash,
            figures.text
        ],
    )?;
    tx.execute(
        sql!(
            "UPDATE appraisal_document SET agreed = $1
             WHERE id = $2 AND (agreed IS NULL OR agreed < $1)"
        ),
        params![number, id],
    )?;
    Ok(())
}

fn document_of(row: &Row<'_>) -> Result<Document, Error> {
    Ok(Document {
        id: row.get(0)?,
        kind: row.get(1)?,
        title: row.get(2)?,
        latest: row.get(3)?,
        agreed: row.get(4)?,
        changed_at: row.get(5)?,
        changed_by: row.get(6)?,
    })
}

/// Every document, that changed last first.
///
/// # Errors
/// Those of the database.
pub fn documents(tx: &mut Transaction<'_>) -> Result<Vec<Document>, Error> {
    tx.rows(
        sql!(
            "SELECT id, kind, title, latest, agreed, changed_at, changed_by
             FROM appraisal_document ORDER BY changed_at DESC, id DESC LIMIT 1000"
        ),
        params![],
        document_of,
    )
}

/// One document, if there is such.
///
/// # Errors
/// Those of the database.
pub fn document(tx: &mut Transaction<'_>, id: DocumentId) -> Result<Option<Document>, Error> {
    tx.optional(
        sql!(
            "SELECT id, kind, title, latest, agreed, changed_at, changed_by
             FROM appraisal_document WHERE id = $1"
        ),
        params![id],
        document_of,
    )
}

fn version_of(row: &Row<'_>) -> Result<Version, Error> {
    Ok(Version {
        number: row.get(0)?,
        text: row.get(1)?,
        hash: row.get(2)?,
        what: row.get(3)?,
        by: Author {
            user: row.get(4)?,
            name: row.get(5)?,
            organisation: row.get(6)?,
        },
        at: row.get(7)?,
    })
}

/// One version, if there is such.
///
/// # Errors
/// Those of the database.
pub fn version(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    number: i64,
) -> Result<Option<Version>, Error> {
    tx.optional(
        sql!(
            "SELECT number, text, hash, what, saved_by, saved_by_name, organisation, saved_at
             FROM appraisal_document_version WHERE document = $1 AND number = $2"
        ),
        params![id, number],
        version_of,
    )
}

/// The latest versions, newest first, without their texts.
///
/// # Errors
/// Those of the database.
pub fn versions(tx: &mut Transaction<'_>, id: DocumentId) -> Result<Vec<Version>, Error> {
    tx.rows(
        sql!(
            "SELECT number, '', hash, what, saved_by, saved_by_name, organisation, saved_at
             FROM appraisal_document_version WHERE document = $1 ORDER BY number DESC LIMIT 500"
        ),
        params![id],
        version_of,
    )
}

/// Every signature under a document, newest first.
///
/// # Errors
/// Those of the database.
pub fn signatures(tx: &mut Transaction<'_>, id: DocumentId) -> Result<Vec<Signature>, Error> {
    tx.rows(
        sql!(
            "SELECT number, signed_by, signed_by_name, organisation, signed_at, words, hash, figures
             FROM appraisal_document_signature WHERE document = $1
             ORDER BY number DESC, signed_at DESC"
        ),
        params![id],
        |row| {
            Ok(Signature {
                number: row.get(0)?,
                by: Author {
                    user: row.get(1)?,
                    name: row.get(2)?,
                    organisation: row.get(3)?,
                },
                at: row.get(4)?,
                words: row.get(5)?,
                hash: row.get(6)?,
                figures: row.get(7)?,
            })
        },
    )
}
