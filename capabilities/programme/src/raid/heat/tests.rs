use proptest::prelude::*;

use super::heat;
use crate::raid::risk::{KIND, Risk};
use crate::testing::entry;

fn risk(number: i64, likelihood: u8, impact: u8) -> Risk {
    let (likelihood, impact) = (likelihood.to_string(), impact.to_string());
    let fields = [
        ("description", "It rains"),
        ("likelihood", likelihood.as_str()),
        ("impact", impact.as_str()),
        ("status", "open"),
    ];
    Risk::read(&entry(KIND, number, fields))
}

fn on() -> stour_kernel::Date {
    "2026-11-27".parse().unwrap()
}

#[test]
fn the_message_counts_the_worst_band_that_any_risk_is_in() {
    let title = |risks: &[Risk]| heat(&risks.iter().collect::<Vec<_>>(), on()).title;
    assert_eq!(title(&[]), "No open risk has a score");
    let risks = [risk(1, 3, 4), risk(2, 3, 3), risk(3, 1, 1), risk(4, 0, 0)];
    assert_eq!(title(&risks), "2 of 4 open risks are high");
    assert_eq!(
        title(&[risk(1, 5, 5), risk(2, 3, 4)]),
        "One of 2 open risks is extreme"
    );
}

proptest! {
    #[test]
    fn every_scored_risk_is_in_its_own_cell_and_in_no_other(
        steps in prop::collection::vec((0_u8..6, 0_u8..6), 0..30),
    ) {
        let risks: Vec<Risk> = (1..).zip(&steps)
            .map(|(number, (likelihood, impact))| risk(number, *likelihood, *impact)).collect();
        let matrix = heat(&risks.iter().collect::<Vec<_>>(), on());
        for likelihood in 1..=5_u8 {
            for impact in 1..=5_u8 {
                let cell = &matrix.cells[usize::from(likelihood - 1)][usize::from(impact - 1)];
                let expected: Vec<String> = (1..).zip(&steps)
                    .filter(|(_, step)| **step == (likelihood, impact))
                    .map(|(number, _): (i64, _)| format!("R{number}")).collect();
                prop_assert_eq!(&cell.names, &expected);
            }
        }
        let counted: usize = matrix.cells.iter().flatten().map(|cell| cell.names.len()).sum();
        let scored = steps.iter().filter(|(a, b)| *a > 0 && *b > 0).count();
        prop_assert_eq!(counted, scored);
    }
}
