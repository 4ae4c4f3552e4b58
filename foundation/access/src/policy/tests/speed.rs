//! What a decision costs: `cargo test --release -p stour-access -- --ignored --nocapture a_decision`.

use std::time::Instant;

use super::world::{actor, ods, person};
use crate::policy::Policies;
use crate::purpose::Purpose;
use crate::resource::{PersonFacts, Resource};

#[test]
#[ignore = "a measurement: run it in release"]
fn a_decision_costs_microseconds() {
    let policies = Policies::embedded().unwrap();
    let actor = actor(&["practitioner"]);
    let known_to = ["RBD", "R0D", "NBC"].map(ods).into_iter().collect();
    let resource = Resource::Person(PersonFacts {
        known_to,
        ..person()
    });
    let action = "person.read".parse().unwrap();
    let rounds = 20_000;
    let start = Instant::now();
    for _ in 0..rounds {
        assert!(
            policies
                .decide(&actor, action, &resource, Purpose::DirectCare)
                .allowed
        );
    }
    println!(
        "{:.1} µs a decision",
        start.elapsed().as_secs_f64() * 1e6 / f64::from(rounds)
    );
}
