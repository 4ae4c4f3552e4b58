//! Numbers of an indicator as pages write them.

use stour_design::chart::Unit;
use stour_facts::FactKind;
use stour_indicators::Rule;

use super::chart::unit;
use super::piece::real;
use super::publish::Published;
use super::report::Report;
use crate::catalogue::{Definition, Statistic};
use crate::counted::Figure;
use crate::words;

/// "78.4%", or why there is none.
pub(crate) fn value(report: &Report, published: &Published) -> String {
    match published {
        Published::Withheld => "Too few to show".to_owned(),
        Published::Shown(figure) => match &figure.estimate {
            Ok(estimate) => unit(report).value(estimate.value),
            Err(why) => why.clone(),
        },
    }
}

/// "72.1% to 83.6%"; nothing where there is no interval.
pub(crate) fn ends(report: &Report, published: &Published) -> String {
    let estimate = published
        .figure()
        .and_then(|figure| figure.estimate.as_ref().ok());
    let unit: Unit = unit(report);
    estimate
        .and_then(|estimate| estimate.interval)
        .map_or_else(String::new, |(lower, upper)| {
            format!("{} to {}", unit.value(lower), unit.value(upper))
        })
}

/// "95% interval".
pub(crate) fn interval_name(report: &Report) -> String {
    format!("{:.0}% interval", report.definition.shown.interval * 100.0)
}

/// The same with its unit, where the number by itself does not say it: "7.4 nights, on average".
pub(crate) fn in_words(report: &Report, published: &Published) -> String {
    let unit: Unit = unit(report);
    let is_said = !unit.before.is_empty() || !unit.after.is_empty();
    let known = published.value().is_some();
    let value = value(report, published);
    let value = if is_said || !known {
        value
    } else {
        format!("{value} {}", report.definition.unit)
    };
    match ends(report, published) {
        ends if ends.is_empty() => value,
        ends => format!("{value} ({} {ends})", interval_name(report)),
    }
}

/// "78.4% (95% interval 72.1% to 83.6%)".
pub(crate) fn with_interval(report: &Report, published: &Published) -> String {
    let value = value(report, published);
    match ends(report, published) {
        ends if ends.is_empty() => value,
        ends => format!("{value} ({} {ends})", interval_name(report)),
    }
}

/// A number that stands behind a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Behind {
    /// How many count above the line.
    Above,
    /// How many count at all.
    Below,
    /// What is measured, added up.
    Sum,
    /// The people, or years lived, that a rate is of.
    People,
}

impl Behind {
    /// The numbers behind a value: above the line first, then below it.
    pub(crate) const fn of(definition: &Definition) -> &'static [Self] {
        if definition.why_not.is_some() {
            return &[];
        }
        match definition.shown.statistic {
            Statistic::Proportion => &[Self::Above, Self::Below],
            Statistic::Rate => &[Self::Above, Self::People],
            Statistic::SumRate => &[Self::Sum, Self::People],
            Statistic::Mean => &[Self::Sum, Self::Above],
            Statistic::Formula => &[],
            _ => &[Self::Above],
        }
    }

    /// The heading of its column.
    pub(crate) const fn heading(self) -> &'static str {
        match self {
            Self::Above => "Counted",
            Self::Below => "In all",
            Self::Sum => "Added up",
            Self::People => "People",
        }
    }

    /// What it is, under the number.
    pub(crate) fn words(self, definition: &Definition) -> String {
        match self {
            Self::Above => format!("{} counted", nouns(definition)),
            Self::Below => format!("{} in all", nouns(definition)),
            Self::Sum => "added up".to_owned(),
            Self::People => "people it is a rate of".to_owned(),
        }
    }

    /// Which half of the people it opens to.
    pub(crate) const fn opens(self) -> Option<&'static str> {
        match self {
            Self::Above => Some("numerator"),
            Self::Below => Some("denominator"),
            Self::Sum | Self::People => None,
        }
    }

    /// The number itself.
    pub(crate) fn number(self, definition: &Definition, figure: &Figure) -> Option<f64> {
        match self {
            Self::Above => Some(real(figure.cell.numerator)),
            Self::Below => Some(real(figure.cell.denominator)),
            Self::Sum => Some(real(figure.cell.sum) / definition.shown.divide_by.unwrap_or(1.0)),
            Self::People => figure.population,
        }
    }

    /// The number as a table has it.
    pub(crate) fn text(self, definition: &Definition, published: &Published) -> String {
        let Some(figure) = published.figure() else {
            return "*".to_owned();
        };
        let number = self.number(definition, figure);
        number.map_or_else(String::new, |number| Unit::COUNT.value(number))
    }
}

/// What stands above and what below the line of a value; neither of one that is no quotient or is worked out from others.
pub(crate) fn halves(definition: &Definition, figure: &Figure) -> [Option<f64>; 2] {
    let mut halves = Behind::of(definition)
        .iter()
        .map(|behind| behind.number(definition, figure));
    let above = match definition.shown.statistic {
        _ if definition.why_not.is_some() => None,
        Statistic::Sum => Behind::Sum.number(definition, figure),
        Statistic::Percentile | Statistic::LifeExpectancy | Statistic::SlopeOfInequality => None,
        _ => halves.next().flatten(),
    };
    [above, halves.next().flatten()]
}

/// How many things stand behind a value; none of one that is worked out from others.
pub(crate) fn things(definition: &Definition, figure: &Figure) -> Option<i64> {
    match definition.shown.statistic {
        _ if definition.why_not.is_some() => None,
        Statistic::Formula => None,
        Statistic::Proportion => Some(figure.cell.denominator),
        _ => Some(figure.cell.numerator),
    }
}

/// What is counted, as one of them is called.
pub(crate) fn noun(definition: &Definition) -> &'static str {
    let kind = definition
        .select
        .values()
        .next()
        .map(|selector| selector.kind.parse::<FactKind>());
    match (&definition.rule, kind) {
        (Some(Rule::Home(_)), _) => "discharge",
        (Some(Rule::Deaths), _) => "death",
        (Some(Rule::People { .. } | Rule::Open { .. }), _) => "person",
        (Some(Rule::Spread { .. }), _) => "recorded cost",
        (_, Some(Ok(FactKind::Spell))) => "hospital stay",
        (_, Some(Ok(FactKind::Attendance))) => "attendance",
        (_, Some(Ok(FactKind::Request))) => "request",
        (_, Some(Ok(FactKind::Assessment))) => "assessment",
        (_, Some(Ok(FactKind::Service))) => "service",
        (_, Some(Ok(FactKind::Review))) => "review",
        (_, Some(Ok(FactKind::SurveyAnswer))) => "answer",
        (_, Some(Ok(FactKind::DayWithoutCriteriaToReside))) => "day",
        _ => "item",
    }
}

/// What is counted, as several of them are called.
pub(crate) fn nouns(definition: &Definition) -> String {
    match noun(definition) {
        "person" => "people".to_owned(),
        noun => format!("{noun}s"),
    }
}

/// "1 discharge", "40 discharges", "12 people".
pub(crate) fn counted(definition: &Definition, count: u64) -> String {
    match noun(definition) {
        "person" if count != 1 => format!("{} people", words::count(count)),
        noun => words::counted(count, noun),
    }
}
