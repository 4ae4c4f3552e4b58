//! In which order risks are listed.

use super::risk::Risk;
use crate::governance::words::list;

/// By what risks are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// The worst first; those without a score last.
    Score,
    Number,
    /// Those that would happen soonest first; those of which nobody said when last.
    Proximity,
    /// By name; those without an owner first, since somebody must find one.
    Owner,
}

impl By {
    pub(crate) const ALL: [Self; 4] = [Self::Score, Self::Number, Self::Proximity, Self::Owner];

    /// What an address says.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Score => "score",
            Self::Number => "number",
            Self::Proximity => "proximity",
            Self::Owner => "owner",
        }
    }

    /// What an address asks for; the score when it asks for nothing that is known.
    pub(crate) fn asked(name: Option<&str>) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|by| Some(by.name()) == name)
            .unwrap_or(Self::Score)
    }

    /// Puts risks in this order; those that are equal by it, by number.
    pub(crate) fn sort(self, risks: &mut [Risk]) {
        risks.sort_by_key(|risk| risk.number);
        match self {
            Self::Number => {}
            Self::Score => {
                risks.sort_by_key(|risk| {
                    std::cmp::Reverse(risk.score.map_or(0, super::scale::Score::number))
                });
            }
            Self::Proximity => risks.sort_by_key(|risk| soon(&risk.proximity)),
            Self::Owner => risks.sort_by_key(|risk| risk.owner.to_lowercase()),
        }
    }
}

/// The place of a proximity in its list, which has the soonest first.
fn soon(code: &str) -> usize {
    let known = list("risk-proximity");
    let mut entries = known.iter().flat_map(|list| list.list.entries());
    let place = entries.position(|entry| entry.code.as_str() == code);
    place.unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests;
