//! The nine endpoints.

use axum::body::Body;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use futures_util::stream;
use serde::Serialize;
use serde_json::Value;
use stour_database::Transaction;
use stour_kernel::{Date, Environment, Timestamp};
use stour_open_referral::{ApiDetails, Page, Uuid};
use stour_search::{Choice, Facet, Kind};
use stour_web::{House, Problem, Visitor};

use super::answer;
use super::asked::{Asked, Extent, wrong};
use super::catalogue::{Catalogue, Held, with_taxonomy};
use super::document;
use super::item::{self, Key};
use super::parameter::List;
use super::record::From;
use crate::error::DirectoryError;
use crate::index::directory;
use crate::postcode::postcodes;

/// Where the profile is described.
const PROFILE: &str = "https://github.com/OpenReferralUK/uk-profile";
/// Entries that are read together for lines.
const TOGETHER: usize = 100;

type Pairs = Query<Vec<(String, String)>>;

/// What the feed says of itself.
pub(super) async fn root(visitor: Visitor, headers: HeaderMap) -> Result<Response, Problem> {
    let address = document::address(visitor.house(), &headers);
    let uri = |text: &str| text.parse().map_err(|_| Problem::fault());
    let details = ApiDetails {
        version: "HSDS-UK-3.0".to_owned(),
        profile: uri(PROFILE)?,
        openapi_url: uri(&format!("{address}/openapi.json"))?,
    };
    answer::json(&headers, &details, None)
}

/// The description of the feed.
pub(super) async fn document(visitor: Visitor, headers: HeaderMap) -> Result<Response, Problem> {
    let address = document::address(visitor.house(), &headers);
    answer::json(&headers, &document::document(&address), None)
}

/// A list of services.
pub(super) async fn services(
    visitor: Visitor,
    headers: HeaderMap,
    Query(pairs): Pairs,
) -> Result<Response, Problem> {
    list(&visitor, &headers, List::Services, pairs).await
}

/// A list of services at locations.
pub(super) async fn service_at_locations(
    visitor: Visitor,
    headers: HeaderMap,
    Query(pairs): Pairs,
) -> Result<Response, Problem> {
    list(&visitor, &headers, List::ServiceAtLocations, pairs).await
}

async fn list(
    visitor: &Visitor,
    headers: &HeaderMap,
    list: List,
    pairs: Vec<(String, String)>,
) -> Result<Response, Problem> {
    let asked = Asked::read(list, pairs)?;
    let environment = visitor.environment().clone();
    if asked.lines {
        return lines(visitor.house(), list, asked).await;
    }
    let is_of_time = asked.filter.is_of_time();
    let read = visitor.house().database().read(move |tx| {
        let (keys, changed) = keys(tx, list, &asked, &environment)?;
        let first = (asked.page - 1).saturating_mul(asked.per_page);
        let shown = keys.iter().skip(first).take(asked.per_page);
        let entries: Result<Vec<Option<Value>>, DirectoryError> =
            shown.map(|key| item::entry(tx, &asked, *key)).collect();
        let contents: Vec<Value> = entries?.into_iter().flatten().collect();
        let per_page = asked.per_page.min(keys.len().max(1));
        let per_page = if asked.extent == Extent::Minimal {
            per_page
        } else {
            asked.per_page
        };
        Ok::<_, Problem>((
            Page::new(contents, keys.len(), asked.page, per_page),
            changed,
        ))
    });
    let (page, changed) = read.await?;
    // Hours run out by themselves, without a change.
    answer::json(headers, &page, changed.filter(|_| !is_of_time))
}

/// The entries that are asked for, in their order, and the moment of the last change of any.
fn keys(
    tx: &mut Transaction<'_>,
    list: List,
    asked: &Asked,
    environment: &Environment,
) -> Result<(Vec<Key>, Option<Timestamp>), Problem> {
    let today = environment.today();
    let catalogue = tx.companion::<Catalogue>();
    catalogue.follow(tx, today)?;
    let from = from(tx, asked)?;
    let from = from.as_ref();
    let found = match &asked.filter.search {
        None => None,
        Some(words) => Some(search(tx, environment, words)?),
    };
    let held = catalogue.held();
    let keys = match (found, list) {
        (None, List::ServiceAtLocations) => {
            let sites = held
                .sites
                .iter()
                .filter_map(|(site, service)| of_site(&held, *service, *site));
            sites
                .filter(|found| found.meets(asked, from, today))
                .map(|found| found.key())
                .collect()
        }
        (None, _) => {
            let all = held
                .records
                .keys()
                .filter_map(|service| of_service(&held, *service));
            all.filter(|found| found.meets(asked, from, today))
                .map(|found| found.key())
                .collect()
        }
        (Some(services), list) => {
            let found = services
                .into_iter()
                .flat_map(|service| entries(&held, list, service));
            found
                .filter(|found| found.meets(asked, from, today))
                .map(|found| found.key())
                .collect()
        }
    };
    Ok((keys, held.last))
}

/// Where the asker is, and how far they look.
fn from(tx: &mut Transaction<'_>, asked: &Asked) -> Result<Option<From>, Problem> {
    let Some(postcode) = asked.filter.postcode else {
        return Ok(None);
    };
    let known = postcodes(tx)?.get(&postcode);
    let known = known.ok_or_else(|| wrong("postcode", format!("{postcode} is not known here")))?;
    Ok(Some(From {
        point: known.point,
        council: known.council,
        metres: asked.filter.proximity,
    }))
}

/// The services that words find, the best first.
fn search(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    words: &str,
) -> Result<Vec<Uuid>, Problem> {
    let query = stour_search::Query {
        words: words.to_owned(),
        chosen: vec![Choice {
            facet: Facet::Kind,
            value: Kind::Service.as_str().to_owned(),
        }],
        take: usize::MAX,
        facet_values: 0,
        ..stour_search::Query::default()
    };
    let found = directory(tx, environment)?.find(&query);
    let found = found.map_err(|error| wrong("search", error.to_string()))?;
    Ok(found
        .hits
        .iter()
        .filter_map(|hit| hit.id.parse().ok())
        .collect())
}

/// An entry as it is held.
struct Candidate<'h> {
    service: Uuid,
    record: &'h super::record::Record,
    site: Option<&'h super::record::Site>,
}

impl Candidate<'_> {
    fn meets(&self, asked: &Asked, from: Option<&From>, today: Date) -> bool {
        self.record.meets(&asked.filter, from, self.site, today)
    }

    fn key(&self) -> Key {
        Key {
            service: self.service,
            site: self.site.map(|site| site.id),
            modified: self.record.modified,
        }
    }
}

fn of_service(held: &Held, service: Uuid) -> Option<Candidate<'_>> {
    let record = held.records.get(&service)?;
    Some(Candidate {
        service,
        record,
        site: None,
    })
}

fn of_site(held: &Held, service: Uuid, site: Uuid) -> Option<Candidate<'_>> {
    let found = of_service(held, service)?;
    let site = found.record.sites.iter().find(|known| known.id == site)?;
    Some(Candidate {
        site: Some(site),
        ..found
    })
}

/// The entries of a list that a service is, the sites of one service in the order of their identifiers.
fn entries(held: &Held, list: List, service: Uuid) -> Vec<Candidate<'_>> {
    let found = of_service(held, service);
    if list != List::ServiceAtLocations {
        return found.into_iter().collect();
    }
    let sites = found.map(|found| {
        found
            .record
            .sites
            .iter()
            .map(|site| site.id)
            .collect::<Vec<_>>()
    });
    let mut sites = sites.unwrap_or_default();
    sites.sort_unstable();
    sites
        .into_iter()
        .filter_map(|site| of_site(held, service, site))
        .collect()
}

/// Each entry on a line of its own, read some at a time as the reader takes them.
async fn lines(house: &House, list: List, asked: Asked) -> Result<Response, Problem> {
    let (wanted, environment) = (asked.clone(), house.environment().clone());
    let found = house
        .database()
        .read(move |tx| Ok::<_, Problem>(keys(tx, list, &wanted, &environment)?.0));
    let rest = found.await?.into_iter();
    let house = house.clone();
    let lines = stream::try_unfold(
        (rest, house, asked),
        |(mut rest, house, asked)| async move {
            let some: Vec<Key> = rest.by_ref().take(TOGETHER).collect();
            if some.is_empty() {
                return Ok(None);
            }
            let wanted = asked.clone();
            let read = house.database().read(move |tx| {
                let mut text = String::new();
                for key in &some {
                    if let Some(entry) = item::entry(tx, &wanted, *key)? {
                        text.push_str(&entry.to_string());
                        text.push('\n');
                    }
                }
                Ok::<_, DirectoryError>(text)
            });
            Ok::<_, DirectoryError>(Some((read.await?, (rest, house, asked))))
        },
    );
    Ok(answer::lines(Body::from_stream(lines)))
}

/// One service.
pub(super) async fn service(
    visitor: Visitor,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let id: Uuid = id.parse().map_err(|_| Problem::not_found())?;
    let found = visitor
        .house()
        .database()
        .read(move |tx| item::whole(tx, id))
        .await?;
    let found = found.ok_or_else(Problem::not_found)?;
    answer::json(&headers, &found, found.last_modified)
}

/// One service at one location.
pub(super) async fn service_at_location(
    visitor: Visitor,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let id: Uuid = id.parse().map_err(|_| Problem::not_found())?;
    let today = visitor.today();
    let read = visitor.house().database().read(move |tx| {
        let catalogue = tx.companion::<Catalogue>();
        catalogue.follow(tx, today)?;
        let service = {
            let held = catalogue.held();
            let mut from = held.sites.range((id, Uuid::of_u128(0))..);
            from.next()
                .filter(|(site, _)| *site == id)
                .map(|(_, service)| *service)
        };
        let service = service.map_or(Ok(None), |service| item::whole(tx, service))?;
        Ok::<_, DirectoryError>(service.and_then(|service| {
            let modified = service.last_modified;
            Some((item::at_location(service, id, Extent::Whole)?, modified))
        }))
    });
    let (found, modified) = read.await?.ok_or_else(Problem::not_found)?;
    answer::json(&headers, &found, modified)
}

/// A list of taxonomies, without their terms.
pub(super) async fn taxonomies(
    visitor: Visitor,
    headers: HeaderMap,
    Query(pairs): Pairs,
) -> Result<Response, Problem> {
    let asked = Asked::read(List::Taxonomies, pairs)?;
    let (mut all, last) = of_terms(&visitor, |held| item::taxonomies(held.terms())).await?;
    for taxonomy in &mut all {
        taxonomy.taxonomy_terms.clear();
    }
    cut(&headers, &asked, all, last)
}

/// One taxonomy with its terms.
pub(super) async fn taxonomy(
    visitor: Visitor,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let id: Uuid = id.parse().map_err(|_| Problem::not_found())?;
    let (all, last) = of_terms(&visitor, |held| item::taxonomies(held.terms())).await?;
    let found = all
        .into_iter()
        .find(|taxonomy| taxonomy.id == id)
        .ok_or_else(Problem::not_found)?;
    answer::json(&headers, &found, last)
}

/// A list of terms.
pub(super) async fn taxonomy_terms(
    visitor: Visitor,
    headers: HeaderMap,
    Query(pairs): Pairs,
) -> Result<Response, Problem> {
    let asked = Asked::read(List::TaxonomyTerms, pairs)?;
    let (all, last) = of_terms(&visitor, |held| {
        held.terms().map(with_taxonomy).collect::<Vec<_>>()
    })
    .await?;
    cut(&headers, &asked, all, last)
}

/// One term.
pub(super) async fn taxonomy_term(
    visitor: Visitor,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let id: Uuid = id.parse().map_err(|_| Problem::not_found())?;
    let (found, last) = of_terms(&visitor, move |held| held.term(id)).await?;
    answer::json(&headers, &found.ok_or_else(Problem::not_found)?, last)
}

/// What the terms in use show, and the moment of the last change.
async fn of_terms<T: Send + 'static>(
    visitor: &Visitor,
    show: impl Fn(&Held) -> T + Send + 'static,
) -> Result<(T, Option<Timestamp>), Problem> {
    let today = visitor.today();
    let read = visitor.house().database().read(move |tx| {
        let catalogue = tx.companion::<Catalogue>();
        catalogue.follow(tx, today)?;
        let held = catalogue.held();
        Ok::<_, DirectoryError>((show(&held), held.last))
    });
    Ok(read.await?)
}

/// A page of what is in memory, or all of it as lines.
fn cut<T: Serialize>(
    headers: &HeaderMap,
    asked: &Asked,
    all: Vec<T>,
    last: Option<Timestamp>,
) -> Result<Response, Problem> {
    if asked.lines {
        let mut text = String::new();
        for entry in &all {
            text.push_str(&item::written(entry)?.to_string());
            text.push('\n');
        }
        return Ok(answer::lines(Body::from(text)));
    }
    let total = all.len();
    let first = (asked.page - 1).saturating_mul(asked.per_page);
    let contents = all.into_iter().skip(first).take(asked.per_page).collect();
    answer::json(
        headers,
        &Page::new(contents, total, asked.page, asked.per_page),
        last,
    )
}
