//! The kind of thing that a benefit is: its profile, fixed before the change begins.

use stour_register::{Around, Entry, Holds, Kind, Values};
use stour_statistics::xmr;
use stour_web::FieldError;

use super::{EDIT, programme_starts};
use crate::governance::field::{may, must, should};

/// A benefit, and how anybody would know that it came about.
pub(crate) const KIND: &Kind = &Kind {
    name: "benefit",
    one: "benefit",
    many: "Benefits",
    prefix: "B",
    edit: EDIT,
    title: "title",
    fields: &[
        must("title", "Benefit", "What will be better", Holds::Line),
        should(
            "short",
            "What it is called within a sentence",
            "Such as: the wait with a package",
            Holds::Line,
        ),
        should("description", "Description", "", Holds::Text),
        may(
            "overall",
            "Stands for the whole programme",
            "Yes for the one figure by which the programme as a whole is judged",
            Holds::YesNo,
        ),
        must(
            "category",
            "Who it is for",
            "",
            Holds::Code("benefit-category"),
        ),
        must("class", "What kind it is", "", Holds::Code("benefit-class")),
        should(
            "measure",
            "Measure",
            "The address after /board/ of a published series or an indicator, such as indicators/wait-with-care-package. Its \
             figures come from there; nobody types one here.",
            Holds::Line,
        ),
        may(
            "own-records",
            "The same in our own records",
            "An indicator that counts something close to it, such as indicators/wait-with-care-package",
            Holds::Line,
        ),
        should(
            "direction",
            "Which way is better",
            "",
            Holds::Code("benefit-direction"),
        ),
        should(
            "baseline",
            "Baseline",
            "In the unit of the measure",
            Holds::Decimal,
        ),
        may("baseline-from", "Baseline period from", "", Holds::Date),
        should(
            "baseline-to",
            "Baseline period to",
            "Its last day, before the programme starts",
            Holds::Date,
        ),
        should(
            "baseline-method",
            "How the baseline was taken",
            "Said before the change begins",
            Holds::Text,
        ),
        may("baseline-source", "Source of the baseline", "", Holds::Line),
        may(
            "rebaseline",
            "Why the baseline was taken again",
            "Needed when the baseline, the target or the direction changes after the programme has started",
            Holds::Text,
        ),
        may(
            "demand",
            "Measure of demand",
            "Where the measure moves with demand: the address after /board/ of what says how much there is",
            Holds::Line,
        ),
        may(
            "demand-then",
            "Demand in the baseline period",
            "",
            Holds::Decimal,
        ),
        should(
            "between",
            "Between two points of the trajectory",
            "",
            Holds::Code("trajectory-between"),
        ),
        may(
            "target",
            "Target",
            "In the unit of the measure",
            Holds::Decimal,
        ),
        may("target-by", "Target by", "", Holds::Date),
        may(
            "best-practice",
            "Best practice",
            "Kept apart from the target: neither follows from the other",
            Holds::Decimal,
        ),
        may(
            "stated-change",
            "Expected change, as stated",
            "In the words of the paper",
            Holds::Line,
        ),
        may(
            "volume",
            "Cases in a week",
            "How many cases a week the measure is taken over; 1 where it counts a week itself",
            Holds::Decimal,
        ),
        may(
            "unit-of-change",
            "One unit of change is",
            "",
            Holds::Code("unit-of-change"),
        ),
        may("full-year-value", "Full-year value", "", Holds::Money),
        may(
            "full-year-basis",
            "What the full-year value is taken from",
            "",
            Holds::Line,
        ),
        should("owner", "Owner", "Who answers for it", Holds::Owner),
        should(
            "change-manager",
            "Business change manager",
            "Who brings it about in the service",
            Holds::Owner,
        ),
        should(
            "evidence",
            "How sure the evidence is",
            "",
            Holds::Code("evidence-grade"),
        ),
        should(
            "counterfactual",
            "What would have happened otherwise",
            "How that is worked out",
            Holds::Text,
        ),
        should(
            "source",
            "Source",
            "The paper or page that promises it",
            Holds::Line,
        ),
        may(
            "unverified",
            "What is not verified",
            "Said wherever the benefit is shown",
            Holds::Text,
        ),
    ],
    check,
};

/// The fields that say what figures are held against.
const HELD_AGAINST: [&str; 9] = [
    "direction",
    "target",
    "target-by",
    "baseline",
    "baseline-from",
    "baseline-to",
    "baseline-method",
    "demand",
    "demand-then",
];

fn check(values: &Values, around: &Around) -> Vec<FieldError> {
    let mut errors = Errors(Vec::new());
    measures(values, &mut errors);
    baseline(values, around, &mut errors);
    let starts = programme_starts(around);
    let target_by = values.get("target-by");
    if !target_by.is_empty() && starts.is_some_and(|starts| target_by < starts.as_str()) {
        errors.add(
            "target-by",
            "The target would be due before the programme starts",
        );
    }
    errors.0
}

struct Errors(Vec<FieldError>);

impl Errors {
    fn add(&mut self, field: &str, message: impl Into<String>) {
        self.0.push(FieldError {
            field: field.to_owned(),
            message: message.into(),
        });
    }
}

/// Every measure that is named is known to the outcomes capability, and points the same way.
fn measures(values: &Values, errors: &mut Errors) {
    for field in ["measure", "own-records", "demand"] {
        let name = values.get(field);
        if !name.is_empty() && stour_outcomes::figures::about(name).is_none() {
            errors.add(
                field,
                "There is no such measure: give the address of its page after /board/",
            );
        }
    }
    let own = values.get("own-records");
    if !own.is_empty() && !own.starts_with("indicators/") {
        errors.add(
            "own-records",
            "Give an indicator that is counted from our own records",
        );
    }
    let says = match stour_outcomes::figures::about(values.get("measure")) {
        Some(about) if about.direction == xmr::Direction::Increase => "increase",
        Some(about) if about.direction == xmr::Direction::Decrease => "decrease",
        _ => return,
    };
    let direction = values.get("direction");
    if !direction.is_empty() && direction != says {
        errors.add(
            "direction",
            "The measure itself says that the other way is better",
        );
    }
}

/// A baseline is taken before the programme starts, and it, the target and the direction are changed afterwards only for a
/// reason that was not given for a change before.
fn baseline(values: &Values, around: &Around, errors: &mut Errors) {
    let (from, to) = (values.get("baseline-from"), values.get("baseline-to"));
    if !from.is_empty() && !to.is_empty() && to < from {
        errors.add(
            "baseline-to",
            "The baseline period would end before it begins",
        );
    }
    if values.get("demand").is_empty() != values.get("demand-then").is_empty() {
        errors.add(
            "demand-then",
            "Give the measure of demand and how much there was, or neither",
        );
    }
    let Some(starts) = programme_starts(around) else {
        return;
    };
    if to >= starts.as_str() {
        errors.add(
            "baseline-to",
            format!("The baseline must be taken before the programme starts on {starts}"),
        );
    }
    let has_started = around
        .today
        .is_some_and(|today| today.to_string() >= starts);
    if let Some(before) = around
        .of_kind(KIND.name)
        .find(|entry| is_checked(entry, around))
    {
        let changed = HELD_AGAINST
            .iter()
            .any(|field| before.get(field) != values.get(field));
        let reason = values.get("rebaseline");
        let is_said = !reason.is_empty() && reason != before.get("rebaseline");
        if has_started && changed && !is_said {
            errors.add(
                "rebaseline",
                "The programme has started: say why the baseline, the target or the direction is another now",
            );
        }
    }
}

fn is_checked(entry: &Entry, around: &Around) -> bool {
    around.of == Some(entry.id)
}

#[cfg(test)]
mod tests;
