use stour_kernel::PersonId;

use super::{Relation, Relationship, told_once};

const ID: &str = "0193a1b2-0000-7000-8000-00000000ffff";

fn person(number: u8) -> PersonId {
    format!("0193a1b2-0000-7000-8000-0000000000{number:02x}")
        .parse()
        .unwrap()
}

/// That one is something to another.
fn related(one: u8, kind: &str, other: u8, ends: Option<&str>) -> Relationship {
    Relationship {
        id: ID.parse().unwrap(),
        relation: Relation {
            person: person(one),
            kind: kind.parse().unwrap(),
            other: person(other),
            starts: "2026-01-01".parse().unwrap(),
            source: "RBD".parse().unwrap(),
        },
        ends: ends.map(|day| day.parse().unwrap()),
    }
}

/// What is kept on the record of the first person: who, and what.
fn kept(all: &[Relationship]) -> Vec<(PersonId, String)> {
    told_once(all, person(1))
        .into_iter()
        .map(|one| (one.relation.person, one.relation.kind.to_string()))
        .collect()
}

#[test]
fn what_two_people_say_of_each_other_is_told_once() {
    for (kind, back) in [
        ("spouse-or-partner", "spouse-or-partner"),
        ("sibling", "sibling"),
        ("parent", "child"),
        ("child", "parent"),
    ] {
        let (to, from) = (related(2, kind, 1, None), related(1, back, 2, None));
        let expected = [(person(2), kind.to_owned())];
        assert_eq!(kept(&[to.clone(), from.clone()]), expected, "{kind}");
        assert_eq!(kept(&[from.clone(), to]), expected, "{kind}");
        assert_eq!(kept(&[from]), [(person(1), back.to_owned())], "said alone");
    }
}

#[test]
fn what_does_not_follow_is_told_as_well() {
    let both = [
        related(2, "parent", 1, None),
        related(1, "parent", 2, None),
        related(2, "carer", 1, None),
        related(1, "carer", 2, None),
        related(3, "child", 1, None),
    ];
    assert_eq!(kept(&both).len(), 5, "contradictions and carers stand");
    let ended = [
        related(2, "spouse-or-partner", 1, Some("2026-06-01")),
        related(1, "spouse-or-partner", 2, None),
    ];
    assert_eq!(kept(&ended).len(), 2, "they do not say the same");
}
