//! Loading entries from reference data: a file in TOML with a table for each entry.
//!
//! ```toml
//! scope = "better-together"
//! organisation = "QVV"
//! why = "Bid to the Transformation Challenge Award, 28 June 2013"
//!
//! [[risk]]
//! number = 1
//! title = "Stakeholders do not accept the plan"
//! ```
//!
//! A file says what its entries are when nobody has changed them. Loading it again changes nothing; loading a later
//! edition of it changes what is different, and leaves alone what people have changed since.

use std::collections::BTreeMap;

use stour_access::Purpose;
use stour_access::audit::{self, AuditEntry};
use stour_database::{Error, Transaction};
use stour_kernel::{Environment, OdsCode};
use stour_web::FieldError;

use crate::known::{Known, names, number_in};
use crate::register::Register;
use crate::{Around, Author, Entry, Field, Holds, Kind, Values, store};

/// The name under which reference data is saved.
const BY: &str = "Reference data";

/// What loading did.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Loaded {
    /// How many entries are new.
    pub added: usize,
    /// How many were different.
    pub changed: usize,
    /// How many were as the file has them, or as people have changed them since.
    pub unchanged: usize,
    /// Those of which a later edition of the file says something new, and which were left as people have changed or
    /// removed them: what people call them.
    pub left_to_people: Vec<String>,
}

impl Loaded {
    /// This and another file's.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.added += other.added;
        self.changed += other.changed;
        self.unchanged += other.unchanged;
        self.left_to_people.extend(other.left_to_people);
        self
    }
}

/// Why a file is not loaded; nothing of it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// It is not TOML, or lacks what stands at the beginning.
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
    /// It is for something else than what is loaded.
    #[error("the file is for {found:?}, not for {wanted:?}")]
    OtherScope {
        /// What the file says.
        found: String,
        /// What is loaded.
        wanted: String,
    },
    /// It has a table of no kind.
    #[error("nothing called {0:?} is kept here: the kinds are {1}")]
    UnknownKind(String, String),
    /// An entry cannot be kept as it is.
    #[error("{entry}: {}", told(.errors))]
    Entry {
        /// Which.
        entry: String,
        /// What is wrong with it.
        errors: Vec<FieldError>,
    },
    /// The database refused.
    #[error(transparent)]
    Database(#[from] Error),
}

fn told(errors: &[FieldError]) -> String {
    let told: Vec<String> = errors
        .iter()
        .map(|error| format!("{}: {}", error.field, error.message))
        .collect();
    told.join("; ")
}

/// A file as it is written.
#[derive(Debug, serde::Deserialize)]
struct File {
    /// What its entries belong to.
    scope: String,
    /// Whose data it is.
    organisation: OdsCode,
    /// Where it comes from: the reason that the history of each entry gives.
    why: String,
    #[serde(flatten)]
    kinds: BTreeMap<String, Vec<BTreeMap<String, toml::Value>>>,
}

fn read(text: &str) -> Result<File, LoadError> {
    toml::from_str(text).map_err(|error| LoadError::Unreadable(error.to_string()))
}

/// What the entries of a file belong to.
///
/// # Errors
/// [`LoadError::Unreadable`].
pub fn scope_of(text: &str) -> Result<String, LoadError> {
    Ok(read(text)?.scope)
}

/// Loads the entries of a file into a scope. Owners whom nobody knows and entries that are not there yet are kept as they
/// stand and left to the lint: another file may bring them.
///
/// # Errors
/// [`LoadError`]; the caller's transaction must then be given up.
pub fn load(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    register: &Register,
    scope: &str,
    text: &str,
) -> Result<Loaded, LoadError> {
    let file = read(text)?;
    if file.scope != scope {
        return Err(LoadError::OtherScope {
            found: file.scope,
            wanted: scope.to_owned(),
        });
    }
    let by = Author {
        user: None,
        name: BY.to_owned(),
        organisation: file.organisation,
    };
    let entries = store::in_force(tx, scope)?;
    let around = Around::new(entries).for_check(None, environment.today());
    let known = Known::of(register, &around, environment.today());
    let mut loaded = Loaded::default();
    for (name, tables) in file.kinds {
        let kind = known.kind(&name).ok_or_else(|| unknown(register, &name))?;
        for table in tables {
            let (number, values) = entry(&known, kind, table)?;
            let at = (scope, kind, number);
            keep(tx, environment, at, (&values, &file.why), &by, &mut loaded)?;
        }
    }
    if loaded.added + loaded.changed > 0 {
        let entry = AuditEntry::by_nobody(BY, register.edit, Purpose::System)
            .on("register", scope)
            .detail(serde_json::json!({ "added": loaded.added, "changed": loaded.changed }));
        audit::append(tx, environment, &entry)?;
    }
    Ok(loaded)
}

fn unknown(register: &Register, name: &str) -> LoadError {
    let kinds = (register.kinds)();
    let names: Vec<&str> = kinds.iter().map(|kind| kind.name).collect();
    LoadError::UnknownKind(name.to_owned(), names.join(", "))
}

/// The number and the values of a table.
fn entry(
    known: &Known<'_>,
    kind: &'static Kind,
    mut table: BTreeMap<String, toml::Value>,
) -> Result<(i64, Values), LoadError> {
    let called = |number: &str| format!("the {} {number}", kind.one);
    let wrong = |entry: String, errors| LoadError::Entry { entry, errors };
    let number = match table.remove("number") {
        Some(toml::Value::Integer(number)) if number > 0 => number,
        _ => {
            let error = FieldError {
                field: "number".to_owned(),
                message: "every entry has its number, from 1".to_owned(),
            };
            let title = table.get(kind.title).map(ToString::to_string);
            return Err(wrong(called(&title.unwrap_or_default()), vec![error]));
        }
    };
    let (mut values, mut errors) = (Values::default(), Vec::new());
    for (name, value) in table {
        let field = kind.field(&name);
        let read = field.map(|field| text(known, field, &value));
        match read.unwrap_or_else(|| Err(format!("{} has no such field", kind.a()))) {
            Ok(text) => values.set(&name, &text),
            Err(message) => errors.push(FieldError {
                field: name,
                message,
            }),
        }
    }
    for field in kind.fields {
        let is_wrong = errors.iter().any(|error| error.field == field.name);
        if field.need == crate::Need::Must && values.get(field.name).is_empty() && !is_wrong {
            errors.push(FieldError {
                field: field.name.to_owned(),
                message: "it must be given".to_owned(),
            });
        }
    }
    if errors.is_empty() {
        Ok((number, values))
    } else {
        Err(wrong(called(&number.to_string()), errors))
    }
}

/// A value of the file as a field keeps it.
fn text(known: &Known<'_>, field: &Field, value: &toml::Value) -> Result<String, String> {
    let text = match value {
        toml::Value::Array(parts) => {
            let parts: Result<Vec<String>, String> = parts.iter().map(plain).collect();
            let between = if field.holds == Holds::Owner {
                "; "
            } else {
                ", "
            };
            parts?.join(between)
        }
        value => plain(value)?,
    };
    match field.holds {
        Holds::Owner => Ok(names(&text).collect::<Vec<_>>().join("; ")),
        Holds::Entry(of) | Holds::Entries(of) => referred(known, of, &text),
        _ => known.read(field, &text, ""),
    }
}

fn plain(value: &toml::Value) -> Result<String, String> {
    Ok(match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Boolean(holds) => if *holds { "yes" } else { "no" }.to_owned(),
        toml::Value::Integer(_) | toml::Value::Float(_) | toml::Value::Datetime(_) => {
            value.to_string()
        }
        toml::Value::Array(_) | toml::Value::Table(_) => {
            return Err("write a text, a number, a date, or a list of them".to_owned());
        }
    })
}

/// The numbers of entries, which need not be there yet.
fn referred(known: &Known<'_>, kind: &str, text: &str) -> Result<String, String> {
    let of = known.kind(kind);
    let numbers: Option<Vec<String>> = text
        .split(',')
        .map(|part| Some(number_in(of?, part.trim())?.to_string()))
        .collect();
    numbers
        .map(|numbers| numbers.join(", "))
        .ok_or_else(|| "write the numbers of entries".to_owned())
}

/// Keeps an entry of the file, unless people have changed it since.
fn keep(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (scope, kind, number): (&str, &'static Kind, i64),
    (values, why): (&Values, &str),
    by: &Author,
    loaded: &mut Loaded,
) -> Result<(), LoadError> {
    let Some(latest) = store::numbered(tx, (scope, kind.name), number)? else {
        let place = (scope, kind.name, Some(number));
        store::add(tx, environment, place, (values, why), by)?;
        loaded.added += 1;
        return Ok(());
    };
    let versions = store::versions(tx, latest.id)?;
    let last_loaded = versions.iter().find(|version| is_loaded(version));
    if last_loaded.is_some_and(|version| version.values == *values) {
        loaded.unchanged += 1;
    } else if is_loaded(&latest) {
        let base = (latest.id, latest.version);
        store::change(tx, environment, base, (values, why), by)?;
        loaded.changed += 1;
    } else if latest.values == *values && !latest.removed {
        loaded.unchanged += 1;
    } else {
        loaded.left_to_people.push(latest.reference(kind));
    }
    Ok(())
}

/// Whether a version was loaded, and not saved by somebody.
fn is_loaded(version: &Entry) -> bool {
    version.by.user.is_none() && version.by.name == BY
}

#[cfg(test)]
mod tests;
