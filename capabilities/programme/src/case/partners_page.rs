//! Who pays and who gains, and where each partner stands year by year.

use axum::extract::{Path, Query};
use stour_appraisal::{Appraisal, Position};
use stour_design::chart::{Line, LinesChart, Unit};
use stour_design::{Cell, Heading, Markup, html};
use stour_kernel::Pence;
use stour_web::{Caller, Page, Problem};

use super::summary_page::{beside, partner_name, standings};
use crate::document::opened::{Asked, open};
use crate::document::shell::{self, Part};
use crate::shown::{in_pounds, in_short, money, numbers, paid_back};

/// `GET /cases/{id}/partners`.
pub(crate) async fn show(
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let opened = open(&caller, &id, asked).await?;
    let beside = beside(&opened).await?;
    let found = &beside.now;
    let main = html! {
        (standings(&beside))
        (matrix(found))
        (Heading::section("Positions by year"))
        p { "Amounts of each year in " (found.price_base) " prices, not discounted, all layers." }
        (chart(found))
        @for partner in &found.partners { (years(partner)) }
        (nominal(found))
    };
    Ok(shell::page(&opened, Part::Partners, &main))
}

/// Who gains from what each pays.
fn matrix(found: &Appraisal) -> Markup {
    let name = |id: &str| partner_name(found, id);
    let matrix = &found.matrix;
    let gainers: Vec<&str> = matrix.gainers.iter().map(|id| name(id)).collect();
    let columns = ["Who pays", "Pays"]
        .into_iter()
        .chain(gainers)
        .chain(["All gain from it"]);
    let payers = matrix.rows.iter().filter(|row| row.pays != Pence::ZERO);
    let mut rows: Vec<Vec<Cell>> = payers
        .map(|row| {
            let gains = row.gains.iter().map(|gain| money(*gain).into());
            [name(&row.payer).into(), money(row.pays).into()]
                .into_iter()
                .chain(gains)
                .chain([money(row.total_gains).into()])
                .collect()
        })
        .collect();
    if matrix.unpaid.iter().any(|gain| *gain != Pence::ZERO) {
        let total = Pence::checked_sum(matrix.unpaid.iter().copied());
        let gains = matrix.unpaid.iter().map(|gain| money(*gain).into());
        rows.push(
            [Cell::from("Nobody in the case pays"), "".into()]
                .into_iter()
                .chain(gains)
                .chain([total.map(money).unwrap_or_default().into()])
                .collect(),
        );
    }
    html! {
        (Heading::section("Who pays, who gains"))
        p { "Each row says who gains from one partner’s money: the benefits of an intervention are attributed to those who pay for it, in proportion to what they pay. Present values, all layers." }
        (numbers("Who pays against who gains", columns, rows))
    }
}

/// Who ends furthest ahead, and who furthest behind.
fn furthest(found: &Appraisal) -> String {
    let last = |partner: &Position| partner.years.last().map(|year| year.cumulative);
    let all = found
        .partners
        .iter()
        .filter_map(|one| Some((one, last(one)?)));
    let ahead = all.clone().max_by_key(|(_, amount)| *amount);
    let behind = all.min_by_key(|(_, amount)| *amount);
    let less = |amount: Pence| in_short(Pence::new(amount.as_i64().saturating_abs()));
    match (ahead, behind) {
        (Some((_, up)), Some((pays, down))) if up.as_i64() <= 0 && down.is_negative() => {
            format!("{} ends furthest behind, by {}", pays.name, less(down))
        }
        (Some((gains, up)), Some((pays, down))) if down.is_negative() => format!(
            "{} ends {} ahead, {} {} behind",
            gains.name,
            in_short(up),
            pays.name,
            less(down)
        ),
        (Some((gains, up)), _) => {
            format!("{} ends furthest ahead, by {}", gains.name, in_short(up))
        }
        _ => "Positions by year".to_owned(),
    }
}

fn chart(found: &Appraisal) -> Markup {
    let first = found.partners.first();
    let periods: Vec<String> = first
        .into_iter()
        .flat_map(|partner| partner.years.iter().map(|year| year.year.clone()))
        .collect();
    let lines: Vec<Line> = found
        .partners
        .iter()
        .map(|partner| Line {
            name: partner.name.clone(),
            values: partner
                .years
                .iter()
                .map(|year| Some(in_pounds(year.cumulative)))
                .collect(),
        })
        .collect();
    let title = furthest(found);
    let chart = LinesChart {
        unit: Unit::MONEY,
        description:
            "Cumulative position of each partner by year; the table below has the numbers."
                .to_owned(),
        ..LinesChart::new(
            "positions",
            title,
            format!(
                "Gains less payments, summed since {}, in {} prices, not discounted",
                found.base_year, found.price_base
            ),
            periods,
            lines,
        )
    };
    html! { (chart) }
}

fn years(partner: &Position) -> Markup {
    let rows = partner.years.iter().map(|year| {
        let cells: Vec<Cell> = vec![
            year.year.as_str().into(),
            money(year.pays).into(),
            money(year.gains).into(),
            money(year.cashable).into(),
            money(year.net).into(),
            money(year.cumulative).into(),
        ];
        cells
    });
    let columns = [
        "Year",
        "Pays",
        "Gains",
        "Of that, cashable",
        "Net",
        "Net until then",
    ];
    html! {
        (Heading::subsection(partner.name.as_str()))
        (numbers(&format!("{}, year by year", partner.name), columns, rows))
        p {
            (paid_back(&partner.public_value.payback_year)) ". Of fiscal lines alone the net present value is "
            (money(partner.financial.net_present_value)) ". " (paid_back(&partner.financial.payback_year)) "."
        }
    }
}

fn nominal(found: &Appraisal) -> Markup {
    html! {
        (Heading::section("In the money of each year"))
        p { "Gains less payments of all partners together." }
        @match (&found.nominal.years.value, &found.nominal.years.why_not) {
            (Some(years), _) => {
                @let columns = ["Year", "In prices of the case", "What a pound of them is then", "In cash of the year"];
                @let rows = years.iter().map(|year| vec![
                    Cell::from(year.year.as_str()),
                    money(year.real).into(),
                    format!("{:.4}", year.index).into(),
                    money(year.nominal).into(),
                ]);
                (numbers("In the money of each year", columns, rows))
            },
            (None, why) => {
                p { "Not known, since " (why.as_deref().unwrap_or_default()) "." }
            },
        }
    }
}
