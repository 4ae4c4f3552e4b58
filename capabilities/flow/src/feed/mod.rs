//! How far boards are behind. A board that nobody feeds looks like one on which nothing happens, so every board that shows a
//! hospital's people says when the hospital was last heard of, and when messages that came are still to be worked through.

mod store;
mod watch;

pub(crate) use store::{feeds, hear};
pub(crate) use watch::JOB;

use std::collections::BTreeSet;

use jiff::SignedDuration;
use stour_database::{Error, Transaction};
use stour_design::{InsetText, Markup, html};
use stour_kernel::{OdsCode, Timestamp};
use stour_web::{Caller, Problem};

use crate::message::oldest_waiting;
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

/// How long a message may wait to be worked through before boards say so. It takes milliseconds; nobody decides anything by a
/// board that is a minute old.
const DELAY: SignedDuration = SignedDuration::from_mins(1);

/// Why a board may show what is no longer so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lag {
    /// The hospitals that are silent.
    pub(crate) silences: Vec<Silence>,
    /// When the oldest message came that should have been worked through and is not.
    pub(crate) behind: Option<Timestamp>,
}

/// How far a board with these hospitals is behind now.
pub(crate) async fn lag(
    caller: &Caller,
    shown: impl IntoIterator<Item = OdsCode>,
) -> Result<Lag, Problem> {
    let (shown, now): (BTreeSet<OdsCode>, _) = (shown.into_iter().collect(), caller.now());
    let read = move |tx: &mut Transaction<'_>| Ok::<_, Error>((feeds(tx)?, behind(tx, now)?));
    let (feeds, behind) = caller.house().database().read(read).await?;
    Ok(Lag {
        silences: silences(&shown, &feeds, now),
        behind,
    })
}

/// When the oldest message came that should have been worked through by now and is not.
pub(crate) fn behind(tx: &mut Transaction<'_>, now: Timestamp) -> Result<Option<Timestamp>, Error> {
    let oldest = oldest_waiting(tx)?;
    Ok(oldest.filter(|came| now.duration_since(*came) >= DELAY))
}

/// What a board says of hospitals that are silent and of messages that wait; nothing where there are none.
pub(crate) fn notice(Lag { silences, behind }: &Lag) -> Markup {
    let name = |silence: &Silence| shown::organisation_name(&silence.organisation);
    let never: Vec<String> = silences
        .iter()
        .filter(|silence| silence.since.is_none())
        .map(name)
        .collect();
    html! {
        @if !silences.is_empty() || behind.is_some() {
            (InsetText::new(html! {
                @if let Some(behind) = behind {
                    p { "Messages that hospitals have sent since " (shown::moment(*behind)) " are still to be worked through. What this page shows may have changed since then." }
                }
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
