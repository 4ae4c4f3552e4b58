//! Benefits over HTTP: what both programmes promise, beside what a committee was told of one of them.

use stour_database::Error;
use stour_outcomes::import::import_shipped;
use stour_register::{Author, add, change, numbered};
use stour_web::testing::{Browser, Site};

use crate::support::{errors, programmes};

const BENEFITS: &str = "/programmes/future-care/benefits";

/// Runs a test on each database, with both programmes and the published figures.
fn house(test: impl Fn(&Site)) {
    programmes(|site| {
        import_shipped(site.house()).unwrap();
        test(site);
    });
}

const READERS: [&str; 7] = [
    "programme-manager",
    "commissioner",
    "finance",
    "chief-officer",
    "analyst",
    "service-manager",
    "democratic-services",
];
const EDITORS: [&str; 4] = [
    "programme-manager",
    "commissioner",
    "finance",
    "service-manager",
];

const PAGES: [&str; 12] = [
    "",
    "/map",
    "/plan",
    "/claims",
    "/attribution",
    "/export/overview.csv",
    "/export/claims.csv",
    "/export/signatures.csv",
    "/export/benefits.xlsx",
    "/1",
    "/2",
    "/2/sign",
];

#[test]
fn every_reader_sees_every_page_and_nobody_else_any() {
    house(|site| {
        for role in stour_access::ROLES {
            let mut browser = site.browser(role.name);
            let reads = READERS.contains(&role.name);
            for page in PAGES {
                let status = browser.get(&format!("{BENEFITS}{page}")).status;
                let expected = if reads { 200 } else { 403 };
                assert_eq!(status, expected, "{} {page}", role.name);
            }
            let form = browser.get(&format!("{BENEFITS}/2/explain")).status;
            let expected = if EDITORS.contains(&role.name) {
                200
            } else {
                403
            };
            assert_eq!(form, expected, "{}", role.name);
        }
    });
}

#[test]
fn it_is_ahead_overall_and_behind_on_the_wait_at_a_glance() {
    house(|site| {
        let page = site.browser("chief-officer").get(BENEFITS);
        assert!(
            page.shows("Ahead overall, behind on the wait with a package"),
            "{}",
            page.body
        );
        for figure in [
            "£12.87m", "£12.54m", "9.64", "8.07", "649", "594", "33.3", "38.2",
        ] {
            assert!(page.shows(figure), "{figure}");
        }
        assert!(page.shows("£3,600,000"));
        let wait = site.browser("chief-officer").get(&format!("{BENEFITS}/2"));
        assert!(wait.shows("Behind: 9.64 against 8.07 aimed at"));
        assert!(wait.shows("nobody has explained why yet"));
    });
}

#[test]
fn what_was_promised_in_2013_is_not_measured() {
    house(|site| {
        let mut browser = site.browser("analyst");
        let page = browser.get("/programmes/better-together/benefits");
        assert!(page.shows("No benefit has been measured yet"));
        let careland = browser.get("/programmes/better-together/benefits/14");
        for number in ["57", "30", "This expected shift of 20%"] {
            assert!(careland.shows(number), "{number}");
        }
        assert!(careland.shows("so no target stands here"));
        let productivity = browser.get("/programmes/better-together/benefits/13");
        assert!(productivity.shows("£60,000,000"));
        let map = browser.get("/programmes/better-together/benefits/map");
        assert!(map.shows("Less inappropriate demand") && map.shows("<svg"));
    });
}

fn claim(browser: &mut Browser<'_>, benefit: &str, quantity: &str) -> stour_web::testing::Answer {
    browser.post(
        &format!("{BENEFITS}/claims"),
        &[
            ("benefit", benefit),
            ("quantity", quantity),
            ("counterfactual", "Before and after"),
        ],
    )
}

#[test]
fn a_claim_above_the_change_and_one_made_twice_are_refused() {
    house(|site| {
        let mut browser = site.browser("programme-manager");
        let above = claim(&mut browser, "3", "60");
        assert_eq!(above.status, 422);
        assert!(
            errors(&above).contains("The claim is 5 too much"),
            "{}",
            errors(&above)
        );
        assert_eq!(claim(&mut browser, "3", "40").status, 303);
        let twice = claim(&mut browser, "3", "10");
        assert!(
            errors(&twice).contains("claimed before"),
            "{}",
            errors(&twice)
        );
        let page = browser.get(&format!("{BENEFITS}/claims"));
        assert!(page.shows("Nobody’s, so far") && page.shows("15"));
        for (benefit, quantity) in [
            ("3", "0"),
            ("3", "-1"),
            ("3", "forty"),
            ("9", "1"),
            ("", "1"),
        ] {
            assert_eq!(
                claim(&mut browser, benefit, quantity).status,
                422,
                "{benefit} {quantity}"
            );
        }
        assert_eq!(claim(&mut site.browser("analyst"), "3", "1").status, 403);
    });
}

#[test]
fn a_claim_that_is_taken_back_says_why() {
    house(|site| {
        let mut browser = site.browser("programme-manager");
        assert_eq!(claim(&mut browser, "3", "40").status, 303);
        let page = browser.get(&format!("{BENEFITS}/claims"));
        let end = page
            .body
            .split("/claims/")
            .find_map(|part| part.split_once("/end"));
        let end = format!("{BENEFITS}/claims/{}/end", end.unwrap().0);
        assert_eq!(browser.post(&end, &[("why", "")]).status, 422);
        assert_eq!(browser.post(&end, &[("why", "Typed wrongly")]).status, 303);
        assert_eq!(browser.post(&end, &[("why", "Again")]).status, 409);
        assert!(
            browser
                .get(&format!("{BENEFITS}/claims"))
                .shows("Typed wrongly")
        );
        assert_eq!(claim(&mut browser, "3", "55").status, 303);
    });
}

#[test]
fn an_owner_explains_a_missed_measure() {
    house(|site| {
        let mut browser = site.browser("service-manager");
        let form = format!("{BENEFITS}/2/explain");
        let fields = |year: &'static str| {
            [
                ("why", "Packages of care start late in the east"),
                ("done", "Two more brokers begin"),
                ("who", "Dorset Council"),
                ("due-day", "31"),
                ("due-month", "1"),
                ("due-year", year),
            ]
        };
        let past = browser.post(&form, &fields("2020"));
        assert_eq!(past.status, 422);
        assert!(
            past.shows("Two more brokers begin"),
            "what was typed is gone"
        );
        let mut unknown = fields("2027");
        unknown[2].1 = "Nobody in particular";
        assert_eq!(browser.post(&form, &unknown).status, 422);
        assert_eq!(browser.post(&form, &[]).status, 422);
        let done = browser.post(&form, &fields("2027"));
        assert_eq!(
            done.location(),
            format!("{BENEFITS}/2"),
            "{}",
            errors(&done)
        );
        let page = browser.get(done.location());
        assert!(page.shows("Packages of care start late in the east"));
        assert!(page.shows("31 January 2027") && page.shows("9.64 against 8.07"));
        let refused = site.browser("analyst").post(&form, &fields("2027"));
        assert_eq!(refused.status, 403);
        // Nothing to explain of a benefit without a figure.
        let none = browser.post(&format!("{BENEFITS}/6/explain"), &fields("2027"));
        assert_eq!(none.status, 409);
    });
}

/// What the one open step of a page says, as the form sends it.
fn figures(page: &stour_web::testing::Answer) -> String {
    let part = page.body.split("name=\"figures\" value=\"").nth(1).unwrap();
    part.split('"').next().unwrap().to_owned()
}

#[test]
fn a_step_is_signed_by_whoever_answers_for_it_and_did_not_write_it() {
    house(|site| {
        let mut browser = site.browser("service-manager");
        let page = browser.get(&format!("{BENEFITS}/2/sign"));
        let figures = figures(&page);
        let sign = format!("{BENEFITS}/2/sign-operational");
        let sent = [("figures", figures.as_str()), ("words", "Seen on the ward")];
        assert_eq!(site.browser("finance").post(&sign, &sent).status, 403);
        let other = browser.post(&sign, &[("figures", "Something else")]);
        assert_eq!(other.status, 422);
        assert_eq!(browser.post(&sign, &sent).status, 303);
        let page = browser.get(&format!("{BENEFITS}/2/sign"));
        assert!(page.shows("Moved and signed") && page.shows("Seen on the ward"));
        assert_eq!(browser.post(&sign, &sent).status, 422);
        // Money is not signed by who signs for a service.
        let money = format!("{BENEFITS}/2/sign-money");
        assert_eq!(browser.post(&money, &sent).status, 403);
    });
}

#[test]
fn nobody_signs_a_benefit_that_they_wrote_a_version_of() {
    house(|site| {
        let mut browser = site.browser("service-manager");
        browser.get(BENEFITS);
        let by = Author {
            user: browser.user(),
            name: "Somebody".to_owned(),
            organisation: "QVV".parse().unwrap(),
        };
        let environment = site.environment().clone();
        site.database()
            .write_blocking(move |tx| {
                let entry = numbered(tx, ("future-care", "benefit"), 2)?.unwrap();
                let mut values = entry.values.clone();
                values.set("owner", "Dorset Council");
                let base = (entry.id, entry.version);
                change(tx, &environment, base, (&values, "Owner found"), &by)?;
                Ok::<_, Error>(())
            })
            .unwrap();
        let page = browser.get(&format!("{BENEFITS}/2/sign"));
        let figures = figures(&page);
        let sign = format!("{BENEFITS}/2/sign-operational");
        let refused = browser.post(&sign, &[("figures", &figures)]);
        assert_eq!(refused.status, 422);
        assert!(
            refused.shows("wrote part of what is signed"),
            "{}",
            errors(&refused)
        );
    });
}

#[test]
fn money_is_valued_named_and_signed_one_step_after_the_other() {
    house(|site| {
        let author = Author {
            user: None,
            name: "Made up for this test".to_owned(),
            organisation: "QVV".parse().unwrap(),
        };
        let environment = site.environment().clone();
        site.database()
            .write_blocking(move |tx| {
                let conversion = [
                    ("benefit", "3"),
                    ("from", "2025-01-01"),
                    ("unit-value", "100"),
                ];
                let line = [
                    ("benefit", "3"),
                    ("line", "Beds"),
                    ("organisation", "Dorset Council"),
                    ("year", "2027/28"),
                    ("reduced-by", "200000"),
                ];
                let scope = "future-care";
                add(
                    tx,
                    &environment,
                    (scope, "conversion", None),
                    (&conversion.into_iter().collect(), ""),
                    &author,
                )?;
                add(
                    tx,
                    &environment,
                    (scope, "budget-line", None),
                    (&line.into_iter().collect(), ""),
                    &author,
                )?;
                Ok::<_, Error>(())
            })
            .unwrap();
        let mut manager = site.browser("service-manager");
        let mut finance = site.browser("finance");
        let page = format!("{BENEFITS}/3/sign");
        // 55 more a week, £100 each, in 52 weeks.
        assert!(
            manager
                .get(&format!("{BENEFITS}/3"))
                .shows("£286,000 a year")
        );
        let step = figures(&manager.get(&page));
        let operational = format!("{BENEFITS}/3/sign-operational");
        assert_eq!(
            manager.post(&operational, &[("figures", &step)]).status,
            303
        );
        let money = format!("{BENEFITS}/3/sign-money");
        for words in ["Valued and signed", "Budget line signed; no journal"] {
            let step = figures(&finance.get(&page));
            assert_eq!(finance.post(&money, &[("figures", &step)]).status, 303);
            assert!(finance.get(&page).shows(words), "{words}");
        }
    });
}

#[test]
fn a_baseline_taken_after_the_start_is_refused_by_the_form() {
    house(|site| {
        let mut browser = site.browser("programme-manager");
        let fields = [
            ("title", "A later baseline"),
            ("category", "people"),
            ("class", "quantitative"),
            ("baseline-to-day", "31"),
            ("baseline-to-month", "3"),
            ("baseline-to-year", "2025"),
        ];
        let refused = browser.post("/programmes/future-care/registers/benefit/new", &fields);
        assert_eq!(refused.status, 422);
        assert!(
            errors(&refused).contains("before the programme starts"),
            "{}",
            errors(&refused)
        );
    });
}

#[test]
fn overlapping_programmes_have_parts_and_the_rest_is_nobodys() {
    house(|site| {
        let author = Author {
            user: None,
            name: "Made up for this test".to_owned(),
            organisation: "QVV".parse().unwrap(),
        };
        let mut browser = site.browser("analyst");
        let page = format!("{BENEFITS}/attribution");
        assert!(browser.get(&page).shows("There is no estimate yet"));
        let estimate = |programmes: &'static str, effect: &'static str| {
            let (environment, author) = (site.environment().clone(), author.clone());
            site.database()
                .write_blocking(move |tx| {
                    let values = [
                        ("benefit", "3"),
                        ("programmes", programmes),
                        ("effect", effect),
                    ];
                    let what = ("future-care", "effect", None);
                    add(
                        tx,
                        &environment,
                        what,
                        (&values.into_iter().collect(), ""),
                        &author,
                    )
                })
                .unwrap();
        };
        estimate("FutureCare", "40");
        estimate("FutureCare; Fulfilled Lives", "45");
        assert!(
            browser
                .get(&page)
                .shows("no estimate of what Fulfilled Lives would do")
        );
        estimate("Fulfilled Lives", "10");
        let shown = browser.get(&page);
        assert!(shown.shows("Attributed to nobody: 10"), "{}", shown.body);
        assert!(shown.shows("of a change of 55"));
    });
}

#[test]
fn benefits_claims_and_signatures_are_taken_away() {
    house(|site| {
        let mut manager = site.browser("programme-manager");
        assert_eq!(claim(&mut manager, "3", "40").status, 303);
        let mut service = site.browser("service-manager");
        let page = service.get(&format!("{BENEFITS}/3/sign"));
        let fields = [("figures", figures(&page)), ("words", "=1+1".to_owned())];
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, text)| (*name, text.as_str()))
            .collect();
        let signed = service.post(&format!("{BENEFITS}/3/sign-operational"), &fields);
        assert_eq!(signed.status, 303, "{}", errors(&signed));
        let mut analyst = site.browser("analyst");
        let mut rows = |file: &str| -> Vec<Vec<String>> {
            let answer = analyst.get(&format!("{BENEFITS}/export/{file}"));
            assert_eq!(answer.headers["content-type"], "text/csv; charset=utf-8");
            let mut read = csv::Reader::from_reader(answer.body.as_bytes());
            let rows = read.records();
            rows.map(|row| row.unwrap().iter().map(str::to_owned).collect())
                .collect()
        };
        let overview = rows("overview.csv");
        let third = overview.iter().find(|row| row[0] == "B3").unwrap();
        assert_eq!(
            third[5..=10],
            [
                "649",
                third[6].as_str(),
                "",
                "55",
                "Better, no target",
                "Moved and signed"
            ]
        );
        let claims = rows("claims.csv");
        assert_eq!(claims.len(), 1);
        assert_eq!((claims[0][0].as_str(), claims[0][4].as_str()), ("B3", "40"));
        assert_eq!(claims[0][11], "Holds");
        let signatures = rows("signatures.csv");
        assert_eq!(signatures.len(), 1);
        assert_eq!(signatures[0][2], "Operational");
        assert_eq!(signatures[0][4], "'=1+1", "no formula");
        assert_eq!(signatures[0][8], "yes");
        let page = analyst.get(BENEFITS);
        assert!(page.shows("/benefits/export/benefits.xlsx"));
        let missing = analyst.get(&format!("{BENEFITS}/export/else.csv"));
        assert_eq!(missing.status, 404);
    });
}

const MAP: &str = "/programmes/better-together/benefits/map";

#[test]
fn the_map_begins_with_the_activities_that_make_an_output() {
    house(|site| {
        let mut manager = site.browser("programme-manager");
        let without = manager.get(MAP);
        // The paper of 2013 names what two of its activities make.
        assert!(without.shows("2 activities, 6 outputs, 3 outcomes") && !without.shows("AC8 "));
        let edit = "/programmes/better-together/registers/activity/8/edit";
        let form = crate::support::form_of(&manager.get(edit), edit);
        let sent = crate::support::but(
            &form,
            &[("makes", "5"), ("why-changed", "Said at the board")],
        );
        let saved = manager.post(edit, &sent);
        assert_eq!(saved.status, 303, "{}", errors(&saved));
        let map = manager.get(MAP);
        assert!(
            map.shows("3 activities, 6 outputs, 3 outcomes"),
            "{}",
            map.body
        );
        assert!(map.shows("AC8 "));
    });
}
