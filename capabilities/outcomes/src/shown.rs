//! From judgements to what the design system draws.

use stour_design::chart::{AssuranceIcon, CivilDay, PointKind, VariationIcon};
use stour_design::{Markup, TableCaption, html};
use stour_kernel::Date;
use stour_statistics::xmr::{Assurance, Kind, Profile, Variation};

use crate::series::ChartKind;

/// The profiles a reader may choose, by the name in addresses and the words on the page.
pub(crate) const PROFILES: [(Profile, &str, &str); 2] = [
    (
        Profile::MakingDataCount,
        "making-data-count",
        "NHS England Making Data Count",
    ),
    (
        Profile::PlotTheDots022,
        "plotthedots-0.2.2",
        "NHSRplotthedots 0.2.2 (R package)",
    ),
];

/// The profile of this name; the default for any other.
pub(crate) fn profile(name: Option<&str>) -> Profile {
    PROFILES
        .iter()
        .find(|(_, known, _)| Some(*known) == name)
        .map_or_else(Profile::default, |(profile, _, _)| *profile)
}

/// The name of a profile in addresses, and its words.
pub(crate) fn profile_words(profile: Profile) -> (&'static str, &'static str) {
    PROFILES
        .iter()
        .find(|(known, _, _)| *known == profile)
        .map_or(("", ""), |(_, name, words)| (*name, *words))
}

/// The charts a reader may choose for a share, by the name in addresses and the words on the page.
pub(crate) const CHARTS: [(ChartKind, &str, &str); 3] = [
    (ChartKind::Xmr, "xmr", "From month to month (XmR)"),
    (
        ChartKind::ProportionSeen,
        "p-prime",
        "Chance and what is seen (p′)",
    ),
    (ChartKind::Proportion, "p", "Chance alone (p)"),
];

/// The chart of this name; the default for any other.
pub(crate) fn chart_kind(name: Option<&str>) -> ChartKind {
    CHARTS
        .iter()
        .find(|(_, known, _)| Some(*known) == name)
        .map_or_else(ChartKind::default, |(kind, _, _)| *kind)
}

/// The name of a chart in addresses.
pub(crate) fn chart_name(kind: ChartKind) -> &'static str {
    CHARTS
        .iter()
        .find(|(known, _, _)| *known == kind)
        .map_or("", |(_, name, _)| *name)
}

/// A date on a chart's axis.
pub(crate) fn civil(date: Date) -> CivilDay {
    CivilDay::new(date.year(), date.month(), date.day())
}

/// How a point is drawn; one that was not judged looks like any other.
pub(crate) fn point_kind(kind: Option<Kind>) -> PointKind {
    match kind {
        None | Some(Kind::CommonCause) => PointKind::Common,
        Some(Kind::Improvement) => PointKind::Improvement,
        Some(Kind::Concern) => PointKind::Concern,
        Some(Kind::NeutralHigh) => PointKind::NeutralHigh,
        Some(Kind::NeutralLow) => PointKind::NeutralLow,
    }
}

/// What a chart says of its latest value: its icon and its words, with the way it went.
pub(crate) fn variation(found: Option<Variation>) -> Markup {
    let icon = |found| match found {
        Variation::CommonCause => VariationIcon::CommonCause,
        Variation::ImprovementHigh => VariationIcon::ImprovementHigh,
        Variation::ImprovementLow => VariationIcon::ImprovementLow,
        Variation::ConcernHigh => VariationIcon::ConcernHigh,
        Variation::ConcernLow => VariationIcon::ConcernLow,
        Variation::NeutralHigh => VariationIcon::NeutralHigh,
        Variation::NeutralLow => VariationIcon::NeutralLow,
    };
    found.map_or_else(not_judged, |found| icon(found).beside(found.words()))
}

/// Whether a target will be met as things are: the icon and its words.
pub(crate) fn assurance(found: Assurance) -> Markup {
    let icon = match found {
        Assurance::ConsistentlyPassing => AssuranceIcon::Passing,
        Assurance::ConsistentlyFailing => AssuranceIcon::Failing,
        Assurance::HitAndMiss => AssuranceIcon::HitOrMiss,
    };
    icon.beside(found.words())
}

fn not_judged() -> Markup {
    html! { "Not judged: too few figures" }
}

/// A caption that repeats the heading above it: heard, not seen.
pub(crate) fn hidden_caption(caption: &str) -> TableCaption {
    TableCaption {
        visually_hidden: true,
        ..caption.into()
    }
}
