//! Numbers of an indicator as pages write them.

use stour_design::chart::Unit;
use stour_facts::FactKind;
use stour_indicators::Rule;

use super::chart::unit;
use super::publish::Published;
use super::report::Report;
use crate::catalogue::Definition;
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

/// "78.4% (95% interval 72.1% to 83.6%)".
pub(crate) fn with_interval(report: &Report, published: &Published) -> String {
    let value = value(report, published);
    match ends(report, published) {
        ends if ends.is_empty() => value,
        ends => format!("{value} ({} {ends})", interval_name(report)),
    }
}

/// Which counts stand behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Behind {
    /// Above and below the line.
    Both,
    /// Above the line alone.
    Above,
    /// None: it is worked out from other numbers.
    None,
}

impl Behind {
    pub(crate) fn of(report: &Report) -> Self {
        use crate::catalogue::Statistic;
        match report.definition.shown.statistic {
            Statistic::Proportion => Self::Both,
            Statistic::Formula => Self::None,
            _ => Self::Above,
        }
    }

    /// The headings of the counts.
    pub(crate) const fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Both => &["Numerator", "Denominator"],
            Self::Above => &["Counted"],
            Self::None => &[],
        }
    }

    /// The counts of a number, as a table has them.
    pub(crate) fn counts(self, published: &Published) -> Vec<String> {
        let count = |count: i64| words::count(u64::try_from(count).unwrap_or_default());
        let Some(figure) = published.figure() else {
            return self.headings().iter().map(|_| "*".to_owned()).collect();
        };
        match self {
            Self::Both => vec![count(figure.cell.numerator), count(figure.cell.denominator)],
            Self::Above => vec![count(figure.cell.numerator)],
            Self::None => Vec::new(),
        }
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
