//! Services: reablement, recovery beds, home care, care homes, equipment, and their reviews.

use stour_kernel::Pence;

use crate::calendar::{Day, NEVER};
use crate::event::{Detail, Purchase, Review, Service};
use crate::history::{Discharge, Ending, History};
use crate::random::whole;

/// Days reablement is meant to last: six weeks.
const REABLEMENT_DAYS: i32 = 42;

impl History<'_> {
    pub(super) fn reablement_days(&mut self) -> i32 {
        let spread = self
            .tables
            .rates
            .reablement_spread_days
            .clamp(0, REABLEMENT_DAYS - 1);
        REABLEMENT_DAYS + self.random.between(-spread, spread)
    }

    /// How reablement ends for someone who stays at home.
    pub(super) fn reablement_outcome(&mut self) -> &'static str {
        match self.random.weighted(&self.tables.rates.reablement_outcomes) {
            0 => "independent",
            1 => "lower-level-support",
            2 => "long-term-community",
            _ => "declined",
        }
    }

    /// A reablement service, cut short by death or by an admission on the day `back`.
    pub(super) fn reablement(
        &mut self,
        (starts, lasts): (Day, i32),
        back: Day,
        outcome: &'static str,
        after: Option<&Discharge>,
    ) {
        if !self.can_begin(starts) {
            return;
        }
        let lasts = if outcome == "declined" {
            lasts / 4
        } else {
            lasts
        };
        let planned = starts + lasts;
        let ending = self.ending(planned.min(back));
        let outcome = match ending {
            Ending::Open => None,
            Ending::Died(_) => Some("died"),
            Ending::On(day) if day == back => Some("admitted-to-hospital"),
            Ending::On(_) => Some(outcome),
        };
        let week = self.tables.rates.cost_reablement_week;
        let cost = ending.weeks_cost(starts, week);
        let detail = Service {
            planned_days: Some(lasts),
            ..self.service("short-term-st-max", "reablement", week, after)
        };
        let reference = self.write(
            (starts, ending),
            outcome,
            Some(cost),
            Detail::Service(detail),
        );
        self.equipment(starts, Some(reference));
        if let Ending::On(day) = ending {
            if self.random.chance(self.tables.rates.survey) {
                self.answers("service-user-survey", day);
            }
            if outcome == Some("long-term-community") {
                self.plan_home_care(day, None);
            }
        }
    }

    pub(super) fn write_recovery_bed(
        &mut self,
        from: Day,
        until: Day,
        after: &Discharge,
        care_follows: bool,
    ) {
        let ending = self.ending(until);
        let outcome = match ending {
            Ending::Open => None,
            Ending::Died(_) => Some("nfa-deceased"),
            Ending::On(_) if care_follows => Some("support-planning"),
            Ending::On(_) => Some("nfa-ended-as-planned"),
        };
        let week = self.tables.rates.cost_recovery_week;
        let cost = ending.weeks_cost(from, week);
        let detail = self.service(
            "short-term-other-short-term",
            "short-term-residential-care",
            week,
            Some(after),
        );
        self.write((from, ending), outcome, Some(cost), Detail::Service(detail));
    }

    fn service(
        &self,
        service_type: &'static str,
        component: &'static str,
        pence_a_week: i64,
        after: Option<&Discharge>,
    ) -> Service {
        Service {
            service_type,
            component,
            delivery: None,
            hours_a_week: None,
            cost_a_week: Pence::new(pence_a_week),
            planned_days: None,
            after_spell: after.map(|discharge| discharge.reference.clone()),
            discharged: after.map(|discharge| self.tables.calendar.date(discharge.day)),
        }
    }

    /// Home care that some already have when the history starts.
    pub(super) fn home_care_before(&mut self) {
        let share = self
            .subject
            .draft
            .frailty
            .of(self.tables.rates.home_care_before);
        if self.subject.in_care_home || self.subject.draft.age < 68 || !self.random.chance(share) {
            return;
        }
        let from = self.start - self.random.between(1, 400);
        let still = self.start + self.random.days(self.tables.rates.home_care_years * 365.25);
        self.home_care.push((from, still, None));
    }

    /// Home care from a day, unless there is some then; until it ends or later home care begins.
    pub(super) fn plan_home_care(&mut self, from: Day, after: Option<Discharge>) {
        let had =
            |(start, until, _): &(Day, Day, Option<Discharge>)| (*start..*until).contains(&from);
        if self.home_care.iter().any(had) {
            return;
        }
        let lasts = self.random.days(self.tables.rates.home_care_years * 365.25);
        let next = self
            .home_care
            .iter()
            .map(|(start, ..)| *start)
            .filter(|start| *start >= from);
        let until = from.saturating_add(lasts).min(next.min().unwrap_or(NEVER));
        if until > from {
            self.home_care.push((from, until, after));
        }
    }

    pub(super) fn write_home_care(&mut self) {
        for (from, until, after) in std::mem::take(&mut self.home_care) {
            // Home care that was to begin while the person was in hospital begins when they come home.
            let stay = self
                .stays
                .iter()
                .find(|(start, end)| (*start..*end).contains(&from));
            let from = stay.map_or(from, |(_, end)| *end);
            if !self.can_begin(from) || from >= self.care_home_from || from >= until {
                continue;
            }
            let ending = self.ending(until.min(self.care_home_from));
            let outcome = match ending {
                Ending::Open => None,
                Ending::Died(_) => Some("nfa-deceased"),
                Ending::On(day) if day == self.care_home_from => Some("support-planning"),
                Ending::On(_) => Some("nfa-ended-other"),
            };
            let rates = &self.tables.rates;
            let [least, most] = rates.home_care_hours;
            let hours = self.random.between(least, most);
            let week = i64::from(hours) * rates.cost_home_care_hour;
            let direct = self.random.chance(0.18);
            let (component, delivery) = if direct {
                ("direct-payment", "direct-payment")
            } else {
                (
                    "home-support-or-domiciliary-care",
                    "cassr-managed-personal-budget",
                )
            };
            let cost = ending.weeks_cost(from, week);
            let detail = Service {
                delivery: Some(delivery),
                hours_a_week: Some(hours),
                ..self.service("long-term-community", component, week, after.as_ref())
            };
            let when = (from, ending);
            let reference = self.write(when, outcome, Some(cost), Detail::Service(detail));
            self.reviews(when, &reference);
        }
    }

    /// Long-term care in a care home: of those who live in one, and of those who moved in the course of the history.
    pub(super) fn care_home(&mut self) {
        let rates = &self.tables.rates;
        let (from, after) = if self.subject.in_care_home {
            if !self.random.chance(rates.care_home_council_funded) {
                return;
            }
            let last = self.died.unwrap_or(0) - 1;
            let ago = self.random.days(rates.care_home_years * 365.25);
            // Never before the age of 18.
            let adult = self.subject.draft.born + whole(18.0 * 365.25) + 1;
            ((last - ago).max(adult).min(last), None)
        } else {
            (self.care_home_from, self.care_home_after.take())
        };
        if !self.can_begin(from) {
            return;
        }
        let ending = self.ending(NEVER);
        let nursing = self.random.chance(rates.care_home_nursing);
        let (service_type, component, week) = if nursing {
            (
                "long-term-nursing-care",
                "long-term-nursing-care",
                rates.cost_nursing_week,
            )
        } else {
            (
                "long-term-residential-care",
                "long-term-residential-care",
                rates.cost_residential_week,
            )
        };
        let outcome = matches!(ending, Ending::Died(_)).then_some("nfa-deceased");
        let cost = ending.weeks_cost(from, week);
        let detail = Service {
            delivery: Some("cassr-managed-personal-budget"),
            ..self.service(service_type, component, week, after.as_ref())
        };
        let when = (from, ending);
        let reference = self.write(when, outcome, Some(cost), Detail::Service(detail));
        self.reviews(when, &reference);
    }

    /// Reviews of long-term support about once a year, and survey answers. Those before the history are left out.
    fn reviews(&mut self, (from, ending): (Day, Ending), service: &str) {
        let rates = &self.tables.rates;
        let until = ending.until().min(1);
        let mut day = from + self.random.between(35, 60);
        while day < until {
            let done = day + self.random.between(0, 3);
            if day >= self.start && done < until {
                let outcome = if self.random.chance(rates.review_continues) {
                    "continuation"
                } else {
                    "support-planning"
                };
                let reason = if self.random.chance(0.8) {
                    "planned"
                } else {
                    "unplanned"
                };
                let detail = Review {
                    service: service.to_owned(),
                    reason,
                    method: self.method(),
                };
                let when = (day, Ending::On(done));
                self.write(
                    when,
                    Some(outcome),
                    Some(rates.cost_review),
                    Detail::Review(detail),
                );
                if self.random.chance(rates.survey) {
                    self.answers("service-user-survey", done);
                }
            }
            day += (rates.review_days + self.random.between(-60, 60)).max(1);
        }
    }

    /// A piece of equipment, for some.
    pub(super) fn equipment(&mut self, day: Day, service: Option<String>) {
        let rates = &self.tables.rates;
        if self.can_begin(day) && self.random.chance(rates.equipment) {
            let [least, most] = rates.cost_equipment;
            let cost = i64::from(self.random.between(least, most));
            let detail = Purchase {
                category: "equipment",
                service,
            };
            self.write(
                (day, Ending::On(day)),
                None,
                Some(cost),
                Detail::Cost(detail),
            );
        }
    }
}
