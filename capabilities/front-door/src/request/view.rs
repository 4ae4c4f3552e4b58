//! The parts of a page about one request.

use stour_design::{
    Cell, Content, Heading, Markup, SummaryList, SummaryRow, Table, TableCaption, html,
};
use stour_kernel::Code;
use stour_partnership::ReferenceList;

use super::Request;
use crate::lists::{Lists, words};
use crate::referral::Referral;
use crate::shown;

/// What was asked, by whom, when, and how it ended. Name and number of who asked are for those who
/// deal with it: a neighbour who is worried must be able to say so in confidence.
pub(crate) fn summary(request: &Request, lists: &Lists, deals: bool) -> SummaryList {
    let asked = &request.asked;
    let who = words(lists.askers, &asked.asked_by);
    let who = if asked.asker.is_empty() || !deals {
        who
    } else {
        format!("{who}: {}", asked.asker)
    };
    let mut rows = vec![
        SummaryRow::new("What is asked", shown::lines(&asked.words)),
        SummaryRow::new("Who asked", who),
        SummaryRow::new("How it came in", of_list(lists.channels, &asked.channel)),
        SummaryRow::new("Received", shown::day(asked.received_on)),
        SummaryRow::new("Route of access", of_list(lists.routes, &asked.route)),
    ];
    if let Some(reason) = &asked.support_reason {
        rows.push(SummaryRow::new(
            "Support reason",
            of_list(lists.reasons, reason),
        ));
    }
    rows.push(SummaryRow::new(
        "Taken by",
        format!(
            "{}, {}, {}",
            request.taken_by,
            shown::organisation_name(&request.organisation),
            shown::moment(request.recorded_at)
        ),
    ));
    rows.push(SummaryRow::new(
        "Status",
        html! { (shown::request_tag(&request.state)) },
    ));
    if let Some(conclusion) = request.conclusion() {
        rows.push(SummaryRow::new(
            "Outcome",
            of_list(lists.outcomes, &conclusion.outcome),
        ));
        rows.push(SummaryRow::new(
            "Concluded",
            format!("{}, {}", conclusion.by, shown::moment(conclusion.at)),
        ));
    }
    SummaryList::new(rows)
}

fn of_list(list: &ReferenceList, code: &Code) -> Content {
    shown::marked(&words(&list.list, code), list.status)
}

/// What happened next: the referrals and what became of each.
pub(crate) fn referrals(referrals: &[Referral]) -> Markup {
    html! {
        (Heading::section("What happened next"))
        @if referrals.is_empty() {
            p { "This request has not been referred to a service." }
        } @else {
            (Table::new(TableCaption { visually_hidden: true, ..TableCaption::from("Referrals") }, ["Service", "Status", "Since"], referrals.iter().map(row)))
        }
    }
}

fn row(referral: &Referral) -> Vec<Cell> {
    let since = referral
        .state
        .decided()
        .map_or(referral.made_at, |decided| decided.at);
    let why = referral
        .state
        .why()
        .map(|why| html! { div { (shown::lines(why.as_str())) } });
    vec![
        Cell::link(
            crate::service::name(&referral.service),
            format!("/referrals/{}", referral.id),
        ),
        html! { (shown::referral_tag(&referral.state)) @if let Some(why) = why { (why) } }.into(),
        shown::moment(since).into(),
    ]
}
