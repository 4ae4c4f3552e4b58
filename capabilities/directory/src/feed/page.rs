//! The directory's own home, and the page of a feed.

use axum::extract::Path;
use stour_access::Resource;
use stour_database::{Transaction, params, sql};
use stour_design::{
    Cell, Column, Heading, InsetText, Markup, SummaryList, SummaryRow, Table, Tag, TagColour, html,
};
use stour_kernel::Timestamp;
use stour_web::words::moment;
use stour_web::{Caller, Page, Problem};

use super::{Feed, FeedName, Note, Run, RunState, store};
use crate::error::DirectoryError;
use crate::page::named;

/// Attempts that the page of a feed lists.
const ATTEMPTS: i64 = 14;
/// Notes that the page of a feed lists.
const NOTES: i64 = 200;

/// How many listings there are of each kind.
struct Totals {
    all: i64,
    shown: i64,
    held: i64,
    duplicates: i64,
}

fn totals(tx: &mut Transaction<'_>) -> Result<Totals, DirectoryError> {
    let counts = tx.one(
        sql!(
            "SELECT count(*),
                    count(CASE WHEN visibility <> 'held' AND status = 'active' AND same_as IS NULL THEN 1 END),
                    count(CASE WHEN visibility = 'held' THEN 1 END)
             FROM listing WHERE withdrawn_at IS NULL"
        ),
        params![],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let (all, shown, held) = counts;
    Ok(Totals {
        all,
        shown,
        held,
        duplicates: crate::duplicate::open_count(tx)?,
    })
}

/// GET /directory
pub(crate) async fn home(caller: Caller) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let found = caller.house().database().read(|tx| {
        let totals = totals(tx)?;
        let mut all = Vec::new();
        for feed in store::feeds(tx)? {
            let last = store::runs(tx, &feed.name, 1)?.pop();
            let (standing, _) = store::standing(tx, feed.name.as_str(), Timestamp::MIN)?;
            all.push((feed, last, standing));
        }
        Ok::<_, DirectoryError>((totals, all))
    });
    let (totals, feeds) = found.await?;
    let main = html! {
        (Heading::page("The directory"))
        (SummaryList::new([
            SummaryRow::new("Listings", totals.all.to_string()),
            SummaryRow::new("Shown to the public", totals.shown.to_string()),
            SummaryRow::new("Held until somebody decides", html! { a href="/directory/held" { (totals.held) } }),
            SummaryRow::new("Pairs that may be the same", html! { a href="/directory/duplicates" { (totals.duplicates) } }),
        ]))
        (Heading::section("Feeds"))
        @if feeds.is_empty() {
            (InsetText::new(html! { p { "The directory reads no feeds yet. Whoever runs this system adds one with "
                code { "stour directory feed add" } "." } }))
        } @else {
            (table(&feeds))
        }
    };
    Ok(Page::new("The directory", main).wide())
}

fn table(feeds: &[(Feed, Option<Run>, i64)]) -> Table {
    let rows = feeds.iter().map(|(feed, run, standing)| {
        [
            Cell::link(
                feed.name.as_str(),
                format!("/directory/feeds/{}", feed.name),
            ),
            Cell::from(feed.standard.as_deref().unwrap_or("Not known yet")),
            Cell::from(standing.to_string()),
            Cell::from(
                run.as_ref()
                    .map_or_else(|| "Never".to_owned(), |run| moment(run.started_at)),
            ),
            html! { @if let Some(run) = run { (state(run)) } }.into(),
        ]
    });
    let columns = [
        Column::from("Feed"),
        Column::from("Version"),
        Column::numeric("Listings"),
        Column::from("Last read"),
        Column::from("How it went"),
    ];
    Table {
        responsive: true,
        ..Table::new("Where listings come from", columns, rows)
    }
}

fn state(run: &Run) -> Tag {
    match run.state {
        RunState::Running => Tag::new("Being read", TagColour::Blue),
        RunState::Finished if run.why.is_some() => Tag::new("Needs a look", TagColour::Yellow),
        RunState::Finished => Tag::new("Read to its end", TagColour::Green),
        RunState::Stopped => Tag::new("Stopped", TagColour::Red),
    }
}

/// GET /directory/feeds/{feed}
pub(crate) async fn show(caller: Caller, Path(feed): Path<String>) -> Result<Page, Problem> {
    let name: FeedName = named(&feed)?;
    caller.permit(Resource::House).await?;
    let found = caller.house().database().read(move |tx| {
        let feed = store::feed(tx, &name)?.ok_or(DirectoryError::NotThere)?;
        let runs = store::runs(tx, &name, ATTEMPTS)?;
        let notes = match runs.first() {
            Some(run) => store::notes(tx, run.id, NOTES)?,
            None => Vec::new(),
        };
        Ok::<_, DirectoryError>((feed, runs, notes))
    });
    let (feed, runs, notes) = found.await?;
    let (aside, repairs): (Vec<_>, Vec<_>) = notes.iter().partition(|note| note.set_aside);
    let main = html! {
        (Heading::page(feed.name.as_str()).caption("Feed"))
        (about(&feed))
        @if let Some(why) = runs.first().and_then(|run| run.why.as_deref()) { (InsetText::new(why)) }
        (Heading::section("Attempts to read it"))
        (attempts(&runs))
        @if !aside.is_empty() {
            (Heading::section("Set aside at the last attempt"))
            p { "These records could not be used. Their publisher can put them right." }
            (notes_table("Records set aside", &aside))
        }
        @if !repairs.is_empty() {
            (Heading::section("Put right at the last attempt"))
            p { "Of records that are new or changed, what stood there and what we made of it." }
            (notes_table("What was put right", &repairs))
        }
    };
    let page = Page::new(format!("Feed {}", feed.name), main).wide();
    Ok(page.under([("The directory", "/directory")]))
}

fn about(feed: &Feed) -> SummaryList {
    let modified = match feed.honours_modified_after {
        None => "Not tried yet",
        Some(true) => "Yes: each week all of it is read, in between what has changed",
        Some(false) => "No: all of it is read each time",
    };
    SummaryList::new([
        SummaryRow::new("Address", feed.address.as_str()),
        SummaryRow::new(
            "Version",
            feed.standard.as_deref().unwrap_or("Not known yet"),
        ),
        SummaryRow::new("What its publisher is to the services", feed.role.as_str()),
        SummaryRow::new("Says what has changed", modified),
        SummaryRow::new(
            "All of it last read",
            feed.whole_since.map_or_else(|| "Never".to_owned(), moment),
        ),
    ])
}

fn attempts(runs: &[Run]) -> Markup {
    if runs.is_empty() {
        return html! { p { "It has not been read yet." } };
    }
    let rows = runs.iter().map(|run| {
        let counts = run.counts;
        let mut cells = vec![
            Cell::from(moment(run.started_at)),
            html! { (state(run)) }.into(),
        ];
        let numbers = [
            counts.read,
            counts.new,
            counts.changed,
            counts.unchanged,
            counts.withdrawn,
            counts.repaired,
            counts.set_aside,
        ];
        cells.extend(numbers.map(|number| Cell::from(number.to_string())));
        cells
    });
    let mut columns = vec![Column::from("Begun"), Column::from("How it went")];
    let numbers = [
        "Read",
        "New",
        "Changed",
        "As before",
        "Withdrawn",
        "Put right",
        "Set aside",
    ];
    columns.extend(numbers.map(Column::numeric));
    let table = Table {
        responsive: true,
        ..Table::new("The latest first", columns, rows)
    };
    html! { (table) }
}

fn notes_table(caption: &str, notes: &[&Note]) -> Table {
    let rows = notes.iter().map(|note| {
        [
            Cell::from(note.source_id.as_str()),
            Cell::from(note.place.as_str()),
            Cell::from(note.was.as_str()),
            note.became
                .as_deref()
                .map_or_else(|| Cell::missing("Left out"), Cell::from),
            Cell::from(note.why.as_str()),
        ]
    });
    let columns = [
        "Record",
        "Where",
        "What stood there",
        "What we made of it",
        "Why",
    ];
    Table {
        responsive: true,
        compact: true,
        ..Table::new(caption, columns, rows)
    }
}
