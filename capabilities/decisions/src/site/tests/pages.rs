use super::each;
use crate::testing::{put, shipped};

#[test]
fn an_empty_record_says_what_there_will_be() {
    each(|site| {
        let mut visitor = site.stranger();
        for (path, says) in [
            ("/decisions", "Nothing that was promised is recorded yet"),
            ("/decisions/commitments", "No commitment is in this state"),
            ("/decisions/committees", "No committee is published yet"),
            (
                "/decisions/recommendations",
                "No recommendation is published",
            ),
            ("/decisions/forward-plan", "No key decision is planned"),
            ("/decisions/reports", "No report is published yet"),
            ("/decisions/calendar", "No meeting is published yet"),
            ("/decisions/clocks", "28 clear days"),
        ] {
            let answer = visitor.get(path);
            assert_eq!(answer.status, 200, "{path}");
            assert!(answer.shows(says), "{path}: {}", answer.body);
            assert_eq!(answer.body.matches("<h1").count(), 1, "{path}");
        }
        for path in [
            "/decisions/items/1",
            "/decisions/meetings/1",
            "/decisions/meetings/1/extract",
            "/decisions/committees/1",
            "/decisions/resolutions/1",
            "/decisions/commitments/1",
            "/decisions/forward-plan/1",
            "/decisions/items/none",
            "/decisions/export/nothing",
        ] {
            assert_eq!(visitor.get(path).status, 404, "{path}");
        }
    });
}

#[test]
fn a_councillor_follows_one_concern_to_its_answer() {
    each(|site| {
        shipped(&site);
        let mut visitor = site.stranger();
        let found = visitor.get("/decisions?q=measures+of+success");
        assert!(found.shows("/decisions/items/2"), "{}", found.body);
        let item = visitor.get("/decisions/items/2");
        for part in [
            "Measures of success",
            "the outcomes of people&#39;s experience",
            "/decisions/commitments/4",
            "Nem. con.: nobody against",
            "Not recorded",
            "Director of Adult Social Care",
            "What was said and decided",
            "The whole matter, from first to last",
            "FutureCare Programme – Mid-Programme Review",
        ] {
            let plain = item.body.replace("&#x27;", "&#39;").replace('\'', "&#39;");
            assert!(plain.contains(part), "{part} is not in {}", item.body);
        }
        let promise = visitor.get("/decisions/commitments/4");
        for part in [
            "Measures of success",
            "9.64 days",
            "8.07",
            "1 December 2025",
            "IId=27206",
            "Not recorded",
        ] {
            assert!(promise.shows(part), "{part} is not in {}", promise.body);
        }
        let overdue = visitor.get("/decisions/commitments?state=overdue");
        assert!(overdue.shows("To review the programme in July 2025"));
        assert!(!overdue.shows("To judge the programme"));
    });
}

#[test]
fn the_matter_of_2024_is_in_order_with_its_duplicate_and_its_urgency() {
    each(|site| {
        shipped(&site);
        let mut visitor = site.stranger();
        let page = visitor.get("/decisions/items/6").body;
        let order = [
            "/decisions/items/1\"",
            "/decisions/items/2\"",
            "/decisions/items/3\"",
            "/decisions/items/4\"",
            "/decisions/items/5\"",
            "(this page)",
            "/decisions/items/7\"",
        ];
        let (_, table) = page.split_once("The whole matter").unwrap();
        let places: Vec<usize> = order
            .iter()
            .map(|part| table.find(part).unwrap_or_else(|| panic!("no {part}")))
            .collect();
        assert!(places.is_sorted(), "{places:?}");
        assert!(table.contains("as urgent") && table.contains("a duplicate"));
        let withdrawn = visitor.get("/decisions/items/5");
        assert!(
            withdrawn.shows("This item was withdrawn") && withdrawn.shows("/decisions/items/4")
        );
        let urgent = visitor.get("/decisions/items/4");
        assert!(urgent.shows("Taken as urgent"));
        let delegation = visitor.get("/decisions/resolutions/2");
        for part in [
            "Director of Law and Governance",
            "Based on a share of cost and benefits",
            "Recommended in its place",
            "No day is recorded on which it ends",
        ] {
            assert!(delegation.shows(part), "{part}: {}", delegation.body);
        }
        let alone = visitor.get("/decisions/items/9");
        assert!(alone.shows("John Beesley, Leader of the Council, Bournemouth Borough Council"));
    });
}

#[test]
fn recommendations_are_told_to_their_outcome_by_body() {
    each(|site| {
        shipped(&site);
        let mut visitor = site.stranger();
        let page = visitor.get("/decisions/recommendations");
        assert!(page.shows("To Cabinet, Bournemouth, Christchurch and Poole Council"));
        assert!(
            page.shows(
                "6 received: 2 agreed, 1 partly agreed, 3 with an outcome that is not known."
            ),
            "{}",
            page.body
        );
        let council = visitor.get("/decisions/recommendations?body=3");
        assert!(council.shows("To Council,") && !council.shows("To Cabinet, Bournemouth"));
        let extract = visitor.get("/decisions/meetings/2/extract");
        assert!(extract.shows("Minutes extract") && extract.shows("robust negotiations"));
        assert_eq!(visitor.get("/decisions/meetings/2").status, 200);
        assert!(
            visitor
                .get("/decisions/committees/2")
                .shows("What it was promised")
        );
    });
}

#[test]
fn popolo_says_null_where_a_count_was_not_recorded() {
    each(|site| {
        shipped(&site);
        let mut visitor = site.stranger();
        let all = visitor.get_json("/decisions/popolo.json");
        let vote = &all["vote_events"][0];
        assert_eq!(vote["result"], "pass");
        assert_eq!(
            vote["counts"],
            serde_json::json!([
                {"option": "yes", "value": null},
                {"option": "no", "value": 0},
                {"option": "abstain", "value": null},
            ])
        );
        // What is referred to is there.
        let ids = |list: &str| -> Vec<String> {
            let list = all[list].as_array().unwrap();
            list.iter()
                .map(|one| one["id"].as_str().unwrap().to_owned())
                .collect()
        };
        let (organizations, events, persons, posts, motions) = (
            ids("organizations"),
            ids("events"),
            ids("persons"),
            ids("posts"),
            ids("motions"),
        );
        for (list, field, among) in [
            ("organizations", "parent_id", &organizations),
            ("events", "organization_id", &organizations),
            ("motions", "organization_id", &organizations),
            ("motions", "event_id", &events),
            ("motions", "creator_id", &persons),
            ("memberships", "person_id", &persons),
            ("memberships", "post_id", &posts),
            ("vote_events", "motion_id", &motions),
        ] {
            for one in all[list].as_array().unwrap() {
                if let Some(id) = one[field].as_str() {
                    assert!(among.iter().any(|known| known == id), "{list} {field} {id}");
                }
            }
        }
        let mut once = motions.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), motions.len());
        let unknown = all["events"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|event| event["start_date"].is_null());
        assert_eq!(unknown.count(), 2);
    });
}

#[test]
fn tables_and_calendar_are_given_as_files() {
    each(|site| {
        shipped(&site);
        let mut visitor = site.stranger();
        for (name, _) in super::super::export::FILES {
            let file = visitor.get(&format!("/decisions/export/{name}"));
            assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
            let mut rows = csv::Reader::from_reader(file.body.as_bytes());
            let width = rows.headers().unwrap().len();
            for row in rows.records() {
                assert_eq!(row.unwrap().len(), width, "{name}");
            }
        }
        let votes = visitor.get("/decisions/export/votes").body;
        assert!(votes.contains("nem-con,,0,,carried,no,5"), "{votes}");
        let calendar = visitor.get("/decisions/calendar.ics").body;
        assert!(calendar.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
        assert!(calendar.ends_with("END:VCALENDAR\r\n"));
        assert!(calendar.contains("DTSTART:20260112T140000Z\r\n"));
        // Of twelve meetings two have no day.
        assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 10);
    });
}

#[test]
fn a_notice_says_from_when_and_a_report_by_when() {
    each(|site| {
        put(
            &site,
            r#"
            [[committee]]
            number = 1
            name = "Cabinet"
            body = "A council"
            sort = "executive"
            members = 9
            call-in = 5
            published = "2026-11-01"
            [[meeting]]
            number = 1
            called = "Cabinet, 18 November 2026"
            committee = 1
            date = "2026-11-18"
            status = "held"
            published = "2026-11-01"
            [[agenda-item]]
            number = 1
            meeting = 1
            title = "A contract"
            state = "considered"
            published = "2026-11-01"
            [[resolution]]
            number = 1
            item = 1
            verb = "approves"
            text = "Approved the contract."
            noticed = "2026-11-20"
            published = "2026-11-01"
            [[key-decision]]
            number = 1
            matter = "A second contract"
            committee = 1
            due = "2026-12-10"
            notice = "2026-11-20"
            exception = "none"
            state = "planned"
            published = "2026-11-20"
            [[healthwatch-report]]
            number = 1
            title = "Coming home"
            by = "Healthwatch"
            to = "A trust"
            matter = "Leaving hospital"
            recommendations = "Say when"
            sent = "2026-10-01"
            published = "2026-11-01"
            [[scrutiny-report]]
            number = 1
            title = "Waiting for care"
            committee = 1
            to = "A trust"
            matter = "Waits"
            evidence = "Visits"
            participants = "Members"
            recommendations = "Wait less"
            sent = "2026-11-10"
            published = "2026-11-01"
            "#,
        );
        let mut visitor = site.stranger();
        let plan = visitor.get("/decisions/forward-plan");
        assert!(
            plan.shows("Too early: not before 19 December 2026"),
            "{}",
            plan.body
        );
        let notice = visitor.get("/decisions/forward-plan/1");
        for part in [
            "A key decision is to be made",
            "Not before 19 December 2026",
            "9 days too early",
            "28 clear days",
            "Not verified at the source",
        ] {
            assert!(notice.shows(part), "{part}: {}", notice.body);
        }
        let decision = visitor.get("/decisions/resolutions/1");
        assert!(
            decision.shows("It can be called in until 27 November 2026, in 3 days"),
            "{}",
            decision.body
        );
        let reports = visitor.get("/decisions/reports");
        // Twenty working days after 1 October 2026 are up on the 29th; 28 days after 10 November on 8 December.
        assert!(
            reports.shows("Overdue by 26 days") && reports.shows("29 October 2026"),
            "{}",
            reports.body
        );
        assert!(reports.shows("Due in 14 days") && reports.shows("8 December 2026"));
    });
}
