//! The realisation plan: what is to be measured when, for all benefits together.

use axum::extract::Path;
use stour_benefits::Quantity;
use stour_design::{Cell, Column, Heading, InsetText, Markup, Table, html};
use stour_kernel::Date;
use stour_web::words::day;
use stour_web::{Caller, Page, Problem};

use super::measured::Measured;
use super::shown::{figure, standing};
use super::view::View;
use crate::governance::shell::{Part, page_below};
use crate::shown::heard;

/// A point at which a benefit is to be measured.
struct Point<'v> {
    on: Date,
    one: &'v Measured,
    expected: Quantity,
}

/// `GET /programmes/{programme}/benefits/plan`.
pub(crate) async fn show(caller: Caller, Path(programme): Path<String>) -> Result<Page, Problem> {
    let view = View::of(&caller, &programme).await?;
    let mut points: Vec<Point<'_>> = view.all.iter().flat_map(points).collect();
    points.sort_by_key(|point| (point.on, point.one.benefit.number));
    let (past, ahead): (Vec<_>, Vec<_>) = points
        .into_iter()
        .partition(|point| point.on < view.opened.today);
    let main = html! {
        p { "Every point of every trajectory, and every target with a day. Who owns the benefit sees to it that it is measured." }
        (section(&view, "Ahead", "No point lies ahead: give each benefit a trajectory or a target with a day.", &ahead))
        (section(&view, "Passed", "No point has passed.", &past))
        (undated(&view))
    };
    Ok(page_below(
        &view.opened,
        Part::Benefits,
        "Realisation plan",
        &main,
    ))
}

fn points(one: &Measured) -> impl Iterator<Item = Point<'_>> {
    let trajectory = one.benefit.trajectory.as_ref();
    let points = trajectory
        .into_iter()
        .flat_map(stour_benefits::Trajectory::points);
    points.map(move |(on, expected)| Point { on, one, expected })
}

fn section(view: &View, heading: &str, empty: &str, points: &[Point<'_>]) -> Markup {
    let rows = points.iter().map(|point| {
        let one = point.one;
        let readings = one.course.as_ref().map(|course| course.readings.as_slice());
        // The last figure of a period that had begun by then.
        let actual = readings
            .unwrap_or_default()
            .iter()
            .rfind(|reading| reading.day <= point.on);
        vec![
            Cell::from(day(point.on)),
            Cell::link(
                one.benefit.title.as_str(),
                view.address(one.benefit.number, ""),
            ),
            figure(one, Some(point.expected)),
            actual.map_or_else(
                || Cell::missing("None"),
                |reading| {
                    format!("{} ({})", one.unit().value(reading.value), reading.period).into()
                },
            ),
            owner(one),
        ]
    });
    let columns = vec![
        Column::from("On"),
        Column::from("Benefit"),
        Column::numeric("Expected"),
        Column::numeric("Figure by then"),
        Column::from("Owner"),
    ];
    html! {
        (Heading::section(heading))
        @if points.is_empty() {
            (InsetText::new(empty))
        } @else {
            (Table { first_cell_is_header: true, responsive: true, ..Table::new(heard(&format!("Points: {heading}")), columns, rows) })
        }
    }
}

fn owner(one: &Measured) -> Cell {
    match one.benefit.owner.as_str() {
        "" => Cell::missing("Nobody yet"),
        owner => owner.into(),
    }
}

/// Benefits of which nobody has said what to expect by when.
fn undated(view: &View) -> Markup {
    let without: Vec<&Measured> = view
        .all
        .iter()
        .filter(|one| one.benefit.trajectory.is_none())
        .collect();
    let rows = without.iter().map(|one| {
        vec![
            Cell::link(
                one.benefit.title.as_str(),
                view.address(one.benefit.number, ""),
            ),
            figure(one, one.benefit.target),
            html! { (standing(one)) }.into(),
            owner(one),
        ]
    });
    let columns = vec![
        Column::from("Benefit"),
        Column::numeric("Target, without a day"),
        Column::from("Stands"),
        Column::from("Owner"),
    ];
    html! {
        @if !without.is_empty() {
            (Heading::section("Without a day"))
            p { "Of these nobody has said what to expect by when." }
            (Table { first_cell_is_header: true, responsive: true, ..Table::new(heard("Benefits without a day"), columns, rows) })
        }
    }
}
