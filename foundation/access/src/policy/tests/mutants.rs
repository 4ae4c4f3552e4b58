//! Whether the matrix would notice a wrong policy: each policy is damaged in every small way, and the oracle must
//! disagree with the result.

use cedar_policy::{Policy, PolicyId, PolicySet, Request};
use serde_json::{Value, json};

use super::oracle;
use super::world::{Case, actions_on, actors, person_id, resources};
use crate::actor::Actor;
use crate::policy::Policies;
use crate::policy::decide::Parties;
use crate::purpose::Purpose;

/// Prime, so that steps of it visit every question.
const STRIDE: usize = 7919;

/// Damage that changes no answer. On a ward there is one action, so any action is that action.
const EQUIVALENT: &[&str] = &["wards/own-wards: any action"];

struct Mutant {
    what: String,
    /// The policy's text before it was damaged.
    text: String,
    set: PolicySet,
}

/// Every way to damage one expression or list: drop half of a condition, turn it round, swap a constant, leave out one
/// element.
fn variants(value: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    match value {
        Value::Object(map) => {
            for operator in ["&&", "||"] {
                if let Some(sides) = map.get(operator) {
                    found.push((format!("left of {operator} alone"), sides["left"].clone()));
                    found.push((format!("right of {operator} alone"), sides["right"].clone()));
                    let other = if operator == "&&" { "||" } else { "&&" };
                    found.push((
                        format!("{operator} becomes {other}"),
                        json!({ other: sides }),
                    ));
                }
            }
            if let Some(sides) = map.get("==") {
                found.push(("== becomes !=".to_owned(), json!({ "!=": sides })));
            }
            if let Some(Value::Array(elements)) = map.get("Set") {
                for (number, element) in elements.iter().enumerate() {
                    let mut rest = elements.clone();
                    rest.remove(number);
                    found.push((format!("without {element}"), json!({ "Set": rest })));
                }
            }
            if let Some(Value::String(constant)) = map.get("Value") {
                found.push((
                    format!("{constant:?} swapped"),
                    json!({ "Value": "something-else" }),
                ));
            }
            for (key, inner) in map {
                for (what, variant) in variants(inner) {
                    let mut changed = map.clone();
                    changed.insert(key.clone(), variant);
                    found.push((what, Value::Object(changed)));
                }
            }
        }
        Value::Array(elements) => {
            for (number, inner) in elements.iter().enumerate() {
                for (what, variant) in variants(inner) {
                    let mut changed = elements.clone();
                    changed[number] = variant;
                    found.push((what, Value::Array(changed)));
                }
            }
        }
        _ => {}
    }
    found
}

fn policy_variants(policy: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    let flipped = if policy["effect"] == "permit" {
        "forbid"
    } else {
        "permit"
    };
    let mut changed = policy.clone();
    changed["effect"] = json!(flipped);
    found.push(("effect flipped".to_owned(), changed));
    let conditions = policy["conditions"].as_array().unwrap();
    for number in 0..conditions.len() {
        let mut changed = policy.clone();
        changed["conditions"].as_array_mut().unwrap().remove(number);
        found.push((format!("condition {number} dropped"), changed));
        for (what, variant) in variants(&conditions[number]) {
            let mut changed = policy.clone();
            changed["conditions"][number] = variant;
            found.push((what, changed));
        }
    }
    for scope in ["action", "resource"]
        .into_iter()
        .filter(|scope| policy[scope]["op"] != "All")
    {
        let mut changed = policy.clone();
        changed[scope] = json!({ "op": "All" });
        found.push((format!("any {scope}"), changed));
    }
    let actions = policy["action"]["entities"].as_array().map_or(0, Vec::len);
    for number in 0..actions {
        let mut changed = policy.clone();
        changed["action"]["entities"]
            .as_array_mut()
            .unwrap()
            .remove(number);
        found.push((format!("action {number} left out"), changed));
    }
    found
}

fn mutants(policies: &Policies) -> Vec<Mutant> {
    let all: Vec<Policy> = policies.set().policies().cloned().collect();
    let with = |id: &PolicyId, replacement: Option<Policy>| {
        let rest = all.iter().filter(|policy| policy.id() != id).cloned();
        PolicySet::from_policies(rest.chain(replacement)).unwrap()
    };
    let mut found = Vec::new();
    for policy in &all {
        let id = policy.id();
        let text = policy.to_string();
        found.push(Mutant {
            what: format!("{id}: deleted"),
            text: text.clone(),
            set: with(id, None),
        });
        let original = policy.to_json().unwrap();
        for (what, json) in policy_variants(&original) {
            if json == original {
                continue;
            }
            let replacement = Policy::from_json(Some(id.clone()), json).unwrap();
            let set = with(id, Some(replacement));
            found.push(Mutant {
                what: format!("{id}: {what}"),
                text: text.clone(),
                set,
            });
        }
    }
    found
}

/// One question, ready to be put to any set of policies, and its right answer.
struct Question {
    parties: usize,
    request: Request,
    allowed: bool,
    action: String,
    roles: Vec<String>,
}

/// Everything that policies look at, varied; nothing else.
fn questions(policies: &Policies) -> (Vec<Parties>, Vec<Question>) {
    let clearance = |actor: &Actor| actor.roles.len() < 2 || actor.roles[1] == "restricted-records";
    let actors = actors(&["RBD"], &[Some(1), Some(2)]);
    let few = ["adviser", "ward", "service-manager"];
    let actors = actors.iter().filter(|actor| {
        let plain = actor.roles.len() < 2 && actor.active;
        // Whose record it is matters to residents, and must not matter to others: one of those is enough.
        let linked = actor.person == Some(person_id(1));
        let about_own = ["resident", "adviser", "governance"]
            .iter()
            .any(|role| actor.has_role(role));
        if linked && !about_own {
            return false;
        }
        plain
            || (clearance(actor)
                && actor
                    .roles
                    .first()
                    .is_some_and(|role| few.contains(&role.as_str())))
    });
    let (mut parties, mut questions) = (Vec::new(), Vec::new());
    for actor in actors {
        for resource in &resources(&[None]) {
            let these = policies.parties(actor, resource).unwrap();
            for action in actions_on(resource) {
                for purpose in Purpose::ALL {
                    let request = policies.request(&these, action, purpose).unwrap();
                    let allowed = oracle::allows(&Case {
                        actor,
                        resource,
                        action,
                        purpose,
                    });
                    questions.push(Question {
                        parties: parties.len(),
                        request,
                        allowed,
                        action: format!("Action::\"{action}\""),
                        roles: actor
                            .roles
                            .iter()
                            .map(|role| format!("\"{role}\""))
                            .collect(),
                    });
                }
            }
            parties.push(these);
        }
    }
    (parties, questions)
}

#[test]
fn the_matrix_notices_damaged_policies() {
    let policies = Policies::embedded().unwrap();
    let (parties, mut questions) = questions(&policies);
    let (mut tried, mut refused, mut survivors) = (0, 0, Vec::new());
    let mut about = String::new();
    for mutant in mutants(&policies) {
        if mutant.text != about {
            about = mutant.text;
            // Questions of the policy's own actions and roles are likely to notice: ask them first.
            questions.sort_by_cached_key(|question| {
                let role = question.roles.iter().any(|role| about.contains(role));
                (!about.contains(&question.action), !role)
            });
        }
        let Ok(damaged) = Policies::with_set(mutant.set) else {
            refused += 1;
            continue;
        };
        tried += 1;
        let differs = |place: usize| {
            let question = &questions[place];
            let decision = damaged.answer(&question.request, &parties[question.parties]);
            decision.alarm || decision.allowed != question.allowed
        };
        // In order, and scattered over all of them at the same time.
        let scattered = |place: usize| place * STRIDE % questions.len();
        let noticed = (0..questions.len()).find_map(|place| {
            [place, scattered(place)]
                .into_iter()
                .find(|place| differs(*place))
        });
        match noticed {
            // What noticed this mutant is likely to notice the next, which is usually of the same policy.
            Some(position) => questions[..=position].rotate_right(1),
            None => survivors.push(mutant.what),
        }
    }
    println!(
        "{} questions, {tried} mutants, {refused} more refused when loading",
        questions.len()
    );
    assert!(tried >= 60, "only {tried} mutants");
    assert_eq!(survivors, EQUIVALENT, "of {tried} mutants");
}
