//! What can be asked for. The list is closed: a route, a job or a message handler names one of these or does not start.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One thing that somebody may ask to do.
#[derive(Debug, PartialEq, Eq)]
pub struct ActionDefinition {
    /// The dotted name, as policies and the audit write it.
    pub name: &'static str,
    /// Whether an answer shows something from a person's record, so that it must be audited before it leaves.
    pub reads_person: bool,
    /// In words that complete "somebody …", for the person whose record it is.
    pub description: &'static str,
}

const fn action(
    name: &'static str,
    reads_person: bool,
    description: &'static str,
) -> ActionDefinition {
    ActionDefinition {
        name,
        reads_person,
        description,
    }
}

/// Every action. The Cedar schema declares the same names; loading the policies fails if the two differ.
pub const ACTIONS: &[ActionDefinition] = &[
    action("home.read", false, "opened the home page"),
    action("person.search", true, "found the record in a search"),
    action("person.read", true, "opened the record"),
    action("person.create", false, "opened a new record"),
    action("person.update", true, "changed the record"),
    action(
        "person.relate",
        true,
        "linked the record to another person's",
    ),
    action(
        "match.review",
        true,
        "compared the record with another that may be the same person's",
    ),
    action(
        "person.merge",
        true,
        "joined the record with another, or parted what had been joined",
    ),
    action(
        "match.quality",
        false,
        "read how well records are matched, in counts",
    ),
    action("access-log.read", true, "read who has looked at the record"),
    action("request.create", true, "recorded a request for support"),
    action("request.conclude", true, "concluded a request for support"),
    action("request.read", true, "read a request for support"),
    action("referral.create", true, "made a referral"),
    action("referral.read", true, "read a referral"),
    action("service.start", true, "started a service"),
    action("service.end", true, "ended a service"),
    action("ward.read", true, "saw the person on a ward page"),
    action(
        "ward.plan",
        true,
        "worked on when and how the person leaves hospital",
    ),
    action("in-reach.read", true, "saw the person on the in-reach page"),
    action(
        "in-reach.plan",
        true,
        "planned how to bring the person home, or wrote down what matters to them or who cares for them",
    ),
    action(
        "notice.read",
        true,
        "read notices between hospital and council about the person",
    ),
    action(
        "notice.answer",
        true,
        "answered a notice from a hospital about the person",
    ),
    action(
        "capacity.read",
        true,
        "saw the person among those for whom a place in a service is kept",
    ),
    action("capacity.set", false, "said how many places a service has"),
    action(
        "capacity.hold",
        true,
        "held, booked or released a place in a service",
    ),
    action(
        "meeting.read",
        true,
        "saw the person in the transfer hub's daily meeting",
    ),
    action(
        "meeting.record",
        true,
        "took down what the transfer hub's daily meeting said",
    ),
    action(
        "hub-action.read",
        true,
        "read what the transfer hub's meeting asked somebody to do",
    ),
    action(
        "hub-action.answer",
        true,
        "said what came of something that the transfer hub's meeting asked for",
    ),
    action(
        "admission-audit.read",
        false,
        "read how many emergency admissions practices have, in counts",
    ),
    action(
        "admission-audit.act",
        false,
        "said what is to be done about emergency admissions, or what came of it",
    ),
    action(
        "admission.read",
        true,
        "saw an emergency admission in the audit of a practice's admissions",
    ),
    action(
        "admission.review",
        true,
        "reviewed whether an emergency admission could have been avoided",
    ),
    action(
        "escalation.read",
        false,
        "read how hard pressed hospitals and services are, in counts",
    ),
    action(
        "escalation.act",
        false,
        "said what is being done about pressure, or that it was done",
    ),
    action("message.read", false, "read messages from other systems"),
    action(
        "message.receive",
        false,
        "took in a message from another system",
    ),
    action("board.read", false, "opened a board"),
    action(
        "board.annotate",
        false,
        "noted an event beside a series, or started its limits afresh",
    ),
    action("indicator.read", false, "opened a number"),
    action(
        "indicator.people",
        true,
        "listed the people behind a number",
    ),
    action("case.read", false, "looked at business cases"),
    action("case.edit", false, "changed a business case"),
    action("case.comment", false, "commented on a business case"),
    action("case.sign-off", false, "signed off a business case"),
    action("programme.read", false, "looked at a programme"),
    action(
        "programme.edit",
        false,
        "changed a programme's plan or registers",
    ),
    action("benefit.edit", false, "changed or explained a benefit"),
    action(
        "benefit.sign-off",
        false,
        "signed that a measure has moved as a benefit says",
    ),
    action(
        "benefit.sign-off-money",
        false,
        "signed what a benefit is worth, or that a budget was reduced by it",
    ),
    action(
        "decision.read",
        false,
        "looked at decisions before they are published",
    ),
    action("decision.edit", false, "recorded meetings and decisions"),
    action(
        "commitment.answer",
        false,
        "answered a commitment that was made to a committee",
    ),
    action(
        "contact.read",
        false,
        "read what people asked for through the public pages",
    ),
    action(
        "contact.deal",
        false,
        "dealt with what somebody asked for through the public pages",
    ),
    action(
        "directory.read",
        false,
        "looked at the directory's own pages",
    ),
    action(
        "directory.edit",
        false,
        "decided on listings of the directory",
    ),
    action(
        "listing.suggest",
        false,
        "claimed a listing of the directory, or suggested a change to it",
    ),
    action("content.read", false, "looked at advice as it is written"),
    action("content.edit", false, "changed advice"),
    action(
        "content.approve",
        false,
        "approved a change to advice, and published it",
    ),
    action("audit.verify", false, "checked the audit"),
    action("policy.read", false, "read the policies"),
    action("user.manage", false, "managed accounts"),
];

/// An action from [`ACTIONS`]; no other value can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
pub struct Action(&'static ActionDefinition);

impl Action {
    /// The dotted name, for example `person.read`.
    pub fn as_str(&self) -> &'static str {
        self.0.name
    }

    /// Its entry in [`ACTIONS`].
    pub fn definition(&self) -> &'static ActionDefinition {
        self.0
    }

    /// Every action, in the order of [`ACTIONS`].
    pub fn all() -> impl Iterator<Item = Action> {
        ACTIONS.iter().map(Action)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name)
    }
}

impl From<Action> for &'static str {
    fn from(action: Action) -> &'static str {
        action.0.name
    }
}

/// The name is not one of [`ACTIONS`].
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no action {name:?}: add it to ACTIONS in foundation/access and to policies/stour.cedarschema first"
)]
pub struct UnknownAction {
    /// What was asked for.
    pub name: String,
}

impl FromStr for Action {
    type Err = UnknownAction;

    fn from_str(name: &str) -> Result<Action, UnknownAction> {
        Action::all()
            .find(|action| action.as_str() == name)
            .ok_or_else(|| UnknownAction {
                name: name.to_owned(),
            })
    }
}

impl TryFrom<String> for Action {
    type Error = UnknownAction;

    fn try_from(name: String) -> Result<Action, UnknownAction> {
        name.parse()
    }
}
