//! The pages of referrals.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use stour_access::{PersonFacts, Resource};
use stour_database::{Transaction, Version};
use stour_design::{
    Button, CharacterCount, Choice, Details, Heading, InsetText, Legend, Limit, Markup, Radios,
    Size, SummaryList, SummaryRow, Textarea, html,
};
use stour_kernel::{Code, Environment};
use stour_people::facts_of_person;
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::{Referral, ReferralDraft, ReferralId, ReferralState, reason};
use crate::error::FrontDoorError;
use crate::identity::{deals, header, named, only_if_deals};
use crate::request::page::{load as load_request, taker};
use crate::request::{Request, RequestState};
use crate::service::{Service, Urgency, services_at};
use crate::{referral, service, shown};

/// Which service, when it is chosen already.
#[derive(Debug, Deserialize)]
pub(crate) struct Choose {
    service: Option<String>,
}

/// The empty form; a choice of services first, when there are several.
pub(crate) async fn new(
    caller: Caller,
    Path(request): Path<String>,
    Query(choose): Query<Choose>,
) -> Result<Page, Problem> {
    let (request, person) = load_request(&caller, &request).await?;
    let services: Vec<_> = services_at(caller.today())?.collect();
    let chosen = match (services.as_slice(), choose.service) {
        ([only], None) => Some(*only),
        (all, Some(id)) => all
            .iter()
            .find(|service| service.id.as_str() == id)
            .copied(),
        (_, None) => None,
    };
    let draft = ReferralDraft {
        service: chosen
            .map(|service| service.id.to_string())
            .unwrap_or_default(),
        ..ReferralDraft::default()
    };
    form_page(&caller, &request, person, &draft, &Mistakes::default()).await
}

async fn form_page(
    caller: &Caller,
    request: &Request,
    person: PersonFacts,
    draft: &ReferralDraft,
    mistakes: &Mistakes,
) -> Result<Page, Problem> {
    let may_refer = deals(caller, &person);
    let permit = caller.permit_person_to("referral.read", person).await?;
    if !may_refer {
        return Err(Problem::not_found());
    }
    let services: Vec<_> = services_at(caller.today())?.collect();
    let chosen = services
        .iter()
        .find(|service| service.id.as_str() == draft.service);
    let title = chosen.map_or_else(
        || "Refer to a service".to_owned(),
        |service| format!("Refer to {}", in_a_sentence(&service.name)),
    );
    let main = html! {
        (header(caller, permit).await?)
        (Heading::page(title.as_str()))
        @match chosen {
            _ if matches!(request.state, RequestState::Concluded(_)) => {
                (InsetText::new("This request is concluded. To refer the person, record a new request."))
            },
            Some(service) => (form(caller, request, service, draft, mistakes)),
            None => (choice(request, &services)),
        }
    };
    let back = format!("/requests/{}", request.id);
    Ok(Page::new(title, main)
        .back(back)
        .with_errors(mistakes.all()))
}

/// A name that stands within a sentence.
pub(crate) fn in_a_sentence(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

fn choice(request: &Request, services: &[&Service]) -> Markup {
    html! {
        @if services.is_empty() { p { "No service takes referrals today." } }
        ul {
            @for service in services {
                li {
                    a href={ "/requests/" (request.id) "/referrals/new?service=" (service.id) } { (service.name) }
                    ": " (service.summary)
                }
            }
        }
    }
}

fn form(
    caller: &Caller,
    request: &Request,
    service: &Service,
    draft: &ReferralDraft,
    mistakes: &Mistakes,
) -> Markup {
    let urgencies = service.urgencies.iter();
    let urgencies = urgencies.map(|one| Choice::new(one.code.as_str(), one.label.as_str()));
    html! {
        p { (service.summary) " Provided by " (shown::organisation_name(&service.provider)) "." }
        @if service.status.needs_warning() { p { "This service is " (service.status) " data." } }
        (Details { open: true, ..Details::new("What was asked", shown::lines(&request.asked.words)) })
        form method="post" action={ "/requests/" (request.id) "/referrals/new" } novalidate {
            (form::hidden(caller))
            input type="hidden" name="version" value=(request.version);
            input type="hidden" name="service" value=(service.id);
            (CharacterCount::new(
                Textarea::new("reason", "Why, and what the person wants to be able to do")
                    .error(mistakes.of("reason"))
                    .value(&draft.reason),
                Limit::Characters(reason::LONGEST_SHOWN),
            ))
            (Radios { small: true, ..Radios::new("urgency", Legend { size: Some(Size::S), ..Legend::new("How soon is it needed?") }, urgencies) }
                .selected(Some(&draft.urgency))
                .error(mistakes.of("urgency")))
            (Button { prevent_double_click: true, ..Button::new(format!("Refer to {}", in_a_sentence(&service.name))) })
        }
    }
}

/// Makes a referral.
pub(crate) async fn create(
    caller: Caller,
    Path(request): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let (request, person) = load_request(&caller, &request).await?;
    only_if_deals(&caller, &person).await?;
    let draft = ReferralDraft {
        service: form.get("service").to_owned(),
        urgency: form.get("urgency").to_owned(),
        reason: form.get("reason").to_owned(),
    };
    let seen: Version = form.get("version").parse()?;
    let new = match draft.check(caller.today())? {
        Ok(new) => new,
        Err(mistakes) => {
            let page = form_page(&caller, &request, person, &draft, &mistakes).await?;
            return Ok(page.into_response());
        }
    };
    let (id, taker) = (request.id, taker(&caller));
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        referral::make(tx, environment, (id, seen), new.clone(), &taker)?;
        Ok(format!("/requests/{id}"))
    };
    let sent = (form.key(), form.fingerprint());
    let to = caller.write(sent, Resource::Person(person), work).await?;
    Ok(redirect(&to))
}

/// A referral and the person it is about; 404 when there is none.
pub(crate) async fn load(caller: &Caller, id: &str) -> Result<(Referral, PersonFacts), Problem> {
    let id: ReferralId = named(id)?;
    let database = caller.house().database();
    let found = database.read(move |tx| referral::referral(tx, id)).await?;
    let referral = found.ok_or_else(Problem::not_found)?;
    let person = facts_of_person(caller, referral.person).await?;
    Ok((referral, person))
}

/// One referral.
pub(crate) async fn show(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    let (referral, person) = load(&caller, &id).await?;
    show_page(&caller, referral, person, ("", &Mistakes::default())).await
}

async fn show_page(
    caller: &Caller,
    referral: Referral,
    person: PersonFacts,
    typed: (&str, &Mistakes),
) -> Result<Page, Problem> {
    let deals = deals(caller, &person);
    let permit = caller.permit_person_to("referral.read", person).await?;
    let id = referral.request;
    let database = caller.house().database();
    let request = database
        .read(move |tx| crate::request::request(tx, id))
        .await?;
    let request = request.ok_or_else(Problem::not_found)?;
    let title = format!(
        "Referral to {}",
        in_a_sentence(&service::name(&referral.service))
    );
    let main = html! {
        (header(caller, permit).await?)
        (Heading::page(title.as_str()))
        (summary(&referral, &request)?)
        @if deals && referral.state == ReferralState::Waiting { (withdrawal(caller, &referral, typed)) }
    };
    let page = Page::new(title, main).back(format!("/requests/{}", request.id));
    Ok(page.with_errors(typed.1.all()))
}

fn summary(referral: &Referral, request: &Request) -> Result<SummaryList, FrontDoorError> {
    let service = service::service(&referral.service)?;
    let urgency = urgency_words(service, &referral.urgency);
    let name = service.map_or_else(
        || referral.service.as_str().into(),
        |service| shown::marked(&service.name, service.status),
    );
    let mut rows = vec![
        SummaryRow::new("Status", html! { (shown::referral_tag(&referral.state)) }),
        SummaryRow::new("Service", name),
        SummaryRow::new("Provided by", shown::organisation_name(&referral.provider)),
        SummaryRow::new(
            "Why, and what the person wants",
            shown::lines(referral.reason.as_str()),
        ),
        SummaryRow::new("How soon", urgency),
        SummaryRow::new(
            "Made by",
            format!(
                "{}, {}, {}",
                referral.made_by,
                shown::organisation_name(&referral.organisation),
                shown::moment(referral.made_at)
            ),
        ),
        SummaryRow::new("What was asked", shown::lines(&request.asked.words)),
    ];
    if let Some(decided) = referral.state.decided() {
        let when = format!("{}, {}", decided.by, shown::moment(decided.at));
        rows.push(SummaryRow::new(referral.state.words(), when));
    }
    if let Some(why) = referral.state.why() {
        rows.push(SummaryRow::new("Why", shown::lines(why.as_str())));
    }
    Ok(SummaryList::new(rows))
}

fn urgency_words(service: Option<&Service>, code: &Code) -> String {
    let known: Option<&Urgency> = service.and_then(|service| service.urgency(code));
    known.map_or_else(|| code.to_string(), |known| known.label.clone())
}

fn withdrawal(
    caller: &Caller,
    referral: &Referral,
    (typed, mistakes): (&str, &Mistakes),
) -> Markup {
    html! {
        (Heading::section("Withdraw this referral"))
        form method="post" action={ "/referrals/" (referral.id) "/withdraw" } novalidate {
            (form::hidden(caller))
            input type="hidden" name="version" value=(referral.version);
            (Textarea { rows: Some(3), ..Textarea::new("reason", "Why is it withdrawn?") }
                .error(mistakes.of("reason"))
                .value(typed))
            (Button { prevent_double_click: true, ..Button::secondary("Withdraw referral") })
        }
    }
}

/// Takes a referral back.
pub(crate) async fn withdraw(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let (referral, person) = load(&caller, &id).await?;
    only_if_deals(&caller, &person).await?;
    let seen: Version = form.get("version").parse()?;
    let mut mistakes = Mistakes::default();
    let Some(why) = mistakes.check("reason", form.get("reason").parse::<super::Reason>()) else {
        let typed = (form.get("reason"), &mistakes);
        return Ok(show_page(&caller, referral, person, typed)
            .await?
            .into_response());
    };
    let (id, by) = (referral.id, caller.actor().name.clone());
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let referral = referral::withdraw(tx, environment, (id, seen), &by, why.clone())?;
        Ok(format!("/requests/{}", referral.request))
    };
    let sent = (form.key(), form.fingerprint());
    let to = caller.write(sent, Resource::Person(person), work).await?;
    Ok(redirect(&to))
}
