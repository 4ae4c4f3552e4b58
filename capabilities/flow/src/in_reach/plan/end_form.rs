//! Whether something planned is done, or will not be.

use stour_database::Version;
use stour_design::{Button, Choice, Markup, Radios, Textarea, html};
use stour_web::{Caller, Mistakes, form};

use super::state::{Ending, LONGEST_OUTCOME, WrongPlan};

/// The form.
pub(super) fn fields(
    caller: &Caller,
    here: &str,
    version: Version,
    ((how, outcome), mistakes): ((&str, &str), &Mistakes),
) -> Markup {
    let answers = [
        Choice::new(Ending::Done.as_str(), "It is done"),
        Choice::new(Ending::Withdrawn.as_str(), "It will not be done")
            .hint("For example, since the person does not want it"),
    ];
    html! {
        form method="post" action={ (here) "/end" } novalidate {
            (form::hidden(caller))
            input type="hidden" name="version" value=(version);
            (Radios::new("how", "What happened?", answers).selected(Some(how)).error(mistakes.of("how")))
            (Textarea { rows: Some(3), ..Textarea::new("outcome", "What came of it, or why it will not be done") }
                .value(outcome).error(mistakes.of("outcome")))
            (Button::new("Save what happened"))
        }
    }
}

/// What was typed, unless something in it is wrong.
pub(super) fn check(
    (how, outcome): (&str, &str),
    mistakes: &mut Mistakes,
) -> Option<(Ending, String)> {
    let how = Ending::from_stored(how);
    if how.is_none() {
        mistakes.add("how", "Select what happened");
    }
    if outcome.is_empty() {
        mistakes.add("outcome", WrongPlan::Outcome.to_string());
    }
    if outcome.chars().count() > LONGEST_OUTCOME {
        let wrong = WrongPlan::Long("outcome", LONGEST_OUTCOME);
        mistakes.add("outcome", wrong.to_string());
    }
    let how = how.filter(|_| mistakes.is_empty())?;
    Some((how, outcome.to_owned()))
}
