//! Storing documents: every version stays.

use stour_database::{Error, Row, Transaction, params, sql};
use stour_kernel::Environment;

use super::{
    Author, Checked, Document, DocumentError, DocumentId, Hash, Refusal, Signature, Version,
};

/// Starts a document with its first version.
///
/// # Errors
/// Those of the database.
pub fn start(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    checked: &Checked,
    what: &str,
    by: &Author,
) -> Result<DocumentId, Error> {
    let id: DocumentId = environment.id();
    tx.execute(
        sql!(
            "INSERT INTO appraisal_document (id, kind, title, latest, agreed, changed_at, changed_by)
             VALUES ($1, $2, $3, 1, NULL, $4, $5)"
        ),
        params![
            id,
            checked.kind(),
            checked.figures().title,
            environment.now(),
            by.name
        ],
    )?;
    insert(tx, environment, id, (1, checked.text(), what), by)?;
    Ok(id)
}

/// Saves the next version after `base`, which must still be the latest.
///
/// # Errors
/// [`Refusal`]: overtaken, unchanged, of another kind; [`DocumentError::NotThere`].
pub fn save(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, base): (DocumentId, i64),
    (checked, what): (&Checked, &str),
    by: &Author,
) -> Result<i64, DocumentError> {
    let now = document(tx, id)?.ok_or(DocumentError::NotThere)?;
    if now.latest != base {
        return Err(Refusal::Overtaken.into());
    }
    let before = version(tx, id, base)?.ok_or(DocumentError::NotThere)?;
    // A form sends no last line end, or another.
    if before.text.trim_end() == checked.text().trim_end() {
        return Err(Refusal::Unchanged.into());
    }
    if checked.kind() != now.kind {
        return Err(Refusal::OtherKind.into());
    }
    let number = base.saturating_add(1);
    let changed = tx.execute(
        sql!(
            "UPDATE appraisal_document SET title = $1, latest = $2, changed_at = $3, changed_by = $4
             WHERE id = $5 AND latest = $6"
        ),
        params![
            checked.figures().title,
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
    insert(tx, environment, id, (number, checked.text(), what), by)?;
    Ok(number)
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

/// Signs a version off, which is `checked`: it is the agreed one from now on, unless a later one is agreed
/// already.
///
/// # Errors
/// [`Refusal`]: one's own version, signed already, tampered with; [`DocumentError::NotThere`].
pub fn sign(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, number): (DocumentId, i64),
    (checked, words): (&Checked, &str),
    by: &Author,
) -> Result<(), DocumentError> {
    let version = version(tx, id, number)?.ok_or(DocumentError::NotThere)?;
    if !version.is_intact() || version.text != checked.text() {
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
            checked.figures().text
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

/// The documents that changed last, at most 1,000, the latest first.
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
