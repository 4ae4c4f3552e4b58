//! Age bands, and values that differ by them.

use serde::Serialize;

/// The bands every rate by age uses. Ages are in completed years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum AgeBand {
    /// 0 to 17.
    Child,
    /// 18 to 39.
    Young,
    /// 40 to 64.
    Middle,
    /// 65 to 74.
    From65,
    /// 75 to 84.
    From75,
    /// 85 and over.
    From85,
}

impl AgeBand {
    /// Every band, youngest first.
    pub const ALL: [Self; 6] = [
        Self::Child,
        Self::Young,
        Self::Middle,
        Self::From65,
        Self::From75,
        Self::From85,
    ];

    /// The band of an age in completed years.
    pub fn of(age: i32) -> Self {
        match age {
            ..=17 => Self::Child,
            18..=39 => Self::Young,
            40..=64 => Self::Middle,
            65..=74 => Self::From65,
            75..=84 => Self::From75,
            _ => Self::From85,
        }
    }
}

/// One value for each [`AgeBand`], youngest first.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ByAge<T = f64>(pub [T; 6]);

impl<T: Copy> ByAge<T> {
    /// The value for a band.
    pub fn at(&self, band: AgeBand) -> T {
        let [child, young, middle, from65, from75, from85] = self.0;
        match band {
            AgeBand::Child => child,
            AgeBand::Young => young,
            AgeBand::Middle => middle,
            AgeBand::From65 => from65,
            AgeBand::From75 => from75,
            AgeBand::From85 => from85,
        }
    }
}
