//! Everything about one service.

use axum::extract::{Path, Query};
use stour_design::{Button, Heading, InsetText, Markup, SummaryList, WarningCallout, html};
use stour_kernel::london;
use stour_open_referral::{Schedule, Service, ServiceAtLocation, Text, Weekday, opening};
use stour_web::words::{day, moment, segment};
use stour_web::{Page, Problem, Visitor};

use super::asked::Asked;
use super::contact::{Contact, Kind, contacts};
use super::results::place_name;
use super::words::{hours, next_opening};
use crate::DirectoryError;
use crate::keeping;
use crate::listing::{self, ListingId, OWN};
use crate::postcode::ATTRIBUTION;
use crate::publication::Published;
use crate::usage;

/// A listing that the public may see; 404 for every other.
pub(super) async fn published(visitor: &Visitor, id: &str) -> Result<Published, Problem> {
    let id: ListingId = id.parse().map_err(|_| Problem::not_found())?;
    let database = visitor.house().database();
    let found = database
        .read(move |tx| -> Result<_, DirectoryError> { listing::published_listing(tx, id) })
        .await?;
    found.ok_or_else(Problem::not_found)
}

/// `GET /find/{id}`.
pub(crate) async fn show(
    visitor: Visitor,
    Path(id): Path<String>,
    Query(parameters): Query<Vec<(String, String)>>,
) -> Result<Page, Problem> {
    let published = published(&visitor, &id).await?;
    let asked = Asked::of(&parameters);
    let service = published.service();
    usage::note_view(visitor.house(), service.id);
    let now = visitor.now().to_zoned_datetime(london()).datetime();
    let schedules = opening::schedules(service);
    let main = html! {
        (Heading::page(service.name.as_str()))
        @if let Some(organization) = &service.organization {
            p { "By " a href={ "/find/organisations/" (organization.id) (asked.suffix()) } { (organization.name.as_str()) } }
        }
        @if let Some(alert) = &service.alert { (WarningCallout::new("Please note", alert.as_str())) }
        (keeping::notice(published.review_due, visitor.today()))
        @if let Some(next) = next_opening(&schedules, now) { p { strong { (next) } } }
        @for part in paragraphs(service.description.as_ref().map_or("", |text| text.as_str())) { p { (part) } }
        (whom(service))
        (how_to_get_in_touch(service))
        (places(service, visitor.today()))
        (cost(service))
        (own_list(&asked, service))
        (where_from(&published))
        @if visitor.actor().is_some_and(|actor| actor.has_role("provider")) {
            p.stour-no-print { a href={ "/directory/claims/new?listing=" (segment(&service.id.to_string())) } { "This is my service: I want to keep it" } }
        }
        p.nhsuk-body-s { (ATTRIBUTION) "." }
    };
    let page = Page::new(service.name.as_str(), main).quick_exit();
    Ok(page.back(asked.address()))
}

/// The paragraphs of a text.
fn paragraphs(text: &str) -> Vec<&str> {
    let parts = text.split('\n').map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}

/// Who it is for, and how it is asked for.
fn whom(service: &Service) -> Markup {
    let years = |age: stour_open_referral::Age| age.to_string();
    let ages = match (service.minimum_age, service.maximum_age) {
        (Some(from), Some(to)) => Some(format!("{} to {}", years(from), years(to))),
        (Some(from), None) => Some(format!("{} and over", years(from))),
        (None, Some(to)) => Some(format!("up to {}", years(to))),
        (None, None) => None,
    };
    let areas: Vec<&str> = service
        .service_areas
        .iter()
        .filter_map(|area| area.name.as_ref().or(area.service_area.as_ref()))
        .map(Text::as_str)
        .collect();
    let languages: Vec<&str> = service
        .languages
        .iter()
        .filter_map(|language| language.name.as_ref().or(language.code.as_ref()))
        .map(Text::as_str)
        .collect();
    let said = |text: &Option<Text>| text.as_ref().map(ToString::to_string);
    let terms: Vec<&str> = service
        .attributes
        .iter()
        .filter_map(|attribute| attribute.taxonomy_term.as_ref())
        .map(|term| term.name.as_str())
        .collect();
    let rows = [
        ("Who it is for", said(&service.eligibility_description)),
        ("Ages", ages),
        (
            "People who live in",
            (!areas.is_empty()).then(|| areas.join(", ")),
        ),
        (
            "Languages",
            (!languages.is_empty()).then(|| languages.join(", ")),
        ),
        ("How to apply", said(&service.application_process)),
        ("How long it takes", said(&service.wait_time)),
        ("Checked or approved by", said(&service.accreditations)),
        (
            "Kind of help",
            (!terms.is_empty()).then(|| terms.join(", ")),
        ),
    ];
    let rows: Vec<(&str, String)> = rows
        .into_iter()
        .filter_map(|(key, value)| Some((key, value?)))
        .collect();
    html! {
        @if !rows.is_empty() { (SummaryList::new(rows)) }
    }
}

fn how_to_get_in_touch(service: &Service) -> Markup {
    let all = contacts(service);
    let on = |number: usize, contact: &Contact| {
        format!("/find/{}/{}/{number}", service.id, contact.kind.as_str())
    };
    html! {
        (Heading::section("How to get in touch"))
        @if all.is_empty() {
            p { "We have no telephone number, e-mail or website for this. "
                @if let Some(organization) = &service.organization {
                    a href={ "/find/organisations/" (organization.id) } { "See what else " (organization.name.as_str()) " does" } ", or "
                }
                a href="/advice" { "get advice" } "." }
        } @else {
            ul.nhsuk-list {
                @for (number, contact) in all.iter().enumerate() {
                    li {
                        (match contact.kind { Kind::Call => "Call ", Kind::Email => "E-mail ", Kind::Website => "Website: " })
                        a href=(on(number, contact)) rel="nofollow" { (contact.shown) }
                        @if !contact.note.is_empty() { " (" (contact.note) ")" }
                    }
                }
            }
        }
    }
}

fn places(service: &Service, today: stour_kernel::Date) -> Markup {
    let own: Vec<&Schedule> = service.schedules.iter().collect();
    html! {
        @if !service.service_at_locations.is_empty() || !own.is_empty() { (Heading::section("Where and when")) }
        (week(&own, today))
        @for place in &service.service_at_locations { (one_place(place, today)) }
    }
}

fn one_place(place: &ServiceAtLocation, today: stour_kernel::Date) -> Markup {
    let Some(location) = &place.location else {
        return html! {};
    };
    let schedules: Vec<&Schedule> = place.schedules.iter().chain(&location.schedules).collect();
    html! {
        @if let Some(name) = place_name(location) { (Heading::subsection(name)) }
        @for address in &location.addresses {
            p {
                @let second = address.address_2.as_ref().map(ToString::to_string).unwrap_or_default();
                @let lines = [address.address_1.clone(), second, address.city.clone(), address.postal_code.clone()];
                (lines.into_iter().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join(", "))
            }
        }
        @if let Some(travel) = &location.transportation { p { "Getting there: " (travel.as_str()) } }
        (week(&schedules, today))
        @let access = location.accessibility.iter().flat_map(|one| [&one.accessibility, &one.description, &one.details]);
        @let access: Vec<&str> = access.flatten().map(Text::as_str).collect();
        @if !access.is_empty() {
            p { "Access:" }
            ul.nhsuk-list.nhsuk-list--bullet { @for text in access { li { (text) } } }
        }
    }
}

/// The hours of an ordinary week, and what else is said of them.
fn week(schedules: &[&Schedule], today: stour_kernel::Date) -> Markup {
    let week = opening::week(schedules, today);
    let days = Weekday::ALL.into_iter().filter(|day| week.is_open(*day));
    let said = schedules
        .iter()
        .flat_map(|schedule| [&schedule.description, &schedule.notes]);
    html! {
        @if !week.is_empty() {
            ul.nhsuk-list {
                @for day in days {
                    li { (day.name()) ": " (week.hours(day).iter().map(|one| hours(*one)).collect::<Vec<_>>().join(", ")) }
                }
            }
        }
        @for text in said.flatten() { p { (text.as_str()) } }
    }
}

fn cost(service: &Service) -> Markup {
    let options: Vec<String> = service
        .cost_options
        .iter()
        .map(|option| {
            let amount = option.amount.map(|amount| amount.0.to_string());
            let texts = [&option.option, &option.amount_description];
            let texts = texts.into_iter().flatten().map(ToString::to_string);
            amount
                .into_iter()
                .chain(texts)
                .collect::<Vec<_>>()
                .join(", ")
        })
        .chain(
            [&service.fees, &service.fees_description]
                .into_iter()
                .flatten()
                .map(ToString::to_string),
        )
        .filter(|text| !text.is_empty())
        .collect();
    html! {
        (Heading::section("What it costs"))
        @if options.is_empty() { p { "We do not know what it costs. Ask when you get in touch." } }
        @for option in &options { p { (option) } }
    }
}

fn own_list(asked: &Asked, service: &Service) -> Markup {
    let changed = asked.listing(service.id);
    let label = if asked.list.contains(&service.id) {
        "Take off my list"
    } else {
        "Add to my list"
    };
    html! {
        div.stour-no-print {
            (Button::link(label, format!("/find/{}{}", service.id, changed.suffix())))
            @if !asked.list.is_empty() {
                p { a href={ "/find/list" (asked.suffix()) } { "See, print or send your list (" (asked.list.len()) ")" } }
            }
        }
    }
}

/// How far it can be relied on.
fn where_from(published: &Published) -> Markup {
    let service = published.service();
    html! {
        (InsetText::new(html! {
            p {
                @match service.assured_date {
                    Some(assured) => { "Checked on " (day(assured)) ". " },
                    None => { "Nobody has said when this was last checked. " },
                }
                @if published.feed == OWN { "Kept in this directory, last changed " (moment(published.updated_at)) "." }
                @else {
                    "From " (published.feed)
                    @if let Some(read) = published.read_at { ", last read " (moment(read)) }
                    "."
                }
            }
            p.stour-no-print { a href={ "/directory/feedback?listing=" (segment(&service.id.to_string())) } { "Something wrong or missing? Tell us" } }
        }))
    }
}
