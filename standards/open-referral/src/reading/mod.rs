//! Reading what others write, as they write it.
//!
//! Nothing is refused that can be understood. What had to be put right is noted with what stood there and what
//! became of it; what cannot be understood is left out and noted too. A record without the little that makes it
//! one is set aside whole, with the reason.

mod address;
mod context;
mod daily;
mod day;
mod earlier;
mod encoding;
mod html;
mod number;
mod prepare;
mod time;
mod words;

use serde_json::Value;

use crate::model::{Organization, Service, Taxonomy, TaxonomyTerm};
use crate::value::Uuid;

pub(crate) use context::{Context, Lenient};
pub(crate) use prepare::Prepare;

/// Something that was put right, or left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// Where: the fields that lead to it.
    pub at: String,
    /// What stood there, shortened.
    pub was: String,
    /// What became of it, shortened; `None` where it was left out.
    pub became: Option<String>,
    /// Why.
    pub why: String,
}

/// A record as it was understood, and what had to be put right for that.
#[derive(Debug, Clone, PartialEq)]
pub struct Read<T> {
    /// The record.
    pub record: T,
    /// What its publisher calls it, as it came.
    pub source_id: String,
    /// What was put right.
    pub repairs: Vec<Repair>,
}

/// A record that could not be understood, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct SetAside {
    /// What its publisher calls it, where it says.
    pub source_id: Option<String>,
    /// Why.
    pub why: String,
    /// The beginning of what came.
    pub was: String,
}

/// Reads a service of HSDS-UK 1.0, of 3.0, or of anything between them.
///
/// `publisher` names whose record it is: identifiers that are missing are made of it and of what is there.
///
/// # Errors
/// [`SetAside`] for what is no service: not an object, or without a name.
pub fn read_service(value: Value, publisher: &str) -> Result<Read<Service>, SetAside> {
    read(value, publisher, |service: &Service| service.id)
}

/// Reads an organisation of either version.
///
/// # Errors
/// [`SetAside`] for what is none.
pub fn read_organization(value: Value, publisher: &str) -> Result<Read<Organization>, SetAside> {
    read(value, publisher, |organization: &Organization| {
        organization.id
    })
}

/// Reads a list of terms.
///
/// # Errors
/// [`SetAside`] for what is none.
pub fn read_taxonomy(value: Value, publisher: &str) -> Result<Read<Taxonomy>, SetAside> {
    read(value, publisher, |taxonomy: &Taxonomy| taxonomy.id)
}

/// Reads a term of a list.
///
/// # Errors
/// [`SetAside`] for what is none.
pub fn read_taxonomy_term(value: Value, publisher: &str) -> Result<Read<TaxonomyTerm>, SetAside> {
    read(value, publisher, |term: &TaxonomyTerm| term.id)
}

fn read<T: Lenient>(
    value: Value,
    publisher: &str,
    id: impl Fn(&T) -> Uuid,
) -> Result<Read<T>, SetAside> {
    let said = value.get("id").and_then(context::as_words);
    let was = context::shortened(&value);
    let mut context = Context::new(publisher);
    match T::lenient(value, &mut context) {
        Some(record) => Ok(Read {
            source_id: said.unwrap_or_else(|| id(&record).to_string()),
            record,
            repairs: context.into_repairs(),
        }),
        None => Err(SetAside {
            source_id: said,
            why: context.why_not(),
            was,
        }),
    }
}
