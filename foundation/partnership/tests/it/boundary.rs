//! Outlines of areas: that they fit together, and that they are those published.

use std::collections::{BTreeMap, BTreeSet};

use stour_kernel::Date;
use stour_kernel::testing::reference_data;
use stour_partnership::{Boundary, Files, Point, Reference, Status, reference};

/// Metres to a degree of latitude.
const DEGREE: f64 = 111_200.0;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn level(level: &str, on: &str) -> Vec<&'static Boundary> {
    reference().unwrap().boundaries_at(level, day(on)).collect()
}

/// Metres east and north, near enough for the whole county.
fn metres(point: Point) -> (f64, f64) {
    let shorter = 50.75_f64.to_radians().cos();
    (point.longitude * DEGREE * shorter, point.latitude * DEGREE)
}

fn turned(ring: &[(f64, f64)]) -> impl Iterator<Item = ((f64, f64), (f64, f64))> {
    let next = ring.iter().skip(1).chain(ring.first());
    ring.iter().copied().zip(next.copied())
}

/// Square metres; holes count as taken away.
fn area(rings: &[Vec<(f64, f64)>]) -> f64 {
    let edges = rings.iter().flat_map(|ring| turned(ring));
    let cross: f64 = edges.map(|(a, b)| b.0 * a.1 - a.0 * b.1).sum();
    cross / 2.0
}

fn drawn(boundary: &Boundary) -> Vec<Vec<(f64, f64)>> {
    let ring = |ring: &Vec<Point>| ring.iter().copied().map(metres).collect();
    boundary.rings.iter().map(ring).collect()
}

/// From a point to the nearest edge.
fn distance(point: (f64, f64), rings: &[Vec<(f64, f64)>]) -> f64 {
    let edges = rings.iter().flat_map(|ring| turned(ring));
    let distances = edges.map(|(a, b)| {
        let (across, up) = (b.0 - a.0, b.1 - a.1);
        let (x, y) = (point.0 - a.0, point.1 - a.1);
        let squared = (across * across + up * up).max(f64::MIN_POSITIVE);
        let along = ((x * across + y * up) / squared).clamp(0.0, 1.0);
        (x - along * across).hypot(y - along * up)
    });
    distances.fold(f64::INFINITY, f64::min)
}

#[test]
fn there_are_outlines_of_every_area_of_a_day() {
    let known = reference().unwrap();
    for (name, on, count) in [
        ("council", "2013-07-01", 3),
        ("council", "2019-03-31", 3),
        ("council", "2019-04-01", 2),
        ("district", "2013-07-01", 6),
        ("district", "2019-04-01", 0),
        ("msoa", "2013-07-01", 95),
        ("msoa", "2011-01-01", 0),
        ("locality", "2026-11-24", 13),
        ("parish", "2026-11-24", 0),
    ] {
        assert_eq!(level(name, on).len(), count, "{name} {on}");
    }
    assert_eq!(level("council", "2019-04-01")[1].name, "Dorset");
    assert_eq!(level("msoa", "2019-04-01")[0].name, "Bournemouth 001");
    assert_eq!(level("locality", "2019-04-01")[0].name, "Bournemouth North");
    let localities = known.boundary_level("locality").unwrap();
    assert_eq!(localities.status, Status::Unverified);
    assert!(localities.note.contains("never had boundaries"));
    for one in &known.boundary_levels {
        assert!(one.attribution.contains("Ordnance Survey") && one.attribution.contains("CC BY"));
    }
}

#[test]
fn what_is_in_something_else_is_exactly_in_it() {
    let total = |name, on| -> f64 {
        level(name, on)
            .into_iter()
            .map(|one| area(&drawn(one)))
            .sum()
    };
    let whole = total("council", "2019-04-01");
    assert!((2.6e9..2.7e9).contains(&whole), "{whole}");
    for (name, on) in [
        ("council", "2013-07-01"),
        ("msoa", "2013-07-01"),
        ("locality", "2013-07-01"),
    ] {
        let other = total(name, on);
        assert!(
            (whole - other).abs() < 10.0,
            "{name} {on}: {other}, not {whole}"
        );
    }
    // These localities are districts by the local lookup, so that they have the same outline.
    for (name, code) in [
        ("christchurch", "E07000048"),
        ("east-dorset", "E07000049"),
        ("purbeck", "E07000051"),
        ("weymouth-and-portland", "E07000053"),
    ] {
        let of = |level_name, code: &str| {
            let mut all = level(level_name, "2013-07-01").into_iter();
            all.find(|one| one.code == code).unwrap().rings.clone()
        };
        assert_eq!(of("locality", name), of("district", code));
    }
}

/// The place of a point in a table of whole numbers.
fn whole(point: Point) -> (i64, i64) {
    let text = |part: f64| format!("{:.0}", part * 1e4).parse().unwrap();
    (text(point.longitude), text(point.latitude))
}

#[test]
fn neighbours_share_their_lines_and_no_two_lines_cross() {
    let mut edges: BTreeMap<_, u32> = BTreeMap::new();
    for boundary in level("msoa", "2013-07-01") {
        for ring in &boundary.rings {
            assert!(ring.len() > 2, "{}", boundary.code);
            let next = ring.iter().skip(1).chain(ring.first());
            for (a, b) in ring.iter().zip(next) {
                *edges.entry((whole(*a), whole(*b))).or_default() += 1;
            }
        }
    }
    assert!(
        edges.values().all(|times| *times == 1),
        "no two areas lie on one another"
    );
    let shared = edges.keys().filter(|(a, b)| edges.contains_key(&(*b, *a)));
    assert!(shared.count() * 2 > edges.len());
    let once: BTreeSet<_> = edges.keys().map(|(a, b)| (*a.min(b), *a.max(b))).collect();
    let once: Vec<_> = once.into_iter().collect();
    let turn = |(a, b): ((i64, i64), (i64, i64)), c: (i64, i64)| {
        ((b.0 - a.0) * (c.1 - a.1) - (c.0 - a.0) * (b.1 - a.1)).signum()
    };
    for (place, one) in once.iter().enumerate() {
        // They are in the order of where they begin in the west.
        let others = once[place + 1..]
            .iter()
            .take_while(|other| other.0.0 <= one.1.0);
        for other in others {
            let crosses = turn(*one, other.0) * turn(*one, other.1) < 0
                && turn(*other, one.0) * turn(*other, one.1) < 0;
            assert!(!crosses, "{one:?} {other:?}");
        }
    }
}

/// A published area: its code, and its rings in metres.
type Published = (String, Vec<Vec<(f64, f64)>>);

fn published(path: &str) -> Option<Vec<Published>> {
    let text = std::fs::read_to_string(reference_data(path)?).unwrap();
    let file: serde_json::Value = serde_json::from_str(&text).unwrap();
    let features = file["features"].as_array().unwrap().iter();
    let areas = features.map(|feature| {
        let geometry = &feature["geometry"];
        let coordinates = geometry["coordinates"].as_array().unwrap();
        let polygons = if geometry["type"] == "Polygon" {
            vec![coordinates]
        } else {
            coordinates
                .iter()
                .map(|one| one.as_array().unwrap())
                .collect()
        };
        let ring = |ring: &serde_json::Value| {
            let mut points: Vec<_> = ring
                .as_array()
                .unwrap()
                .iter()
                .map(|point| {
                    metres(Point {
                        longitude: point[0].as_f64().unwrap(),
                        latitude: point[1].as_f64().unwrap(),
                    })
                })
                .collect();
            points.pop();
            points
        };
        let code = feature["properties"]["code"].as_str().unwrap().to_owned();
        (code, polygons.into_iter().flatten().map(ring).collect())
    });
    Some(areas.collect())
}

#[test]
fn outlines_are_those_published() {
    for (path, count) in [
        ("geo/dorset_lad2013.geojson", 8),
        ("geo/dorset_lad2019.geojson", 2),
        ("geo/dorset_msoa11.geojson", 95),
    ] {
        let Some(areas) = published(path) else { return };
        assert_eq!(areas.len(), count);
        for (code, rings) in areas {
            let boundaries = &reference().unwrap().boundaries;
            let ours = drawn(boundaries.iter().find(|one| one.code == code).unwrap());
            let part = area(&ours) / area(&rings);
            let points = ours.iter().flatten();
            let far = points
                .map(|point| distance(*point, &rings))
                .fold(0.0, f64::max);
            // On the coast the two files are simplified differently before ours is.
            assert!((0.95..1.05).contains(&part), "{code} {part}");
            assert!(far < 80.0, "{code}: {far} m away");
        }
    }
}

#[test]
fn lines_that_do_not_fit_together_are_refused() {
    let files = Files::embedded();
    let (arcs, areas) = ("boundaries/arcs.csv", "boundaries/areas.csv");
    for (name, from, to, says) in [
        (
            arcs,
            "\n1,-28945 507328",
            "\n1,-28945 5073282",
            "on the Earth",
        ),
        (
            arcs,
            "\n1,-28945 507328",
            "\n1,-28945",
            "pairs of whole numbers",
        ),
        (
            arcs,
            "\n1,-28945 507328",
            "\n1,-28944 507328",
            "a line begins elsewhere",
        ),
        (arcs, "\n1,", "\n9999,", "there is no such line"),
        (
            areas,
            "council,E06000028,",
            "council,E06000028,x ",
            "whole numbers",
        ),
        (
            areas,
            "council,E06000028,",
            "council,E06000028,1;",
            "do not go round",
        ),
        (
            areas,
            "council,E06000028,",
            "council,E06000099,",
            "E06000099",
        ),
        (
            areas,
            "council,E06000028,",
            "parish,E06000028,",
            "does not have",
        ),
        (
            areas,
            "council,E06000028,",
            "council,E06000029,",
            "is there twice",
        ),
        (
            "boundaries/levels.csv",
            "locality,unverified",
            "localities,unverified",
            "does not have",
        ),
    ] {
        let text = files.text(name).unwrap();
        assert!(text.contains(from), "{name} no longer contains {from}");
        let files = files.clone().with(name, &text.replacen(from, to, 1));
        let error = Reference::parse(&files).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
}
