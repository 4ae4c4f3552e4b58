//! Code lists as the reference data gives them: a kernel list, and how far it can be trusted.

use std::collections::BTreeMap;

use serde::Deserialize;
use stour_database::{Result, Transaction, params, sql};
use stour_kernel::{Code, CodeEntry, CodeList, CodeMap, CodeMapEntry, Date, Period};

use crate::period::stored_period;
use crate::{Files, Reference, ReferenceError, Status};

/// A code list of the reference data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceList {
    /// The list, its entries in the order in which they are offered, or ranked.
    pub list: CodeList,
    /// How far it can be trusted.
    pub status: Status,
    /// What a reader should know.
    pub note: Option<String>,
    groups: BTreeMap<(Code, Date), String>,
}

impl ReferenceList {
    /// The group of a code on a day, such as `emergency` of the admission method 21.
    pub fn group_at(&self, code: &Code, on: Date) -> Option<&str> {
        let entry = self.list.entry_at(code, on)?;
        self.groups
            .get(&(code.clone(), entry.valid.start()))
            .map(String::as_str)
    }

    /// The words for a code, of whatever time: for showing an old record. The latest meaning,
    /// where it had several.
    pub fn label(&self, code: &Code) -> Option<&str> {
        let latest = self
            .list
            .history(code)
            .max_by_key(|entry| entry.valid.start());
        latest.map(|entry| entry.label.as_str())
    }

    /// The codes and words to choose from on a day, in order.
    pub fn choices(&self, on: Date) -> Vec<(&Code, &str)> {
        self.list
            .entries_at(on)
            .map(|entry| (&entry.code, entry.label.as_str()))
            .collect()
    }

    pub(crate) fn group(&self, entry: &CodeEntry) -> Option<&str> {
        self.groups
            .get(&(entry.code.clone(), entry.valid.start()))
            .map(String::as_str)
    }
}

impl Reference {
    /// A code list by its id, such as `event-outcome`.
    pub fn code_list(&self, id: &str) -> Option<&ReferenceList> {
        self.lists.iter().find(|list| list.list.id().as_str() == id)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListFile {
    id: Code,
    title: String,
    source: String,
    status: Status,
    starts: Date,
    note: Option<String>,
    entry: Vec<EntryFile>,
    #[serde(default)]
    map: Vec<MapFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryFile {
    code: Code,
    label: String,
    starts: Option<Date>,
    ends: Option<Date>,
    group: Option<String>,
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MapFile {
    to: Code,
    source: String,
    entry: Vec<MapEntryFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MapEntryFile {
    from: Code,
    to: Code,
    starts: Option<Date>,
    ends: Option<Date>,
    note: Option<String>,
}

pub(crate) fn read(files: &Files) -> Result<Vec<ReferenceList>, ReferenceError> {
    files
        .code_lists()
        .map(|(name, text)| read_one(name, text))
        .collect()
}

fn read_one(name: &str, text: &str) -> Result<ReferenceList, ReferenceError> {
    let unreadable = |reason: String| ReferenceError::Unreadable {
        file: name.to_owned(),
        reason,
    };
    let file: ListFile = toml::from_str(text).map_err(|error| unreadable(error.to_string()))?;
    let period = |starts: Option<Date>, ends| {
        Period::new(starts.unwrap_or(file.starts), ends)
            .map_err(|error| unreadable(error.to_string()))
    };
    let mut groups = BTreeMap::new();
    let mut entries = Vec::new();
    for entry in file.entry {
        let valid = period(entry.starts, entry.ends)?;
        if let Some(group) = entry.group {
            groups.insert((entry.code.clone(), valid.start()), group);
        }
        let (code, label, note) = (entry.code, entry.label, entry.note);
        entries.push(CodeEntry {
            code,
            label,
            valid,
            note,
        });
    }
    let mut maps = Vec::new();
    for map in file.map {
        let mut translations = Vec::new();
        for entry in map.entry {
            let valid = period(entry.starts, entry.ends)?;
            let (from, to, note) = (entry.from, entry.to, entry.note);
            translations.push(CodeMapEntry {
                from,
                to,
                valid,
                note,
            });
        }
        maps.push(CodeMap {
            to: map.to,
            source: map.source,
            entries: translations,
        });
    }
    let list =
        CodeList::new(file.id, file.title, file.source, entries, maps).map_err(|reason| {
            ReferenceError::List {
                file: name.to_owned(),
                reason,
            }
        })?;
    Ok(ReferenceList {
        list,
        status: file.status,
        note: file.note,
        groups,
    })
}

/// A code list by its id, such as `event-outcome`.
pub fn code_list(tx: &mut Transaction<'_>, id: &str) -> Result<Option<ReferenceList>> {
    let Some((id, title, source, status, note)) = tx.optional(
        sql!("SELECT id, title, source, status, note FROM code_list WHERE id = $1"),
        params![id],
        |row| {
            let head: (Code, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok((head.0, head.1, head.2, row.get(3)?, row.get(4)?))
        },
    )?
    else {
        return Ok(None);
    };
    let mut groups = BTreeMap::new();
    let entries = tx.rows(
        sql!(
            "SELECT code, label, starts, ends, note, code_group FROM code_entry
             WHERE list = $1 ORDER BY place"
        ),
        params![id],
        |row| {
            let (code, valid): (Code, Period) = (row.get(0)?, stored_period(row, 2)?);
            if let Some(group) = row.get(5)? {
                groups.insert((code.clone(), valid.start()), group);
            }
            Ok(CodeEntry {
                code,
                label: row.get(1)?,
                valid,
                note: row.get(4)?,
            })
        },
    )?;
    let maps = stored_maps(tx, &id)?;
    let list = CodeList::new(id, title, source, entries, maps).map_err(|_| {
        stour_database::Error::Decode {
            column: 0,
            expected: "code list",
        }
    })?;
    Ok(Some(ReferenceList {
        list,
        status,
        note,
        groups,
    }))
}

fn stored_maps(tx: &mut Transaction<'_>, list: &Code) -> Result<Vec<CodeMap>> {
    let mut maps: Vec<CodeMap> = Vec::new();
    tx.each(
        sql!(
            "SELECT target_list, source, code, target_code, starts, ends, note FROM code_map
             WHERE list = $1 ORDER BY place"
        ),
        params![list],
        |row| {
            let (to, source): (Code, String) = (row.get(0)?, row.get(1)?);
            let entry = CodeMapEntry {
                from: row.get(2)?,
                to: row.get(3)?,
                valid: stored_period(row, 4)?,
                note: row.get(6)?,
            };
            match maps.iter_mut().find(|map| map.to == to) {
                Some(map) => map.entries.push(entry),
                None => maps.push(CodeMap {
                    to,
                    source,
                    entries: vec![entry],
                }),
            }
            Ok(())
        },
    )?;
    Ok(maps)
}

/// The words for a code of a list, of whatever time; the latest meaning, where it had several.
pub fn code_label(tx: &mut Transaction<'_>, list: &str, code: &Code) -> Result<Option<String>> {
    tx.optional(
        sql!(
            "SELECT label FROM code_entry WHERE list = $1 AND code = $2
             ORDER BY starts DESC LIMIT 1"
        ),
        params![list, code],
        |row| row.get(0),
    )
}
