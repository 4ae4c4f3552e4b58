//! One of everything, each with a note, on pages and in files.

use stour_web::testing::Site;

use super::each;
use crate::testing::put;

/// One entry of every kind, whose note is its kind in capitals.
const ALL: &str = r#"
    [[committee]]
    number = 1
    name = "Cabinet"
    body = "A council"
    sort = "executive"
    members = 9
    quorum = 3
    call-in = 5
    until = "2027-04-01"
    note = "NOTE OF A COMMITTEE"
    [[office-holder]]
    number = 1
    name = "Ada"
    office = "Leader"
    body = "A council"
    note = "NOTE OF A HOLDER"
    [[office-holder]]
    number = 2
    name = "Bo"
    office = "Member"
    body = "A council"
    until = "2026-12-15"
    [[office-holder]]
    number = 3
    name = "Cy"
    office = "Member"
    body = "A council"
    [[office-holder]]
    number = 4
    name = "Di"
    office = "Member"
    body = "A council"
    [[office-holder]]
    number = 5
    name = "Ada"
    office = "Member"
    body = "Another council"
    [[office-holder]]
    number = 6
    name = "Ada"
    office = "Chair of the Cabinet"
    body = "A council"
    [[membership]]
    number = 1
    person = 1
    committee = 1
    role = "Chair"
    note = "NOTE OF A SEAT"
    [[membership]]
    number = 2
    person = 2
    committee = 1
    role = "Member"
    [[membership]]
    number = 3
    person = 3
    committee = 1
    role = "Member"
    until = "2026-12-01"
    [[membership]]
    number = 4
    person = 4
    committee = 1
    role = "Member"
    from = "2026-12-20"
    [[meeting]]
    number = 1
    called = "Cabinet, 18 November 2026"
    committee = 1
    date = "2026-11-18"
    status = "held"
    present = 2
    note = "NOTE OF A MEETING"
    [[agenda-item]]
    number = 1
    meeting = 1
    title = "A contract"
    state = "considered"
    note = "NOTE OF AN ITEM"
    [[report]]
    number = 1
    item = 1
    title = "On the contract"
    by = "Director"
    place = "Minute book"
    exempt = "yes"
    note = "NOTE OF A REPORT"
    [[minute]]
    number = 1
    item = 1
    text = "It was talked over."
    note = "NOTE OF A MINUTE"
    [[interest]]
    number = 1
    meeting = 1
    item = 1
    person = 1
    nature = "Owns a share"
    action = "Left the room"
    note = "NOTE OF AN INTEREST"
    [[issue]]
    number = 1
    item = 1
    title = "Cost"
    text = "What it costs."
    note = "NOTE OF AN ISSUE"
    [[comment]]
    number = 1
    item = 1
    to = 1
    text = "Be quick."
    outcome = "awaiting"
    note = "NOTE OF A COMMENT"
    [[recommendation]]
    number = 1
    item = 1
    to = 1
    verb = "notes"
    text = "Note it."
    outcome = "awaiting"
    note = "NOTE OF A RECOMMENDATION"
    [[resolution]]
    number = 1
    item = 1
    verb = "approves"
    text = "Approved the contract."
    noticed = "2026-11-20"
    note = "NOTE OF A DECISION"
    [[resolution]]
    number = 2
    person = 6
    decided = "2026-11-19"
    about = 1
    verb = "approves"
    text = "Approved a part of it alone."
    [[delegation]]
    number = 1
    resolution = 1
    to = "Director"
    consulting = "Leader"
    matter = "Sign the contract"
    limits = "Up to £100"
    until = "2026-12-01"
    note = "NOTE OF A DELEGATION"
    [[vote]]
    number = 1
    item = 1
    on = "The contract"
    method = "recorded"
    for = 1
    against = 1
    result = "carried"
    casting = "yes"
    resolution = 1
    note = "NOTE OF A VOTE"
    [[vote]]
    number = 2
    item = 1
    on = "An amendment"
    method = "recorded"
    for = 0
    against = 2
    result = "lost"
    [[key-decision]]
    number = 1
    matter = "A second contract"
    committee = 1
    due = "2026-12-20"
    exception = "none"
    state = "planned"
    note = "NOTE OF A KEY DECISION"
    [[call-in]]
    number = 1
    resolution = 1
    requested = "2026-11-21"
    by = "Three members"
    reason = "It is dear."
    outcome = "awaiting"
    note = "NOTE OF A CALL-IN"
    [[commitment]]
    number = 1
    text = "Come back with figures"
    committee = 1
    state = "open"
    note = "NOTE OF A COMMITMENT"
    [[scrutiny-report]]
    number = 1
    title = "Waiting for care"
    committee = 1
    to = "A trust"
    matter = "Waits"
    evidence = "Visits"
    participants = "Members"
    recommendations = "Wait less"
    note = "NOTE OF SCRUTINY"
    [[healthwatch-report]]
    number = 1
    title = "Coming home"
    by = "Healthwatch"
    to = "A trust"
    matter = "Leaving hospital"
    recommendations = "Say when"
    note = "NOTE OF HEALTHWATCH"
"#;

fn put_all(site: &Site) {
    let mut text = String::new();
    for line in ALL.lines() {
        text.push_str(line);
        text.push('\n');
        if line.trim().starts_with("[[") {
            text.push_str("published = \"2026-11-01\"\n");
        }
    }
    put(site, &text);
}

#[test]
fn what_a_reader_should_know_stands_wherever_an_entry_is_shown() {
    each(|site| {
        put_all(&site);
        let mut visitor = site.stranger();
        for (path, notes) in [
            ("committees/1", &["A COMMITTEE", "A HOLDER", "A SEAT"][..]),
            ("meetings/1", &["A MEETING", "AN INTEREST"]),
            (
                "meetings/1/extract",
                &[
                    "A MEETING",
                    "AN INTEREST",
                    "AN ITEM",
                    "A MINUTE",
                    "AN ISSUE",
                    "A COMMENT",
                    "A RECOMMENDATION",
                    "A DECISION",
                    "A VOTE",
                ],
            ),
            (
                "items/1",
                &[
                    "AN ITEM",
                    "A REPORT",
                    "AN INTEREST",
                    "A MINUTE",
                    "AN ISSUE",
                    "A COMMENT",
                    "A RECOMMENDATION",
                    "A DECISION",
                    "A VOTE",
                ],
            ),
            ("recommendations", &["A COMMENT", "A RECOMMENDATION"]),
            (
                "resolutions/1",
                &["A DECISION", "A DELEGATION", "A CALL-IN"],
            ),
            ("forward-plan/1", &["A KEY DECISION"]),
            ("commitments/1", &["A COMMITMENT"]),
            ("reports", &["SCRUTINY", "HEALTHWATCH"]),
            ("export/meetings", &["A MEETING"]),
            ("export/reports", &["A REPORT"]),
            ("export/interests", &["AN INTEREST"]),
            ("export/recommendations", &["A COMMENT", "A RECOMMENDATION"]),
            ("export/decisions", &["A DECISION"]),
            ("export/delegations", &["A DELEGATION"]),
            ("export/votes", &["A VOTE"]),
            ("export/key-decisions", &["A KEY DECISION"]),
            ("export/call-ins", &["A CALL-IN"]),
            ("export/commitments", &["A COMMITMENT"]),
            ("export/health-reports", &["SCRUTINY", "HEALTHWATCH"]),
            (
                "popolo.json",
                &[
                    "A COMMITTEE",
                    "A HOLDER",
                    "A SEAT",
                    "A MEETING",
                    "A DECISION",
                    "A RECOMMENDATION",
                    "A VOTE",
                ],
            ),
        ] {
            let page = visitor.get(&format!("/decisions/{path}"));
            assert_eq!(page.status, 200, "{path}");
            for note in notes {
                assert!(
                    page.shows(&format!("NOTE OF {note}")),
                    "{path} does not say {note}: {}",
                    page.body
                );
            }
        }
    });
}

#[test]
fn a_notice_names_those_who_sit_on_the_body_on_its_day() {
    each(|site| {
        put_all(&site);
        let mut visitor = site.stranger();
        let notice = visitor.get("/decisions/forward-plan/1");
        // On 20 December Bo's office and Cy's seat are over, and Di's has begun.
        let (_, members) = notice.body.split_once("Its members").unwrap();
        let (members, _) = members.split_once("When").unwrap();
        assert!(
            members.contains("Ada") && members.contains("Di"),
            "{members}"
        );
        assert!(
            !members.contains("Bo") && !members.contains("Cy"),
            "{members}"
        );
        let committee = visitor.get("/decisions/committees/1");
        let (now, others) = committee.body.split_once("Members at other times").unwrap();
        for name in ["Ada", "Bo", "Cy"] {
            assert!(now.contains(&format!(">{name}<")), "{name}: {now}");
        }
        assert!(!now.contains(">Di<") && others.contains("Di"), "{others}");
    });
}

#[test]
fn a_meeting_tells_of_its_quorum_its_interests_and_its_casting_vote() {
    each(|site| {
        put_all(&site);
        let mut visitor = site.stranger();
        for path in ["/decisions/meetings/1", "/decisions/meetings/1/extract"] {
            let page = visitor.get(path);
            assert!(
                page.shows("Present: 2. This body needs 3 to decide anything."),
                "{path}: {}",
                page.body
            );
            assert!(page.shows("Owns a share"), "{path}");
            assert!(page.shows("On: <a href=\"/decisions/items/1\">"), "{path}");
        }
        let item = visitor.get("/decisions/items/1");
        assert!(
            item.shows("Ada: Owns a share. Left the room"),
            "{}",
            item.body
        );
        assert!(item.shows("by the casting vote of whoever presided"));
        // What ends is told by its last day.
        let committee = visitor.get("/decisions/committees/1");
        assert!(committee.shows("31 March 2027"), "{}", committee.body);
    });
}

#[test]
fn authority_interests_call_ins_and_reports_are_given_as_tables() {
    each(|site| {
        put_all(&site);
        let mut visitor = site.stranger();
        for (name, row) in [
            (
                "delegations",
                "1,1,,Director,Leader,Sign the contract,Up to £100,,2026-12-01,,,",
            ),
            (
                "interests",
                "1,\"Cabinet, A council\",2026-11-18,A contract,Ada,Owns a share,Left the room,,",
            ),
            (
                "call-ins",
                "1,1,Approved the contract.,2026-11-21,Three members,It is dear.,awaiting,,,,",
            ),
            (
                "reports",
                "1,\"Cabinet, A council\",2026-11-18,A contract,On the contract,Director,,Minute book,yes,,",
            ),
            (
                "votes",
                "1,\"Cabinet, A council\",2026-11-18,A contract,The contract,recorded,1,1,,carried,yes,1,,",
            ),
        ] {
            let file = visitor.get(&format!("/decisions/export/{name}")).body;
            assert!(file.contains(row), "{name}: {file}");
        }
    });
}

#[test]
fn popolo_joins_people_by_name_and_body_and_votes_to_what_they_were_on() {
    each(|site| {
        put_all(&site);
        let all = site.stranger().get_json("/decisions/popolo.json");
        let of = |list: &str, field: &str, value: &str| {
            let all = all[list].as_array().unwrap();
            let found = all.iter().find(|one| one[field] == value);
            found
                .unwrap_or_else(|| panic!("{list} {field} {value}"))
                .clone()
        };
        // Ada holds two offices of one council, and another Ada one of another.
        let people = all["persons"].as_array().unwrap();
        assert_eq!(people.iter().filter(|one| one["name"] == "Ada").count(), 2);
        let alone = of("motions", "id", "motion/resolution-2");
        assert_eq!(alone["creator_id"], "person/1");
        assert_eq!(
            of("memberships", "id", "membership/office-5")["person_id"],
            "person/5"
        );
        let asked = of("motions", "id", "motion/recommendation-1");
        assert!(asked["result"].is_null(), "{asked}");
        assert_eq!(
            of("vote_events", "id", "vote_event/1")["motion_id"],
            "motion/resolution-1"
        );
        assert_eq!(
            of("vote_events", "id", "vote_event/2")["motion_id"],
            "motion/vote-2"
        );
        let motions = all["motions"].as_array().unwrap();
        assert!(motions.iter().all(|one| one["id"] != "motion/vote-1"));
        let committee = of("organizations", "id", "organization/committee-1");
        assert_eq!(committee["dissolution_date"], "2027-03-31");
    });
}
