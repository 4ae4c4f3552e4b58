use super::{Outcome, ReviewKind, ReviewState};

#[test]
fn what_an_answer_did_follows_from_the_states_around_it() {
    use ReviewState::{Different, More, Open, Same, Second};
    for (kind, before, after, expected) in [
        (ReviewKind::Link, Open, Same, Outcome::Joined),
        (ReviewKind::Duplicate, Second, Different, Outcome::Apart),
        (ReviewKind::Quality, Open, Same, Outcome::Stands),
        (ReviewKind::Quality, More, Different, Outcome::Parted),
        (ReviewKind::Link, Second, More, Outcome::More),
        (ReviewKind::Link, Open, Second, Outcome::Second),
        (ReviewKind::Quality, Second, Second, Outcome::Third),
    ] {
        assert_eq!(Outcome::of(kind, before, after), expected);
    }
}

#[test]
fn an_outcome_is_read_back_from_an_address_and_nothing_else_is() {
    for outcome in Outcome::ALL {
        assert_eq!(outcome.to_string().parse(), Ok(outcome));
    }
    for text in ["", "Joined", "<script>"] {
        assert!(text.parse::<Outcome>().is_err(), "{text}");
    }
}
