//! Storing contacts.

use stour_database::{Cursor, Error, Page, PageSize, Row, Transaction, Version, params, sql};
use stour_kernel::{Environment, Timestamp};

use super::state::{ContactState, Dealt};
use super::{Contact, ContactId, NewContact};
use crate::error::FrontDoorError;

/// Takes a contact in.
///
/// # Errors
/// Those of the database.
pub(crate) fn insert(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    asked: &NewContact,
) -> Result<ContactId, FrontDoorError> {
    let id: ContactId = environment.id();
    tx.execute(
        sql!(
            "INSERT INTO contact (id, received_at, urgent, waiting, name, version, asked)
             VALUES ($1, $2, $3, 1, $4, $5, $6)"
        ),
        params![
            id,
            environment.now(),
            i64::from(asked.urgent),
            asked.name,
            Version::FIRST,
            written(asked)?
        ],
    )?;
    stour_database::touch(tx, "contacts")?;
    Ok(id)
}

fn written(value: &impl serde::Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|_| Error::Decode {
        column: 0,
        expected: "something that can be written as JSON",
    })
}

/// One contact.
pub(crate) fn contact(tx: &mut Transaction<'_>, id: ContactId) -> Result<Option<Contact>, Error> {
    tx.optional(
        sql!("SELECT id, received_at, asked, dealt_with, version FROM contact WHERE id = $1"),
        params![id],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<Contact, Error> {
    let unreadable = |column: usize| Error::Decode {
        column,
        expected: "a contact as JSON",
    };
    let dealt: Option<String> = row.get(3)?;
    let dealt: Option<Dealt> = dealt
        .map(|text| serde_json::from_str(&text))
        .transpose()
        .map_err(|_| unreadable(3))?;
    Ok(Contact {
        id: row.get(0)?,
        received_at: row.get(1)?,
        asked: serde_json::from_str(&row.get::<String>(2)?).map_err(|_| unreadable(2))?,
        state: dealt.map_or(ContactState::Waiting, ContactState::Dealt),
        version: row.get(4)?,
    })
}

/// Keeps how a contact was dealt with, if nobody changed it since `seen`.
///
/// # Errors
/// The refusal of its state; that somebody else was first; those of the database.
pub(crate) fn change(
    tx: &mut Transaction<'_>,
    (id, seen): (ContactId, Version),
    dealt: Dealt,
) -> Result<(), FrontDoorError> {
    let stored = contact(tx, id)?.ok_or(FrontDoorError::NotThere)?;
    stored.version.expect(seen)?;
    let ContactState::Dealt(dealt) = stored.state.deal(dealt)? else {
        return Err(FrontDoorError::NotThere);
    };
    tx.execute(
        sql!("UPDATE contact SET waiting = 0, dealt_with = $2, version = $3 WHERE id = $1"),
        params![id, written(&dealt)?, seen.next()],
    )?;
    stour_database::touch(tx, "contacts")?;
    Ok(())
}

/// A contact in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Queued {
    pub(crate) id: ContactId,
    pub(crate) received_at: Timestamp,
    pub(crate) is_urgent: bool,
    pub(crate) name: String,
}

/// A page of the contacts that wait: the urgent ones first, then the oldest first.
pub(crate) fn waiting(
    tx: &mut Transaction<'_>,
    after: Option<&Cursor>,
    size: PageSize,
) -> Result<Page<Queued>, FrontDoorError> {
    let (mut urgent, mut last) = ("1".to_owned(), String::new());
    if let Some(cursor) = after {
        let [first, second] = cursor.parts::<2>()?;
        (urgent, last) = (first.clone(), second.clone());
    }
    let urgent = i64::from(urgent == "1");
    let rows = tx.rows(
        sql!(
            "SELECT id, received_at, urgent, name FROM contact
             WHERE waiting = 1 AND ((urgent = $1 AND id > $2) OR urgent < $1)
             ORDER BY urgent DESC, id LIMIT $3"
        ),
        params![urgent, last, size.with_one_more()],
        |row| {
            Ok(Queued {
                id: row.get(0)?,
                received_at: row.get(1)?,
                is_urgent: row.get::<i64>(2)? == 1,
                name: row.get(3)?,
            })
        },
    )?;
    let key = |queued: &Queued| {
        Cursor::after([
            i64::from(queued.is_urgent).to_string(),
            queued.id.to_string(),
        ])
    };
    Ok(Page::cut(rows, size, key))
}

/// How many wait.
pub(crate) fn waiting_count(tx: &mut Transaction<'_>) -> Result<i64, Error> {
    let count = tx.optional(
        sql!("SELECT count(*) FROM contact WHERE waiting = 1"),
        params![],
        |row| row.get(0),
    )?;
    Ok(count.unwrap_or(0))
}
