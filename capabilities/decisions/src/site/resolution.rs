//! A decision: who made it, what authority it gave, and whether it can be called in.

use axum::extract::Path;
use stour_deadlines::Standing;
use stour_design::{Heading, Markup, SummaryList, SummaryRow, html};
use stour_kernel::Date;
use stour_web::words::day;
use stour_web::{Page, Problem, Visitor};

use super::{Part, below, number, open};
use crate::clock;
use crate::noun::delegation::Delegation;
use crate::noun::resolution::Resolution;
use crate::record::{Held, Record};
use crate::words::{beside, day_or_unknown, days, label, lines, noted, paragraphs, source};

/// `GET /decisions/resolutions/{number}`.
pub(crate) async fn show(visitor: Visitor, Path(text): Path<String>) -> Result<Page, Problem> {
    let record = open(&visitor).await?;
    let resolution = record
        .resolutions
        .get(number(&text)?)
        .ok_or_else(Problem::not_found)?;
    let delegations: Vec<_> = record
        .delegations
        .iter()
        .filter(|delegation| delegation.resolution == Some(resolution.number))
        .collect();
    let main = html! {
        (paragraphs(&resolution.text))
        (about(&record, resolution))
        @if !resolution.reasons.is_empty() {
            (Heading::section("Reasons, and what else was considered"))
            (paragraphs(&resolution.reasons))
        }
        @for delegation in delegations {
            (Heading::section("Authority given to somebody else"))
            (authority(&record, delegation, visitor.today()))
        }
        (Heading::section("Call-in"))
        (call_in(&record, resolution, visitor.today()))
    };
    let maker = maker(&record, resolution);
    let decided = day_or_unknown(record.decided_on(resolution));
    let title = format!("Decision of {maker}, {decided}");
    let heading = Heading::page(title.as_str());
    let address = resolution
        .item
        .map(|item| format!("/decisions/items/{item}"));
    let above = match (record.item_of(resolution), &address) {
        (Some(item), Some(address)) => (item.title.as_str(), address.as_str()),
        _ => ("Latest", "/decisions"),
    };
    let above = [("Decisions", "/decisions"), above];
    Ok(below(&visitor, Part::Home, (heading, &title), above, &main))
}

/// Which body or person decided.
fn maker(record: &Record, resolution: &Resolution) -> String {
    let committee = record
        .item_of(resolution)
        .and_then(|item| record.committee_of(item));
    let holder = record.holders.get(resolution.person);
    committee
        .map(|committee| committee.name.clone())
        .or_else(|| holder.map(|holder| format!("{}, {}", holder.name, holder.office)))
        .unwrap_or_default()
}

fn about(record: &Record, resolution: &Held<Resolution>) -> SummaryList {
    let mut rows = Vec::new();
    if let Some(item) = record.item_of(resolution) {
        let link = html! { a href={ "/decisions/items/" (item.number) } { (super::item::numbered(item)) } };
        rows.push(SummaryRow::new("Made at", link));
    }
    if let Some(holder) = record.holders.get(resolution.person) {
        let words =
            html! { (holder.name) ", " (holder.office) ", " (holder.body) (beside(&holder.note)) };
        rows.push(SummaryRow::new("Made by", words));
    }
    if let Some(item) = record.items.get(resolution.about) {
        let link = html! { a href={ "/decisions/items/" (item.number) } { (item.title) } };
        rows.push(SummaryRow::new("Matter", link));
    }
    rows.push(SummaryRow::new(
        "What it does",
        label("recommendation-verb", &resolution.verb),
    ));
    let carried: Vec<_> = resolution
        .carries
        .iter()
        .filter_map(|number| record.recommendations.get(Some(*number)))
        .collect();
    if !carried.is_empty() {
        let list = html! { @for made in carried { p { (made.text) } } };
        rows.push(SummaryRow::new("Recommendations it carries out", list));
    }
    if let Some(noticed) = resolution.noticed {
        rows.push(SummaryRow::new("Decision published", day(noticed)));
    }
    rows.push(SummaryRow::new(
        "Where it can be checked",
        source(&resolution.source),
    ));
    if !resolution.note.is_empty() {
        rows.push(SummaryRow::new("Note", resolution.note.as_str()));
    }
    SummaryList::new(rows)
}

/// To whom, in consultation with whom, within what limits and until when; and what it stands in place of.
fn authority(record: &Record, delegation: &Held<Delegation>, today: Date) -> SummaryList {
    let mut rows = vec![
        SummaryRow::new("To", delegation.to.as_str()),
        SummaryRow::new("Authority to", paragraphs(&delegation.matter)),
    ];
    if !delegation.consulting.is_empty() {
        rows.push(SummaryRow::new(
            "In consultation with",
            lines(&delegation.consulting),
        ));
    }
    let limits = if delegation.limits.is_empty() {
        "None recorded"
    } else {
        &delegation.limits
    };
    rows.push(SummaryRow::new("Limits", limits));
    if let Some(from) = delegation.from {
        rows.push(SummaryRow::new("From", day(from)));
    }
    let until = match delegation.until {
        Some(until) if delegation.has_expired(today) => format!("{} (it has ended)", day(until)),
        Some(until) => day(until),
        None => "No day is recorded on which it ends".to_owned(),
    };
    rows.push(SummaryRow::new("Until", until));
    if let Some(earlier) = record.delegations.get(delegation.supersedes) {
        rows.push(SummaryRow::new("In place of", earlier.matter.as_str()));
    }
    let later = record
        .delegations
        .iter()
        .find(|later| later.supersedes == Some(delegation.number));
    if let Some(later) = later {
        let from = record.recommendations.get(later.recommendation);
        let how = if from.is_some() && later.resolution.is_none() {
            "Recommended in its place"
        } else {
            "Changed by a later one"
        };
        rows.push(SummaryRow::new(how, later.matter.as_str()));
    }
    if !delegation.note.is_empty() {
        rows.push(SummaryRow::new("Note", delegation.note.as_str()));
    }
    SummaryList::new(rows)
}

/// Whether a decision can be called in, by the period of its own committee.
fn call_in(record: &Record, resolution: &Held<Resolution>, today: Date) -> Markup {
    let made: Vec<_> = record
        .call_ins
        .iter()
        .filter(|call_in| call_in.resolution == Some(resolution.number))
        .collect();
    html! {
        p { (window(record, resolution, today)) }
        @for call_in in made {
            (SummaryList::new([
                SummaryRow::new("Asked for", format!("{} by {}", day_or_unknown(call_in.requested), call_in.by)),
                SummaryRow::new("Why", paragraphs(&call_in.reason)),
                SummaryRow::new("What became of it", label("call-in-outcome", &call_in.outcome)),
                SummaryRow::new("Considered at", html! {
                    @if let Some(item) = record.items.get(call_in.heard_at) {
                        a href={ "/decisions/items/" (item.number) } { (item.title) }
                    } @else { "Not yet, or not recorded" }
                }),
                SummaryRow::new("What was decided", paragraphs(&call_in.answer)),
            ]))
            (noted(&call_in.note))
        }
    }
}

/// Until when a decision can be called in, in a sentence.
pub(crate) fn window(record: &Record, resolution: &Resolution, today: Date) -> String {
    let committee = record
        .item_of(resolution)
        .and_then(|item| record.committee_of(item));
    let Some(committee) = committee else {
        return "Decisions of one person are called in by the rules of their council, which are not recorded here.".to_owned();
    };
    if committee.sort != "executive" {
        return "Only decisions of an executive can be called in.".to_owned();
    }
    let Some(working) = committee.call_in else {
        return "In how many working days it can be called in is each council's own and is not recorded here.".to_owned();
    };
    let Some(noticed) = resolution.noticed else {
        return format!(
            "It can be called in for {working} working days after the decision is published; on which day that was is not recorded."
        );
    };
    match clock::call_in_until(noticed, working) {
        Err(error) => stour_web::words::capital(&format!("{error}.")),
        Ok(last) => match Standing::of(last, None, today) {
            Standing::Running(0) => {
                format!("It can be called in until the end of today, {}.", day(last))
            }
            Standing::Running(left) => format!(
                "It can be called in until {}, in {}: {working} working days after {}, on which it was published.",
                day(last),
                days(left),
                day(noticed),
            ),
            _ => format!(
                "It could be called in until {}: {working} working days after {}, on which it was published.",
                day(last),
                day(noticed),
            ),
        },
    }
}
