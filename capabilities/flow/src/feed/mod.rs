//! How long a hospital has been silent. A board that nobody feeds looks like one on which nothing happens, so every board
//! that shows a hospital's people says when the hospital was last heard of.

mod store;
mod watch;

pub(crate) use store::{feeds, hear};
pub(crate) use watch::JOB;

use std::collections::BTreeSet;

use jiff::SignedDuration;
use stour_design::{InsetText, Markup, html};
use stour_kernel::{OdsCode, Timestamp};
use stour_web::{Caller, Problem};

use crate::shown;
use store::Feed;

/// How long a hospital may say nothing before boards say so: an hour. Trusts of this size move somebody every few minutes by
/// day; at night an hour may pass, and then the notice is true as well.
pub(crate) const PATIENCE: SignedDuration = SignedDuration::from_hours(1);

/// A hospital of which nothing has been heard for too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    /// Which.
    pub organisation: OdsCode,
    /// When it was last heard of; never, if none.
    pub since: Option<Timestamp>,
}

/// Which of the hospitals on a board are silent.
pub(crate) fn silences(shown: &BTreeSet<OdsCode>, feeds: &[Feed], now: Timestamp) -> Vec<Silence> {
    let silence = |organisation: &OdsCode| {
        let feed = feeds.iter().find(|feed| feed.organisation == *organisation);
        let since = feed.map(|feed| feed.heard_at);
        since
            .is_none_or(|heard| is_silent(heard, now))
            .then_some(Silence {
                organisation: *organisation,
                since,
            })
    };
    shown.iter().filter_map(silence).collect()
}

fn is_silent(heard: Timestamp, now: Timestamp) -> bool {
    now.duration_since(heard) >= PATIENCE
}

/// Which of the hospitals on a board are silent now.
pub(crate) async fn silent(
    caller: &Caller,
    shown: impl IntoIterator<Item = OdsCode>,
) -> Result<Vec<Silence>, Problem> {
    let shown: BTreeSet<OdsCode> = shown.into_iter().collect();
    let feeds = caller.house().database().read(feeds).await?;
    Ok(silences(&shown, &feeds, caller.now()))
}

/// What a board says of hospitals that are silent; nothing where none is.
pub(crate) fn notice(silences: &[Silence]) -> Markup {
    let name = |silence: &Silence| shown::organisation_name(&silence.organisation);
    let never: Vec<String> = silences
        .iter()
        .filter(|silence| silence.since.is_none())
        .map(name)
        .collect();
    html! {
        @if !silences.is_empty() {
            (InsetText::new(html! {
                @for silence in silences {
                    @if let Some(since) = silence.since {
                        p { "No message has come from " (name(silence)) " since " (shown::moment(since)) ". What this page shows of it may have changed since then." }
                    }
                }
                @if !never.is_empty() {
                    p { "No message has ever come from " (never.join(" or ")) ". People there were loaded from elsewhere, and nothing here follows what happens to them." }
                }
            }))
        }
    }
}

#[cfg(test)]
mod tests;
