//! One series across structures: the whole partnership's total, joined from the areas that made it
//! up from time to time. A period in which one of them has no figure has no total: nothing is joined
//! across it.

use std::collections::BTreeMap;

use stour_kernel::Date;

use super::judgement::{Judgement, Published};
use super::value::{Value, Values};
use crate::area::Area;
use crate::measure::{Measure, Structure, Together};

/// An area that was part of the whole, with its figures and what the statistics make of them.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) area: Area,
    pub(crate) published: Values,
    pub(crate) judgement: Judgement,
}

/// Where the areas that make up the whole become others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Join {
    /// The first period of the new areas.
    pub(crate) at: Date,
    /// Who made up the whole before.
    pub(crate) before: Vec<String>,
    /// Who does from then on.
    pub(crate) after: Vec<String>,
    /// Why.
    pub(crate) why: String,
}

/// The total of a measure over its structures, from the first figure of a member to the last.
pub(crate) fn together(
    measure: &Measure,
    together: &Together,
    members: &BTreeMap<String, Member>,
) -> Published {
    let mut total = Published::default();
    let dates = || members.values().flat_map(|member| member.published.keys());
    let (Some(&first), Some(&last)) = (dates().min(), dates().max()) else {
        return total;
    };
    let mut next = Some(first);
    while let Some(at) = next.filter(|at| *at <= last) {
        next = measure.every.after(at);
        let Some(structure) = together.at(at) else {
            continue;
        };
        match of_period(measure, structure, members, at) {
            Ok(value) => {
                total.values.insert(at, value);
            }
            Err(why) => {
                total.missing.insert(at, why);
            }
        }
    }
    total
}

fn of_period(
    measure: &Measure,
    structure: &Structure,
    members: &BTreeMap<String, Member>,
    at: Date,
) -> Result<Value, String> {
    let mut values = Vec::with_capacity(structure.areas.len());
    for code in &structure.areas {
        let Some(member) = members.get(code) else {
            return Err(format!("There is no series of {code}."));
        };
        let day = member
            .judgement
            .days
            .binary_search_by_key(&at, |day| day.judged.at)
            .ok()
            .and_then(|place| member.judgement.days.get(place));
        let missing = day.and_then(|day| day.missing.as_deref());
        match member.published.get(&at) {
            Some(value) if missing.is_none() => values.push(*value),
            _ => {
                let why = missing.unwrap_or("Nothing was published.");
                return Err(format!("{}: {why}", member.area.short_name()));
            }
        }
    }
    Value::together(&values, measure.percent).map_err(|none| none.why().to_owned())
}

/// Where the structures of a whole become others, of those with figures on both sides.
pub(crate) fn joins(together: &Together, members: &BTreeMap<String, Member>) -> Vec<Join> {
    let names = |structure: &Structure| -> Vec<String> {
        let codes = structure.areas.iter();
        codes
            .map(|code| {
                let member = members.get(code);
                member.map_or_else(
                    || code.clone(),
                    |member| member.area.short_name().to_owned(),
                )
            })
            .collect()
    };
    together
        .structures
        .windows(2)
        .filter_map(|pair| match pair {
            [before, after] => Some(Join {
                at: after.from,
                before: names(before),
                after: names(after),
                why: after.why.clone().unwrap_or_default(),
            }),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests;
