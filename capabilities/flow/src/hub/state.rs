//! How far a notice has come. Each step uses up the state before it.

use std::fmt;
use std::str::FromStr;

use stour_kernel::Timestamp;
use thiserror::Error;

/// How far a notice has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeState {
    /// Nobody has confirmed that it arrived.
    Sent(Sent),
    /// It arrived and waits for an answer.
    Received(Received),
    /// It was answered.
    Answered(Answered),
    /// The hospital took it back, or what it rested on has ended.
    Withdrawn(Withdrawn),
}

/// On its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// When it was sent.
    pub at: Timestamp,
}

/// With the council.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// When it was sent.
    pub sent: Timestamp,
    /// When somebody confirmed that it arrived.
    pub at: Timestamp,
}

/// Answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// When it was sent.
    pub sent: Timestamp,
    /// When somebody confirmed that it arrived, if before the answer.
    pub received: Option<Timestamp>,
    /// When it was answered.
    pub at: Timestamp,
    /// How.
    pub answer: Answer,
}

/// Taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// What it was before.
    pub before: Before,
    /// When it was taken back.
    pub at: Timestamp,
}

/// What a notice was that is withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// When it was sent.
    pub sent: Timestamp,
    /// When somebody confirmed that it arrived.
    pub received: Option<Timestamp>,
    /// When it was accepted.
    pub accepted: Option<Timestamp>,
}

/// What a council says to a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Yes.
    Accept {
        /// What else there is to say.
        words: Option<String>,
    },
    /// No.
    Reject {
        /// Why: a code of the list `notice-reject-reason`.
        reason: String,
        /// Why, in words.
        words: String,
    },
}

/// Why a step cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotSo {
    /// Twice.
    #[error("That this notice arrived was confirmed before.")]
    AlreadyReceived,
    /// Twice.
    #[error("This notice was answered before. Open it again to see how.")]
    AlreadyAnswered,
    /// Too late.
    #[error("This notice was withdrawn. There is nothing more to answer.")]
    AlreadyWithdrawn,
    /// It has ended by being rejected.
    #[error("This notice was rejected, so there is nothing to withdraw.")]
    Rejected,
    /// A second one while the first counts.
    #[error(
        "An assessment notice about this stay is with a council. Withdraw it before you send another."
    )]
    AssessmentInForce,
    /// A discharge notice on its own.
    #[error(
        "There is no assessment notice about this stay that a council has or has accepted. Send that first."
    )]
    NoAssessment,
    /// A second one while the first counts.
    #[error(
        "A discharge notice about this stay is with the council. Withdraw it before you send another."
    )]
    DischargeInForce,
    /// Nothing to take back.
    #[error("There is no such notice to withdraw: none is with a council or accepted.")]
    NothingToWithdraw,
    /// Nobody is there to be discharged.
    #[error("The person is not in hospital on this stay. Notices are sent while somebody is.")]
    NotInHospital,
}

impl Sent {
    /// Somebody confirms that it arrived.
    pub const fn receive(self, at: Timestamp) -> Received {
        Received { sent: self.at, at }
    }

    /// It is answered at once.
    pub const fn answer(self, answer: Answer, at: Timestamp) -> Answered {
        Answered {
            sent: self.at,
            received: None,
            at,
            answer,
        }
    }
}

impl Received {
    /// It is answered.
    pub const fn answer(self, answer: Answer, at: Timestamp) -> Answered {
        Answered {
            sent: self.sent,
            received: Some(self.at),
            at,
            answer,
        }
    }
}

impl Answered {
    /// Whether it was accepted.
    pub const fn is_accepted(&self) -> bool {
        matches!(self.answer, Answer::Accept { .. })
    }
}

impl NoticeState {
    /// When it was sent.
    pub const fn sent(&self) -> Timestamp {
        match self {
            Self::Sent(sent) => sent.at,
            Self::Received(received) => received.sent,
            Self::Answered(answered) => answered.sent,
            Self::Withdrawn(withdrawn) => withdrawn.before.sent,
        }
    }

    /// Whether it waits for an answer.
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Sent(_) | Self::Received(_))
    }

    /// Whether it counts: it waits for an answer, or was accepted.
    pub const fn is_in_force(&self) -> bool {
        match self {
            Self::Sent(_) | Self::Received(_) => true,
            Self::Answered(answered) => answered.is_accepted(),
            Self::Withdrawn(_) => false,
        }
    }

    /// Whether it was rejected.
    pub const fn is_rejected(&self) -> bool {
        matches!(self, Self::Answered(answered) if !answered.is_accepted())
    }

    /// Somebody confirms that it arrived.
    ///
    /// # Errors
    /// [`NotSo`] when that was confirmed, answered or withdrawn before.
    pub fn receive(self, at: Timestamp) -> Result<Self, NotSo> {
        match self {
            Self::Sent(sent) => Ok(Self::Received(sent.receive(at))),
            Self::Received(_) => Err(NotSo::AlreadyReceived),
            Self::Answered(_) => Err(NotSo::AlreadyAnswered),
            Self::Withdrawn(_) => Err(NotSo::AlreadyWithdrawn),
        }
    }

    /// The council answers.
    ///
    /// # Errors
    /// [`NotSo`] when it was answered or withdrawn before.
    pub fn answer(self, answer: Answer, at: Timestamp) -> Result<Self, NotSo> {
        match self {
            Self::Sent(sent) => Ok(Self::Answered(sent.answer(answer, at))),
            Self::Received(received) => Ok(Self::Answered(received.answer(answer, at))),
            Self::Answered(_) => Err(NotSo::AlreadyAnswered),
            Self::Withdrawn(_) => Err(NotSo::AlreadyWithdrawn),
        }
    }

    /// The hospital takes it back, or what it rests on ends.
    ///
    /// # Errors
    /// [`NotSo`] when it was withdrawn or rejected before.
    pub fn withdraw(self, at: Timestamp) -> Result<Self, NotSo> {
        let before = match self {
            Self::Sent(sent) => Before {
                sent: sent.at,
                received: None,
                accepted: None,
            },
            Self::Received(received) => Before {
                sent: received.sent,
                received: Some(received.at),
                accepted: None,
            },
            Self::Answered(answered) if answered.is_accepted() => Before {
                sent: answered.sent,
                received: answered.received,
                accepted: Some(answered.at),
            },
            Self::Answered(_) => return Err(NotSo::Rejected),
            Self::Withdrawn(_) => return Err(NotSo::AlreadyWithdrawn),
        };
        Ok(Self::Withdrawn(Withdrawn { before, at }))
    }

    /// Its name.
    pub const fn name(&self) -> StateName {
        match self {
            Self::Sent(_) => StateName::Sent,
            Self::Received(_) => StateName::Received,
            Self::Answered(answered) if answered.is_accepted() => StateName::Accepted,
            Self::Answered(_) => StateName::Rejected,
            Self::Withdrawn(_) => StateName::Withdrawn,
        }
    }
}

/// The name of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum StateName {
    Sent,
    Received,
    Accepted,
    Rejected,
    Withdrawn,
}

impl StateName {
    const ALL: [Self; 5] = [
        Self::Sent,
        Self::Received,
        Self::Accepted,
        Self::Rejected,
        Self::Withdrawn,
    ];

    /// As the database writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Received => "received",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// As pages write it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Sent => "Sent",
            Self::Received => "Arrived",
            Self::Accepted => "Accepted",
            Self::Rejected => "Rejected",
            Self::Withdrawn => "Withdrawn",
        }
    }
}

impl fmt::Display for StateName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Text that is no state of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a notice is sent, received, accepted, rejected or withdrawn")]
pub struct UnknownState;

impl FromStr for StateName {
    type Err = UnknownState;

    fn from_str(text: &str) -> Result<Self, UnknownState> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or(UnknownState)
    }
}

stour_database::text_value!(StateName);
