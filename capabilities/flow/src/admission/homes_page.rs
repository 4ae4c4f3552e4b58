//! Emergency admissions from care homes.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_design::{
    Cell, Column, Heading, InsetText, Markup, SummaryList, SummaryRow, Table, html,
};
use stour_web::{Caller, Form, Mistakes, Page, Problem};

use super::act_form::Draft;
use super::action::{CARE_HOMES, actions_about};
use super::homes::{Expected, FEWEST, Home, Homes, homes};
use super::period::Period;
use super::practice_page::{act_part, by_group, keep, may_ask};
use super::publish::{Audience, SMALL};
use super::shared::{Asked, admissions, audience, people, period_form};
use super::tally::Seen;
use crate::sheet::Sheet;

const TITLE: &str = "Emergency admissions from care homes";
const HERE: &str = "/admissions/care-homes";

async fn open(caller: &Caller, period: Period) -> Result<Homes, Problem> {
    let database = caller.house().database();
    Ok(database.read(move |tx| homes(tx, period)).await?)
}

/// The page.
pub(super) async fn page(caller: Caller, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let draft = Draft::new(caller.today());
    show(&caller, &asked, (&draft, &Mistakes::default())).await
}

async fn show(
    caller: &Caller,
    asked: &Asked,
    (draft, mistakes): (&Draft, &Mistakes),
) -> Result<Page, Problem> {
    let today = caller.today();
    let period = asked.period(today);
    let found = open(caller, period).await?;
    let audience = audience(caller);
    let database = caller.house().database();
    let actions = database.read(|tx| actions_about(tx, CARE_HOMES)).await?;
    let main = html! {
        (Heading::page(TITLE))
        p { "Who was sent to hospital from which home, and whether that could have been avoided. A number says nothing about why: homes differ in whom they care for." }
        (period_form(HERE, period, today))
        (list(&found, audience))
        (act_part(caller, (&actions, HERE), (draft, mistakes)))
        (Heading::section("How this is counted"))
        (how())
    };
    Ok(Page::new(TITLE, main)
        .under([("Emergency admissions", "/admissions")])
        .wide()
        .with_errors(mistakes.all()))
}

/// Whether a home is shown to an audience.
fn is_shown(home: &Home, audience: Audience) -> bool {
    audience == Audience::People || home.tally.admissions > SMALL.1
}

fn list(found: &Homes, audience: Audience) -> Markup {
    let homes: Vec<&Home> = found
        .homes
        .iter()
        .filter(|home| is_shown(home, audience))
        .collect();
    let mut columns = vec![
        Column::from("Home"),
        Column::numeric("Residents on record"),
        Column::numeric("Admissions"),
        Column::numeric("Expected"),
        Column::from("Compared with what is expected"),
    ];
    let sees = audience == Audience::People;
    if sees {
        columns.push(Column::numeric("Should not usually need hospital"));
        columns.push(Column::numeric("Reviewed"));
        columns.push(Column::numeric("Avoidable, or perhaps"));
    }
    let rows = homes.iter().map(|home| row(home, found.period, sees));
    let caption = format!(
        "Emergency admissions from {}, by home",
        found.period.words()
    );
    html! {
        @if homes.is_empty() {
            (InsetText::new("No home with admissions that may be shown is known in this period. Hospitals say in their messages whether somebody came from a care home; choose another period, or ask them whether they fill the source of admission."))
        } @else {
            (Table { first_cell_is_header: true, responsive: true, compact: true, ..Table::new(caption, columns, rows) })
        }
        @if !sees {
            p { "Homes with " (SMALL.1) " admissions or fewer are not listed, so that nobody can be recognised." }
        } @else {
            @if !found.nowhere.is_empty() {
                p { "Admissions from a care home of people of whom no address is on record: " (found.nowhere.len()) ". From which home is not known." }
            }
            @if !found.unlikely.is_empty() {
                p { "Admissions from a care home of people who live, by the record, where fewer than " (FEWEST) " people do: " (found.unlikely.len())
                    ". Such an address is not taken for a home: the hospital’s code is wrong, or the address is." }
            }
        }
    }
}

fn row(home: &Home, period: Period, sees: bool) -> Vec<Cell> {
    let name = if sees {
        Cell::link(
            home.address.clone(),
            format!("{HERE}/{}?to={}", home.id, period.name()),
        )
    } else {
        Cell::from(home.address.clone())
    };
    let expected = home.expected.as_ref();
    let mut cells = vec![
        name,
        Cell::from(home.residents.to_string()),
        Cell::from(home.tally.admissions.to_string()),
        Cell::from(expected.map_or_else(
            || "Not known".to_owned(),
            |one| format!("{:.1}", one.admissions),
        )),
        Cell::from(compared(expected)),
    ];
    if sees {
        cells.push(Cell::from(home.tally.all_sensitive().to_string()));
        cells.push(Cell::from(home.tally.reviewed().to_string()));
        cells.push(Cell::from(could_have_been(home).to_string()));
    }
    cells
}

fn could_have_been(home: &Home) -> u64 {
    let found = |code: &str| home.tally.verdicts.get(code).copied().unwrap_or_default();
    found("yes") + found("perhaps")
}

/// The comparison, with its numbers and no more.
fn compared(expected: Option<&Expected>) -> String {
    let Some(Expected {
        times: (lower, upper),
        ..
    }) = expected
    else {
        return "Not known".to_owned();
    };
    let words = if *lower > 1.0 {
        "More than expected"
    } else if *upper < 1.0 {
        "Fewer than expected"
    } else {
        "As expected, or too few to tell"
    };
    format!("{words}: between {lower:.2} and {upper:.2} times as many")
}

fn how() -> Markup {
    html! {
        ul.nhsuk-list.nhsuk-list--bullet {
            li { "There is no list of care homes here. A home is an address at which somebody lives, by the record as it is now, whom a hospital said to have come from a care home, if at least " (FEWEST) " people live there. A home from which nobody was admitted is not listed, and somebody who has moved since counts where they live now." }
            li { "Everybody who lives at that address counts, also where a hospital gave their usual place of residence as where they came from." }
            li { "What is expected is how many admissions there would be if residents were admitted as often as those of their age in all the homes listed. Homes without admissions are missing from that, so it is rather too high. How frail residents are is not evened out." }
            li { "The limits are those of 95 per cent: of 20 homes that are alike one is outside by chance." }
        }
    }
}

/// One home: who was sent in, from where, why, and what reviews found.
pub(super) async fn home(
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let today = caller.today();
    let period = asked.period(today);
    let found = open(&caller, period).await?;
    let home = found.homes.iter().find(|home| home.id == id);
    let home = home.ok_or_else(Problem::not_found)?;
    let latest: Vec<&Seen> = home.seen.iter().rev().collect();
    let sheet = Sheet::of(latest.clone(), &asked.page);
    let page: Vec<Seen> = sheet.rows.iter().copied().cloned().collect();
    let people = people(&caller, &page).await?;
    let here = format!("{HERE}/{}", home.id);
    let way = |page: usize| format!("{here}?to={}&page={page}", period.name());
    let main = html! {
        (Heading::page(home.address.clone()))
        p { "Emergency admissions from " (period.words()) " of people who live at this address. A number says nothing about why: homes differ in whom they care for." }
        (period_form(&here, period, today))
        (SummaryList::new(figures(home)))
        (by_group(&latest))
        (admissions("Emergency admissions", &page, &people, today))
        (sheet.ways(way))
        (Heading::section("How this is counted"))
        (how())
    };
    Ok(Page::new(home.address.clone(), main)
        .under([
            ("Emergency admissions", "/admissions"),
            ("Care homes", HERE),
        ])
        .wide())
}

fn figures(home: &Home) -> Vec<SummaryRow> {
    let expected = home.expected.as_ref();
    let number = expected.map_or_else(
        || "Not known".to_owned(),
        |one| format!("{:.1}", one.admissions),
    );
    vec![
        SummaryRow::new("Residents on record", home.residents.to_string()),
        SummaryRow::new("Emergency admissions", home.tally.admissions.to_string()),
        SummaryRow::new(
            "Of those, said by the hospital to come from elsewhere",
            home.said_otherwise.to_string(),
        ),
        SummaryRow::new("Expected", number),
        SummaryRow::new("Compared with what is expected", compared(expected)),
        SummaryRow::new(
            "Should not usually need hospital",
            home.tally.all_sensitive().to_string(),
        ),
        SummaryRow::new("Reviewed", home.tally.reviewed().to_string()),
        SummaryRow::new("Avoidable, or perhaps", could_have_been(home).to_string()),
    ]
}

/// Keeps what is to be done about admissions from care homes.
pub(super) async fn act(caller: Caller, form: Form) -> Result<Response, Problem> {
    let (draft, mut mistakes) = (Draft::typed(&form), Mistakes::default());
    let Some(asked) = draft.check(CARE_HOMES, caller.today(), &mut mistakes) else {
        may_ask(&caller).await?;
        let page = show(&caller, &Asked::default(), (&draft, &mistakes)).await?;
        return Ok(page.into_response());
    };
    keep(&caller, &form, asked, HERE.to_owned()).await
}
