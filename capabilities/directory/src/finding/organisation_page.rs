//! An organisation with its services.

use axum::extract::{Path, Query};
use stour_database::Transaction;
use stour_design::{Heading, Markup, html};
use stour_kernel::Environment;
use stour_open_referral::{Organization, Uuid};
use stour_search::{Choice, Facet, Kind, Query as Search};
use stour_web::{Page, Problem, Visitor};

use super::asked::Asked;
use super::words::beginning;
use crate::DirectoryError;
use crate::index::directory;
use crate::listing::{self, ListingId, Visibility};
use crate::publication;

/// The most services that are shown.
const MOST: usize = 200;

struct Found {
    organization: Organization,
    /// Their ids, names and what is said of them.
    services: Vec<(Uuid, String, String)>,
}

/// `GET /find/organisations/{id}`.
pub(crate) async fn show(
    visitor: Visitor,
    Path(id): Path<String>,
    Query(parameters): Query<Vec<(String, String)>>,
) -> Result<Page, Problem> {
    let id: Uuid = id.parse().map_err(|_| Problem::not_found())?;
    let asked = Asked::of(&parameters);
    let environment = visitor.environment().clone();
    let database = visitor.house().database();
    let found = database
        .read(move |tx| find(tx, &environment, id))
        .await?
        .ok_or_else(Problem::not_found)?;
    let organization = &found.organization;
    let main = html! {
        (Heading::page(organization.name.as_str()))
        @for part in organization.description.split('\n').filter(|part| !part.trim().is_empty()) { p { (part) } }
        (contact(organization))
        (Heading::section(match found.services.len() {
            0 => "No services are listed now".to_owned(),
            1 => "1 service".to_owned(),
            count => format!("{count} services"),
        }))
        @if found.services.is_empty() { p { a href=(asked.address()) { "Find other help" } } }
        ul.nhsuk-list.stour-results {
            @for (id, name, text) in &found.services {
                li {
                    h3.nhsuk-heading-s { a href={ "/find/" (id) (asked.suffix()) } { (name) } }
                    @if !text.is_empty() { p { (beginning(text, 220)) } }
                }
            }
        }
    };
    let page = Page::new(organization.name.as_str(), main).quick_exit();
    Ok(page.back(asked.address()))
}

fn contact(organization: &Organization) -> Markup {
    html! {
        @if let Some(website) = &organization.website {
            p { "Website: " a href=(website.to_string()) rel="nofollow noreferrer" { (website.host()) } }
        }
        @if let Some(email) = &organization.email {
            p { "E-mail " a href={ "mailto:" (email.to_string()) } { (email.to_string()) } }
        }
        @for phone in &organization.phones {
            p { "Call " a href={ "tel:" (phone.number.chars().filter(char::is_ascii_digit).collect::<String>()) } { (phone.number.as_str()) } }
        }
    }
}

fn find(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    id: Uuid,
) -> Result<Option<Found>, DirectoryError> {
    let choice = |facet: Facet, value: String| Choice { facet, value };
    let query = Search {
        chosen: vec![
            choice(Facet::Organisation, id.to_string()),
            choice(Facet::Kind, Kind::Service.as_str().to_owned()),
        ],
        take: MOST,
        facet_values: 0,
        ..Search::default()
    };
    let directory = directory(tx, environment)?;
    let hits = directory.find(&query).unwrap_or_default().hits;
    let mut organization = alone(tx, id)?;
    let mut services = Vec::new();
    for hit in hits {
        let Ok(listing) = hit.id.parse::<ListingId>() else {
            continue;
        };
        if let Some(published) = listing::published_listing(tx, listing)? {
            let service = published.into_service();
            let text = service.description.map(|text| text.to_string());
            services.push((
                service.id,
                service.name.to_string(),
                text.unwrap_or_default(),
            ));
            if organization.is_none() {
                organization = service.organization.map(|organization| *organization);
            }
        }
    }
    Ok(organization.map(|organization| Found {
        organization,
        services,
    }))
}

/// What stands alone of an organisation, where the public may see it.
fn alone(tx: &mut Transaction<'_>, id: Uuid) -> Result<Option<Organization>, DirectoryError> {
    match listing::organisation(tx, ListingId(id))? {
        Some(known) if !matches!(known.visibility, Visibility::Held(_)) => {
            publication::organisation(known.organisation).map(Some)
        }
        _ => Ok(None),
    }
}
