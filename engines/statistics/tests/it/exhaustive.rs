//! Every series over small alphabets up to a length, by both rule sets and in each direction, against the
//! rules restated.
//!
//! A series of this file stands after a beginning on which its lines are fixed, and a missing return, across
//! which no rule looks. So its lines are known beforehand, and its values can be chosen by where they lie.

use stour_statistics::Point;
use stour_statistics::xmr::{
    Chart, Direction, Judged, Kind, Options, Profile, Side, SpecialCause, chart,
};

use crate::naive::{Naive, naive_limits};

const PROFILES: [Profile; 2] = [Profile::MakingDataCount, Profile::PlotTheDots022];
const DIRECTIONS: [Direction; 3] = [Direction::Increase, Direction::Decrease, Direction::Neutral];
/// How many values the lines are fixed on: 8 and 12 in turn. Their mean is 10 and each moving range is 4.
const FIXED: u8 = 14;
const MEAN: f64 = 10.0;
const LIMITS: [f64; 4] = [
    10.0 - 2.66 * 4.0,
    10.0 - 2.66 * 4.0 * 2.0 / 3.0,
    10.0 + 2.66 * 4.0 * 2.0 / 3.0,
    10.0 + 2.66 * 4.0,
];

/// A value in each of the places that the rules tell apart.
mod place {
    pub(super) const BELOW_LIMIT: Option<f64> = Some(-1.0);
    pub(super) const NEAR_LOWER: Option<f64> = Some(1.0);
    pub(super) const BELOW: Option<f64> = Some(9.0);
    pub(super) const ON: Option<f64> = Some(10.0);
    pub(super) const ABOVE: Option<f64> = Some(11.0);
    pub(super) const NEAR_UPPER: Option<f64> = Some(19.0);
    pub(super) const ABOVE_LIMIT: Option<f64> = Some(21.0);
    pub(super) const MISSING: Option<f64> = None;
}

/// What was looked at.
#[derive(Debug, Default, PartialEq, Eq)]
struct Seen {
    series: usize,
    /// Points judged, by two rule sets in three directions each.
    verdicts: usize,
    /// Those of them that a rule names.
    named: usize,
}

/// Hands over every word of these letters from one letter up to a length.
fn words<L: Copy>(letters: &[L], longest: u32, mut take: impl FnMut(&[L])) {
    let mut word = Vec::new();
    for length in 1..=longest {
        for mut number in 0..letters.len().pow(length) {
            word.clear();
            for _ in 0..length {
                word.push(letters[number % letters.len()]);
                number /= letters.len();
            }
            take(&word);
        }
    }
}

fn drawn(values: &[Option<f64>], options: &Options<'_, usize>) -> Chart<usize> {
    let points = values.iter().enumerate();
    let points: Vec<Point<usize>> = points.map(|(at, &value)| Point { at, value }).collect();
    chart(&points, options).unwrap()
}

fn kind(cause: Option<SpecialCause>, direction: Direction) -> Kind {
    let Some(cause) = cause else {
        return Kind::CommonCause;
    };
    match (direction, cause.is_upward()) {
        (Direction::Neutral, true) => Kind::NeutralHigh,
        (Direction::Neutral, false) => Kind::NeutralLow,
        (Direction::Increase, true) | (Direction::Decrease, false) => Kind::Improvement,
        (Direction::Increase, false) | (Direction::Decrease, true) => Kind::Concern,
    }
}

impl Seen {
    /// Judges a series by lines that are fixed before it.
    fn judge(&mut self, tail: &[Option<f64>]) {
        self.series += 1;
        let fixed = (0..FIXED).map(|place| Some(if place % 2 == 0 { 8.0 } else { 12.0 }));
        let values: Vec<Option<f64>> = fixed.chain([None]).chain(tail.iter().copied()).collect();
        for profile in PROFILES {
            let naive = Naive {
                values: tail.to_vec(),
                mean: MEAN,
                limits: Some(LIMITS),
                profile,
            };
            let options = Options {
                profile,
                fix_after: Some(usize::from(FIXED)),
                ..Options::new(Direction::Neutral)
            };
            self.compare(&naive, &values, &options);
        }
    }

    /// Compares the last points of a series with what the rules say of them.
    fn compare(&mut self, naive: &Naive, values: &[Option<f64>], options: &Options<'_, usize>) {
        let causes: Vec<Vec<SpecialCause>> = (0..naive.values.len())
            .map(|point| naive.causes(point))
            .collect();
        for direction in DIRECTIONS {
            let options = Options {
                direction,
                ..options.clone()
            };
            let found = drawn(values, &options);
            let judged = &found.points[values.len() - causes.len()..];
            for (place, (point, causes)) in judged.iter().zip(&causes).enumerate() {
                let cause = naive.named(causes, direction);
                let told = || format!("point {place} of {values:?}, {:?}", naive.profile);
                assert_eq!(point.cause, cause, "{}", told());
                assert!(
                    agrees(point, naive, cause, direction),
                    "{} {point:?}",
                    told()
                );
                self.verdicts += 1;
                self.named += usize::from(cause.is_some());
            }
        }
    }
}

/// Whether what is said of a point beside the rule is right too.
fn agrees(
    point: &Judged<usize>,
    naive: &Naive,
    cause: Option<SpecialCause>,
    direction: Direction,
) -> bool {
    let Some(value) = point.value else {
        return point.kind.is_none() && point.side.is_none() && point.outside.is_none();
    };
    let side = if value > naive.mean {
        Side::Above
    } else if value < naive.mean {
        Side::Below
    } else {
        Side::On
    };
    let judged = naive.limits.is_some() || naive.profile == Profile::PlotTheDots022;
    point.side == Some(side)
        && point.kind == judged.then(|| kind(cause, direction))
        && point.outside == naive.limits.map(|_| naive.outside(value))
        && point.close
            == naive.limits.map(|[_, lower, upper, _]| {
                (value > upper || value < lower) && !naive.outside(value)
            })
}

#[test]
fn every_series_of_all_places_up_to_five() {
    use place::{ABOVE, ABOVE_LIMIT, BELOW, BELOW_LIMIT, MISSING, NEAR_LOWER, NEAR_UPPER, ON};
    let all = [
        BELOW_LIMIT,
        NEAR_LOWER,
        BELOW,
        ON,
        ABOVE,
        NEAR_UPPER,
        ABOVE_LIMIT,
        MISSING,
    ];
    let mut seen = Seen::default();
    words(&all, 5, |tail| seen.judge(tail));
    println!("{seen:?}");
    assert_eq!(seen.series, 37_448);
}

#[test]
fn every_series_about_the_mean_up_to_eight_and_of_two_places_up_to_ten() {
    use place::{ABOVE, BELOW, ON};
    let mut seen = Seen::default();
    words(&[BELOW, ON, ABOVE], 8, |tail| seen.judge(tail));
    for two in [[BELOW, ON], [ON, ABOVE], [BELOW, ABOVE]] {
        words(&two, 10, |tail| seen.judge(tail));
    }
    println!("{seen:?}");
    assert_eq!(seen.series, 9_840 + 3 * 2_046);
}

#[test]
fn every_series_on_one_side_with_points_near_and_outside_up_to_eight() {
    use place::{ABOVE, ABOVE_LIMIT, BELOW, BELOW_LIMIT, NEAR_LOWER, NEAR_UPPER};
    let mut seen = Seen::default();
    words(&[ABOVE, NEAR_UPPER, ABOVE_LIMIT], 8, |tail| {
        seen.judge(tail);
    });
    words(&[BELOW, NEAR_LOWER, BELOW_LIMIT], 8, |tail| {
        seen.judge(tail);
    });
    println!("{seen:?}");
    assert_eq!(seen.series, 2 * 9_840);
}

/// Values that follow from steps of a quarter, beginning on the mean.
fn walk(steps: &[f64]) -> Vec<Option<f64>> {
    let mut level = MEAN;
    let after = steps.iter().map(|step| {
        level += step;
        Some(level)
    });
    [Some(MEAN)].into_iter().chain(after).collect()
}

#[test]
fn every_walk_up_and_down_up_to_fourteen() {
    let mut seen = Seen::default();
    words(&[0.25, -0.25], 13, |steps| seen.judge(&walk(steps)));
    println!("{seen:?}");
    assert_eq!(seen.series, 16_382);
}

#[test]
fn every_walk_with_ties_up_to_nine() {
    let mut seen = Seen::default();
    words(&[0.25, 0.0, -0.25], 8, |steps| seen.judge(&walk(steps)));
    println!("{seen:?}");
    assert_eq!(seen.series, 9_840);
}

/// A series by its own lines, which are those of plain sums.
fn judge_by_itself(seen: &mut Seen, values: &[f64], profile: Profile) {
    seen.series += 1;
    let (mean, range) = naive_limits(values, profile == Profile::PlotTheDots022);
    let gives = profile == Profile::PlotTheDots022 || values.len() >= 13;
    // Where every moving range is nought, screening drops all; the other rule set keeps a constant's limits.
    let lines =
        |range: f64| [-2.66, -2.66 / 1.5, 2.66 / 1.5, 2.66].map(|times| mean + times * range);
    let values: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
    let naive = Naive {
        values: values.clone(),
        mean,
        limits: range.filter(|_| gives).map(lines),
        profile,
    };
    let options = Options {
        profile,
        ..Options::new(Direction::Neutral)
    };
    seen.compare(&naive, &values, &options);
}

#[test]
fn every_short_series_by_its_own_lines() {
    let mut seen = Seen::default();
    words(&[0.0, 1.0, 7.0], 8, |values| {
        judge_by_itself(&mut seen, values, Profile::PlotTheDots022);
    });
    words(&[0.0, 5.0], 13, |values| {
        for profile in PROFILES {
            judge_by_itself(&mut seen, values, profile);
        }
    });
    println!("{seen:?}");
    assert_eq!(seen.series, 9_840 + 2 * 16_382);
}
