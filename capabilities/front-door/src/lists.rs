//! The code lists that the front door chooses from.

use std::sync::OnceLock;

use serde::Deserialize;
use stour_kernel::{Code, CodeEntry, CodeList, Date, Period};
use stour_partnership::{ReferenceList, Status};
use thiserror::Error;

/// A file of the reference data that cannot be used: a fault of the build, not of a user.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("reference/{file} cannot be used: {reason}")]
pub struct ReferenceFault {
    /// The file, or the list that is missing.
    pub file: &'static str,
    /// What is wrong.
    pub reason: String,
}

/// The lists of a request, as they are built into the binary.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lists {
    /// How a request came in.
    pub(crate) channels: &'static ReferenceList,
    /// By which route the person came, for the national return.
    pub(crate) routes: &'static ReferenceList,
    /// Why support is needed.
    pub(crate) reasons: &'static ReferenceList,
    /// How an event of the return ends.
    pub(crate) outcomes: &'static ReferenceList,
    /// Who asked.
    pub(crate) askers: &'static CodeList,
}

impl Lists {
    /// The lists; the same ones every time.
    pub(crate) fn embedded() -> Result<Self, ReferenceFault> {
        Ok(Self {
            channels: list("contact-channel")?,
            routes: list("route-of-access")?,
            reasons: list("primary-support-reason")?,
            outcomes: list("event-outcome")?,
            askers: askers()?,
        })
    }
}

fn list(id: &'static str) -> Result<&'static ReferenceList, ReferenceFault> {
    let fault = |reason: String| ReferenceFault { file: id, reason };
    let reference = stour_partnership::reference().map_err(|error| fault(error.to_string()))?;
    let list = reference.code_list(id);
    list.ok_or_else(|| fault("the code list is missing".to_owned()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AskersFile {
    id: Code,
    title: String,
    source: String,
    #[serde(rename = "status")]
    _status: Status,
    starts: Date,
    entry: Vec<AskerRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AskerRow {
    code: Code,
    label: String,
    starts: Option<Date>,
    ends: Option<Date>,
}

fn askers() -> Result<&'static CodeList, ReferenceFault> {
    static ASKERS: OnceLock<Result<CodeList, ReferenceFault>> = OnceLock::new();
    ASKERS
        .get_or_init(|| {
            read_askers(include_str!("../../../reference/who-asked.toml")).map_err(|reason| {
                ReferenceFault {
                    file: "who-asked.toml",
                    reason,
                }
            })
        })
        .as_ref()
        .map_err(Clone::clone)
}

fn read_askers(text: &str) -> Result<CodeList, String> {
    let file: AskersFile = toml::from_str(text).map_err(|error| error.to_string())?;
    let mut entries = Vec::new();
    for row in file.entry {
        let starts = row.starts.unwrap_or(file.starts);
        let valid = Period::new(starts, row.ends).map_err(|error| error.to_string())?;
        entries.push(CodeEntry {
            code: row.code,
            label: row.label,
            valid,
            note: None,
        });
    }
    CodeList::new(file.id, file.title, file.source, entries, Vec::new())
        .map_err(|error| error.to_string())
}

/// The words for a code of whatever time; the code itself where the list never had it.
pub(crate) fn words(list: &CodeList, code: &Code) -> String {
    let latest = list.history(code).max_by_key(|entry| entry.valid.start());
    latest.map_or_else(|| code.to_string(), |entry| entry.label.clone())
}
