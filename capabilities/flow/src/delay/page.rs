//! What people wait for, over all wards that the caller may see.

use std::collections::BTreeSet;

use stour_access::Resource;
use stour_design::{Cell, Column, Heading, InsetText, Markup, Table, html};
use stour_kernel::OdsCode;
use stour_web::{Caller, Page, Problem};

use super::count::{ByReason, Held, LONG, SHORT, by_reason, first_of, total};
use crate::error::FlowError;
use crate::spell::{LostNight, REASONS, Spell, in_hospital, lost_since};
use crate::ward::facts_of_people;
use crate::{feed, shown};

/// The page.
pub(super) async fn page(caller: Caller) -> Result<Page, Problem> {
    let of = |organisation| Resource::Ward {
        code: String::new(),
        organisation,
    };
    caller.permit(of(caller.actor().organisation)).await?;
    let (stays, nights) = counted(&caller).await?;
    let mut hospitals: BTreeSet<OdsCode> = stays
        .iter()
        .map(|spell| spell.organisation)
        .chain(nights.iter().map(|night| night.organisation))
        .collect();
    hospitals.retain(|organisation| caller.may(caller.action(), &of(*organisation)));
    let today = caller.today();
    let lag = feed::lag(&caller, hospitals.iter().copied()).await?;
    let counts = hospitals.iter().map(|organisation| {
        let stays = stays
            .iter()
            .filter(|spell| spell.organisation == *organisation);
        let nights = nights
            .iter()
            .filter(|night| night.organisation == *organisation);
        (organisation, by_reason(stays, nights, today))
    });
    let counts: Vec<_> = counts.filter(|(_, counts)| !counts.is_empty()).collect();
    let main = html! {
        (Heading::page("What people who are ready to leave wait for"))
        p { "People whom their ward has found to need no acute hospital, by the reason why they are still there, and nights that were lost to each. A night counts until the morning of the day of leaving; tonight is not over." }
        div id="delays" data-live="/wards/live" {
            (feed::notice(&lag))
            @if counts.is_empty() {
                (InsetText::new("No ward that you may see has found somebody to be ready to leave. Open a ward and choose Review beside a person."))
            }
            @for (organisation, counts) in &counts { (table(organisation, counts)) }
        }
        p { "What a reason stands for is said by the ward each day. A day without a review counts as the day before it." }
    };
    let title = "What people who are ready to leave wait for";
    Ok(Page::new(title, main).under([("Wards", "/wards")]))
}

/// Stays that go on and nights of the last weeks, of people whom the caller may know of: a count must not betray others.
async fn counted(caller: &Caller) -> Result<(Vec<Spell>, Vec<LostNight>), Problem> {
    let from = first_of(LONG, caller.today());
    let (mut stays, mut nights, people) = caller
        .house()
        .database()
        .read(move |tx| {
            let (stays, nights) = (in_hospital(tx)?, lost_since(tx, from)?);
            let people = stays.iter().map(|spell| spell.person);
            let people = people.chain(nights.iter().map(|night| night.person));
            let people = facts_of_people(tx, people)?;
            Ok::<_, FlowError>((stays, nights, people))
        })
        .await?;
    let seen = caller.may_each(caller.action(), people);
    stays.retain(|spell| seen.contains(&spell.person));
    nights.retain(|night| seen.contains(&night.person));
    Ok((stays, nights))
}

fn table(organisation: &OdsCode, counts: &ByReason) -> Markup {
    let mut ordered: Vec<_> = counts.iter().collect();
    ordered.sort_by_key(|(reason, held)| (std::cmp::Reverse((held.month, held.now)), *reason));
    let row = |name: Markup, held: Held| {
        let numbers =
            [held.now, held.week, held.month].map(|number| Cell::from(number.to_string()));
        let mut row = vec![Cell::from(name)];
        row.extend(numbers);
        row
    };
    let name = |reason: Option<&String>| {
        let words = reason.map(|code| shown::label(REASONS, code));
        html! { (words.as_deref().unwrap_or("No reason was given")) }
    };
    let mut rows: Vec<_> = ordered
        .into_iter()
        .map(|(reason, held)| row(name(reason.as_ref()), *held))
        .collect();
    rows.push(row(html! { strong { "All reasons" } }, total(counts)));
    let columns = [
        Column::from("Reason"),
        Column::numeric("People now"),
        Column::numeric(format!("Nights lost in {SHORT} days")),
        Column::numeric(format!("Nights lost in {LONG} days")),
    ];
    html! { (Table { first_cell_is_header: true, responsive: true, compact: true, ..Table::new(shown::organisation_name(organisation), columns, rows) }) }
}
