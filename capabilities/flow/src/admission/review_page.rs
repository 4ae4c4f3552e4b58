//! One emergency admission: what is known of it, and what somebody finds who looks at it.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_access::{PersonFacts, Resource};
use stour_database::Transaction;
use stour_design::{
    Button, Cell, Choice, Heading, Input, InsetText, Markup, Radios, Select, SummaryList,
    SummaryRow, Table, Textarea, html,
};
use stour_kernel::{Date, Environment, ThreadId};
use stour_people::{PersonSummary, facts_for_access, require, summary};
use stour_web::{Caller, Form, Mistakes, Page, Problem, TypedDate, form, redirect};

use super::group::condition;
use super::known::{Admission, admission};
use super::review::{
    ALTERNATIVE, AVOIDABLE, Finding, KNOWN, KeptFinding, WrongFinding, findings, record,
};
use super::shared::{diagnosis, practice_name, practice_segment};
use super::tally::Seen;
use crate::by::By;
use crate::error::{FlowError, reference};
use crate::list::{choices, options};
use crate::shown;

const TITLE: &str = "Why was the person admitted?";

/// An admission with its person and its reviews.
struct Opened {
    admission: Admission,
    person: PersonFacts,
    kept: Vec<KeptFinding>,
}

async fn open(caller: &Caller, id: &str) -> Result<Opened, Problem> {
    let id: ThreadId = id.parse().map_err(|_| Problem::not_found())?;
    let found = caller
        .house()
        .database()
        .read(move |tx| {
            let Some(admission) = admission(tx, id)? else {
                return Ok(None);
            };
            let person = facts_for_access(tx, admission.person)?;
            let kept = findings(tx, id)?;
            Ok::<_, FlowError>(person.map(|person| Opened {
                admission,
                person,
                kept,
            }))
        })
        .await?;
    let opened = found.ok_or_else(Problem::not_found)?;
    require(caller, &opened.person).await?;
    Ok(opened)
}

/// What was typed.
#[derive(Debug, Clone, Default)]
struct Draft {
    brought_in: String,
    known: String,
    alternative: String,
    avoidable: String,
    reason: String,
    reviewed_by: String,
    on: TypedDate,
}

impl Draft {
    /// What stands, to be put right; else nothing but who asks and when.
    fn of(opened: &Opened, name: &str, today: Date) -> Self {
        let Some(KeptFinding { finding, .. }) = opened.kept.last() else {
            return Self {
                reviewed_by: name.to_owned(),
                on: TypedDate::of(today),
                ..Self::default()
            };
        };
        Self {
            brought_in: finding.brought_in.clone(),
            known: finding.known.clone(),
            alternative: finding.alternative.clone(),
            avoidable: finding.avoidable.clone(),
            reason: finding.reason.clone(),
            reviewed_by: finding.reviewed_by.clone(),
            on: TypedDate::of(finding.reviewed_on),
        }
    }

    fn typed(form: &Form) -> Self {
        let text = |field: &str| form.get(field).trim().to_owned();
        Self {
            brought_in: text("brought-in"),
            known: text("known"),
            alternative: text("alternative"),
            avoidable: text("avoidable"),
            reason: text("reason"),
            reviewed_by: text("reviewed-by"),
            on: TypedDate::from_form(form, "date"),
        }
    }

    fn check(
        &self,
        days: (Date, Date),
        mistakes: &mut Mistakes,
    ) -> Result<Option<Finding>, Problem> {
        let on = mistakes.check("date-day", self.on.date());
        let finding = Finding {
            brought_in: self.brought_in.clone(),
            known: self.known.clone(),
            alternative: self.alternative.clone(),
            avoidable: self.avoidable.clone(),
            reason: self.reason.clone(),
            reviewed_by: self.reviewed_by.clone(),
            reviewed_on: on.unwrap_or(days.1),
        };
        for wrong in finding.wrongs(days, reference()?) {
            mistakes.add(field(wrong), wrong.to_string());
        }
        Ok(mistakes.is_empty().then_some(finding))
    }
}

/// The field of the form that something wrong is about.
const fn field(wrong: WrongFinding) -> &'static str {
    match wrong {
        WrongFinding::BroughtIn => "brought-in",
        WrongFinding::Known => "known",
        WrongFinding::Alternative => "alternative",
        WrongFinding::Avoidable => "avoidable",
        WrongFinding::Reason => "reason",
        WrongFinding::Reviewer => "reviewed-by",
        WrongFinding::Day => "date-day",
        WrongFinding::Long(field) => field,
    }
}

/// The page, with what was found before.
pub(super) async fn page(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    let opened = open(&caller, &id).await?;
    let draft = Draft::of(&opened, &caller.actor().name, caller.today());
    show(&caller, &opened, (&draft, &Mistakes::default())).await
}

async fn show(
    caller: &Caller,
    opened: &Opened,
    (draft, mistakes): (&Draft, &Mistakes),
) -> Result<Page, Problem> {
    let permit = caller
        .permit_person_to("admission.read", opened.person.clone())
        .await?;
    let database = caller.house().database();
    let summary = database.read(move |tx| summary(tx, &permit)).await?;
    let today = caller.today();
    let seen = opened.kept.last().map_or(0, |kept| kept.number);
    let save = if seen == 0 {
        "Save the review"
    } else {
        "Put the review right"
    };
    let review = "admission.review".parse().map_err(|_| Problem::fault())?;
    let may = caller.may(review, &Resource::Person(opened.person.clone()));
    let back = format!(
        "/admissions/practices/{}",
        practice_segment(summary.practice.as_ref())
    );
    let main = html! {
        (Heading::page(TITLE))
        (known(opened, &summary, today)?)
        @if may {
            (Heading::section("Review"))
            form method="post" action={ "/admissions/reviews/" (opened.admission.thread) } novalidate {
                (form::hidden(caller))
                input type="hidden" name="seen" value=(seen);
                (questions(draft, mistakes, today)?)
                (Button::new(save))
            }
        }
        (before(&opened.kept))
    };
    Ok(Page::new(TITLE, main)
        .under([
            ("Emergency admissions", "/admissions"),
            (&practice_name(summary.practice.as_ref()), &back),
        ])
        .with_errors(mistakes.all()))
}

fn known(opened: &Opened, summary: &PersonSummary, today: Date) -> Result<Markup, Problem> {
    let admission = &opened.admission;
    let seen = Seen {
        admission: admission.clone(),
        person: summary.id,
        practice: summary.practice,
        born: summary.born,
        condition: condition(reference()?, admission.diagnosis.as_deref(), admission.on),
        review: None,
    };
    let from = admission.came_from.as_deref();
    let from = from.map_or_else(
        || "Not said".to_owned(),
        |code| shown::label("admission-source", code),
    );
    let arrived = admission.arrived_by.as_deref();
    let arrived = arrived.map_or_else(
        || "Not said".to_owned(),
        |code| shown::label("arrival-mode", code),
    );
    let left = admission
        .left
        .map_or_else(|| "Still in hospital".to_owned(), shown::day);
    let hospital = shown::organisation_name(&admission.organisation);
    let rows = [
        SummaryRow::new("Person", shown::person(summary, today, true)),
        SummaryRow::new("Practice now", practice_name(summary.practice.as_ref())),
        SummaryRow::new(
            "Admitted",
            format!("{}, {hospital}", shown::day(admission.on)),
        ),
        SummaryRow::new("How", shown::label("admission-method", &admission.method)),
        SummaryRow::new("From", from),
        SummaryRow::new("Came", arrived),
        SummaryRow::new("Left", left),
        SummaryRow::new("Main diagnosis", diagnosis(&seen)),
    ];
    Ok(html! { (SummaryList::new(rows)) })
}

fn answers(list: &str, today: Date) -> Result<Vec<Choice>, Problem> {
    let all = choices(list, today)?.into_iter();
    Ok(all
        .map(|(code, label)| Choice::new(code.as_str(), label))
        .collect())
}

fn questions(draft: &Draft, mistakes: &Mistakes, today: Date) -> Result<Markup, Problem> {
    let alternative = Select {
        error: mistakes.of("alternative"),
        ..Select::new(
            "alternative",
            "What could have kept the person at home",
            options(ALTERNATIVE, "Choose", today)?,
        )
    };
    Ok(html! {
        (Textarea::new("brought-in", "What brought the person in")
            .value(draft.brought_in.as_str()).error(mistakes.of("brought-in")))
        (Radios::new("known", "Did community services know the person?", answers(KNOWN, today)?)
            .selected(Some(&draft.known)).error(mistakes.of("known")))
        (alternative.selected(Some(&draft.alternative)))
        (Radios::new("avoidable", "Could the admission have been avoided?", answers(AVOIDABLE, today)?)
            .selected(Some(&draft.avoidable)).error(mistakes.of("avoidable")))
        (Textarea::new("reason", "Why").value(draft.reason.as_str()).error(mistakes.of("reason")))
        (Input::new("reviewed-by", "Who reviewed it").value(draft.reviewed_by.as_str()).error(mistakes.of("reviewed-by")))
        (draft.on.input("date", "Day of the review").error(mistakes.of("date-day")))
    })
}

fn before(kept: &[KeptFinding]) -> Markup {
    let rows = kept.iter().rev().map(|kept| {
        let finding = &kept.finding;
        vec![
            Cell::from(html! {
                (shown::label(AVOIDABLE, &finding.avoidable))
                br; span.nhsuk-u-font-size-16.nhsuk-u-font-weight-normal { (finding.reason) }
            }),
            Cell::from(finding.brought_in.as_str()),
            Cell::from(shown::label(KNOWN, &finding.known)),
            Cell::from(shown::label(ALTERNATIVE, &finding.alternative)),
            Cell::from(format!(
                "{}, {}; recorded by {}, {}",
                finding.reviewed_by,
                shown::day(finding.reviewed_on),
                kept.by.name,
                shown::moment(kept.at)
            )),
        ]
    });
    let columns = [
        "Avoidable",
        "What brought the person in",
        "Known to community services",
        "What could have helped",
        "Reviewed",
    ];
    html! {
        @if kept.is_empty() {
            (InsetText::new("Nobody has reviewed this admission yet."))
        } @else {
            (Table { first_cell_is_header: true, responsive: true, ..Table::new("Reviews, the latest first: that one stands", columns, rows) })
        }
    }
}

/// Keeps it.
pub(super) async fn change(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let opened = open(&caller, &id).await?;
    let draft = Draft::typed(&form);
    let mut mistakes = Mistakes::default();
    let days = (opened.admission.on, caller.today());
    let Some(finding) = draft.check(days, &mut mistakes)? else {
        let page = show(&caller, &opened, (&draft, &mistakes)).await?;
        return Ok(page.into_response());
    };
    let seen: i64 = form.get("seen").parse().map_err(|_| {
        Problem::malformed(
            "The form does not say which review it was made from. Load the page again.",
        )
    })?;
    let (of, by) = (opened.admission.thread, By::caller(&caller));
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        record(tx, environment, (of, seen), &finding, &by)?;
        Ok(format!("/admissions/reviews/{of}"))
    };
    let sent = (form.key(), form.fingerprint());
    let person = Resource::Person(opened.person);
    Ok(redirect(&caller.write(sent, person, work).await?))
}
