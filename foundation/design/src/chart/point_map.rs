//! A map of numbered places, without tiles: outlines of areas, and the numbers of a list where they are.

use std::fmt::Write as _;

use maud::{Markup, Render, html};

use super::coordinate::coordinate as c;
use super::scale::drawable;

/// The size of the drawing in units of its own: text of 15 is legible where it is shown as wide as a telephone.
const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 360.0;
/// Room around the outermost places.
const MARGIN: f64 = 28.0;
const RADIUS: f64 = 14.0;
/// The least height of the land that is shown, in degrees: about three kilometres.
const LEAST: f64 = 0.03;

const INK: &str = "#212b32";
const LAND: &str = "#f0f4f5";
const OUTLINE: &str = "#768188";
const PLACE: &str = "#005eb8";

/// A numbered place.
#[derive(Debug, Clone, PartialEq)]
pub struct MapPoint {
    /// Its number in the list.
    pub number: usize,
    /// What it is called there.
    pub name: String,
    /// Degrees of longitude and latitude.
    pub at: (f64, f64),
    /// Where it is in the list: `#result-1`.
    pub href: String,
}

/// A map of numbered places. What it shows is in the list that it belongs to, so those who cannot see it miss nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct PointMap {
    /// What it shows, for those who hear the page.
    pub title: String,
    /// Outlines of areas, each once round in degrees of longitude and latitude.
    pub outlines: Vec<Vec<(f64, f64)>>,
    /// The places.
    pub points: Vec<MapPoint>,
    /// Where whoever asks is, and what that place is called.
    pub here: Option<((f64, f64), String)>,
    /// Whose the outlines and places are, and under which licence.
    pub attribution: String,
}

/// From degrees to the drawing.
struct Scale {
    middle: (f64, f64),
    narrow: f64,
    per_degree: f64,
}

impl Scale {
    fn new(map: &PointMap) -> Option<Self> {
        let here = map.here.iter().map(|(at, _)| *at);
        let places = map.points.iter().map(|point| point.at).chain(here);
        let places = places.filter_map(|(x, y)| drawable(x).zip(drawable(y)));
        let (mut west, mut east) = (f64::INFINITY, f64::NEG_INFINITY);
        let (mut south, mut north) = (f64::INFINITY, f64::NEG_INFINITY);
        for (x, y) in places {
            (west, east) = (west.min(x), east.max(x));
            (south, north) = (south.min(y), north.max(y));
        }
        if !(west.is_finite() && south.is_finite()) {
            return None;
        }
        let middle = (f64::midpoint(west, east), f64::midpoint(south, north));
        let narrow = middle.1.to_radians().cos().abs().max(0.01);
        let across = ((east - west) * narrow).max(LEAST);
        let up = (north - south).max(LEAST);
        let per_degree = ((WIDTH - 2.0 * MARGIN) / across).min((HEIGHT - 2.0 * MARGIN) / up);
        Some(Self {
            middle,
            narrow,
            per_degree,
        })
    }

    fn at(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (
            WIDTH / 2.0 + (x - self.middle.0) * self.narrow * self.per_degree,
            HEIGHT / 2.0 - (y - self.middle.1) * self.per_degree,
        )
    }

    /// An outline as a path. Points far outside are brought near, so that numbers stay short.
    fn path(&self, ring: &[(f64, f64)]) -> String {
        let mut path = String::new();
        let mut command = 'M';
        for (x, y) in ring
            .iter()
            .filter_map(|(x, y)| drawable(*x).zip(drawable(*y)))
        {
            let (x, y) = self.at((x, y));
            let (x, y) = (x.clamp(-9_999.0, 9_999.0), y.clamp(-9_999.0, 9_999.0));
            // Writing to a String cannot fail.
            let _ = write!(path, "{command}{} {}", c(x), c(y));
            command = 'L';
        }
        path.push('Z');
        path
    }
}

impl Render for PointMap {
    fn render(&self) -> Markup {
        let Some(scale) = Scale::new(self) else {
            return html! {};
        };
        html! {
            figure.stour-chart.stour-map {
                svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="group" aria-label=(self.title) xmlns="http://www.w3.org/2000/svg" {
                    rect width=(WIDTH) height=(HEIGHT) fill="#ffffff" stroke=(OUTLINE) {}
                    @for ring in &self.outlines {
                        path d=(scale.path(ring)) fill=(LAND) stroke=(OUTLINE) stroke-width="1.5" {}
                    }
                    @if let Some((at, name)) = &self.here {
                        @let (x, y) = scale.at(*at);
                        g {
                            title { (name) }
                            path d={ "M" (c(x)) " " (c(y - 11.0)) "L" (c(x + 11.0)) " " (c(y)) "L" (c(x)) " " (c(y + 11.0)) "L" (c(x - 11.0)) " " (c(y)) "Z" } fill="#ffeb3b" stroke=(INK) stroke-width="2" {}
                        }
                    }
                    @for point in self.points.iter().rev() {
                        @let (x, y) = scale.at(point.at);
                        a href=(point.href) aria-label={ (point.number) ": " (point.name) } {
                            title { (point.number) ": " (point.name) }
                            circle cx=(c(x)) cy=(c(y)) r=(RADIUS) fill=(PLACE) stroke="#ffffff" stroke-width="2" {}
                            text x=(c(x)) y=(c(y + 5.0)) text-anchor="middle" font-size="15" font-weight="600" fill="#ffffff" { (point.number) }
                        }
                    }
                }
                figcaption.stour-chart__source {
                    @if let Some((_, name)) = &self.here { "The yellow diamond is " (name) ". " }
                    (self.attribution)
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use maud::Render as _;

    use super::{MapPoint, PointMap};

    fn map(points: Vec<MapPoint>) -> PointMap {
        PointMap {
            title: "Where these are".to_owned(),
            outlines: vec![vec![(-2.0, 50.7), (-1.8, 50.7), (-1.9, 50.8)]],
            points,
            here: None,
            attribution: "Nobody".to_owned(),
        }
    }

    fn point(number: usize, name: &str, at: (f64, f64)) -> MapPoint {
        MapPoint {
            number,
            name: name.to_owned(),
            at,
            href: format!("#result-{number}"),
        }
    }

    #[test]
    fn every_place_is_inside_with_its_number_and_name() {
        let map = map(vec![
            point(1, "A <b>", (-1.9, 50.75)),
            point(2, "B", (-1.95, 50.71)),
        ]);
        let drawn = map.render().into_string();
        assert!(drawn.contains("1: A &lt;b&gt;") && drawn.contains("2: B"));
        assert!(drawn.contains("href=\"#result-2\""));
        let numbers = drawn.split("cx=\"").skip(1).map(|rest| {
            let (number, _) = rest.split_once('"').unwrap();
            number.parse::<f64>().unwrap()
        });
        assert!(numbers.into_iter().all(|x| (14.0..=466.0).contains(&x)));
    }

    #[test]
    fn a_map_of_nothing_is_nothing() {
        assert_eq!(map(Vec::new()).render().into_string(), "");
        let nowhere = map(vec![point(1, "A", (f64::NAN, 50.0))]);
        assert_eq!(nowhere.render().into_string(), "");
    }
}
