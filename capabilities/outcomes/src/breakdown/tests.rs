use super::*;
use crate::measure::measures;

#[test]
fn lists_are_well_formed_and_measures_name_lists_that_there_are() {
    for list in breakdowns().unwrap() {
        for part in &list.part {
            assert_eq!(list.coded(&part.code), Some(part), "{}", list.id);
            assert_eq!(list.published(&part.published), Some(part), "{}", list.id);
        }
    }
    for measure in measures().unwrap() {
        for id in &measure.breakdowns {
            assert!(breakdown(id).is_some(), "{}: {id}", measure.id);
        }
    }
}

#[test]
fn the_national_reasons_are_there() {
    assert_eq!(breakdown("delay-reason-2024").unwrap().part.len(), 37);
    let reasons = breakdown("delayed-days-reason").unwrap();
    let codes: Vec<&str> = reasons.part.iter().map(|part| part.code.as_str()).collect();
    assert_eq!(codes.join(" "), "A B C Di Dii E F G H I O");
}
