//! The pages of governance, of both programmes as they ship.

use crate::support::{house, programmes};

#[test]
fn every_programme_is_listed_and_without_one_the_page_says_what_to_do() {
    house(|site| {
        let page = site.browser("analyst").get("/programmes");
        assert_eq!(page.status, 200);
        assert!(page.shows("There are no programmes yet"));
        let missing = site
            .browser("analyst")
            .get("/programmes/nothing/governance");
        assert_eq!(missing.status, 404);
    });
    programmes(|site| {
        let page = site.browser("analyst").get("/programmes");
        for title in [
            "Better Together",
            "FutureCare",
            "June 2013",
            "December 2024",
        ] {
            assert!(page.shows(title), "{title}");
        }
    });
}

#[test]
fn boards_are_drawn_and_every_relationship_is_said_in_words() {
    programmes(|site| {
        let mut browser = site.browser("programme-manager");
        let page = browser.get("/programmes/better-together/governance");
        assert_eq!(page.status, 200, "{}", page.body);
        assert!(page.shows("Sponsoring Group gives authority to Better Together Programme Board"));
        let rows = page.body.split("Who does what").next().unwrap();
        assert!(rows.contains("<svg"), "the chart");
        for said in [
            "<td>gives authority to</td><td>Better Together Programme Board</td>",
            "<td>oversees</td><td>Shared ICT Project Board</td>",
            "<td>supports</td><td>Better Together Programme Board</td>",
        ] {
            assert!(page.body.contains(said), "{said}");
        }
        let advises = "<td>advises and influences</td><td>Better Together Programme Board</td>";
        assert_eq!(page.body.matches(advises).count(), 3);
        let dashed = page.body.matches("stroke-dasharray=\"5 4\"").count();
        // Seven of the lines, in both drawings, and the key.
        assert_eq!(dashed, 7 * 2 + 1);
        for title in [
            "Integrated Front-end Services",
            "Delivery Model Development",
        ] {
            assert!(page.shows(title), "{title}");
        }
    });
}

#[test]
fn workstreams_without_an_owner_are_counted() {
    programmes(|site| {
        let page = site
            .browser("finance")
            .get("/programmes/future-care/governance");
        assert!(page.shows("6 of 6 have no senior responsible owner in the register."));
        assert!(page.shows("Workstream 1 (its name is not published)"));
    });
}

#[test]
fn roles_show_their_responsibilities_and_who_held_them_on_a_day() {
    programmes(|site| {
        let mut manager = site.browser("programme-manager");
        let roles = "/programmes/better-together/governance/roles";
        let page = manager.get(roles);
        for said in [
            "15 responsibilities",
            "8 responsibilities",
            "Debbie Ward",
            "Named as its holders; from when is not known",
        ] {
            assert!(page.shows(said), "{said}");
        }
        let added = manager.post(
            "/programmes/better-together/registers/holder/new",
            &[
                ("name", "Asha (made up)"),
                ("role", "2"),
                ("from-day", "1"),
                ("from-month", "9"),
                ("from-year", "2013"),
                ("to-day", "31"),
                ("to-month", "3"),
                ("to-year", "2014"),
            ],
        );
        assert_eq!(added.status, 303, "{}", added.body);
        let on = |manager: &mut stour_web::testing::Browser<'_>, day: &str| {
            let page = manager.get(&format!("{roles}?on={day}"));
            let role = page
                .body
                .split("Senior Responsible Owner</a>")
                .nth(1)
                .unwrap();
            role.split("<h2").next().unwrap().to_owned()
        };
        let then = on(&mut manager, "2013-10-01");
        assert!(
            then.contains("Held by") && then.contains("Asha (made up)"),
            "{then}"
        );
        let later = on(&mut manager, "2014-04-01");
        assert!(
            later.contains("Nobody is known to have held it on 1 April 2014."),
            "{later}"
        );
        assert!(later.contains("At other times") && later.contains("Asha (made up)"));
        let wrong = manager.get(&format!("{roles}?on=tomorrow"));
        assert_eq!(wrong.status, 400);
    });
}

#[test]
fn totals_are_added_up_and_held_against_the_paper() {
    programmes(|site| {
        let figures = "/programmes/better-together/governance/figures";
        let page = site.browser("finance").get(figures);
        for said in ["£1,205,600,000.00", "£2,419,700.00", "£3,000,000.00"] {
            assert!(page.shows(said), "{said}");
        }
        assert_eq!(
            page.body.matches("The paper states the same total").count(),
            2
        );
        assert_eq!(page.body.matches("The paper states no total").count(), 1);
        assert!(!page.shows("The paper states another total"));
        let mut manager = site.browser("programme-manager");
        let added = manager.post(
            "/programmes/better-together/registers/figure/new",
            &[("label", "One more"), ("table", "2"), ("amount", "£1,000")],
        );
        assert_eq!(added.status, 303, "{}", added.body);
        let page = manager.get(figures);
        assert!(page.shows("The paper states another total"));
        assert!(page.shows("It states £2,419,700.00; its lines come to £1,000.00 more."));
    });
}

#[test]
fn quick_wins_have_their_parts_and_offers_their_days() {
    programmes(|site| {
        let page = "/programmes/better-together/governance/engagement";
        let page = site.browser("chief-officer").get(page);
        for said in [
            "(a) ",
            "(e) ",
            "activity 6 of the plan",
            "Local Government Association",
            "Nothing is in the register of lessons yet. Programme managers keep it.",
        ] {
            assert!(page.shows(said), "{said}");
        }
    });
}

#[test]
fn a_programme_manager_starts_a_programme_and_nobody_starts_it_twice() {
    programmes(|site| {
        let mut manager = site.browser("programme-manager");
        let fields = [
            ("title", "Third (made up)"),
            ("name", "third"),
            ("vision", "Better days"),
        ];
        assert!(manager.get("/programmes").shows("Start a programme"));
        assert_eq!(manager.get("/programmes/new").status, 200);
        let done = manager.post("/programmes/new", &fields);
        assert_eq!(
            (done.status.as_u16(), done.location()),
            (303, "/programmes/third")
        );
        let boards = manager.get("/programmes/third/governance");
        assert!(boards.shows("Third (made up)"));
        assert!(boards.shows("Nothing is in the register of boards and groups yet."));
        assert!(
            boards
                .body
                .contains("/programmes/third/registers/board/new")
        );
        let again = manager.post("/programmes/new", &fields);
        assert_eq!(again.status, 422);
        assert!(again.shows("Another programme has this short name"));
        assert!(
            again.body.contains("value=\"Third (made up)\""),
            "what was typed stays"
        );
        let wrong = manager.post("/programmes/new", &[("title", ""), ("name", "Not So")]);
        assert_eq!(wrong.status, 422);
        assert!(wrong.shows("Enter what the programme is called"));
        let mut analyst = site.browser("analyst");
        assert!(!analyst.get("/programmes").shows("Start a programme"));
        assert_eq!(analyst.get("/programmes/new").status, 403);
        assert_eq!(analyst.post("/programmes/new", &fields).status, 403);
        let second = [("title", "Second in one")];
        let second = manager.post("/programmes/third/registers/programme/new", &second);
        assert_eq!(second.status, 422, "{}", second.body);
    });
}
