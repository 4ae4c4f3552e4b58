use stour_register::{Around, Entry};

use super::RELATION;
use crate::testing::entry;

fn relation(number: i64, from: &str, kind: &str, to: &str) -> Entry {
    let fields = [
        ("says", "as the paper has it"),
        ("from", from),
        ("relation-kind", kind),
        ("to", to),
    ];
    entry(RELATION, number, fields)
}

fn wrong(entry: &Entry, around: &Around) -> Vec<String> {
    let errors = (RELATION.check)(&entry.values, around);
    errors.into_iter().map(|error| error.field).collect()
}

#[test]
fn authority_does_not_go_round_in_a_circle() {
    let around = Around::new(vec![
        relation(1, "1", "authority", "2"),
        relation(2, "2", "authority", "3"),
    ]);
    assert_eq!(wrong(&relation(3, "3", "authority", "1"), &around), ["to"]);
    assert_eq!(wrong(&relation(3, "2", "authority", "1"), &around), ["to"]);
    assert!(wrong(&relation(3, "3", "advisory", "1"), &around).is_empty());
    assert!(wrong(&relation(3, "1", "authority", "3"), &around).is_empty());
}

#[test]
fn the_entry_that_is_changed_does_not_stand_in_its_own_way() {
    let stored = relation(1, "1", "authority", "2");
    let mut around = Around::new(vec![stored.clone()]);
    around.of = Some(stored.id);
    assert!(wrong(&relation(1, "2", "authority", "1"), &around).is_empty());
}

#[test]
fn no_board_stands_over_itself_and_nothing_ends_before_it_starts() {
    let around = Around::default();
    assert_eq!(wrong(&relation(1, "4", "support", "4"), &around), ["to"]);
    let mut ends_first = relation(1, "1", "support", "2");
    ends_first.values.set("starts", "2014-01");
    ends_first.values.set("ends", "2013-12");
    assert_eq!(wrong(&ends_first, &around), ["ends"]);
    ends_first.values.set("ends", "2014-01");
    assert!(wrong(&ends_first, &around).is_empty());
}
