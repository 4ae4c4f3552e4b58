//! What stands around every page about a document: its title, where it stands, and its parts.

use stour_design::{Heading, Markup, SectionNavigation, Tag, TagColour, WarningCallout, html};
use stour_partnership::organisation_name;
use stour_web::words::moment;
use stour_web::{Caller, Page};

use super::opened::Opened;
use super::{Document, Kind, Signature};

/// The pages of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Summary,
    Partners,
    Sure,
    WhatIf,
    Comments,
    Versions,
}

impl Part {
    const fn path(self) -> &'static str {
        match self {
            Self::Summary => "",
            Self::Partners => "/partners",
            Self::Sure => "/how-sure",
            Self::WhatIf => "/what-if",
            Self::Comments => "/comments",
            Self::Versions => "/versions",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Summary => "Summary",
            Self::Partners => "Who pays, who gains",
            Self::Sure => "How sure",
            Self::WhatIf => "What if",
            Self::Comments => "Comments",
            Self::Versions => "Versions",
        }
    }

    const fn of(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Case => &[
                Self::Summary,
                Self::Partners,
                Self::Sure,
                Self::WhatIf,
                Self::Comments,
                Self::Versions,
            ],
            Kind::Gap | Kind::Agreement => &[Self::Summary, Self::Comments, Self::Versions],
        }
    }
}

/// A page about a document.
pub(crate) fn page(opened: &Opened, part: Part, main: &Markup) -> Page {
    let document = &opened.document;
    let title = match part {
        Part::Summary => document.title.clone(),
        _ => format!("{}: {}", part.words(), document.title),
    };
    let parts = Part::of(document.kind).iter().map(|one| {
        let href = opened.address(one.path());
        (one.words(), href, *one == part)
    });
    let main = html! {
        (Heading::page(document.title.as_str()).caption(document.kind.words()))
        (standing(opened))
        (SectionNavigation::new(format!("This {}", document.kind.words().to_lowercase()), parts))
        (main)
    };
    Page::new(title, main)
        .under([("Business cases", "/cases")])
        .wide()
}

/// Which version this is, who saved it, and whether it is agreed.
fn standing(opened: &Opened) -> Markup {
    let version = &opened.shown;
    html! {
        p {
            (tag(opened)) " Version " (version.number) ", saved by " (version.by.name) ", " (organisation_name(&version.by.organisation))
            ", on " (moment(version.at)) "."
            @if !opened.is_latest() {
                " " a href={ "/cases/" (opened.document.id) } { "See version " (opened.document.latest) ", the latest" } "."
            }
            @if !opened.is_latest() {
                " " a href=(opened.address("/versions")) { "Go back to this version, or sign it" } "."
            }
            @if let Some((agreed, _)) = &opened.agreed {
                " " a href={ "/cases/" (opened.document.id) "?version=" (agreed.number) } { "See version " (agreed.number) ", which is agreed" } "."
            }
        }
        @for signature in opened.signed() { p { (signed(signature)) } }
        @if !opened.is_intact {
            (WarningCallout::new("This text is not the one that was saved", html! {
                p { "The fingerprint of this version is no longer the one that it was saved or signed with. Do not rely on it, and tell whoever runs this service." }
            }))
        } @else if !opened.is_as_signed {
            (WarningCallout::new("The figures are not those that were signed", html! {
                p { "The text of this version is as it was signed, and this release of the program works it out to other figures. The figures that were signed are on the page of versions. Tell whoever runs this service." }
            }))
        }
    }
}

/// A signature in a sentence.
pub(crate) fn signed(signature: &Signature) -> Markup {
    html! {
        "Signed off by " (signature.by.name) ", " (organisation_name(&signature.by.organisation)) ", on " (moment(signature.at)) "."
        @if !signature.words.is_empty() { " “" (signature.words) "”" }
    }
}

fn tag(opened: &Opened) -> Tag {
    if opened.signed().next().is_some() {
        Tag::new("Signed off", TagColour::Green)
    } else if opened.is_latest() {
        Tag::new("Draft", TagColour::Yellow)
    } else {
        Tag::new("Earlier version", TagColour::Grey)
    }
}

/// Where a document stands, for a list.
pub(crate) fn standing_of(document: &Document) -> Tag {
    match document.agreed {
        Some(agreed) if agreed == document.latest => Tag::new("Signed off", TagColour::Green),
        Some(_) => Tag::new("Changed since signed off", TagColour::Blue),
        None => Tag::new("Draft", TagColour::Yellow),
    }
}

/// Whether the caller may do something with documents.
pub(crate) fn may(caller: &Caller, action: &str) -> bool {
    action
        .parse()
        .is_ok_and(|action| caller.may(action, &stour_access::Resource::House))
}
