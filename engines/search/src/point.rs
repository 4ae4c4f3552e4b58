//! Places on the earth and how far they are from each other.

use serde::{Deserialize, Serialize};

/// The mean radius of the earth in metres (IUGG).
const EARTH: f64 = 6_371_008.8;

/// Degrees of latitude and longitude (WGS84) that can be.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    lat: f64,
    lon: f64,
}

impl Point {
    /// `None` for what is no place on the earth.
    pub fn new(lat: f64, lon: f64) -> Option<Self> {
        ((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon))
            .then_some(Self { lat, lon })
    }

    /// Degrees north.
    pub const fn lat(self) -> f64 {
        self.lat
    }

    /// Degrees east.
    pub const fn lon(self) -> f64 {
        self.lon
    }

    /// Metres as the crow flies, the earth taken for a ball: at most a half in a hundred amiss.
    pub fn metres_to(self, other: Self) -> f64 {
        Spot::new(self).metres_to(Spot::new(other))
    }
}

/// Where somebody is, and the council there when it is known: by it services are told that come to their home.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Where.
    pub point: Point,
    /// The code of the council; where it is not known, no service is left out for its area.
    pub council: Option<String>,
    /// How far to look, in metres; without it there is no limit.
    pub within: Option<f64>,
}

/// A point as a direction from the middle of the earth, so that telling near from far takes no angles.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Spot {
    x: f64,
    y: f64,
    z: f64,
}

impl Spot {
    pub(crate) fn new(point: Point) -> Self {
        let (lat, lon) = (point.lat.to_radians(), point.lon.to_radians());
        Self {
            x: lat.cos() * lon.cos(),
            y: lat.cos() * lon.sin(),
            z: lat.sin(),
        }
    }

    /// The place of what has none: no distance to it is a number.
    pub(crate) const fn nowhere() -> Self {
        Self {
            x: f64::NAN,
            y: f64::NAN,
            z: f64::NAN,
        }
    }

    pub(crate) const fn is_nowhere(self) -> bool {
        self.x.is_nan()
    }

    /// The square of the straight line between two directions, in radii of the earth.
    fn square_to(self, other: Self) -> f64 {
        let (x, y, z) = (self.x - other.x, self.y - other.y, self.z - other.z);
        x * x + y * y + z * z
    }

    pub(crate) fn metres_to(self, other: Self) -> f64 {
        2.0 * EARTH * (self.square_to(other).sqrt() / 2.0).min(1.0).asin()
    }

    /// Metres to a point that is no further than these, whose square is [`square`].
    pub(crate) fn metres_within(self, other: Self, metres: f64, square: f64) -> Option<f64> {
        if self.square_to(other) > square {
            return None;
        }
        Some(self.metres_to(other)).filter(|away| *away <= metres)
    }
}

/// The square of the straight line that spans so many metres on the ground, and a little more.
pub(crate) fn square(metres: f64) -> f64 {
    let angle = (metres / EARTH / 2.0).min(core::f64::consts::FRAC_PI_2);
    (2.0 * angle.sin()).powi(2) * 1.000_001 + 1e-15
}
