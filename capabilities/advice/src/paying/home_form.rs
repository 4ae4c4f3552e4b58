//! The part of the form about a home that somebody owns.

use stour_charging::Setting;
use stour_design::{Checkboxes, Choice, Heading, Label, Markup, Select, html};

use super::form_page::{Shown, legend};

/// Whether somebody owns a home, and what then matters of it.
pub(super) fn fields(shown: &Shown<'_>) -> Markup {
    let yes = Choice {
        reveal: Some(owned(shown)),
        ..Choice::new("yes", "Yes")
    };
    html! {
        (Heading::section("Your home"))
        (shown.radios("home", "Do you own the home you live in, or part of it?", [Choice::new("no", "No"), yes]))
        (shown.money("other-property", "What would your part of any other property sell for?", "For example, a second home or land. It counts for care of any kind. Leave it empty if there is none"))
        (shown.money("other-property-owed", "What is owed on your part of it?", "Leave it empty if nothing is owed"))
    }
}

fn owned(shown: &Shown<'_>) -> Markup {
    let reasons = shown.tables.property_reasons().iter();
    let reasons = reasons.filter(|one| one.holds(Setting::Permanent));
    let reasons = reasons.map(|one| (one.code.as_str(), one.label.as_str()));
    let reasons = [("none", "None of these")].into_iter().chain(reasons);
    html! {
        p { "Your home does not count if you have care in it, or go back to it after a short stay. Answer the rest only if you ask about a care home to live there." }
        (shown.money("home-value", "What would it sell for?", "The whole of it"))
        (shown.money("home-owed", "What is owed on it?", "Mortgage and loans on the whole of it"))
        (shown.number("home-share", "How much of it is yours?", "Leave it empty if it is all yours", "%"))
        (Select::new("home-reason", Label::new("Is one of these true?"), reasons)
            .hint("Then your home may not be counted")
            .selected(Some(shown.answers.get("home-reason")))
            .error(shown.error("home-reason")))
        (shown.number("home-weeks", "How long have you lived in the care home?", "Leave it empty if you have not moved in", "weeks"))
        (shown.number("home-sold", "In how many weeks will your home be sold?", "Leave it empty if you do not plan to sell it", "weeks"))
        (Checkboxes::new("home-defer", legend("Do you want to pay later?"), [
            Choice {
                reveal: Some(html! {
                    p { "The council lends you a part of the cost, until your home is sold. It must tell you these figures." }
                    (shown.money("home-most-owed", "What is the most you may owe?", "The council works it out from what your home is worth"))
                    (shown.number("home-interest", "What is the interest each year?", "", "%"))
                }),
                ..Choice::new("yes", "I want to ask for a deferred payment agreement")
            },
        ]).selected(&[shown.answers.get("home-defer")]))
    }
}
