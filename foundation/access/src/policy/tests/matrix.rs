//! Every combination of what policies can see, against the oracle.

use super::oracle;
use super::world::{Case, actions_on, actors, resources};
use crate::policy::Policies;
use crate::purpose::Purpose;

#[test]
fn every_decision_agrees_with_the_oracle() {
    let policies = Policies::embedded().unwrap();
    let actors = actors(&["RBD", "R0D", "NBC"], &[None, Some(1), Some(2)]);
    let resources = resources(&[None, Some("north-poole")]);
    let half = actors.len() / 2;
    let (decisions, allowed) = std::thread::scope(|scope| {
        let first = scope.spawn(|| agree(&policies, &actors[..half], &resources));
        let second = agree(&policies, &actors[half..], &resources);
        let first = first.join().unwrap();
        (first.0 + second.0, first.1 + second.1)
    });
    assert!(decisions >= 200_000, "{decisions} decisions");
    assert!(
        allowed * 100 < decisions * 10,
        "{allowed} of {decisions} allowed: far more than expected"
    );
}

fn agree(
    policies: &Policies,
    actors: &[crate::Actor],
    resources: &[crate::Resource],
) -> (usize, usize) {
    let (mut decisions, mut allowed) = (0, 0);
    for (number, actor) in actors.iter().enumerate() {
        for (other, resource) in resources.iter().enumerate() {
            let parties = policies.parties(actor, resource).unwrap();
            for (third, action) in actions_on(resource).enumerate() {
                // The full product has over a million decisions. One purpose of the five for each, in turn, keeps every
                // combination of the rest; the mutants are tried with all five.
                for (fourth, purpose) in Purpose::ALL.into_iter().enumerate() {
                    if (number + other * 2 + third * 3 + fourth) % 5 != 0 {
                        continue;
                    }
                    let case = Case {
                        actor,
                        resource,
                        action,
                        purpose,
                    };
                    let decision = policies.ask(&parties, action, purpose);
                    let expected = oracle::allows(&case);
                    assert!(!decision.alarm, "{actor:?} {action} {resource:?} {purpose}");
                    assert_eq!(
                        decision.allowed, expected,
                        "{actor:?} {action} {resource:?} {purpose}: {decision:?}"
                    );
                    decisions += 1;
                    allowed += usize::from(expected);
                }
            }
        }
    }
    (decisions, allowed)
}
