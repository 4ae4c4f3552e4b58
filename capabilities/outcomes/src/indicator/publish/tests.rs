use proptest::prelude::*;

use super::*;
use crate::indicator::{Piece, still_at_home};

fn count((numerator, denominator): (u64, u64)) -> Count {
    Count {
        numerator,
        denominator,
    }
}

fn shown(counts: &[(u64, u64)], audience: Audience) -> Vec<Option<u64>> {
    let counts: Vec<Count> = counts.iter().copied().map(count).collect();
    publish(still_at_home().unwrap(), &counts, audience)
        .iter()
        .map(|published| published.count().map(|count| count.denominator))
        .collect()
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
    let council = |localities: &[(u64, u64)]| {
        let localities: Vec<Piece<_>> = localities
            .iter()
            .map(|pair| Piece {
                key: None,
                count: count(*pair),
            })
            .collect();
        let sum = |half: fn(&Count) -> u64| localities.iter().map(|piece| half(&piece.count)).sum();
        let whole = count((sum(|count| count.numerator), sum(|count| count.denominator)));
        Council {
            whole: Piece {
                key: None,
                count: whole,
            },
            localities,
        }
    };
    let councils = [
        council(&[(5, 9)]),
        council(&[(10, 12), (20, 25)]),
        council(&[(90, 99)]),
    ];
    let published = publish_nested(still_at_home().unwrap(), &councils, Audience::CountsOnly);
    assert_eq!(
        published[0],
        (Published::Withheld, vec![Published::Withheld])
    );
    assert_eq!(
        published[1],
        (Published::Withheld, vec![Published::Withheld; 2])
    );
    assert!(published[2].1[0].count().is_some());
}

proptest! {
    /// With the total known, what is withheld cannot be had by subtraction.
    #[test]
    fn nothing_small_can_be_worked_out(counts in proptest::collection::vec((0_u64..30, 0_u64..30), 2..8)) {
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
