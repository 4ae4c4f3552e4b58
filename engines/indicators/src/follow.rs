//! What came after a fact, and what went before it.

use crate::case::{Case, Verdict};
use crate::columns::{Event, Subject};
use crate::compiled::{Before, Follow, Meant};
use crate::day::Day;
use crate::pass::{Fact, Pass};
use crate::rule::{Dated, Span};

impl Pass<'_> {
    pub(crate) fn follow(
        &self,
        indicator: usize,
        subject: &Subject<'_>,
        fact: &Fact,
        follow: &Follow,
    ) -> Option<Case> {
        let event = &fact.event;
        let moment = self.decides(subject, fact, Dated::End)?;
        if !self.means(follow.from, event, moment.age) {
            return None;
        }
        if let Some((to, within)) = follow.linked {
            self.first_other(subject, fact, to, within)?;
        }
        let began = self.first_other(subject, fact, follow.then, follow.within);
        let open = follow
            .going_on
            .then(|| self.open_then(subject, fact, follow.then));
        let found = open.flatten().into_iter().chain(began).min();
        let last = event.ended.plus(follow.within.to);
        let died = (follow.death && subject.died <= last.min(self.as_of)).then_some(subject.died);
        let first = found.into_iter().chain(died).min();
        let before = follow.unless.as_ref();
        let before = before.and_then(|before| self.before(before, subject, fact));
        let verdict = match (before, first, follow.absent) {
            (Some(before), _, _) => Verdict::Before(before),
            (None, Some(day), false) => Verdict::Followed(day),
            (None, Some(day), true) => Verdict::NotPartFollowed(day),
            (None, None, _) if last >= self.as_of => Verdict::NotYet,
            (None, None, true) => Verdict::Counted,
            (None, None, false) => Verdict::NotPart,
        };
        Some(Case {
            value: first.map_or(0, |day| i64::from(day.since(event.ended))),
            verdict,
            ..Self::case(indicator, subject, Some((fact.place, event)), moment)
        })
    }

    /// The first day on which another fact that is meant began within days of the end of one.
    fn first_other(
        &self,
        subject: &Subject<'_>,
        fact: &Fact,
        meant: Meant,
        within: Span,
    ) -> Option<Day> {
        let ended = fact.event.ended;
        subject
            .began(ended.plus(within.from), ended.plus(within.to))
            .filter(|(place, _)| *place != fact.place)
            .find(|(_, other)| self.means_then(meant, subject, other))
            .map(|(_, other)| other.started)
    }

    /// The first day on which another fact that is meant began, of those that went on when one ended.
    fn open_then(&self, subject: &Subject<'_>, fact: &Fact, meant: Meant) -> Option<Day> {
        let ended = fact.event.ended;
        let others = subject.events().enumerate();
        let mut open = others
            .take_while(|(_, other)| other.started <= ended)
            .filter(|(place, other)| *place != fact.place && other.ended > ended);
        open.find(|(_, other)| self.means_then(meant, subject, other))
            .map(|(_, other)| other.started)
    }

    /// When what must not have gone before ended, if it did; [`Day::NEVER`] where it goes on.
    pub(crate) fn before(
        &self,
        before: &Before,
        subject: &Subject<'_>,
        fact: &Fact,
    ) -> Option<Day> {
        let earliest = fact.event.started.plus(before.days.saturating_neg());
        let recent = |other: &Event| other.ended > earliest;
        let others = subject.events().take(fact.place).filter(recent);
        others
            .filter(|other| self.means_then(before.any, subject, other))
            .map(|other| other.ended)
            .max()
    }
}
