//! The pages of risks and issues, of both programmes as they ship.

use stour_web::testing::{Answer, Browser};

use crate::support::programmes;

const RISKS: &str = "/programmes/better-together/risks";

/// Changes fields of a risk by its form, which has its other fields as they are.
fn change(browser: &mut Browser<'_>, number: i64, fields: &[(&str, &str)], why: &str) -> Answer {
    let action = format!("/programmes/better-together/registers/risk/{number}/edit");
    let page = browser.get(&action);
    let form = crate::support::form_of(&page, &action);
    let mut changed = fields.to_vec();
    changed.push(("why-changed", why));
    browser.post(&action, &crate::support::but(&form, &changed))
}

#[test]
fn the_heat_map_counts_risks_by_their_steps() {
    programmes(|site| {
        let page = site.browser("analyst").get(RISKS);
        assert_eq!(page.status, 200, "{}", page.body);
        assert!(page.shows("All 12 open risks are high"));
        let possible = page
            .body
            .split("<th scope=\"row\">Possible</th>")
            .nth(1)
            .unwrap();
        let cells: Vec<&str> = possible
            .split("</tr>")
            .next()
            .unwrap()
            .split("<td>")
            .skip(1)
            .map(|cell| cell.split("</td>").next().unwrap())
            .collect();
        assert_eq!(
            cells,
            [
                "0",
                "0",
                "2 (R8, R9)",
                "10 (R1, R2, R3, R4, R5, R6, R7, R10, R11, R12)",
                "0"
            ]
        );
    });
}

#[test]
fn exactly_the_two_that_the_paper_left_without_an_owner_are_told() {
    programmes(|site| {
        let page = site.browser("chief-officer").get(RISKS);
        assert!(page.shows("2 entries are not complete or not right"));
        let told = page
            .body
            .split("2 entries are not complete or not right")
            .nth(1)
            .unwrap();
        let told = told.split("</ul>").next().unwrap();
        assert_eq!(told.matches("<li>").count(), 2, "{told}");
        assert!(
            told.contains("/registers/risk/8\">R8</a>: Owner is missing</li>"),
            "{told}"
        );
        assert!(
            told.contains("/registers/issue/1\">I1</a>: Action owner is missing</li>"),
            "{told}"
        );
        let mut manager = site.browser("programme-manager");
        let done = change(
            &mut manager,
            8,
            &[("owner", "Sponsors")],
            "Agreed by the board",
        );
        assert_eq!(done.status, 303, "{}", done.body);
        assert!(
            manager
                .get(RISKS)
                .shows("One entry is not complete or not right")
        );
    });
}

#[test]
fn nobody_owns_a_risk_under_a_name_that_nobody_knows() {
    programmes(|site| {
        let mut manager = site.browser("programme-manager");
        let done = change(
            &mut manager,
            8,
            &[("owner", "Nobody in Particular")],
            "A guess",
        );
        assert_eq!(done.status, 422, "{}", done.body);
        assert!(done.shows("Nobody in Particular"));
        assert!(manager.get(RISKS).shows("R8</a>: Owner is missing"));
    });
}

#[test]
fn a_score_that_moves_is_told_with_where_from_by_whom_and_why() {
    programmes(|site| {
        let mut manager = site.browser("programme-manager");
        assert!(manager.get(RISKS).shows("Scored once"));
        let done = change(
            &mut manager,
            4,
            &[("likelihood", "5")],
            "Two project managers left",
        );
        assert_eq!(done.status, 303, "{}", done.body);
        let list = manager.get(RISKS);
        assert!(list.shows("▲ Worse, was 12"));
        assert!(list.shows("One of 12 open risks is extreme"));
        let page = manager.get(&format!("{RISKS}/4"));
        for said in [
            "▲ Worse, was 12.",
            "20 Extreme",
            "12 High",
            "Two project managers left",
            "Reference data",
        ] {
            assert!(page.shows(said), "{said}");
        }
        assert!(page.shows("The source says “possible”, which stands for 3."));
        let done = change(&mut manager, 4, &[("likelihood", "2")], "Two others came");
        assert_eq!(done.status, 303);
        assert!(manager.get(RISKS).shows("▼ Better, was 20"));
    });
}

#[test]
fn closed_risks_are_listed_only_when_asked_for_and_lists_are_sorted() {
    programmes(|site| {
        let mut manager = site.browser("programme-manager");
        let done = change(
            &mut manager,
            9,
            &[("status", "passed")],
            "The savings are made",
        );
        assert_eq!(done.status, 303, "{}", done.body);
        let shown =
            |page: &Answer| page.shows("This work diverts attention from more urgent savings");
        assert!(!shown(&manager.get(RISKS)));
        assert!(shown(&manager.get(&format!("{RISKS}?show=all"))));
        let order = |page: &Answer| {
            let rows = page.body.split("/better-together/risks/").skip(1);
            let numbers = rows.filter_map(|row| row.split('"').next()?.parse::<i64>().ok());
            numbers.collect::<Vec<_>>()
        };
        assert_eq!(
            order(&manager.get(RISKS)),
            [1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 8]
        );
        let by_owner = manager.get(&format!("{RISKS}?sort=owner"));
        assert_eq!(order(&by_owner), [8, 4, 5, 6, 7, 10, 11, 12, 1, 2, 3]);
    });
}

#[test]
fn responses_become_overdue_and_escalations_wait_for_their_board() {
    programmes(|site| {
        let mut manager = site.browser("programme-manager");
        let base = "/programmes/better-together/registers";
        let response = [
            ("action", "Plan the posts for a year"),
            ("risk", "4"),
            ("owner", "Sponsors"),
            ("due-day", "1"),
            ("due-month", "2"),
            ("due-year", "2014"),
        ];
        let added = manager.post(&format!("{base}/response/new"), &response);
        assert_eq!(added.status, 303, "{}", added.body);
        let escalation = [
            ("why", "Lend two managers"),
            ("issue", "2"),
            ("to", "1"),
            ("raised-day", "3"),
            ("raised-month", "2"),
            ("raised-year", "2014"),
        ];
        let added = manager.post(&format!("{base}/escalation/new"), &escalation);
        assert_eq!(added.status, 303, "{}", added.body);
        let both = [("action", "For both"), ("risk", "1"), ("issue", "1")];
        let refused = manager.post(&format!("{base}/response/new"), &both);
        assert_eq!(refused.status, 422);
        assert!(refused.shows("Choose a risk or an issue that this is about, not both"));
        let page = manager.get(RISKS);
        for said in [
            "1 of 1 response is overdue.",
            "1 February 2014",
            "Waits for a decision",
            "Sponsoring Group",
        ] {
            assert!(page.shows(said), "{said}");
        }
        let risk = manager.get(&format!("{RISKS}/4"));
        assert!(risk.shows("Plan the posts for a year") && !risk.shows("Lend two managers"));
    });
}

#[test]
fn risks_that_nobody_scored_are_said_not_to_be_on_the_map() {
    programmes(|site| {
        let page = site.browser("analyst").get("/programmes/future-care/risks");
        assert!(page.shows("2 of 2 open risks have no score, so they are not on a heat map."));
        assert!(!page.body.contains("id=\"heat\""));
        assert!(page.shows("No owner") && page.shows("Not scored"));
    });
}

#[test]
fn what_the_plan_rests_on_has_a_page() {
    programmes(|site| {
        let page = site
            .browser("commissioner")
            .get(&format!("{RISKS}/conditions"));
        for said in [
            "Formal Section 75 arrangements will be required",
            "£2m financial support from DCLG",
            "Not tested yet",
            "The Dorset urgent care improvement plan",
        ] {
            assert!(page.shows(said), "{said}");
        }
        assert_eq!(
            site.browser("analyst").get(&format!("{RISKS}/99")).status,
            404
        );
    });
}
