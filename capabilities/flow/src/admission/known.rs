//! Emergency admissions, as the fact log knows them: from hospitals' messages and from loaded history alike.

use serde_json::Value;
use stour_database::Transaction;
use stour_facts::{Fact, FactKind, each_latest};
use stour_kernel::{Code, Date, OdsCode, PersonId, ThreadId};
use stour_partnership::Reference;

use crate::error::{FlowError, reference};

/// An emergency moved on from another hospital: the same illness is not counted twice.
const TRANSFER: &str = "2B";

/// One emergency admission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admission {
    /// The stay's thread in the fact log.
    pub thread: ThreadId,
    /// Of whom, under the identifier that it was recorded under.
    pub person: PersonId,
    /// To which hospital.
    pub organisation: OdsCode,
    /// When.
    pub on: Date,
    /// When the person left; none while in hospital.
    pub left: Option<Date>,
    /// How: a code of the list `admission-method`.
    pub method: String,
    /// Where from: a code of the list `admission-source`, if known.
    pub came_from: Option<String>,
    /// How the person came: a code of the list `arrival-mode`, if known.
    pub arrived_by: Option<String>,
    /// The main diagnosis in ICD-10, once it is coded.
    pub diagnosis: Option<String>,
}

impl Admission {
    /// Whether the hospital says that the person came from a care home.
    pub fn is_from_care_home(&self, reference: &Reference) -> bool {
        let code = self
            .came_from
            .as_deref()
            .and_then(|code| code.parse::<Code>().ok());
        let list = reference.code_list("admission-source");
        code.zip(list).is_some_and(|(code, list)| {
            // Hospitals go on sending codes that have ended.
            let mut times = list.list.history(&code);
            times.any(|entry| list.group_at(&code, entry.valid.start()) == Some("care-home"))
        })
    }
}

/// What a fact says of an emergency admission; none where it is about something else, or a stay that never was.
pub(super) fn emergency(fact: &Fact, reference: &Reference) -> Option<Admission> {
    let what = &fact.what;
    let detail = |name: &str| what.detail.get(name).and_then(Value::as_str);
    let is_cancelled = what.detail.get("cancelled").and_then(Value::as_bool) == Some(true)
        || what
            .outcome
            .as_ref()
            .is_some_and(|code| code.as_str() == "cancelled");
    let method = detail("admission_method").or_else(|| detail("method"))?;
    let is_emergency = group(reference, method, what.started) == Some("emergency");
    if what.kind != FactKind::Spell || is_cancelled || !is_emergency || method == TRANSFER {
        return None;
    }
    Some(Admission {
        thread: fact.thread,
        person: what.person?,
        organisation: what.organisation,
        on: what.started,
        left: what.ended,
        method: method.to_owned(),
        came_from: detail("admission_source").map(str::to_owned),
        arrived_by: detail("arrival_mode").map(str::to_owned),
        diagnosis: detail("primary_diagnosis").map(str::to_owned),
    })
}

fn group<'r>(reference: &'r Reference, method: &str, on: Date) -> Option<&'r str> {
    let code: Code = method.parse().ok()?;
    let list = reference.code_list("admission-method")?;
    // A code that is sent after its time still says what kind of admission it was.
    let ever = || {
        list.list
            .history(&code)
            .last()
            .map(|entry| entry.valid.start())
    };
    list.group_at(&code, on)
        .or_else(|| list.group_at(&code, ever()?))
}

/// The emergency admissions of days from the first up to, and not on, the second, in order of their days.
///
/// # Errors
/// Those of the database, and reference data that cannot be read.
pub fn emergencies(
    tx: &mut Transaction<'_>,
    days: (Date, Date),
) -> Result<Vec<Admission>, FlowError> {
    let reference = reference()?;
    let mut found = Vec::new();
    each_latest(tx, FactKind::Spell, days, |fact| {
        found.extend(emergency(&fact, reference));
    })?;
    found.sort_by_key(|admission| (admission.on, admission.thread));
    Ok(found)
}

/// One emergency admission; none where there is none of that name.
///
/// # Errors
/// Those of the database, and reference data that cannot be read.
pub fn admission(
    tx: &mut Transaction<'_>,
    thread: ThreadId,
) -> Result<Option<Admission>, FlowError> {
    let latest = stour_facts::thread(tx, thread)?.pop();
    let reference = reference()?;
    Ok(latest.and_then(|fact| emergency(&fact, reference)))
}
