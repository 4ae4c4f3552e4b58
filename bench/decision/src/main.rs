//! What one decision of the sharing policies costs, in microseconds of CPU on one thread:
//! `cargo run --release -p stour-bench-decision`.

use std::error::Error;
use std::io::Write as _;
use std::time::Instant;

use stour_access::{Actor, PersonFacts, Policies, Purpose, Resource};
use stour_kernel::{Environment, OdsCode};

const ROUNDS: u32 = 20_000;

fn main() -> Result<(), Box<dyn Error>> {
    let environment = Environment::system();
    let policies = Policies::embedded()?;
    let organisation: OdsCode = "RDY".parse()?;
    let actor = Actor {
        user: environment.id(),
        name: "Measured".to_owned(),
        organisation,
        roles: vec!["practitioner".to_owned()],
        teams: Vec::new(),
        locality: None,
        person: None,
        active: true,
        session: None,
    };
    let known_to = ["RBD", "R0D", "RDY"]
        .map(str::parse)
        .into_iter()
        .collect::<Result<_, _>>()?;
    let person = PersonFacts {
        id: environment.id(),
        restricted: false,
        objection: false,
        known_to,
        locality: None,
        council: None,
    };
    let (resource, action) = (Resource::Person(person), "person.read".parse()?);
    let start = Instant::now();
    let allowed = (0..ROUNDS)
        .filter(|_| {
            policies
                .decide(&actor, action, &resource, Purpose::DirectCare)
                .allowed
        })
        .count();
    let each = start.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS);
    writeln!(
        std::io::stdout(),
        "{each:.1} µs a decision; {allowed} of {ROUNDS} allowed"
    )?;
    Ok(())
}
