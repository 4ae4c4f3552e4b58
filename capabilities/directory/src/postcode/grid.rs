//! From the National Grid to latitude and longitude: Ordnance Survey, "A guide to coordinate systems in Great Britain"
//! (annexes B and C; the seven parameters of section 6.6). Good to about five metres.

use stour_search::Point;

/// Airy 1830, the ellipsoid of the grid, and that of WGS84: half axes in metres.
const AIRY: (f64, f64) = (6_377_563.396, 6_356_256.909);
const WGS84: (f64, f64) = (6_378_137.0, 6_356_752.314_245);
/// The scale on the central meridian, and the true and false origins.
const SCALE: f64 = 0.999_601_271_7;
const ORIGIN_LAT: f64 = 49.0;
const ORIGIN_LON: f64 = -2.0;
const ORIGIN_EAST: f64 = 400_000.0;
const ORIGIN_NORTH: f64 = -100_000.0;
/// From the grid's datum to WGS84: metres along each axis, seconds of arc about each, and parts per million.
const SHIFT: [f64; 3] = [446.448, -125.157, 542.060];
const TURN: [f64; 3] = [0.1502, 0.2470, 0.8421];
const STRETCH: f64 = -20.4894;

/// The place of an easting and northing in metres.
pub(super) fn point(easting: f64, northing: f64) -> Option<Point> {
    let (lat, lon) = unproject(easting, northing);
    let (lat, lon) = shifted(lat, lon);
    Point::new(lat.to_degrees(), lon.to_degrees())
}

fn unproject(easting: f64, northing: f64) -> (f64, f64) {
    let (a, b) = AIRY;
    let n = (a - b) / (a + b);
    let origin = ORIGIN_LAT.to_radians();
    let mut lat = origin;
    let mut arc = 0.0;
    for _ in 0..10 {
        lat += (northing - ORIGIN_NORTH - arc) / (a * SCALE);
        let (less, more) = (lat - origin, lat + origin);
        arc = b
            * SCALE
            * ((1.0 + n + 1.25 * n * n + 1.25 * n * n * n) * less
                - (3.0 * n + 3.0 * n * n + 2.625 * n * n * n) * less.sin() * more.cos()
                + 1.875 * (n * n + n * n * n) * (2.0 * less).sin() * (2.0 * more).cos()
                - 35.0 / 24.0 * n * n * n * (3.0 * less).sin() * (3.0 * more).cos());
    }
    let squared = flattened(AIRY);
    let (sin, cos, tan) = (lat.sin(), lat.cos(), lat.tan());
    let bent = 1.0 - squared * sin * sin;
    let nu = a * SCALE / bent.sqrt();
    let rho = a * SCALE * (1.0 - squared) / bent.powf(1.5);
    let eta = nu / rho - 1.0;
    let east = easting - ORIGIN_EAST;
    let two = tan * tan;
    let north = tan / (2.0 * rho * nu) * east.powi(2)
        - tan / (24.0 * rho * nu.powi(3))
            * (5.0 + 3.0 * two + eta - 9.0 * two * eta)
            * east.powi(4)
        + tan / (720.0 * rho * nu.powi(5)) * (61.0 + 90.0 * two + 45.0 * two * two) * east.powi(6);
    let across = 1.0 / (cos * nu) * east
        - 1.0 / (cos * 6.0 * nu.powi(3)) * (nu / rho + 2.0 * two) * east.powi(3)
        + 1.0 / (cos * 120.0 * nu.powi(5)) * (5.0 + 28.0 * two + 24.0 * two * two) * east.powi(5);
    (lat - north, ORIGIN_LON.to_radians() + across)
}

/// By Helmert's transformation, through rectangular coordinates.
fn shifted(lat: f64, lon: f64) -> (f64, f64) {
    let nu = curvature(AIRY, lat);
    let [east, north, up] = [
        nu * lat.cos() * lon.cos(),
        nu * lat.cos() * lon.sin(),
        nu * (1.0 - flattened(AIRY)) * lat.sin(),
    ];
    let [about_x, about_y, about_z] = TURN.map(|seconds| (seconds / 3600.0).to_radians());
    let stretched = 1.0 + STRETCH / 1e6;
    let [by_x, by_y, by_z] = SHIFT;
    let (east, north, up) = (
        by_x + stretched * east - about_z * north + about_y * up,
        by_y + about_z * east + stretched * north - about_x * up,
        by_z - about_y * east + about_x * north + stretched * up,
    );
    let squared = flattened(WGS84);
    let flat = east.hypot(north);
    let mut lat = up.atan2(flat * (1.0 - squared));
    for _ in 0..10 {
        lat = (up + squared * curvature(WGS84, lat) * lat.sin()).atan2(flat);
    }
    (lat, north.atan2(east))
}

/// The square of the eccentricity of an ellipsoid.
fn flattened((a, b): (f64, f64)) -> f64 {
    (a * a - b * b) / (a * a)
}

/// The radius across the meridian at a latitude.
fn curvature(ellipsoid: (f64, f64), lat: f64) -> f64 {
    ellipsoid.0 / (1.0 - flattened(ellipsoid) * lat.sin().powi(2)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::point;

    /// Ordnance Survey's own example is of the projection alone; this one (the tower of Caister church) is shifted too.
    #[test]
    fn a_known_place_is_where_it_is() {
        let there = point(651_409.903, 313_177.270).unwrap();
        assert!((there.lat() - 52.657_98).abs() < 5e-5, "{there:?}");
        assert!((there.lon() - 1.716_05).abs() < 5e-5, "{there:?}");
    }
}
