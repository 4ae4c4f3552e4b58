//! How levels and measures are shown.
//!
//! Readers who may not see who the people are, are shown no number of people from 1 to 7, nor one from which such a number
//! could be worked out: the rule of the audit of admissions ([`SMALL`]).

use stour_design::{Cell, Column, Details, Markup, Table, Tag, TagColour, html};
use stour_kernel::{Date, LocalityCode};

use super::level::{Level, Standing};
use super::plan::Plan;
use super::reading::{Gap, Measured, Reading};
use super::subject::Measure;
use crate::capacity::Count;
use crate::shown;

/// The smallest and the largest number of people that is not shown to readers of counts.
const SMALL: (u64, u64) = (1, 7);
/// So many localities are named in a sentence.
const FEW: usize = 3;
const HIDDEN: &str = "Not shown";

/// Whether the reader may see who is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Audience {
    People,
    Counts,
}

const fn is_small(number: u64) -> bool {
    SMALL.0 <= number && number <= SMALL.1
}

impl Audience {
    /// A number of people that is no part of another that is shown.
    pub(super) fn shows(self, number: u64) -> bool {
        self == Self::People || !is_small(number)
    }

    /// A number of people, beside the number of all of them.
    pub(super) fn shows_part(self, (part, all): (u64, u64)) -> bool {
        self.shows(part) && self.shows(all) && self.shows(all.saturating_sub(part))
    }
}

/// The shape and colour of a level: never one without the word.
const fn look(standing: Standing) -> (&'static str, TagColour) {
    match standing.level() {
        Some(Level::One) => ("●", TagColour::Green),
        Some(Level::Two) => ("◆", TagColour::Yellow),
        Some(Level::Three) => ("▲", TagColour::Orange),
        Some(Level::Four) => ("■", TagColour::Red),
        None => ("?", TagColour::Grey),
    }
}

/// A level, by shape, word and colour.
pub(super) fn standing(standing: Standing, plan: &Plan, on: Date) -> Markup {
    let (shape, colour) = look(standing);
    let name = standing.level().and_then(|level| plan.name(level, on));
    let name = name.map_or_else(String::new, |name| format!(": {}", name.name));
    html! {
        (Tag::new(html! { span aria-hidden="true" { (shape) " " } (standing) (name) }, colour))
    }
}

/// The value of a measure, as the reader may see it.
pub(super) fn value(one: &Measured, audience: Audience) -> String {
    let is_places = matches!(one.measure, Measure::TakenToday | Measure::TakenTomorrow);
    let (part, _) = one.people;
    let may = match one.measure {
        // People who have left since are no part of those in hospital, and how many places there are is no number of people.
        Measure::NightsLost | Measure::TakenToday | Measure::TakenTomorrow => audience.shows(part),
        _ => audience.shows_part(one.people),
    };
    if is_places && one.span == super::level::Span::UNKNOWN {
        return "Not known".to_owned();
    }
    if !may {
        return HIDDEN.to_owned();
    }
    let unit = if one.measure.is_share() { "%" } else { "" };
    let more = if one.span.is_exact() { "" } else { " or more" };
    format!("{}{unit}{more}", one.span.low)
}

/// The measures of a trust or service beside their thresholds.
pub(super) fn measures(reading: &Reading, audience: Audience) -> Markup {
    let rows = reading.measured.iter().map(|one| {
        let unit = if one.measure.is_share() { "%" } else { "" };
        let from = |value: u64| Cell::from(format!("{value}{unit}"));
        let mut cells = vec![
            Cell::from(one.measure.words()),
            Cell::from(value(one, audience)),
            Cell::from(reached(reading, one)),
        ];
        match one.thresholds {
            Some(thresholds) => cells.extend(thresholds.values().map(from)),
            None => cells.extend([(); 3].map(|()| Cell::from("Not agreed"))),
        }
        cells
    });
    let now = if reading.last.is_some() {
        "As last known"
    } else {
        "Now"
    };
    let columns = [
        Column::from("Measure"),
        Column::numeric(now),
        Column::from("Reaches"),
        Column::numeric("Level 2 from"),
        Column::numeric("Level 3 from"),
        Column::numeric("Level 4 from"),
    ];
    let caption = format!("What the level of {} follows from", reading.subject.name());
    html! { (Table { first_cell_is_header: true, responsive: true, compact: true, ..Table::new(caption, columns, rows) }) }
}

fn reached(reading: &Reading, one: &Measured) -> String {
    let pair = one.thresholds.map(|thresholds| (one.span, thresholds));
    match pair {
        None => "No level".to_owned(),
        Some(_) if reading.last.is_some() => "Not known".to_owned(),
        Some(pair) => Standing::of([pair]).to_string(),
    }
}

/// What is not known, in sentences.
pub(super) fn gap(gap: &Gap, audience: Audience) -> Option<String> {
    // With the numbers above, how many of whom it is not said could tell how many are not ready.
    let people = |number: u64| match (audience, number) {
        (Audience::Counts, _) => "some people".to_owned(),
        (Audience::People, 1) => "1 person".to_owned(),
        (Audience::People, number) => format!("{number} people"),
    };
    match gap {
        // The notice above the board says which hospital is silent, and since when.
        Gap::Silent(_) => None,
        Gap::NotReviewed(number) => Some(format!(
            "Nobody has said of {} whether they are ready to leave. Ask the wards for a review.",
            people(*number)
        )),
        Gap::NightNotTold(number) => Some(format!(
            "It is not known of {} whether last night was lost: their ward has not reviewed them.",
            people(*number)
        )),
        Gap::NoAdmission(number) => Some(format!(
            "It is not known of {} since when they are in hospital.",
            people(*number)
        )),
        Gap::NotSaid(day, localities) => Some(format!(
            "Nobody has said how many places there are on {} in {}. Ask the provider to enter them.",
            shown::day(*day),
            listed_localities(localities)
        )),
        Gap::NoThresholds => Some(
            "No threshold is agreed for any of its measures, so that no level can be told."
                .to_owned(),
        ),
    }
}

/// By name where they are few; the table of places names them all.
fn listed_localities(codes: &[LocalityCode]) -> String {
    if codes.len() > FEW {
        return format!("{} localities", codes.len());
    }
    let names: Vec<String> = codes.iter().map(locality).collect();
    stour_web::words::listed(&names)
}

fn locality(code: &LocalityCode) -> String {
    let reference = stour_partnership::reference().ok();
    let known = reference.and_then(|all| all.locality(code));
    known.map_or_else(|| code.to_string(), |known| known.name.clone())
}

/// The places of a service by locality, today and tomorrow.
pub(super) fn places(reading: &Reading, audience: Audience) -> Markup {
    let mut days: Vec<Date> = reading.places.iter().map(|place| place.day).collect();
    days.sort_unstable();
    days.dedup();
    let mut localities: Vec<&LocalityCode> = Vec::new();
    for place in &reading.places {
        if !localities.contains(&&place.locality) {
            localities.push(&place.locality);
        }
    }
    let rows = localities.iter().map(|code| {
        let mut cells = vec![Cell::from(locality(code))];
        let here = reading
            .places
            .iter()
            .filter(|place| place.locality == **code);
        cells.extend(here.map(|place| Cell::from(of_locality(place.count, audience))));
        cells
    });
    let columns =
        std::iter::once("Locality".to_owned()).chain(days.iter().map(|day| shown::day(*day)));
    let caption = format!("Places of {}", reading.subject.name());
    html! {
        @if !reading.places.is_empty() {
            (Details::new(
                format!("{caption}, by locality"),
                html! { (Table { first_cell_is_header: true, responsive: true, compact: true, ..Table::new(caption, columns.map(Column::from), rows) }) },
            ))
        }
    }
}

/// How many places are taken is how many people have one: those who may not see them are told whether any is free.
fn of_locality(count: Option<Count>, audience: Audience) -> String {
    let Some((count, places)) = count.and_then(|count| Some((count, count.places?))) else {
        return "Not said".to_owned();
    };
    if audience == Audience::People {
        return format!(
            "{} free of {places}: {} held, {} booked",
            count.free(),
            count.held,
            count.firm()
        );
    }
    let words = if count.free() > 0 {
        "Some free"
    } else {
        "None free"
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_of_counts_see_no_small_number_nor_what_it_could_be_worked_out_from() {
        let counts = Audience::Counts;
        for small in 1..=7 {
            assert!(!counts.shows(small));
            assert!(!counts.shows_part((small, 100)));
            assert!(!counts.shows_part((100 - small, 100)));
            assert!(!counts.shows_part((0, small)));
            assert!(Audience::People.shows_part((small, 100)));
        }
        assert!(counts.shows_part((0, 100)) && counts.shows_part((8, 100)));
        assert!(counts.shows_part((100, 100)) && counts.shows_part((0, 0)));
    }
}
