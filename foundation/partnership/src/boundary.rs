//! Where areas are: their outlines, for maps.
//!
//! Outlines are made of lines that neighbours share, so that neither a gap nor an overlap is between them. They are
//! simplified to about 50 metres: good for a map of the county, not for saying in which area an address is.

use std::collections::BTreeMap;

use stour_kernel::{Code, Date, GssCode, LocalityCode, Period};

use crate::table::Row;
use crate::{Area, Files, Locality, Lsoa, Point, Reference, ReferenceError, Status, table};

const ARCS: &str = "boundaries/arcs.csv";

/// Coordinates are whole numbers of this part of a degree.
const UNIT: f64 = 10_000.0;

/// What is to be done about lines that do not fit together.
const REMAKE: &str = "make the boundaries again with tools/boundaries.py";

/// A kind of area of which there are outlines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundaryLevel {
    /// `council` (with social services), `district`, `msoa` or `locality`.
    pub level: Code,
    /// How far its outlines can be trusted.
    pub status: Status,
    /// What a map of it must say about them; empty when there is nothing to say.
    pub note: String,
    /// Whose they are, and under which licence: every map says so.
    pub attribution: String,
}

/// The outline of one area.
#[derive(Debug, Clone, PartialEq)]
pub struct Boundary {
    /// What kind of area it is.
    pub level: Code,
    /// Its code: that of a [`GssCode`], or of a [`LocalityCode`].
    pub code: String,
    /// Its name.
    pub name: String,
    /// When there is such an area.
    pub valid: Period,
    /// Its parts and the holes in them, each once round: the last point is next to the first. The inside is on the
    /// right of the way round.
    pub rings: Vec<Vec<Point>>,
}

impl Reference {
    /// The outlines of a level on a day, by code.
    pub fn boundaries_at(&self, level: &str, on: Date) -> impl Iterator<Item = &Boundary> {
        self.boundaries
            .iter()
            .filter(move |one| one.level.as_str() == level && one.valid.contains(on))
    }

    /// What is to be said of the outlines of a level.
    pub fn boundary_level(&self, level: &str) -> Option<&BoundaryLevel> {
        self.boundary_levels
            .iter()
            .find(|one| one.level.as_str() == level)
    }
}

pub(crate) fn read_levels(files: &Files) -> Result<Vec<BoundaryLevel>, ReferenceError> {
    table::rows(files, "boundaries/levels.csv", |row| {
        Ok(BoundaryLevel {
            level: row.parse("level")?,
            status: row.parse("status")?,
            note: row.text("note")?.to_owned(),
            attribution: row.words("attribution")?,
        })
    })
}

/// The areas that outlines are of, by what else the reference data has about them.
pub(crate) struct Known<'a> {
    pub(crate) areas: &'a [Area],
    pub(crate) lsoas: &'a [Lsoa],
    pub(crate) localities: &'a [Locality],
}

impl Known<'_> {
    /// The name of an area, and when there is one.
    fn named(&self, level: &str, code: &str) -> Option<(String, Period)> {
        if level == "locality" {
            let code: LocalityCode = code.parse().ok()?;
            let locality = self.localities.iter().find(|one| one.code == code)?;
            return Some((locality.name.clone(), locality.valid));
        }
        let code: GssCode = code.parse().ok()?;
        if level == "msoa" {
            let part = self.lsoas.iter().find(|lsoa| lsoa.msoa == code)?;
            return Some((part.msoa_name().to_owned(), Lsoa::VALID));
        }
        let area = self
            .areas
            .iter()
            .find(|area| area.code == code && area.kind.as_str() == level)?;
        Some((area.name.clone(), area.valid))
    }
}

pub(crate) fn read(files: &Files, known: &Known<'_>) -> Result<Vec<Boundary>, ReferenceError> {
    let arcs = read_arcs(files)?;
    let mut boundaries = table::rows(files, "boundaries/areas.csv", |row| {
        let (level, code): (Code, String) = (row.parse("level")?, row.words("code")?);
        let rings = row.text("rings")?.split(';');
        let rings = rings.map(|ring| joined(row, ring, &arcs));
        let rings = rings.collect::<Result<_, _>>()?;
        let (name, valid) =
            known
                .named(level.as_str(), &code)
                .ok_or_else(|| ReferenceError::Unknown {
                    what: "boundary",
                    from: format!("of the level {level}"),
                    target: "area",
                    to: code.clone(),
                })?;
        Ok(Boundary {
            level,
            code,
            name,
            valid,
            rings,
        })
    })?;
    boundaries.sort_by(|one, other| (&one.level, &one.code).cmp(&(&other.level, &other.code)));
    Ok(boundaries)
}

type Arcs = BTreeMap<i32, Vec<(i32, i32)>>;

/// The shared lines: each starts at a point, east then north, and goes on in steps from point to point.
fn read_arcs(files: &Files) -> Result<Arcs, ReferenceError> {
    let arcs = table::rows(files, ARCS, |row| {
        let number: i32 = row.parse("arc")?;
        let text = row.text("steps")?;
        let points = points(text).ok_or_else(|| {
            row.wrong(
                "steps",
                text,
                "two or more pairs of whole numbers are on the Earth",
            )
        })?;
        Ok((number, points))
    })?;
    Ok(arcs.into_iter().collect())
}

fn points(steps: &str) -> Option<Vec<(i32, i32)>> {
    let numbers = steps.split(' ').map(|number| number.parse().ok());
    let numbers: Vec<i32> = numbers.collect::<Option<_>>()?;
    let (pairs, []) = numbers.as_chunks::<2>() else {
        return None;
    };
    let mut at = (0_i32, 0_i32);
    let points = pairs.iter().map(|[east, north]| {
        at = (at.0.checked_add(*east)?, at.1.checked_add(*north)?);
        let is_on_earth = at.0.unsigned_abs() <= 1_800_000 && at.1.unsigned_abs() <= 900_000;
        is_on_earth.then_some(at)
    });
    let points: Vec<_> = points.collect::<Option<_>>()?;
    (points.len() > 1).then_some(points)
}

/// A ring of shared lines, named by their numbers; a negative one is gone along backwards.
fn joined(row: &Row<'_>, ring: &str, arcs: &Arcs) -> Result<Vec<Point>, ReferenceError> {
    let wrong = |reason: &str| row.wrong("rings", ring, &format!("{reason}: {REMAKE}"));
    let mut points: Vec<(i32, i32)> = Vec::new();
    for number in ring.split(' ') {
        let number: i32 = number
            .parse()
            .map_err(|_| wrong("lines are named by whole numbers"))?;
        let arc = number.checked_abs().and_then(|number| arcs.get(&number));
        let mut arc = arc.ok_or_else(|| wrong("there is no such line"))?.clone();
        if number < 0 {
            arc.reverse();
        }
        if let Some(end) = points.pop()
            && arc.first() != Some(&end)
        {
            return Err(wrong("a line begins elsewhere than the one before it ends"));
        }
        points.extend(arc);
    }
    let end = points.pop();
    if points.len() < 3 || points.first() != end.as_ref() {
        return Err(wrong("the lines do not go round"));
    }
    let point = |(east, north): (i32, i32)| Point {
        latitude: f64::from(north) / UNIT,
        longitude: f64::from(east) / UNIT,
    };
    Ok(points.into_iter().map(point).collect())
}
