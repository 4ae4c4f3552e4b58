//! What leads to what: boxes in layers from left to right, with arrows between them.

use maud::{Markup, Render, html};

use super::caption::caption;
use super::coordinate::{coordinate as c, length};
use super::text;
use crate::component::Level;

/// A box.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LayerBox {
    /// What it is.
    pub label: String,
    /// What more is to be said of it, such as where it stands; may be empty.
    pub note: String,
}

/// One layer of boxes, from the top.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layer {
    /// What its boxes are: "Outcomes".
    pub heading: String,
    /// The boxes.
    pub boxes: Vec<LayerBox>,
}

/// A box by its layer and its place in it, both from nought.
pub type At = (usize, usize);

/// A drawing of layers. It is for a wide place: the page gives the same as a table, which stands in for it on a telephone
/// and for those who cannot see it.
#[derive(Debug, Clone)]
pub struct LayersMap {
    /// Its id: what other ids in it begin with.
    pub id: String,
    /// The message.
    pub title: String,
    /// What is drawn.
    pub subtitle: String,
    /// The layers, from the left.
    pub layers: Vec<Layer>,
    /// What leads to what. A link to a box that is not there is not drawn.
    pub links: Vec<(At, At)>,
    /// What those who cannot see the drawing hear.
    pub description: String,
}

const WIDTH: f64 = 960.0;
const TEXT: f64 = 15.0;
const LINE: f64 = 19.0;
const PADDING: f64 = 10.0;
const BETWEEN: f64 = 14.0;
const TOP: f64 = 34.0;
/// The part of a layer's room that is left to arrows.
const ARROWS: f64 = 0.22;

/// A box with its place.
struct Placed {
    lines: Vec<String>,
    notes: Vec<String>,
    left: f64,
    top: f64,
    height: f64,
}

impl LayersMap {
    fn box_width(&self) -> f64 {
        let layers = length(self.layers.len().max(1));
        WIDTH / (layers + (layers - 1.0) * ARROWS)
    }

    fn placed(&self) -> (Vec<Vec<Placed>>, f64) {
        let width = self.box_width();
        let mut bottom = TOP;
        let mut left = 0.0;
        let mut all = Vec::new();
        for layer in &self.layers {
            let mut top = TOP;
            let mut column = Vec::new();
            for of in &layer.boxes {
                let room = width - 2.0 * PADDING;
                let lines = text::lines(&of.label, TEXT, room);
                let notes = text::lines(&of.note, TEXT - 1.0, room);
                let height = length(lines.len() + notes.len()) * LINE + 2.0 * PADDING;
                column.push(Placed {
                    lines,
                    notes,
                    left,
                    top,
                    height,
                });
                top += height + BETWEEN;
            }
            bottom = bottom.max(top - BETWEEN);
            left += width * (1.0 + ARROWS);
            all.push(column);
        }
        (all, bottom + 2.0)
    }

    fn arrows(&self, placed: &[Vec<Placed>]) -> Markup {
        let width = self.box_width();
        let at = |(layer, place): At| placed.get(layer)?.get(place);
        html! {
            @for (from, to) in &self.links {
                @if let (Some(from), Some(to)) = (at(*from), at(*to)) {
                    @let (x1, y1) = (from.left + width, from.top + from.height / 2.0);
                    @let (x2, y2) = (to.left - 7.0, to.top + to.height / 2.0);
                    @let middle = f64::midpoint(x1, x2);
                    path d={ "M" (c(x1)) " " (c(y1)) "C" (c(middle)) " " (c(y1)) " " (c(middle)) " " (c(y2)) " " (c(x2)) " " (c(y2)) }
                        fill="none" stroke="#4c6272" stroke-width="2" {}
                    path d={ "M" (c(x2)) " " (c(y2 - 5.0)) "l7 5l-7 5z" } fill="#4c6272" {}
                }
            }
        }
    }

    fn drawing(&self) -> Markup {
        let (placed, height) = self.placed();
        let width = self.box_width();
        html! {
            svg viewBox={ "0 0 " (c(WIDTH)) " " (c(height)) } role="img" aria-labelledby={ (self.id) "-heard" } {
                title id={ (self.id) "-heard" } { (self.description) }
                @for (layer, column) in self.layers.iter().zip(&placed) {
                    @if let Some(first) = column.first() {
                        text x=(c(first.left)) y="18" font-size=(TEXT) font-weight="600" fill="#212b32" { (layer.heading) }
                    }
                }
                (self.arrows(&placed))
                @for one in placed.iter().flatten() { (one.drawing(width)) }
            }
        }
    }
}

impl Placed {
    fn drawing(&self, width: f64) -> Markup {
        let x = self.left + PADDING;
        let first = self.top + PADDING + TEXT - 1.0;
        let row = |place: usize| first + length(place) * LINE;
        html! {
            rect x=(c(self.left + 1.0)) y=(c(self.top)) width=(c(width - 2.0)) height=(c(self.height)) rx="4"
                fill="#fff" stroke="#768692" stroke-width="1.5" {}
            @for (place, line) in self.lines.iter().enumerate() {
                text x=(c(x)) y=(c(row(place))) font-size=(TEXT) fill="#212b32" { (line) }
            }
            @for (place, line) in self.notes.iter().enumerate() {
                text x=(c(x)) y=(c(row(self.lines.len() + place))) font-size=(TEXT - 1.0) fill="#4c6272" { (line) }
            }
        }
    }
}

impl Render for LayersMap {
    fn render(&self) -> Markup {
        html! {
            figure.stour-chart id=(self.id) {
                (caption(&self.id, Some(Level::Two), &self.title, &self.subtitle))
                div.stour-chart__wide { (self.drawing()) }
            }
        }
    }
}
