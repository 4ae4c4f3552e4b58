//! A team says on which pathway somebody leaves hospital.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_database::VersionError;
use stour_design::{
    Button, Cell, Heading, Input, InsetText, Markup, SummaryList, SummaryRow, Table, Tag,
    TagColour, Textarea, html,
};
use stour_kernel::{Date, london_date};
use stour_web::{Caller, Form, Mistakes, Page, Problem, TypedDate, form};

use super::decision::{Decision, KeptDecision, Member, decide, team_of, team_text};
use super::fields::{heading, one_of, tell, typed, who};
use super::open::{Opened, address, carry_out, open_to_send};
use super::state::NotSo;
use crate::error::reference;
use crate::shown;
use crate::spell::{PATHWAYS, Spell, SpellState};

const TITLE: &str = "Decide the pathway";

/// The form. What stands is shown beside it and is not filled in: a new decision is a new look.
pub(super) async fn page(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    let opened = open_to_send(&caller, &id).await?;
    let date = TypedDate::of(caller.today());
    form_page(
        &caller,
        &opened,
        (&Form::default(), &date, &Mistakes::default()),
    )
    .await
}

async fn form_page(
    caller: &Caller,
    opened: &Opened,
    (form, date, mistakes): (&Form, &TypedDate, &Mistakes),
) -> Result<Page, Problem> {
    let (person, today) = (who(caller, opened).await?, caller.today());
    let back = address(opened.spell.id);
    let stands = opened.decisions.last();
    let seen = stands.map_or(0, |kept| kept.number);
    let main = html! {
        (Heading::page(TITLE))
        (heading(&person, opened, today))
        p { (pathways(&opened.spell, stands.map(|kept| &kept.decision))) }
        @if opened.spell.state == SpellState::InHospital {
            form method="post" action={ (back) "/pathway" } novalidate {
                (form::hidden(caller))
                input type="hidden" name="seen" value=(seen);
                (one_of(("pathway", PATHWAYS), "On which pathway does the person leave?", today, (form, mistakes))?)
                (Textarea::new("team", "Who took part")
                    .hint("One person a line: the name, a comma and the role. For example: Jo Bell, physiotherapist")
                    .value(form.get("team")).error(mistakes.of("team")))
                (Textarea::new("needs", "What the person needs help with")
                    .hint("Describe needs. Do not say which service, or how many visits: that is decided with the person by those who give the care.")
                    .value(form.get("needs")).error(mistakes.of("needs")))
                (Input::new("next-step", "What is done next").value(form.get("next-step")).error(mistakes.of("next-step")))
                (Input::new("owner", "Who does it").value(form.get("owner")).error(mistakes.of("owner")))
                (date.input("date", "Day of the decision").error(mistakes.of("date-day")))
                (Button::new("Save"))
            }
        } @else {
            (InsetText::new(NotSo::NotInHospital.to_string()))
        }
    };
    Ok(Page::new(TITLE, main)
        .back(&back)
        .with_errors(mistakes.all()))
}

/// Keeps it.
pub(super) async fn change(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let opened = open_to_send(&caller, &id).await?;
    let (mut mistakes, today) = (Mistakes::default(), caller.today());
    let date = TypedDate::from_form(&form, "date");
    let on = mistakes.check("date-day", date.date());
    let text = |name| typed(&form, name).unwrap_or_default();
    let decision = Decision {
        on: on.unwrap_or(today),
        pathway: text("pathway"),
        team: team_of(form.get("team")),
        needs: text("needs"),
        next_step: text("next-step"),
        owner: text("owner"),
    };
    let admitted = opened.spell.admitted_at.map_or(today, london_date);
    tell(
        decision.wrongs((admitted, today), reference()?),
        &mut mistakes,
    );
    if !mistakes.is_empty() {
        let page = form_page(&caller, &opened, (&form, &date, &mistakes)).await?;
        return Ok(page.into_response());
    }
    let seen = form.get("seen").parse::<i64>();
    let seen = seen.map_err(|_| VersionError::Malformed)?;
    carry_out(&caller, &form, opened, move |tx, environment, id, by| {
        decide(tx, environment, (id, seen), &decision, by)
    })
    .await
}

/// The pathway that a team decided, beside the one that the ward suggests in its review.
pub(crate) fn pathways(spell: &Spell, decided: Option<&Decision>) -> Markup {
    let suggested = spell
        .review
        .as_ref()
        .and_then(|review| review.pathway.as_deref());
    html! {
        @match (decided, suggested) {
            (Some(decision), suggested) => {
                "Decided: " (shown::label(PATHWAYS, &decision.pathway)) ", " (shown::day(decision.on))
                @if let Some(suggested) = suggested.filter(|code| *code != decision.pathway) {
                    " " (Tag::new("Not as the ward suggests", TagColour::Orange))
                    br; "Ward suggests: " (shown::label(PATHWAYS, suggested))
                }
            },
            (None, Some(suggested)) => { "Ward suggests: " (shown::label(PATHWAYS, suggested)) br; "No team has decided yet" },
            (None, None) => "No pathway decided",
        }
    }
}

/// What was decided about a stay, the latest decision in full.
pub(super) fn section(spell: &Spell, decisions: &[KeptDecision]) -> Markup {
    let Some((stands, before)) = decisions.split_last() else {
        return html! {
            (Heading::section("Pathway"))
            p { (pathways(spell, None)) }
        };
    };
    let decision = &stands.decision;
    let rows = [
        SummaryRow::new("Pathway", pathways(spell, Some(decision))),
        SummaryRow::new("Who took part", team(&decision.team)),
        SummaryRow::new("What the person needs help with", decision.needs.as_str()),
        SummaryRow::new(
            "Next",
            format!("{}: {}", decision.owner, decision.next_step),
        ),
        SummaryRow::new("Recorded by", recorded(stands)),
    ];
    html! {
        (Heading::section("Pathway"))
        (SummaryList::new(rows))
        @if !before.is_empty() {
            (Table { responsive: true, ..Table::new("Decided before, the latest first", ["Day", "Pathway", "Needs", "Next", "Recorded by"], before.iter().rev().map(row)) })
        }
    }
}

fn team(team: &[Member]) -> Markup {
    html! { @for line in team_text(team).lines() { (line) br; } }
}

fn recorded(kept: &KeptDecision) -> String {
    let organisation = shown::organisation_name(&kept.organisation);
    format!("{}, {organisation}, {}", kept.name, shown::moment(kept.at))
}

fn row(kept: &KeptDecision) -> Vec<Cell> {
    let decision = &kept.decision;
    let day: Date = decision.on;
    vec![
        shown::day(day).into(),
        shown::label(PATHWAYS, &decision.pathway).into(),
        decision.needs.as_str().into(),
        format!("{}: {}", decision.owner, decision.next_step).into(),
        recorded(kept).into(),
    ]
}
