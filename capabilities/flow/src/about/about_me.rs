//! About Me, by the headings of the PRSB's standard (About Me, version 2.01): what somebody wants those to know who look after them.

use std::collections::BTreeMap;

use serde_json::json;
use stour_database::{Error, Row, Transaction, VersionError, params, sql, touch};
use stour_kernel::{Date, Environment, OdsCode, PersonId, Timestamp};
use stour_partnership::Reference;
use stour_people::group;
use thiserror::Error as ThisError;

use super::HEADINGS;
use crate::by::By;
use crate::error::{FlowError, reference};
use crate::list::has;

/// What somebody wants others to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AboutMe {
    /// The words under each heading that has any: codes of the list `about-me-heading`.
    pub words: BTreeMap<String, String>,
    /// Who supported the person to write it.
    pub supported_by: Option<String>,
    /// The day on which the person said so: the standard's "date last updated".
    pub said_on: Date,
}

/// It, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAboutMe {
    /// What.
    pub about: AboutMe,
    /// Who wrote it down.
    pub name: String,
    /// Of which organisation.
    pub organisation: OdsCode,
    /// When.
    pub at: Timestamp,
}

/// What is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
pub enum WrongAboutMe {
    /// Nothing is written.
    #[error("Write something under at least one heading")]
    Nothing,
    /// A heading that the list does not have that day.
    #[error("There is no such heading")]
    Heading(String),
    /// The words under a heading are too many.
    #[error("Use at most {LONGEST} characters")]
    Long(String),
    /// The name of who supported the person is too long.
    #[error("Use at most {LONGEST_NAME} characters")]
    LongName,
    /// The person is still to say so.
    #[error("Enter today or a day that has gone by")]
    Day,
}

/// The longest that the words under a heading may be, and the name of who supported the person, in characters.
const LONGEST: usize = 2_000;
const LONGEST_NAME: usize = 200;

impl AboutMe {
    /// All that is wrong with it on a day.
    pub fn wrongs(&self, today: Date, reference: &Reference) -> Vec<WrongAboutMe> {
        let mut wrongs = Vec::new();
        if self.words.is_empty() {
            wrongs.push(WrongAboutMe::Nothing);
        }
        for (heading, words) in &self.words {
            if !has(reference, HEADINGS, heading, today) {
                wrongs.push(WrongAboutMe::Heading(heading.clone()));
            }
            if words.chars().count() > LONGEST {
                wrongs.push(WrongAboutMe::Long(heading.clone()));
            }
        }
        let supported = self.supported_by.as_deref().unwrap_or_default();
        if supported.chars().count() > LONGEST_NAME {
            wrongs.push(WrongAboutMe::LongName);
        }
        if self.said_on > today {
            wrongs.push(WrongAboutMe::Day);
        }
        wrongs
    }
}

fn stored(row: &Row<'_>) -> Result<KeptAboutMe, Error> {
    let words: String = row.get(0)?;
    Ok(KeptAboutMe {
        about: AboutMe {
            words: serde_json::from_str(&words).map_err(|_| Error::Decode {
                column: 0,
                expected: "words by heading",
            })?,
            supported_by: row.get(1)?,
            said_on: row.get(2)?,
        },
        name: row.get(3)?,
        organisation: row.get(4)?,
        at: row.get(5)?,
    })
}

/// Every version of a person's, the first first, under whichever identifiers it was written. The last one stands.
///
/// # Errors
/// Those of the database.
pub fn of_person(tx: &mut Transaction<'_>, person: PersonId) -> Result<Vec<KeptAboutMe>, Error> {
    let mut kept = Vec::new();
    for member in group(tx, person)? {
        kept.extend(tx.rows(
            sql!(
                "SELECT words, supported_by, said_on, name, organisation, at FROM about_me
                 WHERE person = $1 ORDER BY number"
            ),
            params![member],
            stored,
        )?);
    }
    kept.sort_by_key(|one: &KeptAboutMe| one.at);
    Ok(kept)
}

/// Writes the next version; `seen` is how many there were when the writer looked.
///
/// # Errors
/// [`FlowError::NotNow`] where something is wrong with it ([`AboutMe::wrongs`]); [`FlowError::Version`] where somebody has written
/// another meanwhile.
pub fn write(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (person, seen): (PersonId, usize),
    about: &AboutMe,
    by: &By,
) -> Result<(), FlowError> {
    let before = of_person(tx, person)?;
    if before.len() != seen {
        return Err(VersionError::Changed.into());
    }
    let wrongs = about.wrongs(environment.today(), reference()?);
    if let Some(wrong) = wrongs.first() {
        return Err(FlowError::NotNow(format!("{wrong}.")));
    }
    tx.execute(
        sql!(
            "INSERT INTO about_me (person, number, words, supported_by, said_on, name, said_by_user, organisation, at)
             SELECT CAST($1 AS TEXT), COALESCE(max(number), 0) + 1, CAST($2 AS TEXT), CAST($3 AS TEXT),
                    CAST($4 AS TEXT), CAST($5 AS TEXT), CAST($6 AS TEXT), CAST($7 AS TEXT), CAST($8 AS TEXT)
             FROM about_me WHERE person = $1"
        ),
        params![
            person,
            json!(about.words).to_string(),
            about.supported_by,
            about.said_on,
            by.name,
            by.user,
            by.organisation,
            environment.now()
        ],
    )?;
    touch(tx, "in-reach")?;
    touch(tx, "wards")?;
    Ok(())
}
