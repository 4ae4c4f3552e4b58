//! Finding a person by whatever the caller can say of them.

mod closeness;
mod date;
mod query;
mod store;
pub(crate) mod word;

pub use query::{Query, QueryError, Reading};
pub use store::{Found, Scope, search};
