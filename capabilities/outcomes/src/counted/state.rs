//! The numbers in memory, and what they were counted from.

use std::collections::{BTreeMap, HashMap};

use stour_indicators::{
    Case, Columns, Day, Definition, Dimension, Layout, Month, Pass, Plan, PlanError, Subject,
    Tally, Vocabulary,
};
use stour_kernel::PersonId;
use stour_partnership::Reference;

use super::read::{Everybody, NOBODY, OnRecord, person};
use crate::catalogue::Catalogue;

/// The first month that anything is counted in: the partnership's data begins with it.
const FIRST: Month = Month::new(2013 * 12 + 3);

/// How many threads count everybody.
const THREADS: usize = 2;

/// Everybody's facts and the numbers made of them, as they stand on a day.
#[derive(Debug)]
pub(crate) struct State {
    catalogue: &'static Catalogue,
    reference: &'static Reference,
    definitions: Vec<Definition>,
    /// The place of each indicator in the plan.
    places: BTreeMap<&'static str, usize>,
    pub(super) vocabulary: Vocabulary,
    plan: Plan,
    pub(super) columns: Columns,
    /// People whose facts are not those in the columns any more, or never were there; `None` of somebody who was
    /// merged into another.
    pub(super) apart: HashMap<u128, Option<Columns>>,
    /// People on record, living, in the bands of a life table, by dimension and code.
    on_record: HashMap<(Dimension, String), [u32; 20]>,
    tally: Tally,
    as_of: Day,
}

impl State {
    /// Counts everybody.
    ///
    /// # Errors
    /// A definition that cannot be counted by; the catalogue has found it before.
    pub(super) fn new(
        catalogue: &'static Catalogue,
        reference: &'static Reference,
        vocabulary: Vocabulary,
        everybody: Everybody,
        as_of: Day,
    ) -> Result<Self, PlanError> {
        let counted: Vec<_> = catalogue.counted().collect();
        let places = counted
            .iter()
            .enumerate()
            .map(|(place, (definition, _))| (definition.id.as_str(), place));
        let places = places.collect();
        let definitions: Vec<Definition> =
            counted.into_iter().map(|(_, counted)| counted).collect();
        let plan = plan(&definitions, &vocabulary, catalogue, reference)?;
        let tally = tally(catalogue, reference, &vocabulary, as_of);
        let on_record = on_record(&everybody.on_record, &vocabulary, reference);
        let mut state = Self {
            on_record,
            catalogue,
            reference,
            definitions,
            places,
            vocabulary,
            plan,
            columns: everybody.columns,
            apart: everybody
                .apart
                .into_iter()
                .map(|(id, columns)| (id, Some(columns)))
                .collect(),
            tally,
            as_of,
        };
        state.count();
        Ok(state)
    }

    /// Counts everybody anew, as it can be judged on a day.
    pub(super) fn recount(&mut self, as_of: Day) -> Result<(), PlanError> {
        self.plan = plan(
            &self.definitions,
            &self.vocabulary,
            self.catalogue,
            self.reference,
        )?;
        self.tally = tally(self.catalogue, self.reference, &self.vocabulary, as_of);
        self.as_of = as_of;
        self.count();
        Ok(())
    }

    fn count(&mut self) {
        let (columns, apart) = (&self.columns, &self.apart);
        let here = |place: usize| columns.id(place).is_some_and(|id| !apart.contains_key(&id));
        self.tally
            .count_some(&self.plan, columns, self.as_of, THREADS, here);
        let mut pass = Pass::new(&self.plan, self.tally.layout().first(), self.as_of);
        for columns in self.apart.values().flatten() {
            for subject in columns.subjects() {
                self.tally.subject(&mut pass, &subject, 1);
            }
        }
    }

    /// Puts the facts of some people in the place of those that were counted before. `vocabulary` is what they are
    /// said in, when it has grown.
    pub(super) fn put(
        &mut self,
        people: Vec<(u128, Option<Columns>)>,
        vocabulary: Option<Vocabulary>,
    ) -> Result<(), PlanError> {
        if let Some(vocabulary) = vocabulary {
            self.vocabulary = vocabulary;
            let layout = layout(self.reference, &self.vocabulary, self.as_of);
            if !self.tally.extend(layout) {
                self.apart.extend(people);
                return self.recount(self.as_of);
            }
            self.plan.learn(&self.vocabulary);
        }
        let mut pass = Pass::new(&self.plan, self.tally.layout().first(), self.as_of);
        for (id, columns) in people {
            let before = if let Some(columns) = self.apart.get(&id) {
                columns.iter().flat_map(Columns::subjects).collect()
            } else {
                let place = self.columns.find(&id);
                let found = place.and_then(|place| self.columns.subject(place));
                found.into_iter().collect::<Vec<_>>()
            };
            let after: Vec<_> = columns.iter().flat_map(Columns::subjects).collect();
            if id == NOBODY {
                // Each fact about nobody stands alone.
                for (subjects, sign) in [(&before, -1), (&after, 1)] {
                    for subject in subjects {
                        self.tally.subject(&mut pass, subject, sign);
                    }
                }
            } else {
                self.tally.replace(&mut pass, before.first(), after.first());
            }
            self.apart.insert(id, columns);
        }
        Ok(())
    }

    /// The numbers.
    pub(crate) const fn tally(&self) -> &Tally {
        &self.tally
    }

    /// How many people are on record of a piece of a dimension, in the bands of a life table.
    pub(crate) fn on_record(&self, dimension: Dimension, code: &str) -> [u32; 20] {
        let found = self.on_record.get(&(dimension, code.to_owned()));
        found.copied().unwrap_or_default()
    }

    /// What facts are said in.
    pub(crate) const fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The day as it stood on which everything was counted.
    pub(crate) const fn as_of(&self) -> Day {
        self.as_of
    }

    /// The place of an indicator among those that are counted.
    pub(crate) fn place(&self, indicator: &str) -> Option<usize> {
        self.places.get(indicator).copied()
    }

    /// Hands on every case of one indicator, with whose it is; `None` stands for facts about nobody.
    pub(crate) fn each_case(
        &self,
        indicator: &str,
        mut take: impl FnMut(Option<PersonId>, &Case, &Subject<'_>),
    ) -> Result<(), PlanError> {
        let Some(definition) = self
            .place(indicator)
            .and_then(|place| self.definitions.get(place))
        else {
            return Ok(());
        };
        let plan = plan(
            std::slice::from_ref(definition),
            &self.vocabulary,
            self.catalogue,
            self.reference,
        )?;
        let mut pass = Pass::new(&plan, self.tally.layout().first(), self.as_of);
        for (id, subject) in self.subjects() {
            pass.subject(&subject, |case| take(person(id), case, &subject));
        }
        Ok(())
    }

    /// Everybody, as they were counted.
    fn subjects(&self) -> impl Iterator<Item = (u128, Subject<'_>)> {
        let here = (0..self.columns.people())
            .filter_map(|place| Some((self.columns.id(place)?, self.columns.subject(place)?)));
        let here = here.filter(|(id, _)| !self.apart.contains_key(id));
        let apart = self.apart.iter().flat_map(|(id, columns)| {
            let subjects = columns.iter().flat_map(Columns::subjects);
            subjects.map(|subject| (*id, subject))
        });
        here.chain(apart)
    }

    /// How many people there are with anything to count, and how many facts about them.
    pub(crate) fn size(&self) -> (usize, usize) {
        let facts = self.subjects().map(|(_, subject)| subject.len());
        facts.fold((0, 0), |(people, all), facts| (people + 1, all + facts))
    }

    /// Whether what was kept up to date as facts arrived is what counting everybody anew gives.
    pub(crate) fn agrees(&self) -> Result<bool, PlanError> {
        let mut anew = tally(self.catalogue, self.reference, &self.vocabulary, self.as_of);
        let plan = plan(
            &self.definitions,
            &self.vocabulary,
            self.catalogue,
            self.reference,
        )?;
        let mut pass = Pass::new(&plan, anew.layout().first(), self.as_of);
        for (_, subject) in self.subjects() {
            anew.subject(&mut pass, &subject, 1);
        }
        Ok(anew == self.tally)
    }
}

fn plan(
    definitions: &[Definition],
    vocabulary: &Vocabulary,
    catalogue: &Catalogue,
    reference: &Reference,
) -> Result<Plan, PlanError> {
    Plan::new(definitions, vocabulary, |field, group| {
        catalogue.members(reference, field, group)
    })
}

fn tally(
    catalogue: &Catalogue,
    reference: &Reference,
    vocabulary: &Vocabulary,
    as_of: Day,
) -> Tally {
    let wanted: Vec<(Vec<Dimension>, bool)> = catalogue
        .counted()
        .map(|(definition, _)| (definition.dimensions(), definition.needs_values()))
        .collect();
    Tally::new(layout(reference, vocabulary, as_of), &wanted)
}

fn on_record(
    people: &OnRecord,
    vocabulary: &Vocabulary,
    reference: &Reference,
) -> HashMap<(Dimension, String), [u32; 20]> {
    let places: Vec<(&str, &str)> = vocabulary.places().collect();
    let groups = groups(reference);
    let mut found: HashMap<(Dimension, String), [u32; 20]> = HashMap::new();
    for ((place, area), bands) in people {
        let of = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        let (council, locality) = places.get(of(*place)).copied().unwrap_or_default();
        let area = vocabulary
            .areas()
            .get(of(*area))
            .map(String::as_str)
            .unwrap_or_default();
        let (tenth, middle) = groups.get(area).cloned().unwrap_or_default();
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
            let sums = found.entry(piece).or_default();
            for (sum, more) in sums.iter_mut().zip(bands) {
                *sum += more;
            }
        }
    }
    found
}

/// The tenth of deprivation and the middle-layer area of each small area.
fn groups(reference: &Reference) -> HashMap<&str, (String, String)> {
    let areas = reference.lsoas.iter();
    areas
        .map(|area| {
            (
                area.code.as_str(),
                (format!("{:02}", area.imd_decile), area.msoa.to_string()),
            )
        })
        .collect()
}

fn layout(reference: &Reference, vocabulary: &Vocabulary, as_of: Day) -> Layout {
    let last = as_of.date().map_or(FIRST, Month::of);
    let groups = groups(reference);
    Layout::new(vocabulary, (FIRST, last), |area| {
        groups.get(area).cloned().unwrap_or_default()
    })
}
