//! Claims on one change.

use proptest::prelude::*;
use stour_benefits::{ClaimRefused, Ledger, Quantity};

fn q(millionths: i64) -> Quantity {
    Quantity::from_millionths(millionths)
}

fn whole(number: i64) -> Quantity {
    q(number * 1_000_000)
}

#[test]
fn a_refusal_says_by_how_much() {
    let mut ledger = Ledger::new(whole(55));
    ledger.claim("Future Care", whole(40)).unwrap();
    let refused = ledger.claim("Fulfilled Lives", whole(20)).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the claim is 5 too much: of a change of 55 against its counterfactual, 40 is claimed already"
    );
    assert_eq!(
        ledger.claim("Future Care", whole(1)),
        Err(ClaimRefused::Twice(whole(40)))
    );
    assert_eq!(ledger.unattributed(), whole(15));
}

#[test]
fn of_a_change_for_the_worse_nothing_can_be_claimed() {
    let mut ledger = Ledger::new(whole(-3));
    assert!(matches!(
        ledger.claim("any", q(1)),
        Err(ClaimRefused::Exceeds { over, .. }) if over == q(1)
    ));
    assert_eq!(ledger.unattributed(), Quantity::ZERO);
}

#[test]
fn a_figure_published_anew_shows_what_is_claimed_too_much() {
    let ledger = Ledger::with(whole(50), vec![("a", whole(30)), ("b", whole(25))]);
    assert_eq!(ledger.excess(), whole(5));
    assert_eq!(ledger.unattributed(), Quantity::ZERO);
}

proptest! {
    #[test]
    fn claims_never_exceed_the_change(
        observed in -1_000_000_i64..1_000_000_000,
        asked in prop::collection::vec((0_u8..8, -10_i64..400_000_000), 0..40),
    ) {
        let mut ledger = Ledger::new(q(observed));
        let (mut sum, mut known) = (0_i64, Vec::new());
        for (by, quantity) in asked {
            let fits = quantity > 0 && !known.contains(&by) && sum + quantity <= observed.max(0);
            let entered = ledger.claim(by, q(quantity));
            prop_assert_eq!(entered.is_ok(), fits, "{:?}", entered);
            if fits {
                sum += quantity;
                known.push(by);
            }
            if let Err(ClaimRefused::Exceeds { over, .. }) = entered {
                // Exactly so much less would have fitted.
                prop_assert_eq!(over.millionths(), sum + quantity - observed.max(0));
            }
            prop_assert!(ledger.claimed() <= ledger.observed());
            let together = ledger.claimed().checked_add(ledger.unattributed());
            prop_assert_eq!(together, Some(ledger.observed()));
        }
    }
}
