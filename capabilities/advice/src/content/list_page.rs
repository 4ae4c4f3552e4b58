//! Every text of advice, for those who keep them.

use stour_access::Resource;
use stour_design::{Cell, Column, Heading, Table, html};
use stour_web::words::day;
use stour_web::{Caller, Page, Problem};

use super::{contents, flow_at};

/// `GET /content`.
pub(crate) async fn show(caller: Caller) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let database = caller.house().database();
    let all = database.read(contents).await?;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for content in &all {
        let number = content.published.unwrap_or(content.latest);
        let flow = flow_at(database, &content.id, number).await?;
        let flow = flow.map(|found| found.flow);
        let title = flow
            .as_ref()
            .map_or(content.id.as_str(), |flow| flow.title.as_str());
        rows.push(vec![
            Cell::link(title, format!("/content/{}", content.id)),
            content.published.map_or_else(
                || Cell::missing("Not yet"),
                |number| format!("Version {number}").into(),
            ),
            format!("Version {}", content.latest).into(),
            content.waiting.map_or_else(
                || Cell::missing("Nothing"),
                |number| format!("Version {number}").into(),
            ),
            flow.as_ref().map_or_else(
                || Cell::missing("Not known"),
                |flow| flow.owner.as_str().into(),
            ),
            flow.as_ref().map_or_else(
                || Cell::missing("Not known"),
                |flow| {
                    let due = flow.review_due;
                    let late = if due < caller.today() { " (late)" } else { "" };
                    format!("{}{late}", day(due)).into()
                },
            ),
        ]);
    }
    let columns = [
        "Advice",
        "The public reads",
        "Latest",
        "Waits to be looked at",
        "Looked after by",
        "To be looked at again by",
    ];
    let main = html! {
        (Heading::page("Advice as it is written"))
        p { "Each flow is a text with versions. A change is proposed, and published when somebody else has looked at it." }
        p { a href="/content/outcomes" { "What advice came to" } }
        (Table { first_cell_is_header: true, responsive: true, ..Table::new("Flows", columns.map(Column::from), rows) })
    };
    Ok(Page::new("Advice as it is written", main).wide())
}
