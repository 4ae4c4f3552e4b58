//! What another organisation's record of somebody says: what is true, late, misheard, mistyped or left out.

use crate::people::{Date, People, Person, Phone, other, phone, residence};
use crate::random::{Random, Weighted};
use crate::set::Row;
use crate::typing::{fold, misread, slip};
use crate::words::{Sex, Words};

/// An organisation that sends records: its name, its part of all records in thousands, and the part of its records
/// that have no NHS number.
const SENDERS: [(&str, f64, f64); 8] = [
    ("COMMUNITY", 178.0, 0.12),
    ("ACUTE-EAST", 148.0, 0.055),
    ("ACUTE-POOLE", 136.0, 0.055),
    ("COUNCIL-WEST", 127.0, 0.40),
    ("GP", 125.0, 0.015),
    ("COUNCIL-EAST", 119.0, 0.40),
    ("ACUTE-WEST", 103.0, 0.055),
    ("COUNCIL-POOLE", 64.0, 0.40),
];

/// Of the numbers that a record has: mistyped, somebody else's, and of those, of the same household.
const NUMBER_MISTYPED: f64 = 0.005;
const NUMBER_OF_ANOTHER: f64 = 0.002;
const OF_THE_HOUSEHOLD: f64 = 0.2;
/// Names. Each of upper case, per name; the rest of all records.
const UPPER_CASE: f64 = 0.305;
const NAMES_SWAPPED: f64 = 0.0085;
const GIVEN_MISSING: f64 = 0.0085;
const GIVEN_INITIAL: f64 = 0.0235;
const GIVEN_NICKNAME: f64 = 0.055;
const GIVEN_OTHER: f64 = 0.0065;
const GIVEN_SLIP: f64 = 0.062;
const SURNAME_MISSING: f64 = 0.0035;
const SURNAME_SLIP: f64 = 0.025;
const SURNAME_DOUBLE: f64 = 0.007;
const SURNAME_CHANGED_WOMEN: f64 = 0.035;
const SURNAME_CHANGED_MEN: f64 = 0.0035;
/// Half of the systems know no marks, and one in ten leaves out an apostrophe.
const FOLDED: f64 = 0.5;
const APOSTROPHE_LOST: f64 = 0.1;
/// Date of birth and sex.
const BORN_MISSING: f64 = 0.0115;
const BORN_FIRST_OF_JANUARY: f64 = 0.006;
const BORN_SWAPPED: f64 = 0.0126;
const BORN_TEN_YEARS_OUT: f64 = 0.002;
const BORN_DIGIT: f64 = 0.0185;
const SEX_MISSING: f64 = 0.0142;
const SEX_WRONG: f64 = 0.005;
/// Address and telephone.
const MOVED: f64 = 0.1035;
const ADDRESS_MISSING: f64 = 0.0305;
const ADDRESS_SLIP: f64 = 0.07;
const POSTCODE_MISSING: f64 = 0.0325;
const POSTCODE_OUTWARD: f64 = 0.0137;
const POSTCODE_SLIP: f64 = 0.018;
const PHONE_MISSING: f64 = 0.396;
const PHONE_OTHER: f64 = 0.254;

/// Makes records of people as organisations send them.
#[derive(Debug)]
pub(crate) struct Sender<'p> {
    pub(crate) people: &'p People<'p>,
    pub(crate) words: &'p Words,
    pub(crate) random: Random,
    organisations: Weighted,
}

impl<'p> Sender<'p> {
    pub(crate) fn new(people: &'p People<'p>, words: &'p Words, seed: u64) -> Self {
        Self {
            people,
            words,
            random: Random::new(seed, 3),
            organisations: Weighted::new(SENDERS.map(|(_, part, _)| part)),
        }
    }

    /// A record of somebody.
    pub(crate) fn record(&mut self, id: usize, place: usize, person: &Person<'_>) -> Row {
        let organisation = SENDERS.get(self.organisations.draw(&mut self.random));
        let (organisation, _, without) = organisation.copied().unwrap_or(("GP", 0.0, 0.0));
        let number = if self.random.chance(without) {
            String::new()
        } else {
            self.number(place, person)
        };
        let (given, surname) = self.names(person);
        let (address, postcode) = self.address(person);
        let random = &mut self.random;
        let sex = match random.unit() {
            draw if draw < SEX_MISSING => "",
            draw if draw < SEX_MISSING + SEX_WRONG => letter(other(person.sex)),
            _ => letter(person.sex),
        };
        Row {
            id,
            person: place,
            organisation,
            number,
            given,
            surname,
            born: born(person.born, random),
            sex,
            address,
            postcode,
            phone: telephone(person.phone, random),
            household: person.household,
        }
    }

    fn number(&mut self, place: usize, person: &Person<'_>) -> String {
        let digits = person.number.digits();
        let draw = self.random.unit();
        if draw < NUMBER_MISTYPED {
            return misread(&digits, &mut self.random);
        }
        if draw >= NUMBER_MISTYPED + NUMBER_OF_ANOTHER {
            return digits;
        }
        let near = self
            .people
            .people
            .iter()
            .skip(place.saturating_sub(4))
            .take(9);
        let household =
            near.filter(|mate| mate.household == person.household && mate.number != person.number);
        let household: Vec<&Person<'_>> = household.collect();
        let mate = if self.random.chance(OF_THE_HOUSEHOLD) {
            self.random.pick(&household).copied()
        } else {
            None
        };
        mate.or_else(|| self.random.pick(&self.people.people))
            .map_or(digits, |another| another.number.digits())
    }

    fn names(&mut self, person: &Person<'_>) -> (String, String) {
        let given = self.given(person);
        let surname = self.surname(person);
        let random = &mut self.random;
        let (given, surname) = if random.chance(NAMES_SWAPPED) {
            (surname, given)
        } else {
            (given, surname)
        };
        (written(given, random), written(surname, random))
    }

    fn given(&mut self, person: &Person<'_>) -> String {
        let random = &mut self.random;
        let name = person.given;
        if random.chance(GIVEN_MISSING) {
            return String::new();
        }
        if random.chance(GIVEN_INITIAL) {
            return name.chars().take(1).collect();
        }
        let name = match self.words.nickname(name, random) {
            Some(nickname) if random.chance(GIVEN_NICKNAME) => nickname,
            _ if random.chance(GIVEN_OTHER) => person.origin.given(person.sex, random),
            _ => name,
        };
        if random.chance(GIVEN_SLIP) {
            slip(name, random)
        } else {
            name.to_owned()
        }
    }

    fn surname(&mut self, person: &Person<'_>) -> String {
        let random = &mut self.random;
        let name = person.surname;
        let changed = match person.sex {
            Sex::Female => SURNAME_CHANGED_WOMEN,
            Sex::Male => SURNAME_CHANGED_MEN,
        };
        if random.chance(SURNAME_MISSING) {
            return String::new();
        }
        if random.chance(changed) {
            let name = person.origin.surname(random);
            return person.origin.form(name, person.sex).to_owned();
        }
        if random.chance(SURNAME_DOUBLE) {
            let second = person
                .origin
                .form(person.origin.surname(random), person.sex);
            return match name.split_once([' ', '-']) {
                Some((_, last)) => last.to_owned(),
                None => format!("{name}-{second}"),
            };
        }
        let name = if name.contains('\'') && random.chance(APOSTROPHE_LOST) {
            name.replace('\'', "")
        } else {
            name.to_owned()
        };
        if random.chance(SURNAME_SLIP) {
            slip(&name, random)
        } else {
            name
        }
    }

    fn address(&mut self, person: &Person<'_>) -> (String, String) {
        let random = &mut self.random;
        let moved = random.chance(MOVED);
        let home = if moved {
            residence(self.people.places.len(), random)
        } else {
            person.home
        };
        let (address, postcode) = self.people.lines(home);
        let address = match random.unit() {
            draw if draw < ADDRESS_MISSING => String::new(),
            draw if draw < ADDRESS_MISSING + ADDRESS_SLIP => slip(&address, random),
            _ => address,
        };
        let outward = POSTCODE_MISSING + POSTCODE_OUTWARD;
        let postcode = match random.unit() {
            _ if moved => postcode.to_owned(),
            draw if draw < POSTCODE_MISSING => String::new(),
            draw if draw < outward => postcode.chars().take_while(|one| *one != ' ').collect(),
            draw if draw < outward + POSTCODE_SLIP => slip(postcode, random).to_uppercase(),
            _ => postcode.to_owned(),
        };
        (address, postcode)
    }
}

/// The letter for a sex.
pub(crate) fn letter(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "F",
        Sex::Male => "M",
    }
}

/// A name as a system keeps it.
fn written(name: String, random: &mut Random) -> String {
    let name = if !name.is_ascii() && random.chance(FOLDED) {
        fold(&name)
    } else {
        name
    };
    if random.chance(UPPER_CASE) {
        name.to_uppercase()
    } else {
        name
    }
}

fn born(true_day: Date, random: &mut Random) -> String {
    let mut day = true_day;
    if random.chance(BORN_MISSING) {
        return String::new();
    }
    if random.chance(BORN_FIRST_OF_JANUARY) {
        (day.month, day.day) = (1, 1);
    } else if day.day <= 12 && random.chance(BORN_SWAPPED) {
        (day.month, day.day) = (day.day, day.month);
    } else if random.chance(BORN_TEN_YEARS_OUT) {
        day.year += if random.chance(0.5) { 10 } else { -10 };
    } else if random.chance(BORN_DIGIT) {
        digit(&mut day, random);
    }
    day.to_string()
}

/// Another digit in the year, the month or the day. The day may become one that no month has.
fn digit(day: &mut Date, random: &mut Random) {
    let step = random.between(1, 9);
    let turned = |value: i16, unit: i16| {
        let old = value / unit % 10;
        value + ((old + step) % 10 - old) * unit
    };
    match random.below(5) {
        0 => day.year = turned(day.year, 10),
        1 => day.year = turned(day.year, 1),
        2 => day.day = turned(day.day, 10),
        3 => day.day = turned(day.day, 1),
        _ if day.month < 10 => day.month = 1 + (day.month - 1 + random.between(1, 8)) % 9,
        _ => day.month = 10 + (day.month - 10 + random.between(1, 2)) % 3,
    }
}

fn telephone(own: Phone, random: &mut Random) -> String {
    if random.chance(PHONE_MISSING) {
        return String::new();
    }
    if random.chance(PHONE_OTHER) {
        return phone(random).to_string();
    }
    own.to_string()
}
