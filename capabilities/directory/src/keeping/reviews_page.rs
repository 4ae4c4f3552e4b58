//! Listings to look at again, with reminders to send.

use stour_access::Resource;
use stour_design::{Cell, Heading, InsetText, Table, Tag, TagColour, html};
use stour_web::words::day;
use stour_web::{Caller, Page, Problem};

use super::review::due;

/// `GET /directory/reviews`.
pub(crate) async fn show(caller: Caller) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let today = caller.today();
    let database = caller.house().database();
    let reviews = database.read(move |tx| due(tx, today)).await?;
    let rows = reviews.iter().map(|review| {
        let when = html! {
            (day(review.due)) " "
            @if review.is_overdue { (Tag::new("Overdue", TagColour::Red)) }
        };
        let reminder = html! {
            a href=(review.mailto()) { "Write a reminder" span.nhsuk-u-visually-hidden { " about " (review.name) } }
        };
        vec![
            Cell::link(review.name.as_str(), format!("/find/{}", review.listing)),
            when.into(),
            review.keeper.as_deref().unwrap_or("Nobody").into(),
            reminder.into(),
        ]
    });
    let main = html! {
        (Heading::page("Listings to look at again"))
        @if reviews.is_empty() {
            (InsetText::new("No listing is due."))
        } @else {
            (Table { responsive: true, ..Table::new("The earliest first", ["Listing", "By", "Kept by", "Reminder"], rows) })
        }
    };
    Ok(Page::new("Listings to look at again", main)
        .back("/directory/suggestions")
        .wide())
}
