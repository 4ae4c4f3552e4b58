//! Where somebody is. Each transition takes the old state away, so nobody is in two places, and
//! somebody who has gone home has no bed to be in.

use stour_kernel::Timestamp;

use super::event::Place;

/// One visit, as far as it has come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Stay {
    /// Nothing has come that says the person was ever admitted.
    #[default]
    Unknown,
    /// Coming in, by a pre-admission.
    Expected,
    /// In hospital now.
    InHospital(InHospital),
    /// Gone.
    Left(Left),
    /// The admission was a mistake.
    Cancelled,
}

/// In hospital now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InHospital {
    /// Since when in hospital.
    pub admitted: Timestamp,
    /// Where, as far as said.
    pub place: Option<Place>,
    /// Since when there.
    pub since: Timestamp,
    /// Not in that bed for a while.
    pub away: Option<Away>,
    /// Where the person will be moved to.
    pub next: Option<Place>,
}

/// Not in the bed for a while. The bed is kept: nobody else is put into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Away {
    /// Since when.
    pub since: Timestamp,
    /// Where.
    pub whereabouts: Whereabouts,
}

/// Where somebody is who is not in their bed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whereabouts {
    /// On leave from hospital.
    OnLeave,
    /// Somewhere else in the hospital: its code, as far as said.
    Elsewhere(Option<String>),
}

/// Gone from hospital.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// When admitted.
    pub admitted: Timestamp,
    /// When gone.
    pub at: Timestamp,
    /// The ward that the person left from.
    pub from: Option<String>,
}

/// Why an event changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unused {
    /// A later message took it back.
    TakenBack,
    /// No admission has come for it.
    NotAdmitted,
    /// The admission had been cancelled.
    AdmissionCancelled,
    /// The person had left.
    AlreadyLeft,
    /// There is nothing that it could cancel.
    NothingToCancel,
    /// It says that the person left before coming.
    LeftBeforeAdmission,
    /// The person is in hospital already.
    AlreadyIn,
    /// Nothing says that the person was away.
    NotAway,
}

impl Unused {
    /// Every reason.
    pub const ALL: [Self; 8] = [
        Self::TakenBack,
        Self::NotAdmitted,
        Self::AdmissionCancelled,
        Self::AlreadyLeft,
        Self::NothingToCancel,
        Self::LeftBeforeAdmission,
        Self::AlreadyIn,
        Self::NotAway,
    ];

    /// Whether somebody should look into it; the rest is in the nature of messages.
    pub const fn needs_attention(self) -> bool {
        !matches!(self, Self::TakenBack | Self::AlreadyIn | Self::NotAway)
    }

    /// For people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::TakenBack => "A later message cancelled it.",
            Self::NotAdmitted => "No admission has come for this visit.",
            Self::AdmissionCancelled => "The admission of this visit was cancelled.",
            Self::AlreadyLeft => "It happened after the person had been discharged.",
            Self::NothingToCancel => "There is nothing in this visit that it could cancel.",
            Self::LeftBeforeAdmission => "It says the person left before being admitted.",
            Self::AlreadyIn => "The person was in hospital already.",
            Self::NotAway => "Nothing says that the person was away.",
        }
    }

    /// What somebody should do about it.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::TakenBack | Self::AlreadyIn | Self::NotAway => {
                "Nothing: this is how it should be."
            }
            Self::NotAdmitted | Self::NothingToCancel => {
                "Nothing if the message before it is only late: when that comes, this one counts by itself. Otherwise ask the sender for the missing message."
            }
            Self::AdmissionCancelled | Self::AlreadyLeft | Self::LeftBeforeAdmission => {
                "Check the times in the sender's system and have the wrong one corrected there; the correction counts by itself when it comes."
            }
        }
    }
}

/// The next state, and why the event changed nothing if it did not.
pub(super) type Step = (Stay, Option<Unused>);

impl Stay {
    /// The person comes in. Said again of somebody who is in, it puts right where and since when;
    /// of somebody who had left, it is a return under the same number.
    pub fn admit(self, at: Timestamp, place: Option<Place>) -> Step {
        match self {
            Self::InHospital(here) => {
                let here = here.now_at(at, place);
                let since = here.since.max(at);
                let stay = InHospital {
                    admitted: at,
                    since,
                    ..here
                };
                (Self::InHospital(stay), None)
            }
            Self::Unknown | Self::Expected | Self::Left(_) | Self::Cancelled => {
                let stay = InHospital {
                    admitted: at,
                    place,
                    since: at,
                    away: None,
                    next: None,
                };
                (Self::InHospital(stay), None)
            }
        }
    }

    /// The person is somewhere else from now on; the place before is free.
    pub fn move_to(self, at: Timestamp, place: Option<Place>) -> Step {
        self.if_in(|here| (here.now_at(at, place), None))
    }

    /// The person was moved there, and so is not away and has been moved as planned.
    pub fn moved(self, at: Timestamp, place: Option<Place>) -> Step {
        self.if_in(|here| {
            let there = InHospital {
                away: None,
                next: None,
                ..here.now_at(at, place)
            };
            (there, None)
        })
    }

    /// The person will be moved.
    pub fn will_move(self, next: Option<Place>) -> Step {
        self.if_in(|here| (InHospital { next, ..here }, None))
    }

    /// The person is not in the bed for a while.
    pub fn go_away(self, since: Timestamp, whereabouts: Whereabouts) -> Step {
        let away = Some(Away { since, whereabouts });
        self.if_in(|here| (InHospital { away, ..here }, None))
    }

    /// The person is back: from leave, or from elsewhere in the hospital.
    pub fn come_back(self, from_leave: bool) -> Step {
        self.if_in(|here| {
            let is_back = here
                .away
                .as_ref()
                .is_some_and(|away| (away.whereabouts == Whereabouts::OnLeave) == from_leave);
            if is_back {
                (InHospital { away: None, ..here }, None)
            } else {
                (here, Some(Unused::NotAway))
            }
        })
    }

    fn if_in(self, change: impl FnOnce(InHospital) -> (InHospital, Option<Unused>)) -> Step {
        match self {
            Self::InHospital(here) => {
                let (here, unused) = change(here);
                (Self::InHospital(here), unused)
            }
            other => {
                let why = other.why_not_in();
                (other, Some(why))
            }
        }
    }

    /// The person goes.
    pub fn discharge(self, at: Timestamp) -> Step {
        let (admitted, from) = match &self {
            Self::InHospital(here) => (
                here.admitted,
                here.place.as_ref().map(|place| place.ward.clone()),
            ),
            Self::Left(before) => (before.admitted, before.from.clone()),
            Self::Unknown | Self::Expected | Self::Cancelled => {
                let why = self.why_not_in();
                return (self, Some(why));
            }
        };
        if at < admitted {
            return (self, Some(Unused::LeftBeforeAdmission));
        }
        (Self::Left(Left { admitted, at, from }), None)
    }

    /// The person will come.
    pub fn expect(self) -> Step {
        match self {
            Self::Unknown | Self::Expected => (Self::Expected, None),
            other => (other, Some(Unused::AlreadyIn)),
        }
    }

    /// The person never came.
    pub fn cancel_admission(self) -> Step {
        match self {
            Self::InHospital(_) | Self::Left(_) | Self::Expected => (Self::Cancelled, None),
            Self::Unknown | Self::Cancelled => (Self::Cancelled, Some(Unused::NothingToCancel)),
        }
    }

    fn why_not_in(&self) -> Unused {
        match self {
            Self::Cancelled => Unused::AdmissionCancelled,
            Self::Left(_) => Unused::AlreadyLeft,
            Self::Unknown | Self::Expected | Self::InHospital(_) => Unused::NotAdmitted,
        }
    }
}

impl InHospital {
    fn now_at(self, at: Timestamp, place: Option<Place>) -> Self {
        match place {
            Some(place) if Some(&place) != self.place.as_ref() => Self {
                place: Some(place),
                since: at.max(self.admitted),
                ..self
            },
            _ => self,
        }
    }
}
