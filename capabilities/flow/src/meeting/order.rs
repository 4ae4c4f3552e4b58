//! Whom a meeting is about, and in which order.

use stour_kernel::{Date, Timestamp};

use crate::spell::{Spell, SpellState};

/// Why somebody in hospital is talked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Nobody finds that the person needs an acute hospital.
    pub ready: bool,
    /// Since when, where that is known.
    pub ready_since: Option<Date>,
    /// The expected day, where it has gone by.
    pub expected_on: Option<Date>,
}

impl Waiting {
    /// The first day of the wait: the earlier of the day ready and the expected day. A day that is not known counts as
    /// today.
    pub fn since(&self, today: Date) -> Date {
        let days = [self.ready_since, self.expected_on];
        days.into_iter().flatten().min().unwrap_or(today)
    }
}

/// Why somebody is talked about; nothing for somebody who is not. The ward's review stands before what the hospital's
/// own system says.
pub fn waiting(spell: &Spell, today: Date) -> Option<Waiting> {
    if spell.state != SpellState::InHospital {
        return None;
    }
    let (ready, ready_since) = match &spell.review {
        Some(review) if review.meets => (false, None),
        Some(review) => (true, Some(spell.discharge_ready.unwrap_or(review.on))),
        None => (
            spell.ready_on.is_some() || spell.medically_fit == Some(true),
            spell.ready_on,
        ),
    };
    let expected = spell.expected.as_ref().map(|expected| expected.on);
    let expected_on = expected.filter(|on| *on < today);
    (ready || expected_on.is_some()).then_some(Waiting {
        ready,
        ready_since,
        expected_on,
    })
}

/// Everybody who is talked about, the longest wait first; of those who wait equally long whoever was admitted first, and
/// then in the order in which stays were recorded.
pub fn in_order<'s>(
    spells: impl IntoIterator<Item = &'s Spell>,
    today: Date,
) -> Vec<(&'s Spell, Waiting)> {
    let mut all: Vec<(&Spell, Waiting)> = spells
        .into_iter()
        .filter_map(|spell| Some((spell, waiting(spell, today)?)))
        .collect();
    let admitted = |spell: &Spell| spell.admitted_at.unwrap_or(Timestamp::MAX);
    all.sort_by_key(|(spell, why)| (why.since(today), admitted(spell), spell.id));
    all
}

/// Days from the first day of a wait until today.
pub(super) fn days_waited(since: Date, today: Date) -> i32 {
    today.since(since).map_or(0, |span| span.get_days()).max(0)
}
