//! What the database knows now, as readings.

use std::collections::{BTreeMap, BTreeSet};

use stour_database::Transaction;
use stour_kernel::{Date, OdsCode, PersonId, Timestamp};
use stour_people::facts_for_access_all;

use super::plan::plan;
use super::reading::{LocalityDay, Patient, Reading, TrustNow, of_service, of_trust, silent};
use super::subject::Subject;
use crate::capacity::{Count, Line, Slot, counts, services_at};
use crate::error::FlowError;
use crate::feed::{feeds, silences};
use crate::spell::{Spell, in_hospital, lost_since};

/// The pressure on everything at a moment, in the order of [`Subject::all`].
///
/// People whose record is restricted, and those who object to sharing, are not counted: beside a list that leaves them out a
/// count would betray them.
///
/// # Errors
/// Those of the database; [`FlowError::Reference`].
pub fn readings(
    tx: &mut Transaction<'_>,
    (now, today): (Timestamp, Date),
) -> Result<Vec<Reading>, FlowError> {
    let tomorrow = today.tomorrow().unwrap_or(today);
    let subjects = Subject::all(today)?;
    let mut trusts = trusts(tx, &subjects, (now, today))?;
    let counts = counts(tx, (today, tomorrow), now)?;
    let plan = plan()?;
    let mut found = Vec::new();
    for subject in subjects {
        found.push(match subject {
            Subject::Trust(code) => {
                let now = trusts.remove(&code).unwrap_or_default();
                of_trust(code, &now, plan, today)
            }
            Subject::Service(_) => {
                let places = places(&subject, &counts, [today, tomorrow])?;
                of_service(subject, places, plan, (today, tomorrow))
            }
        });
    }
    Ok(found)
}

fn trusts(
    tx: &mut Transaction<'_>,
    subjects: &[Subject],
    (now, today): (Timestamp, Date),
) -> Result<BTreeMap<OdsCode, TrustNow>, FlowError> {
    let codes = subjects.iter().filter_map(|subject| match subject {
        Subject::Trust(code) => Some(*code),
        Subject::Service(_) => None,
    });
    let codes: BTreeSet<OdsCode> = codes.collect();
    let yesterday = today.yesterday().unwrap_or(today);
    let mut spells = in_hospital(tx)?;
    let mut nights = lost_since(tx, yesterday)?;
    nights.retain(|night| night.of == yesterday);
    let people = spells.iter().map(|spell| spell.person);
    let people: BTreeSet<PersonId> = people
        .chain(nights.iter().map(|night| night.person))
        .collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    let counted: BTreeSet<PersonId> = facts_for_access_all(tx, &people)?
        .into_iter()
        .filter(|person| !person.restricted && !person.objection)
        .map(|person| person.id)
        .collect();
    spells.retain(|spell| counted.contains(&spell.person));
    nights.retain(|night| counted.contains(&night.person));
    let silent = silent(&silences(&codes, &feeds(tx)?, now));
    let trust = |code: OdsCode| {
        let here: Vec<&Spell> = spells
            .iter()
            .filter(|spell| spell.organisation == code)
            .collect();
        let lost = nights.iter().filter(|night| night.organisation == code);
        let lost: BTreeSet<PersonId> = lost.map(|night| night.person).collect();
        let still: BTreeSet<PersonId> = here.iter().map(|spell| spell.person).collect();
        TrustNow {
            patients: here
                .iter()
                .map(|spell| Patient::of(spell, &lost, today))
                .collect(),
            gone: u64::try_from(lost.difference(&still).count()).unwrap_or(u64::MAX),
            silence: silent.get(&code).copied(),
        }
    };
    Ok(codes.iter().map(|code| (*code, trust(*code))).collect())
}

fn places(
    subject: &Subject,
    counts: &BTreeMap<Slot, Count>,
    days: [Date; 2],
) -> Result<Vec<LocalityDay>, FlowError> {
    let [today, _] = days;
    let Subject::Service(id) = subject else {
        return Ok(Vec::new());
    };
    let Some(service) = services_at(today)?.find(|service| service.id == *id) else {
        return Ok(Vec::new());
    };
    let place = |locality: &stour_kernel::LocalityCode, day: Date| {
        let slot = Slot {
            line: Line {
                service: id.clone(),
                locality: locality.clone(),
            },
            day,
        };
        LocalityDay {
            locality: locality.clone(),
            day,
            count: counts
                .get(&slot)
                .copied()
                .filter(|count| count.places.is_some()),
        }
    };
    let localities = service.localities.iter();
    Ok(localities
        .flat_map(|locality| days.map(|day| place(locality, day)))
        .collect())
}
