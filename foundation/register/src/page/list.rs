//! The list of a kind.

use std::collections::BTreeMap;

use stour_design::{
    Button, Cell, Column, Details, Input, InsetText, Label, Markup, Select, Sort, Table, Width,
    html,
};
use stour_web::words::{day, segment};
use stour_web::{Caller, Page, Problem};

use super::entry::on_a_day;
use super::history::heard;
use super::input::short;
use crate::aside::count_waiting;
use crate::known::{Known, group, lower_first};
use crate::lint::{Finding, lint_of};
use crate::opened::{Opened, may, open};
use crate::register::{Register, Said};
use crate::{Entry, Field, Holds, Kind, Need};

/// The most columns beside the number and the title.
const MOST_COLUMNS: usize = 6;
/// The most characters of a cell.
const LONGEST_CELL: usize = 120;

/// What somebody asks of a list, by the query of its address.
#[derive(Debug, Clone, Default)]
struct Wanted {
    text: String,
    /// `open`, `closed` or all.
    show: String,
    sort: String,
    descending: bool,
    /// The past day as which it is shown.
    on: String,
}

impl Wanted {
    fn of(asked: &BTreeMap<String, String>) -> Self {
        let of = |name: &str| asked.get(name).map_or("", |text| text.trim()).to_owned();
        Self {
            text: of("text"),
            show: of("show"),
            sort: of("sort"),
            descending: of("order") == "descending",
            on: String::new(),
        }
    }

    fn is_of(&self, kind: &Kind, known: &Known<'_>, entry: &Entry) -> bool {
        let state = state(kind, entry, known);
        let shown = match self.show.as_str() {
            "open" => state != Some("closed"),
            "closed" => state == Some("closed"),
            _ => true,
        };
        let text = self.text.to_lowercase();
        let holds = |field: &Field| {
            let words = known.words(field, entry.get(field.name)).to_lowercase();
            words.contains(&text)
        };
        let named = entry.reference(kind).to_lowercase() == text;
        shown && (text.is_empty() || named || kind.fields.iter().any(holds))
    }

    /// The address of the same list in the order of a column.
    fn by(&self, address: &str, column: &str, descending: bool) -> String {
        let order = if descending {
            "descending"
        } else {
            "ascending"
        };
        let on = match self.on.as_str() {
            "" => String::new(),
            on => format!("&on={}", segment(on)),
        };
        format!(
            "{address}?text={}&show={}&sort={column}&order={order}{on}",
            segment(&self.text),
            segment(&self.show)
        )
    }

    /// What the address of an entry needs to show it as known on the day.
    fn then(&self) -> String {
        match self.on.as_str() {
            "" => String::new(),
            on => format!("?on={}", segment(on)),
        }
    }
}

/// The field whose code says whether an entry is open or closed, where a kind has one.
fn state_of(kind: &Kind) -> Option<(&'static Field, &'static str)> {
    let field = kind.field("status")?;
    match field.holds {
        Holds::Code(list) => Some((field, list)),
        _ => None,
    }
}

/// The group of the state of an entry: `open` or `closed`.
fn state(kind: &Kind, entry: &Entry, known: &Known<'_>) -> Option<&'static str> {
    let (field, list) = state_of(kind)?;
    group(list, entry.get(field.name), known.today)
}

/// `GET …/{kind}`, also as it was known on a past day.
pub(crate) async fn show(
    register: &'static Register,
    caller: Caller,
    said: Said,
    asked: BTreeMap<String, String>,
) -> Result<Page, Problem> {
    let opened = open(register, &caller, said).await?;
    let kind = opened.kind()?;
    let then = opened.then(&caller, &asked).await?;
    let wanted = Wanted {
        on: then
            .as_ref()
            .map_or_else(String::new, |(on, _)| on.to_string()),
        ..Wanted::of(&asked)
    };
    let known = match &then {
        Some((on, around)) => Known::of(register, around, *on),
        None => opened.known(&caller),
    };
    let scope = opened.scope.clone();
    let database = caller.house().database();
    let waiting = database
        .read(move |tx| count_waiting(tx, &scope, kind.name).map_err(Problem::from))
        .await?;
    let all = known.around.of_kind(kind.name).count();
    let mut entries: Vec<&Entry> = known
        .around
        .of_kind(kind.name)
        .filter(|entry| wanted.is_of(kind, &known, entry))
        .collect();
    sort(&mut entries, kind, &known, &wanted);
    let address = opened.list(kind, "");
    let main = html! {
        @if let Some((on, _)) = &then {
            (InsetText::new(html! {
                p { "As they were known at the end of " (day(*on)) ". " a href=(address) { "See them as they are known now" } }
            }))
        }
        (ways(&caller, &opened, kind, waiting))
        @if then.is_none() { (findings(&opened, kind, &lint_of(register, &opened.around, caller.today(), Some(kind)))) }
        @if all == 0 {
            (nothing_yet(&caller, &opened, kind, then.is_some()))
        } @else {
            (filter(&address, kind, &known, &wanted))
            p { (counted(entries.len(), all)) }
            (table(&opened, &known, kind, (&entries, &wanted)))
        }
        (on_a_day(&address, then.as_ref().map(|(on, _)| *on)))
    };
    Ok(opened.page(kind.many, main, []))
}

fn counted(shown: usize, all: usize) -> String {
    if shown == all {
        format!("All {all} are shown.")
    } else {
        format!("{shown} of {all} are shown.")
    }
}

/// What can be done with the list.
fn ways(caller: &Caller, opened: &Opened, kind: &Kind, waiting: i64) -> Markup {
    let may_edit = may(caller, kind.edit);
    html! {
        @if may_edit {
            (Button::link(format!("Add {}", kind.a()), opened.list(kind, "/new")))
        }
        ul.nhsuk-list.nhsuk-list--bullet {
            @if may_edit { li { a href=(opened.list(kind, "/import")) { "Take them in from a file" } } }
            li { a href=(opened.list(kind, "/export.xlsx")) { "Excel workbook" } " or " a href=(opened.list(kind, "/export.csv")) { "CSV" } }
            @if waiting > 0 {
                li { a href=(opened.list(kind, "/aside")) { (waiting) @if waiting == 1 { " row of a file waits" } @else { " rows of files wait" } " to be mended" } }
            }
        }
    }
}

/// What is incomplete or wrong among what is listed.
fn findings(opened: &Opened, kind: &Kind, found: &[Finding]) -> Markup {
    html! {
        @if !found.is_empty() {
            (Details::new(format!("To be completed or put right: {}", found.len()), html! {
                ul.nhsuk-list.nhsuk-list--bullet {
                    @for one in found {
                        li { a href=(opened.page_of(kind.name, one.number, "")) { (one.reference) } ": " (one.message) }
                    }
                }
            }))
        }
    }
}

fn nothing_yet(caller: &Caller, opened: &Opened, kind: &Kind, is_past: bool) -> Markup {
    let many = lower_first(kind.many);
    html! {
        @if is_past {
            p { "No " (many) " had been recorded by then." }
        } @else if may(caller, kind.edit) {
            p { "There are no " (many) " yet. " a href=(opened.list(kind, "/new")) { "Add the first" } "." }
        } @else {
            p { "There are no " (many) " yet. Those who keep this register can add them." }
        }
    }
}

fn filter(address: &str, kind: &Kind, known: &Known<'_>, wanted: &Wanted) -> Markup {
    let has_states = state_of(kind).is_some()
        && known
            .around
            .of_kind(kind.name)
            .any(|entry| state(kind, entry, known).is_some());
    html! {
        form method="get" action=(address) role="search" aria-label={ "Find among " (lower_first(kind.many)) } {
            (Input::new("text", Label::new("Find by words")).value(wanted.text.as_str()).width(Width::Thirty))
            @if has_states {
                (Select::new("show", Label::new("Which to show"), [("", "All"), ("open", "Open"), ("closed", "Closed")]).selected(Some(&wanted.show)))
            }
            input type="hidden" name="sort" value=(wanted.sort);
            @if wanted.descending { input type="hidden" name="order" value="descending"; }
            @if !wanted.on.is_empty() { input type="hidden" name="on" value=(wanted.on); }
            (Button::secondary("Show"))
        }
    }
}

/// The fields that a list shows beside number and title: those whose texts are short and that are given in some entry, or
/// should be.
fn columns(kind: &Kind, known: &Known<'_>) -> Vec<&'static Field> {
    let is_given = |field: &Field| {
        let mut entries = known.around.of_kind(kind.name);
        field.need == Need::Should || entries.any(|entry| !entry.get(field.name).is_empty())
    };
    let fields = kind.fields.iter().filter(|field| field.name != kind.title);
    fields
        .filter(|field| !matches!(field.holds, Holds::Text | Holds::Line) && is_given(field))
        .take(MOST_COLUMNS)
        .collect()
}

fn sort(entries: &mut [&Entry], kind: &Kind, known: &Known<'_>, wanted: &Wanted) {
    if let Some(field) = kind.field(&wanted.sort) {
        entries.sort_by_cached_key(|entry| sorted_by(field, entry, known));
    }
    if wanted.descending {
        entries.reverse();
    }
}

/// What a field is sorted by: numbers by size, codes in the order of their list, the rest by its words.
fn sorted_by(field: &Field, entry: &Entry, known: &Known<'_>) -> (i128, String) {
    let text = entry.get(field.name);
    match field.holds {
        Holds::Whole | Holds::Decimal | Holds::Money => {
            if text.is_empty() {
                return (i128::MIN, String::new());
            }
            // To six places, which is more than anybody keeps.
            let (whole, part) = text.split_once('.').unwrap_or((text, ""));
            let digits = format!("{whole}{part:0<6}");
            let most = whole.len().saturating_add(6);
            let digits: String = digits.chars().take(most).collect();
            (digits.parse().unwrap_or(i128::MIN), String::new())
        }
        Holds::Entry(_) => (text.parse().unwrap_or(i128::MIN), String::new()),
        Holds::Code(list) => {
            let choices = crate::known::choices(list, known.today);
            let place = choices.iter().position(|(code, _)| code == text);
            let place = place.and_then(|place| i128::try_from(place).ok());
            (place.unwrap_or(i128::MAX), text.to_owned())
        }
        Holds::Date | Holds::Month => (0, text.to_owned()),
        _ => (0, known.words(field, text).to_lowercase()),
    }
}

fn table(
    opened: &Opened,
    known: &Known<'_>,
    kind: &'static Kind,
    (entries, wanted): (&[&Entry], &Wanted),
) -> Markup {
    let fields = columns(kind, known);
    let address = opened.list(kind, "");
    let head = |name: &str, label: &str, numeric: bool| {
        let is_sorted = wanted.sort == name || (name.is_empty() && wanted.sort.is_empty());
        let sort = match (is_sorted, wanted.descending) {
            (false, _) => Sort::Unsorted,
            (true, false) => Sort::Ascending,
            (true, true) => Sort::Descending,
        };
        Column {
            numeric,
            sort: Some(sort),
            href: Some(wanted.by(&address, name, is_sorted && !wanted.descending)),
            ..Column::from(label)
        }
    };
    let title = kind.field(kind.title).map_or(kind.one, |field| field.label);
    let mut columns = vec![head("", "Number", false), head(kind.title, title, false)];
    columns.extend(fields.iter().map(|field| {
        let numeric = matches!(field.holds, Holds::Whole | Holds::Decimal | Holds::Money);
        head(field.name, field.label, numeric)
    }));
    let rows = entries.iter().map(|entry| {
        let mut cells = vec![
            Cell::from(entry.reference(kind)),
            Cell::link(
                short(entry.get(kind.title), LONGEST_CELL),
                opened.page_of(kind.name, entry.number, &wanted.then()),
            ),
        ];
        cells.extend(fields.iter().map(|field| cell(known, field, entry)));
        cells
    });
    html! {
        (Table {
            first_cell_is_header: true,
            scroll: true,
            compact: true,
            ..Table::new(heard(kind.many, "register"), columns, rows)
        })
    }
}

fn cell(known: &Known<'_>, field: &Field, entry: &Entry) -> Cell {
    match (entry.get(field.name), field.need) {
        ("", Need::Should) => Cell::missing("Missing"),
        ("", _) => Cell::missing("Not given"),
        (text, _) => short(&known.words(field, text), LONGEST_CELL).into(),
    }
}
