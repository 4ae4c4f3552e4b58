//! Two people who change beds: an A17 has the patient and the visit twice.

use stour_hl7v2::Message;

use super::fault::Fault;

const ADVICE: &str =
    "Ask the sender to send one A17 for each two people who change beds, with PID and PV1 of both.";

/// The message as it would be of each of the two alone: what stands before the first PID is of both.
pub(super) fn halves(message: &Message) -> Result<[Message; 2], Fault> {
    let patients: Vec<usize> = message
        .segments_named("PID")
        .map(|segment| segment.position())
        .collect();
    let &[first, second] = patients.as_slice() else {
        let reason = "Two people change beds, and the message is not about two.";
        return Err(Fault::of("PID", 0, reason, ADVICE));
    };
    let half = |from: usize, until: usize| {
        message.only(|segment| {
            segment.position() < first || (from..until).contains(&segment.position())
        })
    };
    let halves = [half(first, second), half(second, usize::MAX)];
    if halves.iter().any(|half| half.segment("PV1").is_none()) {
        let reason =
            "Two people change beds, and the message does not say where both of them are now.";
        return Err(Fault::of("PV1", 0, reason, ADVICE));
    }
    let [one, other] = &halves;
    let number = |half: &Message| half.segment("PID").map(|pid| pid.field(3).raw().to_owned());
    if number(one) == number(other) {
        let reason = "Two people change beds, and both are said to be the same one.";
        return Err(Fault::of("PID", 3, reason, ADVICE));
    }
    Ok(halves)
}
