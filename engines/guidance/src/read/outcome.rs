//! Reading an outcome.

use toml::Spanned;

use super::Reader;
use crate::document::{NextDocument, OutcomeDocument};
use crate::outcome::{NextStep, Outcome, Reason, Way};
use crate::text::may_lead_to;

impl Reader {
    pub(super) fn outcome(&mut self, outcome: Spanned<OutcomeDocument>) -> Option<Outcome> {
        let line = self.at(&outcome);
        let outcome = outcome.into_inner();
        self.unique(&outcome.id);
        let id = self.id(&outcome.id);
        let reasons = outcome.reason.iter().map(|reason| Reason {
            when: reason.when.as_ref().and_then(|when| self.condition(when)),
            say: self.light(&reason.say),
            line: self.at(&reason.say),
        });
        let reasons = reasons.collect();
        let next: Vec<NextStep> = outcome
            .next
            .iter()
            .filter_map(|step| self.next_step(step))
            .collect();
        let always = next.iter().any(|step| step.when.is_none());
        self.checks.ensure(always, &outcome.id.span(), || {
            "nobody should be left with nothing to do: give the outcome a [[outcome.next]] without a condition".to_owned()
        });
        if outcome.urgent {
            let first = next.first();
            let calls =
                first.is_some_and(|step| step.when.is_none() && matches!(step.way, Way::Call(_)));
            self.checks.ensure(calls, &outcome.id.span(), || {
                "an urgent outcome begins with whom to call: its first next step has call = \"…\" and no condition".to_owned()
            });
        }
        Some(Outcome {
            id: id?,
            title: self.line(&outcome.title),
            body: self.light(&outcome.body),
            urgent: outcome.urgent,
            because: self.line_if_there(outcome.because.as_ref()),
            next,
            reasons,
            line,
        })
    }

    fn next_step(&mut self, step: &NextDocument) -> Option<NextStep> {
        let ways = [
            (&step.find, "find"),
            (&step.flow, "flow"),
            (&step.page, "page"),
            (&step.link, "link"),
            (&step.call, "call"),
        ];
        let mut given: Vec<Way> = Vec::new();
        for (words, key) in ways {
            let Some(words) = words else { continue };
            let text = self.line(words);
            let fits = match key {
                "flow" => self.id(words).is_some(),
                "page" => text.starts_with('/') && may_lead_to(&text),
                "link" => text.starts_with("https://") && may_lead_to(&text),
                "call" => text.chars().all(|one| one.is_ascii_digit() || one == ' '),
                _ => text.chars().count() <= 200,
            };
            self.checks.ensure(fits, &words.span(), || match key {
                "page" => "a page of this site begins with /".to_owned(),
                "link" => "a link elsewhere begins with https://".to_owned(),
                "call" => "a telephone number has digits and spaces only".to_owned(),
                "find" => "look for at most 200 characters".to_owned(),
                _ => "name the other flow by its id".to_owned(),
            });
            given.push(match key {
                "find" => Way::Find(text),
                "flow" => Way::Flow(text),
                "page" => Way::Page(text),
                "link" => Way::Link(text),
                _ => Way::Call(text),
            });
        }
        if step.ask {
            given.push(Way::Ask);
        }
        let mut given = given.into_iter();
        let (Some(way), None) = (given.next(), given.next()) else {
            self.checks.refuse(
                &step.label.span(),
                "a next step has one of find, flow, page, link, call or ask = true",
            );
            return None;
        };
        Some(NextStep {
            way,
            label: self.line(&step.label),
            why: self.line_if_there(step.why.as_ref()),
            when: step.when.as_ref().and_then(|when| self.condition(when)),
            line: self.at(&step.label),
        })
    }
}
