//! What a measure is, and what it must not be taken for.

use stour_design::{InsetText, Markup, SummaryList, html};
use stour_statistics::xmr::{Direction, Profile};

use super::Whole;
use crate::catalogue::catalogue;
use crate::measure::Together;
use crate::shown::profile_words;
use crate::words;

/// What must be said wherever the default rules are named.
pub(super) const UNVERIFIED: &str = "Unverified: the Making Data Count rules are followed as their team describes them in \
     public. They have not been checked against NHS England’s workbook.";

impl Whole {
    /// The area with the publisher's code of it and, where it has ended, until when it was.
    pub(super) fn area_in_full(&self) -> String {
        let name = self
            .last()
            .map_or_else(|| self.area.name.clone(), |on| self.area.name_on(on));
        if self.is_joined() {
            name
        } else {
            format!("{name} ({})", self.area.code)
        }
    }

    /// Where the figures come from.
    pub(super) fn source(&self) -> String {
        if self.is_joined() {
            format!(
                "Added up here from the figures of its areas: {}",
                self.measure.source
            )
        } else {
            self.series.source.clone()
        }
    }

    /// No publisher has a code or a figure for the whole partnership.
    fn is_joined(&self) -> bool {
        self.series.area == Together::CODE
    }

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
        let list = |texts: &[String]| html! { ul { @for text in texts { li { (text) } } } };
        let (_, rules) = profile_words(profile);
        let owner = format!(
            "{} (the partnership’s own choice)",
            words::capital(&measure.owner.replace('-', " "))
        );
        html! {
            (SummaryList::new([
                ("Measure", html! { (measure.title) }),
                ("For", html! { (self.area_in_full()) }),
                ("It is", html! { (measure.is) }),
                ("It is not", list(&measure.is_not)),
                ("Unit", html! { (measure.unit) }),
                ("Direction", html! { (better) }),
                ("Theme", html! { (theme(&measure.theme)) }),
                ("Altitude", html! { (measure.altitude.words()) }),
                ("Answers for it", html! { (owner) }),
                ("Lag", html! { (measure.lag) }),
                ("Source", html! { (self.source()) }),
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

/// A theme as the scorecard calls it.
fn theme(id: &str) -> &str {
    let known = catalogue().ok().into_iter().flat_map(|known| &known.themes);
    let mut own = known.filter(|(known, _)| known == id);
    own.next().map_or(id, |(_, title)| title)
}
