//! Everything that was ever estimated of one stay.

use stour_database::Transaction;
use stour_kernel::{Date, OdsCode, Timestamp};

use super::cell::words;
use super::frailty::{self, Found};
use super::setting::settings;
use super::store::{self, Made};
use crate::error::FlowError;
use crate::spell::{Spell, SpellState, message_dates, staff_dates};

/// When somebody on the ward says that a person is likely to leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Likely {
    /// The day.
    pub(crate) on: Date,
    /// The days by which they are fairly sure, four times in five, and nearly sure, nineteen times in twenty.
    pub(crate) surer: [Option<Date>; 2],
    /// Who.
    pub(crate) name: String,
    /// As what; empty of those that were said before that was asked.
    pub(crate) role: String,
}

impl Likely {
    /// Who says so, and as what.
    pub(crate) fn by(&self) -> String {
        if self.role.is_empty() {
            self.name.clone()
        } else {
            format!("{}, {}", self.name, self.role)
        }
    }
}

/// Who made an estimate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum By {
    /// The system: why, and on what it rests.
    System(String, Rests),
    /// The hospital's own system, and who said so there.
    Hospital(String),
    /// Somebody, and of which organisation.
    Person(String, OdsCode),
}

/// On what an estimate of the system rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Rests {
    /// On so many stays that have ended, and so many that go on, of this group, counted as of a day.
    On {
        /// In words.
        group: String,
        /// How many have ended that lasted as long.
        ended: u32,
        /// How many go on that lasted longer.
        open: u32,
        /// How many nights the person had been there.
        stayed: u16,
        /// The day of counting.
        as_of: Option<Date>,
    },
    /// On none: the most stays that any group had, and how many it takes.
    NotKnown {
        /// How many any group had that was enough for others.
        most: u32,
        /// How many it takes; none where the reference data did not say so on that day.
        fewest: Option<u32>,
        /// Whether stays were ever counted.
        counted: bool,
        /// Whether it was said how the person was admitted.
        has_method: bool,
    },
}

/// One estimate of the series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    /// When it was made.
    pub(super) at: Timestamp,
    /// By whom.
    pub(super) by: By,
    /// The days by which the person leaves with a chance of 50, 80 and 95 in a hundred; none of those not known.
    pub(super) dates: [Option<Date>; 3],
    /// It is the one that boards show.
    pub(super) stands: bool,
}

/// The series of a stay, and how frail the person was found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Series {
    /// The first first.
    pub(super) told: Vec<Told>,
    /// The first first.
    pub(super) frailty: Vec<Found>,
}

impl Series {
    /// Reads it.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) fn of(tx: &mut Transaction<'_>, spell: &Spell) -> Result<Self, FlowError> {
        let mut told: Vec<Told> = Vec::new();
        for made in store::made_of(tx, spell.id)? {
            told.push(of_system(&made)?);
        }
        told.extend(message_dates(tx, spell.id)?.into_iter().map(|date| Told {
            at: date.at,
            by: By::Hospital(date.basis),
            dates: [Some(date.on), None, None],
            stands: false,
        }));
        told.extend(staff_dates(tx, spell.id)?.into_iter().map(|date| {
            let [most, nearly_all] = date.likely.surer;
            Told {
                at: date.at,
                by: By::Person(date.likely.by(), date.organisation),
                dates: [Some(date.likely.on), most, nearly_all],
                stands: false,
            }
        }));
        told.sort_by_key(|told| told.at);
        let is_in = spell.state == SpellState::InHospital;
        if let Some(expected) = spell.expected.as_ref().filter(|_| is_in) {
            let shown = |told: &&mut Told| {
                told.at == expected.at && told.dates.first() == Some(&Some(expected.on))
            };
            if let Some(told) = told.iter_mut().rev().find(shown) {
                told.stands = true;
            }
        }
        let frailty = frailty::found(tx, spell.id)?;
        Ok(Self { told, frailty })
    }
}

impl Series {
    /// The days by which the person leaves with a chance of 50, 80 and 95 in a hundred, by the system's latest estimate.
    pub(crate) fn by_system(&self) -> Option<[Option<Date>; 3]> {
        let made = |told: &&Told| matches!(told.by, By::System(..));
        let latest = self.told.iter().rev().find(made);
        latest.map(|told| told.dates)
    }
}

fn of_system(made: &Made) -> Result<Told, FlowError> {
    let settings = settings()?;
    let rests = match &made.cell {
        Some(cell) => Rests::On {
            group: words(cell, settings),
            ended: made.ended,
            open: made.open,
            stayed: made.stayed,
            as_of: made.as_of,
        },
        None => Rests::NotKnown {
            most: made.ended,
            fewest: settings
                .at(stour_kernel::london_date(made.at))
                .map(|setting| setting.fewest),
            counted: made.as_of.is_some(),
            has_method: made.has_method(),
        },
    };
    Ok(Told {
        at: made.at,
        by: By::System(made.why.words().to_owned(), rests),
        dates: made.dates,
        stands: false,
    })
}
