use proptest::prelude::*;
use stour_register::Entry;

use super::{Trend, scores, trend};
use crate::raid::risk::KIND;
use crate::testing::entry;

fn version(version: i64, likelihood: &str, impact: &str) -> Entry {
    let fields = [
        ("description", "It rains"),
        ("likelihood", likelihood),
        ("impact", impact),
    ];
    Entry {
        version,
        why: format!("version {version}"),
        ..entry(KIND, 1, fields)
    }
}

#[test]
fn only_versions_that_change_the_score_count_whatever_their_order() {
    let versions = [
        version(4, "4", "4"),
        version(3, "3", "4"),
        version(1, "", "4"),
        version(2, "3", "4"),
    ];
    let all = scores(&versions);
    let said: Vec<(u8, &str)> = all
        .iter()
        .map(|one| (one.score.number(), one.why.as_str()))
        .collect();
    assert_eq!(said, [(12, "version 2"), (16, "version 4")]);
    assert_eq!(trend(&all), Trend::Worse(12));
}

#[test]
fn a_trend_says_where_from() {
    let of = |steps: &[(&str, &str)]| {
        let versions: Vec<Entry> = (1..)
            .zip(steps)
            .map(|(number, (likelihood, impact))| version(number, likelihood, impact))
            .collect();
        trend(&scores(&versions))
    };
    assert_eq!(of(&[]), Trend::Unscored);
    assert_eq!(of(&[("2", "2")]), Trend::New);
    assert_eq!(of(&[("2", "2"), ("2", "2")]), Trend::New);
    assert_eq!(of(&[("4", "4"), ("2", "4")]), Trend::Better(16));
    assert_eq!(of(&[("1", "4"), ("2", "2")]), Trend::Level);
    assert_eq!(Trend::Better(16).words(), "▼ Better, was 16");
}

proptest! {
    #[test]
    fn no_two_scores_that_follow_each_other_are_the_same(
        steps in prop::collection::vec((0_u8..6, 1_u8..6), 0..12),
    ) {
        let versions: Vec<Entry> = (1..).zip(&steps).map(|(number, (likelihood, impact))| {
            version(number, &likelihood.to_string(), &impact.to_string())
        }).collect();
        let all = scores(&versions);
        prop_assert!(all.windows(2).all(|pair| pair[0].score != pair[1].score));
        let last = steps.iter().rev().find(|(likelihood, _)| *likelihood > 0);
        prop_assert_eq!(all.last().map(|one| one.score.number()), last.map(|(a, b)| a * b));
    }
}
