use super::*;
use crate::birth::{Birth, DateOrder};
use crate::record::{HomeParts, NameParts, Record};

fn store(rows: &[(&str, &str, &str, &str)]) -> Store {
    let mut store = Store::new(0);
    for (given, family, born, postcode) in rows {
        store.push(&Record {
            names: &[NameParts {
                given,
                middle: "",
                family,
            }],
            born: Birth::parse(born, DateOrder::DayFirst),
            homes: &[HomeParts {
                address: "",
                postcode,
            }],
            ..Record::default()
        });
    }
    store
}

#[test]
fn a_pair_is_found_by_whatever_it_shares() {
    let store = store(&[
        ("Anne", "Legg", "1941-03-12", "BH21 3AA"),
        ("Kevin", "Osmond", "1990-07-07", "DT4 7AA"),
        ("Legg", "Anne", "1941-12-03", "DT1 1AA"),
        ("Annie", "Crabb", "1941-03-12", "DT1 1AB"),
        ("Zachary", "Zebedee", "2001-02-03", ""),
    ]);
    assert_eq!(pairs_across(&store, 2), [(2, 0), (3, 0)]);
    assert_eq!(pairs_within(&store), [(0, 2), (0, 3)]);
}

#[test]
fn nothing_is_shared_by_what_is_missing() {
    let store = store(&[
        ("", "", "", ""),
        ("", "", "", ""),
        ("Baby", "", "1900-01-01", ""),
    ]);
    assert_eq!(pairs_within(&store), []);
}
