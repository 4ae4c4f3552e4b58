//! The page of a measure: every area that it is published for, the partnership's own first.

use axum::extract::Path;
use stour_access::Resource;
use stour_database::{Error, Transaction};
use stour_design::{Cell, Column, Heading, Markup, Table, html};
use stour_web::{Caller, Page, Problem};

use super::store::{self, Series};
use super::value::Values;
use crate::area::Area;
use crate::comparator::comparator;
use crate::measure::{Measure, Together, measure};
use crate::shown::hidden_caption;
use crate::words;

/// `GET /board/series/{measure}`.
pub(crate) async fn show(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let measure = measure(&id).ok_or_else(Problem::not_found)?;
    let read = |tx: &mut Transaction<'_>| {
        let mut all = Vec::new();
        for series in store::series_of_measure(tx, &measure.id)? {
            if series.part.is_whole() {
                let points = store::points(tx, series.id)?;
                let values = points.into_iter().map(|point| (point.day, point.value));
                all.push((series, values.collect()));
            }
        }
        Ok::<Vec<(Series, Values)>, Error>(all)
    };
    let mut all = caller.house().database().read(read).await?;
    let reference = super::read::reference()?;
    let known = |series: &Series| match &measure.together {
        Some(together) if series.area == Together::CODE => Some((together.name.clone(), 0)),
        _ => {
            let place = if comparator(&series.area).is_some() {
                2
            } else {
                1
            };
            Area::named(reference, &series.area).map(|area| (area.name, place))
        }
    };
    all.retain(|(series, _)| known(series).is_some());
    all.sort_by_cached_key(|(series, _)| known(series).map(|(name, place)| (place, name)));
    let rows = all.iter().filter_map(|(series, values)| {
        let (name, place) = known(series)?;
        Some(row(measure, series, &name, place, values))
    });
    let page = Page::new(measure.title.clone(), shown(measure, rows.collect()));
    Ok(page.under([("Board", "/board")]))
}

fn row(measure: &Measure, series: &Series, name: &str, place: u8, values: &Values) -> Vec<Cell> {
    let what = match place {
        0 => "The partnership, joined",
        1 => "Part of the partnership",
        _ => "Compared with",
    };
    let period = |at: Option<(&stour_kernel::Date, &super::Value)>| {
        at.map_or_else(|| "–".to_owned(), |(at, _)| measure.every.name(*at))
    };
    let count = if place == 0 {
        "–".to_owned()
    } else {
        words::count(words::number(values.len()))
    };
    vec![
        Cell::link(
            name,
            format!("/board/series/{}/{}", measure.id, series.area),
        ),
        what.into(),
        period(values.first_key_value()).into(),
        period(values.last_key_value()).into(),
        count.into(),
    ]
}

fn shown(measure: &Measure, rows: Vec<Vec<Cell>>) -> Markup {
    let columns = ["Area", "What it is", "First", "Last"].map(Column::from);
    let columns = columns.into_iter().chain([Column::numeric("Figures")]);
    html! {
        (Heading::page(measure.title.as_str()))
        p { (measure.is) }
        @if rows.is_empty() {
            p { "Nothing of this measure has been imported yet." }
        } @else {
            (Table { first_cell_is_header: true, responsive: true, ..Table::new(hidden_caption("Every area that this measure is published for"), columns, rows) })
        }
    }
}
