use stour_kernel::Environment;

use super::store::{family, normal};
use super::{Resident, is_shared};

fn lines(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn one_address_is_written_in_many_ways() {
    let wanted = normal(&lines(&["Flat 2, 1 High Street", "Poole"]));
    for written in [
        &["FLAT 2", "1 High Street", "POOLE"][..],
        &["Flat 2", "1 high street,", "Poole."],
    ] {
        assert_eq!(normal(&lines(written)), wanted, "{written:?}");
    }
    for other in [
        &["Flat 1", "1 High Street", "Poole"][..],
        &["1 High Street", "Poole"],
    ] {
        assert_ne!(normal(&lines(other)), wanted, "{other:?}");
    }
    assert_eq!(normal(&lines(&["", " - "])), "");
}

#[test]
fn a_large_family_is_a_household_and_many_families_are_not() {
    let environment = Environment::seeded("2026-11-24T09:00:00Z".parse().unwrap(), 1);
    let of = |names: &[&str]| -> Vec<Resident> {
        let resident = |name: &&str| Resident {
            person: environment.id(),
            family: family(name),
        };
        names.iter().map(resident).collect()
    };
    let smiths = of(&["Smith"; 12]);
    assert!(!is_shared("smith", &smiths, 5));
    let sharers = of(&["Ali", "Brown", "Cole", "Dean"]);
    assert!(!is_shared("smith", &sharers, 5), "five who share a house");
    let home = of(&["Ali", "Brown", "Cole", "Dean", "Evans", "SMITH"]);
    assert!(is_shared("smith", &home, 5));
    assert!(!is_shared("smith", &home, 6));
}
