//! Finding a person by whatever the caller can say of them.

pub(crate) mod api;
mod closeness;
mod date;
pub(crate) mod dictionary;
mod near;
pub(crate) mod page;
mod query;
mod store;
mod tolerant;
pub(crate) mod visible;
pub(crate) mod word;

pub use query::{Query, QueryError, Reading};
pub use store::{Found, Scope, search};
pub use tolerant::search_near;
