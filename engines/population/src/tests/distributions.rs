//! Whether the documented rates come out, on a fixed seed, within what chance allows.

#![expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "counts of tests become shares, far below where precision is lost"
)]

use std::collections::HashMap;
use std::sync::LazyLock;

use stour_kernel::Date;

use crate::age::AgeBand;
use crate::event::{Detail, Event, Service};
use crate::tests::sample::{generator, setting, today};
use crate::{CONDITIONS, EventKind, Frailty, Household, Person, Rates};

const PEOPLE: u64 = 60_000;

static HOUSEHOLDS: LazyLock<Vec<Household>> =
    LazyLock::new(|| generator(2_013, PEOPLE).households().collect());
static RATES: LazyLock<Rates> = LazyLock::new(Rates::default);

fn people() -> impl Iterator<Item = &'static Person> {
    HOUSEHOLDS.iter().flat_map(|household| &household.people)
}

fn living() -> impl Iterator<Item = &'static Person> {
    people().filter(|person| person.died.is_none())
}

fn days(from: Date, to: Date) -> f64 {
    f64::from((to - from).get_days())
}

fn age(person: &Person) -> i32 {
    (days(person.born, today()) / 365.2425).floor() as i32
}

fn band(person: &Person) -> AgeBand {
    AgeBand::of(age(person))
}

/// A share seen among so many lies within four standard errors of the share that was to be, and of `slack` more.
#[track_caller]
fn near(what: &str, seen: usize, among: usize, wanted: f64, slack: f64) {
    let among = among as f64;
    let share = seen as f64 / among;
    let allowed = 4.0 * (wanted * (1.0 - wanted) / among).sqrt() + slack;
    assert!(
        (share - wanted).abs() <= allowed,
        "{what}: {share:.4} of {among}, wanted {wanted:.4} give or take {allowed:.4}"
    );
}

fn share_by_band(what: &str, wanted: crate::ByAge, is: impl Fn(&Person) -> bool) {
    for band_wanted in AgeBand::ALL {
        let of_band: Vec<_> = living()
            .filter(|person| band(person) == band_wanted)
            .collect();
        let seen = of_band.iter().filter(|person| is(person)).count();
        near(
            &format!("{what} {band_wanted:?}"),
            seen,
            of_band.len(),
            wanted.at(band_wanted),
            0.002,
        );
    }
}

#[test]
fn the_living_have_the_ages_of_the_tables() {
    let setting = setting();
    let all: f64 = setting
        .councils
        .iter()
        .flat_map(|council| &council.ages)
        .map(|band| band.people)
        .sum();
    let alive = living().count();
    for council in &setting.councils {
        let here: Vec<_> = HOUSEHOLDS
            .iter()
            .filter(|household| household.address.council == council.code)
            .flat_map(|household| &household.people)
            .filter(|person| person.died.is_none())
            .collect();
        for counted in &council.ages {
            let to = counted.to.map_or(200, i32::from);
            let seen = here
                .iter()
                .filter(|person| (i32::from(counted.from)..=to).contains(&age(person)))
                .count();
            near(
                &format!("ages {} of {}", counted.from, council.name),
                seen,
                alive,
                counted.people / all,
                0.001,
            );
        }
    }
}

#[test]
fn conditions_and_frailty_are_as_common_as_stated() {
    for condition in &CONDITIONS {
        share_by_band(condition.code, condition.prevalence, |person| {
            person.conditions.contains(&condition.code)
        });
    }
    share_by_band("mild", RATES.frailty_mild, |person| {
        person.frailty == Frailty::Mild
    });
    share_by_band("moderate", RATES.frailty_moderate, |person| {
        person.frailty == Frailty::Moderate
    });
    share_by_band("severe", RATES.frailty_severe, |person| {
        person.frailty == Frailty::Severe
    });
    share_by_band("female", RATES.female_share, |person| {
        person.sex == crate::Sex::Female
    });
}

#[test]
fn one_in_nine_people_cares_for_someone() {
    let carers = living()
        .filter(|person| !person.carer_of.is_empty())
        .count();
    near("carers", carers, living().count(), 0.11, 0.006);
}

#[test]
fn restricted_records_objections_and_care_homes_are_as_common_as_stated() {
    let all = people().count();
    near(
        "restricted",
        people().filter(|person| person.restricted).count(),
        all,
        RATES.restricted,
        0.0,
    );
    near(
        "objections",
        people().filter(|person| person.objection).count(),
        all,
        RATES.objection,
        0.0,
    );
    let oldest: Vec<_> = living()
        .filter(|person| band(person) == AgeBand::From85)
        .collect();
    let residents = oldest
        .iter()
        .filter(|person| person.care_home.is_some())
        .count();
    near(
        "care homes",
        residents,
        oldest.len(),
        RATES.care_home_share.at(AgeBand::From85),
        0.015,
    );
}

/// A reablement service after a discharge of someone of 65 or over, long enough ago.
fn measured(person: &Person) -> impl Iterator<Item = Date> {
    person
        .history
        .iter()
        .filter_map(|event| match &event.detail {
            Detail::Service(Service {
                component: "reablement",
                discharged: Some(day),
                ..
            }) => {
                let old = days(person.born, *day) >= 65.0 * 365.25;
                (old && days(*day, today()) >= 91.0).then_some(*day)
            }
            _ => None,
        })
}

#[test]
fn people_are_still_at_home_after_reablement_as_often_as_stated() {
    let measured: Vec<_> = people()
        .flat_map(|person| measured(person).map(move |day| (person, day)))
        .collect();
    let after = |day: Date| day.checked_add(jiff::Span::new().days(91)).unwrap();
    let at_home = measured
        .iter()
        .filter(|(person, day)| person.at_home_on(after(*day)))
        .count();
    assert!(
        measured.len() > 400,
        "only {} discharges into reablement",
        measured.len()
    );
    near(
        "at home after 91 days",
        at_home,
        measured.len(),
        RATES.still_at_home_65,
        0.0,
    );
}

#[test]
fn reablement_of_those_at_home_ends_as_stated() {
    let mut outcomes: HashMap<&str, usize> = HashMap::new();
    for person in people() {
        for event in &person.history {
            if let Detail::Service(service) = &event.detail
                && service.is_reablement()
                && let Some(outcome) = event.outcome
                && [
                    "independent",
                    "lower-level-support",
                    "long-term-community",
                    "declined",
                ]
                .contains(&outcome)
            {
                *outcomes.entry(outcome).or_default() += 1;
            }
        }
    }
    let all = outcomes.values().sum();
    // People not at home at the end of the window add a few independent and low-level ends.
    near(
        "independent",
        outcomes["independent"],
        all,
        RATES.reablement_outcomes[0],
        0.03,
    );
    near(
        "long-term",
        outcomes["long-term-community"],
        all,
        RATES.reablement_outcomes[2],
        0.03,
    );
}

fn person_years() -> f64 {
    let years = |person: &&Person| {
        let start = today()
            .checked_sub(jiff::Span::new().days(RATES.history_days))
            .unwrap()
            .max(person.born);
        days(start, person.died.unwrap_or(today())) / 365.25
    };
    people().map(|person| years(&person)).sum()
}

fn events(kind: EventKind) -> impl Iterator<Item = &'static Event> {
    people()
        .flat_map(|person| &person.history)
        .filter(move |event| event.kind() == kind)
}

/// Not rates of the table but what they add up to, against what is published for hospitals around Dorset: general and
/// acute beds occupied in August 2025 (1,253 for 776,780 people) and people in them without criteria to reside (403);
/// attendances of all types in July 2025 (about 0.5 a person-year). NHS England.
#[test]
fn hospitals_are_about_as_full_as_real_ones() {
    let alive = living().count() as f64;
    let open = events(EventKind::Spell)
        .filter(|event| event.ended.is_none())
        .count() as f64;
    assert!(
        (1.0..2.3).contains(&(1_000.0 * open / alive)),
        "{open} people in hospital of {alive}"
    );
    let beds: f64 = events(EventKind::Spell)
        .map(|event| days(event.started, event.ended.unwrap_or(today())))
        .sum();
    let occupied = 1_000.0 * beds / 365.25 / person_years();
    assert!(
        (1.35..1.85).contains(&occupied),
        "{occupied} beds occupied for 1,000 people"
    );
    let delayed = events(EventKind::DayWithoutCriteriaToReside).count() as f64;
    let waiting = 1_000.0 * delayed / 365.25 / person_years();
    assert!(
        (0.40..0.62).contains(&waiting),
        "{waiting} people waiting for 1,000 people"
    );
    let attended = events(EventKind::Attendance).count() as f64 / person_years();
    assert!(
        (0.42..0.58).contains(&attended),
        "{attended} attendances a person-year"
    );
}

#[test]
fn some_things_are_still_going_on() {
    let open = |kind| events(kind).filter(|event| event.ended.is_none()).count();
    assert!(open(EventKind::Spell) > 0);
    assert!(open(EventKind::Request) > 0);
    let reablement = events(EventKind::Service).filter(|event| {
        event.ended.is_none()
            && matches!(&event.detail, Detail::Service(service) if service.is_reablement())
    });
    assert!(reablement.count() > 5);
}

#[test]
fn names_repeat_and_carry_marks_as_real_ones_do() {
    let mut full: HashMap<(&str, &str), usize> = HashMap::new();
    let mut surnames: HashMap<&str, usize> = HashMap::new();
    for person in people() {
        *full
            .entry((&person.given_names[0], &person.family_name))
            .or_default() += 1;
        *surnames.entry(&person.family_name).or_default() += 1;
    }
    assert!(
        full.values().any(|count| *count > 10),
        "a common name many times"
    );
    assert!(surnames.len() > 900, "{} surnames", surnames.len());
    for mark in ['\'', '-', 'ł', 'é'] {
        let marked = people().filter(|person| {
            person.family_name.contains(mark)
                || person.given_names.iter().any(|name| name.contains(mark))
        });
        assert!(marked.count() > 0, "no name with {mark}");
    }
}

#[test]
fn there_are_twins_and_shared_birthdays() {
    let twins = HOUSEHOLDS.iter().filter(|household| {
        let siblings = household
            .relationships
            .iter()
            .filter(|tie| tie.kind == "sibling");
        let born: HashMap<u64, Date> = household
            .people
            .iter()
            .map(|person| (person.index, person.born))
            .collect();
        siblings
            .into_iter()
            .any(|tie| born[&tie.from] == born[&tie.to])
    });
    assert!(twins.count() > 10);
}

#[test]
fn deaths_and_dead_are_few() {
    let dead = people().filter(|person| person.died.is_some()).count();
    let rate = dead as f64 / person_years();
    assert!(
        (0.010..0.017).contains(&rate),
        "{rate} deaths a person-year"
    );
}

#[test]
fn people_are_admitted_as_often_as_the_rates_say() {
    let years = |person: &Person| {
        let start = today()
            .checked_sub(jiff::Span::new().days(RATES.history_days))
            .unwrap();
        days(start.max(person.born), person.died.unwrap_or(today())).max(0.0) / 365.25
    };
    let mut wanted = 0.0;
    for household in HOUSEHOLDS.iter() {
        for person in &household.people {
            let conditions = CONDITIONS
                .iter()
                .filter(|condition| person.conditions.contains(&condition.code));
            let ratio: f64 = conditions
                .map(|condition| condition.admission_ratio)
                .product();
            let ratio = ratio * RATES.ratio(person.frailty, household.address.imd_decile);
            let emergency = RATES.emergency_admissions.at(band(person)) * ratio;
            wanted += (emergency + RATES.elective_admissions.at(band(person))) * years(person);
        }
    }
    // Days in hospital or in reablement hold admissions back, last stays before death add some.
    let seen = events(EventKind::Spell).count() as f64 / wanted;
    assert!(
        (0.94..1.04).contains(&seen),
        "{seen} of the stays that the rates say"
    );
}

#[test]
fn delays_and_pathways_are_as_stated() {
    let mut delays: Vec<f64> = Vec::new();
    let (mut helped, mut by_reablement) = (0, 0);
    for person in people() {
        for event in &person.history {
            let Detail::Spell(spell) = &event.detail else {
                continue;
            };
            if spell.pathway != Some("1") || event.outcome != Some("discharged") {
                continue;
            }
            helped += 1;
            by_reablement += usize::from(person.history.iter().any(|service| {
                let Detail::Service(service) = &service.detail else {
                    return false;
                };
                service.is_reablement() && service.after_spell.as_ref() == Some(&event.reference)
            }));
            let ended = event.ended.unwrap();
            delays.extend(spell.discharge_ready.map(|ready| days(ready, ended)));
        }
    }
    near(
        "delayed on pathway 1",
        delays.len(),
        helped,
        RATES.delayed[1],
        0.01,
    );
    // Those who are soon to die go home with home care instead.
    near(
        "reablement on pathway 1",
        by_reablement,
        helped,
        RATES.pathway_1_reablement,
        0.03,
    );
    let mean = delays.iter().sum::<f64>() / delays.len() as f64;
    let allowed = 4.0 * RATES.delay_days[1] / (delays.len() as f64).sqrt();
    assert!(
        (mean - RATES.delay_days[1]).abs() < allowed,
        "{mean} days give or take {allowed}"
    );
}

#[test]
fn requests_from_the_community_end_as_stated() {
    let asked = events(EventKind::Request).filter(|event| match &event.detail {
        Detail::Request(request) => {
            request.route == "community-other-route" && event.outcome.is_some()
        }
        _ => false,
    });
    let outcomes: Vec<_> = asked.filter_map(|event| event.outcome).collect();
    let advised = outcomes
        .iter()
        .filter(|outcome| **outcome == "nfa-information-advice")
        .count();
    near(
        "information or advice",
        advised,
        outcomes.len(),
        RATES.request_outcomes[0],
        0.01,
    );
}

#[test]
fn costs_of_services_are_their_weeks() {
    for event in events(EventKind::Service) {
        let Detail::Service(service) = &event.detail else {
            continue;
        };
        let until = event.ended.unwrap_or(today().tomorrow().unwrap());
        let wanted = days(event.started, until) * service.cost_a_week.as_i64() as f64 / 7.0;
        let cost = event.cost.unwrap().as_i64() as f64;
        assert!(
            (cost - wanted).abs() <= 1.0,
            "{cost} pence, not {wanted}: {event:?}"
        );
    }
}
