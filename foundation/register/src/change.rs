//! Adding, changing and removing entries by the rules of their kinds.
//!
//! The rules are asked within the transaction that saves, about what is in force then: two people who each change
//! something that is right by itself cannot together make something that is wrong.

use stour_database::{Error, Transaction};
use stour_kernel::Environment;
use stour_web::{FieldError, Problem};

use crate::known::{Known, numbers};
use crate::register::Register;
use crate::{Around, Author, Changed, Entry, EntryId, Holds, Kind, Values, store};

/// Why an entry is not saved or removed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotSaved {
    /// Fields to put right.
    #[error("{}", told(.0))]
    Fields(Vec<FieldError>),
    /// Others refer to it: what people call them.
    #[error("{} refer to it: change or remove them first", .0.join(", "))]
    Referred(Vec<String>),
    /// Somebody saved another version first.
    #[error("somebody saved another version first")]
    Overtaken,
    /// It was removed.
    #[error("it was removed")]
    Removed,
    /// The database refused.
    #[error(transparent)]
    Database(#[from] Error),
}

fn told(errors: &[FieldError]) -> String {
    let told: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    told.join("; ")
}

impl From<NotSaved> for Problem {
    fn from(not_saved: NotSaved) -> Self {
        match not_saved {
            NotSaved::Fields(errors) => Self::invalid(errors),
            NotSaved::Referred(_) => Self::conflict(format!("It cannot be removed: {not_saved}.")),
            NotSaved::Overtaken => Self::changed(),
            NotSaved::Removed => Self::conflict("It was removed, so it cannot be changed."),
            NotSaved::Database(error) => error.into(),
        }
    }
}

/// What is in force in a scope as the rules see it.
fn around(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    scope: &str,
    of: Option<EntryId>,
) -> Result<Around, Error> {
    let entries = store::in_force(tx, scope)?;
    Ok(Around::new(entries).for_check(of, environment.today()))
}

/// Adds an entry whose values keep the rules of its kind.
///
/// # Errors
/// [`NotSaved::Fields`], and those of the database.
pub fn add_checked(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (register, scope, kind): (&Register, &str, &'static Kind),
    (typed, why): (&Values, &str),
    by: &Author,
) -> Result<Entry, NotSaved> {
    let place = (register, scope, kind, None);
    add_numbered(tx, environment, place, (typed, why), by)
}

/// The same with a number that somebody gave it, where no entry has had it.
pub(crate) fn add_numbered(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (register, scope, kind, number): (&Register, &str, &'static Kind, Option<i64>),
    (typed, why): (&Values, &str),
    by: &Author,
) -> Result<Entry, NotSaved> {
    let number = match number {
        Some(wanted) if store::numbered(tx, (scope, kind.name), wanted)?.is_none() => Some(wanted),
        _ => None,
    };
    let around = around(tx, environment, scope, None)?;
    let known = Known::of(register, &around, environment.today());
    let values = known
        .judge(kind, typed, &Values::default())
        .map_err(NotSaved::Fields)?;
    let place = (scope, kind.name, number);
    Ok(store::add(tx, environment, place, (&values, why), by)?)
}

/// Changes an entry from what it was at version `base`, joined with what others changed meanwhile, where the joined
/// values keep the rules of its kind.
///
/// # Errors
/// [`NotSaved::Fields`], [`NotSaved::Removed`], and those of the database.
pub fn change_checked(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (register, id, base): (&Register, EntryId, i64),
    (typed, why): (&Values, &str),
    by: &Author,
) -> Result<Changed, NotSaved> {
    let latest = store::entry(tx, id)?.ok_or(Error::NotFound)?;
    if latest.removed {
        return Err(NotSaved::Removed);
    }
    let mut around = around(tx, environment, &latest.scope, Some(id))?;
    around.by = by.user;
    let before = store::version(tx, id, base)?.ok_or(NotSaved::Overtaken)?;
    let values = judged(register, &around, (&before, &latest), typed)?;
    match values {
        Ok(mine) => Ok(store::change(
            tx,
            environment,
            (id, base),
            (&mine, why),
            by,
        )?),
        Err(clash) => Ok(Changed::Clash(latest, clash)),
    }
}

/// What somebody wants an entry to be, as it is kept, where it and what it is joined to are right; or the fields in which
/// they and others contradict each other.
pub(crate) fn judged(
    register: &Register,
    around: &Around,
    (before, latest): (&Entry, &Entry),
    typed: &Values,
) -> Result<Result<Values, Vec<String>>, NotSaved> {
    let kind = register.kind(&latest.kind).ok_or(Error::NotFound)?;
    let today = around.today.ok_or(Error::NotFound)?;
    let known = Known::of(register, around, today);
    let mut errors = Vec::new();
    let mine = known.read_all(kind, (typed, &before.values), &mut errors);
    if !errors.is_empty() {
        return Err(NotSaved::Fields(errors));
    }
    let (merged, _) = match crate::merge(&before.values, &latest.values, &mine) {
        Ok(merged) => merged,
        Err(clash) => return Ok(Err(clash)),
    };
    // What was right in two hands may be wrong together.
    known
        .judge(kind, &merged, &latest.values)
        .map_err(NotSaved::Fields)?;
    Ok(Ok(mine))
}

/// Removes an entry that nothing refers to any more.
///
/// # Errors
/// [`NotSaved::Referred`], [`NotSaved::Overtaken`], [`NotSaved::Removed`], and those of the database.
pub fn remove_checked(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (register, id, base): (&Register, EntryId, i64),
    why: &str,
    by: &Author,
) -> Result<Entry, NotSaved> {
    let latest = store::entry(tx, id)?.ok_or(Error::NotFound)?;
    if latest.removed {
        return Err(NotSaved::Removed);
    }
    let around = around(tx, environment, &latest.scope, Some(id))?;
    let others: Vec<String> = referring(register, &around, &latest)
        .iter()
        .map(|(kind, entry, _)| entry.reference(kind))
        .collect();
    if !others.is_empty() {
        return Err(NotSaved::Referred(others));
    }
    let removed = store::remove(tx, environment, (id, base), why, by)?;
    removed.ok_or(NotSaved::Overtaken)
}

/// The other entries that refer to an entry, each with its kind and the label of the field that does.
pub fn referring<'a>(
    register: &Register,
    around: &'a Around,
    to: &Entry,
) -> Vec<(&'static Kind, &'a Entry, &'static str)> {
    let mut found = Vec::new();
    for kind in (register.kinds)() {
        let fields = kind.fields.iter().filter(|field| match field.holds {
            Holds::Entry(of) | Holds::Entries(of) => of == to.kind,
            _ => false,
        });
        for field in fields {
            let entries = around.of_kind(kind.name).filter(|entry| {
                entry.id != to.id && numbers(entry.get(field.name)).any(|one| one == to.number)
            });
            found.extend(entries.map(|entry| (kind, entry, field.label)));
        }
    }
    found
}

#[cfg(test)]
mod tests;
