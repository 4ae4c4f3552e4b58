//! The hand-worked example of the documentation, computed again and looked for there.

use stour_appraisal::{Case, appraise};
use stour_kernel::Pence;

use crate::{document, real, whole};

fn to_pence(pounds: f64) -> i64 {
    whole(pounds * 100.0)
}

#[test]
fn the_example_is_what_a_calculator_gives() {
    let found = appraise(&Case::read(&document("reablement.toml")).unwrap()).unwrap();
    let line = |id: &str| found.lines.iter().find(|line| line.id == id).unwrap();
    let cells = |id: &str| -> Vec<(i64, i64)> {
        let cells = line(id).cells.iter();
        cells
            .map(|cell| (cell.amount.as_i64(), cell.present_value.as_i64()))
            .collect()
    };
    let discounted = |amounts: &[i64], rate: f64, first: i32| -> Vec<(i64, i64)> {
        let years = (first..).zip(amounts);
        years
            .map(|(t, amount)| (*amount, whole(real(*amount) / (1.0 + rate).powi(t))))
            .collect()
    };
    let prices = 100.0 / 98.0;
    let days = |people: f64, timing: f64| {
        to_pence(people * 0.3 * 4.0 * 350.0 * 0.8 * timing * prices * 0.75)
    };
    let expected = [
        days(1000.0, 0.5),
        days(1020.0, 0.9_f64.sqrt()),
        days(1040.0, 0.9_f64.powf(1.5)),
    ];
    assert_eq!(cells("bed-days"), discounted(&expected, 0.035, 0));
    let hours =
        |people: f64, take_up: f64| to_pence(people * take_up * 30.0 * 24.5 * 0.7 * 0.95 * 0.6);
    assert_eq!(
        cells("home-care"),
        discounted(&[hours(1020.0, 0.3), hours(1040.0, 0.35)], 0.035, 1)
    );
    assert_eq!(
        cells("team"),
        discounted(&[19_800_000, 24_200_000, 24_200_000], 0.035, 0)
    );
    assert_eq!(
        cells("wellbeing"),
        discounted(&[3_000_000, 3_000_000], 0.015, 1)
    );
}

#[test]
fn the_documentation_shows_these_figures() {
    let found = appraise(&Case::read(&document("reablement.toml")).unwrap()).unwrap();
    let text = document("README.md");
    let shown = |amount: Pence, what: &str| {
        assert!(
            text.contains(&amount.to_string()),
            "{what}: the text lacks {amount}"
        );
    };
    for line in &found.lines {
        shown(line.present_value, &line.id);
        for cell in &line.cells {
            shown(cell.amount, &line.id);
            shown(cell.present_value, &line.id);
        }
    }
    for partner in &found.partners {
        shown(partner.public_value.net_present_value, &partner.id);
        assert!(text.contains(&partner.id), "{}", partner.id);
    }
    for verdict in [&found.financial, &found.public_value] {
        shown(verdict.costs, "costs");
        shown(verdict.benefits, "benefits");
        shown(verdict.net_present_value, "net");
        let ratio = format!("{:.3}", verdict.benefit_cost_ratio.value.unwrap());
        assert!(text.contains(&ratio), "the text lacks {ratio}");
    }
    for row in &found.matrix.rows {
        for gain in row.gains.iter().chain([&row.pays]) {
            shown(*gain, &row.payer);
        }
    }
}

#[test]
fn an_old_case_comes_to_the_same_penny() {
    // Recorded when the case was written: vintages that are added later must not move it.
    let found = appraise(&Case::read(&document("reablement.toml")).unwrap()).unwrap();
    let recorded = [65_772_602, 82_716_758, 16_944_156];
    let verdict = &found.public_value;
    let now = [verdict.costs, verdict.benefits, verdict.net_present_value].map(Pence::as_i64);
    assert_eq!(now, recorded);
}
