use super::{Counts, Shown, headline, rate};

/// A group of so many records, of which so many were held.
const fn group(label: &str, all: u64, held: u64, is_held: bool) -> Shown<'_> {
    let counts = Counts {
        all,
        matched: all - held,
        held,
        new: 0,
    };
    Shown {
        label,
        counts,
        is_held,
    }
}

#[test]
fn of_groups_that_are_withheld_it_is_not_said_that_none_stands_out() {
    let said = |groups: &[Shown<'_>]| headline(groups, rate(20, 200), "Source");
    let alike = |is_held| {
        [
            group("One", 100, 10, false),
            group("Other", 100, 10, is_held),
        ]
    };
    assert_eq!(said(&alike(false)), "Source: no group stands out");
    let expected = "Source: too many groups are withheld to say";
    assert_eq!(said(&alike(true)), expected);
    let all = [group("One", 7, 1, true), group("Other", 5, 1, true)];
    assert_eq!(said(&all), expected);
    let out = [group("One", 100, 60, false), group("Other", 5, 1, true)];
    assert_eq!(said(&out), "Source: “One” is held most often");
}
