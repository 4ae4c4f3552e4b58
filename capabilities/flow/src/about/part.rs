//! About Me and carers as pages show them.

use stour_design::{Cell, InsetText, Markup, SummaryList, SummaryRow, Table, Tag, TagColour, html};
use stour_kernel::Code;

use super::about_me::KeptAboutMe;
use super::carer::KeptCarer;
use super::{HEADINGS, RELATIONS, WILLING};
use crate::shown;

/// What stands under each heading, in the order of the standard, and who wrote it.
pub(crate) fn about_me_section(kept: Option<&KeptAboutMe>) -> Markup {
    let Some(kept) = kept else {
        return html! { (InsetText::new("Nothing is written here yet.")) };
    };
    let list = stour_partnership::reference()
        .ok()
        .and_then(|all| all.code_list(HEADINGS));
    let mut headings: Vec<&Code> = Vec::new();
    for entry in list.into_iter().flat_map(|list| list.list.entries()) {
        if !headings.contains(&&entry.code) {
            headings.push(&entry.code);
        }
    }
    let rows = headings.into_iter().filter_map(|code| {
        let words = kept.about.words.get(code.as_str())?;
        let heading = shown::label(HEADINGS, code.as_str());
        Some(SummaryRow::new(heading, lines(words)))
    });
    html! {
        (SummaryList::new(rows))
        p.nhsuk-u-font-size-16 { (by(kept)) }
    }
}

/// Words with their lines.
pub(super) fn lines(words: &str) -> Markup {
    shown::lines(words.lines())
}

/// When the person said so, who supported them, and who wrote it down.
pub(super) fn by(kept: &KeptAboutMe) -> String {
    let supported = kept.about.supported_by.as_deref();
    format!(
        "Said on {}. Supported to write this by: {}. Written down by {}, {}, on {}.",
        shown::day(kept.about.said_on),
        supported.unwrap_or("not said"),
        kept.name,
        shown::organisation_name(&kept.organisation),
        shown::moment(kept.at)
    )
}

/// Those who care for somebody; each can be changed from `here`, the address of the person's page, where one is given.
pub(crate) fn carers_section(carers: &[KeptCarer], here: Option<&str>) -> Markup {
    let still = carers.iter().filter(|kept| !kept.carer.ended);
    let rows: Vec<Vec<Cell>> = still.map(|kept| row(kept, here)).collect();
    html! {
        @if rows.is_empty() {
            (InsetText::new("No carer is written down here."))
        } @else {
            (Table { first_cell_is_header: true, responsive: true,
                ..Table::new("Who cares for the person, unpaid", ["Who", "In what way", "How to reach them", "Able and willing to go on?"], rows) })
        }
    }
}

fn row(kept: &KeptCarer, here: Option<&str>) -> Vec<Cell> {
    let carer = &kept.carer;
    let who = html! {
        @if let Some(here) = here {
            a href={ (here) "/carers/" (kept.id) } { bdi { (carer.who) } }
        } @else {
            bdi { (carer.who) }
        }
    };
    vec![
        Cell::from(html! {
            (who) br;
            span.nhsuk-u-font-size-16.nhsuk-u-font-weight-normal { (shown::label(RELATIONS, &carer.relation)) }
        }),
        Cell::from(lines(&carer.cares)),
        Cell::from(carer.contact.as_str()),
        Cell::from(html! {
            (willing(&carer.willing))
            @if !carer.words.is_empty() { br; (lines(&carer.words)) }
            br; span.nhsuk-u-font-size-16 {
                (kept.name) ", " (shown::organisation_name(&kept.organisation)) ", " (shown::moment(kept.at))
            }
        }),
    ]
}

/// Whether a carer goes on: what needs somebody to act stands out.
pub(super) fn willing(code: &str) -> Markup {
    let words = shown::label(WILLING, code);
    match code {
        "no" => html! { (Tag::new(words, TagColour::Red)) },
        "with-support" => html! { (Tag::new(words, TagColour::Orange)) },
        "not-asked" => html! { (Tag::new(words, TagColour::Yellow)) },
        _ => html! { (words) },
    }
}
