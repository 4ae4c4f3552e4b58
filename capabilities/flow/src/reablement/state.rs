//! How far reablement has come, and when it may go on.

use jiff::ToSpan;
use stour_kernel::{Code, Date, london_date};
use thiserror::Error;

use crate::spell::{Spell, SpellState};

/// How long it is free of charge at most, in days: six weeks (Care and Support (Preventing Needs for
/// Care and Support) Regulations 2014).
pub const DAYS: i32 = 42;

/// One person's reablement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reablement {
    /// Asked for.
    Referred(Referred),
    /// Going on.
    Started(Started),
    /// Over.
    Ended(Ended),
}

/// Asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referred {
    /// When.
    pub on: Date,
}

/// Going on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Started {
    /// The first day.
    pub on: Date,
    /// The last day that is planned.
    pub planned_end: Date,
}

/// Over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// The first day.
    pub started: Date,
    /// The last day.
    pub on: Date,
    /// A code of the list `reablement-outcome`.
    pub outcome: Code,
}

/// Why a step cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotSo {
    /// In hospital now.
    #[error("The person is still in hospital. Start reablement when they are home.")]
    InHospital,
    /// In hospital then.
    #[error("The person was in hospital until {0}. Start reablement on that day or later.")]
    NotHomeYet(Date),
    /// Before it was asked for.
    #[error("The referral was made on {0}. Start reablement on that day or later.")]
    BeforeReferral(Date),
    /// Not yet.
    #[error("Enter a day that has come: today or before.")]
    Future,
    /// It ends before it starts.
    #[error("Reablement started on {0}. Enter that day or later.")]
    BeforeStart(Date),
}

impl Referred {
    /// It starts on a day, given the person's stays in hospital. The stay that it follows is the
    /// latest that ended in the week before.
    ///
    /// # Errors
    /// [`NotSo`].
    pub fn start(
        self,
        on: Date,
        today: Date,
        spells: &[Spell],
    ) -> Result<(Started, Option<&Spell>), NotSo> {
        if on > today {
            return Err(NotSo::Future);
        }
        if on < self.on {
            return Err(NotSo::BeforeReferral(self.on));
        }
        if spells
            .iter()
            .any(|spell| spell.state == SpellState::InHospital)
        {
            return Err(NotSo::InHospital);
        }
        let days = |spell: &Spell| {
            Some((
                london_date(spell.admitted_at?),
                london_date(spell.discharged_at?),
            ))
        };
        let stays = spells
            .iter()
            .filter_map(|spell| Some((spell, days(spell)?)));
        for (_, (admitted, left)) in stays.clone() {
            if admitted < on && on < left {
                return Err(NotSo::NotHomeYet(left));
            }
        }
        let week = on.checked_sub(7.days()).unwrap_or(on);
        let after = stays.filter(|(_, (_, left))| (week..=on).contains(left));
        let spell = after
            .max_by_key(|(_, (_, left))| *left)
            .map(|(spell, _)| spell);
        let planned_end = on.checked_add((DAYS - 1).days()).unwrap_or(on);
        Ok((Started { on, planned_end }, spell))
    }
}

impl Started {
    /// Which day of it a day is, from 1.
    pub fn day(&self, today: Date) -> i32 {
        today.since(self.on).map_or(0, |span| span.get_days()) + 1
    }

    /// It ends.
    ///
    /// # Errors
    /// [`NotSo`].
    pub fn end(self, on: Date, today: Date, outcome: Code) -> Result<Ended, NotSo> {
        if on > today {
            return Err(NotSo::Future);
        }
        if on < self.on {
            return Err(NotSo::BeforeStart(self.on));
        }
        Ok(Ended {
            started: self.on,
            on,
            outcome,
        })
    }
}
