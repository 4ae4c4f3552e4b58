//! Who is in hospital, or just home from it, among those whom an organisation looks after.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, ToSpan};
use stour_access::PersonFacts;
use stour_database::{Error, Transaction, params, sql};
use stour_facts::FactKind;
use stour_kernel::{Date, OdsCode, PersonId, Timestamp};
use stour_people::{group, known_among};

use super::alert::{self, Alert};
use super::plan::{self, Item};
use crate::error::FlowError;
use crate::shown;
use crate::spell::{Present, Spell, SpellId, Twice, gone_since, one, present};
use crate::ward::facts_of_people;

/// How long a request counts as a reason to know somebody, in days: as long as the follow-up of
/// short-term support in the statutory return.
const REQUEST: i64 = 91;
/// How long somebody who has come home is shown.
pub(super) const HOME: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Who is to be shown, as far as the organisation knows them.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// In hospital now, the latest admission first.
    pub(super) in_hospital: Vec<Present>,
    /// Home in the last week, the latest first.
    pub(super) home: Vec<(PersonId, SpellId)>,
    /// What the policies decide on, of all of them.
    pub(super) people: Vec<PersonFacts>,
    /// Who is shown in more than one bed.
    pub(super) twice: Twice,
    /// What teams plan for each stay.
    pub(super) plans: BTreeMap<SpellId, Vec<Item>>,
    /// What nobody of the organisation has seen, the latest first, also about people who have been home for longer.
    pub(super) alerts: Vec<Alert>,
}

impl Known {
    /// Leaves those whom somebody may see.
    pub(super) fn retain(&mut self, visible: &BTreeSet<PersonId>) {
        self.in_hospital.retain(|one| visible.contains(&one.person));
        self.home.retain(|(person, _)| visible.contains(person));
        self.people.retain(|person| visible.contains(&person.id));
        self.alerts.retain(|alert| visible.contains(&alert.person));
    }

    /// What teams plan for a stay.
    pub(super) fn plan(&self, spell: SpellId) -> &[Item] {
        self.plans.get(&spell).map_or(&[], Vec::as_slice)
    }
}

/// Finds them.
pub(super) fn known(
    tx: &mut Transaction<'_>,
    organisation: OdsCode,
    now: Timestamp,
) -> Result<Known, FlowError> {
    let week_ago = now.checked_sub(HOME).unwrap_or(now);
    let (mut in_hospital, mut home) = (present(tx)?, gone_since(tx, week_ago)?);
    let twice = Twice::of(in_hospital.iter().cloned());
    let alerts = alert::of_team(tx, organisation)?;
    let here = in_hospital.iter().map(|one| one.person);
    let stays = here.chain(home.iter().map(|(person, _)| *person));
    let told = alerts.iter().map(|alert| alert.person);
    let known = known_among(tx, organisation, stays.chain(told))?;
    in_hospital.reverse();
    in_hospital.retain(|one| known.contains(&one.person));
    let here: BTreeSet<PersonId> = in_hospital.iter().map(|one| one.person).collect();
    home.retain(|(person, _)| known.contains(person) && !here.contains(person));
    Ok(Known {
        in_hospital,
        home,
        people: facts_of_people(tx, known)?,
        twice,
        plans: plan::of_stays(tx, week_ago)?,
        alerts,
    })
}

/// Stays, under who the people are now.
pub(super) fn spells(
    tx: &mut Transaction<'_>,
    stays: &[(PersonId, SpellId)],
) -> Result<Vec<Spell>, Error> {
    let mut spells = Vec::with_capacity(stays.len());
    for (person, id) in stays {
        let person = *person;
        spells.extend(one(tx, *id)?.map(|spell| Spell { person, ..spell }));
    }
    Ok(spells)
}

/// Why an organisation knows each of some people.
pub(super) fn reasons_of(
    tx: &mut Transaction<'_>,
    organisation: OdsCode,
    people: &BTreeSet<PersonId>,
    today: Date,
) -> Result<BTreeMap<PersonId, Vec<String>>, FlowError> {
    let referred = referred(tx, organisation)?;
    let mut why = BTreeMap::new();
    for person in people {
        let provided = provided(tx, *person, organisation)?;
        why.insert(*person, reasons(&provided, referred.get(person), today));
    }
    Ok(why)
}

/// Why an organisation knows one person, and its services that go on for them.
pub(super) fn why(
    tx: &mut Transaction<'_>,
    person: PersonId,
    organisation: OdsCode,
    today: Date,
) -> Result<(Vec<String>, Vec<String>), FlowError> {
    let provided = provided(tx, person, organisation)?;
    let referred = referred(tx, organisation)?;
    let packages = provided.iter().filter_map(package);
    let packages = packages.map(|(name, _)| name).collect();
    Ok((reasons(&provided, referred.get(&person), today), packages))
}

/// Something that an organisation provides or pays for.
struct Provided {
    kind: FactKind,
    started: Date,
    ended: Option<Date>,
    detail: String,
}

/// What of somebody an organisation provides or pays for.
fn provided(
    tx: &mut Transaction<'_>,
    person: PersonId,
    organisation: OdsCode,
) -> Result<Vec<Provided>, Error> {
    let mut all = Vec::new();
    for member in group(tx, person)? {
        all.extend(tx.rows(
            sql!(
                "SELECT f.kind, f.started, f.ended, f.detail FROM fact f
                 WHERE f.person = $1 AND (f.organisation = $2 OR f.commissioner = $2)
                   AND NOT EXISTS (SELECT 1 FROM fact later WHERE later.thread = f.thread AND later.version > f.version)
                 ORDER BY f.started DESC, f.id DESC"
            ),
            params![member, organisation],
            |row| {
                Ok(Provided {
                    kind: row.get(0)?,
                    started: row.get(1)?,
                    ended: row.get(2)?,
                    detail: row.get(3)?,
                })
            },
        )?);
    }
    all.sort_by_key(|one| std::cmp::Reverse(one.started));
    Ok(all)
}

/// A service that goes on, and since when.
fn package(one: &Provided) -> Option<(String, Date)> {
    if one.kind != FactKind::Service || one.ended.is_some() {
        return None;
    }
    let detail: serde_json::Value = serde_json::from_str(&one.detail).unwrap_or_default();
    let component = detail.get("component").and_then(serde_json::Value::as_str);
    let name = component.map_or_else(
        || "Service".to_owned(),
        |code| shown::label("service-component", code),
    );
    Some((name, one.started))
}

fn reasons(provided: &[Provided], referred: Option<&String>, today: Date) -> Vec<String> {
    let since = today.checked_sub(REQUEST.days()).unwrap_or(today);
    let reason = |one: &Provided| match (one.kind, package(one)) {
        (FactKind::Service, Some((name, from))) => {
            Some(format!("{name} since {}", shown::day(from)))
        }
        (FactKind::Request, _) if one.started >= since => {
            Some(format!("Request of {}", shown::day(one.started)))
        }
        _ => None,
    };
    let mut reasons: Vec<String> = provided.iter().filter_map(reason).collect();
    reasons.extend(referred.cloned());
    if reasons.is_empty() {
        reasons.push("Has a record with you".to_owned());
    }
    reasons
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
