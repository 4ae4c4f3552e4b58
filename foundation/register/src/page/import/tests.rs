use crate::testing::house::{RISKS, house, manager, risk, shows};

const FILE: &[u8] =
    b"number,title,owner\n1,Partners disagree,Sponsors\n2,Political support,Mr X\n,New,Sponsors\n";

#[test]
fn a_file_is_sent_and_what_was_set_aside_is_mended_or_dropped() {
    house(|site| {
        let mut browser = manager(site);
        let import = format!("{RISKS}/import");
        shows(&browser.get(&import), &["Send the file", "Excel workbook"]);
        let why = [("why-changed", "Workshop of 3 March")];
        let done = browser.upload(&import, &why, ("file", "risks.csv", FILE));
        assert_eq!(done.status, 303, "{}", done.body);
        assert_eq!(
            done.location(),
            format!("{RISKS}/aside?added=1&changed=1&unchanged=0&aside=1")
        );
        let aside = browser.get(done.location());
        shows(
            &aside,
            &[
                "1 row added, 1 row changed, 0 rows saying nothing new, 1 row set aside",
                "Line 3 of risks.csv",
                "“Mr X”",
            ],
        );
        assert_eq!(risk(site, 1).why, "Workshop of 3 March");
        shows(&browser.get(RISKS), &["1 row of a file waits"]);
        let mend = aside
            .body
            .split(&format!("{RISKS}/2/edit?row-set-aside="))
            .nth(1);
        let row = mend.unwrap().split('"').next().unwrap().to_owned();
        let form = browser.get(&format!("{RISKS}/2/edit?row-set-aside={row}"));
        shows(&form, &["Line 3 of risks.csv", "value=\"Mr X\""]);
        let fields = |owner| {
            [
                ("title", "Political support"),
                ("owner", owner),
                ("within", "1"),
                ("related-n1", "yes"),
                ("channel", "web"),
                ("base-version", "1"),
                ("why-changed", "Mended"),
            ]
        };
        let mut again = fields("Mr X").to_vec();
        again.push(("row-set-aside", &row));
        assert_eq!(browser.post(&format!("{RISKS}/2/edit"), &again).status, 422);
        let mut mended = fields("Sponsors").to_vec();
        mended.push(("row-set-aside", &row));
        let done = browser.post(&format!("{RISKS}/2/edit"), &mended);
        assert_eq!(done.status, 303, "{}", done.body);
        assert_eq!(risk(site, 2).get("owner"), "Sponsors");
        shows(&browser.get(&format!("{RISKS}/aside")), &["No rows wait"]);
        let gone = browser.get(&format!("{RISKS}/2/edit?row-set-aside={row}"));
        assert_eq!(gone.status, 409);
    });
}

#[test]
fn a_row_is_dropped_with_a_reason() {
    house(|site| {
        let mut browser = manager(site);
        let file: &[u8] = b"number,title,due\n7,Seventh,Smarch\n";
        let why = [("why-changed", "x")];
        browser.upload(&format!("{RISKS}/import"), &why, ("file", "f.csv", file));
        let aside = format!("{RISKS}/aside");
        let page = browser.get(&aside);
        let row = page.body.split("/new?row-set-aside=").nth(1);
        let row = row.unwrap().split('"').next().unwrap().to_owned();
        let form = browser.get(&format!("{RISKS}/new?row-set-aside={row}"));
        shows(&form, &["Smarch", "Line 2 of f.csv"]);
        let unsaid = browser.post(&aside, &[]);
        assert_eq!(unsaid.status, 422);
        shows(
            &unsaid,
            &["Choose the row to drop", "Say why it is dropped"],
        );
        let drop = [("row-set-aside", row.as_str()), ("why-changed", "Not ours")];
        let done = browser.post(&aside, &drop);
        assert_eq!(done.status, 303, "{}", done.body);
        shows(&browser.get(done.location()), &["The row is dropped."]);
        assert_eq!(browser.post(&aside, &drop).status, 409);
        // A row that is mended keeps the number that it came with.
        browser.upload(&format!("{RISKS}/import"), &why, ("file", "f.csv", file));
        let page = browser.get(&aside);
        let row = page.body.split("/new?row-set-aside=").nth(1);
        let row = row.unwrap().split('"').next().unwrap().to_owned();
        let mended = [
            ("title", "Seventh"),
            ("due", "March 2014"),
            ("row-set-aside", &row),
        ];
        let done = browser.post(&format!("{RISKS}/new"), &mended);
        assert_eq!(done.location(), format!("{RISKS}/7?done=added"));
    });
}

#[test]
fn a_file_can_be_checked_without_saving_anything() {
    house(|site| {
        let mut browser = manager(site);
        let asked = [("why-changed", "Workshop"), ("only-check", "yes")];
        let import = format!("{RISKS}/import");
        let checked = browser.upload(&import, &asked, ("file", "risks.csv", FILE));
        assert_eq!(checked.status, 200, "{}", checked.body);
        shows(
            &checked,
            &[
                "Nothing is saved yet",
                "1 row added, 1 row changed",
                "Line 3",
                "Workshop",
            ],
        );
        assert_eq!(risk(site, 1).version, 1);
        shows(&browser.get(&format!("{RISKS}/aside")), &["No rows wait"]);
    });
}

#[test]
fn what_cannot_be_read_is_told_and_only_those_who_keep_a_register_send_files() {
    house(|site| {
        let mut browser = manager(site);
        let import = format!("{RISKS}/import");
        let unread = browser.upload(&import, &[], ("file", "f.csv", b"colour\nred\n"));
        assert_eq!(unread.status, 422);
        shows(&unread, &["“colour”", "Say why you make these changes"]);
        let nothing = browser.upload(&import, &[], ("file", "", b""));
        shows(&nothing, &["Choose a file"]);
        let mut other = site.browser("finance");
        assert_eq!(other.get(&import).status, 403);
        let why = [("why-changed", "x")];
        let sent = other.upload(&import, &why, ("file", "risks.csv", FILE));
        assert_eq!(sent.status, 403);
        assert_eq!(risk(site, 1).version, 1);
    });
}

#[test]
fn registers_go_out_as_files() {
    house(|site| {
        let mut browser = site.browser("analyst");
        let csv = browser.get(&format!("{RISKS}/export.csv"));
        assert_eq!(csv.status, 200);
        assert!(
            csv.body.starts_with("number,version,title,"),
            "{}",
            csv.body
        );
        assert!(
            csv.headers["content-disposition"]
                .to_str()
                .unwrap()
                .contains("test-risk.csv")
        );
        for address in [
            format!("{RISKS}/export.xlsx"),
            "/programmes/test/export.xlsx".to_owned(),
        ] {
            let book = browser.get(&address);
            assert_eq!(book.status, 200);
            assert!(book.body.starts_with("PK"));
        }
        assert_eq!(
            site.browser("ward")
                .get(&format!("{RISKS}/export.csv"))
                .status,
            403
        );
    });
}

#[test]
fn a_row_that_is_mended_later_keeps_what_others_changed_meanwhile() {
    house(|site| {
        let mut browser = manager(site);
        let file = "number,version,title,owner\n2,1,Political support,Nobody\n";
        let why = [("why-changed", "A file")];
        browser.upload(
            &format!("{RISKS}/import"),
            &why,
            ("file", "risks.csv", file.as_bytes()),
        );
        let edit = format!("{RISKS}/2/edit");
        let others = [
            ("base-version", "1"),
            ("title", "Political support is lost"),
            ("within", "1"),
            ("why-changed", "Said at the board"),
        ];
        let done = manager(site).post(&edit, &others);
        assert_eq!(done.status, 303, "{}", done.body);
        let aside = browser.get(&format!("{RISKS}/aside"));
        let row = aside.body.split("/2/edit?row-set-aside=").nth(1);
        let row = row.unwrap().split('"').next().unwrap();
        let form = browser.get(&format!("{edit}?row-set-aside={row}"));
        shows(
            &form,
            &[r#"name="base-version" value="1""#, "value=\"Nobody\""],
        );
        let mended = [
            ("base-version", "1"),
            ("title", "Political support"),
            ("owner", "Sponsors"),
            ("within", "1"),
            ("row-set-aside", row),
            ("why-changed", "Mended"),
        ];
        let done = browser.post(&edit, &mended);
        assert_eq!(done.status, 303, "{}", done.body);
        let after = risk(site, 2);
        assert_eq!(after.get("title"), "Political support is lost");
        assert_eq!(after.get("owner"), "Sponsors");
    });
}
