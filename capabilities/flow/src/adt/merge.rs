//! Which numbers of its own a hospital has joined: PID-3 and MRG-1 of an A40.

use stour_hl7v2::Message;
use stour_hl7v2::views::{Identifier, Mrg, Pid};
use stour_kernel::Code;

use super::fault::Fault;

/// Two numbers that are one patient.
pub(super) struct Pair {
    /// The number that goes on.
    pub(super) remaining: Code,
    /// The number that no longer does.
    pub(super) retired: Code,
}

const ADVICE: &str = "Ask the sender to send one A40 for each pair of numbers, with the number that remains in PID-3 and the number that is retired at the same place in MRG-1.";

/// The pair. The lists of PID-3 and MRG-1 pair by position, as ITK has it; where they do not, a single
/// number of the hospital's in each is meant.
pub(super) fn pair(message: &Message) -> Result<Pair, Fault> {
    let fault = |reason: &str| Fault::of("MRG", 1, reason, ADVICE);
    let mut merges = message.views::<Mrg<'_>>();
    let (Some(mrg), None) = (merges.next(), merges.next()) else {
        return Err(fault("The message does not name one pair of records."));
    };
    let pid = message.view::<Pid<'_>>();
    let remaining: Vec<Identifier<'_>> = pid.iter().flat_map(Pid::identifiers).collect();
    let retired: Vec<Identifier<'_>> = mrg.identifiers().collect();
    let together = remaining.iter().zip(&retired);
    let mut pairs = together.filter_map(|(one, other)| Some((own(one)?, own(other)?)));
    let found = match (pairs.next(), pairs.next()) {
        (Some(pair), None) => Some(pair),
        (Some(_), Some(_)) => {
            return Err(fault("The message joins more than one pair of numbers."));
        }
        (None, _) => only(&remaining).zip(only(&retired)),
    };
    let (remaining, retired) = found
        .ok_or_else(|| fault("The message does not say which number was retired for which."))?;
    if remaining == retired {
        return Err(fault(
            "The number that remains and the number that is retired are the same.",
        ));
    }
    Ok(Pair { remaining, retired })
}

/// A number of the hospital's own.
fn own(identifier: &Identifier<'_>) -> Option<Code> {
    if identifier.is_nhs_number() {
        return None;
    }
    identifier.id().into_text()?.trim().parse().ok()
}

/// The one number of the hospital's own in a list.
fn only(identifiers: &[Identifier<'_>]) -> Option<Code> {
    let mut own = identifiers.iter().filter_map(own);
    own.next().filter(|_| own.next().is_none())
}
