//! Every document, and where each stands.

use stour_access::Resource;
use stour_design::{Button, Cell, Column, Heading, InsetText, Markup, Table, TableCaption, html};
use stour_web::words::moment;
use stour_web::{Caller, Page, Problem};

use super::shell::{may, standing_of};
use super::{Document, documents};

/// `GET /cases`.
pub(crate) async fn show(caller: Caller) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let all = caller.house().database().read(documents).await?;
    let main = html! {
        (Heading::page("Business cases"))
        p { "What a change costs and saves, to whom, and how sure that is; what demand will cost; how a fee is shared." }
        @if may(&caller, "case.edit") { (Button::link("Start a document", "/cases/new")) }
        @if all.is_empty() {
            (InsetText::new(if may(&caller, "case.edit") {
                "There are no documents yet. Start one from a worked case, from a spreadsheet, or from a text file."
            } else {
                "There are no documents yet. A commissioner or a finance officer starts one."
            }))
        } @else {
            (table(&all))
        }
    };
    Ok(Page::new("Business cases", main).wide())
}

fn table(all: &[Document]) -> Markup {
    let columns = ["Title", "What it is", "Status", "Version", "Last saved"];
    let rows = all.iter().map(|document| {
        vec![
            Cell::link(document.title.as_str(), format!("/cases/{}", document.id)),
            document.kind.words().into(),
            html! { (standing_of(document)) }.into(),
            document.latest.to_string().into(),
            format!("{}, {}", document.changed_by, moment(document.changed_at)).into(),
        ]
    });
    let caption = TableCaption {
        visually_hidden: true,
        ..TableCaption::from("Business cases, funding gaps and agreements")
    };
    html! {
        (Table { first_cell_is_header: true, responsive: true, ..Table::new(caption, columns.map(Column::from), rows) })
    }
}
