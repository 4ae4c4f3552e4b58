//! The notices of one stay together: what may be sent, what a withdrawal or a rejection ends, and what is waited for.

use stour_kernel::{Date, london_date};

use super::NoticeId;
use super::notice::{Content, Kind, Notice, Scope};
use super::state::NotSo;
use crate::spell::{Spell, SpellState};

/// The notices of one stay, in the order in which they were sent.
#[derive(Debug, Clone, Copy)]
pub struct Course<'n>(pub &'n [Notice]);

impl<'n> Course<'n> {
    fn latest(self, kind: Kind) -> Option<&'n Notice> {
        self.0.iter().rev().find(|notice| notice.kind() == kind)
    }

    fn in_force(self, kind: Kind) -> Option<&'n Notice> {
        self.0
            .iter()
            .find(|notice| notice.kind() == kind && notice.state.is_in_force())
    }

    /// The assessment notice that counts: it waits for an answer, or was accepted.
    pub fn assessment(self) -> Option<&'n Notice> {
        self.in_force(Kind::Assessment)
    }

    /// The discharge notice that counts.
    pub fn discharge(self) -> Option<&'n Notice> {
        self.in_force(Kind::Discharge)
    }

    /// Whether an assessment notice may be sent.
    ///
    /// # Errors
    /// [`NotSo`].
    pub fn may_ask(self, stay: SpellState) -> Result<(), NotSo> {
        if stay != SpellState::InHospital {
            return Err(NotSo::NotInHospital);
        }
        match self.assessment() {
            Some(_) => Err(NotSo::AssessmentInForce),
            None => Ok(()),
        }
    }

    /// The assessment notice on which a discharge notice may be sent.
    ///
    /// # Errors
    /// [`NotSo`].
    pub fn may_tell(self, stay: SpellState) -> Result<&'n Notice, NotSo> {
        if stay != SpellState::InHospital {
            return Err(NotSo::NotInHospital);
        }
        let assessment = self.assessment().ok_or(NotSo::NoAssessment)?;
        match self.discharge() {
            Some(_) => Err(NotSo::DischargeInForce),
            None => Ok(assessment),
        }
    }

    /// What a withdrawal would end. Withdrawing the assessment notice ends the discharge notice that rests on it.
    ///
    /// # Errors
    /// [`NotSo::NothingToWithdraw`].
    pub fn ended_by(self, scope: Scope) -> Result<Vec<&'n Notice>, NotSo> {
        let ended: Vec<&Notice> = match scope {
            Scope::All => {
                let assessment = self.assessment().ok_or(NotSo::NothingToWithdraw)?;
                [Some(assessment), self.discharge()]
                    .into_iter()
                    .flatten()
                    .collect()
            }
            Scope::Discharge => self.discharge().into_iter().collect(),
        };
        if ended.is_empty() {
            return Err(NotSo::NothingToWithdraw);
        }
        Ok(ended)
    }

    /// What the rejection of a notice ends: of an assessment notice, the discharge notice that rests on it.
    pub fn ended_by_rejecting(self, rejected: &Notice) -> Option<&'n Notice> {
        (rejected.kind() == Kind::Assessment)
            .then(|| self.discharge())
            .flatten()
    }
}

/// What somebody waits for, and who does it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// What.
    pub step: Next,
    /// Since when.
    pub since: Date,
    /// By when, where that is known.
    pub due: Option<Date>,
}

/// What is done next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// The council answers a notice.
    Answer(NoticeId, Kind),
    /// The stay is over and a notice about it still waits for an answer.
    Over(NoticeId, Kind),
    /// The hospital sends a rejected notice anew, or does without it.
    SendAgain(Kind),
    /// The hospital sends an assessment notice, or says that none is needed by seeing the person home.
    Ask,
    /// The hospital says when the person is to leave.
    Tell,
    /// The person leaves on the day that was agreed.
    Leave(Date),
}

/// Since when somebody is ready to leave: by the ward's reviews, or where there is none by the hospital's own system.
pub fn ready(spell: &Spell) -> Option<Date> {
    match &spell.review {
        Some(review) if review.meets => None,
        Some(_) => spell.discharge_ready,
        None => spell.ready_on,
    }
}

/// What somebody on a stay waits for; nothing where nobody has anything to do. `due` says by when a notice of a kind sent on
/// a day is to be answered.
pub fn waiting(
    (stay, ready): (SpellState, Option<Date>),
    course: Course<'_>,
    due: impl Fn(Kind, Date) -> Option<Date>,
) -> Option<Waiting> {
    let by = |notice: &Notice| due(notice.kind(), london_date(notice.state.sent()));
    let open = course.0.iter().filter(|notice| notice.state.is_open());
    // One without a last day comes after those that have one.
    let pressing = open.min_by_key(|notice| {
        let by = by(notice);
        (by.is_none(), by, notice.state.sent(), notice.id)
    });
    if let Some(notice) = pressing {
        let (id, kind) = (notice.id, notice.kind());
        let step = if stay == SpellState::InHospital {
            Next::Answer(id, kind)
        } else {
            Next::Over(id, kind)
        };
        return Some(Waiting {
            step,
            since: london_date(notice.state.sent()),
            due: by(notice),
        });
    }
    if stay != SpellState::InHospital {
        return None;
    }
    let hospital = |step, since| {
        Some(Waiting {
            step,
            since,
            due: None,
        })
    };
    let rejected = |kind| course.latest(kind).filter(|last| last.state.is_rejected());
    let Some(assessment) = course.assessment() else {
        return match (rejected(Kind::Assessment), ready) {
            (Some(last), _) => hospital(Next::SendAgain(Kind::Assessment), changed(last)),
            (None, Some(ready)) => hospital(Next::Ask, ready),
            (None, None) => None,
        };
    };
    match (course.discharge(), rejected(Kind::Discharge), ready) {
        (Some(notice), _, _) => {
            let Content::Discharge(said) = &notice.content else {
                return None;
            };
            hospital(Next::Leave(said.on), changed(notice))
        }
        (None, Some(last), _) if last.state.sent() >= assessment.state.sent() => {
            hospital(Next::SendAgain(Kind::Discharge), changed(last))
        }
        (None, _, Some(ready)) => hospital(Next::Tell, ready),
        (None, _, None) => None,
    }
}

/// The day on which a notice became what it is.
fn changed(notice: &Notice) -> Date {
    use super::state::NoticeState as State;
    london_date(match &notice.state {
        State::Sent(sent) => sent.at,
        State::Received(received) => received.at,
        State::Answered(answered) => answered.at,
        State::Withdrawn(withdrawn) => withdrawn.at,
    })
}
