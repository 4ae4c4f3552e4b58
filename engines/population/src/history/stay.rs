//! Stays in hospital and how people leave.

use jiff::civil::DateTime;

use crate::age::AgeBand;
use crate::calendar::{Day, NEVER};
use crate::condition::Frailty;
use crate::diagnosis::{DIAGNOSES, Diagnosis};
use crate::event::{Detail, Spell};
use crate::history::{Discharge, Ending, History};
use crate::random::whole;
use crate::setting::Hospital;

/// How many times as likely a diagnosis is for those with its condition, and for those without.
const WITH_CONDITION: f64 = 8.0;
const WITHOUT_CONDITION: f64 = 0.25;
/// The bounds a stay is to keep.
#[derive(Debug, Clone, Copy, Default)]
struct Bounds {
    /// It lasts at least until this day.
    at_least: Option<Day>,
    /// It ends by this day.
    at_most: Option<Day>,
}

/// A stay as drawn, before it is written.
pub(super) struct Drawn {
    pub(super) emergency: bool,
    pub(super) diagnosis: &'static Diagnosis,
    pub(super) from: Day,
    /// The day hospital care is no longer needed, when the stay goes on after it.
    pub(super) ready: Option<Day>,
    pub(super) ending: Ending,
    pub(super) pathway: usize,
}

impl Drawn {
    /// Discharge method and destination, for someone whose usual home has this code.
    fn leaving(&self, usual: &'static str) -> (Option<&'static str>, Option<&'static str>) {
        match (self.ending, self.pathway) {
            (Ending::Open, _) => (None, None),
            (Ending::Died(_), _) => (Some("4"), Some("79")),
            (Ending::On(_), 3) => (Some("1"), Some("85")),
            (Ending::On(_), 2) => (Some("1"), Some("29")),
            (Ending::On(_), _) => (Some("1"), Some(usual)),
        }
    }
}

impl History<'_> {
    /// All stays, in order of time.
    pub(super) fn stays(&mut self) {
        let rates = &self.tables.rates;
        let conditions: f64 = self
            .subject
            .draft
            .conditions
            .each()
            .map(|condition| condition.admission_ratio)
            .product();
        let emergency = rates.emergency_admissions.at(self.band) * self.ratio * conditions;
        let elective = rates.elective_admissions.at(self.band);
        let all = emergency + elective;
        let mut day = self.start.saturating_add(self.random.days_to_next(all));
        loop {
            day = day.max(self.free_from);
            if !self.can_begin(day) {
                return;
            }
            let to_come = self.stay_to_come.take();
            let emergency = to_come.is_some() || self.random.chance(emergency / all);
            let at_most = (day <= self.home_by).then_some(self.home_by);
            let bounds = Bounds {
                at_least: to_come.map(|(_, until)| until),
                at_most,
            };
            let until = self.stay(day, emergency, bounds);
            day = match self.stay_to_come {
                Some((next, _)) => next,
                None => until.saturating_add(self.random.days_to_next(all)),
            };
        }
    }

    /// A stay that ends in death, for some who died elsewhere than in a stay already told.
    pub(super) fn last_stay(&mut self) {
        let Some(died) = self.died else { return };
        let in_window = self
            .kept_clear
            .iter()
            .any(|(from, to)| (*from..=*to).contains(&died));
        let share = self.tables.rates.deaths_in_hospital;
        if self.in_hospital(died) || in_window || !self.random.chance(share) {
            return;
        }
        let nights = self.nights(true, 1.6).max(1);
        let day = (died - nights).max(self.free_from);
        if self.can_begin(day) {
            self.stay(
                day,
                true,
                Bounds {
                    at_least: Some(died),
                    at_most: None,
                },
            );
        }
    }

    /// One stay and what follows it; gives the first day after.
    fn stay(&mut self, from: Day, emergency: bool, bounds: Bounds) -> Day {
        let drawn = self.draw_stay(from, emergency, bounds);
        let until = match drawn.ending {
            Ending::Open => NEVER,
            Ending::On(day) | Ending::Died(day) => day,
        };
        self.stays.push((from, until));
        self.free_from = until;
        let reference = self.write_stay(&drawn);
        if self.subject.draft.age >= 18 {
            self.follow(&drawn, reference);
        }
        until
    }

    fn draw_stay(&mut self, from: Day, emergency: bool, bounds: Bounds) -> Drawn {
        let rates = &self.tables.rates;
        let diagnosis = self.diagnosis(emergency);
        let same_day = if emergency {
            rates.emergency_same_day.at(self.band)
        } else {
            rates.elective_same_day
        };
        let nights = if self.random.chance(same_day) && bounds.at_least.is_none() {
            0
        } else {
            self.nights(emergency, diagnosis.nights)
        };
        let mut ready = from
            .saturating_add(nights)
            .max(bounds.at_least.unwrap_or(from));
        let overnight_emergency = emergency && ready > from;
        let pathway = if overnight_emergency && bounds.at_most.is_none() && self.may_need_help(from)
        {
            self.random.weighted(&rates.pathways)
        } else {
            0
        };
        let mut until = ready;
        if overnight_emergency && self.random.chance(by_pathway(rates.delayed, pathway)) {
            until += self.random.days(by_pathway(rates.delay_days, pathway));
        }
        if let Some(most) = bounds.at_most {
            ready = ready.min(most);
            until = until.min(most);
        }
        let ending = self.ending(until);
        let last = ending.until();
        let ready = (until > ready && ready < last).then_some(ready);
        Drawn {
            emergency,
            diagnosis,
            from,
            ready,
            ending,
            pathway,
        }
    }

    /// Whether a discharge may take more than going home.
    fn may_need_help(&self, day: Day) -> bool {
        let draft = &self.subject.draft;
        let frail = draft.frailty >= Frailty::Moderate && draft.age >= 18;
        (draft.age >= 65 || frail) && !self.subject.in_care_home && day < self.care_home_from
    }

    fn nights(&mut self, emergency: bool, factor: f64) -> i32 {
        let rates = &self.tables.rates;
        let median = if emergency {
            rates.emergency_nights.at(self.band)
        } else {
            1.8
        };
        whole(
            self.random
                .log_normal(median * factor, rates.nights_spread)
                .round(),
        )
        .clamp(1, 150)
    }

    fn diagnosis(&mut self, emergency: bool) -> &'static Diagnosis {
        let conditions = self.subject.draft.conditions;
        let band = self.band;
        let weight = |diagnosis: &Diagnosis| {
            if diagnosis.emergency != emergency {
                return 0.0;
            }
            let factor = diagnosis.condition.map_or(1.0, |code| {
                if conditions.has(code) {
                    WITH_CONDITION
                } else {
                    WITHOUT_CONDITION
                }
            });
            diagnosis.weight.at(band) * factor
        };
        let weights: [f64; DIAGNOSES.len()] =
            std::array::from_fn(|place| DIAGNOSES.get(place).map_or(0.0, weight));
        let [first, ..] = &DIAGNOSES;
        DIAGNOSES
            .get(self.random.weighted(&weights))
            .unwrap_or(first)
    }

    fn write_stay(&mut self, drawn: &Drawn) -> String {
        let tables = self.tables;
        let [any, ..] = tables.hospitals.as_slice() else {
            return String::new();
        };
        let hospital = tables
            .hospitals
            .get(self.subject.council.hospitals.draw(&mut self.random))
            .unwrap_or(any);
        let through_department = drawn.emergency
            && self
                .random
                .chance(tables.rates.through_emergency_department);
        let admitted_minute = self.random.between(8 * 60, 23 * 60);
        let arrival = through_department.then(|| self.arrival(drawn.from, admitted_minute));
        let spell = self.spell(drawn, hospital, through_department, admitted_minute);
        let days = (drawn.ending.until() - drawn.from).max(0);
        let cost = tables.rates.cost_admission + i64::from(days) * tables.rates.cost_night;
        let outcome = match drawn.ending {
            Ending::Open => None,
            Ending::On(_) => Some("discharged"),
            Ending::Died(_) => Some("died"),
        };
        let wards = spell.wards.clone();
        let when = (drawn.from, drawn.ending);
        let reference = self.write(when, outcome, Some(cost), Detail::Spell(Box::new(spell)));
        self.done_by(hospital.organisation);
        if let Some(arrival) = arrival {
            self.write_admitting_attendance(&arrival, hospital, reference.clone());
        }
        self.write_delayed_days(drawn, hospital, &wards, &reference);
        reference
    }

    /// When the stay ended: by day, unless it ended on the day it began.
    fn discharged(&mut self, drawn: &Drawn, admitted_minute: i32) -> Option<DateTime> {
        let (Ending::On(day) | Ending::Died(day)) = drawn.ending else {
            return None;
        };
        let earliest = if day == drawn.from {
            admitted_minute + 45
        } else {
            9 * 60
        };
        let latest = (20 * 60).max(earliest + 60);
        let minute = self.random.between(earliest.min(1439), latest.min(1439));
        Some(self.tables.calendar.moment(day, minute))
    }

    fn spell(
        &mut self,
        drawn: &Drawn,
        hospital: &Hospital,
        through_department: bool,
        admitted_minute: i32,
    ) -> Spell {
        let calendar = &self.tables.calendar;
        let diagnosis = drawn.diagnosis;
        let discharged = self.discharged(drawn, admitted_minute);
        let admitted = calendar.moment(drawn.from, admitted_minute);
        let in_care_home = self.subject.in_care_home || drawn.from >= self.care_home_from;
        let usual = if in_care_home { "85" } else { "19" };
        let (method, destination) = drawn.leaving(usual);
        let known = drawn.ready.is_some_and(|ready| ready <= 0);
        let pathway =
            matches!(drawn.ending, Ending::On(_)) || (drawn.ending == Ending::Open && known);
        let secondary = self
            .subject
            .draft
            .conditions
            .each()
            .map(|condition| condition.icd10);
        Spell {
            site: hospital.site.clone(),
            admission_method: match (drawn.emergency, through_department) {
                (true, true) => "21",
                (true, false) => "22",
                (false, _) => "11",
            },
            admission_source: usual,
            specialty: diagnosis.specialty,
            primary_diagnosis: diagnosis.icd10,
            secondary_diagnoses: secondary
                .filter(|code| *code != diagnosis.icd10)
                .take(4)
                .collect(),
            admitted,
            discharged,
            wards: self.ward_stays(drawn, hospital, (admitted, discharged)),
            discharge_ready: drawn.ready.filter(|_| known).map(|day| calendar.date(day)),
            pathway: pathway
                .then(|| PATHWAYS.get(drawn.pathway).copied())
                .flatten(),
            discharge_method: method,
            destination,
        }
    }

    /// What follows the end of a stay, or the wait for it.
    fn follow(&mut self, drawn: &Drawn, reference: String) {
        match drawn.ending {
            Ending::Died(_) => {}
            Ending::Open => {
                if drawn.pathway > 0 && drawn.ready.is_some_and(|ready| ready <= 0) {
                    self.hospital_request(drawn.from, drawn.ready, None, &reference);
                }
            }
            Ending::On(day) => {
                let discharge = Discharge { reference, day };
                match drawn.pathway {
                    1 => self.home_with_help(drawn.from, drawn.ready, discharge),
                    2 => self.recovery_bed(drawn.from, drawn.ready, discharge),
                    3 => self.care_home_instead(drawn.from, drawn.ready, discharge),
                    _ => {}
                }
            }
        }
    }

    /// Whether a known death or the person's age stands in the way of a measured reablement, and the chance of being
    /// at home after 91 days otherwise.
    pub(super) fn chance_at_home(&self, discharge: Day) -> Option<f64> {
        let soon_dead = self
            .died
            .is_some_and(|died| died <= discharge + super::WINDOW);
        let rates = &self.tables.rates;
        let older = self.band >= AgeBand::From65 && self.age_on(discharge) >= 65;
        (!soon_dead).then_some(if older {
            rates.still_at_home_65
        } else {
            rates.still_at_home_under_65
        })
    }

    fn age_on(&self, day: Day) -> i32 {
        whole(f64::from(day - self.subject.draft.born) / 365.25)
    }
}

pub(super) const PATHWAYS: [&str; 4] = ["0", "1", "2", "3"];

pub(super) fn by_pathway<T: Copy>(values: [T; 4], pathway: usize) -> T {
    let [none, one, two, three] = values;
    match pathway {
        0 => none,
        1 => one,
        2 => two,
        _ => three,
    }
}
