//! Taking in the rows of a file: those that are right in one transaction, the others set aside with the reason.

use std::collections::BTreeMap;

use stour_database::{Error, Transaction};
use stour_kernel::Environment;
use stour_web::FieldError;

use super::read::{Row, Rows};
use crate::aside::{NewAside, set_aside};
use crate::change::judged;
use crate::known::{Known, number_in};
use crate::register::Register;
use crate::{Around, Author, Changed, Entry, Kind, Values, store};

/// How often rows that were refused are looked at again, because other rows brought what they refer to.
const MOST_ROUNDS: usize = 20;

/// How far beyond the next number a file may give one: more is a slip, after which every new entry would be numbered higher.
const FURTHEST: i64 = 2_000;

/// What became of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Imported {
    /// What people call the entries that are new.
    pub added: Vec<String>,
    /// Those that were different.
    pub changed: Vec<String>,
    /// How many rows said nothing new.
    pub unchanged: usize,
    /// The lines that were set aside, with the reasons.
    pub aside: Vec<(i64, Vec<String>)>,
}

/// Takes in the rows of a file. A row with the number of an entry changes it: from the version that the row was made from,
/// where it says so, so that what others changed since is kept; otherwise from the latest. Other rows are added.
///
/// # Errors
/// Those of the database; the caller's transaction must then be given up.
pub fn import(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (register, scope, kind): (&Register, &str, &'static Kind),
    (rows, file, why): (&Rows, &str, &str),
    by: &Author,
) -> Result<Imported, Error> {
    let around = Around::new(store::in_force(tx, scope)?);
    let mut taking = Taking {
        register,
        scope,
        kind,
        why,
        by,
        environment,
        around,
        imported: Imported::default(),
    };
    let mut waiting: Vec<(&Row, Vec<FieldError>)> = Vec::new();
    let mut twice: Vec<(&Row, Vec<FieldError>)> = Vec::new();
    let mut seen: BTreeMap<i64, i64> = BTreeMap::new();
    // Rows without a number take the next ones, which must not be those of other rows.
    let (unnumbered, numbered): (Vec<&Row>, Vec<&Row>) =
        rows.0.iter().partition(|row| row.number.is_empty());
    for row in numbered.into_iter().chain(unnumbered) {
        let number = number_in(kind, &row.number);
        let before = number.and_then(|number| seen.get(&number));
        if let Some(line) = before {
            let error = of_number(&row.number, &format!("also stands in line {line}"));
            twice.push((row, vec![error]));
        } else {
            seen.extend(number.map(|number| (number, row.line)));
            waiting.push((row, Vec::new()));
        }
    }
    for _ in 0..MOST_ROUNDS {
        let before = waiting.len();
        let mut refused = Vec::new();
        for (row, _) in waiting {
            if let Err(errors) = taking.take(tx, row)? {
                refused.push((row, errors));
            }
        }
        waiting = refused;
        if waiting.is_empty() || waiting.len() == before {
            break;
        }
    }
    waiting.extend(twice);
    waiting.sort_by_key(|(row, _)| row.line);
    for (row, errors) in waiting {
        taking.put_aside(tx, (row, file), &errors)?;
    }
    Ok(taking.imported)
}

fn of_number(number: &str, what: &str) -> FieldError {
    FieldError {
        field: super::NUMBER.to_owned(),
        message: format!("The number {number} {what}"),
    }
}

/// A file that is being taken in.
struct Taking<'a> {
    register: &'a Register,
    scope: &'a str,
    kind: &'static Kind,
    why: &'a str,
    by: &'a Author,
    environment: &'a Environment,
    around: Around,
    imported: Imported,
}

impl Taking<'_> {
    /// Takes in one row, or says why not.
    fn take(
        &mut self,
        tx: &mut Transaction<'_>,
        row: &Row,
    ) -> Result<Result<(), Vec<FieldError>>, Error> {
        if row.number.is_empty() {
            return self.add(tx, row, None);
        }
        let Some(number) = number_in(self.kind, &row.number).filter(|number| *number > 0) else {
            let error = of_number(&row.number, "is no number of an entry");
            return Ok(Err(vec![error]));
        };
        match store::numbered(tx, (self.scope, self.kind.name), number)? {
            None => {
                let next = store::next_number(tx, self.scope, self.kind.name)?;
                if number >= next.saturating_add(FURTHEST) {
                    let error = of_number(
                        &row.number,
                        &format!("is far beyond the others: the next is {next}"),
                    );
                    return Ok(Err(vec![error]));
                }
                self.add(tx, row, Some(number))
            }
            Some(entry) if entry.removed => {
                let error = of_number(&row.number, "is of an entry that was removed");
                Ok(Err(vec![error]))
            }
            Some(entry) => self.change(tx, row, &entry),
        }
    }

    fn add(
        &mut self,
        tx: &mut Transaction<'_>,
        row: &Row,
        number: Option<i64>,
    ) -> Result<Result<(), Vec<FieldError>>, Error> {
        let today = self.environment.today();
        self.around.of = None;
        self.around.today = Some(today);
        let typed: Values = row
            .fields
            .iter()
            .map(|(name, text)| (*name, text))
            .collect();
        let known = Known::of(self.register, &self.around, today);
        let values = match known.judge(self.kind, &typed, &Values::default()) {
            Ok(values) => values,
            Err(errors) => return Ok(Err(errors)),
        };
        let place = (self.scope, self.kind.name, number);
        let entry = store::add(tx, self.environment, place, (&values, self.why), self.by)?;
        self.imported.added.push(entry.reference(self.kind));
        self.around.put(entry);
        Ok(Ok(()))
    }

    fn change(
        &mut self,
        tx: &mut Transaction<'_>,
        row: &Row,
        latest: &Entry,
    ) -> Result<Result<(), Vec<FieldError>>, Error> {
        let before = match row.version.as_str() {
            "" => Some(latest.clone()),
            text => match text.parse() {
                Ok(number) => store::version(tx, latest.id, number)?,
                Err(_) => None,
            },
        };
        let Some(before) = before else {
            let message = format!("There is no version {} of it", row.version);
            return Ok(Err(vec![FieldError {
                field: super::VERSION.to_owned(),
                message,
            }]));
        };
        // What has no column stays as the file's author saw it.
        let mut typed = before.values.clone();
        for (name, text) in &row.fields {
            typed.set(name, text);
        }
        let today = self.environment.today();
        self.around.of = Some(latest.id);
        self.around.today = Some(today);
        self.around.by = self.by.user;
        let mine = judged(self.register, &self.around, (&before, latest), &typed);
        let mine = match mine {
            Ok(Ok(mine)) => mine,
            Ok(Err(clash)) => return Ok(Err(self.clashing(latest, &clash))),
            Err(crate::NotSaved::Database(error)) => return Err(error),
            Err(crate::NotSaved::Fields(errors)) => return Ok(Err(errors)),
            Err(other) => {
                return Ok(Err(vec![of_number(&row.number, &other.to_string())]));
            }
        };
        let base = (latest.id, before.version);
        match store::change(tx, self.environment, base, (&mine, self.why), self.by)? {
            Changed::Saved(entry, _) => {
                self.imported.changed.push(entry.reference(self.kind));
                self.around.put(entry);
            }
            Changed::Same(_) => self.imported.unchanged += 1,
            Changed::Clash(latest, clash) => return Ok(Err(self.clashing(&latest, &clash))),
        }
        Ok(Ok(()))
    }

    /// What somebody else changed since the file was made.
    fn clashing(&self, latest: &Entry, fields: &[String]) -> Vec<FieldError> {
        let fields = fields.iter().filter_map(|name| self.kind.field(name));
        fields
            .map(|field| FieldError {
                field: field.name.to_owned(),
                message: format!(
                    "{} changed {} since this file was made",
                    latest.by.name,
                    crate::known::lower_first(field.label)
                ),
            })
            .collect()
    }

    fn put_aside(
        &mut self,
        tx: &mut Transaction<'_>,
        (row, file): (&Row, &str),
        errors: &[FieldError],
    ) -> Result<(), Error> {
        let told = errors.iter().map(|error| error.message.clone()).collect();
        self.imported.aside.push((row.line, told));
        let new = NewAside {
            scope: self.scope,
            kind: self.kind.name,
            file,
            line: row.line,
            number: &row.number,
            version: &row.version,
            given: &row.fields,
            reasons: errors,
        };
        set_aside(tx, self.environment, &new, self.by)
    }
}
