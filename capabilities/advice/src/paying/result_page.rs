//! The answer: what somebody may pay each week, why, and what to do next.

use stour_charging::{Assessment, Forecast, Line, Outcome, Setting, Standing, Step, Week};
use stour_design::{
    Button, Cell, Column, Details, Heading, InsetText, Markup, Panel, Table, WarningCallout, html,
};
use stour_kernel::Pence;
use stour_web::words::{day, money};
use stour_web::{Page, Visitor, form};

use super::asked::{Asked, Worked};
use super::form_page::{Shown, named};
use super::kept::KEPT_DAYS;
use super::{missing_page, rundown};

/// The page.
pub(super) fn page(visitor: &Visitor, shown: &Shown<'_>, asked: &Asked, worked: &Worked) -> Page {
    let assessment = &worked.assessment;
    let title = "What you may pay";
    let council = council(shown, &worked.council);
    let main = html! {
        (Panel {
            content: Some(html! { "You may pay " strong { (money(assessment.weekly)) } " a week" }.into()),
            ..Panel::new(Heading::page(title))
        })
        p.nhsuk-lede-text { (why(asked, assessment)) }
        p { (named(asked.setting())) ", by the rates of " (council) " on " (day(worked.date)) ". This is an estimate: the council decides." }
        (caution(&assessment.steps))
        (Heading::section("How we worked it out"))
        (arithmetic(&assessment.steps))
        (rundown::section(visitor, shown, asked, &worked.forecast))
        (not_known(asked, worked))
        (next(asked, is_full(assessment)))
        (keep(visitor, shown))
        (missing_page::change(visitor, shown))
        p.stour-no-print { "You can print this page from your browser. " a href="/paying-for-care" { "Start again with nothing filled in" } }
    };
    Page::new(title, main).quick_exit()
}

/// The name of a council.
pub(super) fn council<'t>(shown: &Shown<'t>, code: &str) -> &'t str {
    let councils = shown.tables.councils();
    let council = councils.iter().find(|(one, _)| *one == code);
    council.map_or("your council", |(_, name)| *name)
}

const fn is_full(assessment: &Assessment) -> bool {
    matches!(
        assessment.outcome,
        Outcome::FullCostBySavings | Outcome::FullCostByChoice | Outcome::Deferred
    )
}

fn why(asked: &Asked, assessment: &Assessment) -> String {
    let cost = money(asked.cost());
    match assessment.outcome {
        Outcome::FullCostBySavings => format!(
            "That is the full cost, because {} of what you have counts, and that is above the upper limit.",
            money(assessment.capital)
        ),
        Outcome::FullCostByChoice => {
            "That is the full cost, because you do not want the council to look at your money."
                .to_owned()
        }
        Outcome::Deferred => format!(
            "The care costs {cost}. You pay this much now; {} each week is added to what you owe, and is paid when your home is sold.",
            money(assessment.deferred)
        ),
        Outcome::Contribution if assessment.council == Pence::ZERO => {
            "Your income is enough for the full cost.".to_owned()
        }
        Outcome::Contribution => format!(
            "The care costs {cost}. The council may pay the other {}.",
            money(assessment.council)
        ),
        Outcome::Nothing => format!("The council may pay all of the {cost}."),
    }
}

/// What of the answer rests on rates that are old, not verified, or given by whoever asks.
pub(super) fn caution(steps: &[Step]) -> Markup {
    let labels = |standing| {
        let mut labels: Vec<&str> = Vec::new();
        let lines = steps.iter().flat_map(|step| &step.lines);
        for line in lines.filter(|line| line.standing == Some(standing)) {
            if !labels.contains(&line.label.as_str()) {
                labels.push(&line.label);
            }
        }
        labels.join("; ")
    };
    let (old, unverified, given) = (
        labels(Standing::OutOfDate),
        labels(Standing::Unverified),
        labels(Standing::Supplied),
    );
    if old.is_empty() && unverified.is_empty() && given.is_empty() {
        return html! {};
    }
    html! {
        (WarningCallout::new("Check these figures", html! {
            @if !old.is_empty() { p { "From an earlier year, because newer ones are not here: " (old) "." } }
            @if !unverified.is_empty() { p { "Not seen in print by us: " (unverified) "." } }
            @if !given.is_empty() { p { "Given by you: " (given) "." } }
            p { a href="/paying-for-care/rates" { "See every rate, and where it is from" } }
        }))
    }
}

/// Each step of a sum, and where its rules are from.
pub(super) fn arithmetic(steps: &[Step]) -> Markup {
    html! {
        @for step in steps {
            @let rows = step.lines.iter().map(row).chain([total(step.total)]);
            (Table {
                responsive: true,
                ..Table::new(step.title.as_str(), columns(), rows)
            })
        }
        (Details::new("Where each rule is from", html! {
            ul.nhsuk-list.nhsuk-list--bullet {
                @for source in sources(steps) { li { (source) } }
            }
        }))
    }
}

fn columns() -> [Column; 3] {
    ["What", "Why"]
        .map(Column::from)
        .into_iter()
        .chain([Column::numeric("Amount")])
        .collect::<Vec<_>>()
        .try_into()
        .unwrap_or_default()
}

fn row(line: &Line) -> Vec<Cell> {
    let note = match line.standing {
        Some(Standing::OutOfDate) => " (rate of an earlier year)",
        Some(Standing::Unverified) => " (rate not verified)",
        Some(Standing::Supplied) => " (figure given by you)",
        Some(Standing::Published) | None => "",
    };
    vec![
        line.label.as_str().into(),
        format!("{}{note}", line.rule).into(),
        money(line.amount).into(),
    ]
}

fn total(amount: Pence) -> Vec<Cell> {
    vec![
        html! { strong { "Total" } }.into(),
        "".into(),
        html! { strong { (money(amount)) } }.into(),
    ]
}

fn sources(steps: &[Step]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let lines = steps.iter().flat_map(|step| &step.lines);
    for line in lines.filter(|line| !line.source.is_empty()) {
        let source = format!("{}: {}", line.label, line.source);
        if !all.contains(&source) {
            all.push(source);
        }
    }
    all
}

pub(super) const LATER_YEARS: &str = "Rates and costs of later years";

/// Rules that may change the answer and that no source here gives, so that they are not in the sum.
pub(super) fn of_setting(asked: &Asked, is_helped: bool) -> Vec<&'static str> {
    let mut all = Vec::new();
    if asked.may_lose_benefit() && is_helped {
        all.push("What you get for care: Attendance Allowance, and the care part of DLA or PIP, normally stop after four weeks in a care home once the council helps to pay. We have not seen that rule at its source, so our sums count this money all the time. Ask the office that pays it what will happen, and tell it when you move");
    }
    if asked.setting() == Setting::Temporary {
        all.push("Whether your council would charge for a short stay, of up to eight weeks, as if you had care at home. We believe that it may choose to, but we have not seen that rule at its source");
    }
    all
}

/// Whether the council pays a part, now or in the weeks to come; where that cannot be said, it may.
fn is_helped(worked: &Worked) -> bool {
    let pays = |week: &Week| !week.is_paid_by_them() && week.paid < week.cost;
    let later =
        |forecast: &Forecast| forecast.helped_from.is_some() || forecast.weeks.iter().any(pays);
    worked.assessment.council > Pence::ZERO || worked.forecast.as_ref().map_or(true, later)
}

fn not_known(asked: &Asked, worked: &Worked) -> Markup {
    let assessment = &worked.assessment;
    html! {
        (Heading::section("What we do not know"))
        ul.nhsuk-list.nhsuk-list--bullet {
            @for label in &assessment.not_known {
                li { "Whether your council has set this: " (stour_web::words::capital(label).to_lowercase()) }
            }
            @for item in of_setting(asked, is_helped(worked)) { li { (item) } }
            li { "What your council would find if it looked at your needs and your money" }
            li { (LATER_YEARS) }
        }
    }
}

pub(super) fn next(asked: &Asked, is_full: bool) -> Markup {
    let find = match asked.setting() {
        Setting::Home => ("/find?q=home+care", "Find care at home near you"),
        Setting::Temporary | Setting::Permanent => {
            ("/find?q=care+home", "Find a care home near you")
        }
    };
    html! {
        (Heading::section("What to do next"))
        ul.nhsuk-list.nhsuk-list--bullet {
            li { a href="/advice/paying-for-care" { "Read our advice on paying for care" } }
            li { a href=(find.0) { (find.1) } }
            li { a href="/find?q=benefits+advice" { "Find help to check that you get every benefit you can" } }
            @if is_full {
                li { a href="/find?q=independent+financial+advice" { "Find independent financial advice" } ". Ask whether the adviser is regulated" }
                li { "You can still ask the council to look at your needs, whatever you have" }
            }
            li { a href="/ask-for-help" { "Ask for help" } }
            li { a href="/how-easy/estimate" { "Tell us how easy it was to find information" } }
        }
        @if is_full && asked.setting() == Setting::Permanent {
            (InsetText::new("If you own a home, ask the council about the first weeks in which it is not counted, and about a deferred payment agreement, before you agree to anything."))
        }
    }
}

pub(super) fn keep(visitor: &Visitor, shown: &Shown<'_>) -> Markup {
    html! {
        div.stour-no-print {
            (Heading::section("Keep this"))
            p { "We can store what you typed for " (KEPT_DAYS) " days, so that you can come back to it. You get a code. Nobody can open it without the code, and you can delete it." }
            form method="post" action="/paying-for-care/keep" {
                (form::hidden_for(visitor))
                (missing_page::typed(shown, |_| false))
                (Button { prevent_double_click: true, ..Button::secondary("Keep this") })
            }
        }
    }
}
