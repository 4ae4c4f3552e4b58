use sha2::{Digest as _, Sha256};
use stour_web::testing::Browser;

use crate::support::{
    REABLEMENT, bed_days, but, form_of, found, house, latest, money, plain, started, taken_up,
    tamper, text_of,
};

/// Changes the take-up of bed days by its form; where that leads.
fn take_up(browser: &mut Browser<'_>, case: &str, percent: &str) -> String {
    let (action, fields) = bed_days(browser, case);
    let others = [
        ("take_up", percent),
        ("what", "Take-up as in the pilot of May"),
    ];
    let done = browser.post(&action, &but(&fields, &others));
    assert_eq!(done.status, 303, "{}", done.body);
    done.location().to_owned()
}

fn sign(browser: &mut Browser<'_>, case: &str, number: i64) -> u16 {
    let page = browser.get(&format!("{case}/versions?version={number}"));
    let action = format!("{case}/sign-off");
    let fields = form_of(&page, &action);
    let answer = browser.post(
        &action,
        &but(&fields, &[("words", "For two years"), ("read", "yes")]),
    );
    answer.status.as_u16()
}

#[test]
fn a_case_is_started_changed_compared_signed_and_changed_again() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        let page = finance.get(&format!("{case}/lines/bed-days"));
        assert!(page.shows(&format!("{case}/lines/bed-days/edit")));
        let (_, fields) = bed_days(&mut finance, &case);
        assert!(fields.contains(&("take_up".to_owned(), "30".to_owned())));
        let compare = take_up(&mut finance, &case, "20");
        assert_eq!(compare, format!("{case}/compare?from=1&to=2"));
        assert_eq!(text_of(&mut finance, &case, 1), REABLEMENT);
        assert_eq!(text_of(&mut finance, &case, 2), taken_up("0.2"));
        let page = finance.get(&compare);
        let (before, after) = (found(REABLEMENT), found(&taken_up("0.2")));
        for (before, after) in before.partners.iter().zip(&after.partners) {
            let amounts = [before, after].map(|one| one.public_value.net_present_value);
            let by = amounts[1].as_i64() - amounts[0].as_i64();
            let by = match by {
                0 => "no change".to_owned(),
                by => money(stour_kernel::Pence::new(by)),
            };
            for words in [&before.name, &money(amounts[0]), &money(amounts[1]), &by] {
                assert!(page.shows(words), "{words}");
            }
        }
        let nhs = before.partners.iter().find(|one| one.id == "nhs").unwrap();
        let nhs_after = after.partners.iter().find(|one| one.id == "nhs").unwrap();
        assert_ne!(
            nhs.public_value.net_present_value,
            nhs_after.public_value.net_present_value
        );
        assert!(page.shows("Days in hospital not needed: take up"));
        assert!(page.shows("Take-up as in the pilot of May"));

        let mut officer = site.browser("chief-officer");
        let action = format!("{case}/sign-off");
        let fields = form_of(&officer.get(&format!("{case}/versions")), &action);
        let unread = officer.post(&action, &but(&fields, &[("words", "Unread")]));
        assert_eq!(unread.status, 422);
        assert!(unread.shows("href=\"#read\"") && unread.shows(">Unread</textarea>"));
        assert_eq!(sign(&mut officer, &case, 2), 303);
        let page = officer.get(&case);
        assert!(page.shows("Signed off by") && page.shows("“For two years”"));
        let mut commissioner = site.browser("commissioner");
        take_up(&mut commissioner, &case, "10");
        let json = commissioner.get_json(&format!("/api{case}"));
        assert_eq!(
            (json["latest"].as_i64(), json["agreed"].as_i64()),
            (Some(3), Some(2))
        );
        let page = commissioner.get(&case);
        assert!(page.shows(&format!("{case}?version=2")) && page.shows("which is agreed"));
        assert!(commissioner.get("/cases").shows("Changed since signed off"));
    });
}

#[test]
fn nobody_signs_their_own_version_or_a_text_they_did_not_see() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        let page = finance.get(&format!("{case}/versions"));
        assert!(page.shows("somebody else must sign it off"));
        let json = finance.get_json(&format!("/api{case}"));
        let hash = json["hash"].as_str().unwrap();
        let action = format!("{case}/sign-off");
        let own = finance.post(&action, &[("number", "1"), ("hash", hash), ("read", "yes")]);
        assert_eq!(own.status, 409);
        assert!(own.shows("You saved this version"));
        let mut officer = site.browser("chief-officer");
        let unseen = officer.post(
            &action,
            &[("number", "1"), ("hash", &"0".repeat(64)), ("read", "yes")],
        );
        assert_eq!(unseen.status, 409);
        assert_eq!(sign(&mut officer, &case, 1), 303);
        let again = officer.post(&action, &[("number", "1"), ("hash", hash), ("read", "yes")]);
        assert_eq!(again.status, 409);
        assert_eq!(officer.get_json(&format!("/api{case}"))["agreed"], 1);
    });
}

#[test]
fn an_earlier_version_is_saved_again_as_the_latest() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        take_up(&mut finance, &case, "20");
        let action = format!("{case}/go-back");
        let page = finance.get(&format!("{case}/versions?version=1"));
        let fields = form_of(&page, &action);
        let done = finance.post(&action, &but(&fields, &[]));
        assert_eq!(done.location(), format!("{case}/compare?from=2&to=3"));
        assert_eq!(text_of(&mut finance, &case, 3), REABLEMENT);
        assert!(
            finance
                .get(&format!("{case}/versions"))
                .shows("Went back to version 1")
        );
        let late = finance.post(&action, &but(&fields, &[]));
        assert_eq!(late.status, 409, "the form is of version 2");
        let same = finance.post(&action, &[("number", "1"), ("base", "3")]);
        assert_eq!(same.status, 409);
        assert!(same.shows("Nothing has changed"));
        let none = finance.post(&action, &[("number", "9"), ("base", "3")]);
        assert_eq!(none.status, 404);
        assert_eq!(latest(&mut finance, &case), 3);
    });
}

#[test]
fn a_downloaded_text_has_the_fingerprint_that_the_page_shows() {
    house(|site| {
        let mut finance = site.browser("finance");
        for name in ["reablement", "gap-2013", "agreement"] {
            let case = started(&mut finance, name);
            let mut officer = site.browser("chief-officer");
            let page = officer.get(&format!("{case}/versions"));
            let json = officer.get_json(&format!("/api{case}"));
            let kind = json["kind"].as_str().unwrap();
            let file = officer.get(&format!("{case}/versions/1/{kind}.toml"));
            let digest = Sha256::digest(file.body.as_bytes());
            let digest = stour_kernel::hex(&digest);
            assert!(page.shows(&digest), "{name}");
            assert_eq!(json["hash"].as_str(), Some(digest.as_str()));
            assert_eq!(
                file.headers["content-type"],
                "application/toml; charset=utf-8"
            );
            let name = format!("attachment; filename=\"{kind}-1.toml\"");
            assert_eq!(file.headers["content-disposition"], name.as_str());
        }
    });
}

#[test]
fn a_text_that_was_tampered_with_is_warned_of_and_neither_signed_nor_saved_again() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        let mut officer = site.browser("chief-officer");
        let json = officer.get_json(&format!("/api{case}"));
        let hash = json["hash"].as_str().unwrap().to_owned();
        tamper(site, &case, &taken_up("0.9"));
        let page = officer.get(&case);
        assert!(page.shows("This text is not the one that was saved"));
        let fields = [("number", "1"), ("hash", hash.as_str()), ("read", "yes")];
        let refused = officer.post(&format!("{case}/sign-off"), &fields);
        assert_eq!(refused.status, 409);
        assert!(
            refused.shows("no longer has the fingerprint"),
            "{}",
            refused.body
        );
        let (action, form) = bed_days(&mut finance, &case);
        let refused = finance.post(&action, &but(&form, &[("lag", "1"), ("what", "x")]));
        assert_eq!(refused.status, 409);
        let text = taken_up("0.2");
        let fields = [
            ("base", "1"),
            ("text", text.as_str()),
            ("what", "As it was"),
        ];
        assert_eq!(finance.post(&format!("{case}/text"), &fields).status, 303);
        let back = finance.post(
            &format!("{case}/go-back"),
            &[("number", "1"), ("base", "2")],
        );
        assert_eq!(back.status, 409);
        assert_eq!(latest(&mut finance, &case), 2);
    });
}

#[test]
fn figures_that_come_out_otherwise_than_signed_are_warned_of() {
    house(|site| {
        let case = started(&mut site.browser("finance"), "reablement");
        let mut officer = site.browser("chief-officer");
        assert_eq!(sign(&mut officer, &case, 1), 303);
        let warning = "The figures are not those that were signed";
        assert!(!officer.get(&case).shows(warning));
        site.database()
            .write_blocking(|tx| {
                tx.execute(
                    stour_database::sql!(
                        "UPDATE appraisal_document_signature SET figures = 'public value = 1'"
                    ),
                    stour_database::params![],
                )
            })
            .unwrap();
        assert!(officer.get(&case).shows(warning));
    });
}

#[test]
fn a_text_whose_fingerprint_was_replaced_with_it_is_not_the_one_that_was_signed() {
    house(|site| {
        let case = started(&mut site.browser("finance"), "reablement");
        let mut officer = site.browser("chief-officer");
        assert_eq!(sign(&mut officer, &case, 1), 303);
        let warning = "This text is not the one that was saved";
        assert!(!officer.get(&case).shows(warning));
        let text = REABLEMENT.replace("A reablement team", "Another team");
        let hash = stour_kernel::hex(&Sha256::digest(text.as_bytes()));
        site.database()
            .write_blocking(move |tx| {
                tx.execute(
                    stour_database::sql!(
                        "UPDATE appraisal_document_version SET text = $1, hash = $2"
                    ),
                    stour_database::params![text, hash],
                )
            })
            .unwrap();
        assert!(officer.get(&case).shows(warning));
        assert_eq!(sign(&mut site.browser("chief-officer"), &case, 1), 409);
    });
}

#[test]
fn a_comment_on_a_line_is_made_shown_and_settled() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        let mut analyst = site.browser("analyst");
        let line = format!("{case}/lines/bed-days");
        let action = format!("{case}/comments");
        let fields = form_of(&analyst.get(&line), &action);
        let blank = analyst.post(&action, &but(&fields, &[("words", " ")]));
        assert_eq!(blank.status, 422);
        assert!(
            blank.shows("name=\"line\" value=\"bed-days\""),
            "it is still about the line"
        );
        let words = "Is 30% <b>real</b>?";
        let done = analyst.post(&action, &but(&fields, &[("words", words)]));
        assert_eq!(done.location(), format!("{line}?version=1"));
        let page = finance.get(&line);
        assert!(plain(&page.body).contains(words) && !page.shows("<b>real"));
        let page = finance.get(&action);
        let settle = page.body.split("/settle\"").next().unwrap();
        let settle = format!("{}/settle", settle.rsplit('"').next().unwrap());
        let blank = finance.post(&settle, &[("answer", "")]);
        assert_eq!(blank.status, 422);
        assert!(blank.shows("Say what came of it"));
        let long = "b".repeat(2_001);
        let kept = finance.post(&settle, &[("answer", long.as_str())]);
        assert!(
            kept.status == 422 && kept.shows(&long),
            "what was typed is kept"
        );
        assert_eq!(
            finance.post(&settle, &[("answer", "As in May")]).status,
            303
        );
        assert_eq!(analyst.post(&settle, &[("answer", "No")]).status, 409);
        let page = analyst.get(&line);
        assert!(page.shows("Settled") && page.shows("As in May") && !page.shows("<p>No</p>"));
    });
}
