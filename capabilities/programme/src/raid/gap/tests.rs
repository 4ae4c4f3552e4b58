use stour_register::Around;

use super::gaps;
use crate::governance::role::ROLE;
use crate::raid::{issue, response, risk};
use crate::testing::entry;

#[test]
fn what_is_open_and_lacks_something_is_told_with_what_it_lacks() {
    let whole = [
        ("description", "It rains"),
        ("likelihood", "3"),
        ("impact", "4"),
        ("owner", "SRO"),
        ("action", "Umbrellas"),
        ("action-owner", "SRO"),
        ("status", "open"),
    ];
    let mut without = whole;
    without[3].1 = "";
    let mut closed = without;
    closed[6].1 = "passed";
    let mut unknown = whole;
    unknown[5].1 = "Nobody in Particular";
    let late = [("action", "Look up"), ("risk", "1"), ("owner", "SRO")];
    let done = [
        ("action", "Look down"),
        ("risk", "1"),
        ("done", "2026-01-01"),
    ];
    let around = Around::new(vec![
        entry(ROLE, 1, [("title", "Senior owner"), ("also-called", "SRO")]),
        entry(risk::KIND, 1, whole),
        entry(risk::KIND, 2, without),
        entry(risk::KIND, 3, closed),
        entry(risk::KIND, 4, unknown),
        entry(
            issue::KIND,
            1,
            [("description", "It rained"), ("status", "open")],
        ),
        entry(response::RESPONSE, 1, late),
        entry(response::RESPONSE, 2, done),
    ]);
    let gaps = gaps(&around, "2026-11-27".parse().unwrap());
    let ownerless: Vec<bool> = gaps.iter().map(|gap| gap.is_ownerless).collect();
    assert_eq!(ownerless, [true, false, true, false]);
    let told: Vec<(String, String)> = gaps
        .into_iter()
        .map(|gap| (gap.reference, gap.found.join("; ")))
        .collect();
    let expected = [
        ("R2", "Owner is missing"),
        ("R4", "Action owner: nobody knows “Nobody in Particular”"),
        (
            "I1",
            "Priority is missing; Owner is missing; Action is missing; Action owner is missing",
        ),
        ("RS1", "Due day is missing"),
    ];
    assert_eq!(
        told,
        expected.map(|(one, all)| (one.to_owned(), all.to_owned()))
    );
}
