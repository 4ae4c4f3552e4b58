//! What the answers mean, why, and what to do next.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_design::{Button, Card, CardVariant, Heading, InsetText, Markup, html};
use stour_guidance::{At, Conclusion, NextStep, Way};
use stour_web::{Mistakes, Page, Problem, Visitor, redirect};

use super::{framed, gone, keeping, light, reason, way_of};
use crate::draft::{self, Opened};
use crate::ease::{Event, count, page as ease_page};

/// `GET /advice/{flow}/{code}/outcome`.
pub(crate) async fn show(
    visitor: Visitor,
    Path((flow, code)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let Some(opened) = draft::open(&visitor, &flow, &code).await? else {
        return Ok(gone(&flow));
    };
    page(&visitor, &opened, &Mistakes::default())
}

/// The page of the outcome, with what must be put right in what was said of how easy it was; or the way to go on where
/// there is no outcome yet.
pub(crate) fn page(
    visitor: &Visitor,
    opened: &Opened,
    mistakes: &Mistakes,
) -> Result<Response, Problem> {
    let position = opened.position(visitor.today())?;
    let Some(said) = opened.flow().conclude(&position) else {
        return Ok(redirect(&draft::goes_on(&opened.draft, position.at)));
    };
    let address = opened.address();
    let back = match (said.outcome.urgent, position.trail.last()) {
        (true, Some(last)) => format!("{address}/question/{}", last.question.id),
        _ => format!("{address}/check"),
    };
    let main = html! {
        (conclusion(&said, Some(&address)))
        @if let Some(contact) = &opened.draft.contact {
            (InsetText::new(html! { p { "You have asked us for help. " a href=(contact) { "See your reference and what happens next" } "." } }))
        }
        p.stour-no-print { "You can print this page, or save it, to show it to someone." }
        @if !said.outcome.urgent { (ease(visitor, opened, mistakes)) }
        (keeping(visitor, opened))
    };
    let page = Page::new(said.outcome.title.as_str(), main)
        .back(back)
        .with_errors(mistakes.all());
    Ok(framed(opened.flow(), page).into_response())
}

/// What an outcome says. Steps lead through the draft's own address, so that they are counted; in a preview, where there
/// is none, they lead straight on.
pub(crate) fn conclusion(said: &Conclusion<'_>, address: Option<&str>) -> Markup {
    let outcome = said.outcome;
    let steps = html! {
        ul.nhsuk-list { @for (place, step) in &said.next { (next(*place, step, (address, outcome.urgent))) } }
    };
    html! {
        @if address.is_some() { (Heading::page(outcome.title.as_str())) } @else { (Heading::section(outcome.title.as_str())) }
        @if outcome.urgent {
            (Card {
                variant: CardVariant::Emergency,
                ..Card::new("Do this now", html! { (light(&said.body)) (steps) })
            })
        } @else {
            (light(&said.body))
            (Heading::section("What you can do next"))
            (steps)
            @if !said.reasons.is_empty() {
                (Heading::section(outcome.because.as_deref().unwrap_or("Why we say this")))
                ul.nhsuk-list.nhsuk-list--bullet { @for one in &said.reasons { li { (reason(one)) } } }
            }
        }
    }
}

fn next(place: usize, step: &NextStep, (address, is_urgent): (Option<&str>, bool)) -> Markup {
    let href = match (&step.way, address) {
        (Way::Ask, Some(address)) => Some(format!("{address}/ask")),
        // A call that cannot wait does not wait to be counted: its outcome was.
        (Way::Call(_), Some(_)) if is_urgent => way_of(&step.way),
        (_, None) => way_of(&step.way),
        (_, Some(address)) => Some(format!("{address}/next/{place}")),
    };
    html! {
        li {
            @match (&step.way, href) {
                (Way::Ask, Some(href)) => (Button::link(step.label.as_str(), href)),
                (Way::Call(number), Some(href)) => {
                    @if step.label.contains(number.as_str()) { a href=(href) { strong { (step.label) } } }
                    @else { (step.label) ": " a href=(href) { strong { (number) } } }
                },
                (_, Some(href)) => a href=(href) { (step.label) },
                (_, None) => (step.label),
            }
            @if let Some(why) = &step.why { br; (why) }
        }
    }
}

/// The question of how easy it was, once.
fn ease(visitor: &Visitor, opened: &Opened, mistakes: &Mistakes) -> Markup {
    html! {
        div.stour-no-print {
            @if opened.draft.eased {
                (InsetText::new("Thank you for telling us how easy it was."))
            } @else {
                (ease_page::question(visitor, &format!("{}/ease", opened.address()), "How easy was it to find information?".into(), mistakes))
            }
        }
    }
}

/// `GET /advice/{flow}/{code}/next/{place}`: counts that a step was followed, and goes there. Nothing else is changed, and
/// whoever follows it waits for nothing if it cannot be counted.
pub(crate) async fn follow(
    visitor: Visitor,
    Path((flow, code, place)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let Some(opened) = draft::open(&visitor, &flow, &code).await? else {
        return Ok(gone(&flow));
    };
    let position = opened.position(visitor.today())?;
    let At::Outcome(outcome) = position.at else {
        return Ok(redirect(&draft::goes_on(&opened.draft, position.at)));
    };
    let place: usize = place.parse().map_err(|_| Problem::not_found())?;
    let step = outcome.next.get(place).ok_or_else(Problem::not_found)?;
    let to = way_of(&step.way).unwrap_or_else(|| format!("{}/ask", opened.address()));
    let event = Event::Next(outcome.id.clone(), step.label.clone());
    let environment = visitor.environment().clone();
    let version = opened.now.number;
    let counted = visitor
        .house()
        .database()
        .write(move |tx| count(tx, &environment, (&flow, version), &event))
        .await;
    if let Err(problem) = counted {
        tracing::warn!(kind = problem.kind, "a next step of advice was not counted");
    }
    Ok(redirect(&to))
}
