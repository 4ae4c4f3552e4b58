//! Icons: what each is called, and that none is told from another by its colour alone.

use std::collections::BTreeSet;

use scraper::Html;
use stour_design::chart::{AssuranceIcon, VariationIcon};
use stour_design::{Markup, Render};

use crate::drawn::{page, select, text};

/// Every icon alone, and beside words.
fn all() -> Vec<(Markup, Markup, &'static str)> {
    let words = "Words & more";
    let variations = VariationIcon::ALL
        .iter()
        .map(|icon| (icon.render(), icon.beside(words), icon.name()));
    let assurances = AssuranceIcon::ALL
        .iter()
        .map(|icon| (icon.render(), icon.beside(words), icon.name()));
    variations.chain(assurances).collect()
}

/// What is left of a drawing in one colour: its lines, and whether the frame is filled.
fn shape(page: &Html) -> Vec<(String, bool)> {
    let paths = select(page, "svg path");
    paths
        .iter()
        .map(|path| {
            let value = |name| path.value().attr(name).unwrap();
            (value("d").to_owned(), value("fill") == value("stroke"))
        })
        .collect()
}

#[test]
fn an_icon_alone_is_an_image_with_a_name_of_its_own() {
    let mut names = BTreeSet::new();
    for (alone, _, name) in all() {
        let page = page(&alone);
        let svg = select(&page, "svg")[0].value();
        assert_eq!(svg.attr("role"), Some("img"));
        assert_eq!(svg.attr("aria-label"), Some(name));
        assert_eq!(svg.attr("aria-hidden"), None);
        assert!(names.insert(name), "{name}");
    }
    assert_eq!(names.len(), 10, "seven and three");
}

#[test]
fn beside_words_the_words_are_its_name_and_are_heard_once() {
    for (_, beside, name) in all() {
        let page = page(&beside);
        let svg = select(&page, "svg")[0].value();
        assert_eq!(svg.attr("aria-hidden"), Some("true"), "{name}");
        assert_eq!((svg.attr("role"), svg.attr("aria-label")), (None, None));
        assert_eq!(text(&select(&page, ".stour-iconed")[0]), "Words & more");
    }
}

#[test]
fn each_is_told_from_the_others_without_its_colour() {
    let mut shapes = BTreeSet::new();
    for (alone, _, name) in all() {
        assert!(shapes.insert(shape(&page(&alone))), "{name}");
    }
}

#[test]
fn high_and_low_have_one_frame_and_are_each_others_mirror_in_what_they_point_to() {
    let drawn = |icon: VariationIcon| shape(&page(&icon));
    for (high, low) in [
        (
            VariationIcon::ImprovementHigh,
            VariationIcon::ImprovementLow,
        ),
        (VariationIcon::ConcernHigh, VariationIcon::ConcernLow),
    ] {
        let (high, low) = (drawn(high), drawn(low));
        assert_eq!(high[1], low[1]);
        assert_ne!(high[2], low[2]);
    }
    let concern = drawn(VariationIcon::ConcernHigh);
    let improvement = drawn(VariationIcon::ImprovementHigh);
    assert_ne!(concern[1], improvement[1]);
    assert_eq!(concern[2], improvement[2]);
}

#[test]
fn each_has_a_ground_of_its_own_so_that_it_is_seen_on_black() {
    for (alone, _, name) in all() {
        let page = page(&alone);
        let rim = select(&page, "svg path")[0].value();
        assert_eq!(rim.attr("fill"), Some("#ffffff"), "{name}");
        assert_eq!(rim.attr("stroke"), Some("#ffffff"), "{name}");
    }
}
