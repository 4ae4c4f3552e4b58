//! What belongs to a benefit: where it should be by when, what brings it about, what it is worth, to whom, and what is said
//! when it is missed.

use std::collections::BTreeSet;

use stour_benefits::{MOST_PROGRAMMES, Quantity};
use stour_register::{Around, Entry, Holds, Kind, Values};
use stour_web::FieldError;

use super::evidence::LineKey;
use super::{EDIT, programme_starts};
use crate::governance::field::{UNVERIFIED, before_programme, may, must, should};

const BENEFIT: Holds = Holds::Entry("benefit");

/// A point of a benefit's trajectory.
pub(crate) const TRAJECTORY: &Kind = &Kind {
    name: "trajectory",
    one: "point of a trajectory",
    many: "Trajectories",
    prefix: "T",
    edit: EDIT,
    title: "on",
    fields: &[
        must("benefit", "Benefit", "", BENEFIT),
        must("on", "On", "", Holds::Date),
        must(
            "value",
            "Expected",
            "In the unit of the measure",
            Holds::Decimal,
        ),
        should("source", "Source", "", Holds::Line),
    ],
    check: |values, around| {
        let mut errors = Vec::new();
        let before_start =
            programme_starts(around).is_some_and(|starts| values.get("on") < starts.as_str());
        if before_start {
            errors.extend(wrong("on", "This day is before the programme starts"));
        }
        if has_same(around, "trajectory", values, &["benefit", "on"]) {
            errors.extend(wrong(
                "on",
                "There is a point of this benefit on this day already",
            ));
        }
        errors
    },
};

/// Something that the programme makes.
pub(crate) const OUTPUT: &Kind = &Kind {
    name: "benefit-output",
    one: "output",
    many: "Outputs",
    prefix: "OP",
    edit: EDIT,
    title: "title",
    fields: &[
        must("title", "Output", "What is made", Holds::Line),
        may("description", "Description", "", Holds::Text),
        may("source", "Source", "", Holds::Line),
    ],
    check: |_, _| Vec::new(),
};

/// Something that is different because of it.
pub(crate) const OUTCOME: &Kind = &Kind {
    name: "benefit-outcome",
    one: "outcome",
    many: "Outcomes",
    prefix: "OC",
    edit: EDIT,
    title: "title",
    fields: &[
        must(
            "title",
            "Outcome",
            "What is different for people or services",
            Holds::Line,
        ),
        may("description", "Description", "", Holds::Text),
        may("source", "Source", "", Holds::Line),
    ],
    check: |_, _| Vec::new(),
};

/// A link of the map: an output leads to an outcome, or an outcome to a benefit.
pub(crate) const LINK: &Kind = &Kind {
    name: "benefit-link",
    one: "link of the benefits map",
    many: "Links of the benefits map",
    prefix: "LK",
    edit: EDIT,
    title: "outcome",
    fields: &[
        may(
            "output",
            "From the output",
            "Or leave it empty and give a benefit",
            Holds::Entry("benefit-output"),
        ),
        must("outcome", "Outcome", "", Holds::Entry("benefit-outcome")),
        may(
            "benefit",
            "To the benefit",
            "Or leave it empty and give an output",
            BENEFIT,
        ),
        may("source", "Source", "", Holds::Line),
    ],
    check: |values, around| {
        if values.get("output").is_empty() == values.get("benefit").is_empty() {
            return wrong(
                "output",
                "Give either an output that leads to the outcome or a benefit that follows from it",
            );
        }
        if has_same(
            around,
            "benefit-link",
            values,
            &["output", "outcome", "benefit"],
        ) {
            return wrong("outcome", "This link is on the map already");
        }
        Vec::new()
    },
};

/// What one unit of change is worth, from a day.
pub(crate) const CONVERSION: &Kind = &Kind {
    name: "conversion",
    one: "conversion",
    many: "Conversions",
    prefix: "V",
    edit: EDIT,
    title: "from",
    fields: &[
        must("benefit", "Benefit", "", BENEFIT),
        must(
            "unit-value",
            "Value of one unit of change",
            "",
            Holds::Money,
        ),
        must(
            "from",
            "From",
            "The first day on which it is used",
            Holds::Date,
        ),
        may("price-base", "Prices of", "Such as 2024/25", Holds::Line),
        should("source", "Source", "", Holds::Line),
    ],
    check: |values, around| {
        let is_nothing = !values
            .get("unit-value")
            .bytes()
            .any(|byte| matches!(byte, b'1'..=b'9'));
        if is_nothing {
            return wrong("unit-value", "A unit must be worth more than nothing");
        }
        if has_same(around, "conversion", values, &["benefit", "from"]) {
            return wrong(
                "from",
                "There is a conversion of this benefit from this day already: change that one",
            );
        }
        Vec::new()
    },
};

/// What of a benefit, or of the whole programme, falls to a partner or place.
pub(crate) const SHARE: &Kind = &Kind {
    name: "benefit-share",
    one: "share of a benefit",
    many: "Shares of benefits",
    prefix: "SH",
    edit: EDIT,
    title: "partner",
    fields: &[
        must("partner", "Partner", "", Holds::Line),
        may("place", "Place", "", Holds::Line),
        may(
            "benefit",
            "Benefit",
            "Empty for the whole programme",
            BENEFIT,
        ),
        may(
            "part",
            "Part in per cent",
            "Of what the benefit is worth a year",
            Holds::Decimal,
        ),
        may("amount", "Amount, as published", "", Holds::Money),
        may("by", "By", "Such as 2027/28", Holds::Line),
        may("cashable", "Said to be cashable", "", Holds::YesNo),
        should("source", "Source", "", Holds::Line),
        UNVERIFIED,
    ],
    check: share,
};

/// A line of a budget that is said to be smaller for a benefit.
pub(crate) const BUDGET_LINE: &Kind = &Kind {
    name: "budget-line",
    one: "budget line",
    many: "Budget lines",
    prefix: "BG",
    edit: EDIT,
    title: "line",
    fields: &[
        must("benefit", "Benefit", "", BENEFIT),
        must(
            "line",
            "Budget line",
            "As the budget book names it",
            Holds::Line,
        ),
        must("organisation", "Whose budget", "", Holds::Line),
        must("year", "Financial year", "Such as 2027/28", Holds::Line),
        must("reduced-by", "Reduced by", "A year", Holds::Money),
        should("source", "Source", "The budget paper", Holds::Line),
    ],
    check: budget_line,
};

/// Why a measure was missed, and what is done about it.
pub(crate) const EXPLANATION: &Kind = &Kind {
    name: "explanation",
    one: "explanation",
    many: "Explanations",
    prefix: "X",
    edit: EDIT,
    title: "why",
    fields: &[
        must("benefit", "Benefit", "", BENEFIT),
        must(
            "figure",
            "Figure that is explained",
            "As it stood when it was explained",
            Holds::Line,
        ),
        must("why", "Why it was missed", "", Holds::Text),
        must("done", "What is being done", "", Holds::Text),
        must("who", "Who does it", "", Holds::Owner),
        must("due", "By when", "", Holds::Date),
    ],
    check: |values, around| before_programme(values, around, &["due"]),
};

/// An estimate of what a set of programmes would have done to a measure without the others.
pub(crate) const EFFECT: &Kind = &Kind {
    name: "effect",
    one: "estimate of an effect",
    many: "Estimates of effects",
    prefix: "EF",
    edit: EDIT,
    title: "programmes",
    fields: &[
        must("benefit", "Benefit", "", BENEFIT),
        must(
            "programmes",
            "Programmes",
            "One, or several with semicolons between them: what these would have done together without any other",
            Holds::Line,
        ),
        must(
            "effect",
            "Effect",
            "By how much the measure is better, in its unit",
            Holds::Decimal,
        ),
        should(
            "evidence",
            "How sure the evidence is",
            "",
            Holds::Code("evidence-grade"),
        ),
        should("source", "Source", "", Holds::Line),
    ],
    check: effect,
};

fn budget_line(values: &Values, around: &Around) -> Vec<FieldError> {
    if !is_financial_year(values.get("year")) {
        return wrong("year", "Write a financial year as 2027/28");
    }
    let key = LineKey::of(|field| values.get(field).to_owned());
    let mut others = around
        .of_kind("budget-line")
        .filter(|entry| around.of != Some(entry.id));
    if others.any(|entry| LineKey::of(|field| entry.get(field).to_owned()) == key) {
        return wrong(
            "line",
            "This line of this budget is named in that year already: a budget is smaller only once",
        );
    }
    Vec::new()
}

fn share(values: &Values, around: &Around) -> Vec<FieldError> {
    let (part, amount) = (values.get("part"), values.get("amount"));
    if part.is_empty() && amount.is_empty() {
        return wrong(
            "amount",
            "Give a part in per cent, or an amount as it was published",
        );
    }
    if part.is_empty() {
        return Vec::new();
    }
    let benefit = values.get("benefit");
    if benefit.is_empty() {
        return wrong("benefit", "Say of which benefit it is a part");
    }
    let others = around
        .of_kind("benefit-share")
        .filter(|entry| around.of != Some(entry.id) && entry.get("benefit") == benefit);
    let parts = others.map(|entry| entry.get("part").to_owned());
    let sum = parts
        .chain([part.to_owned()])
        .filter_map(|part| part.parse::<Quantity>().ok())
        .try_fold(Quantity::ZERO, Quantity::checked_add);
    let whole = Quantity::from_millionths(100_000_000);
    match sum {
        Some(sum) if sum <= whole && !part.starts_with('-') => Vec::new(),
        _ => wrong(
            "part",
            "The parts of a benefit are none below nothing, and 100 at most together",
        ),
    }
}

fn effect(values: &Values, around: &Around) -> Vec<FieldError> {
    let programmes = programmes(values.get("programmes"));
    if programmes.len() > MOST_PROGRAMMES {
        return wrong("programmes", "At most 12 programmes are parted exactly");
    }
    let same = |entry: &Entry| {
        around.of != Some(entry.id)
            && entry.get("benefit") == values.get("benefit")
            && self::programmes(entry.get("programmes")) == programmes
    };
    if around.of_kind("effect").any(same) {
        return wrong(
            "programmes",
            "There is an estimate for these programmes already: change that one",
        );
    }
    Vec::new()
}

/// The programmes that an estimate is of.
pub(super) fn programmes(text: &str) -> BTreeSet<String> {
    let names = text.split(';').map(str::trim);
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

fn is_financial_year(text: &str) -> bool {
    let Some((first, second)) = text.split_once('/') else {
        return false;
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let next = first.parse::<u32>().map(|year| (year + 1) % 100);
    digits(first)
        && digits(second)
        && first.len() == 4
        && second.len() == 2
        && next.is_ok_and(|next| second.parse() == Ok(next))
}

/// Whether another entry in force has the same in all of these fields.
fn has_same(around: &Around, kind: &str, values: &Values, fields: &[&str]) -> bool {
    around.of_kind(kind).any(|entry| {
        around.of != Some(entry.id)
            && fields
                .iter()
                .all(|field| entry.get(field) == values.get(field))
    })
}

fn wrong(field: &str, message: &str) -> Vec<FieldError> {
    vec![FieldError {
        field: field.to_owned(),
        message: message.to_owned(),
    }]
}

#[cfg(test)]
mod tests;
