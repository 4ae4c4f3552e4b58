//! How the clocks count: every rule with its source, and the bank holidays that are known.

use stour_design::{Cell, Details, Heading, Markup, Table, Tag, TagColour, html};
use stour_partnership::Status;
use stour_web::words::day;
use stour_web::{Page, Problem, Visitor};

use super::{Part, below};
use crate::clock;

/// `GET /decisions/clocks`.
pub(crate) async fn show(visitor: Visitor) -> Result<Page, Problem> {
    let main = html! {
        (rules())
        (Heading::section("Bank holidays"))
        (holidays())
    };
    let title = "How notice and deadlines are counted";
    let above = [
        ("Decisions", "/decisions"),
        ("Forward plan", "/decisions/forward-plan"),
    ];
    let heading = Heading::page(title);
    Ok(below(
        &visitor,
        Part::ForwardPlan,
        (heading, title),
        above,
        &main,
    ))
}

fn sure(status: Status) -> Tag {
    match status {
        Status::Sourced => Tag::new("Read at the source", TagColour::Green),
        Status::Local => Tag::new("Local", TagColour::Blue),
        Status::Unverified => Tag::new("Not verified", TagColour::Yellow),
        Status::Demonstration => Tag::new("Made up", TagColour::Grey),
    }
}

fn rules() -> Markup {
    let rules = match clock::rules() {
        Ok(rules) => rules,
        Err(error) => return html! { p { (error.to_string()) } },
    };
    let rows = rules.iter().map(|rule| {
        [
            Cell::from(rule.label.as_str()),
            rule.period
                .map_or_else(
                    || "No time: an agreement".to_owned(),
                    |period| period.to_string(),
                )
                .into(),
            html! { (rule.source) @if !rule.note.is_empty() { br; (rule.note) } }.into(),
            html! { (sure(rule.status)) }.into(),
        ]
    });
    let columns = ["Of what", "How long", "Where it stands", "How sure"];
    html! {
        p { "Clear days leave out the days of both events. Working days leave out Saturdays, Sundays and bank holidays. In how many working days a decision can be called in is each council's own and stands with the committee." }
        (Table { responsive: true, ..Table::new("The rules", columns, rows) })
    }
}

fn holidays() -> Markup {
    let years = match clock::calendar() {
        Ok(years) => years,
        Err(error) => return html! { p { (error.to_string()) } },
    };
    let (Some(first), Some(last)) = (years.first(), years.last()) else {
        return html! {};
    };
    html! {
        p {
            "Those of England and Wales from " (first.is) " to " (last.is)
            ". A count that reaches another year gives no day, as its holidays are not known here."
        }
        @for year in years.iter().rev() {
            (Details::new(year.is.to_string(), html! {
                p { (sure(year.status)) " " (year.source) "." }
                (Table::new(
                    format!("Bank holidays of {}", year.is),
                    ["Day", "Holiday"],
                    year.days.iter().map(|holiday| [day(holiday.on), holiday.name.clone()]),
                ))
            }))
        }
    }
}
