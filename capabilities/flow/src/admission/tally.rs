//! Emergency admissions added up by practice.

use std::collections::{BTreeMap, HashMap};

use stour_database::Transaction;
use stour_kernel::{Date, OdsCode, PersonId};
use stour_partnership::Reference;
use stour_people::{Listed, age, each_listed};

use super::group::{Condition, condition, groups};
use super::known::{Admission, emergencies};
use super::period::Period;
use super::rate::{BANDS, Band, Rate, band_of, rate};
use super::review::{Standing, standing};
use crate::error::{FlowError, reference};

/// An admission with what the records say of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The admission.
    pub admission: Admission,
    /// Who stands now.
    pub person: PersonId,
    /// Their practice, by the record.
    pub practice: Option<OdsCode>,
    /// Their date of birth.
    pub born: Option<Date>,
    /// What its main diagnosis says.
    pub condition: Condition<'static>,
    /// What the review found that stands; none where nobody has reviewed it.
    pub review: Option<Standing>,
}

/// The admissions of one practice, or of everybody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// All of them.
    pub admissions: u64,
    /// Those that should not usually need hospital, by group.
    pub sensitive: BTreeMap<&'static str, u64>,
    /// Those whose main diagnosis is not known.
    pub not_coded: u64,
    /// Those reviewed, by what was found.
    pub verdicts: BTreeMap<String, u64>,
    /// The people on record, by age on the last day.
    pub bands: Box<[Band; BANDS]>,
    /// People on record whose date of birth is not known.
    pub ageless: u64,
    /// Admissions of people whose date of birth is not known: in no rate.
    pub admissions_ageless: u64,
}

impl Tally {
    /// Those that should not usually need hospital.
    pub fn all_sensitive(&self) -> u64 {
        self.sensitive.values().sum()
    }

    /// Those whose main diagnosis is something else.
    pub fn other(&self) -> u64 {
        let rest = self.admissions.saturating_sub(self.not_coded);
        rest.saturating_sub(self.all_sensitive())
    }

    /// Those that somebody has reviewed.
    pub fn reviewed(&self) -> u64 {
        self.verdicts.values().sum()
    }

    /// The people on record.
    pub fn people(&self) -> u64 {
        self.ageless + self.bands.iter().map(|band| band.people).sum::<u64>()
    }

    /// The rate, or why there is none.
    ///
    /// # Errors
    /// Why there is none, in words.
    pub fn rate(&self) -> Result<Rate, String> {
        rate(&self.bands)
    }

    fn register(&mut self, born: Option<Date>, on: Date) {
        match born.and_then(|born| age(born, on)) {
            Some(age) => {
                if let Some(band) = self.bands.get_mut(band_of(age)) {
                    band.people += 1;
                }
            }
            None => self.ageless += 1,
        }
    }

    /// Adds one admission, but for the ages: those are of people.
    pub(super) fn admit(&mut self, seen: &Seen) {
        self.admissions += 1;
        match seen.condition {
            Condition::Sensitive(group) => *self.sensitive.entry(group).or_default() += 1,
            Condition::Other => {}
            Condition::NotCoded => self.not_coded += 1,
        }
        if let Some(review) = &seen.review {
            *self.verdicts.entry(review.avoidable.clone()).or_default() += 1;
        }
    }

    fn admitted(&mut self, times: u64, born: Option<Date>, on: Date) {
        match born.and_then(|born| age(born, on)) {
            Some(age) => {
                if let Some(band) = self.bands.get_mut(band_of(age)) {
                    *band.admitted.entry(times).or_default() += 1;
                }
            }
            None => self.admissions_ageless += times,
        }
    }
}

/// Everything that the pages of the audit show of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Which period.
    pub period: Period,
    /// The admissions, in order of their days.
    pub seen: Vec<Seen>,
    /// By practice; under none those of people for whom no practice is on record.
    pub practices: BTreeMap<Option<OdsCode>, Tally>,
    /// All together.
    pub whole: Tally,
    /// The groups of conditions, in order.
    pub groups: Vec<&'static str>,
}

/// Adds up what is given. Somebody who has died before the period, or is born after it, is on no list in it.
pub(super) fn add_up(
    (period, reference): (Period, &'static Reference),
    admissions: Vec<Admission>,
    people: &[Listed],
    mut reviews: HashMap<stour_kernel::ThreadId, Standing>,
) -> Counted {
    let ((first, _), last) = (period.days(), period.last_day());
    let mut practices: BTreeMap<Option<OdsCode>, Tally> = BTreeMap::new();
    let mut whole = Tally::default();
    let mut who: HashMap<PersonId, &Listed> = HashMap::new();
    for listed in people {
        who.insert(listed.id, listed);
        let lived = listed.died.is_none_or(|died| died >= first)
            && listed.born.is_none_or(|born| born <= last);
        if listed.id == listed.person && lived {
            practices
                .entry(listed.practice)
                .or_default()
                .register(listed.born, last);
            whole.register(listed.born, last);
        }
    }
    let seen = admissions.into_iter().filter_map(|admission| {
        let listed = who.get(&admission.person)?;
        Some(Seen {
            person: listed.person,
            practice: listed.practice,
            born: listed.born,
            condition: condition(reference, admission.diagnosis.as_deref(), admission.on),
            review: reviews.remove(&admission.thread),
            admission,
        })
    });
    let seen: Vec<Seen> = seen.collect();
    let mut times: BTreeMap<PersonId, (u64, &Seen)> = BTreeMap::new();
    for one in &seen {
        practices.entry(one.practice).or_default().admit(one);
        whole.admit(one);
        times.entry(one.person).or_insert((0, one)).0 += 1;
    }
    for (times, one) in times.into_values() {
        whole.admitted(times, one.born, last);
        practices
            .entry(one.practice)
            .or_default()
            .admitted(times, one.born, last);
    }
    practices.retain(|_, tally| tally.admissions > 0 || tally.people() > 0);
    Counted {
        period,
        seen,
        practices,
        whole,
        groups: groups(reference, last),
    }
}

/// Reads and adds up the emergency admissions of a period.
///
/// # Errors
/// Those of the database, and reference data that cannot be read.
pub fn counted(tx: &mut Transaction<'_>, period: Period) -> Result<Counted, FlowError> {
    let admissions = emergencies(tx, period.days())?;
    let reviews = standing(tx)?;
    let mut people = Vec::new();
    each_listed(tx, |listed| people.push(listed))?;
    Ok(add_up((period, reference()?), admissions, &people, reviews))
}
