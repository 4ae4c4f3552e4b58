//! Where the boxes of an organisation chart stand, and how the lines between them run.
//!
//! Boxes stand in rows, those over others above them. Lines leave a box at its foot and reach one at its head. They run
//! across only between rows and down only beside all of them, so that none goes through a box.

use super::coordinate::length;
use super::organisation::{OrganisationBox, OrganisationLine};
use super::text;

/// A size to draw in, in units of its own.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) name: &'static str,
    pub(super) width: f64,
    pub(super) text: f64,
    /// The most boxes beside each other.
    columns: usize,
    /// Between two boxes beside each other.
    gap: f64,
    /// On either side, for lines that run down past rows.
    side: f64,
    /// Between two rows.
    between: f64,
}

/// As wide as a column of text.
pub(super) const WIDE: Place = Place {
    name: "wide",
    width: 960.0,
    text: 15.0,
    columns: 4,
    gap: 20.0,
    side: 24.0,
    between: 44.0,
};

/// As wide as a telephone.
pub(super) const NARROW: Place = Place {
    name: "narrow",
    width: 345.0,
    text: 13.0,
    columns: 2,
    gap: 12.0,
    side: 14.0,
    between: 36.0,
};

impl Place {
    /// From one line of text to the next.
    pub(super) fn line(&self) -> f64 {
        self.text * 1.25
    }

    /// The size of what stands under a name.
    pub(super) fn small(&self) -> f64 {
        self.text * 0.87
    }

    /// From one line of what stands under a name to the next.
    pub(super) fn small_line(&self) -> f64 {
        self.small() * 1.25
    }

    fn box_width(&self) -> f64 {
        let columns = length(self.columns);
        (self.width - self.side * 2.0 - self.gap * (columns - 1.0)) / columns
    }
}

/// A box in its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    /// Its place among the boxes of the chart.
    pub(super) of: usize,
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    /// Its name, in lines that fit.
    pub(super) lines: Vec<String>,
    /// What it is, in lines that fit.
    pub(super) kinds: Vec<String>,
    row: usize,
}

/// A line, from corner to corner.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Route {
    pub(super) dashed: bool,
    pub(super) points: Vec<(f64, f64)>,
}

/// A chart in its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    pub(super) boxes: Vec<Placed>,
    pub(super) routes: Vec<Route>,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Layout {
    pub(super) fn of(boxes: &[OrganisationBox], lines: &[OrganisationLine], place: &Place) -> Self {
        let known = |line: &&OrganisationLine| {
            line.over < boxes.len() && line.under < boxes.len() && line.over != line.under
        };
        let lines: Vec<&OrganisationLine> = lines.iter().filter(known).collect();
        let rows = rows(boxes.len(), &lines, place.columns);
        let (boxes, gutters, height) = placed(boxes, &rows, place);
        let find = |of| boxes.iter().find(|placed| placed.of == of);
        let routes = lines.iter().filter_map(|line| {
            let ends = (find(line.over)?, find(line.under)?);
            Some(route(ends, line.dashed, &gutters, place))
        });
        Self {
            routes: routes.collect(),
            boxes,
            width: place.width,
            height,
        }
    }
}

/// The boxes of each row, from the left.
fn rows(count: usize, lines: &[&OrganisationLine], columns: usize) -> Vec<Vec<usize>> {
    let levels = levels(count, lines);
    let mut used = levels.clone();
    used.sort_unstable();
    used.dedup();
    let mut rows = Vec::new();
    for level in used {
        let here = (0..count).filter(|one| levels.get(*one) == Some(&level));
        let here = in_order(here.collect(), lines);
        // A level that is too wide is divided evenly.
        let wraps = here.len().div_ceil(columns.max(1)).max(1);
        let each = here.len().div_ceil(wraps).max(1);
        rows.extend(here.chunks(each).map(<[usize]>::to_vec));
    }
    rows
}

/// How far below the top each box stands: below all that stand over it, and as near to what is below as that allows.
/// Where lines go round in a circle, below as many of them as there are boxes.
fn levels(count: usize, lines: &[&OrganisationLine]) -> Vec<usize> {
    let mut levels = vec![0_usize; count];
    for _ in 0..count {
        for line in lines {
            let over = levels.get(line.over).copied().unwrap_or_default();
            if let Some(under) = levels.get_mut(line.under) {
                *under = (*under).max(over + 1).min(count);
            }
        }
    }
    let settled = levels.clone();
    for (one, level) in levels.iter_mut().enumerate() {
        let is_under = lines.iter().any(|line| line.under == one);
        let below = lines.iter().filter(|line| line.over == one);
        let nearest = below
            .filter_map(|line| settled.get(line.under).copied())
            .min();
        match nearest {
            Some(nearest) if !is_under => *level = nearest.saturating_sub(1),
            // What stands in no relationship comes last.
            None if !is_under => *level = count + 1,
            _ => {}
        }
    }
    levels
}

/// Boxes of one level: those with a solid line in the middle, others on both sides.
fn in_order(here: Vec<usize>, lines: &[&OrganisationLine]) -> Vec<usize> {
    let is_solid = |one: &usize| {
        let mut solid = lines.iter().filter(|line| !line.dashed);
        solid.any(|line| line.over == *one || line.under == *one)
    };
    let (solid, mut left): (Vec<usize>, Vec<usize>) = here.into_iter().partition(is_solid);
    let right = left.split_off(left.len().div_ceil(2));
    [left, solid, right].concat()
}

/// The boxes in their places, the top of the space over each row and under the last, and the height of all.
fn placed(
    boxes: &[OrganisationBox],
    rows: &[Vec<usize>],
    place: &Place,
) -> (Vec<Placed>, Vec<f64>, f64) {
    let width = place.box_width();
    let room = width - place.text * 1.2;
    let mut placed = Vec::new();
    let (mut gutters, mut top) = (vec![0.0], place.between);
    for (number, row) in rows.iter().enumerate() {
        let written = row.iter().filter_map(|of| {
            let one = boxes.get(*of)?;
            let name = text::lines(&one.name, place.text * 1.06, room);
            Some((*of, name, text::lines(&one.kind, place.small(), room)))
        });
        let written: Vec<(usize, Vec<String>, Vec<String>)> = written.collect();
        let heights = written.iter().map(|(_, name, kind)| {
            length(name.len()) * place.line() + length(kind.len()) * place.small_line()
        });
        let height = place.text * 1.4 + heights.fold(0.0, f64::max);
        let all = length(written.len());
        let mut left = (place.width - all * width - (all - 1.0).max(0.0) * place.gap) / 2.0;
        for (of, lines, kinds) in written {
            placed.push(Placed {
                of,
                left,
                top,
                width,
                height,
                lines,
                kinds,
                row: number,
            });
            left += width + place.gap;
        }
        gutters.push(top + height);
        top += height + place.between;
    }
    (placed, gutters, top)
}

/// The way of a line: solid lines and dashed ones keep apart, so that each can be followed.
fn route((over, under): (&Placed, &Placed), dashed: bool, gutters: &[f64], place: &Place) -> Route {
    let (lane, side, port) = if dashed {
        (0.65, place.width - place.side / 2.0, place.text)
    } else {
        (0.35, place.side / 2.0, 0.0)
    };
    let across =
        |gutter: usize| gutters.get(gutter).copied().unwrap_or_default() + place.between * lane;
    let middle = |placed: &Placed| placed.left + placed.width / 2.0 + port;
    let (from, to) = (middle(over), middle(under));
    let (out, into) = (across(over.row + 1), across(under.row));
    let mut points = vec![(from, over.top + over.height), (from, out)];
    if under.row != over.row + 1 {
        points.extend([(side, out), (side, into)]);
    }
    points.extend([(to, into), (to, under.top)]);
    Route { dashed, points }
}

#[cfg(test)]
mod tests;
