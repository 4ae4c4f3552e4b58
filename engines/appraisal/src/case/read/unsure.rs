//! What a case says of how sure it is.

use std::collections::BTreeSet;

use toml::Spanned;

use super::new_id;
use crate::case::document::ScenarioDocument;
use crate::case::{Input, Line, Scenario};
use crate::correlation::{Copula, Correlation, CorrelationDocument};
use crate::distribution::{Uncertain, UncertainDocument};
use crate::mistake::Checks;

pub(super) fn uncertain(
    documents: Vec<Spanned<UncertainDocument>>,
    lines: &[Line],
    checks: &mut Checks,
) -> Vec<Uncertain> {
    let mut found: Vec<Uncertain> = Vec::new();
    let mut seen = BTreeSet::new();
    for document in documents {
        let at = document.span();
        let document = document.into_inner();
        let input = match Input::find(document.input.get_ref(), lines) {
            Ok(input) => input,
            Err(reason) => {
                checks.refuse(document.input.span(), reason);
                continue;
            }
        };
        checks.ensure(seen.insert(input.clone()), document.input.span(), || {
            format!("{input} is declared uncertain twice")
        });
        let range = input.range(lines);
        match document.check(*range.start(), *range.end()) {
            Ok(distribution) => found.push(Uncertain {
                input,
                distribution,
                source: document.source,
            }),
            Err(reason) => checks.refuse(at, format!("{input}: {reason}")),
        }
    }
    found.sort_by(|one, other| one.input.cmp(&other.input));
    found
}

pub(super) fn correlations(
    documents: Vec<Spanned<CorrelationDocument>>,
    uncertain: &[Uncertain],
    lines: &[Line],
    checks: &mut Checks,
) -> Vec<Correlation> {
    let mut found: Vec<Correlation> = Vec::new();
    let uncertain_inputs: BTreeSet<&Input> = uncertain.iter().map(|one| &one.input).collect();
    let mut seen = BTreeSet::new();
    for document in documents {
        let at = document.span();
        let document = document.into_inner();
        let rank = *document.rank.get_ref();
        checks.ensure((-1.0..=1.0).contains(&rank), document.rank.span(), || {
            format!("a rank correlation of {rank} cannot be: it is from -1 to 1")
        });
        let names = document.between.span();
        let inputs = document
            .between
            .into_inner()
            .map(|name| Input::find(&name, lines));
        let between = match inputs {
            [Ok(one), Ok(other)] => [one, other],
            [Err(reason), _] | [_, Err(reason)] => {
                checks.refuse(names, reason);
                continue;
            }
        };
        for input in &between {
            checks.ensure(uncertain_inputs.contains(input), names.clone(), || {
                format!("{input} is correlated but not declared [[uncertain]]")
            });
        }
        let [one, other] = &between;
        checks.ensure(one != other, names.clone(), || {
            format!("{one} is correlated with itself")
        });
        let mut pair = between.clone();
        pair.sort();
        checks.ensure(seen.insert(pair), names, || {
            format!("{one} and {other} are correlated twice")
        });
        found.push(Correlation {
            between,
            rank,
            source: document.source,
            at,
        });
    }
    if checks.is_clean()
        && let Err(impossible) = Copula::new(uncertain, &found)
    {
        checks.refuse(impossible.at, impossible.reason);
    }
    found
}

pub(super) fn scenarios(
    documents: Vec<Spanned<ScenarioDocument>>,
    lines: &[Line],
    checks: &mut Checks,
) -> Vec<Scenario> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for document in documents {
        let document = document.into_inner();
        let id = new_id(&document.id, &mut seen, checks);
        let at = document.set.span();
        checks.ensure(!document.set.get_ref().is_empty(), at.clone(), || {
            format!("{id} sets nothing: name the inputs that are other than agreed")
        });
        let mut set = std::collections::BTreeMap::new();
        for (name, value) in document.set.into_inner() {
            match Input::find(&name, lines) {
                Ok(input) => {
                    let range = input.range(lines);
                    checks.ensure(range.contains(&value), at.clone(), || {
                        format!(
                            "{id} sets {input} to {value}: it may be {} to {}",
                            range.start(),
                            range.end()
                        )
                    });
                    set.insert(input, value);
                }
                Err(reason) => checks.refuse(at.clone(), reason),
            }
        }
        found.push(Scenario {
            id,
            name: document.name,
            source: document.source,
            set,
        });
    }
    found
}
