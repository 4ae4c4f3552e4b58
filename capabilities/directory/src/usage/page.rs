//! What the directory is used for, for those who keep it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use stour_access::Resource;
use stour_database::Transaction;
use stour_design::{Button, Cell, Column, Heading, Input, Markup, Table, Width, html};
use stour_kernel::Date;
use stour_web::words::{csv_field, months};
use stour_web::{Caller, Page, Problem};

use super::count::{Counted, counted};
use super::job::flush;
use crate::DirectoryError;
use crate::listing::{self, ListingId};

/// The most rows of a table on the page; the file has all.
const MOST: usize = 50;

/// Which months.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    from: Option<String>,
    to: Option<String>,
}

impl Asked {
    fn days(&self, today: Date) -> Result<(Date, Date), Problem> {
        months((self.from.as_deref(), self.to.as_deref()), today)
    }
}

/// What was counted, with the names of listings.
struct Usage {
    from: Date,
    to: Date,
    counted: Vec<Counted>,
    names: BTreeMap<String, String>,
}

async fn read(caller: &Caller, asked: &Asked) -> Result<Usage, Problem> {
    caller.permit(Resource::House).await?;
    let (from, to) = asked.days(caller.today())?;
    flush(caller.house()).await?;
    let database = caller.house().database();
    let (counted, names) = database
        .read(move |tx| -> Result<_, DirectoryError> {
            let counted = counted(tx, from, to)?;
            let names = names(tx, &counted)?;
            Ok((counted, names))
        })
        .await?;
    Ok(Usage {
        from,
        to,
        counted,
        names,
    })
}

fn names(
    tx: &mut Transaction<'_>,
    counted: &[Counted],
) -> Result<BTreeMap<String, String>, DirectoryError> {
    let mut names = BTreeMap::new();
    for one in counted.iter().filter(|one| one.kind != "search") {
        if let Ok(id) = one.which.parse::<ListingId>()
            && !names.contains_key(&one.which)
            && let Some(listing) = listing::listing(tx, id)?
        {
            names.insert(one.which.clone(), listing.service.name.to_string());
        }
    }
    Ok(names)
}

/// `GET /directory/usage`.
pub(crate) async fn show(caller: Caller, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    let usage = read(&caller, &asked).await?;
    let month = |day: Date| day.strftime("%Y-%m").to_string();
    let (from, to) = (month(usage.from), month(usage.to));
    let searches = |found: Option<bool>| {
        usage.sums(|one| {
            let is_meant = found.is_none_or(|found| one.has_found == found);
            (one.kind == "search" && is_meant).then(|| searched(one))
        })
    };
    let main = html! {
        (Heading::page("Use of the directory"))
        p { "Counted without following anybody. Words that name no need are shown only where they were asked often in one day. What the last minute brought may be missing." }
        form method="get" action="/directory/usage" novalidate {
            div.stour-filters {
                (Input { hint: Some("For example 2026-11".into()), ..Input::new("from", "From month").value(from.as_str()).width(Width::Ten) })
                (Input { hint: Some("For example 2026-11".into()), ..Input::new("to", "To month").value(to.as_str()).width(Width::Ten) })
                (Button::secondary("Show"))
            }
        }
        (by_month(&usage))
        (table("What people searched for", "Need or words", &searches(None)))
        (table("Searches that found nothing", "Need or words", &searches(Some(false))))
        (table("Listings that were looked at", "Listing", &usage.sums(|one| {
            (one.kind == "listing-view").then(|| usage.name(&one.which))
        })))
        (table("Ways on from listings", "Listing and way", &usage.sums(|one| {
            (one.kind == "signpost").then(|| format!("{}: {}", usage.name(&one.which), way(&one.what)))
        })))
        p { a href={ "/directory/usage.csv?from=" (from) "&to=" (to) } { "All of it as a file (CSV)" } }
    };
    Ok(Page::new("Use of the directory", main))
}

fn searched(one: &Counted) -> String {
    match one.what.as_str() {
        "need" => one.which.clone(),
        "words" => format!("“{}”", one.which),
        "other" => "Other words, each asked seldom".to_owned(),
        _ => "No words: a place, an age or a choice alone".to_owned(),
    }
}

fn way(what: &str) -> &str {
    match what {
        "call" => "called",
        "email" => "wrote an e-mail",
        "website" => "opened the website",
        other => other,
    }
}

impl Usage {
    fn name(&self, id: &str) -> String {
        let known = self.names.get(id);
        known
            .cloned()
            .unwrap_or_else(|| "A listing that is no more".to_owned())
    }

    /// Sums by name, the largest first.
    fn sums(&self, name: impl Fn(&Counted) -> Option<String>) -> Vec<(String, u64)> {
        let mut sums: BTreeMap<String, u64> = BTreeMap::new();
        for one in &self.counted {
            if let Some(name) = name(one) {
                let sum = sums.entry(name).or_default();
                *sum = sum.saturating_add(one.times);
            }
        }
        let mut sums: Vec<_> = sums.into_iter().collect();
        sums.sort_by_key(|(name, sum)| (std::cmp::Reverse(*sum), name.clone()));
        sums
    }
}

fn by_month(usage: &Usage) -> Markup {
    let mut months: BTreeMap<&str, [u64; 4]> = BTreeMap::new();
    for one in &usage.counted {
        let [searches, nothing, views, signposts] = months.entry(&one.month).or_default();
        match one.kind.as_str() {
            "search" => {
                *searches += one.times;
                *nothing += if one.has_found { 0 } else { one.times };
            }
            "listing-view" => *views += one.times,
            _ => *signposts += one.times,
        }
    }
    let columns = [
        Column::from("Month"),
        Column::numeric("Searches"),
        Column::numeric("Found nothing"),
        Column::numeric("Listings looked at"),
        Column::numeric("Went on"),
    ];
    let rows = months.iter().map(|(month, counts)| {
        let counts = counts.iter().map(|count| Cell::from(count.to_string()));
        std::iter::once(Cell::from(*month))
            .chain(counts)
            .collect::<Vec<_>>()
    });
    html! {
        @if months.is_empty() { p { "Nothing was counted in these months." } }
        @else { (Table { responsive: true, first_cell_is_header: true, ..Table::new("By month", columns, rows) }) }
    }
}

fn table(caption: &str, what: &str, sums: &[(String, u64)]) -> Markup {
    let rows = sums
        .iter()
        .take(MOST)
        .map(|(name, sum)| vec![Cell::from(name.as_str()), Cell::from(sum.to_string())]);
    html! {
        @if !sums.is_empty() { (Table::new(caption, [Column::from(what), Column::numeric("Times")], rows)) }
    }
}

/// `GET /directory/usage.csv`.
pub(crate) async fn file(caller: Caller, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let usage = read(&caller, &asked).await?;
    let mut text = "month,kind,what,which,name,found,times\n".to_owned();
    for one in &usage.counted {
        let name = usage.names.get(&one.which).cloned().unwrap_or_default();
        let fields =
            [&one.month, &one.kind, &one.what, &one.which, &name].map(|field| csv_field(field));
        let found = if one.has_found { "yes" } else { "no" };
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{},{found},{}", fields.join(","), one.times);
    }
    let name = "attachment; filename=\"directory-usage.csv\"";
    Ok((
        [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
            (header::CONTENT_DISPOSITION, name),
        ],
        text,
    )
        .into_response())
}
