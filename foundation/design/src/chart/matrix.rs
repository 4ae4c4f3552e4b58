//! A heat map of risks: how many are how likely and how bad.

use maud::{Markup, Render, html};

use super::caption::caption;
use super::coordinate::{coordinate as c, length};
use super::table::DataTable;
use super::text;
use crate::component::Level;

/// One band of scores, such as "High". Bands differ in ground and in shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixBand {
    /// What it is called.
    pub name: String,
    /// How bad it is, from 0, the mildest, to 3; a larger number is drawn as 3.
    pub rank: usize,
}

/// The risks of one likelihood and one impact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MatrixCell {
    /// What they are called, in short: "R4".
    pub names: Vec<String>,
    /// The place of the band among the bands of the matrix.
    pub band: usize,
}

/// A heat map.
///
/// A figure with its headline, the drawing (for a wide place and for a narrow one; the style sheet shows the one that
/// fits), a key of its bands, and a table of the same.
#[derive(Debug, Clone)]
pub struct RiskMatrix {
    /// Its id: what other ids in it begin with.
    pub id: String,
    /// The message, at most ten words: "Ten risks are high".
    pub title: String,
    /// What is drawn.
    pub subtitle: String,
    /// The level of the headline; a paragraph when `None`.
    pub level: Option<Level>,
    /// What the steps of likelihood are called, from the least.
    pub likelihoods: Vec<String>,
    /// What the steps of impact are called, from the least.
    pub impacts: Vec<String>,
    /// For each likelihood, from the least, the cells by impact, from the least.
    pub cells: Vec<Vec<MatrixCell>>,
    /// The bands.
    pub bands: Vec<MatrixBand>,
    /// What those who cannot see the drawing hear.
    pub description: String,
}

struct Place {
    name: &'static str,
    width: f64,
    text: f64,
    /// The room for the words of likelihoods.
    labels: f64,
    cell: f64,
    /// Names stand under the counts.
    named: bool,
}

const WIDE: Place = Place {
    name: "wide",
    width: 800.0,
    text: 15.0,
    labels: 120.0,
    cell: 84.0,
    named: true,
};

const NARROW: Place = Place {
    name: "narrow",
    width: 345.0,
    text: 12.0,
    labels: 68.0,
    cell: 48.0,
    named: false,
};

/// The ground of each rank. Ink on each has more than 7:1.
const GROUNDS: [&str; 4] = ["#e3f2e6", "#fff3c4", "#ffd8a8", "#f5b5ab"];
const INK: &str = "#212b32";
/// The most lines of names in a cell.
const LINES: usize = 2;

impl RiskMatrix {
    fn rank(&self, cell: &MatrixCell) -> usize {
        self.bands
            .get(cell.band)
            .map_or(0, |band| band.rank.min(GROUNDS.len() - 1))
    }

    fn svg(&self, place: &Place) -> Markup {
        let description = format!("{}-description-{}", self.id, place.name);
        let steps = length(self.impacts.len()).max(1.0);
        let across = (place.width - place.labels - 2.0) / steps;
        let rows = length(self.cells.len());
        let foot = rows * place.cell;
        let height = foot + place.text * 4.2;
        html! {
            svg viewBox={ "0 0 " (c(place.width)) " " (c(height)) } role="img" focusable="false"
                aria-labelledby={ (self.id) "-title " (self.id) "-subtitle" } aria-describedby=(description)
                font-size=(c(place.text)) fill=(INK) {
                desc id=(description) { (self.description) }
                @for (row, (cells, likelihood)) in self.cells.iter().zip(&self.likelihoods).rev().enumerate() {
                    @let top = length(row) * place.cell;
                    (words(likelihood, (place.labels - place.text * 0.7, top + place.cell / 2.0), "end", place.labels - place.text * 0.9, place))
                    @for (column, cell) in cells.iter().enumerate() {
                        (self.cell(cell, (place.labels + length(column) * across, top), across, place))
                    }
                }
                @for (column, impact) in self.impacts.iter().enumerate() {
                    @let middle = place.labels + (length(column) + 0.5) * across;
                    (words(impact, (middle, foot + place.text * 1.2), "middle", across - 4.0, place))
                }
                text x=(c(place.labels + across * steps / 2.0)) y=(c(height - place.text * 0.6)) text-anchor="middle" fill="#4c6272" {
                    "Impact →"
                }
                text x="0" y=(c(height - place.text * 0.6)) fill="#4c6272" { "↑ Likelihood" }
            }
        }
    }

    fn cell(
        &self,
        cell: &MatrixCell,
        (left, top): (f64, f64),
        across: f64,
        place: &Place,
    ) -> Markup {
        let rank = self.rank(cell);
        let middle = left + across / 2.0;
        let names = if place.named {
            shortened(&cell.names, place.text * 0.87, across - place.text)
        } else {
            Vec::new()
        };
        let count_at = if names.is_empty() {
            top + place.cell / 2.0 + place.text * 0.6
        } else {
            top + place.text * 2.0
        };
        html! {
            rect x=(c(left)) y=(c(top)) width=(c(across)) height=(c(place.cell))
                fill=(GROUNDS.get(rank).copied().unwrap_or_default()) stroke="#ffffff" stroke-width="2" {}
            path d=(shape(rank, (left + place.text * 0.75, top + place.text * 0.75), place.text * 0.36)) fill="none"
                stroke=(INK) stroke-width="1.5" {}
            @if !cell.names.is_empty() {
                text x=(c(middle)) y=(c(count_at)) text-anchor="middle" font-weight="bold" font-size=(c(place.text * 1.5)) {
                    (cell.names.len())
                }
            }
            @for (number, line) in (0..).zip(names) {
                text x=(c(middle)) y=(c(count_at + place.text * 1.35 * (f64::from(number) + 1.0))) text-anchor="middle"
                    font-size=(c(place.text * 0.87)) { (line) }
            }
        }
    }

    fn key(&self) -> Markup {
        html! {
            ul.stour-key aria-label="Key" {
                @for band in &self.bands {
                    @let rank = band.rank.min(GROUNDS.len() - 1);
                    li {
                        svg.stour-mark-of-class viewBox="0 0 28 20" width="28" height="20" focusable="false" aria-hidden="true" {
                            rect width="28" height="20" fill=(GROUNDS.get(rank).copied().unwrap_or_default()) {}
                            path d=(shape(rank, (14.0, 10.0), 5.0)) fill="none" stroke=(INK) stroke-width="1.5" {}
                        }
                        " " (band.name)
                    }
                }
            }
        }
    }

    fn table(&self) -> Markup {
        let mut columns = vec!["Likelihood".to_owned()];
        columns.extend(
            self.impacts
                .iter()
                .map(|impact| format!("Impact: {impact}")),
        );
        let written = |cell: &MatrixCell| match cell.names.len() {
            0 => "0".to_owned(),
            count => format!("{count} ({})", cell.names.join(", ")),
        };
        let rows = self.cells.iter().zip(&self.likelihoods).rev();
        DataTable {
            chart: &self.id,
            title: &self.title,
            subtitle: &self.subtitle,
            columns: &columns,
            rows: rows
                .map(|(cells, name)| (name.as_str(), cells.iter().map(written).collect()))
                .collect(),
            words_last: false,
            open: false,
        }
        .markup()
    }
}

/// The shape of a rank: a circle, a diamond, a triangle, a square.
fn shape(rank: usize, (x, y): (f64, f64), radius: f64) -> String {
    let (r, x, y) = (radius, x, y);
    match rank {
        0 => {
            let d = c(r * 2.0);
            format!(
                "M{} {}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0z",
                c(x - r),
                c(y),
                r = c(r)
            )
        }
        1 => format!(
            "M{} {}L{} {}L{} {}L{} {}z",
            c(x),
            c(y - r),
            c(x + r),
            c(y),
            c(x),
            c(y + r),
            c(x - r),
            c(y)
        ),
        2 => format!(
            "M{} {}L{} {}L{} {}z",
            c(x),
            c(y - r),
            c(x + r),
            c(y + r),
            c(x - r),
            c(y + r)
        ),
        _ => format!("M{} {}h{d}v{d}h-{d}z", c(x - r), c(y - r), d = c(r * 2.0)),
    }
}

/// Names in as many lines as there is room for; where that is too few, how many more there are.
fn shortened(names: &[String], size: f64, room: f64) -> Vec<String> {
    let mut shown = names.len();
    loop {
        let some: Vec<&str> = names.iter().take(shown).map(String::as_str).collect();
        let joined = match names.len() - shown {
            0 => some.join(" "),
            more => format!("{} +{more}", some.join(" ")),
        };
        let lines = text::lines(&joined, size, room);
        if lines.len() <= LINES || shown == 0 {
            return lines;
        }
        shown -= 1;
    }
}

/// The size at which the longest word of a text fits a room.
fn fitting(said: &str, size: f64, room: f64) -> f64 {
    let longest = text::widest(said.split_whitespace(), size);
    size * (room / longest.max(room))
}

/// Words around a point, in lines that fit; smaller where a word would not.
fn words(said: &str, (x, y): (f64, f64), anchor: &str, room: f64, place: &Place) -> Markup {
    let size = fitting(said, place.text, room);
    let lines = text::lines(said, size, room + 0.01);
    let first = match anchor {
        "end" => y - (length(lines.len()) - 1.0) * place.text * 0.6 + place.text * 0.35,
        _ => y,
    };
    html! {
        text text-anchor=(anchor) font-size=(c(size)) {
            @for (number, line) in (0..).zip(lines) {
                tspan x=(c(x)) y=(c(first + f64::from(number) * place.text * 1.2)) { (line) }
            }
        }
    }
}

impl Render for RiskMatrix {
    fn render(&self) -> Markup {
        html! {
            figure.stour-chart id=(self.id) {
                (caption(&self.id, self.level, &self.title, &self.subtitle))
                div.stour-chart__wide { (self.svg(&WIDE)) }
                div.stour-chart__narrow { (self.svg(&NARROW)) }
                (self.key())
                (self.table())
            }
        }
    }
}

#[cfg(test)]
mod tests;
