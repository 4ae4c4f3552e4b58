//! Saying what came of a promise, with what shows it.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::Transaction;
use stour_design::{
    Button, Heading, Input, Markup, Select, SelectItem, SummaryList, SummaryRow, Textarea, html,
};
use stour_kernel::Environment;
use stour_register::{Around, Author, Changed, Entry, Values, change_checked, versions};
use stour_web::words::day;
use stour_web::{Caller, Form, Mistakes, Page, Problem, TypedDate, form, redirect};

use super::registers::REGISTER;
use super::{frame, may, open};
use crate::noun::commitment::{Answer, KIND, Kept, OWN_ANSWER};
use crate::noun::{read, read_entry};
use crate::record::Record;
use crate::site::{commitments, number};

/// Longest answer, in characters.
const LONGEST: usize = 4_000;

/// A commitment somebody is at work on.
pub(super) struct Opened {
    pub(super) entry: Entry,
    pub(super) kept: Kept,
    pub(super) record: Record,
    /// What is in force, for the check of its next state.
    pub(super) around: Around,
}

/// Opens the commitment of an address.
pub(super) async fn opened(caller: &Caller, text: &str) -> Result<Opened, Problem> {
    let number = number(text)?.ok_or_else(Problem::not_found)?;
    let (around, record): (Around, Record) = open(caller).await?;
    let entry = around
        .entry("commitment", number)
        .cloned()
        .ok_or_else(Problem::not_found)?;
    let kept = read_entry(&entry);
    let around = around.for_check(Some(entry.id), caller.today());
    Ok(Opened {
        entry,
        kept,
        record,
        around,
    })
}

/// Where its page is.
pub(super) fn address(opened: &Opened) -> String {
    format!("/decisions/commitments/{}/answer", opened.entry.number)
}

/// `GET /decisions/commitments/{number}/answer`.
pub(crate) async fn show(caller: Caller, Path(text): Path<String>) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let opened = opened(&caller, &text).await?;
    Ok(page(
        &caller,
        &opened,
        &Typed::new(&caller),
        &Mistakes::default(),
    ))
}

/// What stands in the form.
pub(super) struct Typed {
    pub(super) answer: String,
    pub(super) evidence: String,
    pub(super) on: TypedDate,
    pub(super) at: String,
    pub(super) why: String,
    /// The version that was seen; none before anything was sent.
    pub(super) version: Option<i64>,
}

impl Typed {
    pub(super) fn new(caller: &Caller) -> Self {
        Self {
            answer: String::new(),
            evidence: String::new(),
            on: TypedDate::of(caller.today()),
            at: String::new(),
            why: String::new(),
            version: None,
        }
    }

    pub(super) fn of(form: &Form) -> Self {
        Self {
            answer: form.get("answer").to_owned(),
            evidence: form.get("evidence").to_owned(),
            on: TypedDate::from_form(form, "on"),
            at: form.get("at").to_owned(),
            why: form.get("why").to_owned(),
            version: form.get("version").parse().ok(),
        }
    }

    /// The day, empty where it is none.
    pub(super) fn day(&self) -> String {
        self.on
            .date()
            .map_or_else(|_| String::new(), |on| on.to_string())
    }

    /// What is wrong with the day as it was typed.
    pub(super) fn mistakes(&self) -> Mistakes {
        let mut mistakes = Mistakes::default();
        mistakes.check("on-day", self.on.date());
        mistakes
    }
}

/// The page of a commitment in the state that it is in, with the forms of what can be done next.
pub(super) fn page(caller: &Caller, opened: &Opened, typed: &Typed, mistakes: &Mistakes) -> Page {
    let promise = opened.kept.promise();
    let committee = opened.record.committees.get(promise.committee);
    let to = committee.map_or_else(String::new, |committee| committee.of_body());
    let number = opened.entry.number;
    let main = html! {
        (SummaryList::new([
            SummaryRow::new("Promise or request", promise.text.as_str()),
            SummaryRow::new("To", to),
            SummaryRow::new("Who answers for it", commitments::owner(&opened.kept)),
            SummaryRow::new("Due by", commitments::due(promise)),
            SummaryRow::new("State", html! { (commitments::state(&opened.kept, caller.today())) }),
        ]))
        @match &opened.kept {
            Kept::Open(_) => (answer_form(caller, opened, typed, mistakes)),
            Kept::Answered(commitment) => {
                (given(&commitment.state().0))
                (super::settle::forms(caller, opened, typed, mistakes))
            },
            Kept::Accepted(commitment) => {
                (given(&commitment.state().answer))
                p { "Accepted by the committee on " (day(commitment.state().on)) "." }
            },
        }
        p {
            a href={ "/decisions/registers/commitment/" (number) } { "History, and other fields" }
            @if opened.entry.get("published").is_empty() { ". It is not published yet." } @else {
                " · " a href={ "/decisions/commitments/" (number) } { "What the public sees" }
            }
        }
    };
    let page = frame::page(None, "What came of this promise?", &main);
    page.under([("Decisions", "/decisions/work")])
        .with_errors(mistakes.all())
}

fn given(answer: &Answer) -> Markup {
    html! {
        (Heading::section("The answer"))
        (SummaryList::new([
            SummaryRow::new("What came of it", answer.text.as_str()),
            SummaryRow::new("Answered on", day(answer.on)),
            SummaryRow::new("What shows it", html! {
                a href=(answer.evidence.to_string()) rel="noreferrer" { (answer.evidence.to_string()) }
            }),
        ]))
    }
}

fn answer_form(caller: &Caller, opened: &Opened, typed: &Typed, mistakes: &Mistakes) -> Markup {
    if !may(caller, "commitment.answer") {
        return html! { p { "Nothing has come of it yet. Those who carry out what was promised answer it." } };
    }
    html! {
        form method="post" action=(address(opened)) novalidate {
            (form::hidden(caller))
            (version(opened, typed))
            (Textarea {
                hint: Some("In plain words, also what did not come of it".into()),
                error: mistakes.of("answer"),
                ..Textarea::new("answer", "What came of it?").value(typed.answer.as_str())
            })
            (Input {
                hint: Some("The address of something published: one that begins with https://, or a page of the record that begins with /decisions/. Without it a promise stays open.".into()),
                error: mistakes.of("evidence"),
                ..Input::new("evidence", "What shows it?").value(typed.evidence.as_str())
            })
            (stour_design::DateInput {
                error: mistakes.of("on-day"),
                ..typed.on.input("on", "When was it answered?")
            })
            (Button::new("Record the answer"))
        }
    }
}

/// The version that somebody saw, for the change that is made to it.
pub(super) fn version(opened: &Opened, typed: &Typed) -> Markup {
    let version = typed.version.unwrap_or(opened.entry.version);
    html! { input type="hidden" name="version" value=(version); }
}

/// `POST /decisions/commitments/{number}/answer`.
pub(crate) async fn answer(
    caller: Caller,
    Path(text): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let opened = opened(&caller, &text).await?;
    let typed = Typed::of(&form);
    let Kept::Open(commitment) = opened.kept.clone() else {
        return Err(Problem::conflict(
            "It is answered already. Look at the answer that is there.",
        ));
    };
    let mut values = opened.entry.values.clone();
    values.set("state", "answered");
    values.set("answer", &typed.answer);
    values.set("evidence", &typed.evidence);
    values.set("answered", &typed.day());
    let mut mistakes = typed.mistakes();
    if typed.answer.chars().count() > LONGEST {
        mistakes.add("answer", format!("Use at most {LONGEST} characters."));
    }
    judge(&opened, &values, &mut mistakes);
    let given = read::<Kept>(&values);
    let Some(Ok(Kept::Answered(answered))) = mistakes.is_empty().then_some(given) else {
        caller
            .permit_to("commitment.answer", Resource::House)
            .await?;
        return Ok(page(&caller, &opened, &typed, &mistakes).into_response());
    };
    commitment
        .answer(answered.state().0.clone())
        .write(&mut values);
    save(&caller, &form, &opened, (values, "Answered".to_owned())).await
}

/// What the rules of a commitment say against its next state, each beside the field of the form that it is about.
pub(super) fn judge(opened: &Opened, values: &Values, mistakes: &mut Mistakes) {
    for wrong in (KIND.check)(values, &opened.around) {
        let field = match wrong.field.as_str() {
            "answered" | "accepted" => "on-day",
            field => field,
        };
        // A day that is none was told of where it was typed.
        if field != "on-day" || mistakes.of("on-day").is_none() {
            mistakes.add(field, wrong.message);
        }
    }
}

/// Saves the next state as a change of the version that somebody saw.
pub(super) async fn save(
    caller: &Caller,
    form: &Form,
    opened: &Opened,
    (values, why): (Values, String),
) -> Result<Response, Problem> {
    let seen = form.get("version").parse().unwrap_or(opened.entry.version);
    if seen != opened.entry.version {
        return Err(Problem::changed());
    }
    let (id, by, to) = (
        opened.entry.id,
        Author::from(caller.actor()),
        address(opened),
    );
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        if values.get("state") == "accepted" {
            by_somebody_else(&versions(tx, id)?, &by)?;
        }
        let base = (&REGISTER, id, seen);
        match change_checked(tx, environment, base, (&values, &why), &by)? {
            Changed::Saved(..) | Changed::Same(_) => Ok(to.clone()),
            Changed::Clash(..) => Err(Problem::changed()),
        }
    };
    let sent = (form.key(), form.fingerprint());
    let to = caller.write(sent, Resource::House, work).await?;
    Ok(redirect(&to))
}

/// Refuses that whoever gave the answer that stands says that it was accepted. Of versions, the latest comes first.
fn by_somebody_else(versions: &[Entry], by: &Author) -> Result<(), Problem> {
    let mut of_the_answer = versions
        .iter()
        .take_while(|version| version.get("state") == "answered");
    if of_the_answer.any(|version| by.user.is_some() && version.by.user == by.user) {
        return Err(Problem::conflict(OWN_ANSWER));
    }
    Ok(())
}

/// The items of meetings, to say at which an answer was accepted.
pub(super) fn items(record: &Record, chosen: &str) -> Select {
    let mut items: Vec<(String, String)> = vec![(String::new(), "Not said".to_owned())];
    for meeting in record.latest_meetings() {
        for item in record.agenda(meeting.number) {
            let committee = record.committees.get(meeting.committee);
            let named = committee.map_or_else(String::new, |committee| {
                crate::site::meeting::title(committee, meeting)
            });
            items.push((item.number.to_string(), format!("{named}: {}", item.title)));
        }
    }
    Select::new(
        "at",
        "At which item?",
        items.into_iter().map(SelectItem::from),
    )
    .selected(Some(chosen))
}
