use stour_partnership::reference;

use super::*;

#[test]
fn comparators_are_outside_the_partnership_and_each_says_why() {
    let reference = reference().unwrap();
    for one in comparators().unwrap() {
        assert!(!one.why.is_empty() && !one.source.is_empty(), "{one:?}");
        assert_eq!(Area::of_partnership(reference, &one.area.code), None);
    }
}

#[test]
fn an_older_code_of_the_publishers_leads_to_the_same_area() {
    assert_eq!(comparator("812").unwrap().area.name, "Hampshire");
    assert_eq!(comparator("E92000001").unwrap().area.kind, "country");
    assert_eq!(comparator("810"), None);
}

#[test]
fn dates_that_cannot_be_are_refused() {
    let text = "code,other_codes,name,kind,starts,ends,why,source\nX,,X,council,2020-01-01,2019-01-01,a,b\n";
    assert!(parse(text).unwrap_err().to_string().contains("ends before"));
}
