//! What a chart has drawn, read back: where its words and its lines are.

use proptest::prelude::*;
use scraper::{ElementRef, Html, Selector};
use stour_design::Render;

pub(crate) fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

pub(crate) fn text(element: &ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

pub(crate) fn texts(page: &Html, selector: &str) -> Vec<String> {
    select(page, selector).iter().map(text).collect()
}

pub(crate) fn number(element: &ElementRef<'_>, name: &str) -> f64 {
    element.value().attr(name).unwrap().parse().unwrap()
}

pub(crate) fn page(chart: &impl Render) -> Html {
    Html::parse_fragment(&chart.render().0)
}

/// A drawing as a snapshot keeps it.
pub(crate) fn svg(chart: &impl Render, place: &str) -> String {
    let page = page(chart);
    let drawing = select(&page, &format!(".stour-chart__{place} svg"));
    drawing[0].html().replace("><", ">\n<")
}

/// Amounts that charts must survive.
pub(crate) fn amounts() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![
        1 => Just(None),
        1 => Just(Some(0.0)),
        1 => prop::sample::select(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e300]).prop_map(Some),
        1 => prop::sample::select(vec![1e15, -1e15, 1e-9, 5e5]).prop_map(Some),
        4 => (-3e6..3e6).prop_map(Some),
        2 => (-1e11..1e11).prop_map(Some),
        2 => (-50.0..50.0).prop_map(Some),
    ]
}

/// A text: from left to right, and the height of its line.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) y: f64,
    pub(crate) size: f64,
}

/// The words of a drawing, measured as a little narrower than a browser draws them.
pub(crate) fn words(drawing: &ElementRef<'_>) -> Vec<Word> {
    let size = number(drawing, "font-size");
    let all = Selector::parse("text").unwrap();
    let words = drawing.select(&all).map(|element| {
        let text = text(&element);
        let parts = text.chars().map(|letter| match letter {
            'i' | 'j' | 'l' => 0.22,
            't' | 'f' | 'r' | '.' | ',' | ':' | ' ' => 0.28,
            letter if letter.is_uppercase() => 0.66,
            _ => 0.53,
        });
        let width = parts.sum::<f64>() * size;
        let group = element.parent().and_then(ElementRef::wrap).unwrap();
        let anchor = element.value().attr("text-anchor");
        let before = match anchor.or(group.value().attr("text-anchor")) {
            Some("end") => width,
            Some("middle") => width / 2.0,
            _ => 0.0,
        };
        let from = number(&element, "x") - before;
        Word {
            text,
            from,
            to: from + width,
            y: number(&element, "y"),
            size,
        }
    });
    words.collect()
}

/// Both drawings of a chart are named, hold all that is in them, and no word covers another.
pub(crate) fn is_in_order(chart: &impl Render) {
    let page = page(chart);
    assert!(!page.html().contains("NaN") && !page.html().contains("inf"));
    assert!(select(&page, "[style], [onclick], svg > title").is_empty());
    let drawings = select(&page, "svg[role=img]");
    assert_eq!(drawings.len(), 2);
    for drawing in drawings {
        let named = drawing.value().attr("aria-labelledby").unwrap().split(' ');
        for id in named.chain(drawing.value().attr("aria-describedby")) {
            assert_eq!(select(&page, &format!("#{id}")).len(), 1, "{id}");
        }
        let sides = drawing.value().attr("viewBox").unwrap().split(' ');
        let sides: Vec<f64> = sides.map(|side| side.parse().unwrap()).collect();
        let (width, height) = (sides[2], sides[3]);
        let inside = |x: f64, y: f64| {
            (-0.2..=width + 0.2).contains(&x) && (-0.2..=height + 0.2).contains(&y)
        };
        for path in drawing.select(&Selector::parse("path").unwrap()) {
            let d = path.value().attr("d").unwrap();
            for (x, y) in places(d) {
                assert!(inside(x, y), "{x} {y} of {width} {height} in {d}");
            }
        }
        let words = words(&drawing);
        for (position, word) in words.iter().enumerate() {
            assert!(
                inside(word.from, word.y - word.size * 0.7) && inside(word.to, word.y),
                "{} in {width} {height}: {word:?}",
                word.text
            );
            for other in &words[position + 1..] {
                let apart = word.to <= other.from
                    || other.to <= word.from
                    || (word.y - other.y).abs() >= word.size * 0.95;
                assert!(apart, "{} on {}: {word:?} {other:?}", word.text, other.text);
            }
        }
    }
}

/// Where a path goes.
pub(crate) fn places(d: &str) -> Vec<(f64, f64)> {
    let mut places = Vec::new();
    let (mut x, mut y) = (0.0, 0.0);
    let starts: Vec<usize> = d
        .char_indices()
        .filter(|(_, letter)| letter.is_ascii_alphabetic())
        .map(|(at, _)| at)
        .chain([d.len()])
        .collect();
    for pair in starts.windows(2) {
        let (command, rest) = d.get(pair[0]..pair[1]).unwrap().split_at(1);
        let spaced = rest.replace('-', " -");
        let numbers = spaced.split([' ', ',']).filter(|part| !part.is_empty());
        let numbers: Vec<f64> = numbers.map(|part| part.parse().unwrap()).collect();
        let steps: Vec<(f64, f64)> = match command {
            "M" | "L" => numbers.chunks(2).map(|at| (at[0] - x, at[1] - y)).collect(),
            "l" | "m" => numbers.chunks(2).map(|at| (at[0], at[1])).collect(),
            "H" => vec![(numbers[0] - x, 0.0)],
            "V" => vec![(0.0, numbers[0] - y)],
            "h" => vec![(numbers[0], 0.0)],
            "v" => vec![(0.0, numbers[0])],
            "a" => numbers.chunks(7).map(|arc| (arc[5], arc[6])).collect(),
            "z" => Vec::new(),
            other => panic!("unknown command {other} in {d}"),
        };
        for (across, down) in steps {
            (x, y) = (x + across, y + down);
            places.push((x, y));
        }
    }
    places
}
