//! The list of places: councils and localities, each beside the whole.

use axum::response::Response;
use stour_design::{Cell, Column, Heading, InsetText, Markup, Table, html};
use stour_kernel::Date;
use stour_partnership::Reference;
use stour_spreadsheet::Value;
use stour_web::Problem;

use super::PLACES;
use super::known::Known;
use super::living::{FIFTH, Living, PEOPLE_SOURCE, TENTHS_SOURCE, count, per_cent};
use super::map;
use super::page::UNVERIFIED;
use crate::indicator::download::{self, FileTable, Form};
use crate::words;

/// Every place of a day.
pub(super) struct List {
    reference: &'static Reference,
    on: Date,
    whole: Living,
    councils: Vec<Known>,
    localities: Vec<Known>,
}

impl List {
    /// The places of a day.
    pub(super) fn of(reference: &'static Reference, on: Date) -> Self {
        let councils = reference.councils_at(on);
        let localities = reference.localities_at(on);
        Self {
            reference,
            on,
            whole: Living::of_whole(reference),
            councils: councils
                .filter_map(|area| Known::council(reference, area))
                .collect(),
            localities: localities
                .filter_map(|locality| Known::locality(reference, locality))
                .collect(),
        }
    }

    /// The message: how far apart places are in age.
    pub(super) fn title(&self) -> String {
        let by_age = |one: &&Known, other: &&Known| {
            let share = |known: &Known| known.living.share_from(65);
            share(one).total_cmp(&share(other))
        };
        let ends = self.localities.iter().min_by(by_age);
        match ends.zip(self.localities.iter().max_by(by_age)) {
            Some((youngest, oldest)) if self.localities.len() > 1 => format!(
                "Places: {:.0}% are 65 or over in {}, {:.0}% in {}",
                youngest.living.share_from(65),
                youngest.name(),
                oldest.living.share_from(65),
                oldest.name()
            ),
            _ => "Places".to_owned(),
        }
    }

    /// The page.
    pub(super) fn page(&self) -> Markup {
        let whole = [self.row(None)];
        let rows = |places: &[Known]| -> Vec<Vec<Cell>> {
            places.iter().map(|known| self.row(Some(known))).collect()
        };
        html! {
            (Heading::page(self.title()))
            p {
                "The councils and localities of the partnership, and who lives in them. "
                "Each leads to its profile: who lives there, how deprived it is, and how what is counted there compares with the whole."
            }
            @if self.councils.is_empty() && self.localities.is_empty() {
                (InsetText::new(
                    "The reference data has no council or locality of today. Add them to reference/areas.csv and reference/localities.csv."
                ))
            } @else {
                (table("Councils", "Council", rows(&self.councils).into_iter().chain(whole).collect()))
                (table("Localities", "Locality", rows(&self.localities)))
                (InsetText::new(UNVERIFIED))
                @if let Some(map) = map::of_localities(self.reference, &self.localities, self.on) { (map) }
            }
            p { "People: " (PEOPLE_SOURCE) "." }
            p {
                "Deprivation: " (TENTHS_SOURCE) ". The shares are of the people who live in small areas that are among England’s most deprived tenth or fifth."
            }
            (download::links(PLACES))
        }
    }

    /// The places as a file.
    ///
    /// # Errors
    /// 500 when it cannot be written.
    pub(super) fn file(&self, form: Form, base: &str) -> Result<Response, Problem> {
        let places = self.councils.iter().chain(&self.localities);
        let table = FileTable {
            name: "Places",
            headings: HEADINGS.map(str::to_owned).to_vec(),
            rows: places.map(|known| line(known, base)).collect(),
        };
        match form {
            Form::Csv => download::csv("places", &table),
            Form::Json => Ok(download::json(&[table])),
            Form::Xlsx => {
                let cover = vec![
                    self.title(),
                    format!("Places of {}.", words::day(self.on)),
                    format!("People: {PEOPLE_SOURCE}."),
                    format!("Deprivation: {TENTHS_SOURCE}."),
                    UNVERIFIED.to_owned(),
                ];
                download::xlsx("places", cover, vec![table])
            }
        }
    }

    /// A place, or the whole.
    fn row(&self, known: Option<&Known>) -> Vec<Cell> {
        let living = known.map_or(&self.whole, |known| &known.living);
        let name = match known {
            Some(known) => Cell::link(known.name(), known.address()),
            None => html! { strong { "The whole partnership" } }.into(),
        };
        let of_age = |age| {
            let share = per_cent(living.share_from(age));
            Cell::from(format!("{} ({share})", count(living.aged_from(age))))
        };
        vec![
            name,
            count(living.total()).into(),
            of_age(65),
            of_age(85),
            per_cent(living.share_most_deprived(FIFTH)).into(),
            per_cent(living.share_most_deprived(1)).into(),
            words::count(u64::from(living.areas())).into(),
        ]
    }
}

/// The columns of the file.
const HEADINGS: [&str; 9] = [
    "place",
    "name",
    "people",
    "aged_65_or_over",
    "aged_85_or_over",
    "most_deprived_fifth_per_cent",
    "most_deprived_tenth_per_cent",
    "small_areas",
    "link",
];

fn line(known: &Known, base: &str) -> Vec<Value> {
    let living = &known.living;
    let number = |number: u32| Value::Number(f64::from(number));
    vec![
        known.piece.address().into(),
        known.name().into(),
        number(living.total()),
        number(living.aged_from(65)),
        number(living.aged_from(85)),
        Value::Number(living.share_most_deprived(FIFTH)),
        Value::Number(living.share_most_deprived(1)),
        number(living.areas()),
        format!("{base}{}", known.address()).into(),
    ]
}

fn table(caption: &str, first: &str, rows: Vec<Vec<Cell>>) -> Markup {
    let mut columns = vec![Column::from(first)];
    columns.extend(
        [
            "People",
            "Aged 65 or over",
            "Aged 85 or over",
            "In the most deprived fifth",
            "In the most deprived tenth",
            "Small areas",
        ]
        .map(Column::numeric),
    );
    html! {
        @if !rows.is_empty() {
            (Table { first_cell_is_header: true, responsive: true, ..Table::new(caption, columns, rows) })
        }
    }
}
