use proptest::prelude::*;

use super::*;
use crate::{Clock, FixedClock, SeededRandomness};

/// The example of RFC 9562, appendix A.6.
const EXAMPLE: &str = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";

#[test]
fn the_example_of_the_standard_is_read() {
    let id: Id = EXAMPLE.parse().unwrap();
    assert_eq!(id.made_at().to_string(), "2022-02-22T19:22:22Z");
    assert_eq!(id.to_string(), EXAMPLE);
    assert_eq!(EXAMPLE.to_uppercase().parse(), Ok(id));
}

#[test]
fn other_texts_are_refused() {
    let shapes = [
        "",
        "017f22e279b07cc398c4dc0c0c07398f",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
    ];
    for text in shapes {
        assert_eq!(text.parse::<Id>(), Err(IdError::Shape), "{text}");
    }
    assert_eq!(EXAMPLE.replace('9', "g").parse::<Id>(), Err(IdError::Shape));
    assert_eq!(EXAMPLE.replace('-', "0").parse::<Id>(), Err(IdError::Shape));
    let version_4 = "919108f7-52d1-4320-9bac-f847db4148a8";
    assert_eq!(version_4.parse::<Id>(), Err(IdError::Version));
    let wrong_variant = "017f22e2-79b0-7cc3-18c4-dc0c0c07398f";
    assert_eq!(wrong_variant.parse::<Id>(), Err(IdError::Version));
}

#[test]
fn identifiers_ascend_while_the_clock_stands_still_or_steps_back() {
    let clock = FixedClock::at("2026-11-24T09:00:00Z");
    let random = SeededRandomness::new(1);
    let sequence = IdSequence::new();
    let mut ids: Vec<Id> = (0..10_000)
        .map(|_| sequence.next(clock.now(), &random))
        .collect();
    clock.set("2026-11-24T08:00:00Z".parse().unwrap());
    ids.push(sequence.next(clock.now(), &random));
    assert!(ids.is_sorted_by(|a, b| a < b));
    assert!(ids.is_sorted_by(|a, b| a.to_string() < b.to_string()));
}

#[test]
fn kinds_are_written_as_the_bare_identifier() {
    let person: PersonId = EXAMPLE.parse().unwrap();
    let json = serde_json::to_string(&person).unwrap();
    assert_eq!(json, format!("\"{EXAMPLE}\""));
    assert_eq!(serde_json::from_str::<PersonId>(&json).unwrap(), person);
    assert_eq!(format!("{person:?}"), format!("PersonId(Id({EXAMPLE}))"));
    assert!(serde_json::from_str::<PersonId>("\"17\"").is_err());
}

proptest! {
    #[test]
    fn every_identifier_survives_text_and_tells_its_time(
        microsecond in -1_000_000_i64..253_000_000_000_000_000,
        seed: u64,
    ) {
        let at = Timestamp::from_microsecond(microsecond).unwrap();
        let id = IdSequence::new().next(at, &SeededRandomness::new(seed));
        prop_assert_eq!(id.to_string().parse(), Ok(id));
        prop_assert_eq!(id.to_string().len(), 36);
        prop_assert_eq!(id.made_at().as_millisecond(), at.as_millisecond().max(0));
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,40}") {
        let _ = text.parse::<Id>();
    }
}
