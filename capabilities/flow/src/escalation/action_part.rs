//! What partners agreed to do at the present level, who has begun it, and that it was done.

use axum::extract::Path;
use axum::response::Response;
use stour_access::Resource;
use stour_database::{Transaction, Version};
use stour_design::{Button, Cell, Markup, Table, Tag, TagColour, html};
use stour_kernel::{Date, Environment, Timestamp};
use stour_web::{Caller, Form, Problem, form, redirect};

use super::action::{self, PressureActionId, Run, RunState};
use super::level::Level;
use super::plan::{Agreed, Plan};
use super::reading::Reading;
use super::subject::Subject;
use crate::by::By;
use crate::shown;

/// What the actions of a part of the page need.
pub(super) struct Acts<'a> {
    pub(super) caller: &'a Caller,
    pub(super) plan: &'static Plan,
    pub(super) runs: &'a [Run],
    /// The caller may say that something is begun or done.
    pub(super) may: bool,
}

impl Acts<'_> {
    /// The latest run of an action under a subject's pressure.
    fn run(&self, subject: &Subject, agreed: &Agreed) -> Option<&Run> {
        let mut runs = self.runs.iter();
        runs.find(|run| run.subject == *subject && run.action == agreed.id)
    }

    /// The actions that are called for, and those that somebody has begun and nobody has finished.
    fn of(&self, reading: &Reading, level: Option<Level>, on: Date) -> Vec<&'static Agreed> {
        let subject = &reading.subject;
        let called = level.into_iter();
        let mut all: Vec<&'static Agreed> = called
            .flat_map(|level| self.plan.actions(subject, level, on))
            .collect();
        let under_way = self
            .runs
            .iter()
            .filter(|run| run.subject == *subject && matches!(run.state, RunState::UnderWay(_)));
        for run in under_way {
            let agreed = self.plan.action(run.action.as_str());
            let new = agreed.filter(|agreed| all.iter().all(|known| known.id != agreed.id));
            all.extend(new);
        }
        all
    }
}

/// The actions of a trust or service.
pub(super) fn actions(reading: &Reading, acts: &Acts<'_>, on: Date) -> Markup {
    let last = reading.last.and_then(super::Standing::level);
    let level = reading.standing.level().or(last);
    let all = acts.of(reading, level, on);
    let name = reading.subject.name();
    let caption = match (reading.standing.level(), last) {
        (Some(level), _) => format!("What partners do for {name} at {level}"),
        (None, Some(level)) => {
            format!("What partners do for {name} at {level}, which it was when last heard of")
        }
        (None, None) => format!("What is under way for {name}"),
    };
    let columns = ["Partner", "What", "From", "How far it is"];
    html! {
        @if reading.standing.level().is_none() {
            p { "The level is not known, so it is not known either what is called for. Find out first what is missing: ask by telephone." }
        }
        @if all.is_empty() {
            @if level.is_some() { p { "No partner has agreed to do anything at this level." } }
        } @else {
            (Table { responsive: true, ..Table::new(caption, columns, all.iter().map(|agreed| row(reading, agreed, acts, on))) })
        }
    }
}

fn row(reading: &Reading, agreed: &Agreed, acts: &Acts<'_>, on: Date) -> Vec<Cell> {
    let subject = &reading.subject;
    let partner = agreed.partner.or_else(|| subject.owner(on));
    let partner = partner.map_or_else(
        || "Not known".to_owned(),
        |code| shown::organisation_name(&code),
    );
    let run = acts.run(subject, agreed);
    let how_far = html! {
        @match run {
            Some(run) => (state(run)),
            None => "Not started",
        }
        @if acts.may { (next(subject, agreed, run, acts.caller)) }
    };
    vec![
        Cell::from(partner),
        Cell::from(html! {
            (agreed.what)
            @if agreed.origin.status.needs_warning() {
                br; span.nhsuk-u-font-size-16 { (agreed.origin.status) ": " (agreed.origin.source) }
            }
        }),
        Cell::from(format!("Level {}", agreed.level.number())),
        Cell::from(how_far),
    ]
}

fn state(run: &Run) -> Markup {
    let who = |step: Option<&(By, Timestamp)>| {
        step.map_or_else(String::new, |(by, at)| {
            let of = shown::organisation_name(&by.organisation);
            format!("by {}, {of}, {}", by.name, shown::moment(*at))
        })
    };
    let (word, colour) = match run.state {
        RunState::UnderWay(_) => ("Under way", TagColour::Blue),
        RunState::Done(_) => ("Done", TagColour::Green),
    };
    html! {
        (Tag::new(word, colour))
        br; span.nhsuk-u-font-size-16 {
            "Started " (who(run.steps.first()))
            @if matches!(run.state, RunState::Done(_)) { br; "Done " (who(run.steps.get(1))) }
        }
    }
}

fn next(subject: &Subject, agreed: &Agreed, run: Option<&Run>, caller: &Caller) -> Markup {
    let of =
        html! { span.nhsuk-u-visually-hidden { ": " (agreed.what) " (" (subject.name()) ")" } };
    let under_way = run.filter(|run| matches!(run.state, RunState::UnderWay(_)));
    html! {
        @if let Some(run) = under_way {
            form.stour-no-print method="post" action={ "/escalation/actions/" (run.id) "/done" } {
                (form::hidden(caller))
                input type="hidden" name="version" value=(run.version);
                (Button::new(html! { "Mark as done" (of) }))
            }
        } @else {
            form.stour-no-print method="post" action="/escalation/actions" {
                (form::hidden(caller))
                input type="hidden" name="subject" value=(subject);
                input type="hidden" name="action" value=(agreed.id);
                (Button::new(html! { @if run.is_some() { "Start again" } @else { "Start" } (of) }))
            }
        }
    }
}

/// Somebody begins an action.
pub(super) async fn begin(caller: Caller, form: Form) -> Result<Response, Problem> {
    let subject: Option<Subject> = form.get("subject").parse().ok();
    let (action, by) = (form.get("action").to_owned(), By::caller(&caller));
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let subject = subject.as_ref().ok_or_else(Problem::not_found)?;
        action::start(tx, environment, (subject, &action), &by)?;
        Ok(format!("/escalation#{}", subject.anchor()))
    };
    let sent = (form.key(), form.fingerprint());
    Ok(redirect(&caller.write(sent, Resource::House, work).await?))
}

/// Somebody says that an action is done.
pub(super) async fn done(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let id: Option<PressureActionId> = id.parse().ok();
    let seen: Result<Version, _> = form.get("version").parse();
    let by = By::caller(&caller);
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let id = id.ok_or_else(Problem::not_found)?;
        let run = action::finish(tx, environment, (id, seen?), &by)?;
        Ok(format!("/escalation#{}", run.subject.anchor()))
    };
    let sent = (form.key(), form.fingerprint());
    Ok(redirect(&caller.write(sent, Resource::House, work).await?))
}
