//! The first page of a business case: what it comes to, for whom, and line by line.

use stour_appraisal::{Appraisal, LineResult, Side, appraise};
use stour_design::{Cell, Column, Heading, InsetText, Markup, SummaryList, Table, html};
use stour_kernel::Pence;
use stour_web::words::segment;
use stour_web::{Caller, Page, Problem};

use super::stated;
use crate::document::opened::{Opened, worked_out};
use crate::document::shell::{self, Part, may};
use crate::document::text_page::files;
use crate::document::{DocumentError, Reading};
use crate::shown::{
    Tile, breaking, heard, in_short, measured, money, moved, numbers, percent, tiles, unknown,
};

/// A case and the agreed one beside it, worked out.
pub(crate) struct Beside {
    pub(crate) now: Appraisal,
    pub(crate) agreed: Option<Appraisal>,
}

/// Works out the case that is shown, and the agreed one.
///
/// # Errors
/// 404 for a document that is no case; a sum that does not fit.
pub(crate) async fn beside(opened: &Opened) -> Result<Beside, Problem> {
    let Reading::Case(case) = opened.reading.clone() else {
        return Err(Problem::not_found());
    };
    let agreed = match &opened.agreed {
        Some((_, Reading::Case(agreed))) => Some(agreed.clone()),
        _ => None,
    };
    let work = move || {
        Ok::<_, DocumentError>(Beside {
            now: appraise(&case)?,
            agreed: agreed.as_ref().map(appraise).transpose()?,
        })
    };
    Ok(worked_out(work).await??)
}

/// `GET /cases/{id}` of a business case.
pub(crate) async fn show(caller: &Caller, opened: &Opened) -> Result<Page, Problem> {
    let beside = beside(opened).await?;
    let found = &beside.now;
    let may_edit = may(caller, "case.edit") && opened.is_latest();
    let main = html! {
        (headline(&beside))
        (standings(&beside))
        (lines(opened, found, Side::Cost, may_edit))
        (lines(opened, found, Side::Benefit, may_edit))
        (stated::funding(found))
        (stated::tracked(found))
        (unknown(&found.unknown))
        (method(found))
        (files(opened, may_edit))
    };
    Ok(shell::page(opened, Part::Summary, &main))
}

fn headline(beside: &Beside) -> Markup {
    let (found, agreed) = (&beside.now, beside.agreed.as_ref());
    let was = |words: Option<String>| words.map(|words| format!("Agreed: {words}"));
    let worth = |verdict: fn(&Appraisal) -> Pence, label: String| Tile {
        number: in_short(verdict(found)),
        label,
        note: was(agreed.map(|agreed| in_short(verdict(agreed)))),
    };
    let mut list = vec![
        worth(
            |it| it.public_value.net_present_value,
            format!(
                "net present value, public value, in {} prices",
                found.price_base
            ),
        ),
        worth(
            |it| it.financial.net_present_value,
            "of that, for the public purse".to_owned(),
        ),
    ];
    let all = &found.public_value;
    if all.costs == Pence::ZERO || all.benefits == Pence::ZERO {
        let what = if all.costs == Pence::ZERO {
            "costs"
        } else {
            "benefits"
        };
        list.push(Tile {
            number: format!("No {what}"),
            label: "are in the case, so that it has no ratio and is not paid back".to_owned(),
            note: None,
        });
    } else {
        list.push(Tile {
            number: ratio(found),
            label: "of benefits for each pound of costs".to_owned(),
            note: was(agreed.map(ratio)),
        });
        list.push(Tile {
            number: back(found),
            label: "paid back".to_owned(),
            note: was(agreed.map(back)),
        });
    }
    html! {
        (tiles(&list))
        (missing(found))
    }
}

/// Benefits for each pound of costs.
fn ratio(found: &Appraisal) -> String {
    let ratio = found.public_value.benefit_cost_ratio.value;
    ratio.map_or_else(|| "None".to_owned(), |ratio| format!("£{ratio:.2}"))
}

/// The year in which it is paid back, or by which it is not.
fn back(found: &Appraisal) -> String {
    let year = found.public_value.payback_year.value.clone();
    let last = found.factors.last().map_or("", |last| last.year.as_str());
    year.unwrap_or_else(|| format!("Not by {last}"))
}

/// What stands for nothing in the figures above, because nobody knows it.
fn missing(found: &Appraisal) -> Markup {
    let whats: Vec<&str> = found.unknown.iter().map(|one| one.what.as_str()).collect();
    html! {
        @if !whats.is_empty() {
            (InsetText::new(html! {
                p { "These figures are without what is not known:" }
                ul.nhsuk-list.nhsuk-list--bullet { @for what in whats { li { (what) } } }
            }))
        }
    }
}

/// Where each partner stands, beside where it stood in the agreed version.
pub(crate) fn standings(beside: &Beside) -> Markup {
    let mut columns = vec!["Partner", "Pays", "Gains", "Of that, cashable", "Net"];
    if beside.agreed.is_some() {
        columns.extend(["Net, as agreed", "Moved by"]);
    }
    let rows = beside.now.partners.iter().map(|partner| {
        let value = &partner.public_value;
        let mut cells: Vec<Cell> = vec![
            partner.name.as_str().into(),
            money(value.costs).into(),
            money(value.benefits).into(),
            money(value.cashable_benefits).into(),
            money(value.net_present_value).into(),
        ];
        if let Some(agreed) = &beside.agreed {
            let mut before = agreed.partners.iter();
            let before = before.find(|before| before.id == partner.id);
            match before.map(|before| before.public_value.net_present_value) {
                Some(before) => cells.extend([
                    money(before).into(),
                    moved(value.net_present_value, before).into(),
                ]),
                None => cells.extend([Cell::missing("Not in it"), "".into()]),
            }
        }
        cells
    });
    html! {
        (Heading::section("Where each partner stands"))
        p { "Present values in " (beside.now.base_year) ", in " (beside.now.price_base) " prices, all layers. Below nothing, a partner pays more than it gains." }
        (numbers("Where each partner stands", columns, rows))
    }
}

fn lines(opened: &Opened, found: &Appraisal, side: Side, may_edit: bool) -> Markup {
    let these: Vec<&LineResult> = found
        .lines
        .iter()
        .filter(|line| line.side == side)
        .collect();
    let (title, one, whose) = match side {
        Side::Cost => ("Costs", "cost", "Paid by"),
        Side::Benefit => ("Benefits", "benefit", "Gained by"),
    };
    let mut columns: Vec<Column> = vec!["Line".into(), whose.into()];
    columns.push(Column::numeric("Present value"));
    if side == Side::Benefit {
        columns.push("Evidence".into());
        columns.push(Column::numeric("Cashable"));
    }
    columns.extend(["Optimism bias", "Source", "Owner"].map(Column::from));
    let rows = these.iter().map(|line| row(opened, found, line));
    html! {
        (Heading::section(title))
        @if these.is_empty() {
            p { "The case has no " (one) "s." }
        } @else {
            (Table { first_cell_is_header: true, responsive: true, compact: true, ..Table::new(heard(title), columns, rows) })
        }
        @if may_edit {
            p { a href={ "/cases/" (opened.document.id) "/add-line?side=" (one) } { "Add a " (one) } }
        }
    }
}

fn row(opened: &Opened, found: &Appraisal, line: &LineResult) -> Vec<Cell> {
    let href = opened.address(&format!("/lines/{}", segment(&line.id)));
    let mut cells = vec![
        Cell::link(line.name.as_str(), href),
        whose(found, line).into(),
        Cell {
            no_wrap: true,
            ..money(line.present_value).into()
        },
    ];
    if line.side == Side::Benefit {
        cells.push(line.evidence_words.clone().unwrap_or_default().into());
        let cashable = line.cashable.map(percent);
        cells.push(cashable.map_or_else(|| Cell::missing("Not fiscal"), Cell::from));
    }
    cells.push(line.optimism_words.as_str().into());
    cells.push(breaking(&line.source));
    cells.push(match &line.owner {
        Some(owner) => breaking(owner),
        None => Cell::missing("Nobody named"),
    });
    cells
}

/// The name of a partner; nothing where the case has no such.
pub(crate) fn partner_name<'f>(found: &'f Appraisal, id: &str) -> &'f str {
    let mut partners = found.partners.iter();
    let partner = partners.find(|partner| partner.id == id);
    partner.map_or("", |partner| partner.name.as_str())
}

/// Who pays or gains a line: "The council 60%, The NHS 40%".
pub(crate) fn whose(found: &Appraisal, line: &LineResult) -> String {
    let name = |id: &str| partner_name(found, id).to_owned();
    match line.shared.as_slice() {
        [one] => name(&one.partner),
        several => {
            let each: Vec<String> = several
                .iter()
                .map(|one| format!("{} {}", name(&one.partner), percent(one.share)))
                .collect();
            each.join(", ")
        }
    }
}

fn method(found: &Appraisal) -> Markup {
    let discount = &found.discount;
    let prices = found.nominal.series.as_ref().map_or_else(
        || "The case needs none and names none".to_owned(),
        |series| format!("{}, {}: {}", series.name, series.dated, series.source),
    );
    let annual_words = format!("As equal amounts in each year after {}", found.base_year);
    let annual = measured(&found.public_value.equivalent_annual_value, |it| money(*it));
    html! {
        (Heading::section("How it is worked out"))
        (SummaryList::new(vec![
            ("Discounted to", found.base_year.clone().into()),
            ("Rates", format!("{}, {}: {}", discount.vintage, discount.dated, discount.source).into()),
            ("Basis", discount.basis.0.clone().into()),
            ("Series of prices", prices.into()),
            (annual_words.as_str(), annual),
        ].into_iter().map(|(key, value): (&str, stour_design::Content)| stour_design::SummaryRow::new(key, value))))
        p { "Each amount is rounded to the penny, discounted, and rounded again; every total is the sum of the figures above it. The arithmetic of each amount, in words, is on the page of its line." }
    }
}
