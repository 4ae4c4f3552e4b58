use super::{IMPACT, LIKELIHOOD, Score, Step, bands, is_closed, step_of_word};
use crate::governance::words::list;

fn on() -> stour_kernel::Date {
    "2026-11-27".parse().unwrap()
}

#[test]
fn every_step_and_every_product_of_two_steps_is_in_the_lists() {
    for step in Step::ALL {
        for scale in [LIKELIHOOD, IMPACT] {
            assert_ne!(step.words(scale), step.number().to_string(), "{scale}");
        }
        for impact in Step::ALL {
            let score = Score {
                likelihood: step,
                impact,
            };
            assert_eq!(score.number(), step.number() * impact.number());
            assert!(!score.band(on()).is_empty(), "{}", score.number());
        }
    }
    let products = list("risk-score").unwrap().list.entries().len();
    assert_eq!(products, 14, "no score that cannot be");
    assert_eq!(list(LIKELIHOOD).unwrap().list.entries().len(), 5);
    assert_eq!(list(IMPACT).unwrap().list.entries().len(), 5);
}

#[test]
fn bands_go_from_the_mildest_to_the_worst() {
    let codes: Vec<&str> = bands(on()).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["low", "moderate", "high", "extreme"]);
}

#[test]
fn the_mixed_words_of_the_paper_stand_for_steps_of_one_scale() {
    let step = |word, list| step_of_word(word, list, on()).map(Step::number);
    for word in ["Possible", "possible"] {
        assert_eq!(step(word, "risk-likelihood-words"), Some(3));
    }
    for (word, stands_for) in [("High", 4), ("Major", 4), ("Medium", 3)] {
        assert_eq!(step(word, "risk-impact-words"), Some(stands_for), "{word}");
    }
    assert_eq!(step("Appalling", "risk-impact-words"), None);
}

#[test]
fn a_step_is_a_whole_number_from_one_to_five() {
    assert_eq!(Step::of("5").map(Step::number), Some(5));
    for no_step in ["0", "6", "", "3.5", "high"] {
        assert_eq!(Step::of(no_step), None, "{no_step}");
    }
}

#[test]
fn the_group_of_a_status_says_whether_it_still_counts() {
    assert!(!is_closed("risk-status", "open", on()));
    assert!(is_closed("risk-status", "passed", on()));
    assert!(!is_closed("risk-status", "a code that nobody knows", on()));
}
