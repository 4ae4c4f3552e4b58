//! The numbers in memory, and what they were counted from.

use std::collections::{BTreeMap, HashMap};

use stour_indicators::{
    Case, Columns, Day, Definition, Dimension, Layout, Month, Pass, Person, Plan, PlanError,
    Subject, Tally, Vocabulary,
};
use stour_kernel::{Date, PersonId};
use stour_partnership::Reference;

use super::read::{Everybody, person};
use super::record::{Bands, OnRecord, groups};
use crate::catalogue::Catalogue;

/// How many threads count everybody.
const THREADS: usize = 2;

/// Everybody's facts and the numbers made of them, as they stand on a day.
#[derive(Debug)]
pub(crate) struct State {
    pub(super) catalogue: &'static Catalogue,
    reference: &'static Reference,
    pub(super) definitions: Vec<Definition>,
    /// The place of each indicator in the plan.
    places: BTreeMap<&'static str, usize>,
    pub(super) vocabulary: Vocabulary,
    plan: Plan,
    columns: Columns,
    /// The living of whom no fact was known when the columns were made: they are on record, and nothing else.
    quiet: Columns,
    /// People whose facts are not those in the columns any more, or never were there; `None` of somebody who was
    /// merged into another.
    apart: HashMap<u128, Option<Columns>>,
    pub(super) on_record: OnRecord,
    tally: Tally,
    as_of: Day,
    /// The day on which the file was made that everybody was read from; none where it was the log.
    made: Option<Date>,
    /// The last change that is in it.
    last: i64,
    /// How many people were put in the place of what was known of them since everybody was read.
    followed: usize,
}

impl State {
    /// Counts everybody.
    ///
    /// # Errors
    /// A definition that cannot be counted by; the catalogue has found it before.
    pub(super) fn new(
        catalogue: &'static Catalogue,
        reference: &'static Reference,
        (last, vocabulary, everybody): (i64, Vocabulary, Everybody),
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
        let mut state = Self {
            on_record: OnRecord::on(date(as_of)),
            catalogue,
            reference,
            definitions,
            places,
            vocabulary,
            plan,
            columns: everybody.columns,
            quiet: everybody.quiet,
            apart: everybody
                .apart
                .into_iter()
                .map(|(id, columns)| (id, Some(columns)))
                .collect(),
            tally,
            as_of,
            made: everybody.made,
            last,
            followed: 0,
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
        let still = |id: Option<u128>| id.is_some_and(|id| !apart.contains_key(&id));
        let here = |place: usize| still(columns.id(place));
        self.tally
            .count_some(&self.plan, columns, self.as_of, THREADS, here);
        let mut pass = Pass::new(&self.plan, self.tally.layout().first(), self.as_of);
        for columns in apart.values().flatten() {
            for subject in columns.subjects() {
                self.tally.subject(&mut pass, &subject, 1);
            }
        }
        let said_in = (&self.vocabulary, self.reference);
        self.on_record = OnRecord::on(date(self.as_of));
        self.on_record.count(columns, here, said_in);
        let quiet = |place: usize| still(self.quiet.id(place));
        self.on_record.count(&self.quiet, quiet, said_in);
        for columns in apart.values().flatten() {
            self.on_record.count(columns, |_| true, said_in);
        }
    }

    /// Puts the facts of some people in the place of those that were counted before, so that the numbers hold every
    /// change up to `last`. `vocabulary` is what they are said in, when it has grown.
    pub(super) fn put(
        &mut self,
        last: i64,
        people: Vec<(u128, Option<Columns>)>,
        vocabulary: Option<Vocabulary>,
    ) -> Result<(), PlanError> {
        self.followed += people.len();
        self.last = last;
        if let Some(vocabulary) = vocabulary {
            self.vocabulary = vocabulary;
            let layout = layout(self.catalogue, self.reference, &self.vocabulary, self.as_of);
            if !self.tally.extend(layout) {
                self.apart.extend(people);
                return self.recount(self.as_of);
            }
            self.plan.learn(&self.vocabulary);
        }
        let mut pass = Pass::new(&self.plan, self.tally.layout().first(), self.as_of);
        for (id, columns) in people {
            let before: Vec<_> = if let Some(columns) = self.apart.get(&id) {
                columns.iter().flat_map(Columns::subjects).collect()
            } else {
                found(&self.columns, id)
            };
            let after: Vec<_> = columns.iter().flat_map(Columns::subjects).collect();
            replace(&mut self.tally, &mut pass, &before, &after);
            let before = self.person(id);
            let after = columns.as_ref().and_then(|columns| columns.person(0));
            self.on_record.replace(
                before.as_ref(),
                after.as_ref(),
                (&self.vocabulary, self.reference),
            );
            self.apart.insert(id, columns);
        }
        Ok(())
    }

    /// Somebody, as they were counted.
    fn person(&self, id: u128) -> Option<Person> {
        if let Some(columns) = self.apart.get(&id) {
            return columns.as_ref()?.person(0);
        }
        let of = |columns: &Columns| columns.person(columns.find(&id)?);
        of(&self.columns).or_else(|| of(&self.quiet))
    }

    /// The numbers.
    pub(crate) const fn tally(&self) -> &Tally {
        &self.tally
    }

    /// How many people are on record of a piece of a dimension, in the bands of a life table; then those aged 18 and 19.
    pub(crate) fn on_record(&self, dimension: Dimension, code: &str) -> Bands {
        self.on_record.of(dimension, code)
    }

    /// What facts are said in.
    pub(crate) const fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The day as it stood on which everything was counted.
    pub(crate) const fn as_of(&self) -> Day {
        self.as_of
    }

    /// The last change that is in the numbers.
    pub(super) const fn last(&self) -> i64 {
        self.last
    }

    /// The day on which the file was made that everybody was read from, none where it was the log; and how many people
    /// were read anew since.
    pub(super) const fn origin(&self) -> (Option<Date>, usize) {
        (self.made, self.followed)
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
        let here = of_each(&self.columns).filter(|(id, _)| !self.apart.contains_key(id));
        // The columns say whose facts they are: those of somebody without a record are nobody's.
        here.chain(self.apart.values().flatten().flat_map(of_each))
    }

    /// How many people have facts, those about nobody as one each, and how many facts there are.
    pub(crate) fn size(&self) -> (usize, usize) {
        let facts = self.subjects().map(|(_, subject)| subject.len());
        let facts = facts.filter(|facts| *facts > 0);
        facts.fold((0, 0), |(people, all), facts| (people + 1, all + facts))
    }
}

fn found(columns: &Columns, id: u128) -> Vec<Subject<'_>> {
    let place = columns.find(&id);
    let found = place.and_then(|place| columns.subject(place));
    found.into_iter().collect()
}

fn of_each(columns: &Columns) -> impl Iterator<Item = (u128, Subject<'_>)> {
    (0..columns.people()).filter_map(|place| Some((columns.id(place)?, columns.subject(place)?)))
}

/// Counts out what was known of somebody, and in what is.
fn replace(tally: &mut Tally, pass: &mut Pass<'_>, before: &[Subject<'_>], after: &[Subject<'_>]) {
    if let ([] | [_], [] | [_]) = (before, after) {
        return tally.replace(pass, before.first(), after.first());
    }
    // Each fact about nobody stands alone.
    for (subjects, sign) in [(before, -1), (after, 1)] {
        for subject in subjects {
            tally.subject(pass, subject, sign);
        }
    }
}

fn date(day: Day) -> Date {
    day.date().unwrap_or(Date::MIN)
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
    Tally::new(layout(catalogue, reference, vocabulary, as_of), &wanted)
}

fn layout(
    catalogue: &Catalogue,
    reference: &Reference,
    vocabulary: &Vocabulary,
    as_of: Day,
) -> Layout {
    let last = Month::of(date(as_of));
    // Nothing is counted before the day from which the first definition holds.
    let starts = catalogue.counted().map(|(definition, _)| definition.starts);
    let first = starts.min().map_or(last, Month::of);
    let groups: HashMap<&str, (String, String)> = reference
        .lsoas
        .iter()
        .map(|area| (area.code.as_str(), groups(area)))
        .collect();
    Layout::new(vocabulary, (first, last), |area| {
        groups.get(area).cloned().unwrap_or_default()
    })
}
