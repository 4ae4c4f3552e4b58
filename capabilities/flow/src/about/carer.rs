//! Who cares for somebody, unpaid. Hospitals and councils are to involve carers when somebody is to leave hospital (Care Act 2014,
//! section 74, as the Health and Care Act 2022, section 91, changed it); whether a carer is able and willing to go on is part of what a
//! carer's assessment asks (Care Act 2014, section 10(5)). This is what the carer said, and no assessment.

use stour_database::{Error, Row, Transaction, Version, VersionError, params, sql, touch};
use stour_kernel::{Date, Environment, OdsCode, PersonId, Timestamp, typed_id};
use stour_partnership::Reference;
use stour_people::group;
use thiserror::Error as ThisError;

use super::{RELATIONS, WILLING};
use crate::by::By;
use crate::error::{FlowError, reference};
use crate::list::has;

typed_id!(pub CarerId, "what is written down of a carer");
stour_database::text_value!(CarerId);

/// What is known of a carer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carer {
    /// The name.
    pub who: String,
    /// What they are to the person: a code of the list `relationship`.
    pub relation: String,
    /// In what way they care.
    pub cares: String,
    /// How to reach them.
    pub contact: String,
    /// Whether they are able and willing to go on: a code of the list `carer-willing`.
    pub willing: String,
    /// What they said of it, or would need; may be empty.
    pub words: String,
    /// They no longer care for the person.
    pub ended: bool,
}

/// What is known of a carer, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCarer {
    /// Its name here.
    pub id: CarerId,
    /// For whom, as it was first written down.
    pub person: PersonId,
    /// What.
    pub carer: Carer,
    /// Raised by every change.
    pub version: Version,
    /// Who wrote it down.
    pub name: String,
    /// Of which organisation.
    pub organisation: OdsCode,
    /// When.
    pub at: Timestamp,
}

/// What is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ThisError)]
pub enum WrongCarer {
    /// Nobody is named.
    #[error("Enter the carer’s name")]
    Who,
    /// No relationship of the list as it is today.
    #[error("Select what the carer is to the person")]
    Relation,
    /// Nothing is said of what they do.
    #[error("Enter in what way they care for the person")]
    Cares,
    /// They cannot be reached.
    #[error("Enter how to reach the carer")]
    Contact,
    /// Nothing is said of whether they go on.
    #[error("Select whether the carer is able and willing to go on")]
    Willing,
    /// A field is a story.
    #[error("Use at most {1} characters")]
    Long(&'static str, usize),
}

/// The longest that a name or a way to be reached, and what is said, may be, in characters.
const LONGEST_NAME: usize = 200;
const LONGEST: usize = 1_000;

impl Carer {
    /// All that is wrong with it on a day.
    pub fn wrongs(&self, today: Date, reference: &Reference) -> Vec<WrongCarer> {
        let is_in = |list: &str, code: &str| has(reference, list, code, today);
        let mut wrongs: Vec<WrongCarer> = [
            (self.who.is_empty(), WrongCarer::Who),
            (!is_in(RELATIONS, &self.relation), WrongCarer::Relation),
            (self.cares.is_empty(), WrongCarer::Cares),
            (self.contact.is_empty(), WrongCarer::Contact),
            (!is_in(WILLING, &self.willing), WrongCarer::Willing),
        ]
        .into_iter()
        .filter_map(|(is_wrong, wrong)| is_wrong.then_some(wrong))
        .collect();
        let texts = [
            ("who", &self.who, LONGEST_NAME),
            ("cares", &self.cares, LONGEST),
            ("contact", &self.contact, LONGEST_NAME),
            ("words", &self.words, LONGEST),
        ];
        let long = texts.into_iter().filter_map(|(field, text, most)| {
            (text.chars().count() > most).then_some(WrongCarer::Long(field, most))
        });
        wrongs.extend(long);
        wrongs
    }
}

fn stored(row: &Row<'_>) -> Result<KeptCarer, Error> {
    Ok(KeptCarer {
        id: row.get(0)?,
        version: row.get(1)?,
        person: row.get(2)?,
        carer: Carer {
            who: row.get(3)?,
            relation: row.get(4)?,
            cares: row.get(5)?,
            contact: row.get(6)?,
            willing: row.get(7)?,
            words: row.get(8)?,
            ended: row.get(9)?,
        },
        name: row.get(10)?,
        organisation: row.get(11)?,
        at: row.get(12)?,
    })
}

/// What stands of each carer of a person, those included who no longer care, in the order in which they were written down.
///
/// # Errors
/// Those of the database.
pub fn of_person(tx: &mut Transaction<'_>, person: PersonId) -> Result<Vec<KeptCarer>, Error> {
    let mut carers = Vec::new();
    for member in group(tx, person)? {
        carers.extend(tx.rows(
            sql!(
                "SELECT c.carer, c.number, c.person, c.who, c.relation, c.cares, c.contact, c.willing, c.words, c.ended,
                        c.name, c.organisation, c.at
                 FROM carer_said c
                 WHERE c.person = $1 AND c.number = (SELECT max(o.number) FROM carer_said o WHERE o.carer = c.carer)"
            ),
            params![member],
            stored,
        )?);
    }
    carers.sort_by_key(|carer: &KeptCarer| carer.id);
    Ok(carers)
}

/// Every version of what is written down of a carer, the first first.
pub(super) fn versions(tx: &mut Transaction<'_>, id: CarerId) -> Result<Vec<KeptCarer>, Error> {
    tx.rows(
        sql!(
            "SELECT carer, number, person, who, relation, cares, contact, willing, words, ended, name, organisation, at
             FROM carer_said WHERE carer = $1 ORDER BY number"
        ),
        params![id],
        stored,
    )
}

/// Writes a carer down.
///
/// # Errors
/// [`FlowError::NotNow`] where something is wrong with it ([`Carer::wrongs`]).
pub fn add(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    person: PersonId,
    carer: &Carer,
    by: &By,
) -> Result<CarerId, FlowError> {
    let id: CarerId = environment.id();
    keep(tx, environment, (id, Version::FIRST, person), carer, by)?;
    Ok(id)
}

/// Writes down what is so of a carer now, at the version that was seen.
///
/// # Errors
/// As [`add`]; [`FlowError::Version`]; [`FlowError::NotFound`].
pub fn change(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (CarerId, Version),
    carer: &Carer,
    by: &By,
) -> Result<(), FlowError> {
    let last = versions(tx, id)?.pop().ok_or(FlowError::NotFound)?;
    if last.version != seen {
        return Err(VersionError::Changed.into());
    }
    keep(tx, environment, (id, seen.next(), last.person), carer, by)
}

fn keep(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, version, person): (CarerId, Version, PersonId),
    carer: &Carer,
    by: &By,
) -> Result<(), FlowError> {
    let wrongs = carer.wrongs(environment.today(), reference()?);
    if let Some(wrong) = wrongs.first() {
        return Err(FlowError::NotNow(format!("{wrong}.")));
    }
    tx.execute(
        sql!(
            "INSERT INTO carer_said (carer, number, person, who, relation, cares, contact, willing, words, ended, name,
                 said_by_user, organisation, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
        ),
        params![
            id,
            version,
            person,
            carer.who,
            carer.relation,
            carer.cares,
            carer.contact,
            carer.willing,
            carer.words,
            carer.ended,
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
