//! Storing comments.

use stour_database::{Error, Row, Transaction, params, sql};
use stour_kernel::Environment;

use super::{Comment, CommentId, Settled};
use crate::case::change::line_of;
use crate::document::{Author, DocumentError, DocumentId, Refusal, version};

/// Says something about a version of a document, or about a line of it.
///
/// # Errors
/// [`DocumentError::NotThere`]; those of the database.
pub fn say(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (document, number, line): (DocumentId, i64, Option<&str>),
    words: &str,
    by: &Author,
) -> Result<CommentId, DocumentError> {
    let version = version(tx, document, number)?.ok_or(DocumentError::NotThere)?;
    if let Some(line) = line {
        let text: toml::Table = version.text.parse().unwrap_or_default();
        line_of(&text, line).ok_or(DocumentError::NotThere)?;
    }
    let id: CommentId = environment.id();
    tx.execute(
        sql!(
            "INSERT INTO appraisal_document_comment
                 (id, document, number, line, words, said_by_name, organisation, said_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![
            id,
            document,
            number,
            line.map(str::to_owned),
            words,
            by.name,
            by.organisation,
            environment.now()
        ],
    )?;
    Ok(id)
}

/// Settles a comment with an answer. One that is settled stays as it was settled first.
///
/// # Errors
/// [`DocumentError::NotThere`], [`Refusal::SettledAlready`]; those of the database.
pub fn settle(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (document, id): (DocumentId, CommentId),
    answer: &str,
    by: &Author,
) -> Result<(), DocumentError> {
    comment(tx, document, id)?.ok_or(DocumentError::NotThere)?;
    let settled = tx.execute(
        sql!(
            "UPDATE appraisal_document_comment SET settled_by_name = $1, settled_at = $2, answer = $3
             WHERE id = $4 AND document = $5 AND settled_at IS NULL"
        ),
        params![by.name, environment.now(), answer, id, document],
    )?;
    if settled == 0 {
        return Err(Refusal::SettledAlready.into());
    }
    Ok(())
}

fn of(row: &Row<'_>) -> Result<Comment, Error> {
    let by: Option<String> = row.get(7)?;
    let settled = match (by, row.get(8)?, row.get::<Option<String>>(9)?) {
        (Some(by), Some(at), Some(answer)) => Some(Settled { by, at, answer }),
        _ => None,
    };
    Ok(Comment {
        id: row.get(0)?,
        number: row.get(1)?,
        line: row.get(2)?,
        words: row.get(3)?,
        by: row.get(4)?,
        organisation: row.get(5)?,
        at: row.get(6)?,
        settled,
    })
}

/// The comments on a document, newest first.
///
/// # Errors
/// Those of the database.
pub fn comments(tx: &mut Transaction<'_>, document: DocumentId) -> Result<Vec<Comment>, Error> {
    tx.rows(
        sql!(
            "SELECT id, number, line, words, said_by_name, organisation, said_at,
                    settled_by_name, settled_at, answer
             FROM appraisal_document_comment WHERE document = $1 ORDER BY id DESC LIMIT 1000"
        ),
        params![document],
        of,
    )
}

/// One comment on a document, if there is such.
///
/// # Errors
/// Those of the database.
fn comment(
    tx: &mut Transaction<'_>,
    document: DocumentId,
    id: CommentId,
) -> Result<Option<Comment>, Error> {
    tx.optional(
        sql!(
            "SELECT id, number, line, words, said_by_name, organisation, said_at,
                    settled_by_name, settled_at, answer
             FROM appraisal_document_comment WHERE document = $1 AND id = $2"
        ),
        params![document, id],
        of,
    )
}
