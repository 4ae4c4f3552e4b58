//! How far a benefit has come on each of its three ladders: worked out anew from figures, conversions and budget lines, and from
//! the signatures that hold. A signature holds while what stands there is what was signed.

use std::collections::BTreeSet;

use stour_benefits::Quantity;
use stour_benefits::ladder::{
    Agreed, BudgetLine, Cashable, Confirmed, Conversion as Used, Expected, Financial, Moved,
    NotSigned, Operational, Reductions, Signature, ValueConfirmed, Valued,
};
use stour_kernel::Pence;
use stour_register::{Around, Entry};

use super::evidence::{Evidence, LineKey};
use super::kind;
use super::measured::Measured;
use super::parts::{BUDGET_LINE, CONVERSION};
use super::profile::pounds;
use super::signature::{Ladder, Signed};

/// Where a benefit stands.
#[derive(Debug, Clone)]
pub(crate) struct Climb {
    pub(crate) operational: Operational,
    pub(crate) financial: Financial,
    /// By budget line.
    pub(crate) cashable: Vec<(Line, Result<Cashable, NotSigned>)>,
}

/// A budget line as the register has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) number: i64,
    pub(crate) version: i64,
    pub(crate) name: String,
    pub(crate) organisation: String,
    pub(crate) year: String,
    pub(crate) reduced_by: Pence,
    pub(crate) key: LineKey,
}

/// An entry that something signed was written in: its kind, number and version.
pub(crate) type Written = (&'static str, i64, i64);

/// A step that somebody may sign now: what stands there, and the entries that it was written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) ladder: Ladder,
    /// What is signed, in words.
    pub(crate) figures: String,
    pub(crate) written_in: Vec<Written>,
    /// Of how much of the change money is worked out, where it is.
    pub(crate) of: Option<Quantity>,
    /// The budget line, of the last ladder.
    pub(crate) line: Option<LineKey>,
}

/// What holds for one benefit.
struct Signing<'s> {
    measured: &'s Measured,
    signed: Vec<&'s Signed>,
    evidence: &'s Evidence,
}

impl Signing<'_> {
    /// The signatures under a step as it stands that are not by somebody who wrote any version of it, the latest first.
    fn of(
        &self,
        ladder: Ladder,
        (figures, written): (&str, &[Written]),
    ) -> (Vec<Signature>, Vec<String>) {
        let written: Vec<(&str, i64)> = written
            .iter()
            .map(|(kind, number, _)| (*kind, *number))
            .collect();
        let authors = self.evidence.authors.of_all(&written);
        let under = self
            .signed
            .iter()
            .filter(|one| one.ladder == ladder && one.figures == figures)
            .map(|one| Signature {
                by: one
                    .by
                    .user
                    .map_or_else(String::new, |user| user.to_string()),
                at: one.at,
            })
            .filter(|one| !authors.contains(&one.by));
        (under.collect(), authors)
    }

    fn profile(&self) -> Written {
        let benefit = &self.measured.benefit;
        (kind::KIND.name, benefit.number, benefit.version)
    }

    fn value_in(&self, valued: &Valued) -> [Written; 2] {
        let used = valued.conversion();
        [self.profile(), (CONVERSION.name, used.number, used.version)]
    }

    fn line_in(&self, valued: &Valued, line: &Line) -> [Written; 3] {
        let [profile, conversion] = self.value_in(valued);
        [
            profile,
            conversion,
            (BUDGET_LINE.name, line.number, line.version),
        ]
    }
}

/// Climbs as far as the evidence goes.
pub(crate) fn climb(measured: &Measured, around: &Around, evidence: &Evidence) -> Climb {
    let entry = around.entry(kind::KIND.name, measured.benefit.number);
    let of = |one: &&Signed| entry.is_some_and(|entry| entry.id == one.benefit);
    let signing = Signing {
        measured,
        signed: evidence.signed.iter().filter(of).collect(),
        evidence,
    };
    let operational = operational(&signing);
    let financial = match &operational {
        Operational::Confirmed(confirmed) => financial(&signing, confirmed.clone()),
        Operational::Expected(_) | Operational::Moved(_) => Financial::NotValued,
    };
    let lines = Line::all(around, measured.benefit.number).collect();
    let cashable = match &financial {
        Financial::Confirmed(value) => cashable(&signing, value, lines, &twice(around, evidence)),
        Financial::NotValued | Financial::Valued(_) => {
            let early = lines.into_iter();
            early.map(|line| (line, Ok(Cashable::NotNamed))).collect()
        }
    };
    Climb {
        operational,
        financial,
        cashable,
    }
}

fn operational(signing: &Signing<'_>) -> Operational {
    let found = signing.measured.found.as_ref();
    let change = found.and_then(|found| Some((found.better_by?, found.day)));
    let Some((better_by, day)) = change else {
        return Operational::Expected(Expected);
    };
    let Ok(moved) = Expected.observed(better_by, day) else {
        return Operational::Expected(Expected);
    };
    let words = moved_words(signing.measured, &moved);
    let (given, authors) = signing.of(Ladder::Operational, (&words, &[signing.profile()]));
    let mut given = given.into_iter();
    let confirmed = given.find_map(|one| moved.clone().signed(one, &authors).ok());
    confirmed.map_or(Operational::Moved(moved), Operational::Confirmed)
}

fn financial(signing: &Signing<'_>, confirmed: Confirmed) -> Financial {
    let found = signing.measured.found.as_ref();
    let Some(worth) = found.and_then(|found| found.worth.as_ref()) else {
        return Financial::NotValued;
    };
    let used = Used {
        number: worth.conversion.number,
        version: worth.conversion.version,
    };
    let valued = confirmed.valued(used, worth.rate.yearly);
    let words = valued_words(signing.measured, &valued);
    let written = signing.value_in(&valued);
    let (given, authors) = signing.of(Ladder::Financial, (&words, &written));
    let mut given = given.into_iter();
    let confirmed = given.find_map(|one| valued.clone().signed(one, &authors).ok());
    confirmed.map_or(Financial::Valued(valued), Financial::Confirmed)
}

/// The budget lines of a benefit, by number. Lines that are signed for come before others, so that one that is named later
/// does not push them out.
fn cashable(
    signing: &Signing<'_>,
    value: &ValueConfirmed,
    mut lines: Vec<Line>,
    twice: &BTreeSet<LineKey>,
) -> Vec<(Line, Result<Cashable, NotSigned>)> {
    let valued = value.valued();
    let signed = |line: &Line| {
        let words = named_words(signing.measured, valued, line);
        let written = signing.line_in(valued, line);
        signing.of(Ladder::Cashable, (&words, &written))
    };
    lines.sort_by_key(|line| (signed(line).0.is_empty(), line.number));
    let mut reductions = value.clone().reductions();
    let mut all: Vec<_> = lines
        .into_iter()
        .map(|line| {
            let state = if twice.contains(&line.key) {
                Err(NotSigned::NamedTwice)
            } else {
                named(&mut reductions, &line, signed(&line))
            };
            (line, state)
        })
        .collect();
    all.sort_by_key(|(line, _)| line.number);
    all
}

fn named(
    reductions: &mut Reductions,
    line: &Line,
    (given, authors): (Vec<Signature>, Vec<String>),
) -> Result<Cashable, NotSigned> {
    let named = reductions.name(BudgetLine {
        number: line.number,
        version: line.version,
        year: line.year.clone(),
        reduced_by: line.reduced_by,
    })?;
    let mut given = given.into_iter();
    let agreed = given.find_map(|one| named.clone().signed(one, &authors).ok());
    Ok(agreed.map_or(Cashable::Named(named), Cashable::Agreed))
}

/// The budget lines that are named more than once, here or by another programme: a budget is smaller once.
fn twice(around: &Around, evidence: &Evidence) -> BTreeSet<LineKey> {
    let mut seen = evidence.elsewhere.clone();
    let named = around.of_kind(BUDGET_LINE.name);
    let keys = named.map(|entry| LineKey::of(|field| entry.get(field).to_owned()));
    keys.filter(|key| !seen.insert(key.clone())).collect()
}

impl Line {
    /// The budget lines of a benefit, by number.
    fn all(around: &Around, benefit: i64) -> impl Iterator<Item = Self> {
        let number = benefit.to_string();
        around
            .of_kind(BUDGET_LINE.name)
            .filter(move |entry| entry.get("benefit") == number)
            .filter_map(Self::read)
    }

    fn read(entry: &Entry) -> Option<Self> {
        let text = |field: &str| entry.get(field).to_owned();
        Some(Self {
            number: entry.number,
            version: entry.version,
            name: text("line"),
            organisation: text("organisation"),
            year: text("year"),
            reduced_by: pounds(entry.get("reduced-by"))?,
            key: LineKey::of(text),
        })
    }
}

fn moved_words(measured: &Measured, moved: &Moved) -> String {
    let value = measured.found.as_ref().map(|found| found.value.to_string());
    format!(
        "{} on {}: {}, better by {}, by version {} of the benefit",
        measured.benefit.measure,
        moved.as_of(),
        value.unwrap_or_default(),
        moved.better_by(),
        measured.benefit.version
    )
}

fn valued_words(measured: &Measured, valued: &Valued) -> String {
    let worth = measured
        .found
        .as_ref()
        .and_then(|found| found.worth.as_ref());
    let of = worth
        .map(|worth| worth.of)
        .filter(|of| *of != valued.change().moved().better_by());
    let of = of.map_or_else(String::new, |of| format!(" of the {of} that it claims"));
    format!(
        "{} a year by conversion {}, version {},{of} for {}",
        valued.yearly(),
        valued.conversion().number,
        valued.conversion().version,
        moved_words(measured, valued.change().moved())
    )
}

fn named_words(measured: &Measured, valued: &Valued, line: &Line) -> String {
    format!(
        "budget line {}, version {}, reduced by {} a year, for {}",
        line.number,
        line.version,
        line.reduced_by,
        valued_words(measured, valued)
    )
}

/// What may be signed next: on every ladder the step whose evidence is there and that nobody has signed.
pub(crate) fn steps(measured: &Measured, climb: &Climb) -> Vec<Step> {
    let benefit = (
        kind::KIND.name,
        measured.benefit.number,
        measured.benefit.version,
    );
    let conversion = |valued: &Valued| {
        let used = valued.conversion();
        (CONVERSION.name, used.number, used.version)
    };
    let worth = measured
        .found
        .as_ref()
        .and_then(|found| found.worth.as_ref());
    let of = worth.map(|worth| worth.of);
    let mut steps = Vec::new();
    if let Operational::Moved(moved) = &climb.operational {
        steps.push(Step {
            ladder: Ladder::Operational,
            figures: moved_words(measured, moved),
            written_in: vec![benefit],
            of: None,
            line: None,
        });
    }
    if let Financial::Valued(valued) = &climb.financial {
        steps.push(Step {
            ladder: Ladder::Financial,
            figures: valued_words(measured, valued),
            written_in: vec![benefit, conversion(valued)],
            of,
            line: None,
        });
    }
    for (line, state) in &climb.cashable {
        if let Ok(Cashable::Named(named)) = state {
            let valued = named.value().valued();
            let named_in = (BUDGET_LINE.name, line.number, line.version);
            steps.push(Step {
                ladder: Ladder::Cashable,
                figures: named_words(measured, valued, line),
                written_in: vec![benefit, conversion(valued), named_in],
                of,
                line: Some(line.key.clone()),
            });
        }
    }
    steps
}

/// The signature that a benefit's state on a ladder rests on.
pub(crate) fn signature_of(climb: &Climb, ladder: Ladder) -> Option<&Signature> {
    match ladder {
        Ladder::Operational => match &climb.operational {
            Operational::Confirmed(confirmed) => Some(confirmed.signature()),
            Operational::Expected(_) | Operational::Moved(_) => None,
        },
        Ladder::Financial => match &climb.financial {
            Financial::Confirmed(confirmed) => Some(confirmed.signature()),
            Financial::NotValued | Financial::Valued(_) => None,
        },
        Ladder::Cashable => climb.cashable.iter().find_map(|(_, state)| match state {
            Ok(Cashable::Agreed(agreed)) => Some(Agreed::signature(agreed)),
            _ => None,
        }),
    }
}

/// Whether a step of a ladder is signed, can be signed, or neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rung {
    Signed,
    Open,
    Neither,
}

/// How far a benefit has come on a ladder.
pub(crate) fn rung(climb: &Climb, ladder: Ladder) -> Rung {
    let is_open = match ladder {
        Ladder::Operational => matches!(climb.operational, Operational::Moved(_)),
        Ladder::Financial => matches!(climb.financial, Financial::Valued(_)),
        Ladder::Cashable => {
            let mut states = climb.cashable.iter();
            states.any(|(_, state)| matches!(state, Ok(Cashable::Named(_))))
        }
    };
    if signature_of(climb, ladder).is_some() {
        Rung::Signed
    } else if is_open {
        Rung::Open
    } else {
        Rung::Neither
    }
}

/// Where it stands on a ladder, in a few words.
pub(crate) fn words(climb: &Climb, ladder: Ladder) -> &'static str {
    match ladder {
        Ladder::Operational => match &climb.operational {
            Operational::Expected(_) => "No move shown",
            Operational::Moved(_) => "Moved, not signed",
            Operational::Confirmed(_) => "Moved and signed",
        },
        Ladder::Financial => match &climb.financial {
            Financial::NotValued => "Not valued",
            Financial::Valued(_) => "Valued, not signed",
            Financial::Confirmed(_) => "Valued and signed",
        },
        Ladder::Cashable => cashable_words(climb),
    }
}

fn cashable_words(climb: &Climb) -> &'static str {
    let states = || climb.cashable.iter().map(|(_, state)| state);
    if states().any(|state| matches!(state, Ok(Cashable::Agreed(_)))) {
        "Budget line signed; no journal"
    } else if states().any(|state| matches!(state, Ok(Cashable::Named(_)))) {
        "Budget line named, not signed"
    } else if states().any(Result::is_err) {
        "Budget line cannot be signed"
    } else if states().next().is_some() {
        "Budget line named too early"
    } else {
        "No budget line"
    }
}

#[cfg(test)]
mod tests;
