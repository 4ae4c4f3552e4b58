//! One person's record.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use stour_access::{Permit, PersonFacts, Resource};
use stour_design::{
    Action, Button, Cell, Column, Content, Details, Heading, InsetText, Markup, SummaryList,
    SummaryRow, Table, Tag, TagColour, WarningCallout, html,
};
use stour_facts::{Fact, of_people_as_known};
use stour_kernel::{Date, PersonId, Timestamp};
use stour_web::{Caller, Page, Problem, TypedDate, redirect};

use super::record::Kept;
use super::{
    FlagReason, IdentifierStatus, NHS_NUMBER, PersonSummary, Record, facts_for_access, record,
};
use crate::asking::{facts_of, may_find, shown};
use crate::capability::{CHANGE, PersonLink};
use crate::relationship::{Relationship, of_person as relationships_of, page as relationships};
use crate::search::page::born;
use crate::source::page as source_page;
use crate::source::view::{Sources, as_composed, sources};
use crate::{household, timeline, trace, words};

/// The day of which the timeline is asked.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct AsKnown {
    #[serde(default, rename = "known-day")]
    day: String,
    #[serde(default, rename = "known-month")]
    month: String,
    #[serde(default, rename = "known-year")]
    year: String,
}

impl AsKnown {
    fn typed(&self) -> TypedDate {
        TypedDate::typed([&self.day, &self.month, &self.year])
    }
}

/// What a record page shows.
pub(crate) struct Shown {
    pub(crate) record: Record,
    pub(crate) facts: Vec<Fact>,
    pub(crate) relationships: Vec<Relationship>,
    pub(crate) others: BTreeMap<PersonId, PersonSummary>,
    pub(crate) flags: Vec<FlagReason>,
    pub(crate) sources: Sources,
    /// The record as it was known on the day that was asked for; `None` when nothing was known.
    pub(crate) known: Option<Record>,
}

/// GET /people/{id}. The address of somebody who was merged leads to the survivor.
pub(crate) async fn page(
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Query<AsKnown>,
    links: &'static [PersonLink],
) -> Result<Response, Problem> {
    let facts = facts_of(&caller, &id).await?;
    let permit = caller.permit_person(facts.clone()).await?;
    if id.parse() != Ok(facts.id) {
        return Ok(redirect(&format!("/people/{}", facts.id)));
    }
    let asked = asked.typed();
    let asked_day = timeline::past_day(&asked, caller.today());
    let known = asked_day.unwrap_or_default();
    let shown = load(&caller, permit, known).await?;
    let (day, now) = (known, caller.now());
    let of_today = match day {
        None => of_today(&caller, &facts, &shown, links).await?,
        Some(_) => today_only(facts.id),
    };
    let main = html! {
        (Heading::page(html! { bdi { (shown.record.summary.name.listed()) } }))
        (tags(&shown.record))
        @match (day, &shown.known) {
            (None, _) => (identity(&shown.record, caller.today(), may_change(&caller, &facts))),
            (Some(day), None) => (InsetText::new(format!("Nothing was known of this person on {}.", words::day(day)))),
            (Some(day), Some(then)) => {
                (InsetText::new(format!("This is what was known on {}, not what is known now.", words::day(day))))
                p { strong { bdi { (then.summary.name.listed()) } } }
                (identity(then, day, false))
            },
        }
        (of_today)
        (Heading::section("Timeline"))
        (as_known_form(&asked, asked_day.err()))
        (timeline::page::table(&timeline_caption(known), &shown.facts))
        (source_page::section(&shown.sources, now, day.is_some()))
        @match (day, &shown.known) {
            (None, _) => (history(&shown.record)),
            (Some(_), Some(then)) => (history(then)),
            (Some(_), None) => {},
        }
    };
    let title = shown.record.summary.name.listed();
    let page = Page::new(title, main).under([("People", "/people")]).wide();
    Ok(page.into_response())
}

/// What is known of the present only, and what can be done from here.
async fn of_today(
    caller: &Caller,
    facts: &PersonFacts,
    shown: &Shown,
    links: &[PersonLink],
) -> Result<Markup, Problem> {
    let home = household::of(caller, &shown.record).await?;
    Ok(html! {
        (actions(caller, facts, links))
        (flags(&shown.flags))
        (relationships::section(shown, caller.today()))
        (household::section(&home, caller))
    })
}

/// What stands in place of that on a past day.
fn today_only(person: PersonId) -> Markup {
    html! {
        p {
            "Carers, the household, doubts about who this is, organisations that have sent nothing and what you can do are shown for today only. "
            a href={ "/people/" (person) } { "See the record as it is now" } "."
        }
    }
}

/// Everything that a record page shows; the timeline as it was known at the end of a past day.
pub(crate) async fn load(
    caller: &Caller,
    permit: Permit<PersonId>,
    known: Option<Date>,
) -> Result<Shown, Problem> {
    let database = caller.house().database();
    let environment = caller.environment().clone();
    let at = known.map_or(Timestamp::MAX, timeline::end_of);
    let (record, facts, relationships, flagged, sources) = database
        .read(move |tx| {
            let record = record(tx, &permit)?;
            let person = record.summary.id;
            let facts = of_people_as_known(tx, &record.members, at)?;
            let sources = sources(tx, &environment, person, &record.known_to, at)?;
            let mut flagged = Vec::new();
            for flag in &record.flags {
                let other = match flag.other {
                    Some(other) => facts_for_access(tx, other)?,
                    None => None,
                };
                flagged.push((flag.why, other));
            }
            let relationships = relationships_of(tx, person)?;
            Ok::<_, Problem>((record, facts, relationships, flagged, sources))
        })
        .await?;
    let flags = flagged.into_iter().map(|(why, other)| match other {
        Some(other) if !may_find(caller, other.clone()) => FlagReason::NumberUnconfirmed,
        _ => why,
    });
    let person = record.summary.id;
    let others = relationships
        .iter()
        .map(|relationship| relationship.other_than(person))
        .collect();
    let others = shown(caller, others).await?;
    Ok(Shown {
        facts,
        relationships,
        others,
        flags: flags.collect(),
        known: as_composed(&record, &sources.composed),
        sources,
        record,
    })
}

fn tags(record: &Record) -> Markup {
    let summary = &record.summary;
    if summary.died.is_none() && !record.restricted && !record.objection {
        return html! {};
    }
    html! {
        p {
            @if let Some(died) = summary.died {
                (Tag::new(format!("Died {}", words::day(died)), TagColour::Grey)) " "
            }
            @if record.restricted { (Tag::new("Restricted record", TagColour::Red)) " " }
            @if record.objection { (Tag::new("Objects to sharing", TagColour::Orange)) }
        }
    }
}

/// Who the person is, in names and values, with links to changes for whoever `may_change`.
pub(crate) fn identity(record: &Record, today: Date, may_change: bool) -> SummaryList {
    let summary = &record.summary;
    let mut rows = vec![
        SummaryRow::new("Date of birth (age)", or_unknown(born(summary, today))),
        SummaryRow::new("NHS number", nhs_number(record)),
    ];
    if let Some(sex) = &summary.sex {
        rows.push(SummaryRow::new(
            "Sex",
            words::code(&["administrative-sex"], sex),
        ));
    }
    let address = summary
        .address
        .as_ref()
        .map(super::Address::on_one_line)
        .unwrap_or_default();
    let change = format!("/people/{}/address", summary.id);
    let row = SummaryRow::new("Address", or_unknown(address));
    rows.push(if may_change {
        row.action(Action::link(
            "Change",
            "address and telephone number",
            change,
        ))
    } else {
        row
    });
    rows.push(SummaryRow::new(
        "Telephone",
        or_unknown(record.telephone.clone().unwrap_or_default()),
    ));
    let practice = summary
        .practice
        .as_ref()
        .map(words::organisation_name)
        .unwrap_or_default();
    rows.push(SummaryRow::new("GP practice", or_unknown(practice)));
    if let Some(council) = &record.place.council {
        rows.push(SummaryRow::new("Council", words::council(council)));
    }
    if let Some(locality) = &record.place.locality {
        let (name, is_unverified) = words::locality(locality);
        rows.push(SummaryRow::new(
            "Locality",
            html! {
                (name)
                @if is_unverified { " " (Tag::new("Unverified local lookup", TagColour::Grey)) }
            },
        ));
    }
    SummaryList::new(rows)
}

fn or_unknown(text: String) -> String {
    if text.is_empty() {
        "Not known".to_owned()
    } else {
        text
    }
}

fn nhs_number(record: &Record) -> Content {
    if let Some(number) = record.summary.nhs_number {
        return number.to_string().into();
    }
    let untraced = record.identifiers.iter().find(|identifier| {
        identifier.what.system == NHS_NUMBER && identifier.what.status == IdentifierStatus::Untraced
    });
    match untraced {
        Some(identifier) => html! {
            (identifier.what.value) " " (Tag::new("Not confirmed", TagColour::Orange))
        }
        .into(),
        None => "Not known".into(),
    }
}

fn may_change(caller: &Caller, facts: &PersonFacts) -> bool {
    let change = CHANGE.parse();
    change.is_ok_and(|change| caller.may(change, &Resource::Person(facts.clone())))
}

/// What other capabilities, and this one, let the caller do from here.
fn actions(caller: &Caller, facts: &PersonFacts, links: &[PersonLink]) -> Markup {
    const OWN: [PersonLink; 2] = [
        PersonLink {
            label: "Add a carer",
            href: "/people/{id}/carers/new",
            action: "person.relate",
        },
        PersonLink {
            label: "Who has looked at this record",
            href: "/people/{id}/who-has-looked",
            action: "access-log.read",
        },
    ];
    let resource = Resource::Person(facts.clone());
    let id = facts.id.to_string();
    let offered: Vec<&PersonLink> = links
        .iter()
        .chain(&OWN)
        .filter(|link| {
            link.action
                .parse()
                .is_ok_and(|action| caller.may(action, &resource))
        })
        .collect();
    html! {
        @if let Some((first, rest)) = offered.split_first() {
            (Button::link(first.label, first.href.replace("{id}", &id)))
            ul.nhsuk-list {
                @for link in rest {
                    li { a href=(link.href.replace("{id}", &id)) { (link.label) } }
                }
                @if trace::is_offered(caller, facts) {
                    li { a href={ "/people/" (id) "/trace" } { "Trace the NHS number" } }
                }
            }
        }
    }
}

fn flags(flags: &[FlagReason]) -> Markup {
    html! {
        @if !flags.is_empty() {
            (WarningCallout::new(Heading::section("Check who this is"), html! {
                ul.nhsuk-list.nhsuk-list--bullet {
                    @for flag in flags { li { (flag.words()) } }
                }
            }))
        }
    }
}

fn timeline_caption(known: Option<Date>) -> String {
    known.map_or_else(
        || "What happened, the latest first".to_owned(),
        |day| format!("What was known on {}", words::day(day)),
    )
}

fn as_known_form(asked: &TypedDate, wrong: Option<&'static str>) -> Markup {
    let error = wrong.map(Content::from);
    let input = asked
        .input("known", "As it was known on")
        .hint("For example, 1 10 2026. Leave it empty for what is known now")
        .error(error);
    html! {
        (Details { open: wrong.is_some(), ..Details::new("Show what was known on a past day", html! {
            form method="get" { (input) (Button::secondary("Show")) }
        }) })
        @if wrong.is_some() { (InsetText::new("That is no day in the past, so the timeline shows what is known now.")) }
    }
}

/// Every name, address and number that was ever kept, with who said so and when.
fn history(record: &Record) -> Markup {
    let names = record.names.iter().map(|kept| {
        let (name_use, name) = &kept.what;
        kept_row(&format!("Name ({name_use})"), &name.listed(), kept)
    });
    let addresses = record
        .addresses
        .iter()
        .map(|kept| kept_row("Address", &kept.what.on_one_line(), kept));
    let numbers = record.identifiers.iter().map(|kept| {
        let system = if kept.what.system == NHS_NUMBER {
            format!("NHS number ({})", kept.what.status)
        } else {
            let holder = kept
                .what
                .system
                .parse()
                .map(|code| words::organisation_name(&code));
            format!(
                "Number at {}",
                holder.unwrap_or_else(|_| kept.what.system.clone())
            )
        };
        kept_row(&system, &kept.what.value, kept)
    });
    let columns = ["What", "Value", "When", "Source", "Recorded"].map(Column::from);
    let rows: Vec<[Cell; 5]> = names.chain(addresses).chain(numbers).collect();
    let table = Table {
        responsive: true,
        compact: true,
        ..Table::new(
            "Names, addresses and numbers, with their sources",
            columns,
            rows,
        )
    };
    html! { (Details::new("Names, addresses and numbers, with their sources", html! { (table) })) }
}

fn kept_row<T>(what: &str, value: &str, kept: &Kept<T>) -> [Cell; 5] {
    let value = html! {
        bdi { (value) }
        @if kept.shown && kept.ends.is_none() { "" } @else { " " (Tag::new("Not shown above", TagColour::Grey)) }
    };
    [
        what.into(),
        value.into(),
        words::period(kept.starts, kept.ends).into(),
        words::organisation_name(&kept.source).into(),
        words::moment(kept.recorded_at).into(),
    ]
}
