//! What a measure is, and what it must not be taken for.

use stour_design::{InsetText, Markup, SummaryList, html};
use stour_statistics::xmr::{Direction, Profile};

use super::Whole;
use crate::shown::profile_words;
use crate::words;

/// What must be said wherever the default rules are named.
pub(super) const UNVERIFIED: &str = "Unverified: the Making Data Count rules are followed as their team describes them in \
     public. They have not been checked against NHS England’s workbook.";

impl Whole {
    pub(super) fn definition(&self, profile: Profile) -> Markup {
        let measure = self.measure;
        let better = match (measure.direction, measure.whole) {
            (Direction::Increase, true) => "More is better",
            (Direction::Decrease, true) => "Fewer is better",
            (Direction::Increase, false) => "Higher is better",
            (Direction::Decrease, false) => "Lower is better",
            (Direction::Neutral, _) => "Neither more nor fewer is better",
        };
        let valid = match measure.ends {
            Some(ends) => format!("{} until {}", words::day(measure.starts), words::day(ends)),
            None => format!("Since {}", words::day(measure.starts)),
        };
        let area = self
            .last()
            .map_or_else(|| self.area.name.clone(), |on| self.area.name_on(on));
        let list = |texts: &[String]| html! { ul { @for text in texts { li { (text) } } } };
        let (_, rules) = profile_words(profile);
        let owner = format!(
            "{} (the partnership’s own choice)",
            words::capital(&measure.owner.replace('-', " "))
        );
        html! {
            (SummaryList::new([
                ("Measure", html! { (measure.title) }),
                ("For", html! { (area) " (" (self.area.code) ")" }),
                ("It is", html! { (measure.is) }),
                ("It is not", list(&measure.is_not)),
                ("Unit", html! { (measure.unit) }),
                ("Direction", html! { (better) }),
                ("Theme", html! { (measure.theme) }),
                ("Altitude", html! { (measure.altitude.words()) }),
                ("Answers for it", html! { (owner) }),
                ("Lag", html! { (measure.lag) }),
                ("Source", html! { (self.series.source) }),
                ("Published by", html! { (measure.publisher) }),
                ("Definition", html! { (self.series.definition_version) }),
                ("Definition holds", html! { (valid) }),
                ("Rules of the chart", html! { (rules) }),
            ]))
            @for note in &measure.notes { (InsetText::new(note.as_str())) }
            @if profile == Profile::MakingDataCount {
                (InsetText::new(UNVERIFIED))
            }
        }
    }
}
