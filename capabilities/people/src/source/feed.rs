//! When each organisation last sent anything: silence is not the same as no news.

use std::collections::BTreeMap;

use stour_access::Resource;
use stour_design::{Cell, Column, Heading, InsetText, Table, Tag, TagColour, html};
use stour_kernel::{OdsCode, Timestamp};
use stour_web::{Caller, Page, Problem};

use super::quiet::{Compared, Flow, RULE, flows};
use super::store::last_heard;
use crate::words;

/// How long ago an organisation last sent anything about anybody. Whether that is long for it, the page of
/// feeds says.
pub(crate) fn last(heard: Option<Timestamp>, now: Timestamp) -> String {
    let Some(heard) = heard else {
        return "never heard from, about anybody".to_owned();
    };
    format!(
        "last heard from, about anybody, {} ({})",
        ago(heard, now),
        words::moment(heard)
    )
}

/// `3 hours ago`, in the largest whole unit.
fn ago(then: Timestamp, now: Timestamp) -> String {
    let minutes = now.duration_since(then).as_secs().max(0) / 60;
    let (count, unit) = match minutes {
        0 => return "just now".to_owned(),
        1..60 => (minutes, "minute"),
        60..1440 => (minutes / 60, "hour"),
        _ => (minutes / 1440, "day"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural} ago")
}

/// GET /people/feeds
pub(crate) async fn page(caller: Caller) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let now = caller.now();
    let database = caller.house().database();
    let read = database.read(move |tx| {
        let heard = last_heard(tx)?;
        let flows = flows(tx, heard.keys().copied(), now)?;
        Ok::<_, Problem>((heard, flows))
    });
    let (heard, flows) = read.await?;
    let rows = rows(&caller, &heard, &flows);
    let main = html! {
        (Heading::page("What was last received"))
        p { "When each organisation last sent a record of anybody. An organisation that is quiet may have nothing to send, or its connection may be down: ask it." }
        p { (RULE) }
        @if rows.is_empty() {
            (InsetText::new("Nothing has been received yet. Connect a hospital system or load a population, and look here again."))
        } @else {
            (Table { responsive: true, compact: true, first_cell_is_header: true,
                ..Table::new("By organisation, the quietest first", ["Organisation", "Last record", "When", "Compared with usual"].map(Column::from), rows) })
        }
    };
    Ok(Page::new("What was last received", main))
}

/// The trusts and councils of today, heard of or not, and whoever else was heard; the quietest first.
fn rows(
    caller: &Caller,
    heard: &BTreeMap<OdsCode, Timestamp>,
    flows: &BTreeMap<OdsCode, Flow>,
) -> Vec<[Cell; 4]> {
    if heard.is_empty() {
        return Vec::new();
    }
    let mut all: Vec<(Option<Timestamp>, OdsCode)> =
        heard.iter().map(|(code, at)| (Some(*at), *code)).collect();
    if let Ok(reference) = stour_partnership::reference() {
        let today = reference.organisations_at(caller.today());
        let trusted = today.filter(|one| reference.trust_in(&one.code, caller.today()).is_some());
        let unheard = trusted.filter(|one| !heard.contains_key(&one.code));
        all.extend(unheard.map(|one| (None, one.code)));
    }
    all.sort();
    let now = caller.now();
    all.into_iter()
        .map(|(at, code)| {
            let row: [Cell; 4] = match at {
                Some(at) => [
                    words::organisation_name(&code).into(),
                    ago(at, now).into(),
                    words::moment(at).into(),
                    quiet(flows.get(&code)),
                ],
                None => [
                    words::organisation_name(&code).into(),
                    "Nothing yet".into(),
                    "".into(),
                    quiet(None),
                ],
            };
            row
        })
        .collect()
}

/// How it compares with what is usual, and, of one that is quieter, by how much.
fn quiet(flow: Option<&Flow>) -> Cell {
    let compared = flow.map(|flow| (flow.now, flow.compared()));
    match compared {
        None | Some((_, Compared::TooFew)) => "Too few to say".into(),
        Some((_, Compared::Usual)) => "As usual".into(),
        Some((now, Compared::Quieter(least))) => html! {
            (Tag::new("Quieter than usual", TagColour::Orange))
            div { (now) " in the last 24 hours, usually " (least) " or more" }
        }
        .into(),
    }
}

#[cfg(test)]
mod tests;
