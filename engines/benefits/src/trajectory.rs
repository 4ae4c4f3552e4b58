//! Where a measure should be, by when.

use std::collections::BTreeMap;

use stour_kernel::Date;

use crate::Quantity;

/// What is expected between two days of which it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Between {
    /// A straight line from one to the next, day by day.
    Straight,
    /// The earlier one, until the day of the next.
    Steps,
}

/// Where a measure should be on each day, from the first day of which that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trajectory {
    points: BTreeMap<Date, Quantity>,
    between: Between,
}

/// Why points are no trajectory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TrajectoryError {
    /// One day has two values.
    #[error("{0} has two values: keep one")]
    Twice(Date),
}

impl Trajectory {
    /// The trajectory through these points, in any order.
    ///
    /// # Errors
    /// A day that is given twice.
    pub fn new(
        points: impl IntoIterator<Item = (Date, Quantity)>,
        between: Between,
    ) -> Result<Self, TrajectoryError> {
        let mut all = BTreeMap::new();
        for (day, value) in points {
            if all.insert(day, value).is_some() {
                return Err(TrajectoryError::Twice(day));
            }
        }
        Ok(Self {
            points: all,
            between,
        })
    }

    /// The points, in order of time.
    pub fn points(&self) -> impl Iterator<Item = (Date, Quantity)> {
        self.points.iter().map(|(day, value)| (*day, *value))
    }

    /// What is expected on a day: nothing before the first point, the last one for ever after it.
    pub fn on(&self, day: Date) -> Option<Quantity> {
        let (begins, first) = self.points.range(..=day).next_back()?;
        let next = self.points.range(day..).next();
        match (self.between, next) {
            (Between::Straight, Some((ends, last))) if ends > begins => {
                let gone = days(*begins, day)?;
                let all = days(*begins, *ends)?;
                let rise = last.checked_sub(*first)?.scaled(gone, all)?;
                first.checked_add(rise)
            }
            _ => Some(*first),
        }
    }
}

fn days(from: Date, to: Date) -> Option<i64> {
    Some(i64::from(from.until(to).ok()?.get_days()))
}
