//! Alerts: a team hears of what happens to those whom it knows, once, and until somebody of the team says that it was seen.
//!
//! What a team was told of a stay is kept ([`store`]), and what is so now is compared with it ([`news`]): whatever differs is an
//! alert, and is told from then on, in one transaction. Who looks does not matter, nor how often: the transaction that
//! adds a stay up looks, and so does a job ([`watch`]), for the days that begin by themselves and for those whom a team
//! comes to know during the stay.

mod news;
mod part;
mod store;
mod watch;

pub use news::{Happening, Kind, Now, Told, UnknownKind, Whereabouts, is_near, news};
pub(super) use part::{MOST, section, see, told, who};
pub(super) use store::of_stay;
pub use store::{Alert, AlertId, mark_seen, of_team, tell};
pub(crate) use watch::JOB;

#[cfg(test)]
mod tests;
