//! The pages of subscribers: who is told, how far, and why not.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use stour_access::Resource;
use stour_design::{
    Button, Cell, Choice, Details, Heading, Input, InsetText, Markup, Radios, SummaryList,
    SummaryRow, Table, Tag, TagColour, WarningCallout, html,
};
use stour_kernel::OdsCode;
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::store::latest;
use super::subscriber::{
    self, Delivery, NewSubscriber, Subscriber, SubscriberId, SubscriberKind, subscribe,
};
use super::webhook;
use crate::words;

/// How many deliveries a page lists.
const PAGE: i64 = 50;
/// The most characters of a name or an address.
const LONGEST: usize = 300;

/// GET /subscribers
pub(crate) async fn list(caller: Caller) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let all = caller.house().database().read(subscriber::all).await?;
    Ok(list_page(&caller, &all, None, &Mistakes::default()))
}

fn list_page(
    caller: &Caller,
    all: &[Subscriber],
    sent: Option<&Form>,
    mistakes: &Mistakes,
) -> Page {
    let rows = all.iter().map(|one| {
        [
            Cell::link(one.name.as_str(), format!("/subscribers/{}", one.id)),
            one.kind.words().into(),
            one.address.as_str().into(),
            state(one).into(),
        ]
    });
    let columns = ["Subscriber", "How it is told", "Where", "State"];
    let table = Table {
        responsive: true,
        first_cell_is_header: true,
        ..Table::new(
            "Who is told when records are joined or parted",
            columns,
            rows,
        )
    };
    let main = html! {
        (Heading::page("Subscribers"))
        p { "Programs that are told when two records turn out to be one person's, when they are parted again, and when what an organisation said moves to another record. They are told of each in order, and again until they acknowledge it. Nobody's name is sent." }
        p { "A program can also ask: " code { "GET /api/person-events" } "." }
        @if all.is_empty() {
            (InsetText::new("Nobody is told yet. Add the first subscriber below."))
        } @else {
            (table)
        }
        (add_form(caller, sent, mistakes))
    };
    Page::new("Subscribers", main)
        .wide()
        .with_errors(mistakes.all())
}

fn add_form(caller: &Caller, sent: Option<&Form>, mistakes: &Mistakes) -> Markup {
    let value = |name: &str| {
        sent.map(|form| form.get(name).to_owned())
            .unwrap_or_default()
    };
    let input = |name: &str, label: &str| Input {
        autocomplete: Some("off".to_owned()),
        ..Input::new(name, label)
            .value(value(name))
            .error(mistakes.of(name))
    };
    let kinds = [SubscriberKind::Webhook, SubscriberKind::Hl7]
        .map(|kind| Choice::new(kind.as_str(), kind.words()));
    let since = [
        ("now", "What happens from now on"),
        ("beginning", "Everything that ever happened"),
    ]
    .map(|(code, words)| Choice::new(code, words));
    let kind = Some(value("kind")).filter(|kind| !kind.is_empty());
    html! {
        (Heading::section("Add a subscriber"))
        form action="/subscribers" method="post" novalidate {
            (form::hidden(caller))
            (input("name", "Name"))
            (Radios::new("kind", "How it is told", kinds).selected(Some(kind.as_deref().unwrap_or("webhook"))).error(mistakes.of("kind")))
            (input("address", "Address").hint("For JSON, such as https://example.org/person-events; for HL7, a host and a port, such as 10.0.0.5:2575"))
            (input("organisation", "ODS code of its organisation (optional)").hint("HL7 messages then carry that organisation's own numbers too"))
            (Radios::new("since", "What it is told", since).selected(Some("now")))
            (Button::new("Add"))
        }
    }
}

/// POST /subscribers
pub(crate) async fn add(caller: Caller, form: Form) -> Result<Response, Problem> {
    let mut mistakes = Mistakes::default();
    let Some(new) = read(&form, &mut mistakes) else {
        caller.permit(Resource::House).await?;
        let all = caller.house().database().read(subscriber::all).await?;
        return Ok(list_page(&caller, &all, Some(&form), &mistakes).into_response());
    };
    let by = caller.actor().name.clone();
    let to = caller
        .write(
            (form.key(), form.fingerprint()),
            Resource::House,
            move |tx, environment| {
                let id = subscribe(tx, environment, &new, &by)?;
                Ok(format!("/subscribers/{id}"))
            },
        )
        .await?;
    Ok(redirect(&to))
}

fn read(form: &Form, mistakes: &mut Mistakes) -> Option<NewSubscriber> {
    let name = mistakes.required("name", form.get("name"), "Enter a name");
    let kind = form.get("kind").parse::<SubscriberKind>();
    let kind = kind
        .map_err(|_| mistakes.add("kind", "Choose how it is told"))
        .ok();
    let address = form.get("address");
    let right = match kind {
        Some(SubscriberKind::Webhook) => webhook::may_send(address),
        Some(SubscriberKind::Hl7) => is_host_and_port(address),
        None => true,
    };
    if !right {
        let words = match kind {
            Some(SubscriberKind::Hl7) => "Enter a host and a port, such as 10.0.0.5:2575",
            _ => "Enter an address that begins with https://",
        };
        mistakes.add("address", words);
    }
    let long = |text: &str| text.chars().count() > LONGEST || text.chars().any(char::is_control);
    for (field, text) in [("name", form.get("name")), ("address", address)] {
        if long(text) {
            mistakes.add(field, "Enter at most 300 characters");
        }
    }
    let organisation = match form.get("organisation") {
        "" => None,
        text => mistakes.check("organisation", text.parse::<OdsCode>()),
    };
    let new = NewSubscriber {
        name: name?.to_owned(),
        kind: kind?,
        address: address.to_owned(),
        organisation,
        from_the_beginning: form.get("since") == "beginning",
    };
    mistakes.is_empty().then_some(new)
}

fn is_host_and_port(text: &str) -> bool {
    let Some((host, port)) = text.rsplit_once(':') else {
        return false;
    };
    let plain = |character: char| {
        character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | ':' | '[' | ']')
    };
    !host.is_empty() && host.chars().all(plain) && port.parse::<u16>().is_ok_and(|port| port > 0)
}

/// From which delivery on.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Before {
    before: Option<i64>,
}

/// GET /subscribers/{id}
pub(crate) async fn show(
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Query<Before>,
) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let id: SubscriberId = id.parse().map_err(|_| Problem::not_found())?;
    let before = asked.before.unwrap_or(i64::MAX);
    let (one, deliveries, last) = caller
        .house()
        .database()
        .read(move |tx| {
            let one = subscriber::one(tx, id)?;
            let deliveries = subscriber::deliveries(tx, id, before, PAGE)?;
            Ok::<_, Problem>((one, deliveries, latest(tx)?))
        })
        .await?;
    let one = one.ok_or_else(Problem::not_found)?;
    let waiting = last.saturating_sub(one.told);
    let main = html! {
        (Heading::page(one.name.as_str()))
        (facts(&one, waiting))
        (failing(&caller, &one))
        (Heading::section("Deliveries"))
        @if deliveries.is_empty() {
            (InsetText::new("Nothing was delivered yet. The next event is delivered within seconds of being recorded."))
        } @else {
            (table(&deliveries))
            @if let Some(earliest) = deliveries.last().filter(|_| i64::try_from(deliveries.len()) == Ok(PAGE)) {
                p { a href={ "/subscribers/" (id) "?before=" (earliest.sequence) } { "Earlier deliveries" } }
            }
        }
        @if one.ended_at.is_none() {
            (Details::new("Tell this subscriber nothing more", html! {
                form action={ "/subscribers/" (id) "/end" } method="post" {
                    (form::hidden(&caller))
                    (Button::warning("End the subscription"))
                }
            }))
        }
    };
    Ok(Page::new(one.name.clone(), main).under([("Subscribers", "/subscribers")]))
}

fn facts(one: &Subscriber, waiting: i64) -> SummaryList {
    let mut rows = vec![
        SummaryRow::new("State", state(one)),
        SummaryRow::new("How it is told", one.kind.words()),
        SummaryRow::new("Where", one.address.as_str()),
        SummaryRow::new("Told up to event", one.told.to_string()),
        SummaryRow::new("Events waiting", waiting.to_string()),
        SummaryRow::new(
            "Added",
            format!("{} by {}", words::moment(one.created_at), one.created_by),
        ),
    ];
    if let Some(organisation) = &one.organisation {
        rows.push(SummaryRow::new(
            "Organisation",
            words::organisation_name(organisation),
        ));
    }
    SummaryList::new(rows)
}

fn state(one: &Subscriber) -> Markup {
    html! {
        @if one.ended_at.is_some() { (Tag::new("Ended", TagColour::Grey)) }
        @else if one.failures > 0 { (Tag::new("Failing", TagColour::Red)) }
        @else { (Tag::new("Working", TagColour::Green)) }
    }
}

fn failing(caller: &Caller, one: &Subscriber) -> Markup {
    let Some(failure) = one.failure.as_ref().filter(|_| one.ended_at.is_none()) else {
        return html! {};
    };
    let next = one.told + 1;
    let times = match one.failures {
        1 => "once".to_owned(),
        many => format!("{many} times"),
    };
    let content = html! {
        p { "Event " (next) " was tried " (times) ". The last answer: " (failure) "." }
        p { "It is tried again on " (words::moment(one.due)) ", and those after it wait." }
        form action={ "/subscribers/" (one.id) "/pass-over" } method="post" {
            (form::hidden(caller))
            input type="hidden" name="sequence" value=(next);
            (Button::secondary(format!("Pass over event {next}")))
        }
    };
    html! { (WarningCallout::new(Heading::section("It does not acknowledge"), content)) }
}

fn table(deliveries: &[Delivery]) -> Table {
    let rows = deliveries.iter().map(|delivery| {
        let (word, colour) = match delivery.state.as_str() {
            "delivered" => ("Delivered", TagColour::Green),
            "failing" => ("Failing", TagColour::Red),
            _ => ("Passed over", TagColour::Grey),
        };
        [
            delivery.sequence.to_string().into(),
            html! { (Tag::new(word, colour)) }.into(),
            delivery.attempts.to_string().into(),
            words::moment(delivery.at).into(),
            Cell::from(delivery.note.as_str()),
        ]
    });
    let columns = ["Event", "State", "Attempts", "Last", "Answer"];
    Table {
        responsive: true,
        ..Table::new("The latest first", columns, rows)
    }
}

/// POST /subscribers/{id}/end
pub(crate) async fn end(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let id: SubscriberId = id.parse().map_err(|_| Problem::not_found())?;
    let by = caller.actor().name.clone();
    let sent = (form.key(), form.fingerprint());
    let to = caller.write(sent, Resource::House, move |tx, environment| {
        if !subscriber::end(tx, environment, id, &by)? {
            return Err(Problem::not_found());
        }
        Ok(format!("/subscribers/{id}"))
    });
    Ok(redirect(&to.await?))
}

/// POST /subscribers/{id}/pass-over
pub(crate) async fn pass_over(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let id: SubscriberId = id.parse().map_err(|_| Problem::not_found())?;
    let sequence: i64 = form
        .get("sequence")
        .parse()
        .map_err(|_| Problem::malformed("The form does not say which event it is about."))?;
    let by = caller.actor().name.clone();
    let sent = (form.key(), form.fingerprint());
    let to = caller.write(sent, Resource::House, move |tx, environment| {
        if subscriber::one(tx, id)?.is_none() {
            return Err(Problem::not_found());
        }
        if !subscriber::pass_over(tx, environment, (id, sequence), &by)? {
            return Err(Problem::conflict(
                "The subscriber has taken this event, or it is not the next. Load the page again.",
            ));
        }
        Ok(format!("/subscribers/{id}"))
    });
    Ok(redirect(&to.await?))
}
