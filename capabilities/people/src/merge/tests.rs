use stour_kernel::{Environment, PersonId};

use super::leading_to;

#[test]
fn a_chain_of_merges_leads_to_its_end() {
    let environment = Environment::fixed("2026-11-24T09:00:00Z");
    let people: Vec<PersonId> = (0..5).map(|_| environment.id()).collect();
    let edges = [
        (people[0], people[1]),
        (people[1], people[2]),
        (people[4], people[3]),
    ];
    let lead = |place: usize| {
        let mut found = leading_to(people[place], &edges);
        assert_eq!(found[0], people[place]);
        found.sort();
        found
    };
    assert_eq!(lead(2), people[..3]);
    assert_eq!(lead(1), people[..2]);
    assert_eq!(lead(0), people[..1]);
    assert_eq!(lead(3), people[3..]);
}
