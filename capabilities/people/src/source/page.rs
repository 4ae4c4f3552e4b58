//! Where each value of a record comes from, and from whom nothing came.

use std::fmt;

use stour_design::{Cell, Column, Details, Heading, InsetText, Markup, Table, html};
use stour_kernel::{OdsCode, Timestamp};

use super::compose::{Field, Rule};
use super::feed;
use super::runs::Run;
use super::view::Sources;
use crate::person::{Address, PersonName};
use crate::words;

/// The section of a record. `known` says that it shows a past day, on which nobody can tell what had
/// been heard.
pub(crate) fn section(sources: &Sources, now: Timestamp, is_past: bool) -> Markup {
    let rows = rows(sources);
    let columns = ["What", "Shown", "Source", "Recorded", "Other organisations"].map(Column::from);
    html! {
        (Heading::section("Sources"))
        @if rows.is_empty() {
            p {
                @if is_past { "Nothing was recorded by the end of that day." }
                @else { "Nothing is recorded yet. What organisations send will show here, each value with its source." }
            }
        } @else {
            (Table { responsive: true, compact: true, first_cell_is_header: true,
                ..Table::new("Where each value comes from", columns, rows) })
        }
        @if !is_past {
            (silent(sources))
            (freshness(sources, now))
        }
        (Details::new("How values are chosen, and which records this is composed of", html! {
            (rules(sources))
            (records(sources))
            (merges(sources))
        }))
    }
}

fn rows(sources: &Sources) -> Vec<[Cell; 5]> {
    let composed = &sources.composed;
    let mut rows = Vec::new();
    rows.extend(one("Name", &composed.name, PersonName::listed));
    rows.extend(one("Date of birth", &composed.born, |day| words::day(*day)));
    rows.extend(one("Date of death", &composed.died, |day| words::day(*day)));
    rows.extend(one("Sex", &composed.sex, |sex| {
        words::code(&["administrative-sex"], sex)
    }));
    rows.extend(one("NHS number", &composed.number, ToString::to_string));
    rows.extend(one("Address", &composed.address, Address::on_one_line));
    rows.extend(all("Telephone", &composed.telephone));
    rows.extend(all("E-mail", &composed.email));
    rows.extend(one(
        "GP practice",
        &composed.practice,
        words::organisation_name,
    ));
    rows
}

/// The value that is shown, who says it, and what others say instead.
fn one<T: PartialEq>(
    what: &str,
    field: &Field<T>,
    text: impl Fn(&T) -> String,
) -> Option<[Cell; 5]> {
    let shown = field.shown();
    let value = shown.map(|run| text(&run.what));
    let others: Vec<&Run<T>> = field
        .said
        .iter()
        .filter(|run| run.is_current())
        .filter(|run| shown.is_none_or(|shown| !std::ptr::eq(*run, shown)))
        .collect();
    if shown.is_none() && others.is_empty() {
        return None;
    }
    let (differ, agree): (Vec<_>, Vec<_>) = others
        .into_iter()
        .partition(|run| value.as_ref() != Some(&text(&run.what)));
    let source = shown.map(|run| words::organisation_name(&run.source));
    let recorded = shown.map(|run| words::moment(run.recorded_at));
    Some([
        what.into(),
        html! { bdi { (value.as_deref().unwrap_or("Not shown: none is relied on")) } }.into(),
        source.unwrap_or_default().into(),
        recorded.unwrap_or_default().into(),
        html! {
            @for run in &differ {
                div { strong { bdi { (text(&run.what)) } } ", " (said_by(&run.source, run.recorded_at)) }
            }
            @if !agree.is_empty() { div { "The same: " (Listed(agree.iter().map(|run| run.source).collect())) } }
            @if !differ.is_empty() { div.nhsuk-u-font-size-16 { (field.rule.words()) } }
        }
        .into(),
    ])
}

/// Every value that has not ended, each in a row of its own.
fn all(what: &str, field: &Field<String>) -> Vec<[Cell; 5]> {
    field
        .said
        .iter()
        .filter(|run| run.is_current())
        .map(|run| -> [Cell; 5] {
            let value = if run.what.is_empty() {
                "There is none".to_owned()
            } else {
                run.what.clone()
            };
            [
                what.into(),
                value.into(),
                words::organisation_name(&run.source).into(),
                words::moment(run.recorded_at).into(),
                Cell::from(""),
            ]
        })
        .collect()
}

fn said_by(source: &OdsCode, at: Timestamp) -> String {
    format!(
        "{}, {}",
        words::organisation_name(source),
        words::moment(at)
    )
}

/// Names of organisations, each once, in a sentence.
struct Listed(Vec<OdsCode>);

impl fmt::Display for Listed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names: Vec<String> = self.0.iter().map(words::organisation_name).collect();
        names.sort();
        names.dedup();
        out.write_str(&names.join("; "))
    }
}

impl stour_design::Render for Listed {
    fn render(&self) -> Markup {
        html! { (self.to_string()) }
    }
}

/// That nothing came is not that there is nothing.
fn silent(sources: &Sources) -> Markup {
    html! {
        @if !sources.silent.is_empty() {
            (InsetText::new(html! {
                @for organisation in &sources.silent {
                    p { strong { (words::organisation_name(organisation)) " has sent nothing about this person" } }
                }
                p { "They look after this person. They may know what is not here: ask them." }
            }))
        }
    }
}

fn freshness(sources: &Sources, now: Timestamp) -> Markup {
    let all = sources.composed.sources.union(&sources.silent);
    html! {
        ul.nhsuk-list.nhsuk-u-font-size-16 {
            @for organisation in all {
                li { (words::organisation_name(organisation)) ": " (feed::last(sources.heard.get(organisation).copied(), now)) }
            }
        }
    }
}

fn rules(sources: &Sources) -> Markup {
    let composed = &sources.composed;
    let rules: [(&str, Rule); 9] = [
        ("Name", composed.name.rule),
        ("Date of birth", composed.born.rule),
        ("Date of death", composed.died.rule),
        ("Sex", composed.sex.rule),
        ("NHS number", composed.number.rule),
        ("Address", composed.address.rule),
        ("Telephone", composed.telephone.rule),
        ("E-mail", composed.email.rule),
        ("GP practice", composed.practice.rule),
    ];
    html! {
        p { "No value is overwritten. Which of them is shown follows from these rules." }
        ul.nhsuk-list.nhsuk-list--bullet {
            @for (what, rule) in rules { li { strong { (what) ": " } (rule.words()) } }
        }
        p { "The order of trust is the partnership’s own: " (order()) "." }
    }
}

/// The order of trust in words, first first.
fn order() -> String {
    let Ok(reference) = stour_partnership::reference() else {
        return String::new();
    };
    let mut trusts: Vec<_> = reference.trusts.iter().collect();
    trusts.sort_by_key(|trust| trust.place);
    let mut words: Vec<&str> = trusts.iter().map(|trust| trust.words.as_str()).collect();
    words.dedup();
    words.push("others");
    words.join(", then ")
}

fn records(sources: &Sources) -> Markup {
    let mut rows: Vec<[Cell; 5]> = Vec::new();
    for version in sources
        .versions
        .iter()
        .filter(|version| version.number == 1)
    {
        let versions = sources
            .versions
            .iter()
            .filter(|other| other.record == version.record);
        let latest = versions.clone().map(|one| one.recorded_at).max();
        let link = sources
            .links
            .iter()
            .find(|link| link.record == version.record);
        let how = link.map_or_else(
            || html! { "Kept from before sources were" },
            |link| {
                html! {
                    (link.step.words()) br;
                    span.nhsuk-u-font-size-16 { (link.reason) " " (words::moment(link.at)) ", " (who(&link.by)) }
                }
            },
        );
        rows.push([
            words::organisation_name(&version.source).into(),
            version
                .local
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default()
                .into(),
            versions.count().to_string().into(),
            latest.map(words::moment).unwrap_or_default().into(),
            how.into(),
        ]);
    }
    let columns = [
        "Organisation",
        "Its number",
        "Versions",
        "Latest",
        "How it was linked",
    ]
    .map(Column::from);
    html! {
        (Table { responsive: true, compact: true, ..Table::new("Records that this is composed of", columns, rows) })
    }
}

/// A system is named by its organisation.
fn who(by: &str) -> String {
    by.parse::<OdsCode>()
        .map_or_else(|_| by.to_owned(), |code| words::organisation_name(&code))
}

fn merges(sources: &Sources) -> Markup {
    html! {
        @for merge in &sources.merges {
            p {
                "Two records were merged on " (words::moment(merge.at)) " by " (who(&merge.by)) ": " (merge.reason) "."
                @if let Some(undone) = &merge.undone {
                    " It was undone on " (words::moment(undone.at)) " by " (who(&undone.by)) ": " (undone.why) "."
                }
            }
        }
    }
}
