//! Question flows as data: read, checked so that every answer leads somewhere, followed one answer at a
//! time, drawn as a graph, and tried on every path.
//!
//! A [`Flow`] is read from TOML ([`Flow::read`]); everything wrong with it is told with its line. Whatever
//! answers are given, the flow has a [`Position`] for them: the next question, or an [`Outcome`] with the
//! reasons that the answers give. Questions lead only to later ones, so no flow goes round. An answer that is
//! marked urgent leads at once to its urgent outcome, before any other rule is looked at. [`Flow::walk`] takes
//! every path: each choice, each set of choices, and the two sides of every bound of a number, an amount or
//! a day.
//!
//! It does no I/O and must not know what a flow is about, who answers, or where answers are kept. Today is a
//! parameter.

mod answer;
mod carry;
mod conclusion;
mod day;
mod document;
mod expression;
mod flow;
mod graph;
mod limit;
mod mistake;
mod outcome;
mod paths;
mod position;
mod question;
mod read;
mod reading_age;
mod structure;
mod text;
mod wording;

pub use answer::{Answer, AnswerFault, Answers};
pub use carry::Carried;
pub use conclusion::Conclusion;
pub use flow::{Flow, Source, SourceStatus};
pub use graph::{Edge, Graph, Node, NodeKind};
pub use limit::{LONGEST_FLOW, LONGEST_WORDS, MOST_CHOICES};
pub use mistake::{Mistake, Mistakes};
pub use outcome::{NextStep, Outcome, Way};
pub use paths::{Path, Paths, TooMany};
pub use position::{At, Place, Position, Step};
pub use question::{Choice, Kind, Question};
pub use reading_age::{ReadingAge, reading_age};
pub use text::{Block, Inline, LightText};
pub use wording::{Wording, reworded, wordings};
