//! The words for codes, days and numbers of the record.

use stour_design::{Markup, Tag, TagColour, html};
use stour_kernel::{Code, Date};
use stour_partnership::reference;
use stour_web::words::day;

/// The words for a code of a list of the reference data; the code itself where the list has none.
pub(crate) fn label(list: &str, code: &str) -> String {
    let words = || {
        let list = reference().ok()?.code_list(list)?;
        list.label(&code.parse::<Code>().ok()?).map(str::to_owned)
    };
    words().unwrap_or_else(|| code.to_owned())
}

/// A day, or that it is not known.
pub(crate) fn day_or_unknown(date: Option<Date>) -> String {
    date.map_or_else(|| "Day not known".to_owned(), day)
}

/// What sorts days in a table: unknown ones first.
pub(crate) fn sortable(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

/// A count, or that it was not recorded.
pub(crate) fn count(count: Option<u32>) -> String {
    count.map_or_else(|| "Not recorded".to_owned(), |count| count.to_string())
}

/// `1 day`, `3 days`.
pub(crate) fn days(days: i32) -> String {
    match days {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

/// Paragraphs of a text.
pub(crate) fn paragraphs(text: &str) -> Markup {
    html! {
        @for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) { p { (line) } }
    }
}

/// Short texts, each on a line of its own.
pub(crate) fn lines(lines: &[String]) -> Markup {
    html! {
        @for (position, line) in lines.iter().enumerate() {
            @if position > 0 { br; }
            (line)
        }
    }
}

/// What a reader should know of an entry, below its text; nothing where there is nothing to know.
pub(crate) fn noted(note: &str) -> Markup {
    html! { @if !note.is_empty() { p { em { (note) } } } }
}

/// The same within a line or a cell.
pub(crate) fn beside(note: &str) -> Markup {
    html! { @if !note.is_empty() { br; em { (note) } } }
}

/// The last day of what ends with a first day on which it is no more.
pub(crate) fn last_day(until: Option<Date>) -> Option<Date> {
    until.and_then(|until| until.yesterday().ok())
}

/// Where something can be checked: a link where it is an address of the web.
pub(crate) fn source(text: &str) -> Markup {
    html! {
        @if text.starts_with("https://") {
            a href=(text) rel="noreferrer" { (shortened(text)) }
        } @else if text.is_empty() {
            "No source is given"
        } @else {
            (text)
        }
    }
}

/// The host of an address, which is what a reader goes by.
fn shortened(address: &str) -> String {
    let rest = address.trim_start_matches("https://");
    let host = rest.split('/').next().unwrap_or(rest);
    format!("Published page at {host}")
}

/// What became of a recommendation, in a tag whose words say it.
pub(crate) fn outcome_tag(code: &str) -> Tag {
    let colour = match code {
        "agreed" => TagColour::Green,
        "partly" => TagColour::Yellow,
        "not-agreed" => TagColour::Red,
        _ => TagColour::Grey,
    };
    let words = match code {
        "not-known" => "Not known".to_owned(),
        "awaiting" => "Awaiting an answer".to_owned(),
        code => label("recommendation-outcome", code),
    };
    Tag::new(words, colour)
}
