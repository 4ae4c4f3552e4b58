//! The page: every trust and service with its level now, why, what is not known, what partners do, and how pressure moved.

use axum::response::Response;
use stour_access::Resource;
use stour_design::{Cell, Heading, InsetText, Markup, Table, html};
use stour_kernel::Date;
use stour_web::{Caller, Page, Problem};

use super::TOPIC;
use super::action::runs;
use super::action_part::{Acts, actions};
use super::history::{days, recorded_since};
use super::history_part::{first, history, words};
use super::parts::{Audience, gap, measures, places, standing};
use super::plan::{Plan, plan};
use super::reading::{Gap, Reading};
use super::snapshot::readings;
use super::subject::Subject;
use crate::error::FlowError;
use crate::feed::{Lag, Silence, behind, notice};

const TITLE: &str = "Pressure and escalation";

/// Whether the caller may see who the people are that are counted for something.
fn audience(caller: &Caller, subject: &Subject) -> Audience {
    let may = |action: &str, resource: &Resource| {
        let action = action.parse();
        action.is_ok_and(|action| caller.may(action, resource))
    };
    let sees = match subject {
        Subject::Trust(organisation) => may(
            "ward.read",
            &Resource::Ward {
                code: String::new(),
                organisation: *organisation,
            },
        ),
        Subject::Service(_) => may("capacity.read", &Resource::House),
    };
    if sees {
        Audience::People
    } else {
        Audience::Counts
    }
}

/// The page.
pub(super) async fn page(caller: Caller) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let (now, today) = (caller.now(), caller.today());
    let (found, recorded, runs, behind) = caller
        .house()
        .database()
        .read(move |tx| {
            let found = readings(tx, (now, today))?;
            let recorded = recorded_since(tx, first(today))?;
            Ok::<_, FlowError>((found, recorded, runs(tx, now)?, behind(tx, now)?))
        })
        .await?;
    let act = "escalation.act".parse();
    let acts = Acts {
        caller: &caller,
        plan: plan()?,
        runs: &runs,
        may: act.is_ok_and(|act| caller.may(act, &Resource::House)),
    };
    let days = days(&recorded);
    let subjects: Vec<Subject> = found.iter().map(|one| one.subject.clone()).collect();
    let silences = silences(&found);
    let main = html! {
        (Heading::page(TITLE))
        p { "How hard pressed each hospital trust and each service that people go on to is now, what partners agreed to do about it, and how pressure moved. The level is the highest that any measure reaches." }
        (whose(acts.plan, today))
        div id="escalation" data-live="/escalation/live" {
            (notice(&Lag { silences, behind }))
            (overview(&found, acts.plan, today, |subject| {
                words(days.get(subject).and_then(|of| of.get(&today)), true)
            }))
            @for reading in &found {
                (part(reading, audience(&caller, &reading.subject), &acts, today))
            }
            (history(&recorded, &subjects, today))
        }
        (counted())
    };
    Ok(Page::new(TITLE, main).wide())
}

fn silences(found: &[Reading]) -> Vec<Silence> {
    let gaps = found.iter().flat_map(|reading| &reading.gaps);
    gaps.filter_map(|gap| match gap {
        Gap::Silent(silence) => Some(*silence),
        _ => None,
    })
    .collect()
}

/// Whose levels, thresholds and actions these are.
fn whose(plan: &Plan, today: Date) -> Markup {
    html! {
        @if plan.needs_warning(today) {
            (InsetText::new(html! {
                p { "The levels, their thresholds and what each partner does are this partnership’s own. They are unverified: the partners have not agreed them yet, and they are not the national framework’s (OPEL), whose text was not seen." }
            }))
        }
    }
}

fn overview(
    found: &[Reading],
    plan: &Plan,
    today: Date,
    of_today: impl Fn(&Subject) -> String,
) -> Markup {
    let rows = found.iter().map(|reading| {
        let because: Vec<&str> = reading
            .because()
            .iter()
            .map(|measure| measure.words())
            .collect();
        vec![
            Cell::from(html! {
                a href={ "#" (reading.subject.anchor()) } { (reading.subject.name()) }
            }),
            Cell::from(standing(reading.standing, plan, today)),
            Cell::from(html! {
                @if because.is_empty() { (why_none(reading)) }
                @else { (because.join("; ")) }
            }),
            Cell::from(of_today(&reading.subject)),
        ]
    });
    let columns = ["Trust or service", "Now", "Because of", "Highest today"];
    html! { (Table { first_cell_is_header: true, responsive: true, ..Table::new("Pressure now", columns, rows) }) }
}

fn why_none(reading: &Reading) -> &'static str {
    match reading.standing.level() {
        Some(_) => "No threshold is reached",
        None if reading.last.is_some() => "Nothing is heard from the hospital",
        None => "Not enough is known",
    }
}

fn part(reading: &Reading, audience: Audience, acts: &Acts<'_>, today: Date) -> Markup {
    let name = reading.standing.level();
    let name = name.and_then(|level| acts.plan.name(level, today));
    let gaps = reading.gaps.iter().filter_map(|one| gap(one, audience));
    let gaps: Vec<String> = gaps.collect();
    html! {
        section id=(reading.subject.anchor()) {
            (Heading::section(reading.subject.name()))
            p {
                (standing(reading.standing, acts.plan, today))
                @if let Some(name) = name { " " (name.means) }
                @if let Some(last) = reading.last {
                    " Nothing is heard from it now. By what was last known: " (last.to_string().to_lowercase()) "."
                }
            }
            @if !gaps.is_empty() {
                p { "What is not known:" }
                ul.nhsuk-list.nhsuk-list--bullet { @for gap in &gaps { li { (gap) } } }
            }
            (measures(reading, audience))
            (places(reading, audience))
            (actions(reading, acts, today))
        }
    }
}

fn counted() -> Markup {
    html! {
        (Heading::section("How this is counted"))
        ul.nhsuk-list.nhsuk-list--bullet {
            li { "People in hospital are those of the hospital’s messages. People whose record is restricted, and those who object to sharing, are not counted." }
            li { "Somebody is ready to leave if the ward’s latest review says so, or, where there is none, the hospital’s own system. A night is lost if somebody who was ready spent it in hospital." }
            li { "Where people nobody has reviewed, or places nobody has said, could raise the level, it is called “at least” or “not known”. A hospital of which nothing was heard for an hour has no level." }
            li { "Shares are rounded down. Places that nobody has said count as none. Where there is no place at all, all count as taken." }
            li { "To readers who do not see who the people are, numbers of people from 1 to 7 are not shown, nor those from which such a number could be worked out." }
        }
    }
}

/// Tells an open page that something has changed.
pub(super) async fn live(caller: Caller) -> Result<Response, Problem> {
    caller.permit(Resource::House).await?;
    Ok(caller.house().live().events(TOPIC))
}
