//! The plan over HTTP: what the paper's plan says of itself, how far activities have got, baselines.

use stour_access::ROLES;
use stour_web::testing::Browser;

use crate::programmes::{READERS, add_entry, change_field, house, pass};
use crate::support::{audited, but, errors, form_of, message};

const PLAN: &str = "/programmes/better-together/plan";

const PAGES: [&str; 7] = [
    "",
    "/chart",
    "/conflicts",
    "/baselines",
    "/8",
    ".ics",
    "?show=overdue",
];

#[test]
fn those_who_work_on_a_programme_read_its_plan_and_nobody_else_does() {
    house(|site| {
        for role in ROLES {
            let mut browser = site.browser(role.name);
            let expected = if READERS.contains(&role.name) {
                200
            } else {
                403
            };
            for page in PAGES {
                let status = browser.get(&format!("{PLAN}{page}")).status;
                assert_eq!(status, expected, "{} {page}", role.name);
            }
        }
        let mut manager = site.browser("programme-manager");
        for missing in [
            "/programmes/nobodys/plan",
            "/programmes/nobodys/plan.ics",
            "/programmes/better-together/plan/99",
            "/programmes/better-together/plan/chart?baseline=9",
            "/programmes/better-together/plan/baselines?baseline=9",
        ] {
            assert_eq!(manager.get(missing).status, 404, "{missing}");
        }
        for wrong in ["from=2013", "from=soon", "from=2014-02&to=2014-01"] {
            let status = manager.get(&format!("{PLAN}/chart?{wrong}")).status;
            assert_eq!(status, 400, "{wrong}");
        }
    });
}

#[test]
fn the_plan_of_the_paper_shows_its_three_conflicts_on_every_view() {
    house(|site| {
        let mut analyst = site.browser("analyst");
        let table = analyst.get(PLAN);
        assert!(table.shows("The plan contradicts itself in 3 places"));
        assert!(table.shows("26 activities, July 2013 to April 2016"));
        assert!(table.shows("0 done, 0 overdue, and 23 whose date has passed without a word"));
        assert!(!table.shows("Add an activity"), "only those who may");
        let conflicts = analyst.get(&format!("{PLAN}/conflicts"));
        for place in 1..=3 {
            assert!(conflicts.shows(&format!("id=\"conflict-{place}\"")));
        }
        assert!(!conflicts.shows("id=\"conflict-4\""));
        assert!(!conflicts.shows("What is missing"));
        let chart = analyst.get(&format!("{PLAN}/chart"));
        assert!(chart.shows("3 conflicts of dates"));
        assert!(chart.shows("26 of 26 activities"));
        let part = analyst.get(&format!(
            "{PLAN}/chart?from=2013-07&to=2013-09&baseline=none"
        ));
        assert!(part.shows("3 of 26 activities"), "8, 13 and 1");
        let none = analyst.get(&format!("{PLAN}/chart?from=2030-01"));
        assert!(none.shows("Nothing in the plan has a date in this time"));
        let activity = analyst.get(&format!("{PLAN}/22"));
        assert!(activity.shows("would issue what AC19"));
        assert!(activity.shows("the paper says: Jan 2014 onwards"));
        assert!(!activity.shows("Record how far"));
        let file = analyst.get("/programmes/better-together/plan.ics");
        assert_eq!(file.headers["content-type"], "text/calendar; charset=utf-8");
        assert!(file.body.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
        assert_eq!(file.body.matches("BEGIN:VEVENT").count(), 26);
        let empty = analyst.get("/programmes/future-care/plan");
        assert!(empty.shows("No activities are recorded"));
    });
}

/// The fields of the form of progress of an activity.
fn progress(browser: &mut Browser<'_>, number: i64) -> (String, Vec<(String, String)>) {
    let action = format!("{PLAN}/{number}");
    let page = browser.get(&action);
    let fields = form_of(&page, &action);
    (action, fields)
}

#[test]
fn a_manager_says_how_far_an_activity_has_got() {
    house(|site| {
        let loaded = audited(site, "programme.edit", "permit");
        let mut manager = site.browser("programme-manager");
        let (action, fields) = progress(&mut manager, 8);
        let sent = [("status", "done"), ("why", "Told by the board")];
        let refused = manager.post(&action, &but(&fields, &sent));
        assert_eq!(refused.status, 422);
        assert_eq!(
            message(&refused, "finished"),
            "Say on which day it was done"
        );
        assert!(
            refused.shows("value=\"Told by the board\""),
            "what was typed stays"
        );
        for (more, field, says) in [
            (vec![("why", "")], "why", "Say what changes, and why"),
            (
                vec![("why", "x"), ("percent", "many")],
                "percent",
                "whole number",
            ),
            (
                vec![("why", "x"), ("percent", "101")],
                "percent",
                "at most 100",
            ),
            (vec![("why", "x"), ("status", "nearly")], "status", "Choose"),
            (
                vec![
                    ("why", "x"),
                    ("finished-day", "31"),
                    ("finished-month", "2"),
                    ("finished-year", "2014"),
                ],
                "finished",
                "real date",
            ),
        ] {
            let refused = manager.post(&action, &but(&fields, &more));
            assert_eq!(refused.status, 422, "{more:?}");
            let said = message(&refused, field);
            assert!(said.contains(says), "{said}");
        }
        let done = [
            ("status", "done"),
            ("finished-day", "14"),
            ("finished-month", "8"),
            ("finished-year", "2013"),
            ("evidence", "Minute 12 <b>of the board</b>"),
            ("why", "Told by the board"),
        ];
        let saved = manager.post(&action, &but(&fields, &done));
        assert_eq!(saved.status, 303, "{}", errors(&saved));
        let again = manager.post_again(&action, &but(&fields, &done));
        assert_eq!(again.location(), saved.location());
        let page = manager.get(saved.location());
        assert!(page.shows("It is saved how far this activity has got"));
        assert!(page.shows("Done"));
        assert!(page.shows("on 14 August 2013"));
        assert!(page.shows("Minute 12 &lt;b&gt;of the board&lt;/b&gt;"));
        // What is done is no longer in conflict; the other activity still is.
        let conflicts = manager.get(&format!("{PLAN}/conflicts"));
        assert!(conflicts.shows("AC13 ADASS use of resources"));
        assert!(!conflicts.shows("AC8 Commission cultural change facilitator"));
        let edits = audited(site, "programme.edit", "permit") - loaded;
        assert_eq!(
            edits, 2,
            "once, and once decided anew when it was sent again; a form with mistakes is no change"
        );
        for role in READERS.iter().filter(|role| **role != "programme-manager") {
            let mut reader = site.browser(role);
            assert!(!reader.get(&action).shows("Record how far"), "{role}");
            assert_eq!(
                reader.post(&action, &but(&fields, &done)).status,
                403,
                "{role}"
            );
        }
    });
}

#[test]
fn two_who_say_otherwise_of_one_activity_see_what_each_said() {
    house(|site| {
        let mut one = site.browser("programme-manager");
        let mut two = site.browser("programme-manager");
        let (action, mine) = progress(&mut one, 3);
        let (_, theirs) = progress(&mut two, 3);
        let saved = two.post(
            &action,
            &but(&theirs, &[("percent", "40"), ("why", "Asked the leads")]),
        );
        assert_eq!(saved.status, 303);
        // Another field is joined with what they said.
        let saved = one.post(
            &action,
            &but(&mine, &[("status", "in-progress"), ("why", "It has begun")]),
        );
        assert_eq!(saved.status, 303, "{}", errors(&saved));
        let page = one.get(&action);
        assert!(page.shows("In progress") && page.shows("40%"));
        // The same field is not overwritten.
        let clash = one.post(
            &action,
            &but(&mine, &[("percent", "10"), ("why", "I think so")]),
        );
        assert_eq!(clash.status, 422);
        let said = message(&clash, "percent");
        assert!(
            said.contains("saved “40” here while you were writing"),
            "{said}"
        );
        let fields = form_of_error(&clash.body, &action);
        let saved = one.post(&action, &but(&fields, &[]));
        assert_eq!(saved.status, 303, "{}", errors(&saved));
        let page = one.get(&action);
        assert!(page.shows("10%"));
    });
}

/// The hidden and typed fields of a form that is shown again with mistakes.
fn form_of_error(body: &str, action: &str) -> Vec<(String, String)> {
    let page = stour_web::testing::Answer {
        status: axum::http::StatusCode::OK,
        headers: axum::http::HeaderMap::new(),
        body: body.to_owned(),
    };
    form_of(&page, action)
}

#[test]
fn a_baseline_keeps_the_plan_of_its_moment() {
    house(|site| {
        let mut manager = site.browser("programme-manager");
        let page = manager.get(&format!("{PLAN}/baselines"));
        assert!(page.shows("Every activity has the date that it had in the baseline"));
        assert!(page.shows("Save a new baseline"));
        pass(site, 60);
        change_field(site, ("activity", 19), "month", "2014-05");
        change_field(site, ("activity", 25), "month", "2015-01");
        let page = manager.get(&format!("{PLAN}/baselines"));
        assert!(page.shows("31 days later"), "{}", page.body);
        assert!(page.shows("28 days earlier"));
        let chart = manager.get(&format!("{PLAN}/chart"));
        assert!(chart.shows("one activity later than its baseline"));
        assert!(chart.shows("stour-chart__was"));
        // A new baseline, with its reason, is measured from instead.
        pass(site, 60);
        add_entry(
            site,
            "baseline",
            &[("title", "Plan B"), ("reason", "The award was later")],
        );
        let page = manager.get(&format!("{PLAN}/baselines"));
        assert!(page.shows("Since Plan B"));
        assert!(page.shows("Every activity has the date that it had in the baseline"));
        let before = manager.get(&format!("{PLAN}/baselines?baseline=1"));
        assert!(before.shows("31 days later"));
        // Other words for the baseline do not move its moment.
        pass(site, 60);
        change_field(site, ("activity", 19), "month", "2014-06");
        change_field(site, ("baseline", 2), "title", "Plan C");
        let page = manager.get(&format!("{PLAN}/baselines"));
        assert!(page.shows("Since Plan C") && page.shows("30 days later"));
    });
}

#[test]
fn a_circle_among_stored_dependencies_is_told_and_breaks_no_page() {
    house(|site| {
        // Past every rule, as an older release or somebody with the database may have left it.
        add_entry(
            site,
            "plan-dependency",
            &[
                ("reason", "round <i>"),
                ("before", "26"),
                ("after", "19"),
                ("nature", "needs"),
            ],
        );
        add_entry(
            site,
            "activity",
            &[("title", "<script>alert(1)</script>"), ("month", "soon")],
        );
        let mut manager = site.browser("programme-manager");
        for page in PAGES {
            assert_eq!(manager.get(&format!("{PLAN}{page}")).status, 200, "{page}");
        }
        let conflicts = manager.get(&format!("{PLAN}/conflicts"));
        assert!(
            conflicts.shows("AC19, AC22, AC26, AC19"),
            "{}",
            conflicts.body
        );
        let table = manager.get(PLAN);
        assert!(table.shows("cannot be read"));
        assert!(table.shows("There is none while the plan goes round"));
        assert!(!table.shows("<script>alert(1)"));
        assert_eq!(manager.get(&format!("{PLAN}/27")).status, 409);
        for page in ["", "/report", "/changes"] {
            let address = format!("/programmes/better-together{page}");
            assert_eq!(manager.get(&address).status, 200, "{page}");
        }
    });
}

#[test]
fn the_plan_says_from_which_day_floats_count() {
    house(|site| {
        let mut reader = site.browser("analyst");
        let plan = reader.get("/programmes/better-together/plan");
        assert!(
            plan.shows("nobody has said of any how far it has got"),
            "{}",
            plan.body
        );
        change_field(site, ("activity", 26), "status", "in-progress");
        let plan = reader.get("/programmes/better-together/plan");
        let says = "counts from today, 24 November 2026, where somebody says how far it has got";
        assert!(plan.shows(says), "{}", plan.body);
    });
}
