//! Requests and assessments, and what leaving hospital with help means.

use crate::calendar::{Day, NEVER};
use crate::event::{Assessment, Detail, Request, SurveyAnswer};
use crate::history::{Discharge, Ending, History, WINDOW};

/// What became of someone who went home with reablement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    AtHome,
    Died,
    CareHome,
    Hospital,
}

impl History<'_> {
    /// The request a hospital makes for someone who cannot just go home.
    pub(super) fn hospital_request(
        &mut self,
        admitted: Day,
        ready: Option<Day>,
        discharge: Option<(Day, &'static str)>,
        spell: &str,
    ) -> String {
        let last = discharge.map_or(0, |(day, _)| day);
        let asked = (ready.unwrap_or(last).min(last) - self.random.between(0, 2)).max(admitted);
        let (ending, outcome) = match discharge {
            Some((day, outcome)) => (
                Ending::On((asked + self.random.between(0, 2)).min(day)),
                Some(outcome),
            ),
            None => (Ending::Open, None),
        };
        let detail = Request {
            route: "discharge-from-hospital",
            channel: "hospital-desk",
            spell: Some(spell.to_owned()),
        };
        let cost = self.tables.rates.cost_request;
        self.write(
            (asked, ending),
            outcome,
            Some(cost),
            Detail::Request(detail),
        )
    }

    /// Pathway 1: home with reablement, or with home care.
    pub(super) fn home_with_help(
        &mut self,
        admitted: Day,
        ready: Option<Day>,
        discharge: Discharge,
    ) {
        let day = discharge.day;
        let share = self.tables.rates.pathway_1_reablement;
        let chance = self
            .chance_at_home(day)
            .filter(|_| self.random.chance(share));
        let Some(chance) = chance else {
            let asked = Some((day, "support-planning"));
            self.hospital_request(admitted, ready, asked, &discharge.reference);
            self.equipment(day, None);
            self.plan_home_care(day, Some(discharge));
            return;
        };
        self.hospital_request(
            admitted,
            ready,
            Some((day, "reablement")),
            &discharge.reference,
        );
        let starts = day + i32::try_from(self.random.weighted(&[0.5, 0.3, 0.2])).unwrap_or(0);
        let fate = self.fate(chance);
        let lasts = self.reablement_days();
        self.kept_clear.push((day, day + WINDOW));
        self.make_come_true(fate, starts + lasts, &discharge);
        let back = self.stay_to_come.map_or(NEVER, |(back, _)| back);
        let outcome = match fate {
            Fate::AtHome => self.reablement_outcome(),
            Fate::CareHome => "care-home",
            Fate::Died | Fate::Hospital if self.random.chance(0.5) => "independent",
            Fate::Died | Fate::Hospital => "lower-level-support",
        };
        self.reablement((starts, lasts), back, outcome, Some(&discharge));
    }

    /// Arranges what is to be true 91 days after a discharge into reablement that ends on the day `ends`.
    fn make_come_true(&mut self, fate: Fate, ends: Day, discharge: &Discharge) {
        let day = discharge.day;
        match fate {
            Fate::AtHome => {
                self.free_from = ends;
                self.home_by = day + WINDOW;
            }
            Fate::Died => {
                let dies = day + self.random.between(8, WINDOW);
                if dies <= 0 {
                    self.died = Some(dies);
                }
                self.free_from = NEVER;
            }
            Fate::CareHome => {
                let moves = self.random.between(ends, day + WINDOW);
                self.care_home_from = moves;
                self.care_home_after = Some(discharge.clone());
                self.free_from = moves + 1;
            }
            Fate::Hospital => {
                let back = day + self.random.between(15, WINDOW);
                self.stay_to_come = Some((back, day + WINDOW + 1));
            }
        }
    }

    fn fate(&mut self, chance: f64) -> Fate {
        if self.random.chance(chance) {
            return Fate::AtHome;
        }
        match self.random.weighted(&self.tables.rates.not_at_home) {
            0 => Fate::Died,
            1 => Fate::CareHome,
            _ => Fate::Hospital,
        }
    }

    /// Pathway 2: a bed for recovery, then home, for some with home care.
    pub(super) fn recovery_bed(&mut self, admitted: Day, ready: Option<Day>, discharge: Discharge) {
        let day = discharge.day;
        let asked = Some((day, "support-planning"));
        self.hospital_request(admitted, ready, asked, &discharge.reference);
        let until = day + self.random.days(self.tables.rates.recovery_bed_days);
        self.kept_clear.push((day, until));
        self.free_from = until;
        let care = self.random.chance(0.4);
        self.write_recovery_bed(day, until, &discharge, care);
        if care {
            self.plan_home_care(until, Some(discharge));
        }
    }

    /// Pathway 3: to a care home for good.
    pub(super) fn care_home_instead(
        &mut self,
        admitted: Day,
        ready: Option<Day>,
        discharge: Discharge,
    ) {
        let day = discharge.day;
        let asked = Some((day, "assessment"));
        let request = self.hospital_request(admitted, ready, asked, &discharge.reference);
        let assessed = (day - self.random.between(0, 3)).max(admitted);
        self.assessment(
            assessed,
            Ending::On(day),
            Some("support-planning"),
            Some(request),
        );
        self.care_home_from = day;
        self.care_home_after = Some(discharge);
    }

    /// Requests from the community.
    pub(super) fn requests(&mut self) {
        if self.subject.in_care_home {
            return;
        }
        let rate = self.tables.rates.requests.at(self.band) * self.ratio;
        let number = self.random.poisson(rate * self.years());
        let mut days: Vec<Day> = (0..number).map(|_| self.any_day()).collect();
        days.sort_unstable();
        let mut helped_until = Day::MIN;
        for day in days {
            let clear = self
                .kept_clear
                .iter()
                .all(|(from, to)| day < *from || day > *to);
            if clear && self.can_begin(day) && !self.in_hospital(day) && day < self.care_home_from {
                self.request(day, &mut helped_until);
            }
        }
    }

    fn request(&mut self, day: Day, helped_until: &mut Day) {
        let rates = &self.tables.rates;
        let channel = match self.random.weighted(&rates.request_channels) {
            0 => "telephone",
            1 => "web",
            2 => "email",
            3 => "face-to-face",
            _ => "professional",
        };
        let outcome = match self.random.weighted(&rates.request_outcomes) {
            0 => "nfa-information-advice",
            1 => "nfa-nhs",
            2 | 3 if day < *helped_until => "continuation",
            2 => "reablement",
            3 => "assessment",
            4 => "nfa-declined",
            _ => "nfa-no-services",
        };
        let answered = day + self.random.between(0, 4);
        let ending = self.ending(answered);
        let outcome = match ending {
            Ending::Open => None,
            Ending::On(_) => Some(outcome),
            Ending::Died(_) => Some("nfa-deceased"),
        };
        let detail = Request {
            route: "community-other-route",
            channel,
            spell: None,
        };
        let cost = rates.cost_request;
        let request = self.write((day, ending), outcome, Some(cost), Detail::Request(detail));
        let Ending::On(answered) = ending else { return };
        match outcome {
            Some("reablement") => *helped_until = self.community_reablement(answered),
            Some("assessment") => {
                *helped_until = answered + 60;
                self.long_term_assessment(answered, request);
            }
            _ => {}
        }
    }

    /// Reablement for someone who was not in hospital; gives the day it ends.
    fn community_reablement(&mut self, asked: Day) -> Day {
        let starts = asked + self.random.between(1, 8);
        let lasts = self.reablement_days();
        let outcome = self.reablement_outcome();
        if self.can_begin(starts) && !self.in_hospital(starts) && starts < self.care_home_from {
            let back = self.next_admission(starts);
            self.reablement((starts, lasts), back, outcome, None);
        }
        starts + lasts
    }

    fn long_term_assessment(&mut self, asked: Day, request: String) {
        let starts = asked + self.random.between(3, 28);
        if !self.can_begin(starts) {
            return;
        }
        let finished = starts + self.random.between(0, 14);
        let ending = self.ending(finished);
        let outcome = match self.random.weighted(&self.tables.rates.assessment_outcomes) {
            0 => "support-planning",
            1 => "nfa-self-funded",
            2 => "nfa-information-advice",
            _ => "nfa-declined",
        };
        let outcome = match ending {
            Ending::Open => None,
            Ending::On(_) => Some(outcome),
            Ending::Died(_) => Some("nfa-deceased"),
        };
        self.assessment(starts, ending, outcome, Some(request));
        if let (Ending::On(day), Some("support-planning")) = (ending, outcome) {
            let from = day + self.random.between(2, 20);
            self.equipment(from, None);
            self.plan_home_care(from, None);
        }
    }

    fn assessment(
        &mut self,
        from: Day,
        ending: Ending,
        outcome: Option<&'static str>,
        request: Option<String>,
    ) {
        let method = self.method();
        let detail = Assessment {
            assessment: "long-term",
            method,
            request,
        };
        let cost = self.tables.rates.cost_assessment;
        self.write(
            (from, ending),
            outcome,
            Some(cost),
            Detail::Assessment(detail),
        );
    }

    /// Assessments of a carer's own needs, and answers to the carers' survey.
    pub(super) fn carer_assessments(&mut self) {
        if !self.subject.is_carer || self.subject.draft.age < 18 {
            return;
        }
        let rates = &self.tables.rates;
        for _ in 0..self.random.poisson(rates.carer_assessments * self.years()) {
            let day = self.any_day();
            if !self.can_begin(day) {
                continue;
            }
            let finished = day + self.random.between(0, 7);
            let ending = self.ending(finished);
            let outcome = match ending {
                Ending::Open => None,
                Ending::On(_) if self.random.chance(0.4) => Some("support-planning"),
                Ending::On(_) => Some("nfa-information-advice"),
                Ending::Died(_) => Some("nfa-deceased"),
            };
            let detail = Assessment {
                assessment: "carer",
                method: "carer-only",
                request: None,
            };
            let cost = rates.cost_assessment;
            self.write(
                (day, ending),
                outcome,
                Some(cost),
                Detail::Assessment(detail),
            );
            if let Ending::On(day) = ending
                && self.random.chance(0.3)
            {
                self.answers("carer-survey", day);
            }
        }
    }

    /// Answers to two questions on one day.
    pub(super) fn answers(&mut self, survey: &'static str, day: Day) {
        for question in ["overall-satisfaction", "told-story-once"] {
            let positive = self.random.chance(self.tables.rates.survey_positive);
            let answer = match (positive, self.random.below(3)) {
                (true, 0) => 5,
                (true, _) => 4,
                (false, 0) => 1,
                (false, 1) => 2,
                (false, _) => 3,
            };
            let detail = SurveyAnswer {
                survey,
                question,
                answer,
            };
            self.write(
                (day, Ending::On(day)),
                None,
                None,
                Detail::SurveyAnswer(detail),
            );
        }
    }
}
