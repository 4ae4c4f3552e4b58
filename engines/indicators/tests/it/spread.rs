//! What a fact cost, spread over its days: edges by hand, and what must hold of any cost.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use proptest::prelude::*;
use stour_indicators::{
    Case, Cell, Day, Dimension, Month, Pass, Plan, Rule, Selector, Tally, Verdict,
};
use stour_kernel::Date;

use crate::world::{FIRST, Somebody, Thing, columns, date, definition, layout, plan, vocabulary};

fn stay(started: &str, ended: &str, cost: i64) -> Thing {
    Thing {
        started: date(started),
        ended: (!ended.is_empty()).then(|| date(ended)),
        what: 0,
        quantity: None,
        place: 1,
        cost,
    }
}

fn somebody(things: Vec<Thing>) -> Somebody {
    Somebody {
        born: Some(date("1950-02-15")),
        died: None,
        female: None,
        area: 0,
        place: 0,
        things,
    }
}

fn counted_by(selector: Selector) -> Plan {
    let select: BTreeMap<String, Selector> = [("stay".to_owned(), selector)].into();
    let rule: Rule = toml::from_str("kind = \"spread\"\ncount = [\"stay\"]").unwrap();
    plan(&[definition(rule, &select)], &vocabulary())
}

fn any_stay() -> Selector {
    Selector {
        kind: "spell".to_owned(),
        ..Selector::default()
    }
}

fn cases_of(selector: Selector, thing: Thing, as_of: Date) -> Vec<Case> {
    let plan = counted_by(selector);
    let mut pass = Pass::new(&plan, FIRST, Day::from(as_of));
    let columns = columns(&[somebody(vec![thing])]);
    let mut found = Vec::new();
    pass.subject(&columns.subject(0).unwrap(), |case| found.push(*case));
    found
}

/// The months that have a part of what one stay cost, with their pence.
fn spread(started: &str, ended: &str, cost: i64, as_of: &str) -> Vec<String> {
    let cases = cases_of(any_stay(), stay(started, ended, cost), date(as_of));
    let month = |case: &Case| {
        case.month
            .first()
            .date()
            .unwrap()
            .strftime("%Y-%m")
            .to_string()
    };
    let said = cases
        .iter()
        .map(|case| format!("{} {}", month(case), case.value));
    said.collect()
}

const NONE: [&str; 0] = [];

#[test]
fn each_month_has_the_part_of_its_days() {
    let years = "2019-01-01";
    assert_eq!(
        spread("2017-01-31", "2017-03-02", 3_000, years),
        ["2017-01 100", "2017-02 2800", "2017-03 100"]
    );
    assert_eq!(
        spread("2017-01-31", "2017-02-01", 3_000, years),
        ["2017-01 3000"],
        "the day it ended is not one"
    );
    assert_eq!(
        spread("2017-01-01", "2017-02-01", 3_100, years),
        ["2017-01 3100"],
        "a whole month"
    );
    assert_eq!(
        spread("2016-12-31", "2017-01-02", 50, years),
        ["2016-12 25", "2017-01 25"],
        "over the turn of the year"
    );
}

#[test]
fn a_leap_day_is_a_day() {
    assert_eq!(
        spread("2016-02-28", "2016-03-01", 200, "2019-01-01"),
        ["2016-02 200"]
    );
    assert_eq!(
        spread("2016-02-28", "2016-03-02", 300, "2019-01-01"),
        ["2016-02 200", "2016-03 100"]
    );
    assert_eq!(
        spread("2017-02-28", "2017-03-02", 300, "2019-01-01"),
        ["2017-02 150", "2017-03 150"]
    );
}

#[test]
fn what_ended_on_its_first_day_costs_that_day() {
    for day in ["2016-02-29", "2016-12-31", "2017-01-01"] {
        let month = day.get(..7).unwrap();
        assert_eq!(spread(day, day, 77, "2019-01-01"), [format!("{month} 77")]);
        assert_eq!(spread(day, day, 77, day), [format!("{month} 77")]);
    }
    assert_eq!(
        spread("2017-01-05", "2017-01-03", 77, "2019-01-01"),
        ["2017-01 77"],
        "an end before the beginning"
    );
}

#[test]
fn pence_that_cannot_be_divided_go_to_one_month_or_another() {
    // 59 days.
    assert_eq!(
        spread("2017-01-01", "2017-03-01", 100, "2019-01-01"),
        ["2017-01 52", "2017-02 48"]
    );
    assert_eq!(
        spread("2017-01-01", "2017-03-01", 1, "2019-01-01"),
        ["2017-01 0", "2017-02 1"]
    );
}

#[test]
fn money_paid_back_is_spread_too() {
    assert_eq!(
        spread("2017-01-31", "2017-03-02", -3_000, "2019-01-01"),
        ["2017-01 -100", "2017-02 -2800", "2017-03 -100"]
    );
    assert_eq!(
        spread("2017-01-01", "2017-03-01", -1, "2019-01-01"),
        ["2017-01 -1", "2017-02 0"]
    );
}

#[test]
fn what_has_no_cost_has_no_part_in_any_month() {
    assert_eq!(spread("2017-01-31", "2017-03-02", 0, "2019-01-01"), NONE);
    assert_eq!(spread("2017-01-31", "", 0, "2019-01-01"), NONE);
}

#[test]
fn days_before_the_first_month_keep_their_part() {
    assert_eq!(FIRST.first().date(), Some(date("2016-01-01")));
    assert_eq!(
        spread("2015-12-30", "2016-01-02", 300, "2019-01-01"),
        ["2016-01 100"]
    );
    assert_eq!(spread("2015-11-01", "2016-01-01", 300, "2019-01-01"), NONE);
    // 36,525 days of a hundred years, 366 of them in 2016.
    let whole = spread("1917-01-01", "2017-01-01", 36_525, "2019-01-01");
    assert_eq!(whole.len(), 12);
    assert_eq!(whole.first().unwrap(), "2016-01 31");
    assert_eq!(whole.get(1).unwrap(), "2016-02 29");
}

#[test]
fn what_goes_on_has_cost_this_much_up_to_the_day_of_counting() {
    assert_eq!(
        spread("2017-01-30", "", 500, "2017-02-03"),
        ["2017-01 200", "2017-02 300"]
    );
    assert_eq!(spread("2017-01-31", "", 500, "2017-01-31"), ["2017-01 500"]);
    assert_eq!(spread("2017-01-31", "", 500, "2017-01-30"), NONE);
}

#[test]
fn what_ends_later_has_not_cost_everything_yet() {
    let counted = |as_of| spread("2017-01-30", "2017-02-09", 1_000, as_of);
    assert_eq!(counted("2017-01-29"), NONE);
    assert_eq!(counted("2017-01-30"), ["2017-01 100"]);
    assert_eq!(counted("2017-02-03"), ["2017-01 200", "2017-02 300"]);
    for as_of in ["2017-02-08", "2017-02-09", "2019-01-01"] {
        assert_eq!(counted(as_of), ["2017-01 200", "2017-02 800"]);
    }
}

#[test]
fn the_age_is_that_of_the_first_day_in_each_month() {
    let older = Selector {
        age_from: Some(67),
        ..any_stay()
    };
    // 67 on 15 February 2017: from March on.
    let cases = cases_of(
        older,
        stay("2017-01-01", "2017-05-01", 12_000),
        date("2019-01-01"),
    );
    let said: Vec<_> = cases
        .iter()
        .map(|case| (case.day.date().unwrap(), case.value, case.verdict))
        .collect();
    assert_eq!(
        said,
        [
            (date("2017-03-01"), 3_100, Verdict::Counted),
            (date("2017-04-01"), 3_000, Verdict::GoesOn),
        ]
    );
}

/// Tallies of one person's stays.
fn tally(plan: &Plan, things: &[Thing], as_of: Date) -> Tally {
    let mut tally = empty(as_of);
    tally.count(
        plan,
        &columns(&[somebody(things.to_vec())]),
        Day::from(as_of),
        1,
    );
    tally
}

fn empty(as_of: Date) -> Tally {
    let wanted = [(vec![Dimension::Whole, Dimension::Age], true)];
    Tally::new(layout(&vocabulary(), as_of), &wanted)
}

#[test]
fn a_stay_counts_once_below_the_line_and_above_it_in_each_month() {
    let as_of = date("2017-06-30");
    let tally = tally(
        &counted_by(any_stay()),
        &[stay("2017-01-31", "2017-03-02", 3_000)],
        as_of,
    );
    let cell = |month: i32| tally.cell(0, Month::new(2017 * 12 + month), Dimension::Whole, 0);
    let of = |denominator, sum: i64| Cell {
        denominator,
        numerator: 1,
        sum,
        squares: i128::from(sum).pow(2),
    };
    assert_eq!(
        [cell(0), cell(1), cell(2)],
        [of(1, 100), of(0, 2_800), of(0, 100)]
    );
    assert_eq!([cell(-1), cell(3)], [Cell::default(); 2]);
}

fn any_thing() -> impl Strategy<Value = Thing> {
    let cost = prop_oneof![
        Just(0),
        -400_i64..400,
        any::<i64>(),
        Just(i64::MAX),
        Just(i64::MIN)
    ];
    let length = prop_oneof![Just(0), 0..70, 0..900];
    let days = (0..900_i32, prop::option::weighted(0.8, length));
    (days, cost).prop_map(|((from, length), cost)| {
        let started = date("2016-01-01") + from.days();
        Thing {
            started,
            ended: length.map(|length: i32| started + length.days()),
            ..stay("2016-01-01", "", cost)
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn months_add_up_to_the_whole_and_hardly_differ_from_even(thing in any_thing()) {
        // After every end.
        let as_of = date("2021-01-01");
        let cases = cases_of(any_stay(), thing.clone(), as_of);
        let sum: i128 = cases.iter().map(|case| i128::from(case.value)).sum();
        prop_assert_eq!(sum, i128::from(thing.cost));
        let end = thing.ended.unwrap_or(date("2021-01-02"));
        let all = Day::from(end).since(Day::from(thing.started)).max(1);
        for case in &cases {
            let until = Day::from(end).max(case.day.plus(1)).min(case.month.plus(1).first());
            let even = i128::from(thing.cost) * i128::from(until.since(case.day));
            let off = i128::from(case.value) * i128::from(all) - even;
            prop_assert!(off.abs() < i128::from(all), "{:?} of {:?}", case, thing);
        }
    }

    #[test]
    fn what_a_month_has_does_not_change_when_time_goes_on(thing in any_thing(), as_of in 0..2_000_i32) {
        let ended = thing.ended.unwrap_or(date("2018-12-31"));
        let thing = Thing { ended: Some(ended), ..thing };
        let as_of = date("2016-01-01") + as_of.days();
        let then = cases_of(any_stay(), thing.clone(), as_of);
        let later = cases_of(any_stay(), thing, date("2022-01-01"));
        let over = |cases: Vec<Case>| -> Vec<Case> {
            cases.into_iter().filter(|case| case.month.last() <= Day::from(as_of)).collect()
        };
        prop_assert_eq!(over(then), over(later));
    }

    #[test]
    fn what_is_replaced_is_what_counting_anew_gives(
        mut before in prop::collection::vec(any_thing(), 0..5),
        mut after in prop::collection::vec(any_thing(), 0..5),
        same in any::<bool>(),
        as_of in 0..1_900_i32,
    ) {
        if same {
            // Some facts stay and others come or go.
            after.extend(before.iter().take(3).cloned());
        }
        for things in [&mut before, &mut after] {
            things.sort_by_key(|thing| (thing.started, thing.ended.unwrap_or(Date::MAX), thing.cost));
        }
        let as_of = date("2016-01-01") + as_of.days();
        let plan = counted_by(any_stay());
        let mut tally_of = tally(&plan, &before, as_of);
        let (old, new) = (columns(&[somebody(before)]), columns(&[somebody(after.clone())]));
        let mut pass = Pass::new(&plan, FIRST, Day::from(as_of));
        tally_of.replace(&mut pass, old.subject(0).as_ref(), new.subject(0).as_ref());
        prop_assert_eq!(&tally_of, &tally(&plan, &after, as_of));
        tally_of.replace(&mut pass, new.subject(0).as_ref(), None);
        prop_assert_eq!(&tally_of, &empty(as_of));
    }
}
