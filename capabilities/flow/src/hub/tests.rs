use jiff::ToSpan;
use proptest::prelude::*;
use stour_database::Version;
use stour_kernel::{Date, Id, Timestamp, london_date};

use super::clock;
use super::*;
use crate::spell::SpellState;

fn id<T: From<Id>>(number: u64) -> T {
    let text = format!("0193a1b2-0000-7000-8000-{number:012x}");
    T::from(text.parse::<Id>().unwrap())
}

fn at(hour: u64) -> Timestamp {
    let first: Timestamp = "2026-11-01T00:30:00Z".parse().unwrap();
    first + jiff::SignedDuration::from_hours(i64::try_from(hour).unwrap())
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn said(kind: Kind) -> Content {
    match kind {
        Kind::Assessment => Content::Assessment(Assessment::default()),
        Kind::Discharge => Content::Discharge(Discharge {
            on: day("2026-12-01"),
            person_informed: true,
            carer_informed: true,
            destination: None,
            contact: Contact::default(),
        }),
        Kind::Withdrawal => Content::Withdrawal(Withdrawal {
            scope: Scope::All,
            reason: "12".to_owned(),
            words: None,
        }),
    }
}

fn sent(number: u64, kind: Kind) -> Notice {
    Notice {
        id: id(number),
        spell: id(1),
        person: id(2),
        hospital: "R0D".parse().unwrap(),
        council: "E06000058".parse().unwrap(),
        content: said(kind),
        state: NoticeState::Sent(Sent { at: at(number) }),
        version: Version::FIRST,
    }
}

fn yes() -> Answer {
    Answer::Accept { words: None }
}

fn no() -> Answer {
    Answer::Reject {
        reason: "OFT".to_owned(),
        words: "Not now".to_owned(),
    }
}

/// What somebody may try.
#[derive(Debug, Clone, Copy)]
enum Try {
    Ask,
    Tell,
    WithdrawAll,
    WithdrawDischarge,
    Receive(usize),
    Accept(usize),
    Reject(usize),
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let one = prop_oneof![
        Just(Try::Ask),
        Just(Try::Tell),
        Just(Try::WithdrawAll),
        Just(Try::WithdrawDischarge),
        (0..6_usize).prop_map(Try::Receive),
        (0..6_usize).prop_map(Try::Accept),
        (0..6_usize).prop_map(Try::Reject),
    ];
    prop::collection::vec(one, 0..24)
}

/// The same with letters, as somebody would keep it on paper: S sent, R arrived, A accepted, N rejected, W withdrawn.
#[derive(Debug, Default)]
struct Paper(Vec<(Kind, char)>);

impl Paper {
    fn counting(&self, kind: Kind) -> Vec<usize> {
        let counts = |(of, state): &(Kind, char)| *of == kind && "SRA".contains(*state);
        let lines = self.0.iter().enumerate();
        lines
            .filter(|(_, line)| counts(line))
            .map(|(number, _)| number)
            .collect()
    }

    fn strike(&mut self, kind: Kind) {
        for number in self.counting(kind) {
            self.0[number].1 = 'W';
        }
    }

    fn does(&mut self, what: Try) -> bool {
        let (asked, told) = (
            self.counting(Kind::Assessment).len(),
            self.counting(Kind::Discharge).len(),
        );
        match what {
            Try::Ask if asked == 0 => self.0.push((Kind::Assessment, 'S')),
            Try::Tell if asked == 1 && told == 0 => self.0.push((Kind::Discharge, 'S')),
            Try::WithdrawAll if asked == 1 => {
                self.strike(Kind::Assessment);
                self.strike(Kind::Discharge);
                self.0.push((Kind::Withdrawal, 'S'));
            }
            Try::WithdrawDischarge if told == 1 => {
                self.strike(Kind::Discharge);
                self.0.push((Kind::Withdrawal, 'S'));
            }
            Try::Receive(number) | Try::Accept(number) | Try::Reject(number) => {
                let Some((kind, state)) = self.0.get(number).copied() else {
                    return false;
                };
                let next = match (what, state) {
                    (Try::Receive(_), 'S') => 'R',
                    (Try::Accept(_), 'S' | 'R') => 'A',
                    (Try::Reject(_), 'S' | 'R') => 'N',
                    _ => return false,
                };
                self.0[number].1 = next;
                if next == 'N' && kind == Kind::Assessment {
                    self.strike(Kind::Discharge);
                }
            }
            _ => return false,
        }
        true
    }
}

fn set(notices: &mut [Notice], which: NoticeId, state: NoticeState) {
    let notice = notices.iter_mut().find(|one| one.id == which).unwrap();
    notice.state = state;
}

/// As the store does it, without a database.
fn does(notices: &mut Vec<Notice>, what: Try, now: Timestamp) -> Result<(), NotSo> {
    let (number, stay) = (
        10 + u64::try_from(notices.len()).unwrap(),
        SpellState::InHospital,
    );
    let before = notices.clone();
    let course = Course(&before);
    let end = |notices: &mut Vec<Notice>, ended: &[&Notice]| {
        for one in ended {
            set(notices, one.id, one.state.clone().withdraw(now).unwrap());
        }
    };
    match what {
        Try::Ask => {
            course.may_ask(stay)?;
            notices.push(sent(number, Kind::Assessment));
        }
        Try::Tell => {
            course.may_tell(stay)?;
            notices.push(sent(number, Kind::Discharge));
        }
        Try::WithdrawAll => {
            end(notices, &course.ended_by(Scope::All)?);
            notices.push(sent(number, Kind::Withdrawal));
        }
        Try::WithdrawDischarge => {
            end(notices, &course.ended_by(Scope::Discharge)?);
            notices.push(sent(number, Kind::Withdrawal));
        }
        Try::Receive(which) | Try::Accept(which) | Try::Reject(which) => {
            let notice = before.get(which).ok_or(NotSo::NothingToWithdraw)?;
            let state = notice.state.clone();
            let state = match what {
                Try::Receive(_) => state.receive(now)?,
                Try::Accept(_) => state.answer(yes(), now)?,
                _ => state.answer(no(), now)?,
            };
            set(notices, notice.id, state);
            if matches!(what, Try::Reject(_)) {
                let ended: Vec<&Notice> = course.ended_by_rejecting(notice).into_iter().collect();
                end(notices, &ended);
            }
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn notices_go_as_they_would_on_paper(tries in tries()) {
        let (mut notices, mut paper) = (Vec::new(), Paper::default());
        for (number, what) in tries.into_iter().enumerate() {
            let now = at(100 + u64::try_from(number).unwrap());
            let done = does(&mut notices, what, now);
            prop_assert_eq!(done.is_ok(), paper.does(what), "{:?}: {:?}", what, done);
            let letters: Vec<(Kind, char)> = notices
                .iter()
                .map(|notice| (notice.kind(), match notice.state.name() {
                    StateName::Sent => 'S',
                    StateName::Received => 'R',
                    StateName::Accepted => 'A',
                    StateName::Rejected => 'N',
                    StateName::Withdrawn => 'W',
                }))
                .collect();
            prop_assert_eq!(&letters, &paper.0);
            let counting = |kind| {
                notices.iter().filter(|one| one.kind() == kind && one.state.is_in_force()).count()
            };
            let (asked, told) = (counting(Kind::Assessment), counting(Kind::Discharge));
            prop_assert!(asked <= 1 && told <= asked, "{} and {}", asked, told);
        }
    }

    #[test]
    fn whoever_has_an_open_notice_waits_and_the_most_pressing_is_shown(tries in tries(), is_over in any::<bool>(), ready in any::<bool>()) {
        let mut notices = Vec::new();
        for (number, what) in tries.into_iter().enumerate() {
            let _ = does(&mut notices, what, at(100 + u64::try_from(number).unwrap()));
        }
        let stay = if is_over { SpellState::Left } else { SpellState::InHospital };
        let ready = ready.then(|| day("2026-11-02"));
        let due = |kind, sent| clock::due(kind, sent).unwrap();
        let found = waiting((stay, ready), Course(&notices), due);
        let open: Vec<&Notice> = notices.iter().filter(|one| one.state.is_open()).collect();
        let first = open.iter().filter_map(|one| due(one.kind(), london_date(one.state.sent()))).min();
        match found {
            Some(Waiting { step: Next::Answer(which, _), due, .. }) => {
                prop_assert!(!is_over && open.iter().any(|one| one.id == which));
                prop_assert_eq!(due, first);
            }
            Some(Waiting { step: Next::Over(which, _), due, .. }) => {
                prop_assert!(is_over && open.iter().any(|one| one.id == which));
                prop_assert_eq!(due, first);
            }
            Some(other) => prop_assert!(open.is_empty() && !is_over, "{:?}", other),
            // Somebody who is ready always waits for something.
            None => prop_assert!(open.is_empty() && (is_over || ready.is_none())),
        }
    }

    #[test]
    fn the_last_day_is_that_of_a_walk_over_the_calendar(offset in 0_i32..6_000, kind in 0_usize..3) {
        let kind = [Kind::Assessment, Kind::Discharge, Kind::Withdrawal][kind];
        let sent = day("2013-04-01") + offset.days();
        let rule = clock::rules().unwrap().iter().find(|rule| {
            let ended = rule.valid.end().is_some_and(|end| end <= sent);
            rule.kind == kind && rule.valid.start() <= sent && !ended
        });
        let walked = rule.map(|rule| {
            let mut day = sent;
            for _ in 0..rule.days {
                day = day.tomorrow().unwrap();
            }
            day
        });
        prop_assert_eq!(clock::due(kind, sent).unwrap(), walked);
    }
}

#[test]
fn the_law_gave_two_days_until_2022_and_the_partnership_says_since() {
    let rule = |on| clock::rule(Kind::Assessment, day(on)).unwrap();
    assert!(rule("2015-03-31").is_none());
    let then = rule("2022-06-30").unwrap();
    assert_eq!((then.days, then.status.needs_warning()), (2, false));
    let now = rule("2022-07-01").unwrap();
    assert!(now.status.needs_warning() && now.source.contains("no national figure"));
    assert_eq!(
        clock::due(Kind::Assessment, day("2026-12-31")).unwrap(),
        Some(day("2027-01-02"))
    );
    assert_eq!(
        clock::due(Kind::Withdrawal, day("2020-01-01")).unwrap(),
        None
    );
}

#[test]
fn clocks_that_cannot_be_right_are_refused() {
    let rule = "[[rule]]\nnotice = \"discharge\"\ndays = 1\nstarts = \"2020-01-01\"\nsource = \"S\"\nstatus = \"local\"\n";
    assert_eq!(clock::read(rule).unwrap().len(), 1);
    for (text, why) in [
        (rule.repeat(2), "hold on one day"),
        (rule.replace("discharge", "death"), "death"),
        (rule.replace("days = 1", "days = -1"), "-1"),
        (format!("{rule}hours = 1\n"), "hours"),
    ] {
        let told = clock::read(&text).unwrap_err();
        assert!(
            told.contains("notice-clocks.toml") && told.contains(why),
            "{told}"
        );
    }
}

#[test]
fn nothing_is_answered_twice_and_what_has_ended_stays_so() {
    let first = NoticeState::Sent(Sent { at: at(1) });
    let arrived = first.clone().receive(at(2)).unwrap();
    assert_eq!(arrived.clone().receive(at(3)), Err(NotSo::AlreadyReceived));
    let accepted = arrived.answer(yes(), at(4)).unwrap();
    assert_eq!(
        accepted.clone().answer(no(), at(5)),
        Err(NotSo::AlreadyAnswered)
    );
    let withdrawn = accepted.withdraw(at(6)).unwrap();
    assert_eq!(
        withdrawn.clone().withdraw(at(7)),
        Err(NotSo::AlreadyWithdrawn)
    );
    assert_eq!(withdrawn.answer(yes(), at(7)), Err(NotSo::AlreadyWithdrawn));
    let rejected = first.answer(no(), at(2)).unwrap();
    assert_eq!(rejected.withdraw(at(3)), Err(NotSo::Rejected));
}

#[test]
fn a_team_is_read_as_it_was_written() {
    let text = "Jo Bell, physiotherapist\nSam Field, social worker, hospital team";
    let team = team_of(&format!("\n  {text} \n\n"));
    assert_eq!(team_text(&team), text);
    assert_eq!(team.len(), 2);
    assert_eq!(team[1].role, "social worker, hospital team");
    assert_eq!(team_of("Jo Bell")[0].role, "");
}
