use proptest::prelude::*;

use super::KINDS;
use super::commitment::{Answer, Commitment, Evidence, Kept, Promise};
use super::committee::Committee;
use super::meeting::Meeting;
use super::membership::Membership;
use super::vote::Vote;
use super::{
    call_in, commitment, delegation, interest, item, key_decision, meeting, read, recommendation,
    resolution, vote,
};
use crate::testing::{around, values, wrong};

const MEETINGS: &str = "
    committee 1: name=Cabinet; sort=executive; members=9; call-in=5
    committee 2: name=Unknown size; sort=overview-and-scrutiny
    meeting 1: committee=1; date=2024-12-10; status=held
    meeting 2: committee=1; date=2024-12-10; status=held; present=6
    meeting 3: committee=2; status=held
    agenda-item 1: meeting=1; title=One
    agenda-item 2: meeting=2; title=Two
    agenda-item 3: meeting=3; title=Three
    resolution 1: item=1; verb=notes; text=Noted; noticed=2024-12-20
    resolution 2: item=1; verb=notes; text=Not published";

#[test]
fn every_kind_says_when_it_is_published_and_where_it_can_be_checked() {
    for kind in KINDS {
        let names: Vec<&str> = kind.fields.iter().map(|field| field.name).collect();
        for name in ["published", "source", "note", kind.title] {
            assert!(names.contains(&name), "{} has no {name}", kind.name);
        }
        assert!(
            !names.contains(&"number"),
            "{} would hide its number",
            kind.name
        );
        let mut once = names.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), names.len(), "{}", kind.name);
    }
}

#[test]
fn a_vote_has_no_more_votes_than_members() {
    let around = around(MEETINGS);
    let check = |fields: &str| wrong(&vote::KIND, fields, &around);
    let carried = "on=It; method=show-of-hands; result=carried";
    assert!(check(&format!("item=1; for=7; against=2; {carried}")).is_empty());
    assert_eq!(
        check(&format!("item=1; for=8; against=2; {carried}")),
        ["for"]
    );
    assert_eq!(
        check(&format!("item=1; for=7; against=2; abstain=1; {carried}")),
        ["for"]
    );
    // Of nine members six were there.
    assert_eq!(check(&format!("item=2; for=7; {carried}")), ["for"]);
    assert!(check(&format!("item=2; for=6; {carried}")).is_empty());
    // Nobody knows how many may vote, so nothing can be said.
    assert!(check(&format!("item=3; for=700; {carried}")).is_empty());
}

#[test]
fn nem_con_is_nought_against_and_says_nothing_else() {
    let around = around(MEETINGS);
    let nem_con = "item=1; on=It; method=nem-con; result=carried";
    assert_eq!(wrong(&vote::KIND, nem_con, &around), ["against"]);
    assert_eq!(
        wrong(&vote::KIND, &format!("{nem_con}; against=1"), &around),
        ["against"]
    );
    let right = format!("{nem_con}; against=0");
    assert!(wrong(&vote::KIND, &right, &around).is_empty());
    let vote: Vote = read(&values(&right)).unwrap();
    assert_eq!(
        (vote.votes_for, vote.against, vote.abstain),
        (None, Some(0), None)
    );
}

#[test]
fn a_result_fits_its_counts() {
    let around = around(MEETINGS);
    let check = |result: &str, counts: &str| {
        let fields = format!("item=1; on=It; method=recorded; result={result}; {counts}");
        wrong(&vote::KIND, &fields, &around)
    };
    assert_eq!(check("carried", "for=3; against=4"), ["result"]);
    assert_eq!(check("lost", "for=4; against=3"), ["result"]);
    assert_eq!(check("tied", "for=4; against=3"), ["result"]);
    assert!(check("tied", "for=4; against=4").is_empty());
    assert!(check("lost", "against=3").is_empty());
    assert_eq!(check("carried", "for=a"), ["for"]);
}

proptest! {
    #[test]
    fn a_vote_is_impossible_exactly_when_more_took_part_than_could(
        counts in prop::array::uniform3(prop::option::of(0_u32..40)),
        voters in prop::option::of(0_u32..60),
    ) {
        let [votes_for, against, abstain] = counts;
        let vote = Vote {
            item: None,
            on: String::new(),
            method: "show-of-hands".to_owned(),
            votes_for,
            against,
            abstain,
            result: String::new(),
            casting: false,
            resolution: None,
        };
        let took_part: u32 = counts.iter().flatten().sum();
        let too_many = voters.is_some_and(|voters| took_part > voters);
        prop_assert_eq!(!vote.impossible(voters).is_empty(), too_many);
    }
}

#[test]
fn a_casting_vote_breaks_a_tie_and_nothing_else() {
    let around = around(MEETINGS);
    let check = |fields: &str| wrong(&vote::KIND, &format!("item=1; on=It; {fields}"), &around);
    let equal = "method=recorded; for=4; against=4";
    assert!(check(&format!("{equal}; result=carried; casting=yes")).is_empty());
    assert!(check(&format!("{equal}; result=lost; casting=yes")).is_empty());
    assert_eq!(check(&format!("{equal}; result=carried")), ["result"]);
    assert_eq!(
        check(&format!("{equal}; result=tied; casting=yes")),
        ["casting"]
    );
    assert_eq!(
        check("method=recorded; for=5; against=4; result=carried; casting=yes"),
        ["casting"]
    );
    assert_eq!(
        check("method=nem-con; against=0; result=carried; casting=yes"),
        ["casting"]
    );
    // How many there were was not recorded, only that it was equal and decided.
    assert!(check("method=recorded; result=carried; casting=yes").is_empty());
}

#[test]
fn a_vote_is_on_a_decision_of_its_item() {
    let around = around(MEETINGS);
    let check = |fields: &str| {
        let fields = format!("on=It; method=recorded; result=carried; {fields}");
        wrong(&vote::KIND, &fields, &around)
    };
    assert!(check("item=1; resolution=1").is_empty());
    assert_eq!(check("item=2; resolution=1"), ["resolution"]);
}

#[test]
fn an_interest_is_in_an_item_of_its_meeting() {
    let around = around(MEETINGS);
    let check = |fields: &str| {
        wrong(
            &interest::KIND,
            &format!("person=1; nature=Owns it; {fields}"),
            &around,
        )
    };
    assert!(check("meeting=1").is_empty());
    assert!(check("meeting=1; item=1").is_empty());
    assert_eq!(check("meeting=1; item=2"), ["item"]);
}

#[test]
fn a_meeting_says_when_fewer_were_there_than_must_be() {
    let cabinet: Committee = read(&values("quorum=3")).unwrap();
    let below = |fields: &str| {
        read::<Meeting>(&values(fields))
            .unwrap()
            .below_quorum(&cabinet)
    };
    assert_eq!(below("status=held; present=2"), Some((2, 3)));
    assert_eq!(below("status=held; present=3"), None);
    assert_eq!(below("status=cancelled; present=2"), None);
    assert_eq!(below("status=held"), None);
}

#[test]
fn a_seat_is_held_until_the_day_before_it_is_over() {
    let seat: Membership = read(&values("from=2024-05-01; until=2026-05-01")).unwrap();
    let on = |day: &str| seat.is_on(day.parse().unwrap());
    assert!(!on("2024-04-30") && on("2024-05-01"));
    assert!(on("2026-04-30") && !on("2026-05-01"));
}

#[test]
fn an_item_never_comes_after_itself() {
    let mut around = around(
        "agenda-item 1: title=One
         agenda-item 2: title=Two; follows=1
         agenda-item 3: title=Three; follows=2",
    );
    let check = |around: &_, follows: &str| {
        wrong(
            &item::KIND,
            &format!("title=One; follows={follows}"),
            around,
        )
    };
    assert!(
        check(&around, "3").is_empty(),
        "a new item may come after any"
    );
    around.of = around.entry("agenda-item", 1).map(|entry| entry.id);
    assert_eq!(check(&around, "3"), ["follows"]);
    assert_eq!(check(&around, "1"), ["follows"]);
    assert_eq!(
        wrong(&item::KIND, "title=One; duplicate-of=1", &around),
        ["duplicate-of"]
    );
    assert_eq!(
        wrong(&item::KIND, "title=One; follows=two", &around),
        ["follows"]
    );
}

#[test]
fn a_meeting_is_held_once_it_was_and_while_its_committee_is_there() {
    let around = around("committee 1: name=Cabinet; from=2019-04-01; until=2026-12-01; members=9");
    let check = |fields: &str| wrong(&meeting::KIND, &format!("committee=1; {fields}"), &around);
    assert!(check("date=2026-11-24; status=held; time=18:00").is_empty());
    assert_eq!(check("date=2026-11-25; status=held"), ["status"]);
    assert!(check("date=2026-11-25; status=planned").is_empty());
    assert_eq!(check("date=2019-03-31; status=held"), ["date"]);
    assert_eq!(check("date=2026-12-01; status=planned"), ["date"]);
    assert_eq!(check("status=held; present=10"), ["present"]);
    for time in ["25:00", "6pm", "18.00", "18:60", "18:0"] {
        assert_eq!(
            check(&format!("status=held; time={time}")),
            ["time"],
            "{time}"
        );
    }
}

#[test]
fn a_call_in_comes_in_its_working_days() {
    let around = around(MEETINGS);
    let check = |fields: &str| {
        let fields = format!("by=Five members; reason=Cost; outcome=awaiting; {fields}");
        wrong(&call_in::KIND, &fields, &around)
    };
    // Published on Friday 20 December 2024: 23, 24, 27, 30 and 31 December are the five working days.
    assert!(check("resolution=1; requested=2024-12-31").is_empty());
    assert_eq!(check("resolution=1; requested=2025-01-01"), ["requested"]);
    assert_eq!(check("resolution=1; requested=2024-12-19"), ["requested"]);
    // When it was published is not known.
    assert!(check("resolution=2; requested=2030-01-01").is_empty());
}

#[test]
fn an_outcome_says_where_or_why() {
    let around = around(MEETINGS);
    let check = |fields: &str| {
        let fields = format!("item=1; to=2; verb=notes; text=It; {fields}");
        wrong(&recommendation::KIND, &fields, &around)
    };
    assert_eq!(check("outcome=partly"), ["reason"]);
    assert_eq!(check("outcome=not-agreed; outcome-at=3"), ["reason"]);
    assert_eq!(check("outcome=agreed"), ["outcome-at"]);
    assert!(check("outcome=agreed; outcome-at=3").is_empty());
    assert_eq!(check("outcome=awaiting; outcome-at=3"), ["outcome"]);
    assert!(check("outcome=awaiting").is_empty());
}

#[test]
fn decisions_are_made_by_a_body_or_by_one_person() {
    let around = around(MEETINGS);
    assert_eq!(wrong(&resolution::KIND, "text=It", &around), ["item"]);
    assert_eq!(
        wrong(&resolution::KIND, "text=It; item=1; person=1", &around),
        ["person"]
    );
    assert!(wrong(&resolution::KIND, "text=It; person=1", &around).is_empty());
    let key = "matter=It; exception=none";
    assert_eq!(wrong(&key_decision::KIND, key, &around), ["committee"]);
    let general = "matter=It; committee=1; exception=general-exception; agreed-by=The chair";
    assert_eq!(wrong(&key_decision::KIND, general, &around), ["reason"]);
    let untold = "matter=It; committee=1; exception=general-exception; reason=Flood";
    assert_eq!(wrong(&key_decision::KIND, untold, &around), ["agreed-by"]);
    let urgent = "matter=It; committee=1; exception=special-urgency; reason=Fire";
    assert_eq!(wrong(&key_decision::KIND, urgent, &around), ["agreed-by"]);
    let period = "matter=It; committee=1; exception=none; due=2027-01-02; latest=2027-01-01";
    assert_eq!(wrong(&key_decision::KIND, period, &around), ["latest"]);
}

#[test]
fn a_delegation_stands_in_place_of_another() {
    let mut around = around(
        "delegation 1: to=Director; matter=Negotiate; resolution=1
         delegation 2: to=Director; matter=Enter into; resolution=2; supersedes=1",
    );
    let check = |around: &_, fields: &str| {
        wrong(
            &delegation::KIND,
            &format!("to=Director; matter=It; {fields}"),
            around,
        )
    };
    assert_eq!(check(&around, ""), ["resolution"]);
    assert!(check(&around, "recommendation=1; supersedes=2").is_empty());
    assert_eq!(
        check(&around, "resolution=1; from=2025-01-02; until=2025-01-01"),
        ["until"]
    );
    around.of = around.entry("delegation", 1).map(|entry| entry.id);
    assert_eq!(check(&around, "resolution=1; supersedes=2"), ["supersedes"]);
}

fn promise() -> Promise {
    Promise {
        text: "A review".to_owned(),
        committee: Some(1),
        issue: None,
        comment: None,
        owner: String::new(),
        due: "2025-07-31".parse().ok(),
        due_said: String::new(),
    }
}

#[test]
fn a_promise_is_answered_only_by_something_published() {
    let around = around(MEETINGS);
    let check = |fields: &str| {
        wrong(
            &commitment::KIND,
            &format!("text=A review; committee=1; {fields}"),
            &around,
        )
    };
    assert!(check("state=open").is_empty());
    assert_eq!(check("state=answered"), ["answer", "answered", "evidence"]);
    let answered = "answer=Done; answered=2025-07-01; evidence=https://example.org/review";
    assert!(check(&format!("state=answered; {answered}")).is_empty());
    assert_eq!(check(&format!("state=accepted; {answered}")), ["accepted"]);
    assert_eq!(
        check(&format!("state=accepted; {answered}; accepted=2025-06-30")),
        ["accepted"]
    );
    for evidence in [
        "I was there",
        "http://example.org/",
        "//elsewhere.example",
        "https://",
        "https://host",
        "/a b",
        "/decisions/items/6?x=1",
        "/decisions/../programmes/future-care",
        "/decisions\\items",
        "/programmes/future-care",
        "/decisions",
        "javascript:alert(1)",
    ] {
        assert!(evidence.parse::<Evidence>().is_err(), "{evidence}");
    }
    for evidence in [
        "https://democracy.example.org/ieDetails.aspx?ID=1&x=2",
        "/decisions/items/6",
    ] {
        assert_eq!(evidence.parse::<Evidence>().unwrap().to_string(), evidence);
    }
}

#[test]
fn a_page_of_the_record_shows_something_once_anybody_can_read_it() {
    let around = around(
        "committee 1: name=Cabinet; published=2026-11-01
         meeting 1: committee=1; published=2026-11-01
         agenda-item 1: meeting=1; published=2026-11-24
         agenda-item 2: meeting=1; published=2026-11-25
         agenda-item 3: meeting=1",
    );
    let check = |evidence: &str| {
        let fields = format!(
            "text=It; committee=1; state=answered; answer=Done; answered=2026-11-24; evidence={evidence}"
        );
        wrong(&commitment::KIND, &fields, &around)
    };
    assert!(check("/decisions/items/1").is_empty());
    for hidden in ["items/2", "items/3", "items/4", "commitments/1", "work"] {
        assert_eq!(
            check(&format!("/decisions/{hidden}")),
            ["evidence"],
            "{hidden}"
        );
    }
}

#[test]
fn a_commitment_goes_from_open_to_answered_to_accepted_and_on_no_day_to_come() {
    let mut around = around(
        "commitment 1: text=It; committee=1; state=open
         commitment 2: text=It; committee=1; state=answered; answer=Done; answered=2026-11-20; evidence=https://example.org/",
    );
    let answer = "text=It; committee=1; answer=Done; evidence=https://example.org/";
    let check =
        |around: &_, fields: &str| wrong(&commitment::KIND, &format!("{answer}; {fields}"), around);
    assert_eq!(
        check(&around, "state=answered; answered=2026-11-25"),
        ["answered"]
    );
    assert!(check(&around, "state=answered; answered=2026-11-24").is_empty());
    let accepted = "state=accepted; answered=2026-11-20; accepted=2026-11-24";
    assert_eq!(
        check(
            &around,
            "state=accepted; answered=2026-11-20; accepted=2026-11-25"
        ),
        ["accepted"]
    );
    around.of = around.entry("commitment", 1).map(|entry| entry.id);
    assert_eq!(
        check(&around, accepted),
        ["state"],
        "nobody had answered it"
    );
    around.of = around.entry("commitment", 2).map(|entry| entry.id);
    assert!(check(&around, accepted).is_empty());
}

#[test]
fn each_state_is_written_as_it_is_read() {
    let read_back = |values: &_| read::<Kept>(values).unwrap();
    let mut fields = values("text=A review; committee=1; due=2025-07-31");
    let open = Commitment::open(promise());
    open.write(&mut fields);
    assert_eq!(read_back(&fields), Kept::Open(open.clone()));
    let answer = Answer {
        text: "It was held".to_owned(),
        on: "2025-07-30".parse().unwrap(),
        evidence: "https://example.org/review".parse().unwrap(),
    };
    let answered = open.answer(answer);
    answered.write(&mut fields);
    assert_eq!(read_back(&fields), Kept::Answered(answered.clone()));
    let accepted = answered
        .clone()
        .accept("2025-12-01".parse().unwrap(), Some(6));
    accepted.write(&mut fields);
    assert_eq!(read_back(&fields), Kept::Accepted(accepted));
    let open = answered.send_back();
    open.write(&mut fields);
    assert_eq!(read_back(&fields), Kept::Open(open));
    assert_eq!(fields.get("evidence"), "");
}
