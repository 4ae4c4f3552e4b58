//! One decision. Cedar skips a policy that fails while it is evaluated, so that a failing `forbid` would let through
//! what it should stop: here any error at all is a refusal and an alarm.

use std::collections::{HashMap, HashSet};

use cedar_policy::{
    Authorizer, Context, Decision as CedarDecision, Entities, Entity, EntityId, EntityTypeName,
    EntityUid, Request, Response, RestrictedExpression,
};

use super::Policies;
use crate::action::{ACTIONS, Action};
use crate::actor::Actor;
use crate::purpose::Purpose;
use crate::resource::{PersonFacts, Resource};

const NOTHING_PERMITS: &str = "Your roles do not allow this.";
const FAULT: &str =
    "The policies could not be evaluated, so nothing was shown. The fault has been recorded.";

/// What the policies answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Whether it is permitted.
    pub allowed: bool,
    /// The names of the policies that settled it, in order; none when nothing permits.
    pub policies: Vec<String>,
    /// Why, in a sentence that can be shown.
    pub why: String,
    /// The policies could not be evaluated: refused, and somebody must look.
    pub alarm: bool,
}

impl Decision {
    fn fault() -> Decision {
        Decision {
            allowed: false,
            policies: Vec::new(),
            why: FAULT.to_owned(),
            alarm: true,
        }
    }
}

/// Who asks and what for, as Cedar sees them.
#[derive(Debug)]
pub(crate) struct Parties {
    pub(crate) principal: EntityUid,
    pub(crate) resource: EntityUid,
    pub(crate) entities: Entities,
}

type Attributes = HashMap<String, RestrictedExpression>;

impl Policies {
    /// Decides. Pure: the same arguments always give the same answer.
    pub fn decide(
        &self,
        actor: &Actor,
        action: Action,
        resource: &Resource,
        purpose: Purpose,
    ) -> Decision {
        match self.parties(actor, resource) {
            Some(parties) => self.ask(&parties, action, purpose),
            None => Decision::fault(),
        }
    }

    pub(crate) fn parties(&self, actor: &Actor, resource: &Resource) -> Option<Parties> {
        let principal =
            self.words
                .entity(Kind::User, &actor.user.to_string(), user_attributes(actor))?;
        let resource = self.words.resource(resource)?;
        self.parties_of(principal, resource)
    }

    /// Entities that do not fit the schema are refused here, before any policy is asked.
    pub(crate) fn parties_of(&self, principal: Entity, resource: Entity) -> Option<Parties> {
        let (principal_id, resource_id) = (principal.uid(), resource.uid());
        let entities = self
            .actions
            .clone()
            .add_entities([principal, resource], Some(&self.schema))
            .ok()?;
        Some(Parties {
            principal: principal_id,
            resource: resource_id,
            entities,
        })
    }

    pub(crate) fn ask(&self, parties: &Parties, action: Action, purpose: Purpose) -> Decision {
        match self.request(parties, action, purpose) {
            Some(request) => self.answer(&request, parties),
            None => Decision::fault(),
        }
    }

    pub(crate) fn answer(&self, request: &Request, parties: &Parties) -> Decision {
        let response = Authorizer::new().is_authorized(request, &self.set, &parties.entities);
        self.explain(&response)
    }

    /// None when the action cannot be asked for on such a resource.
    pub(crate) fn request(
        &self,
        parties: &Parties,
        action: Action,
        purpose: Purpose,
    ) -> Option<Request> {
        let action = self.words.actions.get(action.as_str())?.clone();
        let context = self.words.contexts.get(&purpose)?.clone();
        let (principal, resource) = (parties.principal.clone(), parties.resource.clone());
        Request::new(principal, action, resource, context, Some(&self.schema)).ok()
    }

    fn explain(&self, response: &Response) -> Decision {
        if response.diagnostics().errors().next().is_some() {
            return Decision::fault();
        }
        let allowed = response.decision() == CedarDecision::Allow;
        let mut reasons: Vec<_> = response.diagnostics().reason().collect();
        reasons.sort();
        let why = reasons
            .iter()
            .find_map(|id| self.set.annotation(id, "why"))
            .unwrap_or(NOTHING_PERMITS)
            .to_owned();
        Decision {
            allowed,
            policies: reasons.iter().map(ToString::to_string).collect(),
            why,
            alarm: false,
        }
    }
}

/// The kinds of entity in the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    User,
    House,
    Person,
    Ward,
    Indicator,
}

/// The program's words as Cedar knows them, made once: parsing a name costs more than a decision.
#[derive(Debug)]
pub(crate) struct Words {
    kinds: HashMap<Kind, EntityTypeName>,
    actions: HashMap<&'static str, EntityUid>,
    contexts: HashMap<Purpose, Context>,
}

impl Words {
    pub(crate) fn new() -> Option<Words> {
        let names = [
            (Kind::User, "User"),
            (Kind::House, "House"),
            (Kind::Person, "Person"),
            (Kind::Ward, "Ward"),
            (Kind::Indicator, "Indicator"),
        ];
        let action: EntityTypeName = "Action".parse().ok()?;
        let action = |name| EntityUid::from_type_name_and_id(action.clone(), EntityId::new(name));
        let context = |purpose: Purpose| {
            Context::from_pairs([("purpose".to_owned(), text(purpose.as_str()))])
                .ok()
                .map(|context| (purpose, context))
        };
        Some(Words {
            kinds: names
                .into_iter()
                .map(|(kind, name)| Some((kind, name.parse().ok()?)))
                .collect::<Option<_>>()?,
            actions: ACTIONS
                .iter()
                .map(|definition| (definition.name, action(definition.name)))
                .collect(),
            contexts: Purpose::ALL
                .into_iter()
                .map(context)
                .collect::<Option<_>>()?,
        })
    }

    pub(crate) fn entity(&self, kind: Kind, id: &str, attributes: Attributes) -> Option<Entity> {
        let uid =
            EntityUid::from_type_name_and_id(self.kinds.get(&kind)?.clone(), EntityId::new(id));
        Entity::new(uid, attributes, HashSet::new()).ok()
    }

    fn resource(&self, resource: &Resource) -> Option<Entity> {
        let id = resource.id();
        match resource {
            Resource::House => self.entity(Kind::House, "stour", Attributes::new()),
            Resource::Person(person) => self.entity(Kind::Person, &id, person_attributes(person)),
            Resource::Ward { organisation, .. } => self.entity(
                Kind::Ward,
                &id,
                attributes([("organisation", text(organisation.as_str()))]),
            ),
            Resource::Indicator { .. } => self.entity(Kind::Indicator, &id, Attributes::new()),
        }
    }
}

fn text(value: impl Into<String>) -> RestrictedExpression {
    RestrictedExpression::new_string(value.into())
}

fn optional<T: ToString>(value: Option<&T>) -> RestrictedExpression {
    text(value.map(ToString::to_string).unwrap_or_default())
}

fn set<T: ToString>(values: impl IntoIterator<Item = T>) -> RestrictedExpression {
    RestrictedExpression::new_set(values.into_iter().map(|value| text(value.to_string())))
}

fn attributes<const N: usize>(pairs: [(&str, RestrictedExpression); N]) -> Attributes {
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

pub(crate) fn user_attributes(actor: &Actor) -> Attributes {
    attributes([
        ("active", RestrictedExpression::new_bool(actor.active)),
        ("roles", set(&actor.roles)),
        ("organisation", text(actor.organisation.as_str())),
        ("teams", set(&actor.teams)),
        ("locality", optional(actor.locality.as_ref())),
        ("person", optional(actor.person.as_ref())),
    ])
}

pub(crate) fn person_attributes(person: &PersonFacts) -> Attributes {
    attributes([
        ("id", text(person.id.to_string())),
        (
            "restricted",
            RestrictedExpression::new_bool(person.restricted),
        ),
        (
            "objection",
            RestrictedExpression::new_bool(person.objection),
        ),
        ("knownTo", set(&person.known_to)),
        ("locality", optional(person.locality.as_ref())),
        ("council", optional(person.council.as_ref())),
    ])
}
