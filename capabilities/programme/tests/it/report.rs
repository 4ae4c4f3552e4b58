//! The home page of a programme and its highlight report: live, and frozen once issued.

use stour_access::ROLES;
use stour_database::{params, sql};
use stour_web::testing::{Answer, Browser};

use crate::programmes::{READERS, add_entry, change_field, house, pass};
use crate::support::{audited, but, errors, form_of, message};

const HOME: &str = "/programmes/better-together";
const REPORT: &str = "/programmes/better-together/report";

#[test]
fn those_who_work_on_a_programme_read_where_it_is_and_nobody_else_does() {
    house(|site| {
        for role in ROLES {
            let mut browser = site.browser(role.name);
            let expected = if READERS.contains(&role.name) {
                200
            } else {
                403
            };
            for page in ["", "/changes", "/report", "/report.csv"] {
                let status = browser.get(&format!("{HOME}{page}")).status;
                assert_eq!(status, expected, "{} {page}", role.name);
            }
        }
        let mut manager = site.browser("programme-manager");
        for missing in [
            "/programmes/nobodys",
            "/programmes/nobodys/report",
            "/programmes/better-together/report/1",
        ] {
            assert_eq!(manager.get(missing).status, 404, "{missing}");
        }
        let wrong = manager.get(&format!(
            "{HOME}/changes?since-day=31&since-month=2&since-year=2024"
        ));
        assert_eq!(wrong.status, 400);
    });
}

#[test]
fn the_home_page_says_where_a_programme_is_and_why() {
    house(|site| {
        let mut chief = site.browser("chief-officer");
        let home = chief.get(HOME);
        for said in [
            "Where are we?",
            "Amber: the plan contradicts itself in 3 places.",
            "Amber: the dates of 23 activities have passed without a word on whether they were done.",
            "Amber: 2 open risks and issues lack an owner.",
            "What needs a decision?",
            "No decision is asked of a board.",
        ] {
            assert!(home.shows(said), "{said}: {}", home.body);
        }
        let future = chief.get("/programmes/future-care");
        assert!(future.shows("Ahead overall, behind on"), "{}", future.body);
    });
}

#[test]
fn what_changed_is_told_since_the_last_board() {
    house(|site| {
        pass(site, 40 * 24 * 60 * 60);
        add_entry(
            site,
            "board-meeting",
            &[
                ("title", "December board"),
                ("board", "2"),
                ("day", "2027-01-02"),
            ],
        );
        add_entry(
            site,
            "board-meeting",
            &[
                ("title", "Spring board"),
                ("board", "2"),
                ("day", "2027-03-01"),
            ],
        );
        let mut manager = site.browser("programme-manager");
        let home = manager.get(HOME);
        assert!(
            home.shows("December board, 2 January 2027"),
            "{}",
            home.body
        );
        assert!(home.shows("Spring board, 1 March 2027"));
        // What was saved before the meeting is not told, and a risk that moved since is, with both its scores.
        assert!(!home.shows("more in activities"));
        pass(site, 60);
        change_field(site, ("risk", 1), "likelihood", "5");
        add_entry(
            site,
            "decision-request",
            &[
                ("title", "Whether to stop"),
                ("board", "2"),
                ("needed", "2027-01-01"),
                ("recommendation", "Go on"),
            ],
        );
        let home = manager.get(HOME);
        assert!(home.shows("Likelihood: "), "{}", home.body);
        assert!(home.shows("Whether to stop"));
        assert!(home.shows("needed by 1 January 2027: late; recommended: Go on"));
        let report = manager.get(REPORT);
        assert!(report.shows("▲ worse:"), "{}", report.body);
        let changes = manager.get(&format!(
            "{HOME}/changes?since-day=1&since-month=1&since-year=2020"
        ));
        assert!(changes.shows("What is different since 1 January 2020"));
        assert!(changes.shows("Activities") && changes.shows("AC26 Initial first tranche"));
    });
}

fn issue(browser: &mut Browser<'_>, fields: &[(&str, &str)]) -> Answer {
    let page = browser.get(REPORT);
    let sent = form_of(&page, REPORT);
    browser.post(REPORT, &but(&sent, fields))
}

#[test]
fn an_issued_report_reads_as_it_was() {
    house(|site| {
        let loaded = audited(site, "programme.edit", "permit");
        let mut manager = site.browser("programme-manager");
        let refused = issue(&mut manager, &[]);
        assert_eq!(refused.status, 422);
        assert!(message(&refused, "summary").contains("what the board should know first"));
        let issued = issue(&mut manager, &[("summary", "All is <i>well</i>\n\nMostly")]);
        assert_eq!(issued.status, 303, "{}", errors(&issued));
        assert_eq!(issued.location(), format!("{REPORT}/1"));
        let before = manager.get(issued.location());
        assert!(before.shows("All is &lt;i&gt;well&lt;/i&gt;"));
        assert!(before.shows("the plan contradicts itself in 3 places"));
        assert_eq!(audited(site, "programme.edit", "permit") - loaded, 1);
        pass(site, 24 * 60 * 60);
        // Nobody stays signed in over night.
        let mut manager = site.browser("programme-manager");
        change_field(site, ("activity", 22), "month", "2014-06");
        let live = manager.get(REPORT);
        assert!(
            live.shows("the plan contradicts itself in 2 places"),
            "{}",
            live.body
        );
        assert!(live.shows("since the last report (24 November 2026 at "));
        assert!(live.shows("Report 1"));
        let after = manager.get(issued.location());
        let content = |page: &Answer| page.body.split("<main").nth(1).unwrap().to_owned();
        assert_eq!(content(&before), content(&after));
        let csv = manager.get(&format!("{REPORT}/1/report.csv"));
        assert!(csv.body.starts_with("Part,Reference,What,Note\r\n"));
        assert!(csv.body.contains("Conflicts in the plan,Conflict 3,"));
        assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
        let next = issue(&mut manager, &[("summary", "One conflict less")]);
        assert_eq!(next.location(), format!("{REPORT}/2"));
    });
}

#[test]
fn what_one_report_told_the_next_one_does_not() {
    house(|site| {
        pass(site, 40 * 24 * 60 * 60);
        change_field(site, ("risk", 1), "likelihood", "5");
        let mut manager = site.browser("programme-manager");
        assert!(manager.get(REPORT).shows("▲ worse:"));
        pass(site, 60);
        let issued = issue(&mut manager, &[("summary", "Worse")]);
        assert_eq!(issued.status, 303, "{}", errors(&issued));
        // On the same day, what was told is not told again, and what is new is.
        pass(site, 60);
        let next = manager.get(REPORT);
        assert!(!next.shows("▲ worse:"), "{}", next.body);
        assert!(next.shows("No risk and no issue moved"));
        change_field(site, ("risk", 1), "likelihood", "1");
        assert!(manager.get(REPORT).shows("▼ better:"));
    });
}

#[test]
fn a_report_opens_what_would_not_fit_on_a_page() {
    house(|site| {
        for number in ["1", "2", "3", "4", "5", "6"] {
            let title = format!("Decision {number}");
            add_entry(site, "decision-request", &[("title", &title)]);
        }
        let page = site.browser("analyst").get(REPORT);
        let part = page.body.split("Decisions needed").nth(1).unwrap();
        let (first, rest) = part.split_once("<details").unwrap();
        assert!(first.contains("Decision 3") && !first.contains("Decision 4"));
        assert!(rest.contains("And 3 more") && rest.contains("Decision 6"));
        let csv = site.browser("analyst").get(&format!("{REPORT}.csv"));
        assert!(csv.body.contains("DR6,Decision 6"), "{}", csv.body);
    });
}

#[test]
fn nobody_issues_what_they_have_not_read_and_only_managers_issue() {
    house(|site| {
        let mut manager = site.browser("programme-manager");
        let page = manager.get(REPORT);
        let fields = form_of(&page, REPORT);
        pass(site, 60);
        change_field(site, ("activity", 22), "month", "2014-06");
        let sent = but(&fields, &[("summary", "As I read it")]);
        let refused = manager.post(REPORT, &sent);
        assert_eq!(refused.status, 422);
        assert!(message(&refused, "summary").contains("Something changed"));
        assert!(refused.shows("As I read it"), "what was typed stays");
        // Sent twice, it is one report.
        let page = manager.get(REPORT);
        let fields = form_of(&page, REPORT);
        let sent = but(&fields, &[("summary", "As it is")]);
        let first = manager.post(REPORT, &sent);
        let second = manager.post_again(REPORT, &sent);
        assert_eq!(
            (first.status.as_u16(), first.location()),
            (303, second.location())
        );
        assert_eq!(manager.get(&format!("{REPORT}/2")).status, 404);
        for role in READERS.iter().filter(|role| **role != "programme-manager") {
            let mut reader = site.browser(role);
            assert!(!reader.get(REPORT).shows("Issue the report"), "{role}");
            assert_eq!(reader.post(REPORT, &sent).status, 403, "{role}");
            assert_eq!(reader.get(&format!("{REPORT}/1")).status, 200, "{role}");
        }
    });
}

#[test]
fn a_report_that_was_tampered_with_says_so() {
    house(|site| {
        let mut manager = site.browser("programme-manager");
        let issued = issue(&mut manager, &[("summary", "Bad news")]);
        assert_eq!(issued.status, 303);
        let tampered = site.database().write_blocking(|tx| {
            tx.execute(
                sql!(
                    "UPDATE programme_report SET report = replace(report, $1, $2) WHERE number = 1"
                ),
                params!["Bad news", "Good news"],
            )
        });
        assert_eq!(tampered.unwrap(), 1);
        let page = manager.get(issued.location());
        assert!(page.shows("This report is not the one that was issued"));
    });
}
