use proptest::prelude::*;

use super::{Typed, sound, wrong_letters};

fn distance(typed: &str, other: &str) -> Option<usize> {
    Typed::new(typed).distance(other)
}

#[test]
fn letters_that_are_wrong_left_out_put_in_or_swapped_count_one_each() {
    for (one, other, wrong) in [
        ("smith", "smith", 0),
        ("smith", "smit", 1),
        ("smith", "smiith", 1),
        ("smith", "smyth", 1),
        ("smith", "msith", 1),
        ("smith", "smiht", 1),
        ("smith", "smythe", 2),
        ("robinson", "robison", 1),
        ("", "ab", 2),
        ("ca", "abc", 3),
    ] {
        let letters: Vec<char> = one.chars().collect();
        assert_eq!(wrong_letters(&letters, other), wrong, "{one} {other}");
    }
}

#[test]
fn the_longer_a_word_the_more_may_be_wrong() {
    assert_eq!(distance("ng", "mg"), None);
    assert_eq!(distance("ann", "amn"), Some(1));
    assert_eq!(distance("jonse", "jones"), Some(1));
    assert_eq!(distance("jonse", "jakes"), None);
    assert_eq!(distance("robnisen", "robinson"), Some(2));
    assert_eq!(distance("smi", "smith"), Some(0), "it begins as typed");
    assert_eq!(distance("mary", "john"), None);
}

#[test]
fn names_that_are_heard_for_one_another_sound_alike() {
    for (one, other) in [
        ("phillips", "filips"),
        ("catherine", "kathryn"),
        ("thompson", "tomson"),
        ("knight", "nite"),
        ("wright", "right"),
        ("geoffrey", "jeffrey"),
        ("clarke", "clark"),
        ("shaun", "shawn"),
    ] {
        let (a, b) = (sound(one), sound(other));
        assert!(a == b, "{one} {a}, {other} {b}");
    }
    assert_ne!(sound("smith"), sound("jones"));
    assert_eq!(distance("phillips", "filips"), Some(1));
}

#[test]
fn short_and_long_forms_of_a_name_lead_to_each_other() {
    let forms = |name| Typed::new(name).other_forms().collect::<Vec<_>>();
    assert!(forms("bob").contains(&"robert".to_owned()));
    assert!(forms("robert").contains(&"bob".to_owned()));
    assert!(forms("peggy").contains(&"margaret".to_owned()));
    assert!(!forms("bob").contains(&"bob".to_owned()));
    assert!(forms("quixote").is_empty());
}

proptest! {
    #[test]
    fn the_distance_is_the_same_both_ways_and_nought_only_of_equals(
        one in "[a-d]{0,7}", other in "[a-d]{0,7}"
    ) {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        let there = wrong_letters(&letters(&one), &other);
        prop_assert_eq!(there, wrong_letters(&letters(&other), &one));
        prop_assert_eq!(there == 0, one == other);
        prop_assert!(there <= one.len().max(other.len()));
    }

    #[test]
    fn one_slip_in_a_word_of_three_letters_or_more_is_always_forgiven(
        word in "[a-z]{3,10}", place in 0_usize..10, letter in "[a-z]"
    ) {
        let place = place % word.len();
        let mut left_out = word.clone();
        left_out.remove(place);
        let mut put_in = word.clone();
        put_in.insert_str(place, &letter);
        prop_assert!(distance(&word, &left_out).is_some(), "{}", left_out);
        prop_assert!(distance(&word, &put_in).is_some(), "{}", put_in);
    }
}
