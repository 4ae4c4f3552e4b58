//! What is wrong with definitions, found before anything is counted.

use std::collections::{BTreeMap, BTreeSet};

use stour_facts::FactKind;
use stour_indicators::{Formula, Rule, Selector, order};
use stour_partnership::Reference;

use super::definition::{Apart, Definition, Population, Shown, Standardised, Statistic};
use super::field::{Fields, QuantityIs};

/// Something wrong with a definition: why its number is withheld.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Which indicator.
    pub indicator: String,
    /// What is wrong, and what to do.
    pub what: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}: {}", self.indicator, self.what)
    }
}

/// What definitions are checked against.
pub(super) struct Known<'k> {
    pub(super) reference: &'k Reference,
    pub(super) fields: &'k Fields,
    pub(super) themes: &'k BTreeMap<String, String>,
    pub(super) roles: &'k [&'k str],
    pub(super) measures: &'k [&'k str],
}

/// Everything that is wrong with the definitions, those of each together.
pub(super) fn faults(definitions: &[Definition], known: &Known<'_>) -> Vec<Fault> {
    let mut found = Found::default();
    let mut seen = BTreeSet::new();
    for definition in definitions {
        found.indicator.clone_from(&definition.id);
        if !seen.insert(&definition.id) {
            found.say("another definition has the same id".to_owned());
        }
        words(definition, known, &mut found);
        shown(definition, &mut found);
        for (name, selector) in &definition.select {
            codes(name, selector, known, &mut found);
        }
    }
    formulas(definitions, &mut found);
    found.faults
}

#[derive(Default)]
struct Found {
    indicator: String,
    faults: Vec<Fault>,
}

impl Found {
    fn say(&mut self, what: String) {
        let indicator = self.indicator.clone();
        self.faults.push(Fault { indicator, what });
    }

    fn check(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.say(what());
        }
    }
}

fn words(definition: &Definition, known: &Known<'_>, found: &mut Found) {
    found.check(known.themes.contains_key(&definition.theme), || {
        format!(
            "its theme {:?} is not one of reference/themes.toml",
            definition.theme
        )
    });
    found.check(known.roles.contains(&definition.owner.as_str()), || {
        format!("its owner {:?} is no role", definition.owner)
    });
    found.check(!definition.altitude.is_empty(), || {
        "it has no altitude".to_owned()
    });
    found.check(
        definition.ends.is_none_or(|ends| ends > definition.starts),
        || "it ends before it starts".to_owned(),
    );
    let targets = definition.target.iter();
    for (target, next) in targets.clone().zip(targets.skip(1)) {
        found.check(target.until.is_some_and(|until| until <= next.from), || {
            format!(
                "the target from {} overlaps the one from {}",
                target.from, next.from
            )
        });
    }
    if let Some(baseline) = &definition.baseline {
        let says = [&baseline.of, &baseline.period, &baseline.source];
        let is_said = says.into_iter().all(|words| !words.trim().is_empty());
        found.check(is_said && baseline.value.is_finite(), || {
            "its baseline needs a value, and words for what it is of, when it was and who published it".to_owned()
        });
    }
    let ways = [
        definition.rule.is_some(),
        !definition.published.is_empty() || definition.why_not.is_some(),
    ];
    found.check(ways.contains(&true), || {
        "it says neither how it is counted (rule), nor where it is published (published), nor why it is not known (why_not)".to_owned()
    });
    found.check(ways != [true, true], || {
        "it has a rule, so it cannot also say why it is not counted (why_not, published)".to_owned()
    });
    for measure in &definition.published {
        found.check(known.measures.contains(&measure.as_str()), || {
            format!("{measure:?} is not a measure of reference/measures.toml")
        });
    }
}

/// Whether the number asked for can be made of what the rule gives.
fn shown(definition: &Definition, found: &mut Found) {
    let shown = &definition.shown;
    found.check(shown.interval > 0.0 && shown.interval < 1.0, || {
        format!("its interval {} is not between 0 and 1", shown.interval)
    });
    found.check((1..=120).contains(&shown.months), || {
        format!("it covers {} months: give 1 to 120", shown.months)
    });
    found.check(
        shown.per.is_none_or(|per| per > 0.0 && per.is_finite()),
        || "it is per a number that is not above 0".to_owned(),
    );
    let percentile = |share: f64| share > 0.0 && share < 100.0;
    found.check(shown.percentile.is_none_or(percentile), || {
        "its percentile is not between 0 and 100".to_owned()
    });
    found.check(
        (shown.statistic == Statistic::Percentile) == shown.percentile.is_some(),
        || "a percentile is given where, and only where, the statistic is one".to_owned(),
    );
    let per_people = matches!(shown.statistic, Statistic::Rate | Statistic::SumRate);
    found.check(per_people == shown.of.is_some(), || {
        "a population (shown.of) is given where, and only where, the statistic is a rate".to_owned()
    });
    if let Some(of) = shown.of {
        let is_adult = of.age_from == Population::ADULT && shown.standardised.is_none();
        let steps = (is_adult || of.age_from.is_multiple_of(5))
            && of.age_before.is_none_or(|age| age.is_multiple_of(5));
        found.check(steps && of.age_from <= 90, || {
            "the population is known in bands of five years: give ages that are multiples of five, to 90, or begin at 18 without evening out ages".to_owned()
        });
    }
    standardised(shown, found);
    let per_place = |apart: &Apart| {
        matches!(apart, Apart::Provider | Apart::Sex)
            || (*apart == Apart::Age
                && shown.standardised == Some(Standardised::Direct)
                && shown.of.is_none())
    };
    found.check(!per_people || !shown.apart.iter().any(per_place), || {
        "a rate is not taken apart by provider or sex: no population of either is known".to_owned()
    });
    let Some(rule) = &definition.rule else { return };
    let fits = match (rule, shown.statistic) {
        (Rule::Formula { .. }, statistic) => statistic == Statistic::Formula,
        (Rule::Deaths, statistic) => matches!(
            statistic,
            Statistic::Rate
                | Statistic::Count
                | Statistic::LifeExpectancy
                | Statistic::SlopeOfInequality
        ),
        (_, Statistic::Formula | Statistic::LifeExpectancy | Statistic::SlopeOfInequality) => false,
        (Rule::Share { .. } | Rule::Open { part: Some(_), .. } | Rule::Home(_), statistic) => {
            statistic == Statistic::Proportion
        }
        (Rule::Follow { .. }, statistic) => {
            matches!(
                statistic,
                Statistic::Proportion | Statistic::Mean | Statistic::Percentile
            )
        }
        (Rule::Days { .. } | Rule::Spread { .. }, statistic) => {
            matches!(statistic, Statistic::Sum | Statistic::SumRate)
        }
        (
            Rule::Events { value: None, .. } | Rule::People { .. } | Rule::Open { part: None, .. },
            statistic,
        ) => {
            matches!(statistic, Statistic::Count | Statistic::Rate)
        }
        (Rule::Events { value: Some(_), .. }, statistic) => statistic != Statistic::Proportion,
    };
    found.check(fits, || {
        format!(
            "{:?} cannot be made of what its rule gives",
            shown.statistic
        )
    });
    let stock = matches!(rule, Rule::People { .. } | Rule::Open { .. });
    found.check(!stock || shown.months == 1, || {
        "people counted in one month may be counted in the next too: it must cover 1 month"
            .to_owned()
    });
}

/// Whether ages can be evened out as it asks.
fn standardised(shown: &Shown, found: &mut Found) {
    let fits = match (shown.standardised, shown.statistic) {
        (None, _)
        | (Some(_), Statistic::Rate)
        | (Some(Standardised::Indirect), Statistic::Proportion) => true,
        (Some(_), _) => false,
    };
    found.check(fits, || {
        "only a rate is standardised, and a proportion indirectly".to_owned()
    });
    let without_ages =
        |apart: &Apart| !matches!(apart, Apart::Council | Apart::Locality | Apart::Deprivation);
    let is_proportion = shown.standardised.is_some() && shown.statistic == Statistic::Proportion;
    found.check(!is_proportion || !shown.apart.iter().any(without_ages), || {
        "a standardised proportion is taken apart by council, locality and deprivation alone: in other pieces ages are not counted".to_owned()
    });
}

/// Whether every field and code is one that facts can have.
fn codes(name: &str, selector: &Selector, known: &Known<'_>, found: &mut Found) {
    let Ok(kind) = selector.kind.parse::<FactKind>() else {
        found.say(format!(
            "[select.{name}] has the kind {:?}, which no fact has",
            selector.kind
        ));
        return;
    };
    let maps = [
        &selector.is,
        &selector.is_not,
        &selector.starts_with,
        &selector.starts_with_not,
    ];
    for (field, codes) in maps.into_iter().flatten() {
        let Some(known_field) = known.fields.named(kind, field) else {
            found.say(format!(
                "[select.{name}] asks for {field:?}, which a {kind} does not have"
            ));
            continue;
        };
        for code in codes
            .iter()
            .filter(|code| !known_field.has(known.reference, code))
        {
            found.say(format!(
                "[select.{name}] asks for the unknown code {code:?} of {field}"
            ));
        }
    }
    for (field, groups) in selector.group.iter().chain(&selector.group_not) {
        let Some(known_field) = known.fields.named(kind, field) else {
            found.say(format!(
                "[select.{name}] asks for {field:?}, which a {kind} does not have"
            ));
            continue;
        };
        for group in groups {
            found.check(
                !known_field.members(known.reference, group).is_empty(),
                || format!("[select.{name}] asks for the unknown group {group:?} of {field}"),
            );
        }
    }
    let measures = selector.quantity_known
        || selector.quantity_from.is_some()
        || selector.quantity_before.is_some();
    let counts_days = selector.days_since_quantity_from.is_some()
        || selector.days_since_quantity_before.is_some();
    let quantity = known.fields.quantity(kind);
    found.check(!(measures || counts_days) || quantity.is_some(), || {
        format!("[select.{name}] asks for a quantity, and a {kind} has none")
    });
    let is_day = quantity.is_none_or(|quantity| quantity.is == QuantityIs::Day);
    found.check(!counts_days || is_day, || {
        format!("[select.{name}] counts days since the quantity of a {kind}, which is no day")
    });
}

fn formulas(definitions: &[Definition], found: &mut Found) {
    let mut formulas = BTreeMap::new();
    for definition in definitions {
        let Some(Rule::Formula { of }) = &definition.rule else {
            continue;
        };
        found.indicator.clone_from(&definition.id);
        match Formula::new(of) {
            Ok(formula) => {
                formulas.insert(definition.id.clone(), formula);
            }
            Err(error) => found.say(error.to_string()),
        }
    }
    let counted: BTreeSet<&str> = definitions
        .iter()
        .filter(|definition| definition.rule.is_some() && !formulas.contains_key(&definition.id))
        .map(|definition| definition.id.as_str())
        .collect();
    // Each is found by itself, so that one that cannot be worked out does not hide another.
    while let Err(error) = order(&formulas, |name| counted.contains(name)) {
        let round: Vec<String> = match &error {
            stour_indicators::FormulaError::NoIndicator { formula, .. } => vec![formula.clone()],
            stour_indicators::FormulaError::Circular(round) => round.clone(),
            _ => formulas.keys().cloned().collect(),
        };
        for id in round {
            formulas.remove(&id);
            found.indicator = id;
            found.say(error.to_string());
        }
    }
}
