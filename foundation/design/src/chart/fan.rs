//! A fan: how a running sum may go, from year to year.

use maud::{Markup, Render};

use super::lines::{Band, Line, LinesChart};
use super::unit::Unit;
use crate::component::Level;

/// A year of a fan. What is not known in it breaks its line or band.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FanPoint {
    /// The year: "2027/28".
    pub label: String,
    /// From and to of the wider band: the tenth and the ninetieth percentile.
    pub outer: Option<(f64, f64)>,
    /// From and to of the narrower band: the twentieth and the eightieth percentile.
    pub inner: Option<(f64, f64)>,
    /// The middle: half the draws are below.
    pub middle: Option<f64>,
    /// What the second line says: what was agreed.
    pub second: Option<f64>,
}

/// A fan chart.
///
/// Bands around a middle line, perhaps with a second line to hold it against, drawn as a [`LinesChart`]. A band or second line
/// that no year has is left out of the drawing, the key and the table.
#[derive(Debug, Clone)]
pub struct FanChart {
    /// Its id: what other ids in it begin with.
    pub id: String,
    /// The message, at most ten words: "Likely to break even in the fourth year".
    pub title: String,
    /// The measure: "Benefits less costs so far, each year, in 10,000 draws".
    pub subtitle: String,
    /// The level of the headline; a paragraph when `None`.
    pub level: Option<Level>,
    /// How numbers are written.
    pub unit: Unit,
    /// What the points are, for the table.
    pub period_word: String,
    /// The years, from the left.
    pub points: Vec<FanPoint>,
    /// What the middle line is called.
    pub middle_word: String,
    /// What the second line is called.
    pub second_word: String,
    /// What nought means, at the end of its line.
    pub zero_word: String,
    /// What those who cannot see the drawing hear.
    pub description: String,
    /// The table stands open under the drawing.
    pub open: bool,
}

impl FanChart {
    /// A fan chart, to be completed with `..`.
    pub fn new(
        id: impl Into<String>,
        title: impl Into<String>,
        subtitle: impl Into<String>,
        points: Vec<FanPoint>,
    ) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            subtitle: subtitle.into(),
            level: Some(Level::Two),
            unit: Unit::MONEY,
            period_word: "Year".to_owned(),
            points,
            middle_word: "Middle".to_owned(),
            second_word: "As agreed".to_owned(),
            zero_word: "Breaks even".to_owned(),
            description: String::new(),
            open: false,
        }
    }

    fn band(&self, share: &str, part: &str, of: impl Fn(&FanPoint) -> Option<(f64, f64)>) -> Band {
        Band {
            name: format!("{share} draws"),
            low_name: format!("{part} below"),
            high_name: format!("{part} above"),
            values: self.points.iter().map(of).collect(),
        }
    }

    fn line(&self, name: &str, of: impl Fn(&FanPoint) -> Option<f64>) -> Line {
        Line {
            name: name.to_owned(),
            values: self.points.iter().map(of).collect(),
        }
    }

    fn lines(&self) -> LinesChart {
        let mut bands = vec![
            self.band("8 in 10", "1 in 10", |point| point.outer),
            self.band("6 in 10", "2 in 10", |point| point.inner),
        ];
        bands.retain(|band| band.values.iter().any(Option::is_some));
        let mut lines = vec![
            self.line(&self.middle_word, |point| point.middle),
            self.line(&self.second_word, |point| point.second),
        ];
        // The middle keeps its place, so that the second line looks the same with and without it.
        if self.points.iter().all(|point| point.second.is_none()) {
            lines.truncate(1);
        }
        LinesChart {
            level: self.level,
            unit: self.unit,
            period_word: self.period_word.clone(),
            bands,
            zero_word: self.zero_word.clone(),
            description: self.description.clone(),
            open: self.open,
            ..LinesChart::new(
                &self.id,
                &self.title,
                &self.subtitle,
                self.points
                    .iter()
                    .map(|point| point.label.clone())
                    .collect(),
                lines,
            )
        }
    }
}

impl Render for FanChart {
    fn render(&self) -> Markup {
        self.lines().render()
    }
}
