//! Records that organisations send of people who are known, and of some who are not: with the mistakes
//! that people make, so that matching has something to decide and humans something to look at.
//!
//! The same seed gives the same records. The mistakes are those that studies of linkage name: mistyped
//! names and dates, names changed by marriage, people who moved, missing numbers, and twins. How often
//! each is made here is invented.

use anyhow::Context as _;
use stour_database::once;
use stour_kernel::{Code, Date, NhsNumber, OdsCode, Randomness, SeededRandomness};
use stour_people::{Address, Demographics, PersonName};
use stour_web::House;

use super::Story;
use crate::open::reference;
use crate::population::{Chunk, PersonRecord};

/// Under which it is remembered that the records were sent.
const SENT: (&str, &str, &str) = ("demonstration", "incoming", "1");
/// One of so many people is spoken of by another organisation.
const ONE_IN: u64 = 12;
/// The most records that are sent: the demonstration must be ready in seconds.
const MOST: usize = 400;

/// People of whom organisations will speak, as chunk after chunk comes by.
#[derive(Debug)]
pub(super) struct Incoming {
    seed: u64,
    chosen: Vec<PersonRecord>,
}

/// What an organisation gets wrong, or what happened to the person since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Twist {
    /// Nothing.
    Right,
    /// A letter of a name.
    Typing,
    /// The number is not given.
    NoNumber,
    /// The number is not given, and a letter of a name is wrong.
    NoNumberAndTyping,
    /// Another family name, as after a marriage; the number is not given.
    Married,
    /// Another address.
    Moved,
    /// Day and month of birth the other way round.
    DayForMonth,
    /// The date of birth is not given.
    NoBirthDate,
    /// A twin, under the number of the other.
    TwinWithNumber,
    /// A twin, without a number.
    Twin,
    /// A parent or child of the same name at the same home, without a number.
    Namesake,
    /// Another family name and another address; the number is not given.
    MarriedAndMoved,
    /// The number of somebody else.
    NumberOfAnother,
    /// Neither number nor date of birth, from another address.
    Scant,
    /// Somebody who is not known.
    Stranger,
}

/// Of a hundred records, how many have each twist.
const SHARES: [(Twist, u64); 15] = [
    (Twist::Right, 22),
    (Twist::Typing, 12),
    (Twist::NoNumber, 10),
    (Twist::NoNumberAndTyping, 8),
    (Twist::Married, 6),
    (Twist::Moved, 6),
    (Twist::DayForMonth, 8),
    (Twist::NoBirthDate, 4),
    (Twist::TwinWithNumber, 3),
    (Twist::Twin, 3),
    (Twist::Namesake, 4),
    (Twist::MarriedAndMoved, 4),
    (Twist::NumberOfAnother, 3),
    (Twist::Scant, 3),
    (Twist::Stranger, 4),
];

impl Incoming {
    /// Nobody yet.
    pub(super) fn new(seed: u64) -> Self {
        Self {
            seed,
            chosen: Vec::new(),
        }
    }

    /// Chooses among the people of a chunk.
    pub(super) fn look(&mut self, chunk: &Chunk) {
        for person in &chunk.people {
            let is_open = person.died.is_none() && !person.restricted && !person.objection;
            let lot =
                SeededRandomness::new(self.seed ^ person.index.wrapping_mul(0x9E37_79B9_7F4A_7C15));
            if is_open && self.chosen.len() < MOST && lot.next_u64().is_multiple_of(ONE_IN) {
                self.chosen.push(person.clone());
            }
        }
    }

    /// Sends a record of each but the person of the story, unless that was done: her records are as
    /// the story tells them.
    ///
    /// # Errors
    /// When the database refuses one, or nobody is there to send them.
    pub(super) fn send(mut self, house: &House, story: Option<&Story>) -> anyhow::Result<()> {
        self.chosen
            .retain(|person| story.is_none_or(|story| story.index != person.index));
        let environment = house.environment().clone();
        let records = self.records(environment.today())?;
        stour_people::catch_up_blocking(house.database())?;
        house.database().write_blocking(move |tx| {
            once(tx, SENT, environment.now(), |tx| {
                for (who, source) in &records {
                    stour_people::match_or_create(tx, &environment, who, *source)?;
                }
                Ok::<_, anyhow::Error>(records.len().to_string())
            })
        })?;
        Ok(())
    }

    /// What is sent, and by whom.
    pub(super) fn records(&self, today: Date) -> anyhow::Result<Vec<(Demographics, OdsCode)>> {
        let senders = senders(today)?;
        let random = SeededRandomness::new(self.seed);
        let mut records = Vec::with_capacity(self.chosen.len());
        for (place, person) in self.chosen.iter().enumerate() {
            let other = pick(&self.chosen, &random).context("nobody was chosen")?;
            let source = *pick(&senders, &random).context("no organisation sends records")?;
            let twist = twist(&random);
            let said = told(person, other, twist, &random)?;
            let local: Code = format!("IN-{source}-{place:04}").parse()?;
            let local = Some(local);
            records.push((Demographics { local, ..said }, source));
        }
        Ok(records)
    }
}

/// The trusts and councils of a day, in order.
fn senders(today: Date) -> anyhow::Result<Vec<OdsCode>> {
    let sends = |kind: &str| kind.ends_with("-trust") || kind.ends_with("-council");
    let known = reference()?.organisations_at(today);
    let mut senders: Vec<OdsCode> = known
        .filter(|organisation| sends(organisation.kind.as_str()))
        .map(|organisation| organisation.code)
        .collect();
    senders.sort_unstable();
    Ok(senders)
}

fn pick<'a, T>(from: &'a [T], random: &SeededRandomness) -> Option<&'a T> {
    let count = u64::try_from(from.len()).ok().filter(|count| *count > 0)?;
    from.get(usize::try_from(random.next_u64() % count).ok()?)
}

fn twist(random: &SeededRandomness) -> Twist {
    let all: u64 = SHARES.iter().map(|(_, share)| share).sum();
    let mut lot = random.next_u64() % all;
    for (twist, share) in SHARES {
        if lot < share {
            return twist;
        }
        lot -= share;
    }
    Twist::Right
}

/// What is said of a person with a twist; `other` lends what has to come from somebody else.
fn told(
    person: &PersonRecord,
    other: &PersonRecord,
    twist: Twist,
    random: &SeededRandomness,
) -> anyhow::Result<Demographics> {
    let right = demographics(person)?;
    let without_number = Demographics {
        nhs_number: None,
        ..right.clone()
    };
    Ok(match twist {
        Twist::Right => right,
        Twist::Typing => mistyped(right, random)?,
        Twist::NoNumber => without_number,
        Twist::NoNumberAndTyping => mistyped(without_number, random)?,
        Twist::Married => Demographics {
            name: PersonName::new(&other.family_name, &person.given_names)?,
            ..without_number
        },
        Twist::Moved => Demographics {
            address: Some(address(other)),
            ..right
        },
        Twist::DayForMonth => Demographics {
            born: Some(day_for_month(person.born)),
            ..right
        },
        Twist::NoBirthDate => Demographics {
            born: None,
            ..right
        },
        Twist::TwinWithNumber => Demographics {
            name: PersonName::new(&person.family_name, &other.given_names)?,
            ..right
        },
        Twist::Twin => Demographics {
            name: PersonName::new(&person.family_name, &other.given_names)?,
            ..without_number
        },
        Twist::Namesake => Demographics {
            born: Some(other.born),
            ..without_number
        },
        Twist::MarriedAndMoved => Demographics {
            name: PersonName::new(&other.family_name, &person.given_names)?,
            address: Some(address(other)),
            ..without_number
        },
        Twist::NumberOfAnother => Demographics {
            nhs_number: Some(other.nhs_number),
            ..right
        },
        Twist::Scant => Demographics {
            born: None,
            address: Some(address(other)),
            ..without_number
        },
        Twist::Stranger => Demographics {
            nhs_number: NhsNumber::from_first_nine(stranger_number(random)),
            born: Some(other.born),
            address: Some(address(other)),
            ..right
        },
    })
}

/// Nine digits in the 999 range, far above those of the population.
fn stranger_number(random: &SeededRandomness) -> u32 {
    u32::try_from(random.next_u64() % 50_000).map_or(999_900_000, |lot| 999_900_000 + lot)
}

fn demographics(person: &PersonRecord) -> anyhow::Result<Demographics> {
    let sex: Code = if person.female { "F" } else { "M" }.parse()?;
    Ok(Demographics {
        nhs_number: Some(person.nhs_number),
        born: Some(person.born),
        sex: Some(sex),
        address: Some(address(person)),
        practice: Some(person.practice),
        ..Demographics::named(PersonName::new(&person.family_name, &person.given_names)?)
    })
}

fn address(person: &PersonRecord) -> Address {
    Address {
        lines: person.address.clone(),
        postcode: Some(person.postcode),
        lsoa: None,
    }
}

/// The day and the month of birth the other way round, where that is a day; else one day later.
fn day_for_month(born: Date) -> Date {
    Date::new(born.year(), born.day(), born.month())
        .ok()
        .filter(|turned| *turned != born)
        .unwrap_or_else(|| born.tomorrow().unwrap_or(born))
}

/// One letter of the family name or of the given names wrong: left out, twice, or before its neighbour.
fn mistyped(said: Demographics, random: &SeededRandomness) -> anyhow::Result<Demographics> {
    let given: Vec<&str> = said
        .name
        .given
        .iter()
        .map(stour_people::NameText::as_str)
        .collect();
    let (family, given) = (said.name.family.to_string(), given.join(" "));
    let name = if random.next_u64().is_multiple_of(2) || given.len() < 3 {
        PersonName::new(&slipped(&family, random), &given)?
    } else {
        PersonName::new(&family, &slipped(&given, random))?
    };
    Ok(Demographics { name, ..said })
}

fn slipped(text: &str, random: &SeededRandomness) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let count = u64::try_from(letters.len()).unwrap_or(1).max(1);
    let place = usize::try_from(1 + random.next_u64() % count).unwrap_or(1);
    let is_inner = place + 1 < letters.len();
    match random.next_u64() % 3 {
        0 if is_inner => {
            letters.remove(place);
        }
        1 if is_inner => letters.swap(place, place + 1),
        _ => {
            if let Some(last) = letters.last().copied() {
                letters.push(last);
            }
        }
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests;
