use super::*;
use crate::benefit::testing::{around, course, entry, measured as beside};

fn benefit(number: i64, fields: &[(&str, &str)]) -> stour_register::Entry {
    entry("benefit", number, fields)
}

#[test]
fn it_is_ahead_overall_and_behind_on_the_wait() {
    let around = around([
        benefit(
            1,
            &[
                ("title", "Annual benefit"),
                ("overall", "yes"),
                ("direction", "increase"),
            ],
        ),
        entry(
            "trajectory",
            1,
            &[("benefit", "1"), ("on", "2025-10-06"), ("value", "12.54")],
        ),
        benefit(
            2,
            &[
                ("title", "Wait"),
                ("short", "the wait with a package"),
                ("direction", "decrease"),
                ("baseline", "9.7"),
                ("target", "8.07"),
            ],
        ),
        benefit(
            3,
            &[
                ("title", "Referrals"),
                ("direction", "increase"),
                ("baseline", "594"),
            ],
        ),
        benefit(4, &[("title", "Not measured")]),
    ]);
    let glance = Glance::of(vec![
        beside(&around, 1, Some(course(&[("2025-10-06", 12.87)]))),
        beside(&around, 2, Some(course(&[("2025-10-06", 9.64)]))),
        beside(&around, 3, Some(course(&[("2025-12-01", 649.0)]))),
        beside(&around, 4, None),
    ]);
    assert_eq!(
        glance.sentence,
        "Ahead overall, behind on the wait with a package"
    );
    let counts = Counts {
        ahead: 1,
        behind: 1,
        without_target: 1,
        not_measured: 1,
        as_expected: 0,
    };
    assert_eq!(glance.counts(), counts);
}

#[test]
fn what_got_worse_without_a_target_is_said() {
    let around = around([benefit(
        1,
        &[
            ("title", "Referrals"),
            ("short", "referrals"),
            ("direction", "increase"),
            ("baseline", "594"),
        ],
    )]);
    let glance = Glance::of(vec![beside(
        &around,
        1,
        Some(course(&[("2025-12-01", 500.0)])),
    )]);
    assert_eq!(glance.sentence, "Worse than before on referrals");
}

#[test]
fn nothing_is_claimed_of_what_is_not_measured() {
    assert_eq!(
        Glance::of(Vec::new()).sentence,
        "No benefit is in the register yet"
    );
    let around = around([benefit(1, &[("title", "A"), ("overall", "yes")])]);
    let glance = Glance::of(vec![beside(&around, 1, None)]);
    assert_eq!(glance.sentence, "No benefit has been measured yet");
}
