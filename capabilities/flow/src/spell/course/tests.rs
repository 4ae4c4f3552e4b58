use jiff::ToSpan;
use proptest::prelude::*;
use stour_kernel::{Date, Timestamp};

use super::super::event::{Diagnosis, Event, EventKind, Order, Place, Said};
use super::super::stay::{Stay, Unused, Whereabouts};
use super::{Course, course, in_order};

fn hour(hours: i64) -> Timestamp {
    let start: Timestamp = "2026-11-01T00:00:00Z".parse().unwrap();
    start.checked_add(hours.hours()).unwrap()
}

fn event(kind: EventKind, occurred: i64, recorded: i64, ward: &str) -> Event {
    Event {
        kind,
        order: Order {
            occurred: hour(occurred),
            recorded: hour(recorded),
            made: hour(recorded),
            cancels: kind.cancels().is_some(),
            control_id: format!("{}-{occurred}-{recorded}", kind.trigger()),
            digest: ward.to_owned(),
        },
        born: None,
        inpatient: true,
        place: (!ward.is_empty()).then(|| Place {
            ward: ward.to_owned(),
            bed: Some("1".to_owned()),
            site: None,
        }),
        for_a_while: None,
        next: None,
        method: Said::Nothing,
        specialty: Said::Nothing,
        consultant: Said::Nothing,
        admitted: None,
        discharged: None,
        destination: Said::Nothing,
        expected: Said::Nothing,
        said_by: "Dr Darwin".to_owned(),
        medically_fit: Said::Nothing,
        ready: Said::Nothing,
        came_from: Said::Nothing,
        arrived_by: Said::Nothing,
        diagnosis: Said::Nothing,
    }
}

fn told(events: &[Event]) -> Course {
    course(&in_order(events.to_vec()))
}

fn ward(course: &Course) -> Option<&str> {
    match &course.stay {
        Stay::InHospital(here) => here.place.as_ref().map(|place| place.ward.as_str()),
        _ => None,
    }
}

use EventKind::{
    Admit, Arrive, CancelAdmit, CancelDischarge, CancelLeave, CancelPendingAdmit,
    CancelPendingDischarge, CancelPendingTransfer, CancelPreadmit, CancelReturn, CancelTransfer,
    Depart, Discharge, Leave, PendingAdmit, PendingDischarge, PendingTransfer, Preadmit, Return,
    Swap, ToInpatient, ToOutpatient, Transfer, Update,
};

fn whereabouts(course: &Course) -> Option<&Whereabouts> {
    match &course.stay {
        Stay::InHospital(here) => here.away.as_ref().map(|away| &away.whereabouts),
        _ => None,
    }
}

fn next(course: &Course) -> Option<&str> {
    match &course.stay {
        Stay::InHospital(here) => here.next.as_ref().map(|place| place.ward.as_str()),
        _ => None,
    }
}

#[test]
fn a_stay_is_admitted_moved_and_discharged() {
    let story = [
        event(Admit, 1, 1, "A"),
        event(Transfer, 5, 5, "B"),
        event(Discharge, 30, 31, "B"),
    ];
    assert_eq!(ward(&told(&story[..1])), Some("A"));
    assert_eq!(ward(&told(&story[..2])), Some("B"));
    match told(&story).stay {
        Stay::Left(left) => {
            assert_eq!((left.admitted, left.at), (hour(1), hour(30)));
            assert_eq!(left.from.as_deref(), Some("B"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_cancelled_move_goes_back_to_the_bed_before() {
    let moved = [
        event(Admit, 1, 1, "A"),
        event(Transfer, 5, 5, "B"),
        event(Transfer, 9, 9, "C"),
    ];
    let last = [&moved[..], &[event(CancelTransfer, 10, 10, "B")]].concat();
    assert_eq!(ward(&told(&last)), Some("B"));
    let first = [&moved[..], &[event(CancelTransfer, 5, 12, "A")]].concat();
    let course = told(&first);
    assert_eq!(
        ward(&course),
        Some("C"),
        "the cancellation names the earlier move"
    );
    assert_eq!(course.unused[1], Some(Unused::TakenBack));
}

#[test]
fn a_cancelled_discharge_is_in_hospital_again_and_can_be_discharged_again() {
    let mut story = vec![
        event(Admit, 1, 1, "A"),
        event(Discharge, 10, 10, "A"),
        event(CancelDischarge, 10, 12, "A"),
    ];
    assert_eq!(ward(&told(&story)), Some("A"));
    story.push(event(Transfer, 20, 20, "B"));
    assert_eq!(ward(&told(&story)), Some("B"));
    story.push(event(Discharge, 40, 40, "B"));
    assert!(matches!(told(&story).stay, Stay::Left(left) if left.at == hour(40)));
}

#[test]
fn a_cancelled_admission_is_no_stay_whatever_follows_it() {
    let story = [
        event(Admit, 1, 1, "A"),
        event(CancelAdmit, 1, 3, "A"),
        Event {
            admitted: Some(hour(1)),
            ..event(Transfer, 5, 5, "B")
        },
    ];
    let course = told(&story);
    assert_eq!(course.stay, Stay::Cancelled);
    assert_eq!(course.unused[2], Some(Unused::AdmissionCancelled));
}

#[test]
fn nobody_is_admitted_by_a_move_that_does_not_say_since_when() {
    let bare = told(&[event(Transfer, 5, 5, "B")]);
    assert_eq!(
        (bare.stay, bare.unused),
        (Stay::Unknown, vec![Some(Unused::NotAdmitted)])
    );
    let told_since = Event {
        admitted: Some(hour(1)),
        ..event(Transfer, 5, 5, "B")
    };
    assert_eq!(ward(&told(std::slice::from_ref(&told_since))), Some("B"));
    let clinic = Event {
        inpatient: false,
        ..told_since
    };
    assert_eq!(told(&[clinic]).stay, Stay::Unknown);
}

#[test]
fn leaving_before_coming_and_moving_after_leaving_change_nothing() {
    let early = told(&[event(Discharge, 1, 9, "A"), event(Admit, 5, 5, "A")]);
    assert_eq!(early.unused, [Some(Unused::NotAdmitted), None]);
    assert_eq!(ward(&early), Some("A"));
    let late = told(&[
        event(Admit, 1, 1, "A"),
        event(Discharge, 5, 5, "A"),
        event(Transfer, 6, 6, "B"),
    ]);
    assert_eq!(late.unused[2], Some(Unused::AlreadyLeft));
    assert!(matches!(late.stay, Stay::Left(_)));
}

#[test]
fn an_expected_date_is_the_newest_said_and_goes_when_taken_back() {
    let day: Date = "2026-11-09".parse().unwrap();
    let later: Date = "2026-11-12".parse().unwrap();
    let mut story = vec![
        Event {
            expected: Said::Value(day),
            ..event(Admit, 1, 1, "A")
        },
        Event {
            expected: Said::Value(later),
            ..event(PendingDischarge, 20, 20, "A")
        },
    ];
    assert_eq!(
        told(&story).about.expected.map(|expected| expected.on),
        Some(later)
    );
    story.push(event(CancelPendingDischarge, 20, 25, "A"));
    assert_eq!(
        told(&story).about.expected.map(|expected| expected.on),
        Some(day)
    );
    story.push(Event {
        expected: Said::Forget,
        ..event(Update, 30, 30, "A")
    });
    assert_eq!(told(&story).about.expected, None);
}

#[test]
fn an_admission_is_not_later_than_the_message_that_tells_it() {
    let future = Event {
        admitted: Some(hour(99)),
        ..event(Admit, 1, 2, "A")
    };
    assert!(matches!(told(&[future]).stay, Stay::InHospital(here) if here.admitted == hour(1)));
    let corrected = [
        event(Admit, 4, 4, "A"),
        Event {
            admitted: Some(hour(2)),
            ..event(Update, 6, 6, "A")
        },
    ];
    assert!(matches!(told(&corrected).stay, Stay::InHospital(here) if here.admitted == hour(2)));
}

#[test]
fn a_pre_admission_is_expected_until_admitted() {
    assert_eq!(told(&[event(Preadmit, 1, 1, "A")]).stay, Stay::Expected);
    let both = told(&[event(Preadmit, 1, 1, "A"), event(Admit, 3, 3, "B")]);
    assert_eq!(ward(&both), Some("B"));
}

#[test]
fn somebody_on_leave_keeps_the_bed_until_they_are_back_or_gone() {
    let mut story = vec![event(Admit, 1, 1, "A"), event(Leave, 5, 5, "A")];
    assert_eq!(whereabouts(&told(&story)), Some(&Whereabouts::OnLeave));
    assert_eq!(ward(&told(&story)), Some("A"));
    let back = [&story[..], &[event(Return, 9, 9, "A")]].concat();
    assert_eq!(whereabouts(&told(&back)), None);
    let not_back = [&back[..], &[event(CancelReturn, 9, 10, "A")]].concat();
    assert_eq!(whereabouts(&told(&not_back)), Some(&Whereabouts::OnLeave));
    let never = [&story[..], &[event(CancelLeave, 5, 6, "A")]].concat();
    assert_eq!(whereabouts(&told(&never)), None);
    story.push(event(Transfer, 7, 7, "B"));
    let moved = told(&story);
    assert_eq!((ward(&moved), whereabouts(&moved)), (Some("B"), None));
    let early = told(&[event(Admit, 1, 1, "A"), event(Return, 2, 2, "A")]);
    assert_eq!(early.unused[1], Some(Unused::NotAway));
}

#[test]
fn somebody_elsewhere_in_the_hospital_keeps_the_bed() {
    let at = |kind, hours, place: Option<&str>| Event {
        for_a_while: somewhere(place),
        ..event(kind, hours, hours, "")
    };
    let mut story = vec![event(Admit, 1, 1, "A"), at(Depart, 3, None)];
    assert_eq!(
        whereabouts(&told(&story)),
        Some(&Whereabouts::Elsewhere(None))
    );
    story.push(at(Arrive, 4, Some("XRAY")));
    let there = told(&story);
    let xray = Whereabouts::Elsewhere(Some("XRAY".to_owned()));
    assert_eq!(
        (ward(&there), whereabouts(&there)),
        (Some("A"), Some(&xray))
    );
    story.push(event(Return, 5, 5, "A"));
    assert_eq!(
        whereabouts(&told(&story)),
        Some(&xray),
        "a return is from leave"
    );
    story.push(at(Arrive, 6, None));
    assert_eq!(whereabouts(&told(&story)), None);
}

#[test]
fn a_planned_move_stands_until_it_is_made_or_taken_back() {
    let planned = Event {
        next: somewhere(Some("C")),
        ..event(PendingTransfer, 4, 4, "A")
    };
    let story = [event(Admit, 1, 1, "A"), planned];
    assert_eq!(
        (ward(&told(&story)), next(&told(&story))),
        (Some("A"), Some("C"))
    );
    let made = [&story[..], &[event(Transfer, 8, 8, "C")]].concat();
    assert_eq!((ward(&told(&made)), next(&told(&made))), (Some("C"), None));
    let taken_back = [&story[..], &[event(CancelPendingTransfer, 4, 6, "A")]].concat();
    assert_eq!(next(&told(&taken_back)), None);
}

#[test]
fn somebody_expected_who_will_not_come_is_expected_no_more() {
    for (plan, cancel) in [
        (Preadmit, CancelPreadmit),
        (PendingAdmit, CancelPendingAdmit),
    ] {
        let story = [event(plan, 1, 1, "A"), event(cancel, 1, 3, "A")];
        assert_eq!(told(&story[..1]).stay, Stay::Expected);
        assert_eq!(told(&story).stay, Stay::Unknown);
        let came = [&story[..], &[event(Admit, 5, 5, "B")]].concat();
        assert_eq!(ward(&told(&came)), Some("B"));
    }
}

#[test]
fn an_outpatient_who_stays_is_in_a_bed_and_one_who_need_not_is_in_none() {
    let stays = told(&[event(ToInpatient, 2, 2, "A")]);
    assert_eq!(ward(&stays), Some("A"));
    let left = told(&[event(ToInpatient, 2, 2, "A"), event(ToOutpatient, 9, 9, "")]);
    assert!(matches!(left.stay, Stay::Left(left) if left.at == hour(9)));
    let swapped = told(&[event(Admit, 1, 1, "A"), event(Swap, 3, 3, "B")]);
    assert_eq!(ward(&swapped), Some("B"));
}

fn somewhere(ward: Option<&str>) -> Option<Place> {
    ward.map(|ward| Place {
        ward: ward.to_owned(),
        ..Place::default()
    })
}

fn any_event() -> impl Strategy<Value = Event> {
    let kind = proptest::sample::select(&EventKind::ALL[..]);
    let ward = proptest::sample::select(&["A", "B", "C", ""][..]);
    let fields = (
        any::<bool>(),
        proptest::option::of(0..12_i64),
        0..4_u8,
        0..4_u8,
    );
    (kind, 0..12_i64, 0..4_i64, ward, fields).prop_map(
        |(kind, occurred, lag, ward, (inpatient, admitted, expected, places))| Event {
            for_a_while: somewhere((places & 1 > 0).then_some("X")),
            next: somewhere((places & 2 > 0).then_some("C")),
            inpatient,
            admitted: admitted.map(hour),
            expected: match expected {
                0 => Said::Forget,
                1 => Said::Value("2026-11-20".parse().unwrap()),
                2 => Said::Value("2026-11-21".parse().unwrap()),
                _ => Said::Nothing,
            },
            came_from: match places {
                0 => Said::Forget,
                1 => Said::Value("19".to_owned()),
                2 => Said::Value("56".to_owned()),
                _ => Said::Nothing,
            },
            arrived_by: match (expected, places) {
                (0, 1) => Said::Forget,
                (1, _) => Said::Value("A".to_owned()),
                (2, _) => Said::Value("C".to_owned()),
                _ => Said::Nothing,
            },
            diagnosis: match (expected, places) {
                (0, 0) => Said::Forget,
                (_, 0) => Said::Nothing,
                (expected, places) => Said::Value(Diagnosis {
                    code: format!("N{expected}{places}"),
                    coding: Some("I10".to_owned()),
                    on: None,
                }),
            },
            ..event(kind, occurred, occurred + lag, ward)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn any_order_and_any_copies_give_the_same_course(
        story in proptest::collection::vec(any_event(), 1..14),
        seed in proptest::collection::vec(any::<proptest::sample::Index>(), 0..40),
    ) {
        // Two messages of one sender with one control id and one content are one message.
        let story = in_order(story);
        let expected = course(&story);
        let mut shuffled = story.clone();
        for pick in &seed {
            let copy = pick.get(&story).clone();
            let place = pick.index(shuffled.len() + 1);
            shuffled.insert(place, copy);
        }
        for (place, pick) in seed.iter().enumerate() {
            let other = pick.index(shuffled.len());
            let here = place % shuffled.len();
            shuffled.swap(here, other);
        }
        prop_assert_eq!(course(&in_order(shuffled)), expected);
    }

    #[test]
    fn nobody_leaves_before_coming_or_is_somewhere_before_being_in(
        story in proptest::collection::vec(any_event(), 1..14),
    ) {
        let course = told(&story);
        match course.stay {
            Stay::Left(left) => prop_assert!(left.admitted <= left.at),
            Stay::InHospital(here) => prop_assert!(here.admitted <= here.since),
            Stay::Unknown | Stay::Expected | Stay::Cancelled => {}
        }
        prop_assert_eq!(course.unused.len(), in_order(story).len());
    }
}
