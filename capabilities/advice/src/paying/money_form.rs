//! The part of the form about savings and income.

use stour_design::{Checkboxes, Choice, ChoiceItem, Details, Heading, Markup, html};

use super::form_page::{Shown, legend};

/// Savings, income, and what is paid first.
pub(super) fn fields(shown: &Shown<'_>) -> Markup {
    html! {
        (savings(shown))
        (income(shown))
        (person(shown))
    }
}

fn savings(shown: &Shown<'_>) -> Markup {
    let is_open = ["not-counted", "not-counted-why"]
        .iter()
        .any(|field| shown.error(field).is_some() || !shown.answers.get(field).is_empty());
    html! {
        (Heading::section("Your savings"))
        (shown.money("savings", "What savings do you have of your own?", "Money in the bank, shares and other savings. Not your home or other property. If there are none, enter 0"))
        (shown.money("joint", "What savings do you share with somebody else?", "The whole amount. A part of it counts as yours"))
        (Details { open: is_open, ..Details::new("Some of my savings do not count", html! {
            p { "A council does not count some money, like a payment for an injury that is held in trust." }
            (shown.money("not-counted", "How much does not count?", ""))
            (shown.input("not-counted-why", "Why does it not count?", ""))
        }) })
        (Checkboxes {
            error: shown.error("refuses"),
            ..Checkboxes::new("refuses", legend("Does the council know about your money?"), [
                Choice::new("yes", "I do not want the council to look at my money")
                    .hint("Then you pay the full cost"),
            ])
            .selected(&[shown.answers.get("refuses")])
        })
    }
}

fn income(shown: &Shown<'_>) -> Markup {
    let incomes = shown.tables.incomes();
    html! {
        (Heading::section("Money that comes in each week"))
        p { "After tax. Leave out what you do not get. If you get it each month, multiply it by 12 and divide it by 52." }
        @for income in incomes {
            (shown.money(&format!("income-{}", income.code), &income.label, ""))
        }
        (Checkboxes::new("shares-pension", legend("Do you pay for a partner at home?"), [
            Choice::new("yes", "I pay part of my pension from work to my partner, and I live in a care home")
                .hint("Half of it may then not count"),
        ]).selected(&[shown.answers.get("shares-pension")]))
    }
}

fn person(shown: &Shown<'_>) -> Markup {
    let kinds = shown.tables.kinds();
    let of = |prefix: &'static str| {
        kinds.iter().filter_map(move |kind| {
            let code = kind.code.strip_prefix(prefix)?;
            Some((code, kind.label.as_str()))
        })
    };
    let circumstances = of("minimum-income-guarantee/").map(|(code, label)| {
        let label = label.split_once(": ").map_or(label, |(_, rest)| rest);
        Choice::new(code, stour_web::words::capital(label))
    });
    let premiums = of("premium/").map(|(code, label)| {
        let name = format!("premium-{code}");
        ChoiceItem::from(Choice {
            checked: shown.answers.is_yes(&name),
            id: Some(name.clone()),
            name: Some(name),
            ..Choice::new("yes", label)
        })
    });
    html! {
        (Heading::section("If you have care at home"))
        p { "Leave this out if you ask about a care home, but for what your own home costs during a short stay." }
        (shown.radios("circumstance", "What is true of you?", circumstances))
        (Checkboxes::new("premium", legend("Do you get any of these in your benefits?"), premiums)
            .hint("A letter about your benefits says so"))
        (shown.money("housing", "What do rent, mortgage and council tax cost you each week?", "Less what you get to help with them"))
        (shown.money("disability", "What does being disabled cost you each week?", "For example, extra heating or washing. Leave it empty if you do not know"))
    }
}
