//! A resident's door: what I asked for, and what happened next.

use stour_design::{Card, Heading, InsetText, Markup, html};
use stour_people::facts_of_person;
use stour_web::{Caller, Page, Problem};

use crate::error::FrontDoorError;
use crate::lists::{Lists, words};
use crate::referral::{Referral, ReferralState, referrals_of_request};
use crate::request::{Request, RequestState, requests_of_person};
use crate::{service, shown};

/// The requests of the person whose account it is.
pub(crate) async fn show(caller: Caller) -> Result<Page, Problem> {
    let own = caller.actor().person.ok_or_else(|| {
        Problem::forbidden("This page is for people whose account is linked to their own record.")
    })?;
    let permit = caller
        .permit_person(facts_of_person(&caller, own).await?)
        .await?;
    let person = *permit.on();
    let found = caller.house().database().read(move |tx| {
        let mut all = Vec::new();
        for request in requests_of_person(tx, person)? {
            let referrals = referrals_of_request(tx, request.id)?;
            all.push((request, referrals));
        }
        Ok::<_, FrontDoorError>(all)
    });
    let all = found.await?;
    let lists = Lists::embedded()?;
    let main = html! {
        (Heading::page("What you asked for"))
        @if all.is_empty() {
            (InsetText::new("Nobody has recorded a request for you yet. When you ask your council for help, it will show here, with what happened next."))
        }
        @for (request, referrals) in &all { (one(request, referrals, &lists)) }
    };
    Ok(Page::new("What you asked for", main).back("/"))
}

fn one(request: &Request, referrals: &[Referral], lists: &Lists) -> Card {
    let heading = format!("Asked on {}", shown::day(request.received_on()));
    let content = html! {
        (shown::lines(&request.asked.words))
        p { (so_far(request, referrals, lists)) }
        @for referral in referrals { p { (answer(referral)) } }
        p { a href={ "/requests/" (request.id) } {
            "See this request" span.nhsuk-u-visually-hidden { " of " (shown::day(request.received_on())) }
        } }
    };
    Card::new(Heading::section(heading), content)
}

/// Where a request has got to, said to the person it is about.
fn so_far(request: &Request, referrals: &[Referral], lists: &Lists) -> Markup {
    let accepted = |referral: &Referral| matches!(referral.state, ReferralState::Accepted(_));
    let council = shown::organisation_name(&request.organisation);
    html! {
        @match &request.state {
            RequestState::Open => { strong { "Being looked at" } " by " (council) "." },
            RequestState::Referred => { strong { "Passed on" } " to a service, which will answer." },
            RequestState::Concluded(conclusion) => {
                strong { "Finished" } " on " (shown::moment(conclusion.at))
                // What a service answered says it better than the word of the national list.
                @if !referrals.iter().any(accepted) { ": " (words(&lists.outcomes.list, &conclusion.outcome)) }
                "."
            },
        }
    }
}

fn answer(referral: &Referral) -> String {
    let service = service::name(&referral.service);
    let made = shown::moment(referral.made_at);
    match &referral.state {
        ReferralState::Waiting => format!("{service}: asked on {made}, waiting for an answer."),
        ReferralState::Accepted(decided) => {
            format!("{service}: said yes on {}.", shown::moment(decided.at))
        }
        ReferralState::Declined(decided, why) => {
            format!(
                "{service}: could not help, on {}. {why}",
                shown::moment(decided.at)
            )
        }
        ReferralState::Withdrawn(decided, why) => {
            format!(
                "{service}: no longer asked, since {}. {why}",
                shown::moment(decided.at)
            )
        }
    }
}
