//! Reading the FHIR R4 `Patient`, `Bundle` and `OperationOutcome` of PDS: leniently, by the few
//! elements that are used.

use serde_json::Value;
use stour_kernel::{Date, NhsNumber};

use super::{Found, Held, TraceError};
use crate::person::PersonName;

/// A code of `meta.security` (HL7 v3 Confidentiality) other than this is a restricted record.
const UNRESTRICTED: &str = "U";

/// Reads a `Patient`.
pub(super) fn patient(resource: &Value) -> Result<Held, TraceError> {
    if text(resource, "/resourceType") != Some("Patient") {
        return Err(unreadable("a Patient was expected"));
    }
    let number = text(resource, "/id")
        .and_then(|id| id.parse::<NhsNumber>().ok())
        .ok_or_else(|| unreadable("the id of the Patient is no NHS number"))?;
    let restricted =
        text(resource, "/meta/security/0/code").is_some_and(|code| code != UNRESTRICTED);
    let mut held = Held {
        number,
        name: name(resource),
        born: date(resource, "/birthDate"),
        died: date(resource, "/deceasedDateTime"),
        sex: text(resource, "/gender").and_then(sex),
        lines: Vec::new(),
        postcode: None,
        telephone: None,
        practice: None,
        restricted,
    };
    // The service leaves places out of a restricted record. Should it not, they are left out here.
    if !restricted {
        place(resource, &mut held);
    }
    Ok(held)
}

fn place(resource: &Value, held: &mut Held) {
    let of_use = |list: &str, wanted: &str| {
        let mut all = list_of(resource, list);
        all.find(|one| text(one, "/use") == Some(wanted)).cloned()
    };
    if let Some(home) = of_use("/address", "home") {
        held.lines = list_of(&home, "/line")
            .filter_map(Value::as_str)
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect();
        held.postcode = text(&home, "/postalCode").and_then(|code| code.parse().ok());
    }
    held.telephone = list_of(resource, "/telecom")
        .find(|one| text(one, "/system") == Some("phone"))
        .and_then(|one| text(one, "/value"))
        .map(str::to_owned);
    held.practice = text(resource, "/generalPractitioner/0/identifier/value")
        .and_then(|code| code.parse().ok());
}

/// The usual name, else the first.
fn name(resource: &Value) -> Option<PersonName> {
    let mut names = list_of(resource, "/name");
    let usual = names.find(|name| text(name, "/use") == Some("usual"));
    let name = usual.or_else(|| list_of(resource, "/name").next())?;
    let given: Vec<&str> = list_of(name, "/given").filter_map(Value::as_str).collect();
    PersonName::new(text(name, "/family")?, &given.join(" ")).ok()
}

/// A whole date; of a year or a month alone nothing is known to the day.
fn date(resource: &Value, path: &str) -> Option<Date> {
    text(resource, path)?.get(..10)?.parse().ok()
}

fn sex(gender: &str) -> Option<stour_kernel::Code> {
    let code = match gender {
        "male" => "M",
        "female" => "F",
        "other" => "O",
        "unknown" => "U",
        _ => return None,
    };
    code.parse().ok()
}

/// Reads the answer to a search: a `Bundle`, or that too many were found.
pub(super) fn found(resource: &Value) -> Result<Found, TraceError> {
    match text(resource, "/resourceType") {
        Some("OperationOutcome") if code(resource) == "TOO_MANY_MATCHES" => Ok(Found::Several),
        Some("Bundle") => {
            let mut entries = list_of(resource, "/entry");
            let (first, second) = (entries.next(), entries.next());
            match (first.and_then(|entry| entry.get("resource")), second) {
                (None, _) => Ok(Found::Nobody),
                (Some(_), Some(_)) => Ok(Found::Several),
                (Some(one), None) => Ok(Found::One(Box::new(patient(one)?))),
            }
        }
        _ => Err(unreadable("a Bundle was expected")),
    }
}

/// The error code of an `OperationOutcome`, empty when there is none.
pub(super) fn code(outcome: &Value) -> &str {
    text(outcome, "/issue/0/details/coding/0/code").unwrap_or_default()
}

/// What an `OperationOutcome` says besides, empty when nothing.
pub(super) fn diagnostics(outcome: &Value) -> &str {
    text(outcome, "/issue/0/diagnostics").unwrap_or_default()
}

pub(super) fn unreadable(why: &str) -> TraceError {
    TraceError::Unreadable(why.to_owned())
}

fn text<'v>(value: &'v Value, path: &str) -> Option<&'v str> {
    value.pointer(path)?.as_str()
}

fn list_of<'v>(value: &'v Value, path: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
    let list = value.pointer(path).and_then(Value::as_array);
    list.into_iter().flatten()
}
