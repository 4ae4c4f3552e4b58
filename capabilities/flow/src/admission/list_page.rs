//! Emergency admissions by practice.

use std::sync::Arc;

use axum::extract::Query;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::Transaction;
use stour_design::{Cell, Column, Heading, Markup, Sort, Table, html};
use stour_kernel::{Date, OdsCode, Timestamp};
use stour_web::words::csv_field;
use stour_web::{Caller, Page, Problem};

use super::chart::chart;
use super::kept::{MINUTES, counted_lately};
use super::period::Period;
use super::publish::{Audience, Row, Shown, shown};
use super::rate::Rate;
use super::review::AVOIDABLE;
use super::shared::{
    Asked, NOT_SHOWN, audience, codes, count, counts, how_counted, not_known, nothing, period_form,
    practice_name, practice_segment, verdict, withheld_note,
};
use super::tally::{Counted, Tally, counted};

/// One line of the list, as it may be shown.
pub(super) struct Line {
    pub(super) code: Option<OdsCode>,
    pub(super) name: String,
    pub(super) row: Row,
    pub(super) people: u64,
    /// The rate, why there is none, or nothing where the count that it is made of is not shown.
    pub(super) rate: Option<Result<Rate, String>>,
    pub(super) reviewed: Option<u64>,
    pub(super) avoidable: Option<u64>,
}

/// The admissions of a period, as the caller may see them.
pub(super) struct Opened {
    pub(super) counted: Arc<Counted>,
    pub(super) shown: Shown,
    pub(super) audience: Audience,
    /// When it was counted.
    at: Timestamp,
}

/// Counted now.
pub(super) async fn open(caller: &Caller, period: Period) -> Result<Opened, Problem> {
    let database = caller.house().database();
    let counted = database.read(move |tx| counted(tx, period)).await?;
    opened(caller, Arc::new(counted), caller.now())
}

fn opened(caller: &Caller, counted: Arc<Counted>, at: Timestamp) -> Result<Opened, Problem> {
    let audience = audience(caller);
    let shown = shown(&counted, &codes(AVOIDABLE, caller.today())?, audience);
    Ok(Opened {
        counted,
        shown,
        audience,
        at,
    })
}

/// The findings by which an admission could have been avoided, for certain or perhaps.
const COULD_HAVE_BEEN: [&str; 2] = ["yes", "perhaps"];

/// What may be shown of one practice, or of all where there is none.
pub(super) fn line(
    (code, name): (Option<OdsCode>, String),
    (row, tally): (Row, &Tally),
    audience: Audience,
) -> Line {
    let sees = audience == Audience::People;
    let could = || {
        COULD_HAVE_BEEN
            .iter()
            .filter_map(|code| tally.verdicts.get(*code))
            .sum()
    };
    Line {
        code,
        name,
        people: tally.people(),
        rate: row.admissions.map(|_| tally.rate()),
        row,
        reviewed: sees.then(|| tally.reviewed()),
        avoidable: sees.then(could),
    }
}

fn lines(opened: &Opened) -> Vec<Line> {
    let one = |(code, row): &(Option<OdsCode>, Row)| {
        let tally = opened.counted.practices.get(code)?;
        let name = practice_name(code.as_ref());
        Some(line((*code, name), (*row, tally), opened.audience))
    };
    opened.shown.practices.iter().filter_map(one).collect()
}

/// By what the list can be sorted: as an address says, and its column.
const SORTS: [&str; 4] = ["rate", "admissions", "share", "name"];

fn sort(lines: &mut [Line], by: &str) {
    match by {
        "name" => lines.sort_by(|one, other| one.name.cmp(&other.name)),
        "admissions" => lines.sort_by_key(|line| std::cmp::Reverse(line.row.admissions)),
        "share" => lines.sort_by(|one, other| largest_first(share(&one.row), share(&other.row))),
        _ => {
            let rate = |line: &Line| Some(line.rate.as_ref()?.as_ref().ok()?.value);
            lines.sort_by(|one, other| largest_first(rate(one), rate(other)));
        }
    }
}

fn largest_first(one: Option<f64>, other: Option<f64>) -> std::cmp::Ordering {
    let known = |number: Option<f64>| number.unwrap_or(f64::NEG_INFINITY);
    known(other).total_cmp(&known(one))
}

/// The share that should not usually need hospital, of those whose diagnosis is coded.
pub(super) fn share(row: &Row) -> Option<f64> {
    let (sensitive, other) = (row.sensitive?, row.other?);
    let coded = sensitive + other;
    (coded > 0).then(|| 100.0 * super::rate::real(sensitive) / super::rate::real(coded))
}

/// A share, for people.
pub(super) fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "None".to_owned(), |share| format!("{share:.0}%"))
}

/// A rate with its limits, for people.
pub(super) fn rate_words(rate: Option<&Result<Rate, String>>) -> String {
    match rate {
        None => NOT_SHOWN.to_owned(),
        Some(Err(why)) => why.clone(),
        Some(Ok(rate)) => in_words(rate),
    }
}

/// A rate with its limits.
pub(super) fn in_words(rate: &Rate) -> String {
    let lower = rate
        .lower
        .map_or_else(|| "0".to_owned(), |lower| format!("{lower:.1}"));
    format!("{:.1} ({lower} to {:.1})", rate.value, rate.upper)
}

fn share_words(row: &Row) -> String {
    match (row.sensitive, row.other) {
        (Some(_), Some(_)) => percent(share(row)),
        _ => NOT_SHOWN.to_owned(),
    }
}

/// The page.
pub(super) async fn page(caller: Caller, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let today = caller.today();
    let period = asked.period(today);
    let (database, now) = (caller.house().database(), caller.now());
    let lately = move |tx: &mut Transaction<'_>| counted_lately(tx, period, now);
    let kept = database.read(lately).await?;
    let opened = opened(&caller, kept.counted, kept.at)?;
    let by = SORTS
        .into_iter()
        .find(|by| *by == asked.sort)
        .unwrap_or("rate");
    let mut lines = lines(&opened);
    sort(&mut lines, by);
    let whole = line(
        (None, "All practices".to_owned()),
        (opened.shown.whole, &opened.counted.whole),
        opened.audience,
    );
    let main = html! {
        (Heading::page("Emergency admissions by practice"))
        p { "Who is admitted to hospital as an emergency, by general practice; how many of these admissions should not usually need hospital; and what reviews found could have been done." }
        (period_form("/admissions", period, today))
        (not_known(&caller, &opened.counted).await?)
        (ways(period))
        @if opened.counted.seen.is_empty() {
            (nothing(period))
        } @else {
            (chart(&lines, &whole, period))
            (table((&lines, &whole), opened.audience, by, period))
            p.nhsuk-u-font-size-16 { "Counted on " (crate::shown::moment(opened.at)) "." }
            (withheld_note(opened.audience))
            (counts("Admissions that should not usually need hospital, all practices", "Condition", opened.shown.groups.clone()))
            (counts("What reviews found, all practices", "Could it have been avoided?", findings(&opened.shown)))
        }
        (Heading::section("How this is counted"))
        (how_counted())
        p { "Where counting takes a while, this page shows the same numbers for up to " (MINUTES) " minutes; a review counts at once." }
    };
    Ok(Page::new("Emergency admissions by practice", main).wide())
}

/// What reviews found, in words.
fn findings(shown: &Shown) -> Vec<(String, Option<u64>)> {
    let words = |(code, number): &(String, Option<u64>)| (verdict(code), *number);
    shown.verdicts.iter().map(words).collect()
}

fn ways(period: Period) -> Markup {
    html! {
        ul.nhsuk-list.stour-no-print {
            li { a href={ "/admissions/care-homes?to=" (period.name()) } { "Admissions from care homes" } }
            li { a href="/admissions/actions" { "What is to be done about what was found" } }
            li { a href={ "/admissions/practices.csv?to=" (period.name()) } { "These counts as a file (.csv)" } }
        }
    }
}

fn column(name: &str, key: &str, by: &str, period: Period) -> Column {
    let sort = if key != by {
        Sort::Unsorted
    } else if key == "name" {
        Sort::Ascending
    } else {
        Sort::Descending
    };
    Column {
        content: name.into(),
        numeric: key != "name",
        sort: Some(sort),
        href: Some(format!("/admissions?to={}&sort={key}", period.name())),
        ..Column::default()
    }
}

fn table((lines, whole): (&[Line], &Line), audience: Audience, by: &str, period: Period) -> Markup {
    let mut columns = vec![
        column("Practice", "name", by, period),
        Column::numeric("People on record"),
        column("Emergency admissions", "admissions", by, period),
        column(
            "Per 1,000, ages evened out (95% limits)",
            "rate",
            by,
            period,
        ),
        column("Should not usually need hospital", "share", by, period),
        Column::numeric("Not coded"),
    ];
    if audience == Audience::People {
        columns.push(Column::numeric("Reviewed"));
        columns.push(Column::numeric("Avoidable, or perhaps"));
    }
    let mut rows: Vec<Vec<Cell>> = lines.iter().map(|line| cells(line, Some(period))).collect();
    rows.push(cells(whole, None));
    let caption = format!("Emergency admissions from {}, by practice", period.words());
    html! { (Table { first_cell_is_header: true, responsive: true, compact: true, ..Table::new(caption, columns, rows) }) }
}

/// The cells of a line, with the way to its page where it is a practice's.
fn cells(line: &Line, period: Option<Period>) -> Vec<Cell> {
    let row = &line.row;
    let name = match period {
        Some(period) => Cell::link(
            line.name.clone(),
            format!(
                "/admissions/practices/{}?to={}",
                practice_segment(line.code.as_ref()),
                period.name()
            ),
        ),
        None => Cell::from(line.name.clone()),
    };
    let mut cells = vec![
        name,
        Cell::from(line.people.to_string()),
        Cell::from(count(row.admissions)),
        Cell::from(rate_words(line.rate.as_ref())),
        Cell::from(share_words(row)),
        Cell::from(count(row.not_coded)),
    ];
    if let (Some(reviewed), Some(avoidable)) = (line.reviewed, line.avoidable) {
        cells.push(Cell::from(reviewed.to_string()));
        cells.push(Cell::from(avoidable.to_string()));
    }
    cells
}

/// The same as a file.
pub(super) async fn csv(caller: Caller, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    caller.permit(Resource::House).await?;
    let period = asked.period(caller.today());
    let opened = open(&caller, period).await?;
    let name = format!("emergency-admissions-to-{}.csv", period.name());
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    Ok((headers, file(&opened, caller.today())).into_response())
}

fn file(opened: &Opened, today: Date) -> String {
    let mut lines = lines(opened);
    sort(&mut lines, "name");
    let mut text = String::from(
        "practice,name,from,to,people_on_record,emergency_admissions,rate_per_1000,lower_95,upper_95,should_not_usually_need_hospital,other_diagnosis,not_coded,reviewed,avoidable_or_perhaps,made\n",
    );
    let period = opened.counted.period;
    let number = |count: Option<u64>| count.map(|count| count.to_string()).unwrap_or_default();
    let fraction = |number: Option<f64>| {
        number
            .map(|number| format!("{number:.3}"))
            .unwrap_or_default()
    };
    for line in &lines {
        let rate = line.rate.as_ref().and_then(|rate| rate.as_ref().ok());
        let fields = [
            line.code.map(|code| code.to_string()).unwrap_or_default(),
            line.name.clone(),
            period.days().0.to_string(),
            period.last_day().to_string(),
            line.people.to_string(),
            number(line.row.admissions),
            fraction(rate.map(|rate| rate.value)),
            fraction(rate.and_then(|rate| rate.lower)),
            fraction(rate.map(|rate| rate.upper)),
            number(line.row.sensitive),
            number(line.row.other),
            number(line.row.not_coded),
            number(line.reviewed),
            number(line.avoidable),
            today.to_string(),
        ];
        let fields: Vec<String> = fields.iter().map(|field| csv_field(field)).collect();
        text.push_str(&fields.join(","));
        text.push('\n');
    }
    text
}
