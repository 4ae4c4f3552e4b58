//! What somebody mainly has: DG1.

use stour_hl7v2::views::Dg1;
use stour_hl7v2::{Message, TimeValue, Value};

use super::fault::Fault;
use super::reader::code;
use crate::spell::{Diagnosis, Said};

/// The primary diagnosis: the segment that says so (DG1-15 is 1), else the first. A message without one says nothing of it.
pub(super) fn primary(message: &Message, left_out: &mut Vec<Fault>) -> Said<Diagnosis> {
    let is_primary = |diagnosis: &Dg1<'_>| {
        let priority = diagnosis.priority().into_text();
        priority.is_some_and(|priority| priority.trim() == "1")
    };
    let first = || message.views::<Dg1<'_>>().next();
    let Some(chosen) = message.views::<Dg1<'_>>().find(is_primary).or_else(first) else {
        return Said::Nothing;
    };
    let text = match chosen.code() {
        Value::Delete => return Said::Forget,
        other => code(other),
    };
    let Some(text) = text else {
        return Said::Nothing;
    };
    let on = match chosen.made() {
        TimeValue::Known(made) => Some(made.date()),
        TimeValue::Unreadable(issue) => {
            left_out.push(Fault::from(&issue));
            None
        }
        TimeValue::Absent | TimeValue::Delete => None,
    };
    Said::Value(Diagnosis {
        code: text,
        coding: code(chosen.coding_system()).or_else(|| code(chosen.coding_method())),
        on,
    })
}
