//! Made-up people, facts and rules, few enough of each that they meet.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use stour_indicators::{
    Columns, Dated, Day, Definition, Description, Event, Home, Layout, Linked, Month, Names,
    Person, Plan, Rule, Selector, Span, Unless, Value, Vocabulary,
};
use stour_kernel::Date;

/// A fact, as words and dates.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Thing {
    pub(crate) started: Date,
    pub(crate) ended: Option<Date>,
    pub(crate) what: usize,
    pub(crate) quantity: Option<i32>,
    pub(crate) place: usize,
    pub(crate) cost: i64,
}

/// Somebody, with facts in order of time.
#[derive(Debug, Clone)]
pub(crate) struct Somebody {
    pub(crate) born: Option<Date>,
    pub(crate) died: Option<Date>,
    pub(crate) female: Option<bool>,
    pub(crate) area: usize,
    pub(crate) place: usize,
    pub(crate) things: Vec<Thing>,
}

pub(crate) const PLACES: [(&str, &str); 4] = [("", ""), ("a", "x"), ("a", "y"), ("b", "z")];
pub(crate) const AREAS: [&str; 3] = ["", "E1", "E2"];

/// What facts may be.
pub(crate) fn descriptions() -> Vec<Description> {
    let mut all = Vec::new();
    for kind in ["spell", "service"] {
        for code in ["", "1", "2", "X1", "x12"] {
            let fields = [("code", code)].into_iter();
            all.push(Description {
                kind: kind.to_owned(),
                organisation: format!("org-{}", code.len()),
                fields: fields
                    .filter(|(_, code)| !code.is_empty())
                    .map(|(name, code)| (name.to_owned(), code.to_owned()))
                    .collect(),
            });
        }
    }
    all
}

/// Codes that belong to a group.
pub(crate) fn members(field: &str, group: &str) -> Vec<String> {
    match (field, group) {
        ("code", "low") => vec!["1".to_owned(), "2".to_owned()],
        ("code", "high") => vec!["x1".to_owned()],
        _ => Vec::new(),
    }
}

pub(crate) fn vocabulary() -> Vocabulary {
    let mut vocabulary = Vocabulary::default();
    for description in descriptions() {
        vocabulary.description(description);
    }
    for (council, locality) in PLACES {
        vocabulary.place(council, locality);
    }
    for area in AREAS {
        vocabulary.area(area);
    }
    vocabulary
}

/// The tenth of deprivation and the middle-layer area of a small area.
pub(crate) fn groups(area: &str) -> (String, String) {
    match area {
        "E1" => ("03".to_owned(), "M1".to_owned()),
        "E2" => ("09".to_owned(), "M1".to_owned()),
        _ => Default::default(),
    }
}

pub(crate) fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// Before every fact.
pub(crate) const FIRST: Month = Month::new(2016 * 12);

pub(crate) fn layout(vocabulary: &Vocabulary, as_of: Date) -> Layout {
    Layout::new(vocabulary, (FIRST, Month::of(as_of)), groups)
}

pub(crate) fn definition(rule: Rule, select: &BTreeMap<String, Selector>) -> Definition {
    Definition {
        id: "it".to_owned(),
        select: select.clone(),
        rule,
    }
}

pub(crate) fn plan(definitions: &[Definition], vocabulary: &Vocabulary) -> Plan {
    Plan::new(definitions, vocabulary, members).unwrap()
}

impl Thing {
    fn event(&self) -> Event {
        Event {
            description: u32::try_from(self.what).unwrap(),
            place: u32::try_from(self.place).unwrap(),
            started: Day::from(self.started),
            ended: self.ended.map_or(Day::NEVER, Day::from),
            quantity: self.quantity.unwrap_or(Event::UNKNOWN),
            cost: self.cost,
        }
    }
}

impl Somebody {
    /// Adds this person to columns.
    pub(crate) fn push(&self, columns: &mut Columns, id: u128) {
        let person = Person {
            id,
            born: self.born,
            died: self.died.map_or(Day::NEVER, Day::from),
            female: self.female,
            area: u32::try_from(self.area).unwrap(),
            place: u32::try_from(self.place).unwrap(),
        };
        let mut events: Vec<Event> = self.things.iter().map(Thing::event).collect();
        // In whatever order they come.
        events.reverse();
        columns.push(&person, &mut events);
    }
}

pub(crate) fn columns(people: &[Somebody]) -> Columns {
    let mut columns = Columns::default();
    for (place, somebody) in people.iter().enumerate() {
        somebody.push(&mut columns, u128::try_from(place).unwrap());
    }
    columns
}

/// Days about a leap day and two turns of the year.
fn day() -> impl Strategy<Value = Date> {
    (0..300).prop_map(|days: i32| date("2015-12-01") + days.days())
}

pub(crate) fn as_of() -> impl Strategy<Value = Date> {
    prop_oneof![
        1 => day(),
        1 => select(vec!["2016-02-28", "2016-02-29", "2016-08-31"]).prop_map(date),
        2 => (300..500).prop_map(|days: i32| date("2015-12-01") + days.days()),
    ]
}

prop_compose! {
    fn thing()(
        started in day(),
        length in prop_oneof![0_i32..3, 0..40, 80..400],
        goes_on in prop::bool::weighted(0.2),
        what in 0..descriptions().len(),
        quantity in prop_oneof![Just(None), (-5..400).prop_map(Some), (16_770..17_250).prop_map(Some)],
        place in 0..PLACES.len(),
        cost in prop_oneof![Just(0), -500_i64..90_000],
    ) -> Thing {
        Thing {
            started,
            ended: (!goes_on).then(|| started + length.days()),
            what,
            quantity,
            place,
            cost,
        }
    }
}

prop_compose! {
    pub(crate) fn somebody()(
        born in prop_oneof![
            1 => Just(None),
            3 => (1925_i16..2017, 1_i8..13, 1_i8..29).prop_map(|(year, month, day)| Date::new(year, month, day).ok()),
            2 => select(vec!["1952-02-29", "1998-02-28", "1998-03-01", "1951-01-01"]).prop_map(|text| Some(date(text))),
        ],
        died in prop::option::weighted(0.2, day()),
        female in prop::option::of(any::<bool>()),
        area in 0..AREAS.len(),
        place in 0..PLACES.len(),
        mut things in vec(thing(), 0..14),
    ) -> Somebody {
        // What goes on comes after what ended.
        things.sort_by_key(|thing| (thing.started, thing.ended.unwrap_or(Date::MAX), thing.clone()));
        Somebody { born, died, female, area, place, things }
    }
}

fn codes() -> impl Strategy<Value = BTreeMap<String, Vec<String>>> {
    let codes = subsequence(vec!["1", "2", "x1", "X12", ""], 1..3);
    prop_oneof![
        10 => Just(BTreeMap::new()),
        1 => codes.prop_map(|codes| [("code".to_owned(), codes.into_iter().map(str::to_owned).collect())].into()),
    ]
}

fn groups_of_codes() -> impl Strategy<Value = BTreeMap<String, Vec<String>>> {
    let groups = subsequence(vec!["low", "high", "none"], 1..3);
    prop_oneof![
        10 => Just(BTreeMap::new()),
        1 => groups.prop_map(|codes| [("code".to_owned(), codes.into_iter().map(str::to_owned).collect())].into()),
    ]
}

fn rarely(numbers: std::ops::Range<i32>) -> impl Strategy<Value = Option<i32>> {
    prop::option::weighted(0.08, numbers)
}

prop_compose! {
    pub(crate) fn selector()(
        kind in prop_oneof![10 => Just("spell"), 10 => Just("service"), 1 => Just("Spell")],
        (is, is_not, starts_with, starts_with_not) in (codes(), codes(), codes(), codes()),
        (group, group_not) in (groups_of_codes(), groups_of_codes()),
        (age_from, age_before) in (rarely(17..70), rarely(17..70)),
        (nights_from, nights_before) in (rarely(0..5), rarely(1..60)),
        ended_on in prop_oneof![14 => Just(Vec::new()), 1 => subsequence(vec![1, 2, 3, 4, 5, 6, 7], 1..6)],
        (quantity_from, quantity_before) in (rarely(-4..200), rarely(0..300)),
        quantity_known in prop::bool::weighted(0.05),
        (days_since_quantity_from, days_since_quantity_before) in (rarely(-20..60), rarely(-20..200)),
    ) -> Selector {
        Selector {
            kind: kind.to_owned(),
            is, is_not, group, group_not, starts_with, starts_with_not,
            age_from, age_before, nights_from, nights_before, ended_on,
            quantity_from, quantity_before, quantity_known,
            days_since_quantity_from, days_since_quantity_before,
        }
    }
}

/// Selectors of the names `a` to `d`.
pub(crate) fn selectors() -> impl Strategy<Value = BTreeMap<String, Selector>> {
    vec(selector(), 4).prop_map(|all| {
        let names = ["a", "b", "c", "d"].map(str::to_owned);
        names.into_iter().zip(all).collect()
    })
}

fn names() -> impl Strategy<Value = Names> {
    named(1..4)
}

fn named(many: std::ops::Range<usize>) -> impl Strategy<Value = Names> {
    subsequence(vec!["a", "b", "c", "d"], many)
        .prop_map(|names| Names(names.into_iter().map(str::to_owned).collect()))
}

fn dated() -> impl Strategy<Value = Dated> {
    select(vec![Dated::Start, Dated::End])
}

fn value() -> impl Strategy<Value = Option<Value>> {
    select(vec![
        None,
        Some(Value::Nights),
        Some(Value::Quantity),
        Some(Value::DaysSinceQuantity),
        Some(Value::Cost),
    ])
}

fn unless() -> impl Strategy<Value = Option<Unless>> {
    prop::option::of((names(), 0..200).prop_map(|(any, days)| Unless { any, days }))
}

fn span() -> impl Strategy<Value = Span> {
    (-40..60, 0..60).prop_map(|(from, long)| Span {
        from,
        to: from + long,
    })
}

fn linked() -> impl Strategy<Value = Option<Linked>> {
    prop::option::weighted(
        0.3,
        (names(), span()).prop_map(|(to, within)| Linked { to, within }),
    )
}

prop_compose! {
    fn home()(
        (stay, with) in (named(1..2), names()),
        before in vec(prop_oneof![5 => named(0..1), 1 => named(1..2)], 2),
        after in vec(prop_oneof![1 => named(0..1), 2 => named(1..2)], 5),
        (window_before, window_after) in (0..20, 0..60),
        age_from in select(vec![0, 0, 0, 65]),
        days in 0..60,
    ) -> Home {
        let [died, moved_on] = before.try_into().unwrap();
        let [care_home, elsewhere, with_died, with_care_home, with_moved_away] = after.try_into().unwrap();
        Home {
            stay, died, moved_on, with, window_before, window_after, age_from, days, care_home, elsewhere, with_died,
            with_care_home, with_moved_away,
        }
    }
}

/// A rule of each kind.
pub(crate) fn rules() -> [BoxedStrategy<Rule>; 9] {
    let events = (names(), dated(), value(), unless());
    let share = (names(), names(), dated(), value());
    let people = (names(), prop::option::of(1..14));
    let follow = (
        (names(), linked(), names(), span()),
        (any::<bool>(), any::<bool>(), any::<bool>(), unless()),
    );
    [
        events
            .prop_map(|(count, dated, value, unless)| Rule::Events {
                count,
                dated,
                value,
                unless,
            })
            .boxed(),
        share
            .prop_map(|(whole, part, dated, value)| Rule::Share {
                whole,
                part,
                dated,
                value,
            })
            .boxed(),
        people
            .prop_map(|(count, over)| Rule::People { count, over })
            .boxed(),
        (names(), any::<bool>(), prop_oneof![Just(0), 0_u16..40])
            .prop_map(|(count, since_quantity, after)| Rule::Days {
                count,
                since_quantity,
                after,
            })
            .boxed(),
        (names(), prop::option::of(names()))
            .prop_map(|(whole, part)| Rule::Open { whole, part })
            .boxed(),
        follow
            .prop_map(
                |((from, linked, then, within), (going_on, death, absent, unless))| Rule::Follow {
                    from,
                    linked,
                    then,
                    within,
                    going_on,
                    death,
                    absent,
                    unless,
                },
            )
            .boxed(),
        home().prop_map(|home| Rule::Home(Box::new(home))).boxed(),
        Just(Rule::Deaths).boxed(),
        names().prop_map(|count| Rule::Spread { count }).boxed(),
    ]
}

/// A rule of any kind.
pub(crate) fn rule() -> impl Strategy<Value = Rule> {
    prop::strategy::Union::new(rules())
}

/// A definition without the selectors that its rule does not name.
pub(crate) fn used(rule: &Rule, select: &BTreeMap<String, Selector>) -> Definition {
    let mut select = select.clone();
    loop {
        let whole = definition(rule.clone(), &select);
        match Plan::new(std::slice::from_ref(&whole), &vocabulary(), members) {
            Ok(_) => return whole,
            Err(stour_indicators::PlanError::Unused { name, .. }) => select.remove(&name),
            Err(error) => panic!("{error}"),
        };
    }
}
