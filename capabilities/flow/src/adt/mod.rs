//! Admission, discharge and transfer messages: what one says, and how the demonstration's are
//! written. Nothing here touches a database.

mod diagnosis;
mod fault;
mod listed;
mod merge;
mod patient;
mod reader;
mod swap;
mod writer;

pub use fault::Fault;
pub use patient::Patient;
pub use reader::{Adt, Told, Unusable, read};
pub use writer::{Bed, SpellPatient, SpellStory, messages};

#[cfg(test)]
mod tests;
