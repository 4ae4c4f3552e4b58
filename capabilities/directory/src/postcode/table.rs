//! Every postcode with its place and council, a few bytes each. The format is told in `reference/postcodes/README.md`.

use std::sync::{Arc, OnceLock};

use stour_kernel::{GssCode, Postcode};
use stour_search::Point;

const OPENING: &[u8] = b"stour postcodes 1\n";
const COUNCIL: usize = 9;
/// More than five kilometres, in the units in which places are kept: no degree of latitude is shorter than 110 kilometres.
const FAR: f64 = 0.06 * UNITS;
/// Places are kept in hundred-thousandths of a degree, about a metre.
const UNITS: f64 = 1e5;

/// Postcodes in the order of their numbers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Postcodes {
    councils: Vec<String>,
    rows: Vec<Row>,
    /// The places of those in use, from south to north.
    northward: OnceLock<Vec<usize>>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Row {
    number: u64,
    lat: i32,
    lon: i32,
    council: u16,
    is_live: bool,
}

/// A postcode as a file tells it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Told {
    pub(crate) postcode: Postcode,
    pub(crate) point: Point,
    pub(crate) council: GssCode,
    pub(crate) is_live: bool,
}

/// What is known of a postcode.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Known {
    pub(crate) point: Point,
    pub(crate) council: String,
    pub(crate) is_live: bool,
}

/// Bytes that are no table of postcodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the table of postcodes is not as it was written")]
pub(crate) struct Broken;

impl PartialEq for Postcodes {
    fn eq(&self, other: &Self) -> bool {
        (&self.councils, &self.rows) == (&other.councils, &other.rows)
    }
}

impl Postcodes {
    /// The table that the program brings.
    pub(crate) fn embedded() -> Result<Arc<Self>, Broken> {
        static TABLE: OnceLock<Result<Arc<Postcodes>, Broken>> = OnceLock::new();
        let bytes = include_bytes!("../../../../reference/postcodes/dorset.postcodes");
        TABLE
            .get_or_init(|| Self::decode(bytes).map(Arc::new))
            .clone()
    }

    /// A table of what a file tells. Of a postcode that is told twice the one in use counts, else the last.
    pub(crate) fn of(told: &[Told]) -> Self {
        let mut councils: Vec<String> = told.iter().map(|told| told.council.to_string()).collect();
        councils.sort_unstable();
        councils.dedup();
        let mut rows: Vec<Row> = told
            .iter()
            .map(|told| {
                let council = told.council.to_string();
                let place = councils.binary_search(&council).unwrap_or_default();
                Row {
                    number: number(&told.postcode),
                    lat: units(told.point.lat()),
                    lon: units(told.point.lon()),
                    council: u16::try_from(place).unwrap_or(u16::MAX),
                    is_live: told.is_live,
                }
            })
            .collect();
        rows.reverse();
        rows.sort_by_key(|row| (row.number, !row.is_live));
        rows.dedup_by_key(|row| row.number);
        Self::from_parts(councils, rows)
    }

    fn from_parts(councils: Vec<String>, rows: Vec<Row>) -> Self {
        let northward = OnceLock::new();
        Self {
            councils,
            rows,
            northward,
        }
    }

    /// How many postcodes there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut out = OPENING.to_vec();
        write(&mut out, wide(self.councils.len()));
        for council in &self.councils {
            let bytes = council.bytes().chain(std::iter::repeat(b' '));
            out.extend(bytes.take(COUNCIL));
        }
        write(&mut out, wide(self.rows.len()));
        let (mut before, mut lat, mut lon) = (0, 0, 0);
        for row in &self.rows {
            write(&mut out, row.number - before);
            write_signed(&mut out, i64::from(row.lat) - lat);
            write_signed(&mut out, i64::from(row.lon) - lon);
            write(
                &mut out,
                u64::from(row.council) * 2 + u64::from(row.is_live),
            );
            (before, lat, lon) = (row.number, i64::from(row.lat), i64::from(row.lon));
        }
        out
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, Broken> {
        let mut rest = bytes.strip_prefix(OPENING).ok_or(Broken)?;
        let count = read(&mut rest)?;
        let mut councils = Vec::new();
        for _ in 0..count {
            let (council, others) = rest.split_at_checked(COUNCIL).ok_or(Broken)?;
            let council = std::str::from_utf8(council).map_err(|_| Broken)?;
            councils.push(council.trim().to_owned());
            rest = others;
        }
        let count = read(&mut rest)?;
        let mut rows = Vec::with_capacity(usize::try_from(count).unwrap_or(0).min(bytes.len()));
        let (mut before, mut lat, mut lon) = (0_u64, 0_i64, 0_i64);
        for _ in 0..count {
            before = before.checked_add(read(&mut rest)?).ok_or(Broken)?;
            lat += read_signed(&mut rest)?;
            lon += read_signed(&mut rest)?;
            let council = read(&mut rest)?;
            rows.push(Row {
                number: before,
                lat: i32::try_from(lat).map_err(|_| Broken)?,
                lon: i32::try_from(lon).map_err(|_| Broken)?,
                council: u16::try_from(council / 2).map_err(|_| Broken)?,
                is_live: council % 2 == 1,
            });
        }
        let are_known = rows
            .iter()
            .all(|row| usize::from(row.council) < councils.len());
        (rest.is_empty() && are_known)
            .then(|| Self::from_parts(councils, rows))
            .ok_or(Broken)
    }

    /// What is known of a postcode.
    pub(crate) fn get(&self, postcode: &Postcode) -> Option<Known> {
        let number = number(postcode);
        let at = self.rows.binary_search_by_key(&number, |row| row.number);
        let row = self.rows.get(at.ok()?)?;
        Some(Known {
            point: row.point()?,
            council: self.council(row).to_owned(),
            is_live: row.is_live,
        })
    }

    /// The middle of a district (`BH8`) or sector (`BH8 9`), and the council of most of it.
    pub(crate) fn part(&self, outward: &str, sector: Option<u8>) -> Option<Known> {
        let (first, size) = match sector {
            None => (outward_number(outward) * 10 * 676, 6760),
            Some(digit) => ((outward_number(outward) * 10 + u64::from(digit)) * 676, 676),
        };
        let from = self.rows.partition_point(|row| row.number < first);
        let to = self.rows.partition_point(|row| row.number < first + size);
        let all = self.rows.get(from..to)?;
        let live: Vec<&Row> = all.iter().filter(|row| row.is_live).collect();
        let is_live = !live.is_empty();
        let of = if is_live { live } else { all.iter().collect() };
        let middle = |degrees: fn(&Row) -> i32| {
            let sum: i64 = of.iter().map(|row| i64::from(degrees(row))).sum();
            let middle = sum.checked_div(i64::try_from(of.len()).ok()?)?;
            i32::try_from(middle).ok()
        };
        let middle = Row {
            lat: middle(|row| row.lat)?,
            lon: middle(|row| row.lon)?,
            ..**of.first()?
        };
        let mut counts = vec![0_usize; self.councils.len()];
        for row in &of {
            if let Some(count) = counts.get_mut(usize::from(row.council)) {
                *count += 1;
            }
        }
        let (_, council) = counts
            .iter()
            .zip(&self.councils)
            .rev()
            .max_by_key(|(count, _)| **count)?;
        Some(Known {
            point: middle.point()?,
            council: council.clone(),
            is_live,
        })
    }

    /// The council of the nearest postcode in use, where one is within five kilometres; of two as near, the first by number.
    pub(crate) fn council_at(&self, point: Point) -> Option<&str> {
        let (lat, lon) = (f64::from(units(point.lat())), f64::from(units(point.lon())));
        let narrow = point.lat().to_radians().cos();
        let northward = self.northward();
        let from = northward.partition_point(|place| {
            let row = self.rows.get(*place);
            row.is_some_and(|row| f64::from(row.lat) < lat)
        });
        let (south, north) = northward.split_at_checked(from)?;
        let (mut nearest, mut limit) = (None, FAR * FAR);
        // Outwards, each way until what lies further is too far by its latitude alone.
        let (mut southward, mut northward) = (south.iter().rev(), north.iter());
        let ways: [&mut dyn Iterator<Item = &usize>; 2] = [&mut southward, &mut northward];
        for way in ways {
            for place in way {
                let row = self.rows.get(*place)?;
                let (up, east) = (
                    f64::from(row.lat) - lat,
                    (f64::from(row.lon) - lon) * narrow,
                );
                if up * up > limit {
                    break;
                }
                let away = up * up + east * east;
                if away < limit || (away <= limit && nearest.is_none_or(|known| *place < known)) {
                    (nearest, limit) = (Some(*place), away);
                }
            }
        }
        let nearest = self.rows.get(nearest?)?;
        (nearest.point()?.metres_to(point) <= 5_000.0).then(|| self.council(nearest))
    }

    fn northward(&self) -> &[usize] {
        self.northward.get_or_init(|| {
            let rows = self.rows.iter().enumerate();
            let live = rows.filter(|(_, row)| row.is_live);
            let mut places: Vec<usize> = live.map(|(place, _)| place).collect();
            places.sort_by_key(|place| self.rows.get(*place).map(|row| row.lat));
            places
        })
    }

    fn council(&self, row: &Row) -> &str {
        self.councils
            .get(usize::from(row.council))
            .map_or("", String::as_str)
    }
}

impl Row {
    fn point(self) -> Option<Point> {
        Point::new(f64::from(self.lat) / UNITS, f64::from(self.lon) / UNITS)
    }
}

/// Degrees as whole units. They are at most 18 million either way, so that every step is exact.
fn units(degrees: f64) -> i32 {
    const MOST: i32 = 18_000_000;
    let target = (degrees * UNITS).round();
    let (mut low, mut high) = (0, 2 * MOST);
    while low < high {
        let middle = low + (high - low) / 2;
        if f64::from(middle - MOST) < target {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low - MOST
}

/// The number of a postcode, in whose order those of a sector stand together.
fn number(postcode: &Postcode) -> u64 {
    let letters = postcode.inward().bytes();
    letters.fold(outward_number(postcode.outward()), |number, letter| {
        if letter.is_ascii_digit() {
            number * 10 + u64::from(letter - b'0')
        } else {
            number * 26 + u64::from(letter.saturating_sub(b'A'))
        }
    })
}

fn outward_number(outward: &str) -> u64 {
    let letters = outward.bytes().chain(std::iter::repeat(b' ')).take(4);
    letters.fold(0, |number, letter| {
        let digit = match letter {
            b'0'..=b'9' => letter - b'0' + 1,
            b'A'..=b'Z' => letter - b'A' + 11,
            _ => 0,
        };
        number * 37 + u64::from(digit)
    })
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn write(out: &mut Vec<u8>, mut value: u64) {
    loop {
        let [low, ..] = value.to_le_bytes();
        value >>= 7;
        if value == 0 {
            out.push(low & 0x7F);
            return;
        }
        out.push(low | 0x80);
    }
}

fn write_signed(out: &mut Vec<u8>, value: i64) {
    let twice = value.unsigned_abs() * 2;
    write(out, if value < 0 { twice - 1 } else { twice });
}

fn read(rest: &mut &[u8]) -> Result<u64, Broken> {
    let (mut value, mut shift) = (0_u64, 0_u32);
    loop {
        let (byte, others) = rest.split_first().ok_or(Broken)?;
        *rest = others;
        value |= u64::from(byte & 0x7F).checked_shl(shift).ok_or(Broken)?;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
        shift += 7;
    }
}

fn read_signed(rest: &mut &[u8]) -> Result<i64, Broken> {
    let value = i64::try_from(read(rest)?).map_err(|_| Broken)?;
    Ok(if value % 2 == 1 {
        -(value / 2) - 1
    } else {
        value / 2
    })
}

#[cfg(test)]
mod tests;
