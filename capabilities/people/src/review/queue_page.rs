//! The page of the queue.

use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use stour_access::Resource;
use stour_database::{Cursor, PageSize};
use stour_design::{
    Button, ButtonVariant, Cell, Column, Details, Heading, InsetText, Markup, Pagination,
    PaginationLink, Select, Table, Tag, TagColour, html,
};
use stour_kernel::Date;
use stour_web::{Caller, Page, Problem, redirect};

use super::pair_page::kept;
use super::queue::{Counts, Entry, Filter, Listed, counts, list, sources};
use super::{Outcome, ReviewId, ReviewKind, ReviewState, asking, sample_page, settings};
use crate::person::{PersonSummary, summaries};
use crate::words;

/// What of the queue is asked for, as it stands in the address.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    state: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    due: String,
    from: Option<String>,
    /// The pair that was answered just before.
    answered: Option<String>,
    /// What became of it.
    became: Option<String>,
    /// How many links were put in the queue just before.
    put: Option<String>,
}

/// The choices of when an answer is due.
const DUE: [(&str, &str); 3] = [
    ("", "Any day"),
    ("overdue", "Overdue"),
    ("week", "Overdue or within 7 days"),
];

const COLUMNS: [&str; 7] = [
    "Record",
    "May be",
    "Why it was held",
    "From",
    "Waiting since",
    "Due",
    "State",
];

impl Asked {
    /// What is no value of a filter is no filter.
    fn filter(&self, today: Date) -> Filter {
        let in_days = |days: i64| {
            let hours = u64::try_from(days).unwrap_or(0).saturating_mul(24);
            today
                .checked_add(std::time::Duration::from_secs(hours.saturating_mul(3600)))
                .ok()
        };
        Filter {
            state: self.state.parse().ok(),
            kind: self.kind.parse().ok(),
            source: self.source.parse().ok(),
            due_before: match self.due.as_str() {
                "overdue" => Some(today),
                // Seven days from now is within them.
                "week" => in_days(8),
                _ => None,
            },
        }
    }

    fn address(&self, from: &Cursor) -> String {
        let value = words::segment;
        format!(
            "/reviews?state={}&kind={}&source={}&due={}&from={from}",
            value(&self.state),
            value(&self.kind),
            value(&self.source),
            value(&self.due)
        )
    }
}

/// GET /reviews
pub(crate) async fn page(caller: Caller, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    asking::require(&caller).await?;
    let from = asked.from.as_deref().map(str::parse).transpose()?;
    let filter = asked.filter(caller.today());
    let listed = list(&caller, &filter, from, PageSize::default()).await?;
    let counts = counts(&caller).await?;
    let permit = caller
        .permit_people(Resource::House, listed.facts.clone())
        .await?;
    let (people, sources) = caller
        .house()
        .database()
        .read(move |tx| Ok::<_, Problem>((summaries(tx, &permit)?, sources(tx)?)))
        .await?;
    let name = |id| people.get(&id).map_or_else(String::new, listed_name);
    let rows = listed.entries.iter().map(|entry| {
        row(
            entry,
            [name(entry.person), name(entry.candidate)],
            caller.today(),
        )
    });
    let is_filtered = filter != Filter::default() || asked.from.is_some();
    let main = html! {
        (kept(asked.answered.as_deref(), asked.became.as_deref()))
        (were_put(asked.put.as_deref()))
        (Heading::page("Records to review"))
        p { "Each pair may be one person with two records, or two people. Nobody’s care waits for the answer; their history is whole only after it." }
        (tiles(counts))
        @if counts.all > 0 { (Button::link("Review the next pair", "/reviews/next")) }
        (filters(&asked, &sources))
        @if filter != Filter::default() && !listed.entries.is_empty() {
            (narrowed(&listed, counts.all))
        }
        @if listed.entries.is_empty() {
            (empty(is_filtered))
        } @else {
            (Table {
                compact: true,
                responsive: true,
                ..Table::new("The first due first", COLUMNS.map(Column::from), rows)
            })
        }
        @if let Some(next) = &listed.next {
            (Pagination { next: Some(PaginationLink::to(asked.address(next))), ..Pagination::default() })
        }
        (sample_page::form(&caller))
        (about_targets(caller.today()))
    };
    Ok(Page::new("Records to review", main).wide())
}

/// That a sample was put in the queue.
fn were_put(count: Option<&str>) -> Markup {
    let said = count.and_then(|count| count.parse::<u32>().ok()).map(|count| match count {
        0 => "No link was put in the queue: every link made without a human has been looked at, or there is none.".to_owned(),
        1 => "1 link was put in the queue.".to_owned(),
        _ => format!("{count} links were put in the queue."),
    });
    html! { @if let Some(said) = said { (InsetText::new(said)) } }
}

/// That only some of what waits are shown.
fn narrowed(listed: &Listed, all: i64) -> Markup {
    html! {
        p {
            "Showing " (listed.entries.len()) " of " (all) ". "
            @if listed.next.is_some() { "More like these are on the next page. " }
            a href="/reviews" { "Clear the filter" }
        }
    }
}

fn listed_name(person: &PersonSummary) -> String {
    person.name.listed()
}

fn row(entry: &Entry, [name, other]: [String; 2], today: Date) -> [Cell; 7] {
    let other = if entry.kind == ReviewKind::Quality {
        html! { "Linked without a human" }
    } else {
        html! { bdi { (other) } }
    };
    let due = html! {
        (words::day(entry.due))
        @if entry.due < today { " " (Tag::new("Overdue", TagColour::Red)) }
    };
    let state = html! {
        (state_tag(entry.state, entry.disputed))
        @if entry.mine { " " (Tag::new("Not by you", TagColour::Grey)) }
    };
    [
        Cell {
            visually_hidden: Some("(review)".to_owned()),
            ..Cell::link(html! { bdi { (name) } }, format!("/reviews/{}", entry.id))
        },
        other.into(),
        words::capital(&held_because(&entry.rule)).into(),
        words::organisation_name(&entry.source).into(),
        on_one_line(words::day(stour_kernel::london_date(entry.opened_at))),
        on_one_line(due).sorted_by(entry.due.to_string()),
        on_one_line(state),
    ]
}

fn on_one_line(content: impl Into<Cell>) -> Cell {
    Cell {
        no_wrap: true,
        ..content.into()
    }
}

/// The state of a review, told by its word; of one in dispute, that the answers differ.
pub(crate) fn state_tag(state: ReviewState, is_disputed: bool) -> Tag {
    if is_disputed {
        return Tag::new("Answers differ", TagColour::Red);
    }
    let colour = match state {
        ReviewState::Open => TagColour::Blue,
        ReviewState::More => TagColour::Yellow,
        ReviewState::Second => TagColour::Purple,
        ReviewState::Same => TagColour::Green,
        ReviewState::Different => TagColour::Grey,
    };
    Tag::new(state.words(), colour)
}

/// Why a pair was held, in words that complete "because".
pub(crate) fn held_because(rule: &str) -> String {
    match rule.parse() {
        Ok(code) => words::code(&[super::RULES], &code),
        Err(_) => rule.to_owned(),
    }
}

fn tiles(counts: Counts) -> Markup {
    let [new, middle, old] = counts.ages;
    let tiles = [
        (counts.all, "to review in all"),
        (counts.overdue, "overdue"),
        (counts.this_week, "due within 7 days"),
        (counts.second, "wanting a second opinion"),
        (counts.more, "waiting for more"),
    ];
    html! {
        ul.stour-board {
            @for (count, label) in tiles {
                li { span.stour-board__number { (count) } " " span.stour-board__label { (label) } }
            }
        }
        @if counts.all > 0 {
            p { "Waiting less than 7 days: " (new) "; 7 to 27 days: " (middle) "; 28 days or more: " (old) "." }
        }
    }
}

fn filters(asked: &Asked, sources: &[stour_kernel::OdsCode]) -> Markup {
    let states = [ReviewState::Open, ReviewState::Second, ReviewState::More];
    let states = [(String::new(), "Any".to_owned())]
        .into_iter()
        .chain(states.map(|state| (state.to_string(), state.words().to_owned())));
    let kinds = [(String::new(), "Any".to_owned())]
        .into_iter()
        .chain(ReviewKind::ALL.map(|kind| (kind.to_string(), kind.words().to_owned())));
    let sources = sources
        .iter()
        .map(|code| (code.to_string(), words::organisation_name(code)));
    let sources = [(String::new(), "Any".to_owned())]
        .into_iter()
        .chain(sources);
    let due = DUE.map(|(value, text)| (value.to_owned(), text.to_owned()));
    let select = |name: &str, label: &str, items: Vec<(String, String)>, chosen: &str| {
        Select::new(name, label, items).selected(Some(chosen))
    };
    html! {
        (Details::new("Show only some of them", html! {
            form method="get" action="/reviews" {
                (select("state", "State", states.collect(), &asked.state))
                (select("kind", "What it is", kinds.collect(), &asked.kind))
                (select("source", "Organisation that sent the record", sources.collect(), &asked.source))
                (select("due", "Due", due.to_vec(), &asked.due))
                (Button { variant: ButtonVariant::Secondary, small: true, ..Button::new("Show") })
            }
        }))
    }
}

fn empty(is_filtered: bool) -> Markup {
    html! {
        @if is_filtered {
            (InsetText::new(html! { p { "No pair is like that. " a href="/reviews" { "Show all that wait" } "." } }))
        } @else {
            (InsetText::new("Nothing waits. New pairs come as organisations send records. Meanwhile, look at a sample of what was linked without a human: the form is below."))
        }
    }
}

fn about_targets(today: Date) -> Markup {
    let targets: Vec<String> = settings().map_or_else(
        |_| Vec::new(),
        |settings| {
            let kinds = ReviewKind::ALL.into_iter();
            let known = kinds.filter_map(|kind| Some((kind, settings.target(kind, today)?)));
            known
                .map(|(kind, target)| {
                    format!(
                        "{}: {} days. {} ({}).",
                        kind.words(),
                        target.days,
                        target.source,
                        target.status
                    )
                })
                .collect()
        },
    );
    html! {
        (Details::new("By when an answer is due", html! {
            ul.nhsuk-list.nhsuk-list--bullet { @for target in targets { li { (target) } } }
        }))
    }
}

/// Where the next begins.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Passed {
    after: Option<String>,
    answered: Option<String>,
    became: Option<String>,
}

/// GET /reviews/next: the first that the caller can answer, after the one named; else the queue.
pub(crate) async fn next(caller: Caller, Query(after): Query<Passed>) -> Result<Response, Problem> {
    asking::require(&caller).await?;
    let from: Option<Cursor> = after.after.as_deref().map(str::parse).transpose()?;
    let begins = if from.is_some() {
        vec![from, None]
    } else {
        vec![None]
    };
    let answered = after.answered.and_then(|id| id.parse::<ReviewId>().ok());
    let became = after.became.and_then(|word| word.parse::<Outcome>().ok());
    let became = became.map_or_else(String::new, |outcome| format!("&became={outcome}"));
    let answered = answered.map_or_else(String::new, |id| format!("?answered={id}{became}"));
    caller.permit(Resource::House).await?;
    for begin in begins {
        let Listed { entries, .. } =
            list(&caller, &Filter::default(), begin, PageSize::default()).await?;
        let answerable = |entry: &&Entry| entry.state != ReviewState::More && !entry.mine;
        if let Some(entry) = entries.iter().find(answerable) {
            return Ok(redirect(&format!("/reviews/{}{answered}", entry.id)));
        }
    }
    Ok(redirect(&format!("/reviews{answered}")))
}
