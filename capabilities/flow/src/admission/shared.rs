//! What the pages of the audit have in common.

use std::collections::BTreeMap;

use serde::Deserialize;
use stour_access::Resource;
use stour_design::{
    Button, Cell, Heading, InsetText, Markup, Select, SelectItem, Table, Tag, TagColour, html,
};
use stour_kernel::{Date, OdsCode, PersonId};
use stour_people::{PersonSummary, facts_for_access_all};
use stour_web::words::listed;
use stour_web::{Caller, Problem};

use super::group::Condition;
use super::period::Period;
use super::publish::{Audience, SMALL};
use super::review::{ALTERNATIVE, AVOIDABLE};
use super::tally::{Counted, Seen};
use crate::error::{FlowError, reference};
use crate::feed::{lag, notice};
use crate::list::choices;
use crate::shown;

/// What an address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    /// The last month of the period.
    #[serde(default)]
    pub(super) to: String,
    /// By what a list is sorted.
    #[serde(default)]
    pub(super) sort: String,
    /// Which admissions are listed.
    #[serde(default)]
    pub(super) which: String,
    /// Which page of the list, from 1.
    #[serde(default)]
    pub(super) page: String,
}

impl Asked {
    /// The period that is asked for; the latest where none is, or one that is not to be had.
    pub(super) fn period(&self, today: Date) -> Period {
        Period::ending(&self.to, today).unwrap_or_else(|| Period::latest(today))
    }
}

/// Whether the caller may see whose admissions they were.
pub(super) fn audience(caller: &Caller) -> Audience {
    let read = "admission.read".parse();
    if read.is_ok_and(|read| caller.may(read, &Resource::House)) {
        Audience::People
    } else {
        Audience::Counts
    }
}

/// Whether the caller may say what is to be done.
pub(super) fn may_act(caller: &Caller) -> bool {
    let act = "admission-audit.act".parse();
    act.is_ok_and(|act| caller.may(act, &Resource::House))
}

/// What a practice is called.
pub(super) fn practice_name(code: Option<&OdsCode>) -> String {
    let Some(code) = code else {
        return "No practice on record".to_owned();
    };
    let all = reference().ok();
    let known = all.and_then(|all| all.practice(code));
    known.map_or_else(
        || shown::organisation_name(code),
        |practice| practice.name.clone(),
    )
}

/// How an address names a practice.
pub(super) fn practice_segment(code: Option<&OdsCode>) -> String {
    code.map_or_else(|| NO_PRACTICE.to_owned(), ToString::to_string)
}

/// How an address names people without a practice.
pub(super) const NO_PRACTICE: &str = "none";

/// A count, or that it is not shown.
pub(super) fn count(count: Option<u64>) -> String {
    count.map_or_else(|| NOT_SHOWN.to_owned(), |count| count.to_string())
}

/// What stands for a count that is not shown.
pub(super) const NOT_SHOWN: &str = "Not shown";

/// What readers of counts are told of what they do not see.
pub(super) fn withheld_note(audience: Audience) -> Markup {
    html! {
        @if audience == Audience::Counts {
            p { "Numbers from " (SMALL.0) " to " (SMALL.1) " are not shown, nor some others from which they could be worked out, so that nobody can be recognised." }
        }
    }
}

/// The form that chooses the period; what else is asked for is kept.
pub(super) fn period_form(here: &str, period: Period, today: Date) -> Markup {
    let items = Period::choices(today)
        .into_iter()
        .map(|one| SelectItem::from((one.name(), one.words())));
    html! {
        form.stour-no-print method="get" action=(here) {
            (Select::new("to", "Twelve months", items.collect::<Vec<_>>()).selected(Some(&period.name())))
            (Button::secondary("Show"))
        }
    }
}

/// What a reader must know of the period: how far it is whole.
pub(super) fn how_counted() -> Markup {
    html! {
        ul.nhsuk-list.nhsuk-list--bullet {
            li { "An emergency admission is a stay in hospital that began as an emergency. Moves from another hospital, and stays that turned out never to have been, are left out. Somebody admitted twice counts twice." }
            li { "People are put to the practice that their record shows now, also for admissions when they were with another. How many people are registered with a practice is not known here: those on record with it who were alive in the period stand for them." }
            li { "Rates are per 1,000 people with the ages of the European Standard Population of 2013, with limits of 95 per cent; age is that on the last day. Ages of which a practice has nobody are taken with the age below. None is given for fewer than 10 admissions. Sex is not evened out." }
            li { "Which conditions should not usually need hospital is decided by the main diagnosis in ICD-10, by the ten groups of NHS Outcomes Framework indicator 3a. The share is of admissions whose diagnosis is coded; hospitals code it days or weeks after somebody has left." }
            li { "Only what hospitals have sent, or what was loaded, is counted." }
        }
    }
}

/// The people of these admissions whom the caller may see. The audit has each of them before this returns.
pub(super) async fn people(
    caller: &Caller,
    seen: &[Seen],
) -> Result<BTreeMap<PersonId, PersonSummary>, Problem> {
    let ids: Vec<PersonId> = seen.iter().map(|one| one.person).collect();
    let database = caller.house().database();
    let facts = database
        .read(move |tx| Ok::<_, FlowError>(facts_for_access_all(tx, &ids)?))
        .await?;
    shown::permitted(&caller.doing("admission.read")?, Resource::House, facts).await
}

/// Admissions as a table: who, when, from where, why, and what the review found.
pub(super) fn admissions(
    caption: &str,
    seen: &[Seen],
    people: &BTreeMap<PersonId, PersonSummary>,
    today: Date,
) -> Markup {
    let hidden = seen
        .iter()
        .filter(|one| !people.contains_key(&one.person))
        .count();
    let rows = seen.iter().filter_map(|one| {
        let person = people.get(&one.person)?;
        Some(row(one, person, today))
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    html! {
        @if seen.is_empty() {
            (InsetText::new("No emergency admission is known."))
        } @else {
            (Table { first_cell_is_header: true, responsive: true, ..Table::new(caption, ["Person", "Admitted", "From", "Main diagnosis", "Review"], rows) })
        }
        @if hidden > 0 {
            p { (hidden) " of these admissions are counted and not listed: you may not see the people." }
        }
    }
}

fn row(one: &Seen, person: &PersonSummary, today: Date) -> Vec<Cell> {
    let admission = &one.admission;
    let from = admission.came_from.as_deref();
    vec![
        html! { (shown::person(person, today, true)) }.into(),
        html! {
            a href={ "/admissions/reviews/" (admission.thread) } { (shown::day(admission.on)) }
            br; span.nhsuk-u-font-size-16 { (shown::organisation_name(&admission.organisation)) }
            @if let Some(left) = admission.left { br; span.nhsuk-u-font-size-16 { "Left on " (shown::day(left)) } }
            @else { br; span.nhsuk-u-font-size-16 { "Still in hospital" } }
        }
        .into(),
        html! {
            (from.map_or_else(|| "Not said".to_owned(), |code| shown::label("admission-source", code)))
            @if let Some(by) = &admission.arrived_by { br; span.nhsuk-u-font-size-16 { (shown::label("arrival-mode", by)) } }
        }
        .into(),
        diagnosis(one).into(),
        reviewed(one).into(),
    ]
}

/// The main diagnosis, and whether it should usually need hospital.
pub(super) fn diagnosis(one: &Seen) -> Markup {
    html! {
        @match (one.condition, one.admission.diagnosis.as_deref()) {
            (Condition::Sensitive(group), Some(code)) => {
                (code) br; (Tag::new(group, TagColour::Blue))
            }
            (_, Some(code)) => { (code) }
            (_, None) => { "Not coded" }
        }
    }
}

fn reviewed(one: &Seen) -> Markup {
    html! {
        @match &one.review {
            None => { a href={ "/admissions/reviews/" (one.admission.thread) } { "Not reviewed" span.nhsuk-u-visually-hidden { ": admission of " (shown::day(one.admission.on)) } } }
            Some(review) => {
                (Tag::new(verdict(&review.avoidable), TagColour::Grey))
                br; span.nhsuk-u-font-size-16 { (review.brought_in) }
                br; span.nhsuk-u-font-size-16 { "Could have helped: " (shown::label(ALTERNATIVE, &review.alternative)) }
            }
        }
    }
}

/// A finding, for people; the empty one is that of admissions that nobody has reviewed.
pub(super) fn verdict(code: &str) -> String {
    if code.is_empty() {
        "Not reviewed".to_owned()
    } else {
        shown::label(AVOIDABLE, code)
    }
}

/// The codes of a list, in order.
pub(super) fn codes(list: &str, today: Date) -> Result<Vec<String>, Problem> {
    Ok(choices(list, today)?
        .into_iter()
        .map(|(code, _)| code.to_string())
        .collect())
}

/// A list of names and counts as a table.
pub(super) fn counts(caption: &str, what: &str, list: Vec<(String, Option<u64>)>) -> Markup {
    let rows = list
        .into_iter()
        .map(|(name, number)| vec![Cell::from(name), Cell::from(count(number))]);
    let columns = [
        stour_design::Column::from(what),
        stour_design::Column::numeric("Admissions"),
    ];
    html! { (Table { first_cell_is_header: true, ..Table::new(caption, columns, rows) }) }
}

/// What a reader must know of the period: months of which nothing is known, and hospitals that send nothing.
pub(super) async fn not_known(caller: &Caller, counted: &Counted) -> Result<Markup, Problem> {
    let admissions = || counted.seen.iter().map(|one| &one.admission);
    let empty = counted
        .period
        .months_without(admissions().map(|one| one.on));
    let lag = lag(caller, admissions().map(|one| one.organisation)).await?;
    Ok(html! {
        @if !empty.is_empty() && empty.len() < 12 {
            (InsetText::new(html! { p { "No admission at all is known in " (listed(&empty)) ". Most likely nothing was sent: these twelve months are not whole." } }))
        }
        (notice(&lag))
    })
}

/// What stands where the audit cannot be made: nothing is known of the period.
pub(super) fn nothing(period: Period) -> Markup {
    html! {
        (Heading::section("Nothing to show"))
        p { "No emergency admission is known in " (period.words()) ". Choose another period, or have the messages of the hospitals looked at: nothing is counted that they did not send." }
    }
}
