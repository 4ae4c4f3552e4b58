//! Invented addresses in real postcode sectors.

use stour_kernel::{OdsCode, Postcode};

use crate::person::Address;
use crate::random::{Random, place};
use crate::tables::{Area, CouncilTable, Tables};

/// The letters Royal Mail uses in the second half of a postcode.
const INWARD: &[char] = &[
    'A', 'B', 'D', 'E', 'F', 'G', 'H', 'J', 'L', 'N', 'P', 'Q', 'R', 'S', 'T', 'U', 'W', 'X', 'Y',
    'Z',
];
/// Share of homes that are flats: an assumption for demonstration.
const FLATS: f64 = 0.16;

/// A care home: where it is and its practice.
#[derive(Debug, Clone)]
pub(crate) struct CareHome {
    pub(crate) key: String,
    pub(crate) address: Address,
    pub(crate) practice: OdsCode,
}

/// A home in a council, and a practice near it.
pub(crate) fn home(
    tables: &Tables,
    council: &CouncilTable,
    random: &mut Random,
) -> Option<(Address, OdsCode)> {
    let number = random.between(1, 140);
    let street = tables.names.street(random);
    let house = if random.chance(FLATS) {
        format!("Flat {}, {number} {street}", random.between(1, 24))
    } else {
        format!("{number} {street}")
    };
    at(tables, council, vec![house], random)
}

/// A care home in a council.
pub(crate) fn care_home(
    tables: &Tables,
    council: &CouncilTable,
    key: String,
    random: &mut Random,
) -> Option<CareHome> {
    let name = tables.names.care_home(random).to_owned();
    let street = format!("{} {}", random.between(1, 60), tables.names.street(random));
    let (address, practice) = at(tables, council, vec![name, street], random)?;
    Some(CareHome {
        key,
        address,
        practice,
    })
}

fn at(
    tables: &Tables,
    council: &CouncilTable,
    mut lines: Vec<String>,
    random: &mut Random,
) -> Option<(Address, OdsCode)> {
    let area = council.areas.get(council.area_weights.draw(random))?;
    let practice = tables.practices.get(*random.pick(&area.practices)?)?;
    lines.push(area.town.clone().unwrap_or_else(|| council.name.clone()));
    let address = Address {
        lines,
        postcode: postcode(area, random)?,
        lsoa: area.lsoa,
        imd_decile: area.imd_decile,
        council: council.code,
        locality: practice.locality.clone(),
    };
    Some((address, practice.code))
}

/// The area's sector with two letters, which may or may not be a postcode in use.
fn postcode(area: &Area, random: &mut Random) -> Option<Postcode> {
    let first = random.pick(INWARD)?;
    let second = INWARD.get(random.below(INWARD.len()))?;
    format!("{}{first}{second}", area.sector).parse().ok()
}

/// A number of the range Ofcom keeps for drama.
pub(crate) fn telephone(random: &mut Random) -> String {
    format!("07700 900{:03}", random.below(place(1_000)))
}
