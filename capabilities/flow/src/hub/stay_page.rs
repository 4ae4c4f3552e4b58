//! Everything that hospital and council told each other about one stay.

use axum::extract::Path;
use stour_database::Transaction;
use stour_deadlines::Standing;
use stour_design::{
    Button, Cell, Heading, InsetText, Markup, SummaryList, SummaryRow, Table, Tag, TagColour, html,
};
use stour_kernel::{Date, Timestamp, london_date};
use stour_people::{PersonSummary, summary};
use stour_web::{Caller, Page, Problem};

use super::clock;
use super::course::{Course, ready};
use super::decision_page;
use super::notice::{
    Assessment, CARERS, CONSENTS, Contact, Content, DESTINATIONS, Discharge, HEALTHCARE, Notice,
    REJECTIONS, Scope, Step, WITHDRAWALS, Withdrawal,
};
use super::open::{Opened, address, may, open};
use super::state::{Answer, NoticeState, StateName};
use crate::capacity::{OnWard, Place, kept_for};
use crate::error::FlowError;
use crate::spell::{Spell, SpellState};
use crate::{shown, ward};

/// The page.
pub(super) async fn page(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    let opened = open(&caller, &id).await?;
    let permit = caller.permit_person(opened.person.clone()).await?;
    let (now, stay) = (caller.now(), opened.spell.id);
    let read = move |tx: &mut Transaction<'_>| {
        let places = kept_for(tx, now)?.remove(&stay);
        Ok::<_, FlowError>((summary(tx, &permit)?, places))
    };
    let (person, places) = caller.house().database().read(read).await?;
    let today = caller.today();
    let title = "Leaving hospital";
    let main = html! {
        (Heading::page(title))
        div id="stay" data-live="/hub/live" {
            (about(&opened.spell, &person, (onward(&caller, &opened, places), caller.now())))
            @if may(&caller, "ward.read", &opened.person) {
                p { a href=(ward::estimates(&opened.spell)) { "When is the person likely to leave hospital?" } }
            }
            (what_to_do(&caller, &opened))
            (decision_page::section(&opened.spell, &opened.decisions))
            (Heading::section("Notices"))
            @if opened.notices.is_empty() {
                (InsetText::new("No notice about this stay was sent."))
            }
            @for notice in opened.notices.iter().rev() {
                (whole(&caller, &opened, notice, today)?)
            }
        }
    };
    Ok(Page::new(title, main).under([("Leaving hospital", "/hub")]))
}

fn about(spell: &Spell, person: &PersonSummary, (onward, now): (OnWard, Timestamp)) -> Markup {
    let today = london_date(now);
    let ward = spell.ward.as_deref().unwrap_or_default();
    let place = html! {
        @match spell.state {
            SpellState::InHospital => { (shown::ward(&spell.organisation, ward, today)) br; },
            SpellState::Left => { "Left" @if let Some(at) = spell.discharged_at { " on " (shown::moment(at)) } br; },
            SpellState::Cancelled => { "The admission was cancelled" br; },
            SpellState::Expected | SpellState::Unknown => { "Not admitted" br; },
        }
        (shown::organisation_name(&spell.organisation))
    };
    let ready = ready(spell).map_or_else(
        || "Not yet".to_owned(),
        |day| format!("Since {}", shown::day(day)),
    );
    let mut rows = vec![
        SummaryRow::new("Person", shown::person(person, today, true)),
        SummaryRow::new("Where", place),
        SummaryRow::new("Ready to leave", ready),
    ];
    if onward.is_shown() {
        let places = onward.shown(spell.id, &person.name.spoken(), now);
        rows.push(SummaryRow::new("Places to go on to", places));
    }
    html! { (SummaryList::new(rows)) }
}

/// Places to go on to that are kept for somebody in hospital, and whether the caller may hold one.
fn onward(caller: &Caller, opened: &Opened, places: Option<Vec<Place>>) -> OnWard {
    if opened.spell.state != SpellState::InHospital {
        return OnWard::default();
    }
    let person = std::slice::from_ref(&opened.person);
    let may = OnWard::of_people(caller, person).remove(&opened.person.id);
    may.unwrap_or_default().with(places)
}

/// Links to what can be sent now.
fn what_to_do(caller: &Caller, opened: &Opened) -> Markup {
    if !opened.from_hospital || !may(caller, "ward.plan", &opened.person) {
        return html! {};
    }
    let (course, stay) = (Course(&opened.notices), opened.spell.state);
    let here = address(opened.spell.id);
    let link = |words, end: &str| Button::link(words, format!("{here}/{end}"));
    html! {
        @if course.may_ask(stay).is_ok() { (link("Send an assessment notice", "assessment-notice")) " " }
        @if course.may_tell(stay).is_ok() { (link("Send a discharge notice", "discharge-notice")) " " }
        @if course.assessment().is_some() {
            (Button { href: Some(format!("{here}/withdrawal-notice")), ..Button::secondary("Withdraw a notice") }) " "
        }
        @if stay == SpellState::InHospital {
            (Button { href: Some(format!("{here}/pathway")), ..Button::secondary("Decide the pathway") })
        }
    }
}

/// A notice, what it says and what was done with it.
fn whole(
    caller: &Caller,
    opened: &Opened,
    notice: &Notice,
    today: Date,
) -> Result<Markup, Problem> {
    let mine = notice.council == caller.actor().organisation;
    let answers = mine && notice.state.is_open() && may(caller, "notice.answer", &opened.person);
    let steps = opened.steps.iter().filter(|step| step.notice == notice.id);
    let title = format!(
        "{} to {}",
        notice.kind().words(),
        shown::organisation_name(&notice.council)
    );
    Ok(html! {
        (Heading::subsection(title.as_str()))
        p { (tag(notice.state.name())) " " (clock(notice, today)?) }
        (content(notice))
        (Table { responsive: true, ..Table::new("What was done with it", ["When", "What", "Who", "Said"], steps.map(row)) })
        @if answers {
            (Button::link("Answer this notice", format!("/hub/notices/{}/answer", notice.id)))
        }
    })
}

/// How far a notice has come.
pub(super) fn tag(state: StateName) -> Tag {
    let colour = match state {
        StateName::Sent | StateName::Received => TagColour::Blue,
        StateName::Accepted => TagColour::Green,
        StateName::Rejected => TagColour::Red,
        StateName::Withdrawn => TagColour::Grey,
    };
    Tag::new(state.words(), colour)
}

fn row(step: &Step) -> Vec<Cell> {
    let reason = step.reason.as_deref();
    vec![
        shown::moment(step.at).into(),
        step.state.words().into(),
        html! { (step.name) br; (shown::organisation_name(&step.organisation)) }.into(),
        html! {
            @if let Some(reason) = reason { (shown::label(REJECTIONS, reason)) @if step.words.is_some() { br; } }
            @if let Some(words) = &step.words { (words) }
        }
        .into(),
    ]
}

/// By when an answer is due, or how the answer stood to that.
pub(super) fn clock(notice: &Notice, today: Date) -> Result<Markup, Problem> {
    let sent = notice.state.sent();
    let due = clock::due(notice.kind(), london_date(sent))?;
    let answered = match &notice.state {
        NoticeState::Answered(answered) => Some(answered.at),
        NoticeState::Withdrawn(_) => return Ok(html! { "Sent on " (shown::moment(sent)) "." }),
        NoticeState::Sent(_) | NoticeState::Received(_) => None,
    };
    let after = answered.map(|at| hours(at.duration_since(sent).as_hours()));
    let standing = due.map(|due| Standing::of(due, answered.map(london_date), today));
    Ok(html! {
        "Sent on " (shown::moment(sent)) ". "
        @if let Some(after) = after { "Answered after " (after) ". " }
        @match (standing, due) {
            (Some(Standing::Overdue(days)), _) => { (Tag::new("Late", TagColour::Red)) " An answer was due " (ago(days)) "." },
            (Some(Standing::MetLate(days)), _) => { (Tag::new("Answered late", TagColour::Orange)) " By " (several(days, "day")) "." },
            (Some(Standing::Running(_)), Some(due)) => { "An answer is due by " (shown::day(due)) "." },
            (None, _) if answered.is_none() => "No time for an answer is set.",
            _ => "",
        }
    })
}

fn hours(hours: i64) -> String {
    let day = 24;
    match hours {
        0 => "less than an hour".to_owned(),
        1 => "1 hour".to_owned(),
        hours if hours < 2 * day => format!("{hours} hours"),
        hours => format!("{} days", hours.div_euclid(day)),
    }
}

pub(super) fn several(count: i32, what: &str) -> String {
    if count == 1 {
        format!("1 {what}")
    } else {
        format!("{count} {what}s")
    }
}

pub(super) fn ago(days: i32) -> String {
    format!("{} ago", several(days, "day"))
}

/// What a notice says.
pub(super) fn content(notice: &Notice) -> Markup {
    let rows = match &notice.content {
        Content::Assessment(said) => assessment(said),
        Content::Discharge(said) => discharge(said),
        Content::Withdrawal(said) => withdrawal(said),
    };
    let mut rows: Vec<(&str, String)> = rows;
    if let NoticeState::Answered(answered) = &notice.state {
        match &answered.answer {
            Answer::Reject { reason, words } => {
                let reason = shown::label(REJECTIONS, reason);
                rows.push(("Rejected because", format!("{reason}: {words}")));
            }
            Answer::Accept { words } => {
                rows.extend(words.clone().map(|words| ("The council says", words)));
            }
        }
    }
    html! { (SummaryList::new(rows)) }
}

const fn yes(answer: bool) -> &'static str {
    if answer { "Yes" } else { "No" }
}

fn assessment(said: &Assessment) -> Vec<(&'static str, String)> {
    let mut rows = vec![
        ("What the person needs help with", said.needs.clone()),
        ("Person consulted", yes(said.person_consulted).to_owned()),
        (
            "Carer consulted",
            shown::label(CARERS, &said.carer_consulted),
        ),
        ("Person agrees", shown::label(CONSENTS, &said.consent)),
    ];
    if let Some(source) = &said.consent_source {
        rows.push(("Who spoke for the person", source.clone()));
    }
    rows.push((
        "NHS continuing healthcare",
        shown::label(HEALTHCARE, &said.healthcare),
    ));
    let likely = said
        .likely_discharge
        .map_or_else(|| "Not said".to_owned(), shown::day);
    rows.push(("Likely to leave", likely));
    rows.push(contact(&said.contact));
    rows
}

fn discharge(said: &Discharge) -> Vec<(&'static str, String)> {
    let destination = said.destination.as_deref().map_or_else(
        || "Not said".to_owned(),
        |code| shown::label(DESTINATIONS, code),
    );
    vec![
        ("To leave on", shown::day(said.on)),
        ("Person told", yes(said.person_informed).to_owned()),
        ("Carer told", yes(said.carer_informed).to_owned()),
        ("Where to", destination),
        contact(&said.contact),
    ]
}

fn withdrawal(said: &Withdrawal) -> Vec<(&'static str, String)> {
    let scope = match said.scope {
        Scope::All => "The assessment notice, with the discharge notice if one was sent",
        Scope::Discharge => "The discharge notice only",
    };
    let mut rows = vec![
        ("Withdrawn", scope.to_owned()),
        ("Why", shown::label(WITHDRAWALS, &said.reason)),
    ];
    rows.extend(said.words.clone().map(|words| ("Said of it", words)));
    rows
}

fn contact(contact: &Contact) -> (&'static str, String) {
    let both = format!("{}, {}", contact.name, contact.reached_by);
    ("Whom to ask", both)
}
