//! Who is in hospital, or just home from it, among those whom an organisation looks after.

use std::collections::BTreeMap;

use jiff::{SignedDuration, ToSpan};
use stour_access::PersonFacts;
use stour_database::{Error, Transaction};
use stour_facts::{Fact, FactKind, of_people_as_known};
use stour_kernel::{Date, OdsCode, PersonId, Timestamp};
use stour_people::group;

use crate::error::FlowError;
use crate::shown;
use crate::spell::{Spell, Twice, in_hospital, left_since, twice};
use crate::ward::facts_of;

/// How long a request counts as a reason to know somebody, in days: as long as the follow-up of
/// short-term support in the statutory return.
const REQUEST: i64 = 91;
/// How long somebody who has come home is shown.
const HOME: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Who is to be shown, as far as the organisation knows them.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// In hospital now, the latest admission first.
    pub(super) in_hospital: Vec<Spell>,
    /// Home in the last week, the latest first.
    pub(super) home: Vec<Spell>,
    /// What the policies decide on, of all of them.
    pub(super) people: Vec<PersonFacts>,
    /// Who is shown in more than one bed.
    pub(super) twice: Twice,
    /// Why the organisation knows each.
    pub(super) why: BTreeMap<PersonId, Vec<String>>,
}

/// Finds them.
pub(super) fn known(
    tx: &mut Transaction<'_>,
    organisation: OdsCode,
    (now, today): (Timestamp, Date),
) -> Result<Known, FlowError> {
    let week_ago = now.checked_sub(HOME).unwrap_or(now);
    let (mut inside, mut home) = (in_hospital(tx)?, left_since(tx, week_ago)?);
    let mut people = facts_of(tx, &inside)?;
    people.extend(facts_of(tx, &home)?);
    people.retain(|person| person.known_to.contains(&organisation));
    people.sort_by_key(|person| person.id);
    people.dedup_by_key(|person| person.id);
    let is_known = |spell: &Spell| {
        people
            .binary_search_by_key(&spell.person, |person| person.id)
            .is_ok()
    };
    inside.retain(is_known);
    home.retain(|spell| is_known(spell) && inside.iter().all(|other| other.person != spell.person));
    let referred = referred(tx, organisation)?;
    let mut why = BTreeMap::new();
    for person in &people {
        let mut reasons = reasons(tx, person.id, organisation, today)?;
        reasons.extend(referred.get(&person.id).cloned());
        if reasons.is_empty() {
            reasons.push("Has a record with you".to_owned());
        }
        why.insert(person.id, reasons);
    }
    Ok(Known {
        in_hospital: inside,
        home,
        people,
        twice: twice(tx)?,
        why,
    })
}

fn reasons(
    tx: &mut Transaction<'_>,
    person: PersonId,
    organisation: OdsCode,
    today: Date,
) -> Result<Vec<String>, Error> {
    let since = today.checked_sub(REQUEST.days()).unwrap_or(today);
    let of_theirs = |fact: &Fact| {
        fact.what.organisation == organisation || fact.what.commissioner == Some(organisation)
    };
    let reason = |fact: &Fact| match fact.what.kind {
        FactKind::Service if fact.what.ended.is_none() => {
            let component = fact
                .what
                .detail
                .get("component")
                .and_then(|code| code.as_str());
            let name = component.map_or_else(
                || "Service".to_owned(),
                |code| shown::label("service-component", code),
            );
            Some(format!("{name} since {}", shown::day(fact.what.started)))
        }
        FactKind::Request if fact.what.started >= since => {
            Some(format!("Request of {}", shown::day(fact.what.started)))
        }
        _ => None,
    };
    let members = group(tx, person)?;
    let facts = of_people_as_known(tx, &members, Timestamp::MAX)?;
    Ok(facts
        .iter()
        .filter(|fact| of_theirs(fact))
        .filter_map(reason)
        .collect())
}

/// Who waits for a service of the organisation.
fn referred(
    tx: &mut Transaction<'_>,
    organisation: OdsCode,
) -> Result<BTreeMap<PersonId, String>, FlowError> {
    let services =
        stour_front_door::services().map_err(|fault| FlowError::Reference(fault.to_string()))?;
    let mut waiting = BTreeMap::new();
    for service in services
        .iter()
        .filter(|service| service.provider == organisation)
    {
        for referral in stour_front_door::waiting_referrals(tx, service.id.as_str())? {
            let name = format!("Referred to {}", service.name.to_lowercase());
            waiting.insert(referral.person, name);
        }
    }
    Ok(waiting)
}
