//! Three ladders that are kept apart: a measure moved, that is worth money, a budget was reduced by it. Each state is a
//! type, and a step consumes the state before it and the evidence that it needs.
//!
//! There is no state in which money is called cashed: that needs the journal of a ledger. Until there is one, the highest
//! step of the cashable ladder is a named budget line that somebody signed for.

mod cashable;
mod financial;
mod operational;
mod signature;

pub use cashable::{Agreed, BudgetLine, Cashable, Named, Reductions};
pub use financial::{Conversion, Financial, ValueConfirmed, Valued};
pub use operational::{Confirmed, Expected, Moved, Operational};
pub use signature::{NotSigned, Signature};

#[cfg(test)]
mod tests;
