use proptest::prelude::*;

use super::{Conclusion, Refusal, RequestState};

fn conclusion() -> Conclusion {
    Conclusion {
        outcome: "reablement".parse().unwrap(),
        at: "2026-11-24T09:00:00Z".parse().unwrap(),
        by: "An Adviser".to_owned(),
    }
}

#[test]
fn an_open_request_is_referred_or_concluded() {
    assert_eq!(RequestState::Open.refer(), Ok(RequestState::Referred));
    assert_eq!(
        RequestState::Open.conclude(conclusion()),
        Ok(RequestState::Concluded(conclusion()))
    );
    assert_eq!(
        RequestState::Open.accept(conclusion()),
        Err(Refusal::NotReferred)
    );
    assert_eq!(RequestState::Open.give_back(0), Err(Refusal::NotReferred));
}

#[test]
fn a_referred_request_waits_for_an_answer() {
    assert_eq!(RequestState::Referred.refer(), Ok(RequestState::Referred));
    assert_eq!(
        RequestState::Referred.give_back(1),
        Ok(RequestState::Referred)
    );
    assert_eq!(RequestState::Referred.give_back(0), Ok(RequestState::Open));
    assert_eq!(
        RequestState::Referred.conclude(conclusion()),
        Err(Refusal::Referred)
    );
    assert_eq!(
        RequestState::Referred.accept(conclusion()),
        Ok(RequestState::Concluded(conclusion()))
    );
}

proptest! {
    #[test]
    fn a_concluded_request_stays_concluded(steps in proptest::collection::vec(0_u8..5, 1..30)) {
        let mut state = RequestState::Open;
        for step in steps {
            let before = state.clone();
            let after = match step {
                0 => state.clone().refer(),
                1 => state.clone().give_back(0),
                2 => state.clone().give_back(1),
                3 => state.clone().accept(conclusion()),
                _ => state.clone().conclude(conclusion()),
            };
            if matches!(before, RequestState::Concluded(_)) {
                prop_assert_eq!(after, Err(Refusal::Concluded));
            } else if let Ok(after) = after {
                state = after;
            }
        }
    }
}
