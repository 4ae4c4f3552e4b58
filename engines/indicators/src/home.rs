//! Where somebody is so many days after leaving hospital.

use crate::case::{Case, Verdict};
use crate::columns::{Event, Subject};
use crate::compiled::{AtHome, Meant};
use crate::day::Day;
use crate::pass::{Fact, Pass};

impl Pass<'_> {
    /// The discharge that a service followed, once each, with where the person was on the day to look at.
    pub(crate) fn home(
        &mut self,
        indicator: usize,
        subject: &Subject<'_>,
        fact: &Fact,
        home: &AtHome,
    ) -> Option<Case> {
        let service = &fact.event;
        if !self.means_then(home.with, subject, service) {
            return None;
        }
        let stay = self.discharge_before(subject, service, home)?;
        if self.discharges.contains(&(indicator, stay.ended)) {
            return None;
        }
        self.discharges.push((indicator, stay.ended));
        // Council and locality are those of the service, which knows where the person lives now.
        let moment = self.moment(subject, stay.ended);
        let mut case = Self::case(indicator, subject, Some((fact.place, service)), moment);
        case.verdict = match case.age {
            None => Verdict::BirthUnknown,
            Some(age) if age < home.rule.age_from => Verdict::TooYoung,
            Some(_) if self.means_then(home.moved_on, subject, &stay) => Verdict::MovedOn,
            Some(_) => self.whereabouts(subject, stay.ended, home),
        };
        Some(case)
    }

    /// The latest discharge that the service follows.
    fn discharge_before(
        &self,
        subject: &Subject<'_>,
        service: &Event,
        home: &AtHome,
    ) -> Option<Event> {
        let earliest = service
            .started
            .plus(home.rule.window_after.saturating_neg());
        let latest = service.started.plus(home.rule.window_before);
        let left = subject
            .events()
            .filter(|stay| stay.ended.is_known() && (earliest..=latest).contains(&stay.ended));
        left.filter(|stay| self.means_then(home.stay, subject, stay))
            .filter(|stay| !self.means_then(home.died, subject, stay))
            .max_by_key(|stay| (stay.ended, stay.started))
    }

    fn whereabouts(&self, subject: &Subject<'_>, discharged: Day, home: &AtHome) -> Verdict {
        let day = discharged.plus(home.rule.days);
        if day >= self.as_of {
            return Verdict::NotYet;
        }
        if let Some(died) = self.died(subject, home).filter(|died| *died <= day) {
            return Verdict::Died(died);
        }
        if let Some(since) = self.since(subject, home.stay, day) {
            return Verdict::InHospital(since);
        }
        if let Some(since) = self.since(subject, home.care_home, day) {
            return Verdict::InCareHome(since);
        }
        if let Some(since) = self.since(subject, home.elsewhere, day) {
            return Verdict::Elsewhere(since);
        }
        let from = discharged.plus(home.rule.window_before.saturating_neg());
        let ended_with = |outcome: Meant| {
            let ended = subject
                .events()
                .filter(|service| service.started >= from && service.ended <= day);
            ended
                .filter(|service| self.means_then(outcome, subject, service))
                .map(|service| service.ended)
                .max()
        };
        // A care home that is on record and had not ended by the move is believed in its place.
        let recorded = |moved: Day| {
            let mut later = subject.events().filter(|service| service.ended > moved);
            later.any(|service| self.means_then(home.care_home, subject, &service))
        };
        if let Some(moved) = ended_with(home.with_care_home).filter(|moved| !recorded(*moved)) {
            return Verdict::InCareHome(moved);
        }
        ended_with(home.with_moved_away).map_or(Verdict::Counted, Verdict::MovedAway)
    }

    /// The first day on which anything says that the person died.
    fn died(&self, subject: &Subject<'_>, home: &AtHome) -> Option<Day> {
        let told = subject.events().filter(|event| {
            event.ended.is_known()
                && (self.means_then(home.died, subject, event)
                    || self.means_then(home.with_died, subject, event))
        });
        let recorded = subject.died.is_known().then_some(subject.died);
        told.map(|event| event.ended).chain(recorded).min()
    }

    /// Since when something goes on that goes on that day: the night decides, so the day it ends is not part of it.
    fn since(&self, subject: &Subject<'_>, meant: Meant, day: Day) -> Option<Day> {
        subject
            .events()
            .filter(|event| event.started <= day && event.ended > day)
            .filter(|event| self.means_then(meant, subject, event))
            .map(|event| event.started)
            .min()
    }
}
