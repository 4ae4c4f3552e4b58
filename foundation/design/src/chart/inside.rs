//! Where in a shape there is most room to write.

/// A point of a drawing.
pub(crate) type At = (f64, f64);

/// How many places are tried across and down each time, and how often the search is narrowed.
const STEPS: u8 = 9;
const ROUNDS: u8 = 4;

/// About the middle of the largest circle in a shape, and its radius. Holes are rings inside rings. `None` for a shape
/// without an inside.
pub(crate) fn roomiest(rings: &[Vec<At>]) -> Option<(At, f64)> {
    let (low, high) = bounds(rings.iter().flatten().copied())?;
    let (mut low, mut high) = (low, high);
    let mut best: Option<(At, f64)> = None;
    for _ in 0..ROUNDS {
        let step = (
            (high.0 - low.0) / f64::from(STEPS),
            (high.1 - low.1) / f64::from(STEPS),
        );
        for row in 0..STEPS {
            for column in 0..STEPS {
                let at = (
                    low.0 + (f64::from(column) + 0.5) * step.0,
                    low.1 + (f64::from(row) + 0.5) * step.1,
                );
                let room = room(rings, at);
                if room > best.map_or(0.0, |(_, room)| room) {
                    best = Some((at, room));
                }
            }
        }
        let (at, _) = best?;
        low = (at.0 - step.0 * 1.5, at.1 - step.1 * 1.5);
        high = (at.0 + step.0 * 1.5, at.1 + step.1 * 1.5);
    }
    best
}

/// The corners of the smallest upright rectangle around some points.
pub(crate) fn bounds(points: impl Iterator<Item = At>) -> Option<(At, At)> {
    points.fold(None, |bounds, (x, y)| {
        let ((left, top), (right, bottom)) = bounds.unwrap_or(((x, y), (x, y)));
        Some(((left.min(x), top.min(y)), (right.max(x), bottom.max(y))))
    })
}

/// From a point to the nearest edge; nought outside.
fn room(rings: &[Vec<At>], at: At) -> f64 {
    let mut inside = false;
    let mut nearest = f64::INFINITY;
    for ring in rings {
        let next = ring.iter().skip(1).chain(ring.first());
        for (a, b) in ring.iter().zip(next) {
            if (a.1 > at.1) != (b.1 > at.1) && at.0 < (b.0 - a.0) * (at.1 - a.1) / (b.1 - a.1) + a.0
            {
                inside = !inside;
            }
            nearest = nearest.min(distance(at, *a, *b));
        }
    }
    if inside { nearest } else { 0.0 }
}

fn distance(at: At, a: At, b: At) -> f64 {
    let (across, down) = (b.0 - a.0, b.1 - a.1);
    let (x, y) = (at.0 - a.0, at.1 - a.1);
    let length = across * across + down * down;
    let along = if length > 0.0 {
        ((x * across + y * down) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (x - along * across).hypot(y - along * down)
}
