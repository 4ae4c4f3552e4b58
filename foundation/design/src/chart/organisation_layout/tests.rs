use proptest::prelude::*;

use super::{Layout, NARROW, Placed, WIDE, text};
use crate::chart::organisation::{OrganisationBox, OrganisationLine};

fn boxes(names: &[&str]) -> Vec<OrganisationBox> {
    let one = |name: &&str| OrganisationBox {
        name: (*name).to_owned(),
        kind: "Cabinet, council or scrutiny committee".to_owned(),
    };
    names.iter().map(one).collect()
}

fn line(over: usize, under: usize, dashed: bool) -> OrganisationLine {
    OrganisationLine {
        over,
        under,
        dashed,
        ..OrganisationLine::default()
    }
}

fn overlap(one: &Placed, other: &Placed) -> bool {
    one.left < other.left + other.width
        && other.left < one.left + one.width
        && one.top < other.top + other.height
        && other.top < one.top + one.height
}

/// Whether a straight piece of a line goes through the inside of a box.
fn goes_through((from, to): ((f64, f64), (f64, f64)), placed: &Placed) -> bool {
    let (left, right) = (from.0.min(to.0), from.0.max(to.0));
    let (top, bottom) = (from.1.min(to.1), from.1.max(to.1));
    let inside = 0.01;
    left < placed.left + placed.width - inside
        && right > placed.left + inside
        && top < placed.top + placed.height - inside
        && bottom > placed.top + inside
}

fn holds(layout: &Layout) {
    for (number, one) in layout.boxes.iter().enumerate() {
        let lines = one.lines.iter().chain(&one.kinds);
        for line in lines {
            assert!(
                text::width(line, 13.0) <= one.width,
                "{line} is wider than its box"
            );
        }
        assert!(
            one.left >= 0.0 && one.left + one.width <= layout.width,
            "{one:?}"
        );
        assert!(
            one.top >= 0.0 && one.top + one.height <= layout.height,
            "{one:?}"
        );
        for other in layout.boxes.iter().skip(number + 1) {
            assert!(!overlap(one, other), "{one:?} {other:?}");
        }
    }
    for route in &layout.routes {
        for piece in route.points.windows(2) {
            let (from, to) = (piece[0], piece[1]);
            assert!(from.0.to_bits() == to.0.to_bits() || from.1.to_bits() == to.1.to_bits());
            for placed in &layout.boxes {
                assert!(!goes_through((from, to), placed), "{route:?} {placed:?}");
            }
            for (x, y) in [from, to] {
                assert!((0.0..=layout.width).contains(&x) && (0.0..=layout.height).contains(&y));
            }
        }
    }
}

fn top_of(layout: &Layout, of: usize) -> f64 {
    layout.boxes.iter().find(|one| one.of == of).unwrap().top
}

#[test]
fn who_stands_over_whom_is_above() {
    let names = [
        "Sponsors", "Board", "Office", "Advisers", "Project", "Alone",
    ];
    let lines = [
        line(0, 1, false),
        line(3, 1, true),
        line(1, 2, true),
        line(1, 4, false),
    ];
    let layout = Layout::of(&boxes(&names), &lines, &WIDE);
    holds(&layout);
    let tops: Vec<f64> = (0..6).map(|of| top_of(&layout, of)).collect();
    assert!(tops[0] < tops[1] && tops[1] < tops[2] && tops[1] < tops[4] && tops[4] < tops[5]);
    assert!(
        (tops[3] - tops[0]).abs() < 0.01,
        "advisers stand beside the sponsors"
    );
    assert_eq!(layout.routes.len(), 4);
}

#[test]
fn a_circle_is_drawn_too() {
    let lines = [line(0, 1, false), line(1, 2, false), line(2, 0, false)];
    let layout = Layout::of(&boxes(&["A", "B", "C"]), &lines, &NARROW);
    holds(&layout);
    assert_eq!((layout.boxes.len(), layout.routes.len()), (3, 3));
}

#[test]
fn a_line_to_nowhere_is_left_out() {
    let lines = [line(0, 7, false), line(0, 0, false)];
    let layout = Layout::of(&boxes(&["A"]), &lines, &WIDE);
    assert_eq!((layout.boxes.len(), layout.routes.len()), (1, 0));
    assert!(Layout::of(&[], &lines, &WIDE).boxes.is_empty());
}

proptest! {
    #[test]
    fn no_box_overlaps_another_and_no_line_goes_through_one(
        names in prop::collection::vec("[A-Za-z&]{1,14}( [A-Za-z]{1,18}){0,7}", 0..14),
        ends in prop::collection::vec((0_usize..14, 0_usize..14, any::<bool>()), 0..24),
    ) {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let lines: Vec<OrganisationLine> =
            ends.into_iter().map(|(over, under, dashed)| line(over, under, dashed)).collect();
        for place in [&WIDE, &NARROW] {
            let layout = Layout::of(&boxes(&names), &lines, place);
            prop_assert_eq!(layout.boxes.len(), names.len());
            holds(&layout);
        }
    }
}
