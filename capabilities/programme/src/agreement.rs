//! The page of an agreement: the pack that its partners review, with the evidence behind each number.

use stour_appraisal::{Agreement, Pack, share};
use stour_design::{
    Cell, Column, Heading, Markup, SummaryList, SummaryRow, Table, Tag, TagColour, html,
};
use stour_kernel::Pence;
use stour_web::{Caller, Page, Problem};

use crate::document::DocumentError;
use crate::document::opened::Opened;
use crate::document::shell::{self, Part, may};
use crate::document::text_page::files;
use crate::shown::{Tile, day, heard, in_short, money, moved, numbers, tiles, unknown};

/// `GET /cases/{id}` of an agreement.
pub(crate) fn show(
    caller: &Caller,
    opened: &Opened,
    agreement: &Agreement,
) -> Result<Page, Problem> {
    let found = share(agreement).map_err(DocumentError::from)?;
    let agreed = opened.agreed_agreement();
    let agreed = agreed.map(share).transpose().map_err(DocumentError::from)?;
    let main = html! {
        (headline(&found, agreed.as_ref()))
        (partners(&found, agreed.as_ref()))
        (measures(&found))
        (guarantee(&found))
        (unknown(&found.unknown))
        (files(opened, may(caller, "case.edit") && opened.is_latest()))
    };
    Ok(shell::page(opened, Part::Summary, &main))
}

fn headline(found: &Pack, agreed: Option<&Pack>) -> Markup {
    let was = |amount: fn(&Pack) -> Pence| {
        agreed.map(|agreed| format!("Agreed: {}", in_short(amount(agreed))))
    };
    let list = [
        Tile {
            number: in_short(found.counted_benefit),
            label: format!(
                "benefit a year that counts, on {}",
                day(&found.assurance_date)
            ),
            note: was(|pack| pack.counted_benefit),
        },
        Tile {
            number: in_short(found.shortfall),
            label: format!(
                "short of the guaranteed {}",
                in_short(found.guarantee.benefit)
            ),
            note: was(|pack| pack.shortfall),
        },
        Tile {
            number: in_short(found.payable),
            label: format!("payable of the fee of {}", in_short(found.guarantee.fee)),
            note: was(|pack| pack.payable),
        },
    ];
    html! {
        (tiles(&list))
        p { (found.words) }
        p { "Source of the agreement: " (found.source) "." }
    }
}

fn partners(found: &Pack, agreed: Option<&Pack>) -> Markup {
    let mut columns = vec![
        "Partner",
        "Benefit that counts",
        "Share of benefit",
        "Pays of the fee",
        "At most",
        "Benefit less fee",
    ];
    if agreed.is_some() {
        columns.push("Fee moved by");
    }
    let rows = found.partners.iter().map(|one| {
        let mut cells: Vec<Cell> = vec![
            one.name.as_str().into(),
            money(one.counted_benefit).into(),
            format!("{:.1}%", one.benefit_share * 100.0).into(),
            money(one.fee).into(),
            one.cap
                .map_or_else(|| Cell::missing("No cap"), |cap| money(cap).into()),
            money(one.net).into(),
        ];
        if let Some(agreed) = agreed {
            let mut before = agreed.partners.iter();
            let before = before.find(|before| before.id == one.id);
            cells.push(match before {
                Some(before) => moved(one.fee, before.fee).into(),
                None => Cell::missing("Not in it"),
            });
        }
        cells
    });
    html! {
        (Heading::section("What each partner pays"))
        (numbers("What each partner pays", columns, rows))
        @if found.beyond_caps != Pence::ZERO {
            p { (money(found.beyond_caps)) " is paid by nobody, since every partner has reached the most that it pays." }
        }
    }
}

/// Every measure with its evidence, and why it does not count where it does not.
fn measures(found: &Pack) -> Markup {
    let name = |id: &str| {
        let mut partners = found.partners.iter();
        let partner = partners.find(|partner| partner.id == id);
        partner.map_or_else(|| id.to_owned(), |partner| partner.name.clone())
    };
    let rows = found.measures.iter().map(|one| {
        let verdict = match &one.why_not {
            None => html! {
                (Tag::new("Counts", TagColour::Green))
                @if one.annual_benefit.is_negative() { br; "a loss always does" }
            },
            Some(why) => html! { (Tag::new("Does not count", TagColour::Orange)) br; (why) },
        };
        let signed = one.signed_by.as_deref();
        let cells: Vec<Cell> = vec![
            one.name.as_str().into(),
            name(&one.partner).into(),
            Cell {
                no_wrap: true,
                ..money(one.annual_benefit).into()
            },
            one.status.words().into(),
            one.sustained_weeks.to_string().into(),
            one.evidence.as_str().into(),
            signed.map_or_else(|| Cell::missing("Nobody"), Cell::from),
            day(&one.measured_on).into(),
            verdict.into(),
        ];
        cells
    });
    let columns = vec![
        Column::from("Measure"),
        "Partner".into(),
        Column::numeric("Benefit a year"),
        "Stage".into(),
        Column::numeric("Weeks sustained"),
        "Evidence".into(),
        "Signed by".into(),
        "Measured on".into(),
        "Verdict".into(),
    ];
    html! {
        (Heading::section("The evidence behind each number"))
        (Table { first_cell_is_header: true, compact: true, responsive: true, ..Table::new(heard("The evidence behind each number"), columns, rows) })
    }
}

fn guarantee(found: &Pack) -> Markup {
    let terms = &found.guarantee;
    let counts: Vec<&str> = terms.counts.iter().map(|one| one.words()).collect();
    let mut rows = vec![
        SummaryRow::new("Fee", money(terms.fee)),
        SummaryRow::new("Guaranteed benefit a year", money(terms.benefit)),
        SummaryRow::new("Payable", terms.function.words()),
    ];
    for step in &terms.steps {
        rows.push(SummaryRow::new("Step", step.words()));
    }
    if let Some(cap) = terms.cap {
        rows.push(SummaryRow::new("At most payable", money(cap)));
    }
    rows.push(SummaryRow::new("What counts", counts.join(", ")));
    rows.push(SummaryRow::new(
        "Sustained for",
        format!("{} weeks", terms.sustained_weeks),
    ));
    rows.push(SummaryRow::new(
        "Signed by one of",
        terms.signed_by.join(", "),
    ));
    html! {
        (Heading::section("The terms"))
        (SummaryList::new(rows))
    }
}
