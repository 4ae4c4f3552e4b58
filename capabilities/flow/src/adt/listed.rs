//! Codes that a list had once, or will have, and does not have on the day they are sent for.

use stour_kernel::{Code, CodeList, Date};

use super::fault::Fault;
use crate::spell::Said;

/// The code as it was sent, unless the list has it on other days only. A code that the list never had is left alone: it is
/// the hospital's own, and is shown as it is.
pub(super) fn in_use(
    said: Said<String>,
    (list, on): (Option<&CodeList>, Date),
    (segment, field): (&str, usize),
    left_out: &mut Vec<Fault>,
) -> Said<String> {
    let (Said::Value(text), Some(list)) = (&said, list) else {
        return said;
    };
    let Ok(code) = text.parse::<Code>() else {
        return said;
    };
    let Some(entry) = list.history(&code).last() else {
        return said;
    };
    if list.entry_at(&code, on).is_some() {
        return said;
    }
    let reason = format!(
        "The code {code} ({}) is not in the list “{}” on {on}, only for {}: it was left out.",
        entry.label,
        list.title(),
        entry.valid
    );
    let advice = "Ask the sender which code replaced it, and to send the message again with that; everything else in it was used.";
    left_out.push(Fault::of(segment, field, reason, advice));
    Said::Nothing
}

#[cfg(test)]
mod tests {
    use stour_kernel::{CodeEntry, Period};

    use super::*;

    fn list() -> CodeList {
        let entry = |code: &str, from: &str, until: Option<&str>| CodeEntry {
            code: code.parse().unwrap(),
            label: format!("called {code}"),
            note: None,
            valid: Period::new(from.parse().unwrap(), until.map(|day| day.parse().unwrap()))
                .unwrap(),
        };
        let entries = vec![
            entry("28", "2000-01-01", Some("2025-04-01")),
            entry("2D", "2025-04-01", None),
        ];
        CodeList::new(
            "method".parse().unwrap(),
            "Method".to_owned(),
            "none".to_owned(),
            entries,
            Vec::new(),
        )
        .unwrap()
    }

    fn sent(code: &str, on: &str) -> (Said<String>, Vec<Fault>) {
        let (list, mut left_out) = (list(), Vec::new());
        let said = Said::Value(code.to_owned());
        let on = (Some(&list), on.parse().unwrap());
        let said = in_use(said, on, ("PV1", 4), &mut left_out);
        (said, left_out)
    }

    #[test]
    fn a_code_that_was_retired_is_left_out_with_its_dates() {
        let (said, left_out) = sent("28", "2026-01-01");
        assert_eq!(said, Said::Nothing);
        assert_eq!(left_out.len(), 1);
        assert_eq!(left_out[0].place(), "PV1-4");
        assert!(left_out[0].reason.contains("called 28"));
        assert!(left_out[0].reason.contains("2025"));
        assert_eq!(sent("2D", "2024-01-01").0, Said::Nothing, "not yet");
    }

    #[test]
    fn a_code_in_its_time_and_a_code_of_the_hospitals_own_are_kept() {
        for (code, on) in [
            ("28", "2025-03-31"),
            ("2D", "2025-04-01"),
            ("LOCAL", "2026-01-01"),
        ] {
            let (said, left_out) = sent(code, on);
            assert_eq!(said, Said::Value(code.to_owned()));
            assert!(left_out.is_empty());
        }
    }
}
