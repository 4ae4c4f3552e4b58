//! One person on the in-reach list: where they are and what the ward says, what the team could do and plans, what matters to them and
//! who cares for them.

use std::collections::BTreeMap;

use axum::extract::Path;
use stour_design::{
    Button, ButtonVariant, Details, Heading, InsetText, Markup, SummaryList, SummaryRow, html,
};
use stour_kernel::{Date, PersonId};
use stour_people::{PersonSummary, carers_of, shown as people_shown, summary};
use stour_web::{Caller, Page, Problem};

use super::alert::{self, Alert, is_near};
use super::opened::{Opened, open};
use super::page::place;
use super::plan::{self, Item};
use super::store;
use super::suggest::{Carers, Known, Suggestion, suggestions};
use crate::about::{KeptAboutMe, KeptCarer, about_me, about_me_section, carers, carers_section};
use crate::awaited::{self, Awaited};
use crate::capacity::{OnWard, Place, kept_for};
use crate::error::FlowError;
use crate::estimate::{Series, series_table};
use crate::hub::{self, KeptDecision, Notice};
use crate::spell::{Spell, SpellState, Twice, twice};
use crate::ward::review_standing;
use crate::{feed, shown};

/// What is known of a stay and the person.
struct Read {
    summary: PersonSummary,
    twice: Twice,
    series: Series,
    waits: Vec<Awaited>,
    decisions: Vec<KeptDecision>,
    notices: Vec<Notice>,
    places: Option<Vec<Place>>,
    items: Vec<Item>,
    alerts: Vec<Alert>,
    about: Vec<KeptAboutMe>,
    carers: Vec<KeptCarer>,
    on_record: Vec<PersonId>,
    why: Vec<String>,
    packages: Vec<String>,
}

async fn read(caller: &Caller, opened: &Opened) -> Result<Read, Problem> {
    let permit = caller.permit_person(opened.person.clone()).await?;
    let (own, now, today) = (caller.actor().organisation, caller.now(), caller.today());
    let (stay, person) = (opened.stay.clone(), opened.person.id);
    let read = caller.house().database().read(move |tx| {
        let (why, packages) = store::why(tx, person, own, today)?;
        let mut waits = awaited::of_spell(tx, stay.id)?;
        waits.retain(|one| one.ended.is_none());
        Ok::<_, FlowError>(Read {
            summary: summary(tx, &permit)?,
            twice: twice(tx)?,
            series: Series::of(tx, &stay)?,
            waits,
            decisions: hub::decisions(tx, stay.id)?,
            notices: hub::of_stay(tx, stay.id)?,
            places: kept_for(tx, now)?.remove(&stay.id),
            items: plan::of_stay(tx, stay.id)?,
            alerts: alert::of_stay(tx, own, stay.id)?,
            about: about_me(tx, person)?,
            carers: carers(tx, person)?,
            on_record: carers_of(tx, person)?,
            why,
            packages,
        })
    });
    Ok(read.await?)
}

/// The page.
pub(super) async fn page(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    let opened = open(&caller, &id).await?;
    let mut read = read(&caller, &opened).await?;
    let notices = std::mem::take(&mut read.notices);
    read.notices = hub::visible(&caller, (&opened.stay, &opened.person), notices);
    let on_record = people_shown(&caller, read.on_record.clone()).await?;
    let lag = feed::lag(&caller, [opened.stay.organisation]).await?;
    let today = caller.today();
    let known = known(&caller, &opened.stay, &read, today);
    let could = suggestions(&known, &read.items, today)?;
    let (here, own) = (opened.back(), caller.actor().organisation);
    let main = html! {
        (Heading::page(read.summary.name.listed()))
        div id="in-reach-person" data-live="/in-reach/live" {
            (feed::notice(&lag))
            (situation(&caller, &opened, &read))
            (Heading::section("What you plan to bring the person home"))
            @if opened.is_in() { (could_do(&could, &here)) }
            (plan::section(&read.items, Some((&here, own)), today))
            @if opened.is_in() { (Button::link("Plan something", format!("{here}/plan"))) }
            (Heading::section("About Me"))
            (about_me_section(read.about.last()))
            (secondary(if read.about.is_empty() { "Write About Me" } else { "Write About Me anew" }, format!("{here}/about-me")))
            (Heading::section("Carers"))
            (known_on_record(&on_record))
            (carers_section(&read.carers, Some(&here)))
            (secondary("Write down a carer", format!("{here}/carers/new")))
            (told(&read.alerts))
            (Heading::section("When is the person likely to leave?"))
            (Details::new("Every estimate of this stay", series_table(&read.series, today)))
        }
    };
    Ok(Page::new(read.summary.name.listed(), main)
        .under([("In-reach", "/in-reach")])
        .wide())
}

fn secondary(label: &'static str, href: String) -> Button {
    Button {
        variant: ButtonVariant::Secondary,
        ..Button::link(label, href)
    }
}

/// What the rules of suggestions ask about.
fn known(caller: &Caller, stay: &Spell, read: &Read, today: Date) -> Known {
    let expected = stay.expected.as_ref().map(|date| date.on);
    let review = stay.review.as_ref().filter(|review| !review.meets);
    let still = read.carers.iter().filter(|kept| !kept.carer.ended);
    let said = still.map(|kept| kept.carer.willing.as_str());
    Known {
        organisation: caller.actor().organisation,
        packages: read.packages.clone(),
        reason: review.map(|review| review.because.clone()),
        waits: read
            .waits
            .iter()
            .map(|wait| wait.asked.kind.clone())
            .collect(),
        carers: Carers::of(said, !read.on_record.is_empty()),
        has_about_me: !read.about.is_empty(),
        is_near: expected.is_some_and(|on| is_near(on, today)),
    }
}

/// Where the person is, and what the ward and others say.
fn situation(caller: &Caller, opened: &Opened, read: &Read) -> Markup {
    let (stay, today) = (&opened.stay, caller.today());
    let mut rows = vec![
        SummaryRow::new("Person", shown::person(&read.summary, today, true)),
        SummaryRow::new("Where", whereabouts(stay, read, today)),
    ];
    if let Some(by) = &stay.arrived_by {
        rows.push(SummaryRow::new(
            "Came to hospital",
            shown::label("arrival-mode", by),
        ));
    }
    if opened.is_in() {
        rows.push(SummaryRow::new("In hospital", since(stay, today)));
        rows.push(SummaryRow::new(
            "Expected home",
            expected(stay, read, today),
        ));
        rows.push(SummaryRow::new(
            "Ready to go, as the ward last said",
            review_standing(stay, today),
        ));
    }
    if let Some(last) = read.decisions.last() {
        let decided = &last.decision;
        let words = html! {
            (hub::pathways(stay, Some(decided)))
            br; "Next: " (decided.next_step) ", " (decided.owner)
        };
        rows.push(SummaryRow::new("Pathway that a team decided", words));
    }
    if opened.is_in() {
        rows.push(SummaryRow::new("Waits for", waits(&read.waits)));
    }
    if !read.notices.is_empty() {
        rows.push(SummaryRow::new("Notices", notices(stay, &read.notices)));
    }
    let people = std::slice::from_ref(&opened.person);
    let may = OnWard::of_people(caller, people).remove(&opened.person.id);
    if read.places.is_some() || opened.is_in() {
        let places = may.unwrap_or_default().with(read.places.clone());
        let name = read.summary.name.spoken();
        let places = places.shown(stay.id, &name, caller.now());
        rows.push(SummaryRow::new("Places to go on to", places));
    }
    let why = shown::lines(read.why.iter().map(String::as_str));
    rows.push(SummaryRow::new("Why you know the person", why));
    html! { (SummaryList::new(rows)) }
}

fn whereabouts(stay: &Spell, read: &Read, today: Date) -> Markup {
    html! {
        @if stay.state == SpellState::InHospital {
            (place(stay, today)) (shown::besides(stay, &read.twice, today))
        } @else {
            "Left " (shown::organisation_name(&stay.organisation))
            @if let Some(at) = stay.discharged_at { " on " (shown::moment(at)) }
            @if let Some(code) = &stay.destination { br; "To: " (shown::label("discharge-destination", code)) }
        }
    }
}

fn since(stay: &Spell, today: Date) -> Markup {
    html! {
        (shown::days_in(stay, today))
        @if let Some(admitted) = stay.admitted_at { ", since " (shown::moment(admitted)) }
        (shown::long_stay_mark(stay, today))
    }
}

/// The day that stands, and by which days most people like this one have left.
fn expected(stay: &Spell, read: &Read, today: Date) -> Markup {
    let days = read.series.by_system();
    html! {
        (shown::expected(stay.expected.as_ref(), today))
        @if let Some([Some(half), most, nearly_all]) = days {
            br; span.nhsuk-u-font-size-16 {
                "Of people like this one, half have left by " (shown::day(half))
                @if let Some(most) = most { ", four in five by " (shown::day(most)) }
                @if let Some(nearly_all) = nearly_all { ", nineteen in twenty by " (shown::day(nearly_all)) }
                "."
            }
        }
    }
}

fn waits(waits: &[Awaited]) -> Markup {
    html! {
        @if waits.is_empty() { "The ward has said of nothing that it is waited for" }
        @for (number, one) in waits.iter().enumerate() {
            @if number > 0 { br; }
            (one.asked.what) ", asked for on " (shown::moment(one.asked.at)) ". Next: " (one.asked.who)
        }
    }
}

fn notices(stay: &Spell, notices: &[Notice]) -> Markup {
    html! {
        @for notice in notices {
            (notice.kind().words()) " to " (shown::organisation_name(&notice.council)) ": " (notice.state.name().words()) br;
        }
        a href=(hub::address(stay.id)) { "Read the notices" }
    }
}

/// What the team could do, and why.
fn could_do(could: &[Suggestion], here: &str) -> Markup {
    let is_unverified = could.iter().any(|one| one.rule.status.needs_warning());
    html! {
        @if !could.is_empty() {
            (Heading::subsection("What you could do"))
            ul.nhsuk-list.nhsuk-list--bullet {
                @for one in could {
                    li {
                        (one.rule.says) " "
                        span.nhsuk-u-font-size-16 { (one.because.join(". ")) ". " }
                        a href={ (here) "/plan?kind=" (shown::segment(one.rule.kind.as_str())) } {
                            "Plan this" span.nhsuk-u-visually-hidden { ": " (one.rule.says) }
                        }
                    }
                }
            }
            @if is_unverified {
                (InsetText::new("These follow from the partnership’s own rules, which are unverified: the partners have not agreed them yet. They suggest, and whoever knows the person decides with them."))
            }
        }
    }
}

/// Carers who have a record of their own.
fn known_on_record(carers: &BTreeMap<PersonId, PersonSummary>) -> Markup {
    html! {
        @if !carers.is_empty() {
            p {
                "Unpaid carers by the record: "
                @for (number, carer) in carers.values().enumerate() {
                    @if number > 0 { ", " }
                    a href={ "/people/" (carer.id) } { bdi { (carer.name.listed()) } }
                }
                "."
            }
        }
    }
}

/// What the team was told of this stay, and who has seen it.
fn told(alerts: &[Alert]) -> Markup {
    html! {
        @if !alerts.is_empty() {
            (Heading::section("What your team was told of this stay"))
            ul.nhsuk-list {
                @for alert in alerts {
                    li {
                        (alert::told(alert)) br;
                        span.nhsuk-u-font-size-16 {
                            "Told on " (shown::moment(alert.at)) ". "
                            @match &alert.seen {
                                Some((who, at)) => { "Seen by " (who) " on " (shown::moment(*at)) "." },
                                None => "Nobody of your team has said that it was seen.",
                            }
                        }
                    }
                }
            }
        }
    }
}
