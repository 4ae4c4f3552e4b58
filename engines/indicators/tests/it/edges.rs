//! Days at which counting is easily wrong, each by hand.

use std::collections::BTreeMap;

use stour_indicators::{
    Case, Columns, Day, Event, Month, Pass, Person, Rule, Selector, Verdict, Vocabulary,
};

use crate::world::{
    PLACES, Somebody, Thing, columns, date, definition, descriptions, plan, vocabulary,
};

fn stay(started: &str, ended: &str) -> Thing {
    Thing {
        started: date(started),
        ended: (!ended.is_empty()).then(|| date(ended)),
        what: 0,
        quantity: None,
        place: 1,
        cost: 0,
    }
}

fn somebody(born: &str, things: Vec<Thing>) -> Columns {
    columns(&[Somebody {
        born: Some(date(born)),
        died: None,
        female: None,
        area: 0,
        place: 0,
        things,
    }])
}

fn cases(rule: &str, columns: &Columns, as_of: &str) -> Vec<Case> {
    let select: BTreeMap<String, Selector> = [(
        "stay".to_owned(),
        Selector {
            kind: "spell".to_owned(),
            ..Selector::default()
        },
    )]
    .into();
    let rule: Rule = toml::from_str(rule).unwrap();
    let plan = plan(&[definition(rule, &select)], &vocabulary());
    let mut pass = Pass::new(&plan, Month::new(2012 * 12), Day::from(date(as_of)));
    let mut found = Vec::new();
    pass.subject(&columns.subject(0).unwrap(), |case| found.push(*case));
    found
}

fn months(cases: &[Case]) -> Vec<String> {
    let first = |case: &Case| case.month.first().date().unwrap().to_string();
    cases
        .iter()
        .map(|case| format!("{} {}", first(case), case.value))
        .collect()
}

const EVENTS: &str = "kind = \"events\"\ncount = [\"stay\"]";
const DAYS: &str = "kind = \"days\"\ncount = [\"stay\"]";
const OPEN: &str = "kind = \"open\"\nwhole = [\"stay\"]";

#[test]
fn somebody_born_on_a_leap_day_is_a_year_older_on_the_first_of_march() {
    let on = |day: &str| {
        let columns = somebody("1948-02-29", vec![stay(day, day)]);
        cases(EVENTS, &columns, "2017-01-01")[0].age
    };
    assert_eq!(on("2013-02-28"), Some(64));
    assert_eq!(on("2013-03-01"), Some(65));
    assert_eq!(on("2016-02-28"), Some(67));
    assert_eq!(on("2016-02-29"), Some(68));
}

#[test]
fn days_fall_in_their_months_and_the_last_is_none() {
    let days = |started, ended, as_of| {
        months(&cases(
            DAYS,
            &somebody("1950-01-01", vec![stay(started, ended)]),
            as_of,
        ))
    };
    assert_eq!(
        days("2016-01-31", "2016-03-01", "2017-01-01"),
        ["2016-01-01 1", "2016-02-01 29"]
    );
    assert_eq!(
        days("2016-02-29", "2016-02-29", "2017-01-01"),
        Vec::<String>::new()
    );
    assert_eq!(
        days("2015-12-31", "", "2016-01-02"),
        ["2015-12-01 1", "2016-01-01 1"]
    );
    assert_eq!(
        days("2011-12-30", "2012-01-03", "2017-01-01"),
        ["2012-01-01 2"],
        "nothing before the first month"
    );
}

#[test]
fn what_ends_on_the_last_day_of_a_month_does_not_go_on_that_day() {
    let open = |started, ended, as_of| {
        months(&cases(
            OPEN,
            &somebody("1950-01-01", vec![stay(started, ended)]),
            as_of,
        ))
        .len()
    };
    assert_eq!(open("2016-01-31", "2016-02-01", "2017-01-01"), 1);
    assert_eq!(open("2016-01-30", "2016-01-31", "2017-01-01"), 0);
    assert_eq!(open("2016-01-31", "", "2016-01-31"), 1);
    assert_eq!(
        open("2016-01-31", "", "2016-02-28"),
        1,
        "29 February is to come"
    );
    assert_eq!(open("2016-01-31", "", "2016-02-29"), 2);
}

#[test]
fn what_ended_after_the_day_of_counting_had_not_ended_then() {
    let nights = "kind = \"events\"\ncount = [\"stay\"]\nvalue = \"nights\"";
    let columns = somebody("1950-01-01", vec![stay("2016-01-10", "2016-01-20")]);
    assert_eq!(
        cases(nights, &columns, "2016-01-19"),
        [],
        "how many nights is not known yet"
    );
    assert_eq!(cases(nights, &columns, "2016-01-20")[0].value, 10);
    assert_eq!(
        cases(EVENTS, &columns, "2016-01-09"),
        [],
        "it has not begun"
    );
    assert_eq!(cases(EVENTS, &columns, "2016-01-10").len(), 1);
}

#[test]
fn what_ended_just_so_many_days_before_is_not_within_them() {
    let verdict = |ended: &str| {
        let rule = "kind = \"events\"\ncount = [\"stay\"]\nunless = { any = [\"stay\"], days = 1 }";
        let columns = somebody(
            "1950-01-01",
            vec![stay("2016-01-01", ended), stay("2016-02-10", "")],
        );
        cases(rule, &columns, "2017-01-01")[1].verdict
    };
    assert_eq!(verdict("2016-02-09"), Verdict::Counted);
    assert_eq!(
        verdict("2016-02-10"),
        Verdict::Before(Day::from(date("2016-02-10")))
    );
    assert_eq!(verdict(""), Verdict::Before(Day::NEVER));
}

#[test]
fn the_last_of_the_days_must_be_over_before_nothing_came() {
    let rule =
        "kind = \"follow\"\nfrom = [\"stay\"]\nthen = [\"stay\"]\nwithin = { from = 0, to = 29 }";
    let verdict =
        |things: Vec<Thing>, as_of| cases(rule, &somebody("1950-01-01", things), as_of)[0].verdict;
    let one = || vec![stay("2016-01-01", "2016-01-02")];
    assert_eq!(verdict(one(), "2016-01-31"), Verdict::NotYet);
    assert_eq!(verdict(one(), "2016-02-01"), Verdict::NotPart);
    let then = |started| [one(), vec![stay(started, "")]].concat();
    assert_eq!(
        verdict(then("2016-01-31"), "2017-01-01"),
        Verdict::Followed(Day::from(date("2016-01-31")))
    );
    assert_eq!(verdict(then("2016-02-01"), "2017-01-01"), Verdict::NotPart);
    assert_eq!(
        verdict(then("2016-01-31"), "2016-01-30"),
        Verdict::NotYet,
        "it has not begun"
    );
}

#[test]
fn facts_of_one_day_are_in_the_same_order_whatever_numbers_they_were_given() {
    let person = Person {
        id: 7,
        born: Some(date("1948-02-29")),
        died: Day::NEVER,
        female: Some(true),
        area: 0,
        place: 0,
    };
    // What each fact says, in the order of the columns.
    let said = |learnt_backwards: bool| {
        let mut vocabulary = Vocabulary::default();
        let (mut all, mut places) = (descriptions(), PLACES.to_vec());
        if learnt_backwards {
            all.reverse();
            places.reverse();
        }
        let mut events = Vec::new();
        for description in all {
            let description = vocabulary.description(description);
            for (council, locality) in &places {
                events.push(Event {
                    description,
                    place: vocabulary.place(council, locality),
                    started: Day::new(17_000),
                    ended: Day::NEVER,
                    quantity: Event::UNKNOWN,
                    cost: 0,
                });
            }
        }
        let mut columns = Columns::default();
        columns.push_said(&person, &mut events, &vocabulary);
        assert_eq!(columns.person(0), Some(person));
        let places: Vec<(&str, &str)> = vocabulary.places().collect();
        let events = columns.subject(0).unwrap().events();
        let said = events.map(|event| {
            let at = |number: u32| usize::try_from(number).unwrap();
            let description = vocabulary.descriptions()[at(event.description)].clone();
            let (council, locality) = places[at(event.place)];
            (description, council.to_owned(), locality.to_owned())
        });
        said.collect::<Vec<_>>()
    };
    assert_eq!(said(false), said(true));
}
