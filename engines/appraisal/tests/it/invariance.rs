//! What must not change the answer.

use proptest::prelude::*;
use stour_appraisal::{Appraisal, Case, Draws, appraise, sensitivity, simulate};
use stour_kernel::Pence;

use crate::document;

fn worked(text: &str) -> Appraisal {
    appraise(&Case::read(text).unwrap_or_else(|wrong| panic!("{wrong}"))).unwrap()
}

/// Everything that is made of a case, as text.
fn told(text: &str) -> String {
    let case = Case::read(text).unwrap();
    let draws = Draws {
        count: 300.try_into().unwrap(),
        seed: 1,
        threads: 2.try_into().unwrap(),
    };
    let all = (
        appraise(&case).unwrap(),
        sensitivity(&case, false),
        simulate(&case, draws, &|_| {}),
    );
    serde_json::to_string(&all).unwrap()
}

/// The example with its tables in another order.
fn shuffled(order: &[usize]) -> String {
    let text = document("reablement.toml");
    let mut blocks: Vec<String> = Vec::new();
    for line in text.lines() {
        if line.starts_with("[[") || blocks.is_empty() {
            blocks.push(String::new());
        }
        let block = blocks.last_mut().unwrap();
        block.push_str(line);
        block.push('\n');
    }
    let head = blocks.remove(0);
    let mut keyed: Vec<(usize, String)> = order
        .iter()
        .copied()
        .chain(std::iter::repeat(0))
        .zip(blocks)
        .collect();
    keyed.sort_by_key(|(key, _)| *key);
    head + &keyed
        .into_iter()
        .map(|(_, block)| block)
        .collect::<String>()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_lines_changes_nothing(order in proptest::collection::vec(0_usize..1_000, 20)) {
        prop_assert_eq!(told(&document("reablement.toml")), told(&shuffled(&order)));
    }

    #[test]
    fn in_another_currency_unit_everything_is_so_many_times_larger(times in 2_i64..50) {
        let text = document("reablement.toml");
        let mut larger = String::new();
        for part in text.split_inclusive('"') {
            match part.strip_suffix('"').filter(|amount| amount.starts_with('£')) {
                Some(amount) => {
                    let pence = amount.parse::<Pence>().unwrap().checked_mul(times).unwrap();
                    larger.push_str(&pence.to_string());
                    larger.push('"');
                }
                None => larger.push_str(part),
            }
        }
        let (one, other) = (worked(&text), worked(&larger));
        // Each of the ten cells, and its present value, is rounded to half a penny.
        let slack = 10 * (times + 1);
        for (one, other) in [(&one.financial, &other.financial), (&one.public_value, &other.public_value)] {
            let difference = other.net_present_value.as_i64() - times * one.net_present_value.as_i64();
            prop_assert!(difference.abs() <= slack, "{difference}");
        }
    }
}

#[test]
fn every_total_is_the_sum_of_what_is_shown() {
    let found = worked(&document("reablement.toml"));
    let sum = |amounts: Vec<Pence>| Pence::checked_sum(amounts).unwrap();
    let partners = |of: fn(&stour_appraisal::Verdict) -> Pence| {
        sum(found
            .partners
            .iter()
            .map(|one| of(&one.public_value))
            .collect())
    };
    assert_eq!(partners(|one| one.costs), found.public_value.costs);
    assert_eq!(partners(|one| one.benefits), found.public_value.benefits);
    assert_eq!(
        partners(|one| one.net_present_value),
        found.public_value.net_present_value
    );
    assert_eq!(
        partners(|one| one.cashable_benefits),
        found.public_value.cashable_benefits
    );
    let rows = found.matrix.rows.iter();
    assert_eq!(
        sum(rows.clone().map(|row| row.total_gains).collect()),
        found.public_value.benefits
    );
    assert_eq!(
        sum(rows.map(|row| row.pays).collect()),
        found.public_value.costs
    );
    for line in &found.lines {
        assert_eq!(
            sum(line.cells.iter().map(|cell| cell.present_value).collect()),
            line.present_value
        );
        assert_eq!(
            sum(line.cells.iter().map(|cell| cell.amount).collect()),
            line.total
        );
    }
}
