use super::lint;
use crate::testing::{BOARD, REGISTER, RISK, around, entry, today};

#[test]
fn what_is_missing_unknown_or_absent_is_found_and_nothing_else() {
    let mut all = around();
    all.put(entry(
        &RISK,
        3,
        &[
            ("title", "Third"),
            ("owner", "Sponsors; Mr X"),
            ("within", "9"),
            ("related", "1, 7"),
            ("channel", "pigeon"),
            ("closed", "yes"),
            ("cost", "5"),
        ],
    ));
    all.put(entry(&BOARD, 2, &[]));
    let told: Vec<String> = lint(&REGISTER, &all, today())
        .into_iter()
        .map(|finding| {
            let is_missing = if finding.is_missing { " (missing)" } else { "" };
            format!(
                "{} {}: {}{is_missing}",
                finding.reference, finding.field, finding.message
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "B2 title: Name is missing (missing)",
            "R1 owner: Owner is missing (missing)",
            "R2 owner: Owner is missing (missing)",
            "R3 owner: Owner: nobody knows “Mr X”",
            "R3 channel: Channel: the list has no code “pigeon”",
            "R3 within: Board is not there: B9 (no longer there)",
            "R3 related: Related risks is not there: R7 (no longer there)",
            "R3 cost: A risk that is closed costs nothing any more",
        ]
    );
}

#[test]
fn what_is_complete_has_no_findings() {
    let mut all = around();
    for number in [1, 2] {
        let mut whole = all.entry("risk", number).unwrap().clone();
        whole.values.set("owner", "Programme Board");
        all.put(whole);
    }
    assert_eq!(lint(&REGISTER, &all, today()), []);
}
