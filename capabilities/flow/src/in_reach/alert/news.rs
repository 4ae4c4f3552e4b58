//! What is new to a team about a stay, by what it was told before.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan as _;
use stour_kernel::{Date, Timestamp, london_date};
use thiserror::Error;

use crate::hub;
use crate::spell::{SaidBy, Spell, SpellState};

/// What a team is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Somebody came into hospital.
    Came,
    /// They are ready to leave.
    Ready,
    /// They are not ready after all.
    NotReady,
    /// They are expected to leave today or tomorrow.
    Near,
    /// They are expected on another day than the team was told.
    Moved,
    /// They left.
    Left,
    /// They had left, and are in hospital again under the same visit: the discharge was taken back, or they returned.
    Back,
    /// The admission was a mistake.
    Cancelled,
}

impl Kind {
    /// All of them, as counts name them.
    pub const ALL: [Self; 8] = [
        Self::Came,
        Self::Back,
        Self::Ready,
        Self::NotReady,
        Self::Near,
        Self::Moved,
        Self::Left,
        Self::Cancelled,
    ];

    /// As the database writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Came => "came",
            Self::Ready => "ready",
            Self::NotReady => "not-ready",
            Self::Near => "near",
            Self::Moved => "moved",
            Self::Left => "left",
            Self::Back => "back",
            Self::Cancelled => "cancelled",
        }
    }

    /// For people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Came => "Came into hospital",
            Self::Ready => "Ready to leave",
            Self::NotReady => "No longer ready to leave",
            Self::Near => "Expected to leave today or tomorrow",
            Self::Moved => "Expected on another day",
            Self::Left => "Left hospital",
            Self::Back => "In hospital again",
            Self::Cancelled => "Was not admitted after all",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Text that is no kind of alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("there is no such kind of alert")]
pub struct UnknownKind;

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        let mut all = Self::ALL.into_iter();
        all.find(|kind| kind.as_str() == text).ok_or(UnknownKind)
    }
}

stour_database::text_value!(Kind);

/// Where somebody is, as far as a team is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whereabouts {
    /// In hospital.
    In,
    /// Gone from it.
    Out,
    /// Never admitted, after all.
    Never,
}

impl Whereabouts {
    /// As the database writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
            Self::Never => "never",
        }
    }
}

impl fmt::Display for Whereabouts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for Whereabouts {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        let mut all = [Self::In, Self::Out, Self::Never].into_iter();
        all.find(|one| one.as_str() == text).ok_or(UnknownKind)
    }
}

stour_database::text_value!(Whereabouts);

/// What a team was told of a stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Where the person is.
    pub whereabouts: Whereabouts,
    /// Since when ready to leave.
    pub ready: Option<Date>,
    /// When they are expected to leave, where the team was told or somebody else than the system says so.
    pub expected: Option<Date>,
    /// Whether the team was told that this day is today or tomorrow.
    pub is_near: bool,
}

/// What is so now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Now {
    /// Where the person is.
    pub whereabouts: Whereabouts,
    /// The day of admission.
    pub admitted: Option<Date>,
    /// When they left.
    pub left: Option<Timestamp>,
    /// Since when ready to leave.
    pub ready: Option<Date>,
    /// When they are expected to leave, and whether somebody says so and not the system alone.
    pub expected: Option<(Date, bool)>,
}

impl Now {
    /// Of a stay; nothing of one of which nothing says that the person was ever admitted.
    pub fn of(spell: &Spell) -> Option<Self> {
        let whereabouts = match spell.state {
            SpellState::InHospital => Whereabouts::In,
            SpellState::Left => Whereabouts::Out,
            SpellState::Cancelled => Whereabouts::Never,
            SpellState::Unknown | SpellState::Expected => return None,
        };
        let expected = spell.expected.as_ref();
        Some(Self {
            whereabouts,
            admitted: spell.admitted_at.map(london_date),
            left: spell.discharged_at,
            ready: hub::ready(spell),
            expected: expected.map(|date| (date.on, date.by != SaidBy::System)),
        })
    }
}

/// Something that a team is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// What.
    pub kind: Kind,
    /// The day that it is about.
    pub on: Option<Date>,
    /// The day that the team was told before.
    pub before: Option<Date>,
}

/// What a team that was told this, or nothing, is to be told now, and what it has been told then; nothing where it is not to hear of
/// the stay at all: it was over before `since` and the team never heard of it.
pub fn news(
    told: Option<&Told>,
    now: &Now,
    (today, since): (Date, Timestamp),
) -> Option<(Told, Vec<Happening>)> {
    let mut happened = Vec::new();
    let mut add = |kind, on, before| happened.push(Happening { kind, on, before });
    let before = told.map(|told| told.whereabouts);
    let left = now.left.map(london_date);
    match (before, now.whereabouts) {
        (None, Whereabouts::Never) => return None,
        (None, Whereabouts::Out) if now.left.is_none_or(|left| left < since) => return None,
        (None | Some(Whereabouts::Never), Whereabouts::In) => add(Kind::Came, now.admitted, None),
        (Some(Whereabouts::Out), Whereabouts::In) => add(Kind::Back, now.admitted, None),
        (None | Some(Whereabouts::In | Whereabouts::Never), Whereabouts::Out) => {
            add(Kind::Left, left, None);
        }
        (Some(Whereabouts::In | Whereabouts::Out), Whereabouts::Never) => {
            add(Kind::Cancelled, now.admitted, None);
        }
        (Some(Whereabouts::In), Whereabouts::In)
        | (Some(Whereabouts::Out), Whereabouts::Out)
        | (Some(Whereabouts::Never), Whereabouts::Never) => {}
    }
    let mut is = Told {
        whereabouts: now.whereabouts,
        ready: None,
        expected: None,
        is_near: false,
    };
    if now.whereabouts == Whereabouts::In {
        let known = told.filter(|told| told.whereabouts == Whereabouts::In);
        is.ready = now.ready;
        match (known.and_then(|told| told.ready), now.ready) {
            (None, Some(ready)) => add(Kind::Ready, Some(ready), None),
            (Some(ready), None) => add(Kind::NotReady, None, Some(ready)),
            // Another first day is the same readiness, put right.
            (Some(_), Some(_)) | (None, None) => {}
        }
        let said = known.and_then(|told| Some((told.expected?, told.is_near)));
        let (expected, is_near) = expect(said, now.expected, today, &mut happened);
        (is.expected, is.is_near) = (expected, is_near);
    }
    Some((is, happened))
}

/// Whether a day is today or tomorrow.
pub fn is_near(day: Date, today: Date) -> bool {
    let tomorrow = today.checked_add(1.day()).unwrap_or(today);
    (today..=tomorrow).contains(&day)
}

/// What is new about the day, by the one that was told and whether as near; and what has been told then. The system's own day counts
/// once it is near: what it reckons for later moves often, and tells nobody to do anything.
fn expect(
    told: Option<(Date, bool)>,
    now: Option<(Date, bool)>,
    today: Date,
    happened: &mut Vec<Happening>,
) -> (Option<Date>, bool) {
    let before = told.map(|(day, _)| day);
    let day = now.map(|(day, _)| day);
    match day {
        Some(on) if is_near(on, today) => {
            if told != Some((on, true)) {
                happened.push(Happening {
                    kind: Kind::Near,
                    on: day,
                    before: before.filter(|before| *before != on),
                });
            }
            (day, true)
        }
        _ if before.is_some() && before == day => (before, told.is_some_and(|(_, near)| near)),
        _ => {
            if before.is_some() {
                happened.push(Happening {
                    kind: Kind::Moved,
                    on: day,
                    before,
                });
            }
            let said = now.filter(|(_, is_said)| *is_said).map(|(day, _)| day);
            (said, false)
        }
    }
}
