//! What policies look at when they decide about a person, so that people who look the same to them are decided on once.

use cedar_policy::{Policy, PolicySet};
use serde_json::{Value, json};

/// What some policies look at of a person beyond what every set may: restriction, objection, whether the caller's organisation
/// knows them and whether they are the caller. In doubt they look at everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Looks {
    /// Who it is.
    pub(crate) id: bool,
    /// Which organisations other than the caller's know them.
    pub(crate) known_to: bool,
    /// Where they live.
    pub(crate) place: bool,
}

impl Looks {
    const EVERYTHING: Self = Self {
        id: true,
        known_to: true,
        place: true,
    };

    /// What these policies look at.
    pub(crate) fn of(policies: &PolicySet) -> Self {
        policies
            .policies()
            .map(of_policy)
            .fold(Self::default(), Self::or)
    }

    fn or(self, other: Self) -> Self {
        Self {
            id: self.id || other.id,
            known_to: self.known_to || other.known_to,
            place: self.place || other.place,
        }
    }
}

fn of_policy(policy: &Policy) -> Looks {
    policy
        .to_json()
        .map_or(Looks::EVERYTHING, |parsed| of_parsed(&parsed))
}

/// From a policy as Cedar has parsed it: whatever is read by the name of one of a person's attributes is looked at, unless it is
/// read of the caller, or compared with what is known of the caller alone.
fn of_parsed(parsed: &Value) -> Looks {
    match parsed {
        Value::Object(fields) => {
            let is_about_caller = of_both(fields.get("=="), "person", "id", true)
                || of_both(fields.get("contains"), "organisation", "knownTo", false);
            if is_about_caller {
                return Looks::default();
            }
            let names_person = Looks {
                id: fields.get("type") == Some(&json!("Person")),
                ..Looks::default()
            };
            let read = [".", "has"].into_iter().filter_map(|how| fields.get(how));
            read.map(of_attribute)
                .chain(fields.values().map(of_parsed))
                .fold(names_person, Looks::or)
        }
        Value::Array(all) => all.iter().map(of_parsed).fold(Looks::default(), Looks::or),
        _ => Looks::default(),
    }
}

fn of_attribute(read: &Value) -> Looks {
    if read.get("left") == Some(&json!({ "Var": "principal" })) {
        return Looks::default();
    }
    let is = |name: &str| read.get("attr") == Some(&json!(name));
    Looks {
        id: is("id"),
        known_to: is("knownTo"),
        place: is("locality") || is("council"),
    }
}

/// Whether an operation is about an attribute of the caller and one of the resource, the resource's on the left or, where it does
/// not matter, on either side.
fn of_both(sides: Option<&Value>, own: &str, other: &str, either: bool) -> bool {
    let attribute = |of: &str, name: &str| json!({ ".": { "left": { "Var": of }, "attr": name } });
    let (own, other) = (attribute("principal", own), attribute("resource", other));
    sides.is_some_and(|sides| {
        let are = |left: &Value, right: &Value| {
            sides.get("left") == Some(left) && sides.get("right") == Some(right)
        };
        are(&other, &own) || (either && are(&own, &other))
    })
}
