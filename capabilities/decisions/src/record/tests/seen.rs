//! What the public reads of the record, and what it finds.

use super::{Record, Seen, find, today};
use crate::noun::commitment::Kept;
use crate::testing::around;

fn public(text: &str) -> Record {
    Record::of(&around(text), Seen::Published, today())
}

/// A committee and a meeting that anybody may read of, with an item that they may and one, the second, that is left to
/// each test.
const HEARD: &str = "
    committee 1: name=Cabinet; published=2026-11-01
    committee 2: name=Scrutiny; published=2026-11-01
    meeting 1: committee=1; date=2026-11-18; published=2026-11-01
    agenda-item 1: meeting=1; title=Asked; published=2026-11-01
    recommendation 1: item=1; to=2; outcome=not-agreed; outcome-at=2; reason=Too dear; published=2026-11-01
    comment 1: item=1; to=2; outcome=partly; outcome-at=2; reason=Later; published=2026-11-01
    resolution 1: item=1; text=Approved; published=2026-11-01
    call-in 1: resolution=1; by=Three; outcome=upheld; heard-at=2; answer=Decide again; published=2026-11-01
    key-decision 1: matter=A contract; committee=1; state=taken; item=2; published=2026-11-01
    commitment 1: text=It; committee=2; state=accepted; answer=Done; answered=2026-11-18; evidence=https://example.org/; accepted=2026-11-18; accepted-at=2; published=2026-11-01
    commitment 2: text=It; committee=2; state=accepted; answer=Done; answered=2026-11-18; evidence=/decisions/items/2; accepted=2026-11-18; published=2026-11-01
    commitment 3: text=It; committee=2; state=answered; answer=Done; answered=2026-11-18; evidence=/decisions/items/2; published=2026-11-01
";

/// What stands of each as it is read: the outcomes, and the states.
fn outcomes(record: &Record) -> Vec<String> {
    let recommendation = &record.recommendations.get(Some(1)).unwrap().outcome;
    let comment = &record.comments.get(Some(1)).unwrap().outcome;
    let call_in = record.call_ins.get(Some(1)).unwrap();
    let key_decision = record.key_decisions.get(Some(1)).unwrap();
    let mut all = vec![
        format!(
            "{} {:?} {}",
            recommendation.code, recommendation.at, recommendation.reason
        ),
        format!("{} {:?} {}", comment.code, comment.at, comment.reason),
        format!(
            "{} {:?} {}",
            call_in.outcome, call_in.heard_at, call_in.answer
        ),
        format!("{} {:?}", key_decision.state, key_decision.item),
    ];
    all.extend(record.commitments.iter().map(|kept| kept.code().to_owned()));
    all
}

#[test]
fn what_became_of_something_is_read_once_the_item_is_at_which_it_was_decided() {
    let decided = [
        "not-agreed Some(2) Too dear",
        "partly Some(2) Later",
        "upheld Some(2) Decide again",
        "taken Some(2)",
        "accepted",
        "accepted",
        "answered",
    ];
    let before = [
        "awaiting None ",
        "awaiting None ",
        "awaiting None ",
        "planned None",
        "answered",
        "open",
        "open",
    ];
    for (item, expected) in [
        ("", before),
        ("agenda-item 2: meeting=1; title=Draft", before),
        (
            "agenda-item 2: meeting=1; title=Tomorrow; published=2026-11-25",
            before,
        ),
        (
            "agenda-item 2: meeting=1; title=Today; published=2026-11-24",
            decided,
        ),
    ] {
        let record = public(&format!("{HEARD}{item}"));
        assert_eq!(outcomes(&record), expected, "{item}");
    }
    // Those who keep the record read it as it is.
    let all = Record::of(&around(HEARD), Seen::Everything, today());
    assert_eq!(outcomes(&all), decided);
    let open = public(HEARD);
    let open = open.commitments.get(Some(3)).unwrap();
    assert!(matches!(open.is, Kept::Open(_)) && open.answer().is_none());
}

#[test]
fn commitments_and_delegations_are_seen_when_all_that_they_hang_on_is() {
    let record = public(
        "committee 1: name=Cabinet; published=2026-11-01
         meeting 1: committee=1; published=2026-11-01
         agenda-item 1: meeting=1; title=Seen; published=2026-11-01
         agenda-item 2: meeting=1; title=Draft
         issue 1: item=1; title=Seen; published=2026-11-01
         issue 2: item=2; title=Of a draft; published=2026-11-01
         comment 1: item=1; to=1; published=2026-11-01
         comment 2: item=2; to=1; published=2026-11-01
         recommendation 1: item=1; to=1; published=2026-11-01
         recommendation 2: item=2; to=1; published=2026-11-01
         resolution 1: item=1; text=Seen; published=2026-11-01
         resolution 2: item=2; text=Of a draft; published=2026-11-01
         commitment 1: committee=1; text=Of nothing else; published=2026-11-01
         commitment 2: committee=1; issue=1; comment=1; text=All seen; published=2026-11-01
         commitment 3: committee=1; issue=2; text=Of a draft; published=2026-11-01
         commitment 4: committee=1; issue=1; comment=2; text=Of a draft; published=2026-11-01
         commitment 5: issue=1; text=Made to nobody; published=2026-11-01
         delegation 1: resolution=1; recommendation=1; published=2026-11-01
         delegation 2: resolution=1; recommendation=2; published=2026-11-01
         delegation 3: resolution=2; recommendation=1; published=2026-11-01
         delegation 4: recommendation=1; published=2026-11-01
         delegation 5: to=Of nothing; published=2026-11-01
         vote 1: item=1; published=2026-11-01
         vote 2: item=1; resolution=2; published=2026-11-01
         interest 1: meeting=1; item=2; person=1; published=2026-11-01
         office-holder 1: name=A Member; published=2026-11-01",
    );
    let promised: Vec<i64> = record.commitments.iter().map(|one| one.number).collect();
    assert_eq!(promised, [1, 2]);
    let given: Vec<i64> = record.delegations.iter().map(|one| one.number).collect();
    assert_eq!(given, [1, 4]);
    let votes: Vec<i64> = record.votes.iter().map(|one| one.number).collect();
    assert_eq!(votes, [1]);
    assert!(record.interests.is_empty());
}

#[test]
fn a_page_shows_something_when_anybody_can_open_it() {
    let record = public(
        "committee 1: name=Cabinet; published=2026-11-01
         meeting 1: committee=1; published=2026-11-01
         meeting 2: committee=1
         agenda-item 1: meeting=1; published=2026-11-01
         resolution 1: item=1; published=2026-11-01
         key-decision 1: committee=1; published=2026-11-01
         commitment 1: committee=1; published=2026-11-01",
    );
    for page in [
        "/decisions/meetings/1",
        "/decisions/meetings/1/extract",
        "/decisions/items/1#issue-2",
        "/decisions/resolutions/1",
        "/decisions/forward-plan/1",
    ] {
        assert!(record.has_page(page), "{page}");
    }
    for page in [
        "/decisions/meetings/2",
        "/decisions/items/2",
        "/decisions/items/one",
        "/decisions/items/1/extract",
        "/decisions/commitments/1",
        "/decisions/work",
        "/decisions/",
        "/elsewhere",
    ] {
        assert!(!record.has_page(page), "{page}");
    }
}

#[test]
fn everything_that_is_published_is_found_by_its_words() {
    let record = public(
        "committee 1: name=Cabinet; published=2026-11-01
         meeting 1: committee=1; published=2026-11-01
         agenda-item 1: meeting=1; title=Care; published=2026-11-01
         resolution 1: item=1; text=Decided; reasons=Cheaper; published=2026-11-01
         delegation 1: resolution=1; to=The aardvark; matter=Sign; published=2026-11-01
         vote 1: item=1; on=The badger; published=2026-11-01
         report 1: item=1; title=On the civet; by=Director; published=2026-11-01
         key-decision 1: committee=1; matter=The dugong; documents=Plan of the egret; published=2026-11-01
         commitment 1: committee=1; text=Feed the ferret; owner=Keeper; published=2026-11-01
         scrutiny-report 1: committee=1; title=The gecko; participants=Herders; published=2026-11-01
         healthwatch-report 1: title=Coming home; by=Healthwatch; recommendations=Mind the hoopoe; published=2026-11-01
         recommendation 1: item=1; to=1; text=Keep the ibis; published=2026-11-01
         delegation 2: recommendation=1; to=The jackal; published=2026-11-01
         vote 2: item=1; on=The kudu",
    );
    let finds = |words: &str| -> Vec<String> {
        let found = find(&record, words);
        found.into_iter().map(|one| one.href).collect()
    };
    for (words, href) in [
        ("aardvark", "/decisions/resolutions/1"),
        ("decided cheaper sign", "/decisions/resolutions/1"),
        ("badger", "/decisions/items/1"),
        ("civet director", "/decisions/items/1"),
        ("dugong", "/decisions/forward-plan/1"),
        ("egret", "/decisions/forward-plan/1"),
        ("ferret keeper", "/decisions/commitments/1"),
        ("gecko herders", "/decisions/reports"),
        ("hoopoe", "/decisions/reports"),
        ("ibis", "/decisions/items/1"),
        ("jackal", "/decisions/items/1"),
    ] {
        assert_eq!(finds(words), [href], "{words}");
    }
    assert!(finds("kudu").is_empty(), "a draft is found by nobody");
}
