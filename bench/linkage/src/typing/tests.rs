use std::collections::HashSet;

use super::{fold, misread, slip};
use crate::random::Random;

#[test]
fn a_slip_changes_a_name_a_little() {
    let mut random = Random::new(1, 1);
    let slips: Vec<String> = (0..500).map(|_| slip("Katherine", &mut random)).collect();
    assert!(slips.iter().all(|slip| slip.len().abs_diff(9) <= 1));
    assert!(slips.iter().all(|slip| slip != "Katherine"));
    for one in [
        "Kathrine",
        "Kahterine",
        "Katherinne",
        "Katherinee",
        "Katgerine",
    ] {
        assert!(slips.iter().any(|slip| slip == one), "never {one}");
    }
}

#[test]
fn short_and_strange_texts_survive_a_slip() {
    let mut random = Random::new(2, 1);
    for text in ["", "X", "Łódź", "  "] {
        for _ in 0..50 {
            let _ = slip(text, &mut random);
        }
    }
    assert_eq!(slip("", &mut random), "");
}

#[test]
fn a_misread_number_fails_its_check() {
    let mut random = Random::new(3, 1);
    let misread: HashSet<String> = (0..200)
        .map(|_| misread("9991234560", &mut random))
        .collect();
    assert!(misread.len() > 5);
    for number in misread {
        assert_eq!(number.len(), 10);
        assert!(
            number.parse::<stour_kernel::NhsNumber>().is_err(),
            "{number}"
        );
    }
}

#[test]
fn marks_are_folded() {
    assert_eq!(
        fold("Wiśniewski João Zoë Łukasz"),
        "Wisniewski Joao Zoe Lukasz"
    );
}
