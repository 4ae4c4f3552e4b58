//! Labels in the gutter where lines end, pushed apart so that none covers another.

/// A label and the height of the line it belongs to.
#[derive(Debug, Clone)]
pub(crate) struct EndLabel {
    pub(crate) text: String,
    /// The height of its line.
    pub(crate) line: f64,
    /// The height it is drawn at, once placed.
    pub(crate) y: f64,
    pub(crate) colour: &'static str,
    pub(crate) bold: bool,
}

impl EndLabel {
    pub(crate) fn new(text: String, line: f64, colour: &'static str) -> Self {
        Self {
            text,
            line,
            y: line,
            colour,
            bold: false,
        }
    }
}

/// Places labels as near to their lines as they can be, at least `apart` from one another, between `top` and `bottom`.
pub(crate) fn place(labels: &mut [EndLabel], apart: f64, top: f64, bottom: f64) {
    labels.sort_by(|a, b| a.line.total_cmp(&b.line));
    let mut lowest = f64::NEG_INFINITY;
    for label in labels.iter_mut() {
        label.y = label.line.max(lowest + apart).max(top);
        lowest = label.y;
    }
    let mut highest = bottom + apart;
    for label in labels.iter_mut().rev() {
        label.y = label.y.min(highest - apart);
        highest = label.y;
    }
    settle(labels, apart, top, bottom);
}

/// Pushing down moves a cluster off its lines on one side only, so each cluster is centred on its lines where it fits.
fn settle(labels: &mut [EndLabel], apart: f64, top: f64, bottom: f64) {
    let mut start = 0;
    while start < labels.len() {
        let mut end = start.saturating_add(1);
        while let (Some(above), Some(below)) = (labels.get(end.saturating_sub(1)), labels.get(end))
        {
            if below.y - above.y > apart + 0.01 {
                break;
            }
            end = end.saturating_add(1);
        }
        let above = start
            .checked_sub(1)
            .and_then(|before| labels.get(before))
            .map_or(top, |label| label.y + apart);
        if let Some(cluster) = labels.get_mut(start..end) {
            let count = super::coordinate::length(cluster.len()).max(1.0);
            let drift = cluster
                .iter()
                .map(|label| label.y - label.line)
                .sum::<f64>()
                / count;
            let first = cluster.first().map_or(top, |label| label.y);
            let last = cluster.last().map_or(bottom, |label| label.y);
            let shift = drift.min(first - above).max(last - bottom);
            for label in cluster {
                label.y -= shift;
            }
        }
        start = end;
    }
}
