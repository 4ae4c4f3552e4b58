//! How many people are on record, by place and age: what a rate is of where those who live somewhere are not known.

use std::collections::HashMap;

use stour_indicators::{Columns, Dimension, Person, Vocabulary};
use stour_kernel::{Date, GssCode};
use stour_partnership::Reference;

use super::read::{NOBODY, life_band};

/// People in the bands of a life table: under 1, 1 to 4, then five years each, the last from 90. After them, and in
/// their own band too, those aged 18 and 19.
pub(super) type Bands = [u32; 21];

/// The place of those aged 18 and 19.
const YOUNGEST_ADULTS: usize = 20;

/// How many people are on record, living, as old as they are on a day.
#[derive(Debug)]
pub(super) struct OnRecord {
    today: Date,
    found: HashMap<(Dimension, String), Bands>,
}

/// Where somebody counts: the number of their place and of their small area, the band of their age, and whether they
/// are 18 or 19.
type Where = (u32, u32, Aged);

/// The band of an age, and whether it is 18 or 19.
type Aged = (usize, bool);

impl OnRecord {
    /// Nobody, on a day.
    pub(super) fn on(today: Date) -> Self {
        Self {
            today,
            found: HashMap::new(),
        }
    }

    /// Counts everybody of some columns in whose place is chosen.
    pub(super) fn count(
        &mut self,
        columns: &Columns,
        chosen: impl Fn(usize) -> bool,
        (vocabulary, reference): (&Vocabulary, &Reference),
    ) {
        let mut bands: HashMap<(u32, u32), Bands> = HashMap::new();
        let people = (0..columns.people()).filter(|place| chosen(*place));
        for person in people.filter_map(|place| columns.person(place)) {
            if let Some((place, area, aged)) = self.place_of(&person) {
                add(bands.entry((place, area)).or_default(), aged, 1);
            }
        }
        for ((place, area), bands) in bands {
            self.spread((place, area), (vocabulary, reference), |sums| {
                for (sum, more) in sums.iter_mut().zip(bands) {
                    *sum += more;
                }
            });
        }
    }

    /// Puts somebody in the place of who they were before.
    pub(super) fn replace(
        &mut self,
        before: Option<&Person>,
        after: Option<&Person>,
        said_in: (&Vocabulary, &Reference),
    ) {
        let [before, after] =
            [before, after].map(|person| person.and_then(|person| self.place_of(person)));
        if before == after {
            return;
        }
        for (found, sign) in [(before, -1), (after, 1)] {
            if let Some((place, area, aged)) = found {
                self.spread((place, area), said_in, |sums| add(sums, aged, sign));
            }
        }
    }

    /// How many there are of a piece of a dimension.
    pub(super) fn of(&self, dimension: Dimension, code: &str) -> Bands {
        let found = self.found.get(&(dimension, code.to_owned()));
        found.copied().unwrap_or_default()
    }

    /// Every piece of which anybody is on record in one or the other, and how many in each.
    pub(super) fn beside<'r>(
        &'r self,
        other: &'r Self,
    ) -> impl Iterator<Item = (Dimension, &'r str, [Bands; 2])> {
        let only_there = other.found.keys();
        let only_there = only_there.filter(|key| !self.found.contains_key(*key));
        self.found.keys().chain(only_there).map(|key| {
            let of = |one: &Self| one.found.get(key).copied().unwrap_or_default();
            (key.0, key.1.as_str(), [of(self), of(other)])
        })
    }

    /// Where somebody counts; nowhere who is dead or of whom no date of birth is known.
    fn place_of(&self, person: &Person) -> Option<Where> {
        if person.id == NOBODY || person.died.is_known() {
            return None;
        }
        let age = stour_people::age(person.born?, self.today)?;
        let aged = (life_band(age.into())?, (18..20).contains(&age));
        Some((person.place, person.area, aged))
    }

    /// Changes every piece that people of a place and a small area belong to.
    fn spread(
        &mut self,
        (place, area): (u32, u32),
        (vocabulary, reference): (&Vocabulary, &Reference),
        change: impl Fn(&mut Bands),
    ) {
        let at = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        let (council, locality) = vocabulary.places().nth(at(place)).unwrap_or_default();
        let area = vocabulary.areas().get(at(area));
        let area = area.and_then(|area| area.parse::<GssCode>().ok());
        let (tenth, middle) = area
            .and_then(|code| reference.lsoa(&code))
            .map_or_else(Default::default, groups);
        let pieces = [
            (Dimension::Whole, String::new()),
            (Dimension::Council, council.to_owned()),
            (Dimension::Locality, locality.to_owned()),
            (
                Dimension::LocalityInCouncil,
                format!("{council}/{locality}"),
            ),
            (Dimension::Deprivation, tenth),
            (Dimension::SmallArea, middle),
        ];
        for piece in pieces {
            change(self.found.entry(piece).or_default());
        }
    }
}

/// The tenth of deprivation and the middle-layer area of a small area.
pub(super) fn groups(area: &stour_partnership::Lsoa) -> (String, String) {
    (format!("{:02}", area.imd_decile), area.msoa.to_string())
}

fn add(bands: &mut Bands, (band, is_youngest_adult): Aged, people: i32) {
    let youngest = is_youngest_adult.then_some(YOUNGEST_ADULTS);
    for place in [Some(band), youngest].into_iter().flatten() {
        if let Some(count) = bands.get_mut(place) {
            *count = count.saturating_add_signed(people);
        }
    }
}
