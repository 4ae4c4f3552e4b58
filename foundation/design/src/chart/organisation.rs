//! An organisation chart: boxes that stand over others, and the lines between them.

use maud::{Markup, Render, html};

use super::caption::caption;
use super::coordinate::coordinate as c;
use super::organisation_layout::{Layout, NARROW, Place, Placed, Route, WIDE};
use super::table::DataTable;
use crate::component::Level;

/// A box.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrganisationBox {
    /// What it is called.
    pub name: String,
    /// What it is, in two or three words: "Project board".
    pub kind: String,
}

/// A line between two boxes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrganisationLine {
    /// The place of the upper box among the boxes.
    pub over: usize,
    /// The place of the lower one.
    pub under: usize,
    /// Drawn with dashes.
    pub dashed: bool,
    /// Who does what to whom, for the table: the first name, the words, the second name.
    pub says: [String; 3],
}

/// An organisation chart.
///
/// A figure with its headline, the drawing (for a wide place and for a narrow one; the style sheet shows the one that
/// fits), a key of its lines, and a table that says each of them in words.
#[derive(Debug, Clone)]
pub struct OrganisationChart {
    /// Its id: what other ids in it begin with.
    pub id: String,
    /// The message, at most ten words.
    pub title: String,
    /// What is drawn.
    pub subtitle: String,
    /// The level of the headline; a paragraph when `None`.
    pub level: Option<Level>,
    /// The boxes.
    pub boxes: Vec<OrganisationBox>,
    /// The lines. One to or from a box that is not there is left out.
    pub lines: Vec<OrganisationLine>,
    /// What a solid and what a dashed line means.
    pub key: [String; 2],
    /// What those who cannot see the drawing hear.
    pub description: String,
}

impl OrganisationChart {
    fn svg(&self, place: &Place) -> Markup {
        let layout = Layout::of(&self.boxes, &self.lines, place);
        let description = format!("{}-description-{}", self.id, place.name);
        html! {
            svg viewBox={ "0 0 " (c(layout.width)) " " (c(layout.height)) } role="img" focusable="false"
                aria-labelledby={ (self.id) "-title " (self.id) "-subtitle" } aria-describedby=(description)
                font-size=(c(place.text)) fill="#212b32" {
                desc id=(description) { (self.description) }
                @for route in &layout.routes { (line(route)) }
                @for placed in &layout.boxes { (Self::drawn(placed, place)) }
            }
        }
    }

    fn drawn(placed: &Placed, place: &Place) -> Markup {
        let middle = c(placed.left + placed.width / 2.0);
        let first = placed.top + place.text * 1.4;
        let under = placed.top + placed.height - place.text * 0.6;
        let kinds = (0..).zip(placed.kinds.iter().rev());
        html! {
            rect x=(c(placed.left)) y=(c(placed.top)) width=(c(placed.width)) height=(c(placed.height)) rx="3"
                fill="#ffffff" stroke="#005eb8" stroke-width="2" {}
            text x=(middle) y=(c(first)) text-anchor="middle" {
                @for (number, words) in (0..).zip(&placed.lines) {
                    tspan x=(middle) y=(c(first + f64::from(number) * place.line())) font-weight="bold" { (words) }
                }
            }
            text text-anchor="middle" fill="#4c6272" font-size=(c(place.small())) {
                @for (number, words) in kinds {
                    tspan x=(middle) y=(c(under - f64::from(number) * place.small_line())) { (words) }
                }
            }
        }
    }

    fn key(&self) -> Markup {
        let [solid, dashed] = &self.key;
        let sign = |dashes: Option<&str>| {
            html! {
                svg.stour-mark-of-line viewBox="0 0 32 16" width="32" height="16" focusable="false" aria-hidden="true" {
                    path d="M0 8h32" fill="none" stroke="#212b32" stroke-width="2" stroke-dasharray=[dashes] {}
                }
            }
        };
        let has = |dashed| self.lines.iter().any(|line| line.dashed == dashed);
        html! {
            ul.stour-key aria-label="Key" {
                @if has(false) { li { (sign(None)) " " (solid) } }
                @if has(true) { li { (sign(Some(DASHES))) " " (dashed) } }
            }
        }
    }
}

const DASHES: &str = "5 4";

fn line(route: &Route) -> Markup {
    let points = route.points.iter().enumerate();
    let path: Vec<String> = points
        .map(|(number, (x, y))| {
            format!("{}{} {}", if number == 0 { 'M' } else { 'L' }, c(*x), c(*y))
        })
        .collect();
    let path = path.concat();
    html! {
        path d=(path) fill="none" stroke="#212b32" stroke-width="2" stroke-linejoin="round"
            stroke-dasharray=[route.dashed.then_some(DASHES)] {}
    }
}

impl Render for OrganisationChart {
    fn render(&self) -> Markup {
        let columns = ["Who", "Does what", "To whom"].map(str::to_owned);
        let rows = self.lines.iter().map(|line| {
            let [who, does, whom] = &line.says;
            (who.as_str(), vec![does.clone(), whom.clone()])
        });
        let table = DataTable {
            chart: &self.id,
            title: &self.title,
            subtitle: &self.subtitle,
            columns: &columns,
            rows: rows.collect(),
            words_last: true,
            open: false,
        };
        html! {
            figure.stour-chart id=(self.id) {
                (caption(&self.id, self.level, &self.title, &self.subtitle))
                div.stour-chart__wide { (self.svg(&WIDE)) }
                div.stour-chart__narrow { (self.svg(&NARROW)) }
                @if !self.lines.is_empty() {
                    (self.key())
                    (table.markup())
                }
            }
        }
    }
}
