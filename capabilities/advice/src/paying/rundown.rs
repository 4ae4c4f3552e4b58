//! When savings run down, in sentences, with a chart.

use stour_charging::{Forecast, Outlook, Phase, Refusal, Standing};
use stour_design::{Details, Heading, Markup, Table, WarningCallout, html};
use stour_kernel::Pence;
use stour_web::Visitor;
use stour_web::words::{day, money};

use super::asked::Asked;
use super::chart::chart;
use super::form_page::Shown;
use super::missing_page;

/// What becomes of savings, or what is needed to say it.
pub(super) fn section(
    visitor: &Visitor,
    shown: &Shown<'_>,
    asked: &Asked,
    forecast: &Result<Forecast, Refusal>,
) -> Markup {
    html! {
        (Heading::section("How long your savings may last"))
        @match forecast {
            Ok(forecast) => (looked(shown, asked, forecast)),
            Err(Refusal::Missing(missing)) => {
                p { "To look ahead we need figures that we do not have." }
                (missing_page::ask(visitor, shown, missing))
            },
            Err(refusal) => p { "We cannot look ahead: " (refusal.to_string()) "." },
        }
    }
}

fn looked(shown: &Shown<'_>, asked: &Asked, forecast: &Forecast) -> Markup {
    let rates = asked.rates(shown.tables).ok();
    let upper = rates.and_then(
        |rates| match rates.published("upper-capital-limit")?.amount {
            stour_charging::Amount::Money(amount) => Some(amount),
            _ => None,
        },
    );
    let is_flat = forecast.weeks.len() < 3;
    html! {
        @for sentence in sentences(forecast, upper) { p { (sentence) } }
        @if let (Some(tell), Some(from)) = (forecast.tell_by, forecast.helped_from) {
            (WarningCallout::new("Tell the council", html! {
                p {
                    strong { "Tell the council by " (day(tell)) "." }
                    " Its help may begin on " (day(from)) ", and it needs time to look at your money and your needs."
                }
                p { "If your savings go down faster, tell it sooner. It does not pay for weeks before you ask." }
            }))
        }
        (of_home(asked, forecast))
        @if !is_flat {
            (chart(forecast, title(forecast), upper))
            (phases(forecast))
        }
        (rests_on(forecast))
        p { "We use the rates of today for all the weeks to come: those of later years are not known. We take it that your income stays as it is, that what it leaves after care is spent, and that nothing else is taken out of your savings." }
    }
}

/// The rates that it rests on, those first of which somebody should know more.
fn rests_on(forecast: &Forecast) -> Markup {
    let words = |standing| match standing {
        Standing::Published => "published",
        Standing::Unverified => "not verified",
        Standing::OutOfDate => "of an earlier year",
        Standing::Supplied => "given by you",
    };
    html! {
        (Details::new("The rates that this rests on", html! {
            ul.nhsuk-list.nhsuk-list--bullet {
                @for rate in &forecast.rates {
                    li { (rate.label) ": " (rate.amount.to_string()) " (" (words(rate.standing)) "). " (rate.source) }
                }
            }
        }))
    }
}

/// The message of the chart, in at most ten words.
fn title(forecast: &Forecast) -> String {
    match (forecast.helped_from, forecast.outlook) {
        (Some(from), _) if !forecast.missing.is_empty() => {
            format!("Upper limit reached on {} at the earliest", day(from))
        }
        (Some(from), _) => format!("Savings reach the upper limit on {}", day(from)),
        (None, Outlook::Gone) => "Savings run out before the home is sold".to_owned(),
        (None, Outlook::AgreementFull) => "What is owed on the home grows".to_owned(),
        (None, Outlook::Lasts) => "Savings last for more than 40 years".to_owned(),
        (None, Outlook::Settles) => "Savings go down slowly to the lower limit".to_owned(),
    }
}

fn sentences(forecast: &Forecast, upper: Option<Pence>) -> Vec<String> {
    let mut all = Vec::new();
    let starts_full = forecast
        .weeks
        .first()
        .is_some_and(|week| matches!(week.phase, Phase::Full | Phase::Deferred));
    if !starts_full {
        all.push(from_the_start(forecast));
    }
    if let Some(from) = forecast.helped_from {
        let limit = upper.map_or_else(|| "the upper limit".to_owned(), money);
        let day = day(from);
        let least = if forecast.missing.is_empty() {
            ""
        } else {
            "at least "
        };
        all.push(format!(
            "You may pay the full cost until {least}{day}. Then what counts of your savings is no more than {limit}, and the council may help."
        ));
    }
    if !forecast.missing.is_empty() {
        all.push(cannot_tell(forecast));
    }
    if let Some(from) = forecast.lower_from {
        let is_first = forecast
            .weeks
            .first()
            .is_some_and(|week| week.starts == from);
        all.push(if is_first {
            "Your savings are low enough that they do not count at all.".to_owned()
        } else {
            format!(
                "From {} your savings may no longer count at all.",
                day(from)
            )
        });
    }
    match (forecast.outlook, forecast.gone_from) {
        (Outlook::Gone, Some(from)) => all.push(format!(
            "In the week of {} there is not enough in savings for what you would have to pay. Ask the council well before then, and ask about a deferred payment agreement if you own a home.",
            day(from)
        )),
        (Outlook::AgreementFull, _) => {
            let last = forecast.weeks.last().map(|week| day(week.starts));
            all.push(format!(
                "In the week of {} you would owe as much as the agreement allows. Talk to the council before then.",
                last.unwrap_or_default()
            ));
        }
        (Outlook::Lasts, _) => {
            all.push("Your savings may last for more than 40 years, which is as far as we look.".to_owned());
        }
        _ => {}
    }
    all
}

/// Help from the first day, and when it ends.
fn from_the_start(forecast: &Forecast) -> String {
    match (forecast.full_from, forecast.home_counts_from) {
        (Some(full), Some(counts)) if full == counts => format!(
            "The council may help from the start. That ends on {}, when the first weeks are over and your home counts: then you pay the full cost, now or later.",
            day(full)
        ),
        (Some(full), _) => format!(
            "The council may help from the start. That ends on {}: then what you have is above the upper limit, and you pay the full cost.",
            day(full)
        ),
        (None, Some(counts)) => format!(
            "The council may help from the start. From {} your home counts: then you may pay more.",
            day(counts)
        ),
        (None, None) => "The council may help from the start.".to_owned(),
    }
}

/// Why days are the earliest, and where the forecast ends.
fn cannot_tell(forecast: &Forecast) -> String {
    let labels = forecast.missing.iter().map(|one| one.label.as_str());
    let labels = labels.collect::<Vec<_>>().join("; ");
    let earliest = "We took it that none of your income goes to your care, so each day is the earliest: it may be later.";
    match forecast.not_known_from {
        Some(from) => format!(
            "Beyond {} we cannot tell what you would pay. For that we would need this: {labels}. {earliest}",
            day(from)
        ),
        None => format!("We do not know this: {labels}. {earliest}"),
    }
}

/// When a home begins to count, and what to ask the council before.
fn of_home(asked: &Asked, forecast: &Forecast) -> Markup {
    let first = forecast.weeks.first();
    let defers_now = first.is_some_and(|week| week.phase == Phase::Deferred);
    html! {
        @if let Some(from) = forecast.home_counts_from {
            (WarningCallout::new("Your home", html! {
                p { "The first weeks, in which your home is not counted, end on " strong { (day(from)) } ". A deferred payment agreement could begin on that day." }
                p {
                    strong { "Ask the council before " (day(from)) "." }
                    " It needs time to agree, so ask as soon as you can."
                    @if !asked.defers() { " With an agreement you pay a part of the cost later, when your home is sold." }
                }
            }))
        } @else if defers_now {
            (WarningCallout::new("Your home", html! {
                p {
                    "Your home counts already. A deferred payment agreement could begin when the council agrees to it. "
                    strong { "Ask the council now." }
                    " Until then you may have to pay the full cost."
                }
            }))
        }
    }
}

const fn named(phase: Phase) -> &'static str {
    match phase {
        Phase::Full => "You pay the full cost",
        Phase::Deferred => "You pay part now and part later",
        Phase::Between => "You pay from income, and your savings count for a part",
        Phase::Under => "You pay from income alone",
    }
}

/// Each stretch of weeks that is paid for in one way.
fn phases(forecast: &Forecast) -> Table {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut before = None;
    for week in &forecast.weeks {
        if before != Some(week.phase) {
            rows.push(vec![
                day(week.starts),
                named(week.phase).to_owned(),
                money(week.paid),
                money(week.savings),
            ]);
        }
        before = Some(week.phase);
    }
    let columns = [
        "From",
        "How care is paid for",
        "You pay in that week",
        "Your savings then",
    ];
    Table {
        responsive: true,
        ..Table::new("How that changes", columns, rows)
    }
}
