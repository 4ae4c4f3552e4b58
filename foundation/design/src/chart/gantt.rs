//! A Gantt chart: what is to be done, a row each, along time.

use maud::{Markup, Render, html};

use super::caption::caption;
use super::day::CivilDay;
use super::gantt_drawing::{BAR, DONE, Drawing, INK, NARROW, WAS, WIDE};
use super::table::DataTable;
use crate::component::Level;

/// What happens at the end of a bar, which its shape tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GanttEnd {
    /// It begins and ends on the days of the bar.
    Days,
    /// It is done by the end of the bar, or earlier: a point to the left before the bar.
    By,
    /// It begins within the bar, and ends some time later: a point to the right after the bar.
    Commencing,
    /// It begins within the bar and goes on: two points to the right.
    Onwards,
    /// It is a moment within the bar: a diamond.
    Moment,
}

impl GanttEnd {
    const fn words(self) -> &'static str {
        match self {
            Self::Days => "From the first to the last day",
            Self::By => "By then, or earlier",
            Self::Commencing => "Begins then, its end is not known",
            Self::Onwards => "Begins then and goes on",
            Self::Moment => "A milestone",
        }
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GanttRow {
    /// What is to be done.
    pub label: String,
    /// Where its page is.
    pub href: Option<String>,
    /// The first day of its bar.
    pub from: CivilDay,
    /// The last day of its bar.
    pub to: CivilDay,
    /// What happens at its end.
    pub end: GanttEnd,
    /// The bar as it was before: first and last day.
    pub was: Option<(CivilDay, CivilDay)>,
    /// It decides the end of all: a dark edge around the bar.
    pub critical: bool,
    /// It is done: an empty bar.
    pub done: bool,
    /// A word or two at the bar: "critical", "conflict 1".
    pub mark: String,
    /// When, in words, for the table.
    pub when: String,
    /// When it was to be before, in words, for the table; empty when that is not shown.
    pub was_when: String,
    /// Anything else to know, for the table.
    pub notes: String,
}

/// A Gantt chart.
///
/// A figure with its headline, the drawing (for a wide place and for a narrow one; the style sheet shows the one that
/// fits), a key of what is in it, and a table of the same rows.
#[derive(Debug, Clone)]
pub struct GanttChart {
    /// Its id: what other ids in it begin with.
    pub id: String,
    /// The message, at most ten words: "Two activities come before what they wait for".
    pub title: String,
    /// What is drawn: "26 activities, July 2013 to April 2016".
    pub subtitle: String,
    /// The level of the headline; a paragraph when `None`.
    pub level: Option<Level>,
    /// The rows, from the top.
    pub rows: Vec<GanttRow>,
    /// Today, where it is to be marked. It is not drawn when it is outside the time of the rows.
    pub today: Option<CivilDay>,
    /// What the earlier state is called, where rows show one: "Baseline of 3 May 2024".
    pub was_word: String,
    /// What a row is called in the table.
    pub row_word: String,
    /// What those who cannot see the drawing hear.
    pub description: String,
    /// The table stands open under the drawing.
    pub open: bool,
}

impl GanttChart {
    /// A Gantt chart, to be completed with `..`.
    pub fn new(
        id: impl Into<String>,
        title: impl Into<String>,
        subtitle: impl Into<String>,
        rows: Vec<GanttRow>,
    ) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            subtitle: subtitle.into(),
            level: Some(Level::Two),
            rows,
            today: None,
            was_word: String::new(),
            row_word: "Activity".to_owned(),
            description: String::new(),
            open: false,
        }
    }

    fn has_was(&self) -> bool {
        self.rows.iter().any(|row| row.was.is_some())
    }

    fn key(&self) -> Markup {
        let ends = [
            GanttEnd::By,
            GanttEnd::Commencing,
            GanttEnd::Onwards,
            GanttEnd::Days,
            GanttEnd::Moment,
        ];
        let ends = ends
            .into_iter()
            .filter(|end| self.rows.iter().any(|row| row.end == *end));
        let has = |is: fn(&GanttRow) -> bool| self.rows.iter().any(is);
        html! {
            ul.stour-key aria-label="Key" {
                @for end in ends {
                    li { (sample(&super::gantt_drawing::shape(end, (10.0, 22.0), (3.0, 13.0)), BAR, BAR, None)) " " (end.words()) }
                }
                @if has(|row| row.critical) {
                    li { (sample("M3 3H29V13H3z", BAR, INK, None)) " Critical: a day later here is a day later at the end" }
                }
                @if has(|row| row.done) {
                    li { (sample("M3 3H29V13H3z", "#ffffff", DONE, None)) " Done" }
                }
                @if self.has_was() {
                    li { (sample("M3 6H29V10H3z", "#ffffff", WAS, Some("3 2"))) " " (self.was_word) }
                }
            }
        }
    }

    fn table(&self) -> Markup {
        let has_was = self.has_was();
        let mut columns = vec![self.row_word.clone(), "When".to_owned()];
        if has_was {
            columns.push(self.was_word.clone());
        }
        columns.push("Notes".to_owned());
        let cells = |row: &GanttRow| {
            let was = has_was.then(|| row.was_when.clone());
            let cells = [row.when.clone()].into_iter().chain(was);
            cells.chain([row.notes.clone()]).collect::<Vec<_>>()
        };
        let label = |row: &GanttRow| {
            html! { @if let Some(href) = &row.href { a href=(href) { (row.label) } } @else { (row.label) } }
        };
        DataTable {
            chart: &self.id,
            title: &self.title,
            subtitle: &self.subtitle,
            columns: &columns,
            rows: self
                .rows
                .iter()
                .map(|row| (label(row), cells(row)))
                .collect(),
            words_last: true,
            open: self.open,
        }
        .markup()
    }
}

fn sample(shape: &str, fill: &str, edge: &str, dash: Option<&str>) -> Markup {
    html! {
        svg.stour-mark-of-line viewBox="0 0 32 16" width="32" height="16" focusable="false" aria-hidden="true" {
            path d=(shape) fill=(fill) stroke=(edge) stroke-width="2" stroke-dasharray=[dash] {}
        }
    }
}

impl Render for GanttChart {
    fn render(&self) -> Markup {
        html! {
            figure.stour-chart id=(self.id) {
                (caption(&self.id, self.level, &self.title, &self.subtitle))
                div.stour-chart__wide { (Drawing::new(self, &WIDE).svg()) }
                div.stour-chart__narrow { (Drawing::new(self, &NARROW).svg()) }
                (self.key())
                (self.table())
            }
        }
    }
}

#[cfg(test)]
mod tests;
