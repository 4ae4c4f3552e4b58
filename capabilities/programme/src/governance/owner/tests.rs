use stour_register::Around;

use super::owners;
use crate::governance::{board, role};
use crate::testing::entry;

#[test]
fn whoever_is_named_in_the_registers_owns_by_every_name_once() {
    let sponsors = [
        ("title", "Sponsoring Group"),
        ("also-called", "Sponsors; sponsoring group ;"),
    ];
    let owner = [
        ("title", "Senior Responsible Owner"),
        ("also-called", "SRO"),
    ];
    let entries = vec![
        entry(board::BOARD, 1, sponsors),
        entry(role::ROLE, 1, owner),
        entry(role::HOLDER, 1, [("name", "Debbie Ward"), ("role", "1")]),
        entry(board::RELATION, 1, [("says", "nobody")]),
    ];
    assert_eq!(
        owners(&Around::new(entries)),
        [
            "Debbie Ward",
            "Senior Responsible Owner",
            "Sponsoring Group",
            "Sponsors",
            "SRO"
        ]
    );
    assert!(owners(&Around::default()).is_empty());
}
