//! The least and the most that somebody may pay, where it is not known what they keep of their income.

use stour_charging::Bounds;
use stour_design::{Details, Heading, Markup, Panel, html};
use stour_kernel::Pence;
use stour_web::words::{capital, day, money};
use stour_web::{Page, Visitor};

use super::asked::Asked;
use super::form_page::{Shown, named};
use super::result_page;
use super::{missing_page, result_page::LATER_YEARS};

/// The page.
pub(super) fn page(visitor: &Visitor, shown: &Shown<'_>, asked: &Asked, bounds: &Bounds) -> Page {
    let title = "What you may pay";
    let main = html! {
        (Panel {
            content: Some(html! { (between(bounds)) }.into()),
            ..Panel::new(Heading::page(title))
        })
        p.nhsuk-lede-text { (why(asked, bounds)) }
        p { (named(asked.setting())) ", by the rates of " (result_page::council(shown, &asked.council)) " on " (day(asked.date)) ". This is an estimate: the council decides." }
        (settles(visitor, shown, bounds))
        (result_page::caution(&bounds.steps))
        (Heading::section("How we worked out the most"))
        (result_page::arithmetic(&bounds.steps))
        (Heading::section("What we do not know"))
        ul.nhsuk-list.nhsuk-list--bullet {
            @for one in &bounds.missing { li { (one.label) } }
            @for item in result_page::of_setting(asked, true) { li { (item) } }
            li { "What your council would find if it looked at your needs and your money" }
            li { (LATER_YEARS) }
        }
        (result_page::next(asked, false))
        (result_page::keep(visitor, shown))
        (missing_page::change(visitor, shown))
    };
    Page::new(title, main).quick_exit()
}

fn between(bounds: &Bounds) -> Markup {
    html! {
        @if bounds.most == Pence::ZERO {
            "You may pay " strong { "nothing" }
        } @else {
            "You may pay between " strong { (money(bounds.least)) } " and " strong { (money(bounds.most)) } " a week"
        }
    }
}

fn why(asked: &Asked, bounds: &Bounds) -> String {
    let cost = money(asked.cost());
    if bounds.most == Pence::ZERO {
        return format!(
            "The care costs {cost}. You have no income or savings that count, whatever you may keep."
        );
    }
    let most = if bounds.most == asked.cost() {
        "The most is the full cost, because what counts of your income and savings is enough for it"
    } else {
        "The most is all that counts of your income and savings"
    };
    format!(
        "The care costs {cost}. {most}. You pay less than that, because you must be left with some of it, and we do not know how much. You may pay nothing."
    )
}

fn settles(visitor: &Visitor, shown: &Shown<'_>, bounds: &Bounds) -> Markup {
    let labels: Vec<String> = bounds
        .missing
        .iter()
        .map(|one| capital(&one.label))
        .collect();
    html! {
        (Heading::section("What would settle it"))
        p { "With this we could say one amount: " strong { (labels.join("; ")) } ". Your council can tell you, or a letter from it may say it. It may also be in a list that your council prints each year." }
        p {
            "Somebody can find out with you: " a href="/ask-for-help" { "ask for help" }
            ", or " a href="/find?q=benefits+advice" { "find benefits advice near you" } "."
        }
        (Details::new("I know it now", missing_page::ask(visitor, shown, &bounds.missing)))
    }
}
