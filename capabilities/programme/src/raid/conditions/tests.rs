use stour_register::{Around, lint};

use super::{ASSUMPTION, CONSTRAINT, OUTSIDE};
use crate::registers::REGISTER;
use crate::testing::entry;

#[test]
fn an_assumption_and_what_is_outside_lack_an_owner_until_there_is_one() {
    let around = Around::new(vec![
        entry(ASSUMPTION, 1, [("text", "People come")]),
        entry(OUTSIDE, 2, [("title", "The beds")]),
        entry(CONSTRAINT, 3, [("text", "The budget")]),
    ]);
    let found = lint(&REGISTER, &around, "2026-11-24".parse().unwrap());
    let missing = found
        .iter()
        .filter(|one| one.is_missing && one.field == "owner");
    let kinds: Vec<&str> = missing.map(|one| one.kind).collect();
    assert_eq!(kinds, [ASSUMPTION.name, OUTSIDE.name]);
}
