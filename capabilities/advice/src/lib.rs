//! Advice: what somebody may be entitled to, what it may cost, and how to ask, by question flows that a
//! council can edit, each followed to its outcome and counted there.
//!
//! A flow is data that `stour_guidance` reads and follows. `content` keeps its versions, `draft` the answers
//! on their way, `flow` the pages that the public sees, `ease` what came of it in numbers, `paying` what care may cost. Answers belong to
//! whoever gave them: they are kept under a code that only they have, for as long as the flow says, and deleted
//! when they say so. No flow decides on a person or judges symptoms.

mod capability;
pub mod content;
pub mod draft;
pub mod ease;
mod flow;
pub mod paying;

pub use capability::{MIGRATIONS, capability};
