//! How sure a case is: what it hangs on, and how it may go.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use stour_appraisal::{
    Appraisal, Case, Draws, InputValue, Outside, Sensitivity, Simulation, Spread, Swing, appraise,
    sensitivity, simulate,
};
use stour_design::chart::{FanChart, FanPoint, TornadoChart, TornadoRow, Unit};
use stour_design::{
    Button, Cell, Column, Heading, Input, InsetText, Markup, Table, WarningCallout, Width, html,
};
use stour_kernel::Pence;
use stour_web::{Caller, Page, Problem};

use super::draws::{Wanted, written};
use super::input::{named, value_of};
use crate::document::Reading;
use crate::document::opened::{Asked, Opened, heavy, open};
use crate::document::shell::{self, Part};
use crate::shown::{heard, in_pounds, money, moved, numbers, of_hundred};

/// `GET /cases/{id}/how-sure`.
pub(crate) async fn show(
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    Query(sent): Query<BTreeMap<String, String>>,
) -> Result<Page, Problem> {
    let opened = open(&caller, &id, asked).await?;
    let Reading::Case(case) = opened.reading.clone() else {
        return Err(Problem::not_found());
    };
    let wanted = Wanted::of(&case, &sent);
    let draws = wanted.draws;
    let sure = heavy(move || Sure::of(&case, draws)).await?;
    let main = html! {
        (elsewhere(&sure))
        (fan(&sure))
        (probabilities(&sure))
        (draw_again(&opened, &wanted, &sent))
        (tornado(&sure))
        (switching(&sure))
        (scenarios(&sure.all))
        (one_at_a_time(&sure))
        (uncertain(&sure))
    };
    Ok(shell::page(&opened, Part::Sure, &main).with_errors(&wanted.errors))
}

/// What is known of how sure a case is.
struct Sure {
    /// For each year, discounted gains less costs until then, with every input as stated, in pounds.
    stated: BTreeMap<String, f64>,
    all: Sensitivity,
    inputs: BTreeMap<String, InputValue>,
    simulated: Option<Simulation>,
    /// Inputs that are stated where they are not drawn.
    outside: Vec<Outside>,
    partners: BTreeMap<String, String>,
}

impl Sure {
    fn of(case: &Case, draws: Draws) -> Self {
        let all = sensitivity(case, false);
        let simulated = (!all.tornado.is_empty()).then(|| simulate(case, draws, &|_| {}));
        let inputs = case.inputs().into_iter();
        let partners = case.partners().into_iter();
        Self {
            stated: appraise(case).map_or_else(|_| BTreeMap::new(), |found| reached(&found)),
            all,
            simulated,
            outside: case.outside_their_draws(),
            inputs: inputs.map(|one| (one.name.clone(), one)).collect(),
            partners: partners
                .map(|(id, name)| (id.to_owned(), name.to_owned()))
                .collect(),
        }
    }

    /// An input in words.
    fn input(&self, name: &str) -> String {
        self.inputs.get(name).map_or_else(|| name.to_owned(), named)
    }

    /// A value of an input, in its unit.
    fn value(&self, name: &str, value: f64) -> String {
        self.inputs
            .get(name)
            .map_or_else(|| value.to_string(), |input| value_of(input, value))
    }
}

fn reached(found: &Appraisal) -> BTreeMap<String, f64> {
    let years = found.reached().into_iter();
    years
        .map(|(year, amount)| (year.to_owned(), in_pounds(amount)))
        .collect()
}

fn fan(sure: &Sure) -> Markup {
    let Some(drawn) = &sure.simulated else {
        return html! {
            (Heading::section("How it may go"))
            (InsetText::new("The case declares nothing as uncertain, so nothing can be drawn. Add [[uncertain]] inputs, with a distribution and a source, to the text or the spreadsheet."))
        };
    };
    let between = |low: Pence, high: Pence| Some((in_pounds(low), in_pounds(high)));
    let points: Vec<FanPoint> = drawn
        .fan
        .value
        .iter()
        .flatten()
        .map(|year| {
            let spread = year.cumulative.as_ref();
            FanPoint {
                label: year.year.clone(),
                outer: spread.and_then(|it| between(it.p10, it.p90)),
                inner: spread.and_then(|it| between(it.p20, it.p80)),
                middle: spread.map(|it| in_pounds(it.p50)),
                second: sure.stated.get(&year.year).copied(),
            }
        })
        .collect();
    let chance = drawn
        .public_value
        .as_ref()
        .map(|it| it.probability_above_zero);
    let title = chance.map_or_else(
        || "How the case may go".to_owned(),
        |chance| format!("Worth doing in {} of 100 draws", of_hundred(chance)),
    );
    let chart = FanChart {
        unit: Unit::MONEY,
        second_word: "As stated".to_owned(),
        description: "How the sum of discounted gains less costs may go by year; the table below has the numbers.".to_owned(),
        ..FanChart::new(
            "fan",
            title,
            "Discounted gains less costs of everybody, summed until each year: the middle of all draws, and the ranges that hold 60 and 80 of 100",
            points,
        )
    };
    html! {
        (chart)
        @if let Some(why) = &drawn.fan.why_not { p { "Year by year it is not shown, since " (why) "." } }
    }
}

fn probabilities(sure: &Sure) -> Markup {
    let Some(drawn) = &sure.simulated else {
        return html! {};
    };
    let row = |name: &str, spread: Option<&Spread<Pence>>| -> Vec<Cell> {
        match spread {
            Some(it) => vec![
                name.into(),
                money(it.p10).into(),
                money(it.p50).into(),
                money(it.p80).into(),
                money(it.p90).into(),
                money(it.mean).into(),
                format!("{} in 100", of_hundred(it.probability_above_zero)).into(),
            ],
            None => vec![name.into(), Cell::missing("Too large")],
        }
    };
    let mut rows = vec![
        row("Public value", drawn.public_value.as_ref()),
        row("The public purse", drawn.financial.as_ref()),
    ];
    rows.extend(drawn.partners.iter().map(|partner| {
        let name = sure.partners.get(&partner.id).unwrap_or(&partner.id);
        row(name, partner.net_present_value.as_ref())
    }));
    let columns = [
        "Net present value of",
        "1 in 10 is below",
        "Half are below",
        "8 in 10 are below",
        "9 in 10 are below",
        "Mean",
        "Above nothing",
    ];
    html! {
        (Heading::section("For whom it pays, and how surely"))
        (numbers("For whom it pays, and how surely", columns, rows))
        p { (written(drawn.draws)) " draws from seed " (drawn.seed) ". The same seed gives the same figures to the last penny, also with " code { "stour appraise" } "." }
    }
}

fn draw_again(opened: &Opened, wanted: &Wanted, sent: &BTreeMap<String, String>) -> Markup {
    let field = |name: &str, label: &str, now: String| {
        let error = wanted.errors.iter().find(|error| error.field == name);
        let value = sent.get(name).cloned().unwrap_or(now);
        Input {
            width: Some(Width::Ten),
            inputmode: Some("numeric".to_owned()),
            error: error.map(|error| error.message.as_str().into()),
            ..Input::new(name, label).value(value)
        }
    };
    let draws = field("draws", "How many draws", wanted.draws.count.to_string());
    html! {
        form.stour-no-print method="get" action={ "/cases/" (opened.document.id) "/how-sure" } novalidate {
            @if !opened.is_latest() { input type="hidden" name="version" value=(opened.shown.number); }
            (Input { hint: Some(format!("At most {} of a case of this size", written(wanted.most)).into()), ..draws })
            (field("seed", "Seed", wanted.draws.seed.to_string()))
            (Button::secondary("Draw again"))
        }
    }
}

/// A warning where what is stated and what is drawn speak of different things.
fn elsewhere(sure: &Sure) -> Markup {
    html! {
        @if !sure.outside.is_empty() {
            (WarningCallout::new("Stated outside the range that is drawn", html! {
                p { "The case is worked out at the stated values, and the draws below are made from these ranges all the same. Change the ranges too, in the text or the spreadsheet." }
                ul.nhsuk-list.nhsuk-list--bullet {
                    @for one in &sure.outside {
                        li {
                            (sure.input(&one.input)) ": stated as " (sure.value(&one.input, one.stated))
                            ", and drawn between " (sure.value(&one.input, one.low)) " and " (sure.value(&one.input, one.high)) " in 8 of 10 draws"
                        }
                    }
                }
            }))
        }
    }
}

fn tornado(sure: &Sure) -> Markup {
    let agreed = sure.all.agreed;
    let rows: Vec<TornadoRow> = sure
        .all
        .tornado
        .iter()
        .map(|swing| tornado_row(sure, swing))
        .collect();
    let Some(first) = sure.all.tornado.first() else {
        return html! {};
    };
    let chart = TornadoChart {
        unit: Unit::MONEY,
        agreed_word: "As stated".to_owned(),
        description: "How far each uncertain input moves the net present value by itself; the table below has the numbers.".to_owned(),
        ..TornadoChart::new(
            "tornado",
            format!("It hangs most on {}", sure.input(&first.input)),
            "Net present value, public value, with one input at its 10th and at its 90th percentile and all others as stated",
            agreed.map(in_pounds),
            rows,
        )
    };
    html! { (chart) }
}

fn tornado_row(sure: &Sure, swing: &Swing) -> TornadoRow {
    TornadoRow {
        label: sure.input(&swing.input),
        low_at: sure.value(&swing.input, swing.low),
        high_at: sure.value(&swing.input, swing.high),
        low: swing.at_low.map(in_pounds),
        high: swing.at_high.map(in_pounds),
    }
}

fn switching(sure: &Sure) -> Markup {
    let rows = sure.all.switching.iter().map(|one| {
        let at = match (&one.switches_at.value, &one.switches_at.why_not) {
            (Some(value), _) => sure.value(&one.input, *value).into(),
            (None, why) => Cell::missing(why.clone().unwrap_or_default()),
        };
        let cells: Vec<Cell> = vec![
            sure.input(&one.input).into(),
            sure.value(&one.input, one.agreed).into(),
            at,
        ];
        cells
    });
    let columns = vec![
        Column::from("Input"),
        Column::numeric("As stated"),
        Column::numeric("Switches at"),
    ];
    html! {
        (Heading::section("Switching values"))
        p { "At which value of each input, all others as stated, gains and costs are equal." }
        (Table { first_cell_is_header: true, compact: true, responsive: true, ..Table::new(heard("Switching values"), columns, rows) })
    }
}

fn scenarios(all: &Sensitivity) -> Markup {
    let rows = all.scenarios.iter().map(|one| {
        let missing = || Cell::missing("Too large");
        let value = one.net_present_value;
        let cells: Vec<Cell> = vec![
            one.name.as_str().into(),
            value.map_or_else(missing, |value| money(value).into()),
            match (value, all.agreed) {
                (Some(value), Some(stated)) => moved(value, stated).into(),
                _ => missing(),
            },
            one.source.as_str().into(),
        ];
        cells
    });
    let columns = vec![
        Column::from("Scenario"),
        Column::numeric("Net present value"),
        Column::numeric("More than as stated"),
        "Source".into(),
    ];
    html! {
        @if !all.scenarios.is_empty() {
            (Heading::section("Scenarios"))
            (Table { first_cell_is_header: true, responsive: true, ..Table::new(heard("Scenarios"), columns, rows) })
        }
    }
}

fn one_at_a_time(sure: &Sure) -> Markup {
    let Some(swings) = &sure.all.one_at_a_time.value else {
        return html! {};
    };
    let at = |amount: Option<Pence>| {
        amount.map_or_else(|| Cell::missing("Too large"), |it| money(it).into())
    };
    let moving = swings.iter().filter(|swing| swing.low < swing.high);
    let rows = moving.map(|swing| {
        let cells: Vec<Cell> = vec![
            sure.input(&swing.input).into(),
            sure.value(&swing.input, swing.low).into(),
            at(swing.at_low),
            sure.value(&swing.input, swing.high).into(),
            at(swing.at_high),
        ];
        cells
    });
    let columns = [
        "Input",
        "Lower",
        "Net present value then",
        "Higher",
        "Net present value then",
    ];
    html! {
        (Heading::section("One input at a time"))
        p { "Each input lower and higher by the percentage that the case names, all others as stated; a proportion stays within 0 and 100%." }
        (numbers("One input at a time", columns, rows))
    }
}

fn uncertain(sure: &Sure) -> Markup {
    let Some(drawn) = &sure.simulated else {
        return html! {};
    };
    let rows = drawn.uncertain.iter().map(|one| {
        vec![
            Cell::from(sure.input(&one.input)),
            one.source.as_str().into(),
        ]
    });
    html! {
        (Heading::section("What is drawn, and why"))
        (Table { first_cell_is_header: true, responsive: true, ..Table::new(heard("What is drawn, and why"), ["Input", "Source of its distribution"].map(Column::from), rows) })
        @for one in &drawn.correlations {
            @let [first, second] = &one.between;
            p { (sure.input(first)) " and " (sure.input(second)) " go together: rank correlation " (one.rank) ". Source: " (one.source) }
        }
    }
}
