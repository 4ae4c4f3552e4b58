//! Maps: that the drawing, the key and the table agree, inside the drawing, for eye and ear.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use scraper::{ElementRef, Html, Selector};
use stour_design::chart::{Choropleth, Classes, MapArea, MapPoints, MapValue, Unit};

use crate::drawn::{amounts, is_in_order, page, places, select, svg, text, texts, words};

fn area(name: &str, corners: &[(f64, f64)], value: MapValue) -> MapArea {
    MapArea {
        name: name.to_owned(),
        short: name.chars().take(1).collect(),
        rings: vec![corners.to_vec()],
        value,
        href: None,
        enlarged: false,
    }
}

fn square(left: f64, bottom: f64, side: f64) -> [(f64, f64); 4] {
    let (right, top) = (left + side, bottom + side);
    [(left, bottom), (left, top), (right, top), (right, bottom)]
}

/// A county with a hole in it that is a town, two villages, and an area that nothing may be said of.
fn districts() -> Choropleth {
    let mut county = area("Upper", &square(-2.8, 50.6, 0.4), MapValue::Known(24.96));
    county.rings.push(square(-2.7, 50.7, 0.1).to_vec());
    let town = area("Middle", &square(-2.7, 50.7, 0.1), MapValue::Known(31.0));
    let village = |name: &str, left, value| MapArea {
        enlarged: true,
        ..area(name, &square(left, 50.6, 0.02), MapValue::Known(value))
    };
    let withheld = MapValue::Withheld("fewer than 8 events".to_owned());
    Choropleth {
        unit: Unit::PERCENT,
        classes: Classes::From(vec![20.0, 25.0, 30.0]),
        area_word: "District".to_owned(),
        value_word: "Share".to_owned(),
        enlarged_word: "The two villages in the frame, enlarged so that they can be told apart"
            .to_owned(),
        description: "A county of five districts.".to_owned(),
        note: "Drawn by hand.".to_owned(),
        ..Choropleth::new(
            "districts",
            "The town is oldest",
            "People aged 65 and over, share of everybody",
            vec![
                county,
                town,
                village("East", -2.38, 12.0),
                village("West", -2.4, 13.0),
                area("North", &square(-2.4, 50.8, 0.2), withheld),
            ],
            "Contains data of somebody © 2016.",
        )
    }
}

/// Linked, each area to a page of its own.
fn linked() -> Choropleth {
    let mut map = districts();
    for area in &mut map.areas {
        area.href = Some(format!("/areas/{}", area.name));
    }
    map
}

fn drawn<'a>(page: &'a Html, place: &str) -> Vec<ElementRef<'a>> {
    select(
        page,
        &format!(".stour-chart__{place} .stour-chart__areas path"),
    )
}

fn attribute<'a>(element: &ElementRef<'a>, name: &str) -> &'a str {
    element.value().attr(name).unwrap()
}

#[test]
fn a_map_is_drawn_as_it_was() {
    insta::assert_snapshot!("districts_wide", svg(&districts(), "wide"));
    insta::assert_snapshot!("districts_narrow", svg(&districts(), "narrow"));
}

#[test]
fn the_key_the_table_and_the_areas_say_the_same() {
    let page = page(&districts());
    let key = texts(&page, ".stour-key li > span");
    let expected = [
        "Class 1: Under 20.0% (2 areas)",
        "Class 2: 20.0% to under 25.0% (no area)",
        // 24.96 is written 25.0, and is where what is written belongs.
        "Class 3: 25.0% to under 30.0% (1 area)",
        "Class 4: 30.0% and over (1 area)",
        "Withheld (1 area)",
    ];
    assert_eq!(key, expected);
    assert_eq!(
        texts(&page, "thead th"),
        ["District", "Share", "Class, 1 is lowest"]
    );
    let rows: Vec<String> = select(&page, "tbody tr")
        .iter()
        .map(|row| row.text().collect::<Vec<_>>().join(" | "))
        .collect();
    let expected = [
        "Upper | 25.0% | 3",
        "Middle | 31.0% | 4",
        "East | 12.0% | 1",
        "West | 13.0% | 1",
        "North | Withheld: fewer than 8 events | None",
    ];
    assert_eq!(rows, expected);
    for place in ["wide", "narrow"] {
        let titles: Vec<String> = drawn(&page, place).iter().map(text).collect();
        let expected = [
            "Upper: 25.0%, class 3 of 4",
            "Middle: 31.0%, class 4 of 4",
            "East: 12.0%, class 1 of 4",
            "West: 13.0%, class 1 of 4",
            "North: Withheld: fewer than 8 events",
            "East: 12.0%, class 1 of 4",
            "West: 13.0%, class 1 of 4",
        ];
        assert_eq!(titles, expected);
    }
    assert_eq!(
        texts(&page, ".stour-chart__source"),
        ["Drawn by hand.", "Contains data of somebody © 2016."]
    );
}

#[test]
fn colour_is_never_alone() {
    let page = page(&districts());
    for place in ["wide", "narrow"] {
        let areas = drawn(&page, place);
        let hatched = format!("url(#districts-hatching-{place})");
        assert_eq!(attribute(&areas[4], "fill"), hatched);
        let pattern = select(&page, &format!("pattern#districts-hatching-{place}"));
        assert_eq!(pattern.len(), 1);
        for area in &areas {
            let (fill, stroke) = (attribute(area, "fill"), attribute(area, "stroke"));
            assert!(stroke == "#212b32" || contrast(fill, stroke) >= 4.5);
        }
        // The town is in the middle of the county, so that the county is written beside it.
        let said = texts(&page, &format!(".stour-chart__{place} g[text-anchor] text"));
        assert_eq!(said[..4], ["U", "3", "M", "4"], "{place}");
    }
    let signs = select(&page, ".stour-key .stour-mark-of-class");
    assert_eq!(signs.len(), 5);
    let mut before = f64::INFINITY;
    for sign in &signs[..4] {
        let path = sign
            .select(&Selector::parse("path").unwrap())
            .next()
            .unwrap();
        let number = sign
            .select(&Selector::parse("text").unwrap())
            .next()
            .unwrap();
        let fill = attribute(&path, "fill");
        assert!(contrast(fill, attribute(&number, "fill")) >= 4.5, "{fill}");
        assert!(luminance(fill) < before, "darker than the one before");
        before = luminance(fill);
    }
    assert_eq!(texts(&page, ".stour-key svg text"), ["1", "2", "3", "4"]);
}

/// As the Web Content Accessibility Guidelines have it.
fn luminance(colour: &str) -> f64 {
    let part = |from: usize| {
        let part = u8::from_str_radix(colour.get(from..from + 2).unwrap(), 16).unwrap();
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn links_of_a_map_are_also_in_its_table() {
    let page = page(&linked());
    assert!(
        select(&page, "svg[role=img]").is_empty(),
        "an image would hide its links"
    );
    for place in ["wide", "narrow"] {
        let drawing = select(&page, &format!(".stour-chart__{place} svg[role=group]"));
        for id in attribute(&drawing[0], "aria-labelledby").split(' ') {
            assert_eq!(select(&page, &format!("#{id}")).len(), 1, "{id}");
        }
        let links = select(&page, &format!(".stour-chart__{place} svg a"));
        assert_eq!(links.len(), 7);
        for link in links {
            assert_eq!(attribute(&link, "aria-label"), text(&link));
            // Nobody goes through a hundred of them by keyboard to reach the table.
            assert_eq!(attribute(&link, "tabindex"), "-1");
            let same = format!("tbody th a[href='{}']", attribute(&link, "href"));
            assert_eq!(select(&page, &same).len(), 1);
        }
    }
    assert_eq!(select(&page, "svg a[href='/areas/North']").len(), 2);
}

#[test]
fn the_enlarged_part_is_larger_and_framed_in_the_whole() {
    let map = districts();
    is_in_order(&map);
    let page = page(&map);
    for place in ["wide", "narrow"] {
        let areas = drawn(&page, place);
        let extent = |area: &ElementRef<'_>| {
            let places = places(attribute(area, "d"));
            let across: Vec<f64> = places.iter().map(|(x, _)| *x).collect();
            let low = across.iter().copied().fold(f64::INFINITY, f64::min);
            (low, across.into_iter().fold(f64::NEG_INFINITY, f64::max))
        };
        let ((small, end), (large, large_end)) = (extent(&areas[2]), extent(&areas[5]));
        assert!(large_end - large > (end - small) * 5.0);
        let frame = select(&page, &format!(".stour-chart__{place} .stour-chart__frame"));
        let (left, right) = extent(&frame[0]);
        assert!(left <= extent(&areas[3]).0 && end <= right);
        let heading = texts(&page, &format!(".stour-chart__{place} .stour-chart__part"));
        assert_eq!(heading.join(" "), map.enlarged_word);
        assert_eq!(heading.len(), if place == "wide" { 1 } else { 2 });
    }
    for all in [false, true] {
        let mut map = districts();
        for area in &mut map.areas {
            area.enlarged = all;
        }
        let page = self::page(&map);
        assert!(select(&page, ".stour-chart__frame, .stour-chart__part").is_empty());
        assert_eq!(drawn(&page, "wide").len(), 5);
    }
}

#[test]
fn degrees_of_longitude_are_as_short_as_they_are() {
    let square = area("Square", &square(-2.5, 50.5, 0.5), MapValue::Known(1.0));
    for (points, ratio) in [(MapPoints::Plane, 1.0), (MapPoints::Degrees, 0.6327)] {
        let map = Choropleth {
            points,
            ..Choropleth::new("one", "One", "One", vec![square.clone()], "")
        };
        let page = page(&map);
        let corners = places(attribute(&drawn(&page, "wide")[0], "d"));
        let (west, east) = (corners[0].0, corners[2].0);
        let (south, north) = (corners[0].1, corners[1].1);
        assert!(west < east && north < south, "north is up");
        let drawn = (east - west) / (south - north);
        assert!((drawn - ratio).abs() < 0.005, "{drawn}");
    }
}

#[test]
fn few_values_are_a_class_each() {
    let areas = [3.0, 1.0, 3.0].into_iter().enumerate();
    let areas = areas.map(|(place, value)| {
        let left = f64::from(u8::try_from(place).unwrap());
        area("Some", &square(left, 0.0, 1.0), MapValue::Known(value))
    });
    let page = page(&Choropleth {
        unit: Unit::COUNT,
        ..Choropleth::new("few", "Few", "Few", areas.collect(), "")
    });
    assert_eq!(
        texts(&page, ".stour-key li > span"),
        ["Class 1: 1 (1 area)", "Class 2: 3 (2 areas)"]
    );
    let none = Choropleth::new("none", "None", "None", Vec::new(), "");
    is_in_order(&none);
    assert!(select(&self::page(&none), ".stour-key, .stour-chart__source").is_empty());
}

#[test]
fn an_area_too_small_to_see_is_a_dot() {
    let mut map = districts();
    map.areas[2].rings = vec![square(-2.38, 50.6, 1e-7).to_vec()];
    is_in_order(&map);
    let page = page(&map);
    let dot = attribute(&drawn(&page, "wide")[2], "d").to_owned();
    assert!(dot.ends_with("h1v1h-1z"), "{dot}");
}

/// Any number a point may have.
fn lengths() -> impl Strategy<Value = f64> {
    prop_oneof![
        8 => -3.0..3.0,
        1 => 50.0..51.0,
        1 => amounts().prop_map(|amount| amount.unwrap_or(f64::NAN)),
    ]
}

fn areas() -> impl Strategy<Value = Vec<MapArea>> {
    let rings = prop::collection::vec(prop::collection::vec((lengths(), lengths()), 0..9), 0..3);
    let one = ("[A-Z]{0,3}", rings, amounts(), any::<bool>());
    let area = one.prop_map(|(short, rings, amount, enlarged)| MapArea {
        name: format!("Area {short}"),
        short,
        rings,
        value: amount.map_or_else(|| MapValue::Withheld(String::new()), MapValue::Known),
        href: None,
        enlarged,
    });
    prop::collection::vec(area, 0..8)
}

/// The class of each value by the table.
fn table(page: &Html) -> Vec<(String, Option<usize>)> {
    let cells = texts(page, "tbody td");
    cells
        .chunks(2)
        .map(|row| (row[0].clone(), row[1].parse().ok()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_is_drawn_is_inside(areas in areas(), plane in any::<bool>(), starts in prop::collection::vec(lengths(), 0..6)) {
        let points = if plane { MapPoints::Plane } else { MapPoints::Degrees };
        let classes = if starts.is_empty() { Classes::Fifths } else { Classes::From(starts) };
        let map = Choropleth { points, classes, ..Choropleth::new("any", "Any", "Any", areas, "Somebody") };
        // Areas that lie on one another may have words that do.
        let page = page(&map);
        prop_assert!(!page.html().contains("NaN") && !page.html().contains("inf"));
        let drawings = select(&page, "svg[role=img]");
        prop_assert_eq!(drawings.len(), 2);
        for drawing in drawings {
            let sides: Vec<f64> = attribute(&drawing, "viewBox").split(' ').map(|side| side.parse().unwrap()).collect();
            let (width, height) = (sides[2], sides[3]);
            for path in drawing.select(&Selector::parse("g path, svg > path").unwrap()) {
                for (x, y) in places(attribute(&path, "d")) {
                    prop_assert!((0.0..=width).contains(&x) && (0.0..=height).contains(&y), "{} {} of {} {}", x, y, width, height);
                }
            }
            for word in words(&drawing) {
                prop_assert!(word.from >= -0.2 && word.to <= width + 0.2 && word.y - word.size * 0.7 >= 0.0 && word.y <= height, "{:?}", word);
            }
        }
    }

    #[test]
    fn classes_divide_the_values(values in prop::collection::vec(prop_oneof![3 => 0.0..50.0, 1 => prop::sample::select(vec![5.0, 10.0])], 0..60), starts in prop::collection::vec(0.0..50.0, 0..5)) {
        let classes = if starts.is_empty() { Classes::Fifths } else { Classes::From(starts) };
        let is_fifths = classes == Classes::Fifths;
        let areas = values.iter().map(|value| area("Some", &square(0.0, 0.0, 1.0), MapValue::Known(*value)));
        let map = Choropleth { classes, ..Choropleth::new("any", "Any", "Any", areas.collect(), "") };
        let page = page(&map);
        let rows = table(&page);
        prop_assert_eq!(rows.len(), values.len());
        let mut of: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        let mut sorted = Vec::new();
        for (written, class) in &rows {
            let class = class.unwrap();
            of.entry(written).or_default().insert(class);
            sorted.push((written.parse::<f64>().unwrap(), class));
        }
        prop_assert!(of.values().all(|classes| classes.len() == 1), "ties are together");
        sorted.sort_by(|one, other| one.0.total_cmp(&other.0));
        prop_assert!(sorted.windows(2).all(|pair| pair[0].1 <= pair[1].1), "classes are in order");
        let key = texts(&page, ".stour-key li > span");
        prop_assert!(key.len() <= 5);
        for (place, said) in key.iter().enumerate() {
            let inside = sorted.iter().filter(|(_, class)| *class == place + 1).count();
            let counted = match inside {
                0 => "(no area)".to_owned(),
                1 => "(1 area)".to_owned(),
                count => format!("({count} areas)"),
            };
            prop_assert!(said.ends_with(&counted), "{} {}", said, inside);
            // Without ties, fifths are as equal as whole numbers allow.
            if is_fifths && of.len() == values.len() && of.len() >= 5 {
                prop_assert!(inside >= of.len() / 5 && inside <= of.len().div_ceil(5));
            }
        }
        prop_assert!(sorted.iter().all(|(_, class)| (1..=key.len()).contains(class)));
    }

    /// What is left out of a line that two areas share, both leave out.
    #[test]
    fn neighbours_meet_on_the_same_points(border in prop::collection::vec((-3.0..3.0, 0.001..1.0), 0..200)) {
        let mut height = 0.0;
        let mut line: Vec<(f64, f64)> = vec![(0.0, 0.0)];
        for (x, up) in border {
            height += up;
            line.push((x, height));
        }
        height += 1.0;
        line.push((0.0, height));
        let sided = |x: f64, line: Vec<(f64, f64)>| [line, vec![(x, height), (x, 0.0)]].concat();
        let areas = vec![
            area("West", &sided(-10.0, line.clone()), MapValue::Known(1.0)),
            area("East", &sided(10.0, line), MapValue::Known(2.0)),
        ];
        let map = Choropleth { points: MapPoints::Plane, ..Choropleth::new("two", "Two", "Two", areas, "") };
        let page = page(&map);
        for place in ["wide", "narrow"] {
            let lines = drawn(&page, place);
            let shared = |area: &ElementRef<'_>| {
                let mut points = places(attribute(area, "d"));
                points.truncate(points.len() - 2);
                points.into_iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect::<Vec<_>>()
            };
            prop_assert_eq!(shared(&lines[0]), shared(&lines[1]));
        }
    }
}
