//! Each rule restated as plainly as possible, point by point and window by window, and compared
//! with the engine on many small series full of ties and points on the mean.

use proptest::prelude::*;
use stour_statistics::Point;
use stour_statistics::xmr::{Chart, Direction, Options, Profile, SpecialCause, chart};

/// A series with its lines, from the lowest to the highest.
pub(crate) struct Naive {
    pub(crate) values: Vec<Option<f64>>,
    pub(crate) mean: f64,
    pub(crate) limits: Option<[f64; 4]>,
    pub(crate) profile: Profile,
}

impl Naive {
    /// The values of the `length` points from `start`, if all are there.
    fn window(&self, start: usize, length: usize) -> Option<Vec<f64>> {
        self.values
            .get(start..start + length)?
            .iter()
            .copied()
            .collect()
    }

    /// The windows of a length that a point is in.
    fn windows_with(&self, point: usize, length: usize) -> Vec<Vec<f64>> {
        (point.saturating_sub(length - 1)..=point)
            .filter_map(|start| self.window(start, length))
            .collect()
    }

    pub(crate) fn outside(&self, value: f64) -> bool {
        self.limits
            .is_some_and(|[lower, _, _, upper]| value > upper || value < lower)
    }

    fn near(&self, value: f64) -> bool {
        let beyond = self
            .limits
            .is_some_and(|[_, lower, upper, _]| value > upper || value < lower);
        beyond && (self.profile == Profile::MakingDataCount || !self.outside(value))
    }

    fn rising(&self, point: usize) -> bool {
        self.windows_with(point, 7)
            .iter()
            .any(|w| w.windows(2).all(|pair| pair[0] < pair[1]))
    }

    fn falling(&self, point: usize) -> bool {
        self.windows_with(point, 7)
            .iter()
            .any(|w| w.windows(2).all(|pair| pair[0] > pair[1]))
    }

    fn one_side(&self, window: &[f64]) -> bool {
        window.iter().all(|&v| v > self.mean) || window.iter().all(|&v| v < self.mean)
    }

    fn shift(&self, point: usize) -> bool {
        self.windows_with(point, 7)
            .iter()
            .any(|window| self.one_side(window))
    }

    fn two_in_three(&self, point: usize) -> bool {
        let holds = |window: &Vec<f64>| {
            window.iter().filter(|&&v| self.near(v)).count() >= 2 && self.one_side(window)
        };
        self.values[point].is_some_and(|value| self.near(value))
            && self.windows_with(point, 3).iter().any(holds)
    }

    /// The trend a point is named by in the R package.
    fn trend_by_step(&self, point: usize) -> Option<SpecialCause> {
        let in_trend = |i: usize| i < self.values.len() && (self.rising(i) || self.falling(i));
        if !in_trend(point) {
            return None;
        }
        let joined_to_next = self.window(point, 2).filter(|_| in_trend(point + 1));
        let step = joined_to_next
            .or_else(|| self.window(point - 1, 2))
            .unwrap();
        Some(if step[1] > step[0] {
            SpecialCause::RisingTrend
        } else {
            SpecialCause::FallingTrend
        })
    }

    /// The rules that hold at a point, by precedence.
    pub(crate) fn causes(&self, point: usize) -> Vec<SpecialCause> {
        use SpecialCause::*;
        let Some(value) = self.values[point] else {
            return Vec::new();
        };
        let above = value > self.mean;
        let mut found = Vec::new();
        if self.outside(value) {
            found.push(if above {
                AboveUpperLimit
            } else {
                BelowLowerLimit
            });
        }
        if self.profile == Profile::PlotTheDots022 {
            found.extend(self.trend_by_step(point));
        } else {
            let mut trends = Vec::new();
            if self.rising(point) {
                trends.push(RisingTrend);
            }
            if self.falling(point) {
                trends.push(FallingTrend);
            }
            if trends.len() == 2 && self.window(point, 2).is_some_and(|w| w[0] > w[1]) {
                trends.reverse();
            }
            found.extend(trends);
        }
        if self.two_in_three(point) {
            found.push(if above {
                TwoInThreeAbove
            } else {
                TwoInThreeBelow
            });
        }
        if self.shift(point) {
            found.push(if above { ShiftAbove } else { ShiftBelow });
        }
        found
    }

    fn cause(&self, point: usize, direction: Direction) -> Option<SpecialCause> {
        self.named(&self.causes(point), direction)
    }

    /// The rule that names a point, of those that hold at it.
    pub(crate) fn named(
        &self,
        causes: &[SpecialCause],
        direction: Direction,
    ) -> Option<SpecialCause> {
        if self.profile == Profile::MakingDataCount {
            self.limits?;
            let good = |cause: &&SpecialCause| match direction {
                Direction::Increase => cause.is_upward(),
                Direction::Decrease => !cause.is_upward(),
                Direction::Neutral => false,
            };
            return causes.iter().find(good).or(causes.first()).copied();
        }
        causes.first().copied()
    }
}

/// A mean and limits by the plainest sums; the numbers of these tests make them exact enough.
pub(crate) fn naive_limits(values: &[f64], screening: bool) -> (f64, Option<f64>) {
    let n = f64::from(u32::try_from(values.len()).unwrap());
    let mean = values.iter().sum::<f64>() / n;
    let ranges: Vec<f64> = values
        .windows(2)
        .map(|pair| (pair[1] - pair[0]).abs())
        .collect();
    let average = |ranges: &[f64]| {
        let n = f64::from(u32::try_from(ranges.len()).unwrap());
        (n > 0.0).then(|| ranges.iter().sum::<f64>() / n)
    };
    let all = average(&ranges);
    if !screening {
        return (mean, all);
    }
    let kept: Vec<f64> = ranges
        .into_iter()
        .filter(|&range| range < 3.267 * all.unwrap())
        .collect();
    (mean, average(&kept))
}

fn drawn(values: &[Option<f64>], profile: Profile, direction: Direction) -> Chart<usize> {
    let points: Vec<Point<usize>> = values
        .iter()
        .enumerate()
        .map(|(at, &value)| Point { at, value })
        .collect();
    chart(
        &points,
        &Options {
            profile,
            ..Options::new(direction)
        },
    )
    .unwrap()
}

fn direction() -> impl Strategy<Value = Direction> {
    prop::sample::select(vec![
        Direction::Increase,
        Direction::Decrease,
        Direction::Neutral,
    ])
}

fn profile() -> impl Strategy<Value = Profile> {
    prop::sample::select(vec![Profile::MakingDataCount, Profile::PlotTheDots022])
}

/// Slow walks, which make trends and shifts, and now and then a jump or a missing return.
fn series() -> impl Strategy<Value = Vec<Option<f64>>> {
    let step = prop_oneof![8 => -2..=2_i32, 3 => Just(1), 3 => Just(-1), 1 => -15..=15_i32];
    prop::collection::vec((step, prop::bool::weighted(0.02), any::<bool>()), 0..60).prop_map(
        |steps| {
            let mut level = 20;
            let walk = steps.into_iter().map(|(step, missing, returns)| {
                level = if returns && step.abs() > 2 {
                    20 + step
                } else {
                    level + step
                };
                (!missing).then(|| f64::from(level))
            });
            walk.collect()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn every_rule_restated_agrees(
        values in series(),
        profile in profile(),
        direction in direction(),
    ) {
        let found = drawn(&values, profile, direction);
        let Some(group) = found.groups.first() else { return Ok(()) };
        let naive = Naive {
            mean: group.mean.unwrap_or(f64::NAN),
            limits: group.limits.map(|l| [l.lower, l.near_lower, l.near_upper, l.upper]),
            values,
            profile,
        };
        for (place, point) in found.points.iter().enumerate() {
            prop_assert_eq!(point.cause, naive.cause(place, direction), "point {} of {:?}", place, naive.values);
        }
    }

    #[test]
    fn limits_agree_with_plain_sums(values in prop::collection::vec(-50..50_i32, 1..80)) {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let some: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
        for (profile, screening) in
            [(Profile::MakingDataCount, false), (Profile::PlotTheDots022, true)]
        {
            let (mean, range) = naive_limits(&values, screening);
            let group = drawn(&some, profile, Direction::Neutral).groups[0];
            prop_assert!((group.mean.unwrap() - mean).abs() < 1e-9);
            let expected = range.filter(|_| profile == Profile::PlotTheDots022 || values.len() >= 13);
            prop_assert_eq!(group.limits.is_some(), expected.is_some());
            if let (Some(limits), Some(range)) = (group.limits, expected) {
                for (found, expected) in [
                    (limits.lower, mean - 2.66 * range),
                    (limits.near_lower, mean - 2.66 / 1.5 * range),
                    (limits.near_upper, mean + 2.66 / 1.5 * range),
                    (limits.upper, mean + 2.66 * range),
                ] {
                    prop_assert!((found - expected).abs() < 1e-9);
                }
            }
        }
    }
}
