//! Messages from other systems: each is stored as it came before it is acknowledged, worked through
//! afterwards in the order of arrival, and kept with what became of it.

mod api;
mod apply;
mod arrivals;
mod import;
mod listener;
mod page;
mod rebuild;
mod receipt;
mod store;
mod worker;

pub(crate) use api::{ApiDoc, routes as api_routes};
pub use arrivals::Arrivals;
pub(crate) use import::COMMAND as IMPORT;
pub use listener::{Listening, listen};
pub(crate) use page::routes;
pub(crate) use rebuild::COMMAND as FLOW;
#[cfg(test)]
pub(crate) use rebuild::all as rebuild_all;
pub use receipt::{Incoming, LARGEST, incoming, refused};
pub use store::{Kept, MessageState, UnknownMessageState, keep};
pub(crate) use store::{oldest_waiting, retell};
pub(crate) use worker::JOB;
pub use worker::work_through;

use stour_kernel::typed_id;

typed_id!(pub MessageId, "a message");
stour_database::text_value!(MessageId);

#[cfg(test)]
pub(crate) mod tests;
