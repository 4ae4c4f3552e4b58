//! Rows of files that were not taken in, with the reason, until somebody mends or drops them.

use stour_database::{Error, Row, Transaction, params, sql};
use stour_kernel::{Environment, Timestamp, typed_id};
use stour_web::FieldError;

use crate::{Author, store};

typed_id!(pub AsideId, "a row that was set aside");
stour_database::text_value!(AsideId);

/// A row that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// The row.
    pub id: AsideId,
    /// The file that it came in.
    pub file: String,
    /// Its line there, from 1.
    pub line: i64,
    /// The number of its entry as it was written; may be empty.
    pub number: String,
    /// The version that the row was made from, as it was written; may be empty.
    pub version: String,
    /// What it says, field by field, also where it says nothing.
    pub given: Vec<(String, String)>,
    /// Why it was not taken in.
    pub reasons: Vec<(String, String)>,
    /// Who sent the file.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What is kept of a row's text.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct Given {
    number: String,
    version: String,
    fields: Vec<(String, String)>,
}

/// A row to be set aside.
#[derive(Debug)]
pub(crate) struct NewAside<'a> {
    pub(crate) scope: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) file: &'a str,
    pub(crate) line: i64,
    pub(crate) number: &'a str,
    pub(crate) version: &'a str,
    pub(crate) given: &'a [(&'static str, String)],
    pub(crate) reasons: &'a [FieldError],
}

/// Sets a row aside.
///
/// # Errors
/// Those of the database.
pub(crate) fn set_aside(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    new: &NewAside<'_>,
    by: &Author,
) -> Result<(), Error> {
    let id: AsideId = environment.id();
    let given = Given {
        number: new.number.to_owned(),
        version: new.version.to_owned(),
        fields: new
            .given
            .iter()
            .map(|(name, text)| ((*name).to_owned(), text.clone()))
            .collect(),
    };
    let given = store::json(&given)?;
    let reasons = new.reasons.iter();
    let reasons: Vec<(&str, &str)> = reasons
        .map(|error| (error.field.as_str(), error.message.as_str()))
        .collect();
    let reasons = store::json(&reasons)?;
    tx.execute(
        sql!(
            "INSERT INTO register_aside
                 (id, scope, kind, file, line, given, reasons, set_aside_by_name, set_aside_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            id,
            new.scope,
            new.kind,
            new.file,
            new.line,
            given,
            reasons,
            by.name,
            environment.now()
        ],
    )?;
    Ok(())
}

fn aside_of(row: &Row<'_>) -> Result<Aside, Error> {
    let (given, reasons): (String, String) = (row.get(3)?, row.get(4)?);
    let undecoded = |column| {
        move |_| Error::Decode {
            column,
            expected: "a row that was set aside",
        }
    };
    let given: Given = serde_json::from_str(&given).map_err(undecoded(3))?;
    Ok(Aside {
        id: row.get(0)?,
        file: row.get(1)?,
        line: row.get(2)?,
        number: given.number,
        version: given.version,
        given: given.fields,
        reasons: serde_json::from_str(&reasons).map_err(undecoded(4))?,
        by: row.get(5)?,
        at: row.get(6)?,
    })
}

/// The rows of a kind that wait, as they stood in their files; the first 2,000.
///
/// # Errors
/// Those of the database.
pub fn waiting(tx: &mut Transaction<'_>, scope: &str, kind: &str) -> Result<Vec<Aside>, Error> {
    tx.rows(
        sql!(
            "SELECT id, file, line, given, reasons, set_aside_by_name, set_aside_at FROM register_aside
             WHERE scope = $1 AND kind = $2 AND settled IS NULL
             ORDER BY set_aside_at, file, line LIMIT 2000"
        ),
        params![scope, kind],
        aside_of,
    )
}

/// How many rows of a kind wait.
///
/// # Errors
/// Those of the database.
pub(crate) fn count_waiting(
    tx: &mut Transaction<'_>,
    scope: &str,
    kind: &str,
) -> Result<i64, Error> {
    tx.one(
        sql!(
            "SELECT count(*) FROM register_aside WHERE scope = $1 AND kind = $2 AND settled IS NULL"
        ),
        params![scope, kind],
        |row| row.get(0),
    )
}

/// A row that waits.
///
/// # Errors
/// Those of the database.
pub(crate) fn aside(
    tx: &mut Transaction<'_>,
    (scope, kind): (&str, &str),
    id: AsideId,
) -> Result<Option<Aside>, Error> {
    tx.optional(
        sql!(
            "SELECT id, file, line, given, reasons, set_aside_by_name, set_aside_at FROM register_aside
             WHERE id = $1 AND scope = $2 AND kind = $3 AND settled IS NULL"
        ),
        params![id, scope, kind],
        aside_of,
    )
}

/// Says what became of a row: that it was mended, or why it was dropped. Gives whether it still waited.
///
/// # Errors
/// Those of the database.
pub(crate) fn settle(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (scope, kind, id): (&str, &str, AsideId),
    settled: &str,
    by: &Author,
) -> Result<bool, Error> {
    let changed = tx.execute(
        sql!(
            "UPDATE register_aside SET settled = $1, settled_by_name = $2, settled_at = $3
             WHERE id = $4 AND scope = $5 AND kind = $6 AND settled IS NULL"
        ),
        params![settled, by.name, environment.now(), id, scope, kind],
    )?;
    Ok(changed > 0)
}
