use crate::testing::REGISTER;
use crate::testing::house::{RISKS, house, manager, risk, shows};
use crate::{Entry, versions};

#[test]
fn registers_list_what_is_kept() {
    house(|site| {
        let mut browser = manager(site);
        let index = browser.get("/programmes/test/registers");
        assert_eq!(index.status, 200, "{}", index.body);
        shows(&index, &["Risks", "Boards", "R2, Loader"]);
        let list = browser.get(RISKS);
        shows(
            &list,
            &[
                "Stakeholders disagree",
                "September 2013",
                "£3,600,000",
                "Missing",
                "Web form",
                "Add a risk",
            ],
        );
        let found = browser.get(&format!("{RISKS}?text=political"));
        shows(&found, &["Political support", "1 of 2 are shown"]);
        assert!(!found.body.contains(">Stakeholders disagree<"));
        let sorted = browser
            .get(&format!("{RISKS}?sort=title&order=ascending"))
            .body;
        assert!(sorted.find("Political support") < sorted.find("Stakeholders disagree"));
        assert_eq!(browser.get("/programmes/none/registers").status, 404);
        assert_eq!(browser.get("/programmes/test/registers/none").status, 404);
        assert_eq!(browser.get(&format!("{RISKS}/3")).status, 404);
        assert_eq!(browser.get(&format!("{RISKS}/x")).status, 404);
    });
}

#[test]
fn an_entry_shows_its_fields_what_refers_to_it_and_its_history() {
    house(|site| {
        let mut browser = manager(site);
        let page = browser.get(&format!("{RISKS}/1"));
        assert_eq!(page.status, 200, "{}", page.body);
        shows(
            &page,
            &[
                "R1 Stakeholders disagree",
                "What refers to it",
                "R2 Political support",
                "From a paper",
                "Change this risk",
            ],
        );
        let page = browser.get(&format!("{RISKS}/2"));
        shows(
            &page,
            &["/programmes/test/registers/board/1", "B1 Programme Board"],
        );
    });
}

#[test]
fn an_entry_is_added_with_what_people_type() {
    house(|site| {
        let mut browser = manager(site);
        shows(&browser.get(&format!("{RISKS}/new")), &["Add this risk"]);
        let wrong = browser.post(
            &format!("{RISKS}/new"),
            &[
                ("owner", "Nobody"),
                ("due-month", "Smarch"),
                ("due-year", "2014"),
                ("raised-day", "31"),
                ("raised-month", "2"),
                ("raised-year", "2014"),
            ],
        );
        assert_eq!(wrong.status, 422);
        for field in ["title", "owner", "due-month", "raised-day"] {
            assert!(
                wrong.body.contains(&format!("href=\"#{field}\"")),
                "{field}"
            );
            assert!(wrong.body.contains(&format!("id=\"{field}\"")), "{field}");
        }
        shows(
            &wrong,
            &[
                "Enter what may happen",
                "“Nobody”",
                "Smarch",
                "Enter due as a month",
            ],
        );
        let done = browser.post(
            &format!("{RISKS}/new"),
            &[
                ("title", "Costs rise"),
                ("owner", "programme board"),
                ("due-month", "Feb"),
                ("due-year", "2014"),
                ("raised-day", "28"),
                ("raised-month", "6"),
                ("raised-year", "2013"),
                ("cost", "£1,234.5"),
                ("related-n1", "yes"),
                ("related-n2", "yes"),
            ],
        );
        assert_eq!(done.status, 303, "{}", done.body);
        assert_eq!(done.location(), format!("{RISKS}/3?done=added"));
        let risk = risk(site, 3);
        let kept = ["owner", "due", "raised", "cost", "related"].map(|field| risk.get(field));
        assert_eq!(
            kept,
            [
                "Programme Board",
                "2014-02",
                "2013-06-28",
                "1234.50",
                "1, 2"
            ]
        );
        assert!(risk.by.name.starts_with("Test programme-manager"));
        let page = browser.get(done.location());
        shows(&page, &["The risk is added."]);
        let edit = browser.get(&format!("{RISKS}/3/edit"));
        shows(
            &edit,
            &["value=\"February\"", "value=\"2014\"", "value=\"28\""],
        );
    });
}

/// The form of a risk, filled as its page fills it, but for some fields.
fn changed<'f>(
    base: &'f str,
    entry: &'f Entry,
    others: &[(&'f str, &'f str)],
) -> Vec<(&'f str, &'f str)> {
    let is_other = |name: &str| others.iter().any(|(other, _)| *other == name);
    let same = entry.values.iter().filter(|(name, _)| !is_other(name));
    let mut fields: Vec<(&str, &str)> = same.collect();
    fields.push(("base-version", base));
    fields.extend(others);
    fields
}

#[test]
fn two_changes_to_different_fields_are_both_kept() {
    house(|site| {
        let before = risk(site, 1);
        let edit = format!("{RISKS}/1/edit");
        let (mut ann, mut bob) = (manager(site), manager(site));
        let mine = [("title", "Partners disagree"), ("why-changed", "Clearer")];
        let done = ann.post(&edit, &changed("1", &before, &mine));
        assert_eq!(done.status, 303, "{}", done.body);
        let mine = [("cost", "£2m"), ("why-changed", "Estimated")];
        assert_eq!(bob.post(&edit, &changed("1", &before, &mine)).status, 422);
        let mine = [("cost", "£2,000,000"), ("why-changed", "Estimated")];
        let done = bob.post(&edit, &changed("1", &before, &mine));
        assert_eq!(
            done.location(),
            format!("{RISKS}/1?done=saved&others=title")
        );
        let told = bob.get(done.location());
        shows(
            &told,
            &[
                "Somebody else changed the what may happen meanwhile",
                "Estimated",
                "Clearer",
            ],
        );
        let after = risk(site, 1);
        assert_eq!(after.get("title"), "Partners disagree");
        assert_eq!(after.get("cost"), "2000000");
        assert_eq!(after.version, 3);
        let again = bob.post(
            &edit,
            &changed("3", &after, &[("why-changed", "Pressed twice")]),
        );
        assert!(
            again.location().ends_with("done=same"),
            "{}",
            again.location()
        );
        assert_eq!(risk(site, 1).version, 3);
    });
}

#[test]
fn two_changes_to_one_field_are_both_shown_and_one_is_chosen() {
    house(|site| {
        let before = risk(site, 1);
        let edit = format!("{RISKS}/1/edit");
        let (mut ann, mut bob) = (manager(site), manager(site));
        let mine = [("title", "Ann’s words"), ("why-changed", "Clearer")];
        ann.post(&edit, &changed("1", &before, &mine));
        let mine = [
            ("title", "Bob’s words"),
            ("due", "Oct 2013"),
            ("why-changed", "Later"),
        ];
        let clash = bob.post(&edit, &changed("1", &before, &mine));
        assert_eq!(clash.status, 409);
        shows(
            &clash,
            &[
                "Ann’s words",
                "Bob’s words",
                "Stakeholders disagree",
                "Clearer",
            ],
        );
        assert_eq!(risk(site, 1).version, 2, "nothing of Bob's is saved yet");
        let mut fields = vec![
            ("base-version", "2"),
            ("fields-to-choose", "title"),
            ("mine-of-title", "Bob’s words"),
            ("owner", "Sponsors"),
            ("due", "2013-10"),
            ("cost", "3600000"),
            ("why-changed", "Later"),
        ];
        let unchosen = bob.post(&edit, &fields);
        assert_eq!(unchosen.status, 422);
        shows(
            &unchosen,
            &[
                "Choose which what may happen to keep",
                "Ann’s words",
                "Bob’s words",
            ],
        );
        fields.push(("title", "Bob’s words"));
        let done = bob.post(&edit, &fields);
        assert_eq!(done.status, 303, "{}", done.body);
        let after = risk(site, 1);
        assert_eq!(after.get("title"), "Bob’s words");
        assert_eq!(after.get("due"), "2013-10");
        let all = site
            .database()
            .read_blocking(move |tx| versions(tx, after.id))
            .unwrap();
        let titles: Vec<&str> = all.iter().map(|version| version.get("title")).collect();
        assert_eq!(
            titles,
            ["Bob’s words", "Ann’s words", "Stakeholders disagree"]
        );
    });
}

#[test]
fn two_changes_that_are_wrong_together_are_refused() {
    house(|site| {
        let before = risk(site, 2);
        let edit = format!("{RISKS}/2/edit");
        let (mut ann, mut bob) = (manager(site), manager(site));
        let mine = [("closed", "yes"), ("why-changed", "Over")];
        assert_eq!(ann.post(&edit, &changed("1", &before, &mine)).status, 303);
        let mine = [("cost", "5"), ("why-changed", "Found")];
        let wrong = bob.post(&edit, &changed("1", &before, &mine));
        assert_eq!(wrong.status, 422);
        shows(&wrong, &["A risk that is closed costs nothing any more"]);
        assert_eq!(risk(site, 2).version, 2);
    });
}

#[test]
fn a_change_says_why() {
    house(|site| {
        let before = risk(site, 1);
        let mut browser = manager(site);
        let unsaid = browser.post(
            &format!("{RISKS}/1/edit"),
            &changed("1", &before, &[("title", "Kept as typed")]),
        );
        assert_eq!(unsaid.status, 422);
        shows(&unsaid, &["Say why you make this change", "Kept as typed"]);
        assert_eq!(risk(site, 1).version, 1);
    });
}

#[test]
fn an_entry_is_removed_only_when_nothing_refers_to_it() {
    house(|site| {
        let mut browser = manager(site);
        let page = browser.get(&format!("{RISKS}/1/remove"));
        shows(&page, &["R2 Political support", "cannot be removed"]);
        let why = [("base-version", "1"), ("why-changed", "Over")];
        assert_eq!(browser.post(&format!("{RISKS}/1/remove"), &why).status, 409);
        let unsaid = browser.post(&format!("{RISKS}/2/remove"), &[("base-version", "1")]);
        assert_eq!(unsaid.status, 422);
        let done = browser.post(&format!("{RISKS}/2/remove"), &why);
        assert_eq!(done.status, 303, "{}", done.body);
        let page = browser.get(done.location());
        shows(&page, &["The risk is removed.", "Removed by", "Over"]);
        assert!(!browser.get(RISKS).body.contains("Political support"));
        assert_eq!(browser.get(&format!("{RISKS}/2/edit")).status, 409);
        // Its number is never given again.
        let added = browser.post(&format!("{RISKS}/new"), &[("title", "Another")]);
        assert!(
            added.location().contains("/risk/3?"),
            "{}",
            added.location()
        );
    });
}

#[test]
fn each_kind_is_changed_by_those_who_keep_it() {
    house(|site| {
        let board = "/programmes/test/registers/board/1/edit";
        let risk_edit = format!("{RISKS}/1/edit");
        let rename = [
            ("base-version", "1"),
            ("title", "Renamed"),
            ("why-changed", "New name"),
        ];
        for (role, reads, risks, boards) in [
            ("programme-manager", 200, 303, 303),
            ("finance", 200, 403, 303),
            ("chief-officer", 200, 403, 403),
            ("democratic-services", 200, 403, 403),
            ("ward", 403, 403, 403),
        ] {
            let mut browser = site.browser(role);
            assert_eq!(browser.get(RISKS).status, reads, "{role}");
            let page = browser.get(&format!("{RISKS}/1"));
            assert_eq!(page.status, reads, "{role}");
            assert_eq!(
                page.body.contains("Change this risk"),
                risks == 303,
                "{role}"
            );
            let form = browser.get(&risk_edit).status;
            assert_eq!(form == 200, risks == 303, "{role}: {form}");
            let done = browser.post(&risk_edit, &rename).status;
            assert_eq!(done, risks, "{role} and risks");
            let done = browser.post(board, &rename).status;
            assert_eq!(done, boards, "{role} and boards");
            let added = browser.post(&format!("{RISKS}/new"), &[("title", "New")]);
            assert_eq!(added.status, risks, "{role} and new risks");
            let remove = [("base-version", "2"), ("why-changed", "Over")];
            let removed = browser.post(&format!("{RISKS}/1/remove"), &remove).status;
            assert_eq!(removed == 403, risks == 403, "{role}: {removed}");
        }
        assert_eq!(site.stranger().get(RISKS).status, 303);
    });
}

#[test]
fn a_past_day_is_shown_as_it_was_known() {
    house(|site| {
        let before = risk(site, 1);
        site.clock().set("2026-11-26T10:00:00Z".parse().unwrap());
        let mut browser = manager(site);
        let mine = [("title", "Partners disagree"), ("why-changed", "Clearer")];
        browser.post(&format!("{RISKS}/1/edit"), &changed("1", &before, &mine));
        let then = browser.get(&format!("{RISKS}/1?on=2026-11-25"));
        shows(
            &then,
            &["As it was known at the end of 25 November 2026, in version 1"],
        );
        let list = browser.get(&format!("{RISKS}?on-day=25&on-month=11&on-year=2026"));
        shows(&list, &["Stakeholders disagree"]);
        assert!(!list.body.contains("Partners disagree"));
        let early = browser.get(&format!("{RISKS}/1?on=2024-10-30"));
        shows(
            &early,
            &["Nothing was recorded of this risk by the end of 30 October 2024"],
        );
        assert_eq!(browser.get(&format!("{RISKS}?on=Smarch")).status, 400);
        let compared = browser.get(&format!("{RISKS}/1/compare?from=1&to=2"));
        shows(
            &compared,
            &["Stakeholders disagree", "Partners disagree", "Clearer"],
        );
        assert_eq!(
            browser
                .get(&format!("{RISKS}/1/compare?from=1&to=9"))
                .status,
            404
        );
    });
}

#[test]
fn addresses_are_those_of_the_scope() {
    assert_eq!(
        REGISTER.entry("a b", "risk", 4),
        "/programmes/a%20b/registers/risk/4"
    );
    assert_eq!(REGISTER.workbook("x"), "/programmes/x/export.xlsx");
}

#[test]
fn what_was_chosen_in_a_clash_and_is_refused_loses_nothing() {
    house(|site| {
        let before = risk(site, 1);
        let edit = format!("{RISKS}/1/edit");
        let (mut ann, mut bob) = (manager(site), manager(site));
        let theirs = [
            ("title", "Ann’s words"),
            ("cost", ""),
            ("closed", "yes"),
            ("why-changed", "Over"),
        ];
        assert_eq!(ann.post(&edit, &changed("1", &before, &theirs)).status, 303);
        let chosen = [
            ("base-version", "2"),
            ("fields-to-choose", "title"),
            ("mine-of-title", "Bob’s words"),
            ("title", "Bob’s words"),
            ("owner", "Sponsors"),
            ("due", "2013-09"),
            ("raised", "2013-06-28"),
            ("related", "2"),
            ("closed", "yes"),
            ("cost", "5"),
            ("why-changed", "Found"),
        ];
        let refused = bob.post(&edit, &chosen);
        assert_eq!(refused.status, 422);
        shows(&refused, &["A risk that is closed costs nothing any more"]);
        shows(
            &refused,
            &[
                r#"value="September""#,
                r#"value="2013""#,
                r#"value="28""#,
                r#"name="related-n2""#,
                "Found",
            ],
        );
    });
}

#[test]
fn a_form_without_the_version_that_it_changes_is_refused() {
    house(|site| {
        let before = risk(site, 1);
        let mut browser = manager(site);
        let fields = changed("1", &before, &[("why-changed", "From an old page")]);
        let fields: Vec<_> = fields
            .into_iter()
            .filter(|(name, _)| *name != "base-version")
            .collect();
        assert_eq!(
            browser.post(&format!("{RISKS}/1/edit"), &fields).status,
            400
        );
        let removal = [("why-changed", "Over")];
        assert_eq!(
            browser.post(&format!("{RISKS}/2/remove"), &removal).status,
            400
        );
        assert_eq!(risk(site, 1).version, 1);
    });
}

#[test]
fn a_list_of_a_past_day_stays_that_of_the_day() {
    house(|site| {
        let mut browser = manager(site);
        let list = browser.get(&format!("{RISKS}?on=2026-11-24"));
        assert!(list.body.contains("&amp;on=2026-11-24"), "{}", list.body);
        assert!(list.body.contains("/risk/1?on=2026-11-24"), "{}", list.body);
        assert!(!browser.get(RISKS).body.contains("on=2026"));
    });
}
