//! The page of a place.

use stour_design::chart::{Bar, BarChart, Unit};
use stour_design::{Column, Details, Heading, InsetText, Level, Markup, Table, html};
use stour_partnership::{Practice, Reference};

use super::indicators;
use super::living::{FIFTH, PEOPLE_SOURCE, TENTHS_SOURCE, band, count, fraction, per_cent, share};
use super::map;
use super::profile::Profile;
use crate::indicator::download::links;
use crate::words;

/// What is said wherever localities are shown.
pub(super) const UNVERIFIED: &str = "Unverified: localities are a local lookup from the practice. No published source for them was seen. \
    Who lives in one is a like lookup from small areas, so the people counted there are not exactly those who live there.";

/// Up to how many practices are shown at once.
const FEW: usize = 15;

/// The profile.
pub(super) fn page(profile: &Profile, reference: &Reference) -> Markup {
    let known = &profile.known;
    html! {
        (Heading::page(profile.title()))
        (ended(profile, reference))
        @if known.is_locality() { (InsetText::new(UNVERIFIED)) }
        (tiles(profile))
        (Heading::section("Who lives here"))
        (ages(profile))
        @if !known.has_ended(profile.as_of) { (on_record(profile)) }
        (deprivation(profile))
        @if let Some(map) = map::of_place(reference, known, profile.as_of) { (map) }
        (indicators::section(profile))
        (others(profile, reference))
        (practices(profile, reference))
        (links(&known.address()))
    }
}

/// Until when there was such a place, and who counts its people now.
fn ended(profile: &Profile, reference: &Reference) -> Markup {
    let known = &profile.known;
    let end = known.valid.end().and_then(|end| end.yesterday().ok());
    html! {
        @if let Some(last) = end.filter(|_| known.has_ended(profile.as_of)) {
            p {
                (known.name()) " ended on " (words::day(last)) ". Its people are now counted by "
                @for (place, council) in known.councils(reference).iter().enumerate() {
                    @if place > 0 { ", " }
                    a href=(council.address()) { (council.name()) }
                }
                "."
            }
        }
    }
}

fn tiles(profile: &Profile) -> Markup {
    let (living, whole) = (&profile.known.living, &profile.whole);
    let of_whole = |share: f64| format!("whole partnership {}", per_cent(share));
    let tile = |number: String, label: String| {
        html! { li { span.stour-board__number { (number) } span.stour-board__label { (label) } } }
    };
    html! {
        ul.stour-board {
            (tile(count(living.total()), "people in mid-2020".to_owned()))
            @for age in [65, 85] {
                (tile(
                    per_cent(living.share_from(age)),
                    format!("aged {age} or over: {} people; {}", count(living.aged_from(age)), of_whole(whole.share_from(age))),
                ))
            }
            (tile(
                per_cent(living.share_most_deprived(FIFTH)),
                format!("live in England’s most deprived fifth of small areas; {}", of_whole(whole.share_most_deprived(FIFTH))),
            ))
        }
    }
}

/// The shape of ages beside the whole's.
fn ages(profile: &Profile) -> Markup {
    let (living, whole) = (&profile.known.living, &profile.whole);
    let all = living.people.bands().zip(whole.people.bands());
    let bars = all.map(|((from, people), (_, of_whole))| {
        let own = share(people, living.total());
        let theirs = share(of_whole, whole.total());
        Bar {
            mark: Some(theirs),
            cells: vec![count(people), per_cent(own), per_cent(theirs)],
            ..Bar::amount(band(from), Some(own), per_cent(own))
        }
    });
    let (here, there) = (living.share_from(65), whole.share_from(65));
    let (shown, of_whole) = (format!("{here:.0}%"), format!("{there:.0}%"));
    let title = if shown == of_whole {
        format!("As old as the whole partnership: {shown} are 65 or over")
    } else if here > there {
        format!("Older than the whole: {shown} are 65 or over, not {of_whole}")
    } else {
        format!("Younger than the whole: {shown} are 65 or over, not {of_whole}")
    };
    let chart = BarChart {
        level: Some(Level::Three),
        unit: Unit::PERCENT,
        mark_word: "Whole partnership",
        columns: ["Age", "People", "Share", "Whole partnership"]
            .map(str::to_owned)
            .to_vec(),
        description: format!(
            "19 bars; {} people, {} of them aged 65 or over and {} aged 85 or over.",
            count(living.total()),
            count(living.aged_from(65)),
            count(living.aged_from(85))
        ),
        ..BarChart::new(
            "ages",
            title,
            "Share of people in each band of ages, per cent, mid-2020",
            bars.collect(),
        )
    };
    html! {
        (chart)
        p { "Source: " (PEOPLE_SOURCE) "." }
    }
}

fn on_record(profile: &Profile) -> Markup {
    let residents = profile.known.living.total();
    let by = if profile.known.is_locality() {
        "by their practice"
    } else {
        "by their council"
    };
    html! {
        @match profile.on_record {
            None => p { "Too few people of " (profile.known.name()) " are on record here to show how many." },
            Some(0) => p { "Nobody of " (profile.known.name()) " is on record here yet. To have people on record, connect a source of records or load a population." },
            Some(people) => p {
                "On record here on " (words::day(profile.as_of)) ": " (count(people)) " living people of known age, " (by) ", "
                (per_cent(share(people, residents))) " of the number who lived there in mid-2020."
            },
        }
    }
}

/// How deprived the small areas are, beside the whole's.
fn deprivation(profile: &Profile) -> Markup {
    let (living, whole) = (&profile.known.living, &profile.whole);
    let tenths = living.tenths.iter().zip(&whole.tenths).zip(1_u8..);
    let bars = tenths.map(|((tenth, of_whole), place)| {
        let own = share(tenth.people, living.total());
        let theirs = share(of_whole.people, whole.total());
        Bar {
            mark: Some(theirs),
            cells: vec![
                count(tenth.areas),
                count(tenth.people),
                per_cent(own),
                per_cent(theirs),
            ],
            ..Bar::amount(tenth_name(place), Some(own), per_cent(own))
        }
    });
    let fifth = living.most_deprived(FIFTH);
    let title = if fifth.areas == 0 {
        "No small area is among England’s most deprived fifth".to_owned()
    } else {
        format!(
            "{} live in England’s most deprived fifth of areas",
            words::capital(&fraction(living.share_most_deprived(FIFTH)))
        )
    };
    let chart = BarChart {
        level: Some(Level::Three),
        unit: Unit::PERCENT,
        mark_word: "Whole partnership",
        columns: [
            "Tenth of England’s areas",
            "Small areas",
            "People",
            "Share of people",
            "Whole partnership",
        ]
        .map(str::to_owned)
        .to_vec(),
        description: format!(
            "10 bars; {} of {} small areas are among the most deprived fifth of England’s.",
            count(fifth.areas),
            count(living.areas())
        ),
        ..BarChart::new(
            "deprivation",
            title,
            "Share of people by how deprived their small area is, per cent",
            bars.collect(),
        )
    };
    html! {
        (Heading::section("Deprivation"))
        p {
            (count(fifth.areas)) " of the " (count(living.areas())) " small areas are among the most deprived fifth of England’s, and "
            (count(living.most_deprived(1).areas)) " among the most deprived tenth. "
            (count(fifth.people)) " people live in the most deprived fifth, " (count(living.most_deprived(1).people)) " of them in the most deprived tenth."
        }
        (chart)
        p { "Source: " (TENTHS_SOURCE) ". Not everybody in a deprived area is deprived, nor does everybody who is deprived live in one." }
    }
}

/// "1, most deprived".
pub(super) fn tenth_name(place: u8) -> String {
    match place {
        1 => "1, most deprived".to_owned(),
        10 => "10, least deprived".to_owned(),
        place => place.to_string(),
    }
}

/// The councils of a locality, or the localities of a council.
fn others(profile: &Profile, reference: &Reference) -> Markup {
    let known = &profile.known;
    let others = known.others(reference);
    let (title, column) = if known.is_locality() {
        ("Its councils", "Council")
    } else {
        ("Its localities", "Locality")
    };
    let rows = others.iter().map(|(other, people)| {
        vec![
            stour_design::Cell::link(other.name(), other.address()),
            count(*people).into(),
            per_cent(share(*people, known.living.total())).into(),
        ]
    });
    html! {
        @if !others.is_empty() {
            (Table {
                first_cell_is_header: true,
                responsive: true,
                ..Table::new(
                    title,
                    [Column::from(column), Column::numeric("People of this place"), Column::numeric("Share of them")],
                    rows,
                )
            })
            @if !known.is_locality() { (InsetText::new(UNVERIFIED)) }
        }
    }
}

fn practices(profile: &Profile, reference: &Reference) -> Markup {
    let open = reference
        .practices
        .iter()
        .filter(|practice| practice.valid.contains(profile.as_of) && profile.known.has(practice));
    let practices: Vec<&Practice> = open.collect();
    let list = html! {
        ul.nhsuk-list.nhsuk-list--bullet {
            @for practice in &practices { li { (practice.name) ", " (practice.postcode) " (" (practice.code) ")" } }
        }
    };
    let title = words::counted(words::number(practices.len()), "general practice");
    html! {
        (Heading::section("Its practices"))
        @if practices.is_empty() {
            p { "No practice of the reference data is open here today." }
        } @else if practices.len() <= FEW {
            p { (title) ":" }
            (list)
        } @else {
            (Details::new(title, list))
        }
        @if !practices.is_empty() {
            p {
                "Source: NHS Organisation Data Service, practices that were active in January 2020; some have merged since. "
                @if profile.known.is_locality() { "Which locality each belongs to is unverified." }
            }
        }
    }
}
