//! Households and the people in them, as they truly are.

use std::collections::HashSet;
use std::fmt::{self, Display, Formatter};

use stour_kernel::NhsNumber;

use crate::random::{Random, Weighted};
use crate::words::{Origin, Sex, Words};

/// Households of one to five, in parts of a thousand.
const SIZES: [f64; 5] = [310.0, 335.0, 165.0, 135.0, 55.0];
/// Ages of the first of a household: to which age (inclusive), and how often each year of it.
const AGES: [(i16, f64); 6] = [
    (57, 115.0),
    (71, 95.0),
    (80, 66.0),
    (86, 58.0),
    (101, 18.0),
    (102, 4.0),
];
/// The youngest first of a household.
const YOUNGEST_ADULT: i16 = 25;
/// The year in which the records were written, and the last year in which somebody in them was born.
const THIS_YEAR: i16 = 2025;
const LAST_BIRTH: i16 = 2023;
/// Chances that partners share a surname, that a child has a parent's given name, and that a child after the first is
/// the twin of the one before.
const SAME_SURNAME: f64 = 0.79;
const NAMED_AFTER_PARENT: f64 = 0.01;
const TWIN: f64 = 0.03;
/// Chances that somebody gives the household's telephone rather than another, and that a telephone is a mobile.
const HOUSEHOLD_PHONE: f64 = 0.75;
const MOBILE: f64 = 0.59;
/// Chance that somebody is not in the index: every thirty-third.
const NOT_IN_INDEX: f64 = 1.0 / 33.0;
/// People for each postcode.
const PEOPLE_PER_POSTCODE: usize = 30;

/// A date as written, which a slip may make impossible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Date {
    pub(crate) year: i16,
    pub(crate) month: i16,
    pub(crate) day: i16,
}

/// A telephone number as it is written in these sets: `TELm` a mobile, `TELh` a landline, never one that rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phone {
    Mobile(usize),
    Landline(usize),
}

/// Where a household lives.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Residence {
    pub(crate) place: usize,
    pub(crate) number: i16,
    pub(crate) flat: Option<i16>,
}

/// A postcode and the street that it is in.
#[derive(Debug)]
pub(crate) struct Place<'w> {
    pub(crate) postcode: String,
    pub(crate) street: &'w str,
}

/// Somebody as they truly are.
#[derive(Debug)]
pub(crate) struct Person<'w> {
    pub(crate) household: usize,
    pub(crate) origin: &'w Origin,
    pub(crate) sex: Sex,
    pub(crate) given: &'w str,
    pub(crate) surname: &'w str,
    pub(crate) born: Date,
    pub(crate) home: Residence,
    pub(crate) phone: Phone,
    pub(crate) number: NhsNumber,
    pub(crate) in_index: bool,
}

/// Everybody, in order of household.
#[derive(Debug)]
pub(crate) struct People<'w> {
    pub(crate) places: Vec<Place<'w>>,
    pub(crate) people: Vec<Person<'w>>,
}

impl<'w> People<'w> {
    /// This many people, or fewer when the test range has no more numbers.
    pub(crate) fn new(count: usize, words: &'w Words, seed: u64) -> Self {
        let mut random = Random::new(seed, 1);
        let mut maker = Maker {
            places: places(count, words, &mut random),
            numbers: numbers(&mut Random::new(seed, 2)),
            sizes: Weighted::new(SIZES),
            ages: Weighted::new((YOUNGEST_ADULT..=102).map(age_weight)),
            random,
        };
        let mut people = Vec::with_capacity(count);
        for household in 1.. {
            let Some(origin) = words.origin(&mut maker.random) else {
                break;
            };
            people.extend(maker.household(household, origin));
            if people.len() >= count || maker.numbers.is_empty() {
                break;
            }
        }
        people.truncate(count);
        Self {
            places: maker.places,
            people,
        }
    }
}

fn age_weight(age: i16) -> f64 {
    AGES.iter()
        .find(|(upto, _)| age <= *upto)
        .map_or(0.0, |(_, weight)| *weight)
}

struct Maker<'w> {
    places: Vec<Place<'w>>,
    numbers: Vec<NhsNumber>,
    sizes: Weighted,
    ages: Weighted,
    random: Random,
}

impl<'w> Maker<'w> {
    fn household(&mut self, household: usize, origin: &'w Origin) -> Vec<Person<'w>> {
        let size = 1 + self.sizes.draw(&mut self.random);
        let first_sex = either(&mut self.random);
        let surname = origin.surname(&mut self.random);
        let age = i16::try_from(self.ages.draw(&mut self.random)).unwrap_or(0) + YOUNGEST_ADULT;
        let shared = phone(&mut self.random);
        let home = residence(self.places.len(), &mut self.random);
        let mut members: Vec<Person<'w>> = Vec::with_capacity(size);
        for place in 0..size {
            let Some(number) = self.numbers.pop() else {
                break;
            };
            let random = &mut self.random;
            let (sex, name, born) = match place {
                0 => (first_sex, surname, any_day(THIS_YEAR - age, random)),
                1 => {
                    let same = random.chance(SAME_SURNAME);
                    let name = if same {
                        surname
                    } else {
                        origin.surname(random)
                    };
                    let year = (THIS_YEAR - age + random.around(0.0, 3.0)).min(2_005);
                    (other(first_sex), name, any_day(year, random))
                }
                _ => (either(random), surname, child_day(&members, random)),
            };
            let twin = (place > 2 && random.chance(TWIN)).then(|| members.last());
            let twin = twin.flatten();
            let born = twin.map_or(born, |twin| twin.born);
            let given = match (twin, place > 1 && random.chance(NAMED_AFTER_PARENT)) {
                (Some(twin), _) => unlike(twin.given, origin, sex, random),
                (None, true) => after_parent(&members, origin, sex, random),
                (None, false) => origin.given(sex, random),
            };
            let own = !random.chance(HOUSEHOLD_PHONE);
            let phone = if own { phone(random) } else { shared };
            members.push(Person {
                household,
                origin,
                sex,
                given,
                surname: origin.form(name, sex),
                born,
                home,
                phone,
                number,
                in_index: !random.chance(NOT_IN_INDEX),
            });
        }
        members
    }
}

/// A given name that is not this one.
fn unlike<'w>(name: &str, origin: &'w Origin, sex: Sex, random: &mut Random) -> &'w str {
    let mut given = origin.given(sex, random);
    while given == name {
        given = origin.given(sex, random);
    }
    given
}

/// The given name of the parent of the same sex.
fn after_parent<'w>(
    members: &[Person<'w>],
    origin: &'w Origin,
    sex: Sex,
    random: &mut Random,
) -> &'w str {
    let parent = members.iter().take(2).find(|parent| parent.sex == sex);
    parent.map_or_else(|| origin.given(sex, random), |parent| parent.given)
}

/// A day on which a child of these parents may have been born.
fn child_day(members: &[Person<'_>], random: &mut Random) -> Date {
    let parents = members.iter().take(2);
    let mother = parents.clone().find(|parent| parent.sex == Sex::Female);
    let born = mother
        .or(members.first())
        .map_or(1_980, |one| one.born.year);
    any_day((born + random.around(29.1, 5.4)).min(LAST_BIRTH), random)
}

pub(crate) fn either(random: &mut Random) -> Sex {
    if random.chance(0.5) {
        Sex::Female
    } else {
        Sex::Male
    }
}

pub(crate) fn other(sex: Sex) -> Sex {
    match sex {
        Sex::Female => Sex::Male,
        Sex::Male => Sex::Female,
    }
}

fn any_day(year: i16, random: &mut Random) -> Date {
    let month = random.between(1, 12);
    let last = match month {
        2 if year.rem_euclid(4) == 0 && year != 1_900 => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let day = random.between(1, last);
    Date { year, month, day }
}

/// A telephone number that is somebody's.
pub(crate) fn phone(random: &mut Random) -> Phone {
    if random.chance(MOBILE) {
        Phone::Mobile(random.below(100_000_000))
    } else {
        Phone::Landline(100_000 + random.below(900_000))
    }
}

/// One of the addresses of these postcodes.
pub(crate) fn residence(places: usize, random: &mut Random) -> Residence {
    Residence {
        place: random.below(places),
        number: random.between(1, 30),
        flat: random.chance(0.15).then(|| random.between(1, 20)),
    }
}

fn places<'w>(people: usize, words: &'w Words, random: &mut Random) -> Vec<Place<'w>> {
    const LETTERS: &[u8] = b"ABDEFGHJLNPQRSTUWXYZ";
    let outcodes: Vec<String> = (1..=39)
        .map(|number| match number {
            1..=26 => format!("BH{number}"),
            27..=37 => format!("DT{}", number - 26),
            _ => format!("SP{}", number - 31),
        })
        .collect();
    let letter = |random: &mut Random| {
        let byte = random.pick(LETTERS).copied().unwrap_or(b'A');
        char::from(byte)
    };
    let mut seen = HashSet::new();
    let wanted = people / PEOPLE_PER_POSTCODE + 1;
    while seen.len() < wanted.min(200_000) {
        let outcode = random.pick(&outcodes).map_or("BH1", String::as_str);
        let digit = random.below(10);
        let (one, two) = (letter(random), letter(random));
        seen.insert(format!("{outcode} {digit}{one}{two}"));
    }
    let mut postcodes: Vec<String> = seen.into_iter().collect();
    postcodes.sort();
    postcodes
        .into_iter()
        .map(|postcode| Place {
            postcode,
            street: words.street(random),
        })
        .collect()
}

/// Every number of the test range, in a random order.
fn numbers(random: &mut Random) -> Vec<NhsNumber> {
    let mut numbers: Vec<NhsNumber> = (999_000_000..=999_999_999)
        .filter_map(NhsNumber::from_first_nine)
        .collect();
    random.shuffle(&mut numbers);
    numbers
}

impl People<'_> {
    /// The first line of an address, and its postcode.
    pub(crate) fn lines(&self, home: Residence) -> (String, &str) {
        let Residence {
            number,
            flat,
            place,
        } = home;
        let (street, postcode) = self
            .places
            .get(place)
            .map_or(("", ""), |place| (place.street, place.postcode.as_str()));
        let line = match flat {
            Some(flat) => format!("Flat {flat}, {number} {street}"),
            None => format!("{number} {street}"),
        };
        (line, postcode)
    }
}

impl Display for Date {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{:04}-{:02}-{:02}",
            self.year, self.month, self.day
        )
    }
}

impl Display for Phone {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mobile(number) => write!(formatter, "TELm7{number:08}"),
            Self::Landline(number) => write!(formatter, "TELh{number:06}"),
        }
    }
}
