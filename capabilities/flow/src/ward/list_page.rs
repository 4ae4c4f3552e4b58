//! Every ward that the caller may see, and how many people each has.

use std::collections::{BTreeMap, BTreeSet};

use axum::response::Response;
use stour_design::{Cell, Column, Heading, InsetText, Markup, Table, html};
use stour_kernel::{Date, OdsCode};
use stour_web::{Caller, Page, Problem};

use super::{WardCount, address, facts_of_people, may_see, occupancy, resource};
use crate::error::{FlowError, reference};
use crate::spell::present;
use crate::{feed, shown};

/// The list.
pub(super) async fn page(caller: Caller) -> Result<Page, Problem> {
    ask(&caller).await?;
    let today = caller.today();
    let (present, people) = caller
        .house()
        .database()
        .read(|tx| {
            let present = present(tx)?;
            let people = facts_of_people(tx, present.iter().map(|one| one.person))?;
            Ok::<_, FlowError>((present, people))
        })
        .await?;
    let seen = caller.may_each(caller.action(), people);
    let visible = present.iter().filter(|one| seen.contains(&one.person));
    let wards = wards(&caller, occupancy(visible, today), today)?;
    let with_people = wards
        .iter()
        .filter(|(_, of)| of.values().any(|(people, _)| *people > 0));
    let lag = feed::lag(&caller, with_people.map(|(organisation, _)| *organisation)).await?;
    let main = html! {
        (Heading::page("Wards"))
        p { "How many people are on each ward now, and how many of them were expected to go home by today." }
        p { a href="/wards/long-stays" { "People who have been in hospital for a week or longer" } }
        p { a href="/wards/turnaround" { "What people in hospital wait for, and how long it takes" } }
        p { a href="/wards/delays" { "What people who are ready to leave wait for" } }
        p { a href="/wards/expected-dates" { "How near expected dates have come" } }
        div id="wards" data-live="/wards/live" {
            (feed::notice(&lag))
            @if wards.is_empty() {
                (InsetText::new("No hospital of yours has a ward in the list, and nobody is in hospital."))
            }
            @for (organisation, wards) in &wards {
                (table(organisation, wards, today))
            }
        }
    };
    Ok(Page::new("Wards", main))
}

/// Tells an open list that something has changed.
pub(super) async fn live(caller: Caller) -> Result<Response, Problem> {
    ask(&caller).await?;
    Ok(caller.house().live().events("wards"))
}

async fn ask(caller: &Caller) -> Result<(), Problem> {
    caller
        .permit(resource(caller.actor().organisation, ""))
        .await
}

type Wards = BTreeMap<OdsCode, BTreeMap<String, (i64, i64)>>;

fn wards(caller: &Caller, counts: Vec<WardCount>, today: Date) -> Result<Wards, Problem> {
    let reference = reference()?;
    let mut wards = Wards::new();
    for organisation in reference.organisations_at(today) {
        for ward in reference.wards_of(&organisation.code, today) {
            let of = wards.entry(organisation.code).or_default();
            of.insert(ward.code.to_string(), (0, 0));
        }
    }
    for count in counts {
        let of = wards.entry(count.organisation).or_default();
        of.insert(count.ward, (count.people, count.due));
    }
    let seen: BTreeSet<OdsCode> = wards
        .keys()
        .copied()
        .filter(|organisation| may_see(caller, *organisation))
        .collect();
    wards.retain(|organisation, _| seen.contains(organisation));
    Ok(wards)
}

fn table(organisation: &OdsCode, wards: &BTreeMap<String, (i64, i64)>, today: Date) -> Markup {
    let rows = wards.iter().map(|(ward, (people, due))| {
        let link = html! {
            a href=(address(organisation, ward)) { (shown::ward_name(organisation, ward, today).0) }
        };
        let (_, listed) = shown::ward_name(organisation, ward, today);
        let name = if listed {
            link
        } else {
            html! { (link) " " (mark(organisation)) }
        };
        vec![
            Cell::from(name),
            Cell::from(ward.as_str()),
            Cell::from(people.to_string()),
            Cell::from(due.to_string()),
        ]
    });
    let columns = [
        Column::from("Ward"),
        Column::from("Code"),
        Column::numeric("People"),
        Column::numeric("Expected home by today"),
    ];
    html! { (Table { first_cell_is_header: true, responsive: true, compact: true, ..Table::new(shown::organisation_name(organisation), columns, rows) }) }
}

fn mark(organisation: &OdsCode) -> Markup {
    html! {
        @if shown::is_in_partnership(organisation) { "(not in the list of wards)" }
        @else { "(not in this partnership)" }
    }
}
