//! How near expected dates came to what happened.

use stour_kernel::Date;

/// What was expected of a stay, and when it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The dates by which it was to have ended with a chance of 50, 80 and 95 in a hundred; none of those not said.
    pub expected: [Option<Date>; 3],
    /// When it ended.
    pub left: Date,
}

/// How many stays of those for which a date was said had ended on or before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kept {
    /// On or before the date.
    pub by: u32,
    /// For which one was said.
    pub of: u32,
}

/// How near the first of the dates came, and how often each was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accuracy {
    /// How many stays.
    pub stays: u32,
    /// The median of the days between what was expected and what happened, in half days: between two middle values lies half
    /// their sum.
    pub middle_error: u32,
    /// By how many days stays were expected to end later than they did, on average, in tenths of a day, a half away from
    /// nought; below nought where they ended later than expected.
    pub bias: i64,
    /// How often each date was kept.
    pub kept: [Kept; 3],
}

/// How near expected dates came; none where of no stay the first date was said.
pub fn accuracy(outcomes: &[Outcome]) -> Option<Accuracy> {
    let mut errors: Vec<i64> = outcomes
        .iter()
        .filter_map(|one| days(one.left, one.expected.first().copied().flatten()?))
        .collect();
    let stays = u32::try_from(errors.len())
        .ok()
        .filter(|stays| *stays > 0)?;
    let sum: i64 = errors.iter().sum();
    for error in &mut errors {
        *error = error.abs();
    }
    errors.sort_unstable();
    let mut kept = [Kept::default(); 3];
    for one in outcomes {
        for (kept, expected) in kept.iter_mut().zip(one.expected) {
            if let Some(expected) = expected {
                kept.of += 1;
                kept.by += u32::from(one.left <= expected);
            }
        }
    }
    Some(Accuracy {
        stays,
        middle_error: middle(&errors),
        bias: rounded(sum * 10, i64::from(stays)),
        kept,
    })
}

/// The two middle values together; of an odd number the one in the middle twice.
fn middle(sorted: &[i64]) -> u32 {
    let after = sorted.len() / 2;
    let before = sorted.len().saturating_sub(1) / 2;
    let at = |place: usize| sorted.get(place).copied().unwrap_or_default();
    u32::try_from(at(before) + at(after)).unwrap_or(u32::MAX)
}

/// From one day to another; below nought where the other is earlier.
fn days(from: Date, to: Date) -> Option<i64> {
    from.until(to).ok().map(|span| i64::from(span.get_days()))
}

fn rounded(sum: i64, by: i64) -> i64 {
    let half = by / 2;
    if sum < 0 {
        -((-sum + half) / by)
    } else {
        (sum + half) / by
    }
}
