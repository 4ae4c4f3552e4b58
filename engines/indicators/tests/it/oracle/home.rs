//! Where somebody is so many days after leaving hospital.

use jiff::ToSpan as _;
use stour_indicators::{Day, Home, Names, Verdict};
use stour_kernel::Date;

use super::{Expected, Known, day, told};
use crate::selecting::days;
use crate::world::Thing;

/// Not at home since a day.
type Away = fn(Day) -> Verdict;

impl Known<'_> {
    pub(super) fn home(&self, home: &Home) -> Vec<Expected> {
        let mut found: Vec<Expected> = Vec::new();
        for (place, service) in self.things.iter().enumerate() {
            if !self.was(&home.with, service) {
                continue;
            }
            let mut latest: Option<&Thing> = None;
            for stay in &self.things {
                let Some(ended) = stay.ended else { continue };
                let after = days(ended, service.started);
                if after >= -i64::from(home.window_before)
                    && after <= i64::from(home.window_after)
                    && self.was(&home.stay, stay)
                    && !self.was(&home.died, stay)
                    && latest.is_none_or(|latest| latest.ended <= Some(ended))
                {
                    latest = Some(stay);
                }
            }
            let Some((stay, discharged)) = latest.and_then(|stay| Some((stay, stay.ended?))) else {
                continue;
            };
            if found.iter().any(|earlier| earlier.day == discharged) {
                continue;
            }
            let mut expected = self.expected(discharged, Some(place));
            expected.verdict = told(match expected.age {
                None => Verdict::BirthUnknown,
                Some(age) if age < home.age_from => Verdict::TooYoung,
                Some(_) if self.was(&home.moved_on, stay) => Verdict::MovedOn,
                Some(_) => self.whereabouts(home, discharged),
            });
            found.push(expected);
        }
        found
    }

    fn whereabouts(&self, home: &Home, discharged: Date) -> Verdict {
        let on = discharged + home.days.days();
        if on >= self.as_of {
            return Verdict::NotYet;
        }
        let mut deaths: Vec<Date> = self.somebody.died.into_iter().collect();
        for thing in &self.things {
            if self.was(&home.died, thing) || self.was(&home.with_died, thing) {
                deaths.extend(thing.ended);
            }
        }
        if let Some(died) = deaths.into_iter().min().filter(|died| *died <= on) {
            return Verdict::Died(day(died));
        }
        let places: [(&Names, Away); 3] = [
            (&home.stay, Verdict::InHospital),
            (&home.care_home, Verdict::InCareHome),
            (&home.elsewhere, Verdict::Elsewhere),
        ];
        for (names, verdict) in places {
            let there = |thing: &&Thing| {
                thing.started <= on
                    && thing.ended.is_none_or(|ended| ended > on)
                    && self.was(names, thing)
            };
            // Facts are in order of their first days.
            if let Some(thing) = self.things.iter().find(there) {
                return verdict(day(thing.started));
            }
        }
        let earliest = discharged - home.window_before.days();
        let ended_with = |names: &Names| {
            let after = self.things.iter().filter(|thing| thing.started >= earliest);
            let outcome = after.filter(|thing| self.was(names, thing));
            outcome
                .filter_map(|thing| thing.ended)
                .filter(|ended| *ended <= on)
                .max()
        };
        if let Some(moved) = ended_with(&home.with_care_home) {
            let on_record = self.things.iter().any(|thing| {
                thing.ended.is_none_or(|ended| ended > moved) && self.was(&home.care_home, thing)
            });
            if !on_record {
                return Verdict::InCareHome(day(moved));
            }
        }
        ended_with(&home.with_moved_away)
            .map_or(Verdict::Counted, |moved| Verdict::MovedAway(day(moved)))
    }
}
