//! A flow drawn as SVG: questions from top to bottom, outcomes beside them, and lines that run through no box.

use stour_design::{Markup, html};
use stour_guidance::{Flow, Graph, Node, NodeKind};

/// Sizes in units of the drawing.
const WIDTH: usize = 240;
const HEIGHT: usize = 64;
/// Room on the left for lines that pass questions by.
const LEFT: usize = 96;
/// Room between questions and outcomes, in which lines cross and no box stands.
const BETWEEN: usize = 280;
const DOWN: usize = 28;
/// How many characters fit on a line of a box, and how many lines.
const CHARACTERS: usize = 34;
const LINES: usize = 3;

/// The drawing, with what it shows as a list for those who do not see it.
pub(super) fn draw(flow: &Flow) -> Markup {
    let graph = flow.graph();
    html! {
        div.stour-chart { (svg(&graph, &flow.title)) }
        details.nhsuk-details {
            summary.nhsuk-details__summary { span.nhsuk-details__summary-text { "The same in words" } }
            div.nhsuk-details__text {
                ul.nhsuk-list.nhsuk-list--bullet {
                    @for edge in &graph.edges {
                        li {
                            (label(&graph, &edge.from)) " → " (label(&graph, &edge.to))
                            @if !edge.label.is_empty() { ": " (edge.label) }
                        }
                    }
                }
            }
        }
    }
}

fn label<'g>(graph: &'g Graph, id: &'g str) -> &'g str {
    let found = graph.nodes.iter().find(|node| node.id == id);
    found.map_or(id, |node| node.label.as_str())
}

/// The drawing alone, which is a whole document as a file.
pub(super) fn svg(graph: &Graph, title: &str) -> Markup {
    let rows = graph
        .nodes
        .iter()
        .map(|node| node.row.saturating_add(1))
        .max();
    let width = [LEFT, WIDTH, BETWEEN, WIDTH, DOWN]
        .into_iter()
        .fold(0, usize::saturating_add);
    let height = rows
        .unwrap_or(1)
        .saturating_mul(HEIGHT.saturating_add(DOWN))
        .saturating_add(DOWN);
    let place = |id: &str| graph.nodes.iter().find(|node| node.id == id);
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (width) " " (height) } width=(width) height=(height)
            role="img" aria-label={ "How “" (title) "” leads on" } font-family="sans-serif" font-size="12" {
            rect width=(width) height=(height) fill="#ffffff" {}
            @for edge in &graph.edges {
                @if let (Some(from), Some(to)) = (place(&edge.from), place(&edge.to)) {
                    @let (path, (x, y)) = line(from, to);
                    @let colour = if to.kind == NodeKind::Urgent { "#d5281b" } else { "#4c6272" };
                    path d=(path) fill="none" stroke=(colour) stroke-width="1.5" {
                        title { (from.label) " → " (to.label) @if !edge.label.is_empty() { ": " (edge.label) } }
                    }
                    circle cx=(x) cy=(y) r="3" fill=(colour) {}
                }
            }
            @for node in &graph.nodes { (boxed(node)) }
        }
    }
}

fn left(node: &Node) -> usize {
    let step = WIDTH.saturating_add(BETWEEN);
    node.column.saturating_mul(step).saturating_add(LEFT)
}

fn top(node: &Node) -> usize {
    let step = HEIGHT.saturating_add(DOWN);
    node.row.saturating_mul(step).saturating_add(DOWN)
}

/// A line between two boxes that runs through none, and where it ends: down to the next question, round the left past
/// others, or across to an outcome.
fn line(from: &Node, to: &Node) -> (String, (usize, usize)) {
    let half = HEIGHT.div_euclid(2);
    let (x1, y1) = (left(from), top(from).saturating_add(half));
    let (x2, y2) = (left(to), top(to).saturating_add(half));
    if to.kind != NodeKind::Question {
        let x1 = x1.saturating_add(WIDTH);
        let bend = BETWEEN.div_euclid(2);
        let (first, second) = (x1.saturating_add(bend), x2.saturating_sub(bend));
        let path = format!("M{x1} {y1}C{first} {y1} {second} {y2} {x2} {y2}");
        return (path, (x2, y2));
    }
    let passed = to.row.saturating_sub(from.row).saturating_sub(1);
    if passed == 0 {
        let x = x1.saturating_add(WIDTH.div_euclid(2));
        let (start, end) = (top(from).saturating_add(HEIGHT), top(to));
        return (format!("M{x} {start}L{x} {end}"), (x, end));
    }
    let bend = x1.saturating_sub(passed.saturating_add(1).saturating_mul(24).min(LEFT));
    let path = format!("M{x1} {y1}C{bend} {y1} {bend} {y2} {x2} {y2}");
    (path, (x2, y2))
}

fn boxed(node: &Node) -> Markup {
    let (fill, stroke, round) = match node.kind {
        NodeKind::Question => ("#ffffff", "#005eb8", 4),
        NodeKind::Outcome => ("#e8f4ec", "#007f3b", 20),
        NodeKind::Urgent => ("#fbe9e8", "#d5281b", 20),
    };
    let (x, y) = (left(node), top(node));
    let middle = x.saturating_add(WIDTH.div_euclid(2));
    html! {
        g {
            title { (node.id) ": " (node.label) }
            rect x=(x) y=(y) width=(WIDTH) height=(HEIGHT) rx=(round) fill=(fill) stroke=(stroke) stroke-width="2" {}
            @for (line, words) in lines(&node.label).into_iter().enumerate() {
                text x=(middle) y=(y.saturating_add(20).saturating_add(line.saturating_mul(16))) text-anchor="middle" fill="#212b32" { (words) }
            }
        }
    }
}

/// A label in as many lines as a box has; what does not fit is left out with a mark.
fn lines(label: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in label.split_whitespace() {
        let fits = lines.last().is_some_and(|line| {
            line.chars().count().saturating_add(word.chars().count()) < CHARACTERS
        });
        match lines.last_mut() {
            Some(line) if fits => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.chars().take(CHARACTERS).collect()),
        }
    }
    if lines.len() > LINES {
        lines.truncate(LINES);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}
