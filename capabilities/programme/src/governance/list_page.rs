//! Every programme.

use stour_access::Resource;
use stour_database::{Error, Transaction};
use stour_design::{Button, Cell, Column, Heading, InsetText, Markup, Table, TableCaption, html};
use stour_register::{numbered, scopes};
use stour_web::words::segment;
use stour_web::{Caller, Page, Problem};

use super::EDIT;
use super::programme::{KIND, Programme};
use super::shell::may;
use super::words::month;

/// `GET /programmes`.
pub(crate) async fn show(caller: Caller) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let all = caller.house().database().read(programmes).await?;
    let main = html! {
        (Heading::page("Programmes"))
        p { "What is to change, who runs it, by when, what may go wrong, and what came of what was promised." }
        @if may(&caller, EDIT) { (Button::link("Start a programme", "/programmes/new")) }
        @if all.is_empty() {
            (InsetText::new("There are no programmes yet. A programme manager starts one, or whoever runs this service loads those that come with it: stour programme load."))
        } @else {
            (table(&all))
        }
    };
    Ok(Page::new("Programmes", main).wide())
}

/// Every programme in force with its short name.
fn programmes(tx: &mut Transaction<'_>) -> Result<Vec<(String, Programme)>, Error> {
    let mut all = Vec::new();
    for scope in scopes(tx, KIND.name)? {
        let entry = numbered(tx, (&scope, KIND.name), 1)?;
        if let Some(entry) = entry.filter(|entry| !entry.removed) {
            all.push((scope, Programme::read(&entry)));
        }
    }
    Ok(all)
}

fn table(all: &[(String, Programme)]) -> Markup {
    let columns = ["Programme", "Vision", "Lead", "Starts", "Ends"];
    let said = |text: String| {
        if text.is_empty() {
            Cell::missing("Not known")
        } else {
            text.into()
        }
    };
    let rows = all.iter().map(|(scope, programme)| {
        let href = format!("/programmes/{}", segment(scope));
        vec![
            Cell::link(programme.title.as_str(), href),
            said(programme.vision.clone()),
            said(programme.lead.clone()),
            said(month(&programme.starts)),
            said(month(&programme.ends)),
        ]
    });
    let caption = TableCaption {
        visually_hidden: true,
        ..TableCaption::from("Programmes")
    };
    html! {
        (Table { first_cell_is_header: true, responsive: true, ..Table::new(caption, columns.map(Column::from), rows) })
    }
}
