//! What meetings have asked for and nobody has answered: by organisation, what is overdue on top.

use std::collections::BTreeMap;

use axum::response::Response;
use stour_access::Resource;
use stour_design::{Cell, Heading, InsetText, Markup, Table, html};
use stour_kernel::{Date, OdsCode, PersonId};
use stour_people::{PersonSummary, facts_for_access_all};
use stour_web::{Caller, Page, Problem};

use super::action::{HubAction, unfinished};
use crate::asked;
use crate::error::FlowError;
use crate::shown;

/// The hub chases everybody; others see what their own organisation is to do.
pub(super) fn concerns(caller: &Caller, action: &HubAction) -> bool {
    caller.actor().has_role("transfer-hub")
        || action.asked.organisation == caller.actor().organisation
}

/// The page.
pub(super) async fn page(caller: Caller) -> Result<Page, Problem> {
    let (actions, people) = caller
        .house()
        .database()
        .read(|tx| {
            let actions = unfinished(tx)?;
            let people: Vec<PersonId> = actions.iter().map(|action| action.person).collect();
            let people = facts_for_access_all(tx, &people)?;
            Ok::<_, FlowError>((actions, people))
        })
        .await?;
    let actions: Vec<HubAction> = actions
        .into_iter()
        .filter(|action| concerns(&caller, action))
        .collect();
    let concerned = |person: &stour_access::PersonFacts| {
        actions.iter().any(|action| action.person == person.id)
    };
    let people = people.into_iter().filter(concerned).collect();
    let people = shown::permitted(&caller, Resource::House, people).await?;
    let groups = by_organisation(&actions, &people);
    let today = caller.today();
    let main = html! {
        (Heading::page("What meetings have asked for"))
        p { "What the transfer hub’s daily meeting asked somebody to do. It stays here, and comes up at each meeting, until somebody says what came of it." }
        div id="actions" data-live="/hub/actions/live" {
            @if groups.is_empty() {
                (InsetText::new("Nothing is to be done."))
            }
            @for (organisation, actions) in &groups {
                (table(&shown::organisation_name(organisation), actions, today))
            }
        }
    };
    Ok(Page::new("What meetings have asked for", main).wide())
}

type Seen<'a> = Vec<(&'a HubAction, Option<&'a PersonSummary>)>;

/// By organisation, whoever has what is due first first, and within it the first to be due first.
fn by_organisation<'a>(
    actions: &'a [HubAction],
    people: &'a BTreeMap<PersonId, PersonSummary>,
) -> Vec<(OdsCode, Seen<'a>)> {
    // The actions are in the order in which they are due already.
    let mut groups: Vec<(OdsCode, Seen<'a>)> = Vec::new();
    for action in actions {
        let Some(person) = people.get(&action.person) else {
            continue;
        };
        let organisation = action.asked.organisation;
        match groups.iter_mut().find(|(known, _)| *known == organisation) {
            Some((_, group)) => group.push((action, Some(person))),
            None => groups.push((organisation, vec![(action, Some(person))])),
        }
    }
    groups
}

/// Actions as a table; without people where the heading above says whom they are about.
pub(super) fn table(caption: &str, actions: &Seen<'_>, today: Date) -> Markup {
    let names = actions.iter().any(|(_, person)| person.is_some());
    let rows = actions.iter().map(|(action, person)| {
        let mut cells = vec![Cell::from(html! {
            a href={ "/hub/actions/" (action.id) } { (action.asked.what) }
        })];
        if names {
            cells.push(Cell::from(html! {
                @if let Some(person) = person { (shown::person(person, today, true)) }
            }));
        }
        cells.push(Cell::from(html! {
            (action.asked.owner)
            br; span.nhsuk-u-font-size-16 { (shown::organisation_name(&action.asked.organisation)) }
        }));
        cells.push(Cell::from(asked::due(
            action.asked.due,
            action.done.as_ref(),
            today,
        )));
        cells
    });
    let columns: &[&str] = if names {
        &["What is to be done", "For", "Who", "By when"]
    } else {
        &["What is to be done", "Who", "By when"]
    };
    html! { (Table { first_cell_is_header: true, responsive: true, compact: true, ..Table::new(caption, columns.iter().copied(), rows) }) }
}

/// Tells an open page that something has changed.
pub(super) async fn live(caller: Caller) -> Result<Response, Problem> {
    caller.permit(Resource::House).await?;
    Ok(caller.house().live().events("hub-actions"))
}
