//! The twenty indicators: the words of their facts, how they are counted, and their values.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anyhow::Result;
use stour_indicators::{
    Cell, Day, Definition, Description, Dimension, Layout, Month, Plan, Rule, Selector, Tally,
    Vocabulary,
};

/// April 2013.
pub(crate) const FIRST: Month = Month::new(2013 * 12 + 3);
/// March 2018: sixty months.
pub(crate) const LAST: Month = Month::new(2018 * 12 + 2);
/// 31 March 2018.
pub(crate) const AS_OF: Day = LAST.last();
pub(crate) const LOCALITIES: usize = 13;
const KINDS: usize = 20;
/// European Standard Population of 2013, by bands of five years from 0 to 90 and over (Eurostat).
const STANDARD: [i64; 19] = [
    5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000,
    2500, 1500, 1000,
];

/// What facts are said in, with its numbers.
pub(crate) struct Words {
    pub(crate) vocabulary: Vocabulary,
    descriptions: Vec<[u32; 2]>,
    places: Vec<u32>,
    pub(crate) area: u32,
}

impl Words {
    pub(crate) fn new() -> Self {
        let mut vocabulary = Vocabulary::default();
        let mut described = |kind: usize, flag: &str| {
            vocabulary.description(Description {
                kind: format!("kind-{kind:02}"),
                organisation: "organisation".to_owned(),
                fields: [("flag".to_owned(), flag.to_owned())].into(),
            })
        };
        let descriptions = (0..KINDS)
            .map(|kind| [described(kind, "0"), described(kind, "1")])
            .collect();
        let places = (0..LOCALITIES)
            .map(|locality| vocabulary.place("council", &format!("{locality:02}")))
            .collect();
        let area = vocabulary.area("");
        Self {
            vocabulary,
            descriptions,
            places,
            area,
        }
    }

    pub(crate) fn description(&self, kind: usize, flag: bool) -> u32 {
        let of = self.descriptions.get(kind).copied().unwrap_or_default();
        let [plain, flagged] = of;
        if flag { flagged } else { plain }
    }

    pub(crate) fn place(&self, locality: usize) -> u32 {
        self.places.get(locality).copied().unwrap_or_default()
    }
}

/// How an indicator's cells become its value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Rate,
    Share,
    Mean,
    Standardised,
    Count,
}

/// The rule of an indicator in the product's own words, with `KIND` for its kind of fact.
const RULES: [(Shown, std::ops::Range<usize>, &str); 7] = [
    (
        Shown::Rate,
        0..8,
        r#"rule = { kind = "events", count = ["fact"] }
           [select.fact]
           kind = "KIND""#,
    ),
    (
        Shown::Share,
        8..12,
        r#"rule = { kind = "share", whole = ["fact"], part = ["flagged"] }
           [select.fact]
           kind = "KIND"
           [select.flagged]
           kind = "KIND"
           is = { flag = ["1"] }"#,
    ),
    (
        Shown::Mean,
        12..14,
        r#"rule = { kind = "events", count = ["fact"], value = "quantity" }
           [select.fact]
           kind = "KIND""#,
    ),
    (
        Shown::Mean,
        14..15,
        r#"rule = { kind = "events", count = ["fact"], dated = "end", value = "nights" }
           [select.fact]
           kind = "KIND""#,
    ),
    (
        Shown::Standardised,
        15..17,
        r#"rule = { kind = "events", count = ["fact"] }
           [select.fact]
           kind = "KIND""#,
    ),
    (
        Shown::Count,
        17..18,
        r#"rule = { kind = "people", count = ["one", "two", "three"] }
           [select.one]
           kind = "kind-05"
           [select.two]
           kind = "kind-06"
           [select.three]
           kind = "kind-07""#,
    ),
    (
        Shown::Share,
        18..19,
        r#"rule = { kind = "follow", from = ["stay"], then = ["stay"], within = { from = 0, to = 29 } }
           [select.stay]
           kind = "kind-18""#,
    ),
];

const HOME: &str = r#"
    [rule]
    kind = "home"
    stay = ["stay"]
    died = []
    moved_on = []
    with = ["reablement"]
    window_before = 3
    window_after = 7
    age_from = 65
    days = 91
    care_home = ["care-home"]
    elsewhere = []
    with_died = []
    with_care_home = []
    with_moved_away = []
    [select.stay]
    kind = "kind-18"
    [select.care-home]
    kind = "kind-17"
    [select.reablement]
    kind = "kind-19"
"#;

#[derive(serde::Deserialize)]
struct Written {
    select: BTreeMap<String, Selector>,
    rule: Rule,
}

/// The indicators, in order.
pub(crate) struct Measures {
    shown: Vec<Shown>,
    pub(crate) plan: Plan,
}

impl Measures {
    pub(crate) fn new(vocabulary: &Vocabulary) -> Result<Self> {
        let mut shown = Vec::new();
        let mut definitions = Vec::new();
        let rules = RULES.into_iter().flat_map(|(shown, kinds, rule)| {
            kinds.map(move |kind| (shown, rule.replace("KIND", &format!("kind-{kind:02}"))))
        });
        for (how, text) in rules.chain([(Shown::Share, HOME.to_owned())]) {
            let written: Written = toml::from_str(&text)?;
            definitions.push(Definition {
                id: format!("indicator-{}", shown.len()),
                select: written.select,
                rule: written.rule,
            });
            shown.push(how);
        }
        let plan = Plan::new(&definitions, vocabulary, |_, _| Vec::new())?;
        Ok(Self { shown, plan })
    }

    /// A tally without anything in it.
    pub(crate) fn tally(&self, vocabulary: &Vocabulary) -> Tally {
        let layout = Layout::new(vocabulary, (FIRST, LAST), |_| Default::default());
        let wanted = self.shown.iter().map(|shown| {
            let mut apart = vec![Dimension::Whole, Dimension::Locality];
            if *shown == Shown::Standardised {
                apart.extend([Dimension::Age, Dimension::AgeInLocality]);
            }
            (apart, false)
        });
        Tally::new(layout, &wanted.collect::<Vec<_>>())
    }

    /// Writes every value, a line each.
    pub(crate) fn write(&self, tally: &Tally, out: &mut impl Write) -> io::Result<()> {
        for (indicator, shown) in self.shown.iter().enumerate() {
            for locality in 0..=LOCALITIES {
                for (place, month) in tally.layout().months().enumerate() {
                    write!(out, "{indicator},{locality},{place},")?;
                    match value(*shown, tally, indicator, locality, month) {
                        Some(value) => writeln!(out, "{value:.6}")?,
                        None => writeln!(out, "none")?,
                    }
                }
            }
        }
        Ok(())
    }
}

fn value(
    shown: Shown,
    tally: &Tally,
    indicator: usize,
    locality: usize,
    month: Month,
) -> Option<f64> {
    let of = |whole: Dimension, part: Dimension, piece: usize| -> Cell {
        if locality == LOCALITIES {
            tally.cell(indicator, month, whole, piece)
        } else {
            // Codes of localities are their numbers, so that pieces have their order.
            let bands = tally.layout().len(part) / LOCALITIES;
            tally.cell(indicator, month, part, locality * bands + piece)
        }
    };
    let cell = of(Dimension::Whole, Dimension::Locality, 0);
    let ratio = |above: i64, below: i64| (below != 0).then(|| number(above) / number(below));
    match shown {
        Shown::Rate => ratio(cell.numerator * 100_000, population(locality).iter().sum()),
        Shown::Share => ratio(cell.numerator * 100, cell.denominator),
        Shown::Mean => ratio(cell.sum, cell.numerator),
        Shown::Count => Some(number(cell.numerator)),
        Shown::Standardised => {
            let bands = weights(locality)
                .into_iter()
                .enumerate()
                .map(|(band, weight)| {
                    weight * of(Dimension::Age, Dimension::AgeInLocality, band).numerator
                });
            Some(number(bands.sum()))
        }
    }
}

/// Made-up people of each band of five years; of all localities for the number after the last.
pub(crate) fn population(locality: usize) -> [i64; 19] {
    let of = |locality: usize, band: usize| {
        2_000 + i64::try_from(locality * 97 + band * 53).unwrap_or_default()
    };
    std::array::from_fn(|band| {
        if locality == LOCALITIES {
            (0..LOCALITIES).map(|locality| of(locality, band)).sum()
        } else {
            of(locality, band)
        }
    })
}

/// What one fact adds to a directly standardised rate, by band of ages: the European Standard Population of 2013
/// (Eurostat) divided by the people who live there, in whole millionths so that sums in any order are equal.
pub(crate) fn weights(locality: usize) -> [i64; 19] {
    let population = population(locality);
    let mut weights = STANDARD;
    for (weight, people) in weights.iter_mut().zip(population) {
        *weight = *weight * 1_000_000 / people;
    }
    weights
}

/// Exact: counts of facts are far below 2 to the power of 53.
fn number(count: i64) -> f64 {
    let high = i32::try_from(count >> 32).unwrap_or_default();
    let low = u32::try_from(count & 0xffff_ffff).unwrap_or_default();
    f64::from(high) * 4_294_967_296.0 + f64::from(low)
}
