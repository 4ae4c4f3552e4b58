use proptest::prelude::*;
use stour_kernel::UserId;

use super::{Answer, Given, PairAnswer, Refusal, ReviewState, after, is_disputed, is_shown, round};

const SAME: Answer = Answer::Pair(PairAnswer::Same);
const DIFFERENT: Answer = Answer::Pair(PairAnswer::Different);

fn user(number: u8) -> UserId {
    format!("0193a1b2-0000-7000-8000-0000000000{number:02x}")
        .parse()
        .unwrap()
}

fn given(answer: Answer, by: u8, second: bool) -> Given {
    Given {
        answer,
        by: user(by),
        second,
    }
}

/// Where a review is after these answers; those that are refused leave nothing.
fn told(answers: &[Given]) -> (ReviewState, Vec<Given>, Vec<Refusal>) {
    let (mut state, mut taken, mut refused) = (ReviewState::Open, Vec::new(), Vec::new());
    for answer in answers {
        match after(state, &taken, answer) {
            Ok(next) => {
                state = next;
                taken.push(*answer);
            }
            Err(why) => refused.push(why),
        }
    }
    (state, taken, refused)
}

#[test]
fn one_answer_closes_unless_a_second_opinion_is_wanted() {
    assert_eq!(told(&[given(SAME, 1, false)]).0, ReviewState::Same);
    assert_eq!(
        told(&[given(DIFFERENT, 1, false)]).0,
        ReviewState::Different
    );
    assert_eq!(told(&[given(SAME, 1, true)]).0, ReviewState::Second);
    assert_eq!(told(&[given(Answer::More, 1, true)]).0, ReviewState::More);
}

#[test]
fn a_second_opinion_is_another_persons_and_closes_when_it_agrees() {
    let (state, _, refused) = told(&[given(SAME, 1, true), given(SAME, 1, false)]);
    assert_eq!((state, refused), (ReviewState::Second, vec![Refusal::Own]));
    let agreed = told(&[given(SAME, 1, true), given(SAME, 2, false)]);
    assert_eq!(agreed.0, ReviewState::Same);
    let disputed = [given(SAME, 1, true), given(DIFFERENT, 2, false)];
    assert_eq!(told(&disputed).0, ReviewState::Second);
    let third = [&disputed[..], &[given(DIFFERENT, 3, false)]].concat();
    assert_eq!(told(&third).0, ReviewState::Different);
}

#[test]
fn answers_that_differ_are_a_dispute_until_a_third_decides() {
    let disputed = [given(SAME, 1, true), given(DIFFERENT, 2, false)];
    let second = ReviewState::Second;
    assert!(!is_disputed(second, &[]) && !is_disputed(second, &disputed[..1]));
    assert!(is_disputed(second, &disputed));
    for closed in [ReviewState::Same, ReviewState::Different] {
        assert!(!is_disputed(closed, &disputed), "{closed}");
    }
    for by in [1, 2] {
        let again = [&disputed[..], &[given(SAME, by, false)]].concat();
        assert_eq!(told(&again).2, [Refusal::Third]);
    }
    let anew = [
        given(SAME, 1, true),
        given(Answer::More, 2, false),
        given(DIFFERENT, 1, true),
    ];
    let (state, taken, _) = told(&anew);
    assert!(state == second && !is_disputed(state, &taken), "begun anew");
}

#[test]
fn what_was_awaited_begins_anew() {
    let answers = [
        given(SAME, 1, true),
        given(Answer::More, 2, false),
        given(DIFFERENT, 1, false),
    ];
    assert_eq!(told(&answers).0, ReviewState::Different);
    assert_eq!(round(&answers[..2]), []);
}

#[test]
fn what_is_closed_takes_no_answer() {
    let (state, taken, refused) = told(&[given(SAME, 1, false), given(DIFFERENT, 2, false)]);
    assert_eq!((state, taken.len()), (ReviewState::Same, 1));
    assert_eq!(refused, [Refusal::Closed]);
}

proptest! {
    /// Whatever is answered in whatever order: a review closes with its last answer, and where a second
    /// opinion was wanted two different people gave it.
    #[test]
    fn nothing_closes_without_the_word_it_needs(
        answers in proptest::collection::vec((0_usize..3, 0_u8..4, any::<bool>()), 1..12)
    ) {
        let answers: Vec<Given> = answers
            .into_iter()
            .map(|(answer, by, second)| given(Answer::ALL[answer], by, second))
            .collect();
        let (state, taken, _) = told(&answers);
        if let Some(answer) = state.closed() {
            let last = round(&taken);
            let agreeing = last.iter().filter(|one| one.answer == Answer::Pair(answer));
            let mut people: Vec<UserId> = agreeing.map(|one| one.by).collect();
            people.dedup();
            prop_assert_eq!(taken.last().unwrap().answer, Answer::Pair(answer));
            let wanted = last.first().is_some_and(|first| first.second);
            prop_assert_eq!(people.len(), if wanted { 2 } else { 1 });
        }
    }
}

#[test]
fn a_second_opinion_is_formed_without_seeing_the_first() {
    let first = given(SAME, 1, true);
    for state in ReviewState::ALL {
        let is_closed = state.closed().is_some();
        assert!(is_shown(state, &first, user(1)), "one's own: {state}");
        assert_eq!(is_shown(state, &first, user(2)), is_closed, "{state}");
        let more = given(Answer::More, 1, false);
        assert!(is_shown(state, &more, user(2)), "that more is awaited");
    }
}
