use super::By;
use crate::raid::risk::{KIND, Risk};
use crate::testing::entry;

fn risk(number: i64, impact: &str, proximity: &str, owner: &str) -> Risk {
    let fields = [
        ("description", "It rains"),
        ("likelihood", "2"),
        ("impact", impact),
        ("proximity", proximity),
        ("owner", owner),
    ];
    Risk::read(&entry(KIND, number, fields))
}

fn order(by: By) -> Vec<i64> {
    let mut risks = vec![
        risk(3, "2", "later", "board"),
        risk(1, "", "now", "Zoe"),
        risk(2, "5", "", ""),
        risk(4, "2", "soon", "Asha"),
    ];
    by.sort(&mut risks);
    risks.iter().map(|risk| risk.number).collect()
}

#[test]
fn risks_are_listed_in_the_order_that_is_asked_for() {
    assert_eq!(order(By::Score), [2, 3, 4, 1]);
    assert_eq!(order(By::Number), [1, 2, 3, 4]);
    assert_eq!(order(By::Proximity), [1, 4, 3, 2]);
    assert_eq!(order(By::Owner), [2, 4, 3, 1]);
}

#[test]
fn an_order_that_nobody_knows_is_that_of_the_score() {
    for by in By::ALL {
        assert_eq!(By::asked(Some(by.name())), by);
    }
    assert_eq!(By::asked(None), By::Score);
    assert_eq!(By::asked(Some("colour")), By::Score);
}
