//! The one way to a record: decide, record the decision, and only then hand out the permit that the stores of other
//! crates ask for.

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use serde_json::json;
use stour_database::Transaction;
use stour_kernel::{GssCode, LocalityCode, OdsCode, PersonId};

use crate::action::Action;
use crate::actor::Actor;
use crate::audit::{AuditEntry, AuditTrail, NoAudit};
use crate::policy::{Decision, Looks, Policies};
use crate::purpose::Purpose;
use crate::resource::{PersonFacts, Resource};

/// Decisions and their audit. Clones share everything.
#[derive(Clone, Debug)]
pub struct Access {
    policies: Arc<Policies>,
    trail: AuditTrail,
}

/// Proof that the policies allowed an action on `R` and that the audit has it. Only this crate makes one.
#[derive(Debug, PartialEq, Eq)]
#[must_use]
pub struct Permit<R> {
    on: R,
    action: Action,
}

impl<R> Permit<R> {
    /// What was permitted on.
    pub fn on(&self) -> &R {
        &self.on
    }

    /// What was permitted.
    pub fn action(&self) -> Action {
        self.action
    }
}

/// Who asks, what for, and in which request.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// To do what.
    pub action: Action,
    /// What for.
    pub purpose: Purpose,
    /// The request, as in the server's log.
    pub request_id: &'a str,
}

/// Why there is no permit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Not allowed, and that may be said. Answer 403 with the sentence.
    #[error("{why}")]
    NotAllowed {
        /// Why, for the person who asked.
        why: String,
    },
    /// Not allowed, and it must not show that the record exists. Answer exactly as for a record that does not.
    #[error("there is no such record")]
    Hidden,
    /// Neither place took the audit entry. Answer 503.
    #[error(transparent)]
    NoAudit(#[from] NoAudit),
    /// The transaction failed.
    #[error(transparent)]
    Database(#[from] stour_database::Error),
}

impl Access {
    /// Decides by these policies, and records in this trail.
    pub fn new(policies: Policies, trail: AuditTrail) -> Access {
        Access {
            policies: Arc::new(policies),
            trail,
        }
    }

    /// The policies in force.
    pub fn policies(&self) -> &Policies {
        &self.policies
    }

    /// The audit.
    pub fn trail(&self) -> &AuditTrail {
        &self.trail
    }

    /// Decides and records nothing: to show or hide a link. To show a record use [`read_person`](Self::read_person).
    pub fn decide(
        &self,
        actor: &Actor,
        action: Action,
        resource: &Resource,
        purpose: Purpose,
    ) -> Decision {
        let decision = self.policies.decide(actor, action, resource, purpose);
        if decision.alarm {
            self.trail
                .alarms()
                .policy_faults
                .fetch_add(1, Ordering::Relaxed);
            tracing::error!(%action, resource = resource.kind(), %purpose, "the policies could not be evaluated");
        }
        decision
    }

    /// Asks for the house, a ward or a number. Both answers are recorded, save that everybody may open the home page.
    pub async fn enter(
        &self,
        ask: Ask<'_>,
        resource: Resource,
    ) -> Result<Permit<Resource>, Refused> {
        let decision = self.decide(ask.actor, ask.action, &resource, ask.purpose);
        if !(decision.allowed && ask.action.as_str() == "home.read") {
            self.trail.record(entry(ask, &resource, &decision)).await?;
        }
        self.settle(ask, resource, &decision)
    }

    /// Asks for one person's record. Both answers are recorded before this returns.
    pub async fn read_person(
        &self,
        ask: Ask<'_>,
        person: PersonFacts,
    ) -> Result<Permit<PersonId>, Refused> {
        let resource = Resource::Person(person);
        let decision = self.decide(ask.actor, ask.action, &resource, ask.purpose);
        self.trail.record(entry(ask, &resource, &decision)).await?;
        self.settle(ask, resource, &decision)
            .and_then(person_permit)
    }

    /// Asks for a list: first for what it is a list of (the house, a ward, a number), then for each person in it. The
    /// permit holds those who may be shown, and one entry records exactly those.
    pub async fn read_people(
        &self,
        ask: Ask<'_>,
        list: Resource,
        people: impl IntoIterator<Item = PersonFacts>,
    ) -> Result<Permit<BTreeSet<PersonId>>, Refused> {
        let decision = self.decide(ask.actor, ask.action, &list, ask.purpose);
        let visible = if decision.allowed {
            self.decide_each((ask.actor, ask.action, ask.purpose), people)
        } else {
            BTreeSet::new()
        };
        let entry = entry(ask, &list, &decision).about_all(visible.iter().copied());
        self.trail.record(entry).await?;
        let permit = self.settle(ask, list, &decision)?;
        Ok(Permit {
            on: visible,
            action: permit.action,
        })
    }

    /// [`decide`](Self::decide) for many people: those to whom it may be done. The policies are asked once about all who are the
    /// same in what they look at.
    pub fn decide_each(
        &self,
        (actor, action, purpose): (&Actor, Action, Purpose),
        people: impl IntoIterator<Item = PersonFacts>,
    ) -> BTreeSet<PersonId> {
        let mut decided = HashMap::new();
        let may = |person: PersonFacts| {
            let id = person.id;
            let alike = Alike::of(actor, &person, self.policies.looks());
            let allowed = decided.entry(alike).or_insert_with(|| {
                let person = Resource::Person(person);
                self.decide(actor, action, &person, purpose).allowed
            });
            allowed.then_some(id)
        };
        people.into_iter().filter_map(may).collect()
    }

    /// Asks within a transaction that writes. The entry for a permit is stored with what is written. A refusal ends the
    /// transaction, so record it afterwards with [`record_refusal`](Self::record_refusal).
    pub fn permit(
        &self,
        tx: &mut Transaction<'_>,
        ask: Ask<'_>,
        resource: Resource,
    ) -> Result<Permit<Resource>, Refused> {
        let decision = self.decide(ask.actor, ask.action, &resource, ask.purpose);
        if decision.allowed {
            self.trail.append(tx, &entry(ask, &resource, &decision))?;
        }
        self.settle(ask, resource, &decision)
    }

    /// [`permit`](Self::permit) for one person's record.
    pub fn permit_person(
        &self,
        tx: &mut Transaction<'_>,
        ask: Ask<'_>,
        person: PersonFacts,
    ) -> Result<Permit<PersonId>, Refused> {
        self.permit(tx, ask, Resource::Person(person))
            .and_then(person_permit)
    }

    /// Records that a write was refused, after its transaction was given up.
    pub async fn record_refusal(&self, ask: Ask<'_>, resource: &Resource) -> Result<(), NoAudit> {
        let decision = self.decide(ask.actor, ask.action, resource, ask.purpose);
        self.trail
            .record(entry(ask, resource, &decision).refused())
            .await
    }

    fn settle(
        &self,
        ask: Ask<'_>,
        resource: Resource,
        decision: &Decision,
    ) -> Result<Permit<Resource>, Refused> {
        if decision.allowed {
            return Ok(Permit {
                on: resource,
                action: ask.action,
            });
        }
        // Somebody who could not have found the person by searching must not learn that there is a record.
        let findable = || {
            let search = Action::all().find(|action| action.as_str() == "person.search");
            search.is_some_and(|search| {
                self.policies
                    .decide(ask.actor, search, &resource, ask.purpose)
                    .allowed
            })
        };
        if matches!(resource, Resource::Person(_)) && !findable() {
            return Err(Refused::Hidden);
        }
        Err(Refused::NotAllowed {
            why: decision.why.clone(),
        })
    }
}

/// What the policies in force can tell somebody from others by.
#[derive(PartialEq, Eq, Hash)]
struct Alike {
    /// Whether it is the caller, and whether the caller's organisation knows them.
    caller: (bool, bool),
    /// Whether the record is restricted, and whether they object to sharing.
    safeguards: (bool, bool),
    id: Option<PersonId>,
    known_to: Option<BTreeSet<OdsCode>>,
    place: Option<(Option<LocalityCode>, Option<GssCode>)>,
}

impl Alike {
    fn of(actor: &Actor, person: &PersonFacts, looks: Looks) -> Self {
        let PersonFacts {
            id,
            restricted,
            objection,
            known_to,
            locality,
            council,
        } = person;
        Self {
            caller: (
                actor.person == Some(*id),
                known_to.contains(&actor.organisation),
            ),
            safeguards: (*restricted, *objection),
            id: looks.id.then_some(*id),
            known_to: looks.known_to.then(|| known_to.clone()),
            place: looks.place.then(|| (locality.clone(), *council)),
        }
    }
}

fn person_permit(permit: Permit<Resource>) -> Result<Permit<PersonId>, Refused> {
    match permit.on {
        Resource::Person(person) => Ok(Permit {
            on: person.id,
            action: permit.action,
        }),
        _ => Err(Refused::Hidden),
    }
}

fn entry(ask: Ask<'_>, resource: &Resource, decision: &Decision) -> AuditEntry {
    let mut entry = AuditEntry::by(ask.actor, ask.action.as_str(), ask.purpose)
        .on(resource.kind(), resource.id())
        .request(ask.request_id)
        .detail(json!({ "policies": decision.policies, "alarm": decision.alarm }));
    entry.permitted = decision.allowed;
    match resource {
        Resource::Person(person) => entry.about(person.id),
        _ => entry,
    }
}
