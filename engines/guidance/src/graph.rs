//! A flow as a graph: in the language of Graphviz, and in rows and columns for a drawing.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::flow::Flow;
use crate::outcome::Outcome;
use crate::position::By;
use crate::question::Question;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// A question.
    Question,
    /// An outcome.
    Outcome,
    /// An urgent outcome.
    Urgent,
}

/// A question or an outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its id.
    pub id: String,
    /// What it says.
    pub label: String,
    /// What it is.
    pub kind: NodeKind,
    /// The row, from 0 at the top.
    pub row: usize,
    /// The column: 0 for questions, 1 for outcomes.
    pub column: usize,
}

/// A way from a question.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// From which question.
    pub from: String,
    /// To which question or outcome.
    pub to: String,
    /// For which answers.
    pub label: String,
}

/// A flow as a graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    /// Its nodes, questions first.
    pub nodes: Vec<Node>,
    /// Its edges; those between the same two nodes are one.
    pub edges: Vec<Edge>,
}

impl Flow {
    /// The flow as a graph: its questions in order down one column, and its outcomes beside them, each after those to
    /// which only earlier questions lead.
    pub fn graph(&self) -> Graph {
        let edges: Vec<Edge> = self.questions.iter().flat_map(edges_of).collect();
        let questions = self
            .questions
            .iter()
            .enumerate()
            .map(|(row, question)| Node {
                id: question.id.clone(),
                label: question.ask.clone(),
                kind: NodeKind::Question,
                row,
                column: 0,
            });
        let mut nodes: Vec<Node> = questions.collect();
        let mut outcomes: Vec<(Option<usize>, &Outcome)> = self
            .outcomes
            .iter()
            .map(|outcome| {
                let leads = |question: &Question| {
                    let mut ways = question.ways().into_iter();
                    ways.any(|(_, to)| to == outcome.id)
                };
                (self.questions.iter().position(leads), outcome)
            })
            .collect();
        outcomes.sort_by_key(|(first, _)| *first);
        let outcomes = outcomes
            .into_iter()
            .enumerate()
            .map(|(row, (_, outcome))| Node {
                id: outcome.id.clone(),
                label: outcome.title.clone(),
                kind: if outcome.urgent {
                    NodeKind::Urgent
                } else {
                    NodeKind::Outcome
                },
                row,
                column: 1,
            });
        nodes.extend(outcomes);
        Graph { nodes, edges }
    }
}

fn edges_of(question: &Question) -> Vec<Edge> {
    let mut labels: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let ways = question.ways();
    let only = ways.len() == 1;
    for (by, to) in ways {
        let label = match by {
            By::Choice(place) => question.choices.get(place).map(|one| one.label.clone()),
            By::Route(place) => question.routes.get(place).map(|one| one.written.clone()),
            By::Then if only => None,
            By::Then => Some("otherwise".to_owned()),
        };
        labels.entry(to).or_default().extend(label);
    }
    let edge = |(to, labels): (&str, Vec<String>)| Edge {
        from: question.id.clone(),
        to: to.to_owned(),
        label: labels.join("; "),
    };
    labels.into_iter().map(edge).collect()
}

impl Graph {
    /// The graph in the language of Graphviz.
    pub fn dot(&self, name: &str) -> String {
        let mut dot = format!("digraph {} {{\n  rankdir=TB;\n", quoted(name));
        // Writing to a String cannot fail.
        for node in &self.nodes {
            let shape = match node.kind {
                NodeKind::Question => "box",
                NodeKind::Outcome => "oval",
                NodeKind::Urgent => "octagon",
            };
            let _ = writeln!(
                dot,
                "  {} [shape={shape}, label={}];",
                quoted(&node.id),
                quoted(&node.label)
            );
        }
        for edge in &self.edges {
            let _ = writeln!(
                dot,
                "  {} -> {} [label={}];",
                quoted(&edge.from),
                quoted(&edge.to),
                quoted(&edge.label)
            );
        }
        dot.push_str("}\n");
        dot
    }
}

fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", text.replace(['\n', '\r'], " "))
}
