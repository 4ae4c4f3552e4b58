//! What the public reads of an entry whose outcome names something that it may not see: how it stood before.

use super::Record;
use crate::noun::call_in::CallIn;
use crate::noun::commitment::Kept;
use crate::noun::key_decision::KeyDecision;
use crate::noun::recommendation::Outcome;

impl Record {
    /// Takes back what became of something where that names an item that is not in the record, or is shown by a page
    /// that is not: it would say what was decided before that is published.
    pub(super) fn stand_as_before(&mut self) {
        let items = &self.items;
        let is_hidden = |at: Option<i64>| at.is_some() && !items.has(at);
        for made in self.recommendations.each() {
            before(&mut made.is.outcome, is_hidden);
        }
        for made in self.comments.each() {
            before(&mut made.is.outcome, is_hidden);
        }
        for CallIn {
            outcome,
            heard_at,
            answer,
            ..
        } in self.call_ins.each().map(|held| &mut held.is)
        {
            if is_hidden(*heard_at) {
                "awaiting".clone_into(outcome);
                *heard_at = None;
                answer.clear();
            }
        }
        for KeyDecision { state, item, .. } in self.key_decisions.each().map(|held| &mut held.is) {
            if is_hidden(*item) {
                "planned".clone_into(state);
                *item = None;
            }
        }
        self.commitments_as_before();
    }

    fn commitments_as_before(&mut self) {
        let mut commitments = std::mem::take(&mut self.commitments);
        for held in commitments.each() {
            let is_shown = held
                .answer()
                .and_then(|answer| answer.evidence.page())
                .is_none_or(|page| self.has_page(page));
            let is_hidden = |at: Option<i64>| at.is_some() && !self.items.has(at);
            held.is = match held.is.clone() {
                Kept::Answered(answered) if !is_shown => Kept::Open(answered.send_back()),
                Kept::Accepted(accepted) if !is_shown => {
                    Kept::Open(accepted.into_answered().send_back())
                }
                Kept::Accepted(accepted) if is_hidden(accepted.state().at) => {
                    Kept::Answered(accepted.into_answered())
                }
                kept => kept,
            };
        }
        self.commitments = commitments;
    }
}

fn before(outcome: &mut Outcome, is_hidden: impl Fn(Option<i64>) -> bool) {
    if is_hidden(outcome.at) {
        *outcome = Outcome {
            code: "awaiting".to_owned(),
            at: None,
            reason: String::new(),
        };
    }
}
