use axum::http::StatusCode;
use stour_web::testing::Site;

use super::reviews::{on, send};
use super::{adt, house, take};
use crate::spell::in_hospital;

/// Mrs Smith in Bournemouth and Mr Jones in Dorchester, both for three weeks and both ready to leave.
fn ready_in_two_hospitals(site: &Site) {
    let jones = adt("A01", "2", "202611020900", "ILCH")
        .replace("|R0D|ROUTE", "|RBD|ROUTE")
        .replace("R0D^ILCH", "RBD^ILCH")
        .replace("9990000018^^^NHS~H123^^^R0D^PI", "J1^^^RBD^PI")
        .replace("Smith^Ann", "Jones^Bob")
        .replace("V77", "V88");
    take(site, &[adt("A01", "1", "202611020900", "BAMU"), jones]);
    for spell in site.database().read_blocking(in_hospital).unwrap() {
        let ward = spell.ward.unwrap();
        let form = format!(
            "/wards/{}/{ward}/spells/{}/review",
            spell.organisation, spell.id
        );
        let trust = spell.organisation.to_string();
        let mut ward = site.browser_as(&["ward"], &trust, None);
        let answer = send(&mut ward, &form, &on("22"));
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
}

#[test]
fn lists_over_hospitals_are_of_one_where_that_is_asked_for() {
    house(|site| {
        ready_in_two_hospitals(&site);
        let mut hub = site.browser("transfer-hub");
        for list in ["/hub?page=1", "/wards/long-stays?days=21"] {
            let mut shown = |hospital: &str| {
                let page = hub.get(&format!("{list}{hospital}")).body;
                ["SMITH, Ann", "JONES, Bob", "All hospitals (2)"].map(|part| page.contains(part))
            };
            assert_eq!(shown(""), [true, true, true], "{list}");
            assert_eq!(shown("&hospital=R0D"), [true, false, true], "{list}");
            assert_eq!(shown("&hospital=RBD"), [false, true, true], "{list}");
            assert_eq!(shown("&hospital=%3Cb%3E"), [true, true, true], "{list}");
        }
    });
}

#[test]
fn each_hospital_is_offered_with_the_rows_of_the_list_as_it_is() {
    house(|site| {
        ready_in_two_hospitals(&site);
        take(
            &site,
            &[adt("A01", "3", "202611160900", "BAMU")
                .replace("9990000018^^^NHS~H123", "H124")
                .replace("Smith^Ann", "Brown^Cat")
                .replace("V77", "V99")],
        );
        let mut hub = site.browser("transfer-hub");
        for (days, all) in [(7, 3), (21, 2)] {
            let page = hub.get(&format!("/wards/long-stays?days={days}")).body;
            assert!(page.contains(&format!("All hospitals ({all})")), "{page}");
        }
        let one = hub.get("/wards/long-stays?days=7&hospital=R0D").body;
        assert!(one.contains("7 days or longer: 2 people"), "{one}");
        assert!(
            one.contains("/wards/long-stays?days=21&amp;hospital=R0D"),
            "{one}"
        );
    });
}

#[test]
fn whoever_sees_one_hospital_is_told_of_no_other() {
    house(|site| {
        ready_in_two_hospitals(&site);
        let mut ward = site.browser("ward");
        for list in ["/hub?page=1", "/wards/long-stays?days=21"] {
            for hospital in ["", "&hospital=RBD"] {
                let page = ward.get(&format!("{list}{hospital}")).body;
                assert!(!page.contains("JONES, Bob"), "{list}{hospital}");
                assert!(!page.contains("(2)"), "{list}{hospital}");
            }
        }
        let page = ward.get("/wards/long-stays").body;
        assert!(!page.contains("All hospitals"), "{page}");
    });
}
