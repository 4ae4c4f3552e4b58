use axum::http::StatusCode;
use stour_advice::capability;
use stour_web::testing::{Site, each_house};

fn with_advice(test: impl Fn(Site)) {
    each_house(|| vec![capability()], test);
}

/// Somebody of 40 in Dorset, with Dorset Council's own example of savings and just the income that may be kept.
const EXAMPLE: [(&str, &str); 10] = [
    ("council", "E06000059"),
    ("care", "home"),
    ("cost", "400"),
    ("savings", "16,500"),
    ("circumstance", "single-25-plus"),
    ("income-benefits", "112.50"),
    ("date-day", "2"),
    ("date-month", "6"),
    ("date-year", "2025"),
    ("home", "no"),
];

fn but<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let is_changed = |field: &str| changes.iter().any(|(changed, _)| *changed == field);
    let rest = EXAMPLE
        .iter()
        .copied()
        .filter(|(field, _)| !is_changed(field));
    rest.chain(changes.iter().copied()).collect()
}

#[test]
fn dorsets_example_is_worked_out_line_by_line() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let form = anybody.get("/paying-for-care");
        assert_eq!(form.status, StatusCode::OK);
        assert!(form.shows("What might I pay for care?"));
        let page = anybody.post("/paying-for-care", &EXAMPLE);
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.shows("You may pay <strong>£9.00</strong> a week"));
        assert!(page.shows(
            "£2,250.00 of savings over £14,250.00: 9 × £1.00, for every £250.00 or part of it"
        ));
        assert!(page.shows("The council may pay the other £391.00."));
        assert!(page.shows("ruils.co.uk, citing the local authority circular for 2025-26"));
        // On a later day the same rates are of an earlier year, and the page says so.
        assert!(!page.shows("From an earlier year"));
        let later = anybody.post("/paying-for-care", &but(&[("date-year", "2026")]));
        assert!(later.shows("From an earlier year"));
    });
}

#[test]
fn figures_are_in_no_address_and_nothing_is_stored_unasked() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let page = anybody.post("/paying-for-care", &EXAMPLE);
        assert!(!page.shows("savings=16"));
        assert!(!page.shows("method=\"get\""));
        assert_eq!(page.location(), "");
        let rows = site.database().read_blocking(|tx| {
            tx.one(
                stour_database::sql!("SELECT count(*) FROM kept_estimate"),
                &[],
                |row| row.get::<i64>(0),
            )
        });
        assert_eq!(rows, Ok(0));
    });
}

#[test]
fn the_council_comes_from_the_postcode() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let page = anybody.post(
            "/paying-for-care",
            &but(&[("council", ""), ("postcode", "bh151aa")]),
        );
        assert!(page.shows("Bournemouth, Christchurch and Poole Council"));
        for (typed, says) in [
            ("", "Enter your postcode, or choose your council"),
            ("DT1", "Enter a full postcode, like DT1 1XJ"),
            ("M1 1AA", "We do not know the council of this postcode"),
        ] {
            let page = anybody.post(
                "/paying-for-care",
                &but(&[("council", ""), ("postcode", typed)]),
            );
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(page.shows(says), "{typed}: {}", page.body);
        }
    });
}

#[test]
fn mistakes_are_told_at_their_fields() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        for (field, typed, says) in [
            ("care", "hotel", "Choose where you have care"),
            ("cost", "", "Enter what the care costs each week"),
            (
                "cost",
                "lots",
                "Enter what the care costs each week in pounds",
            ),
            ("savings", "-5", "Enter your savings in pounds"),
            (
                "savings",
                "99999999999999",
                "Give an amount from £0 to £1 billion",
            ),
            ("circumstance", "rich", "Choose what is true of you"),
            ("date-day", "40", "Enter a real date"),
            ("interest", "26", "as a per cent from 0 to 25"),
            ("not-counted", "50", "Say why these savings do not count"),
            ("income-earnings", "1.5", "in pounds, like 250"),
        ] {
            let page = anybody.post("/paying-for-care", &but(&[(field, typed)]));
            assert_eq!(
                page.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{field} {typed}"
            );
            assert!(page.shows(says), "{field} {typed}");
            // What was typed is still there.
            assert!(page.shows("value=\"2025\""), "{field} {typed}");
        }
    });
}

#[test]
fn missing_rates_are_asked_for_with_their_source() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let pensioner = [("circumstance", "single-pension-age")];
        let page = anybody.post("/paying-for-care", &but(&pensioner));
        assert!(page.shows("We need one more figure"));
        assert!(page.shows("Minimum income guarantee: single, pension age"));
        assert!(page.shows("name=\"savings\" value=\"16,500\""));
        let rate = "rate-minimum-income-guarantee--single-pension-age";
        let sourceless = anybody.post("/paying-for-care", &but(&[pensioner[0], (rate, "232.60")]));
        assert!(sourceless.shows("Say where the figure is from"));
        assert!(sourceless.shows("value=\"232.60\""));
        let wrong = anybody.post(
            "/paying-for-care",
            &but(&[pensioner[0], (rate, "much"), ("rate-source", "a letter")]),
        );
        assert!(wrong.shows("in pounds, like 250"));
        let given = anybody.post(
            "/paying-for-care",
            &but(&[
                pensioner[0],
                (rate, "100"),
                ("rate-source", "letter of 4 May"),
            ]),
        );
        // 112.50 + 9 - 100
        assert!(given.shows("<strong>£21.50</strong> a week"));
        assert!(given.shows("figure given by you"));
        assert!(given.shows("letter of 4 May"));
    });
}

#[test]
fn savings_run_down_to_a_date() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let care_home = [
            ("care", "permanent"),
            ("cost", "1000"),
            ("savings", "43250"),
            ("income-benefits", "30.65"),
        ];
        let page = anybody.post("/paying-for-care", &but(&care_home));
        // Twenty weeks at £1,000, from 2 June.
        assert!(page.shows("You may pay the full cost until 20 October 2025."));
        assert!(page.shows("Tell the council by 28 July 2025."));
        assert!(page.shows("Savings reach the upper limit on 20 October 2025"));
        assert!(page.shows("The rates that this rests on"));
        assert!(page.shows("Personal expenses allowance: £30.65 (not verified)"));
        assert!(page.shows("/advice/paying-for-care"));
        assert!(page.shows("independent+financial+advice"));
        let homeowner = but(&[
            care_home[0],
            care_home[1],
            ("savings", "5000"),
            ("home", "yes"),
            ("home-value", "200000"),
            ("home-reason", "none"),
            ("home-weeks", "30"),
        ]);
        let page = anybody.post("/paying-for-care", &homeowner);
        assert!(page.shows("there is not enough in savings"));
        let mut deferring = homeowner.clone();
        deferring.extend([
            ("home-defer", "yes"),
            ("home-most-owed", "100000"),
            ("home-interest", "4.5"),
        ]);
        let page = anybody.post("/paying-for-care", &deferring);
        assert!(page.shows("is added to what you owe"));
        assert!(page.shows("you would owe as much as the agreement allows"));
    });
}

#[test]
fn an_estimate_is_kept_under_a_code_opened_and_deleted() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let kept = anybody.post("/paying-for-care/keep", &EXAMPLE);
        assert_eq!(kept.status, StatusCode::OK);
        let again = anybody.post_again("/paying-for-care/keep", &EXAMPLE);
        let code = |body: &str| {
            let after = body.split("Your code is<br><strong>").nth(1);
            after
                .and_then(|rest| rest.split('<').next())
                .unwrap_or_default()
                .to_owned()
        };
        let first = code(&kept.body);
        assert_eq!(first.len(), 14, "{}", kept.body);
        // The button pressed twice keeps one.
        assert_eq!(code(&again.body), first);
        let sloppy = first.to_lowercase().replace('-', " ");
        let opened = site
            .stranger()
            .post("/paying-for-care/kept", &[("code", &sloppy)]);
        assert!(opened.shows("<strong>£9.00</strong> a week"));
        assert!(opened.shows("Delete it now"));
        for wrong in ["", "12", "<b>", "2222-2222-2222"] {
            let page = anybody.post("/paying-for-care/kept", &[("code", wrong)]);
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        }
        let deleted = anybody.post("/paying-for-care/kept/delete", &[("code", &first)]);
        assert!(deleted.shows("What you kept is deleted"));
        let gone = anybody.post("/paying-for-care/kept", &[("code", &first)]);
        assert!(gone.shows("There is nothing under this code"));
    });
}

#[test]
fn what_is_kept_expires() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let kept = anybody.post("/paying-for-care/keep", &EXAMPLE);
        let after = kept.body.split("<strong>").nth(1);
        let code = after
            .and_then(|rest| rest.split('<').next())
            .unwrap_or_default()
            .to_owned();
        site.clock()
            .advance(std::time::Duration::from_hours(59 * 24));
        let opened = anybody.post("/paying-for-care/kept", &[("code", &code)]);
        assert!(opened.shows("Delete it now"));
        site.clock().advance(std::time::Duration::from_hours(24));
        let gone = anybody.post("/paying-for-care/kept", &[("code", &code)]);
        assert!(gone.shows("There is nothing under this code"));
    });
}

#[test]
fn what_is_typed_is_shown_as_text() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let hostile = "\"><script>alert(1)</script>";
        for field in [
            "postcode",
            "savings",
            "not-counted-why",
            "rate-source",
            "home-share",
        ] {
            let changes = [
                (field, hostile),
                ("not-counted", "5"),
                ("home", "yes"),
                ("council", ""),
            ];
            let page = anybody.post("/paying-for-care", &but(&changes));
            assert!(!page.shows("<script>alert"), "{field}");
        }
        let long = "9".repeat(5_000);
        let page = anybody.post("/paying-for-care", &but(&[("savings", &long)]));
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        let unknown = anybody.post(
            "/paying-for-care",
            &but(&[("income-gold", hostile), ("x", hostile)]),
        );
        assert_eq!(unknown.status, StatusCode::OK);
        assert!(!unknown.shows("income-gold"));
    });
}

#[test]
fn rates_are_listed_with_what_is_missing() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let page = anybody.get("/paying-for-care/rates?council=E06000059&on=2025-06-02");
        assert!(page.shows("£23,250.00"));
        assert!(page.shows("Not known here"));
        assert!(page.shows("We do not know whether the council has one"));
        assert!(page.shows("1 April 2025 to 31 March 2026"));
        assert!(anybody.get("/paying-for-care/rates").shows("Earlier year"));
        let nowhere = anybody.get("/paying-for-care/rates?council=x");
        assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
        let never = anybody.get("/paying-for-care/rates?on=never");
        assert_eq!(never.status, StatusCode::BAD_REQUEST);
    });
}

#[test]
fn somebody_who_is_signed_in_can_use_it_too() {
    with_advice(|site| {
        let mut adviser = site.browser("adviser");
        let page = adviser.post("/paying-for-care", &EXAMPLE);
        assert!(page.shows("<strong>£9.00</strong> a week"));
    });
}

#[test]
fn a_home_counts_only_for_a_care_home_to_live_in() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let owner = [("home", "yes"), ("savings", "5000"), ("home-value", "")];
        let at_home = anybody.post("/paying-for-care", &but(&owner));
        assert_eq!(at_home.status, StatusCode::OK);
        assert!(at_home.shows("You may pay <strong>£0.00</strong> a week"));
        assert!(at_home.shows("not counted while care comes to you there"));
        let valued = but(&[owner[0], owner[1], ("home-value", "300000")]);
        let page = anybody.post("/paying-for-care", &valued);
        assert!(page.shows("<strong>£0.00</strong> a week"));
        let short = but(&[owner[0], owner[1], ("care", "temporary")]);
        let page = anybody.post("/paying-for-care", &short);
        assert!(page.shows("not counted during a short stay"));
        assert!(page.shows("The council may pay the other"));
        assert!(page.shows("up to eight weeks"));
        let permanent = but(&[owner[0], owner[1], ("care", "permanent")]);
        let page = anybody.post("/paying-for-care", &permanent);
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.shows("Enter what your home would sell for"));
        assert!(page.shows("and has since before I moved"));
        let second = but(&[
            ("savings", "5000"),
            ("other-property", "100000"),
            ("other-property-owed", "1000"),
        ]);
        let page = anybody.post("/paying-for-care", &second);
        assert!(page.shows("You may pay <strong>£400.00</strong> a week"));
        assert!(page.shows("Property that is not your main home counts"));
    });
}

#[test]
fn whoever_does_not_know_the_guarantee_gets_a_range() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let pensioner = ("circumstance", "couple-pension-age");
        let asked = anybody.post("/paying-for-care", &but(&[pensioner]));
        assert!(asked.shows("I do not know"));
        assert!(asked.shows("name=\"not-known\""));
        let unknown = [pensioner, ("not-known", "yes")];
        let page = anybody.post("/paying-for-care", &but(&unknown));
        assert_eq!(page.status, StatusCode::OK);
        // 112.50 + 9
        assert!(page.shows("between <strong>£0.00</strong> and <strong>£121.50</strong> a week"));
        assert!(page.shows("What would settle it"));
        assert!(page.shows("href=\"/ask-for-help\""));
        assert!(page.shows("href=\"/find?q=benefits+advice\""));
        let rich = [pensioner, ("savings", "24250")];
        let page = anybody.post("/paying-for-care", &but(&rich));
        assert!(page.shows("You may pay <strong>£400.00</strong> a week"));
        assert!(!page.shows("name=\"rate-minimum-income-guarantee--couple-pension-age\""));
        assert!(page.shows("full cost until at least 23 June 2025"));
        assert!(page.shows("Beyond 23 June 2025 we cannot tell"));
        let none = [
            pensioner,
            ("not-known", "yes"),
            ("savings", "0"),
            ("income-benefits", ""),
        ];
        let page = anybody.post("/paying-for-care", &but(&none));
        assert!(page.shows("You may pay <strong>nothing</strong>"));
    });
}

#[test]
fn a_benefit_that_may_stop_is_told_where_the_council_helps() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let says = "normally stop after four weeks in a care home";
        let care_home = |savings| {
            but(&[
                ("care", "permanent"),
                ("cost", "1000"),
                ("income-disability-care", "110.40"),
                ("savings", savings),
            ])
        };
        for savings in ["5000", "43250"] {
            let page = anybody.post("/paying-for-care", &care_home(savings));
            assert!(page.shows(says), "{savings}");
        }
        // Forty years of savings: the council never helps.
        let page = anybody.post("/paying-for-care", &care_home("90000000"));
        assert!(!page.shows(says));
        let at_home = but(&[("income-disability-care", "110.40")]);
        assert!(!anybody.post("/paying-for-care", &at_home).shows(says));
    });
}

#[test]
fn the_day_on_which_a_home_counts_is_told_with_what_to_ask_before() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let moved = |weeks, defer| {
            but(&[
                ("care", "permanent"),
                ("cost", "1000"),
                ("savings", "15000"),
                ("home", "yes"),
                ("home-value", "200000"),
                ("home-reason", "none"),
                ("home-weeks", weeks),
                ("home-defer", defer),
            ])
        };
        let page = anybody.post("/paying-for-care", &moved("2", "yes"));
        assert!(page.shows("That ends on 11 August 2025"));
        assert!(page.shows("Ask the council before 11 August 2025."));
        let page = anybody.post("/paying-for-care", &moved("2", ""));
        assert!(page.shows("A deferred payment agreement could begin on that day."));
        let page = anybody.post("/paying-for-care", &moved("20", "yes"));
        assert!(page.shows("Ask the council now."));
    });
}
