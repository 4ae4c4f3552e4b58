use proptest::prelude::*;
use stour_indicators::Cell;

use super::*;

fn rule() -> SmallNumbers {
    SmallNumbers {
        from: 1,
        to: 7,
        rule: String::new(),
    }
}

fn figures(counts: &[(i64, i64)]) -> Vec<Figure> {
    let figure = |(numerator, denominator): &(i64, i64)| Figure {
        cell: Cell {
            numerator: *numerator,
            denominator: *denominator,
            ..Cell::default()
        },
        population: None,
        estimate: Err(String::new()),
    };
    counts.iter().map(figure).collect()
}

fn counts(published: &[Published]) -> Vec<Option<i64>> {
    published
        .iter()
        .map(|shown| shown.figure().map(|figure| figure.cell.denominator))
        .collect()
}

fn shown(all: &[(i64, i64)], audience: Audience) -> Vec<Option<i64>> {
    counts(&publish(&rule(), figures(all), audience))
}

#[test]
fn counts_from_one_to_seven_are_withheld_with_one_that_would_give_them_away() {
    let counts = [(80, 100), (9, 20), (7, 12), (0, 0)];
    assert_eq!(
        shown(&counts, Audience::CountsOnly),
        [Some(100), None, None, Some(0)]
    );
    assert_eq!(
        shown(&counts, Audience::MayOpen),
        [Some(100), Some(20), Some(12), Some(0)]
    );
    assert_eq!(
        shown(&[(8, 8), (90, 100)], Audience::CountsOnly),
        [Some(8), Some(100)]
    );
    assert_eq!(
        shown(&[(3, 9), (1, 9), (90, 100)], Audience::CountsOnly),
        [None, None, Some(100)]
    );
    assert_eq!(shown(&[(0, 7)], Audience::CountsOnly), [None]);
    assert_eq!(shown(&[(0, 8)], Audience::CountsOnly), [Some(8)]);
}

#[test]
fn localities_do_not_give_away_their_council() {
    let councils = publish(
        &rule(),
        figures(&[(5, 9), (30, 37), (90, 99)]),
        Audience::CountsOnly,
    );
    assert_eq!(counts(&councils), [None, None, Some(99)]);
    let within = |council: usize, localities: &[(i64, i64)]| {
        counts(&publish_within(
            &rule(),
            &councils[council],
            figures(localities),
            Audience::CountsOnly,
        ))
    };
    assert_eq!(within(0, &[(5, 9)]), [None]);
    assert_eq!(within(1, &[(10, 12), (20, 25)]), [None, None]);
    assert_eq!(within(2, &[(90, 99)]), [Some(99)]);
}

proptest! {
    /// With the total known, what is withheld cannot be had by subtraction.
    #[test]
    fn nothing_small_can_be_worked_out(counts in proptest::collection::vec((0_i64..30, 0_i64..30), 2..8)) {
        let counts: Vec<_> = counts.into_iter().map(|(a, b)| (a.min(b), b)).collect();
        let shown = shown(&counts, Audience::CountsOnly);
        for (pair, shown) in counts.iter().zip(&shown) {
            let small = (1..=7).contains(&pair.0) || (1..=7).contains(&pair.1);
            prop_assert!(!(small && shown.is_some()));
        }
        let withheld = shown.iter().filter(|shown| shown.is_none()).count();
        let others = counts.iter().filter(|pair| pair.1 > 0).count();
        prop_assert!(withheld != 1 || others == 1);
    }
}
