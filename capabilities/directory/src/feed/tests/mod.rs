//! Feeds as small servers that do what real ones do.

mod hostile;
mod moving;
mod staff;
mod step;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use stour_database::params;
use stour_database::sql;
use stour_web::testing::{Site, each_house};

use super::*;
use crate::error::DirectoryError;
use crate::listing::{self, Listing};

/// What a feed answers: by the path and the query, how often it was asked before.
type Answering = dyn Fn(&str, &[(String, String)], usize) -> Response + Send + Sync;

#[derive(Clone)]
struct Server {
    answer: Arc<Answering>,
    asked: Arc<AtomicUsize>,
}

async fn answer(
    State(server): State<Server>,
    Query(query): Query<Vec<(String, String)>>,
    request: Request,
) -> Response {
    let times = server.asked.fetch_add(1, Ordering::Relaxed);
    (server.answer)(request.uri().path(), &query, times)
}

/// Serves until the test ends; returns the address.
fn serve(
    answering: impl Fn(&str, &[(String, String)], usize) -> Response + Send + Sync + 'static,
) -> String {
    let server = Server {
        answer: Arc::new(answering),
        asked: Arc::default(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let listener = runtime
        .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
        .unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().fallback(answer).with_state(server);
    std::thread::spawn(move || {
        runtime.block_on(async { axum::serve(listener, router).await.unwrap() });
    });
    format!("http://{address}")
}

fn said(body: &Value) -> Response {
    ([("content-type", "application/json")], body.to_string()).into_response()
}

fn asked<'q>(query: &'q [(String, String)], name: &str) -> Option<&'q str> {
    query
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.as_str())
}

fn page_of(query: &[(String, String)]) -> usize {
    asked(query, "page").unwrap().parse().unwrap()
}

/// A page of a feed of version 3.0.
fn page(all: &[Value], number: usize, per_page: usize) -> Value {
    let pages = all.len().div_ceil(per_page);
    let contents: Vec<&Value> = all
        .iter()
        .skip((number - 1) * per_page)
        .take(per_page)
        .collect();
    json!({
        "total_items": all.len(), "total_pages": pages, "page_number": number, "size": contents.len(),
        "first_page": number == 1, "last_page": number >= pages, "empty": contents.is_empty(), "contents": contents,
    })
}

/// A whole service with a number for a name.
fn club(number: u128) -> Value {
    json!({
        "id": stour_open_referral::Uuid::of_u128(number).to_string(), "name": format!("Club {number}"), "status": "active",
        "contacts": [{ "id": stour_open_referral::Uuid::of_u128(number + 1000).to_string(), "title": "Reception" }],
    })
}

fn name() -> FeedName {
    "a-feed".parse().unwrap()
}

fn with_feed(test: impl Fn(&Site, &dyn Fn(&str))) {
    each_house(
        || vec![crate::capability()],
        |site| {
            let add_at = |address: &str| {
                let (address, environment) = (address.to_owned(), site.environment().clone());
                site.database()
                    .write_blocking(move |tx| {
                        add(
                            tx,
                            &environment,
                            (&name(), &address, Role::Assurer),
                            "A test",
                        )
                    })
                    .unwrap();
            };
            test(&site, &add_at);
        },
    );
}

fn options() -> Options {
    Options {
        pause: Duration::ZERO,
        ..Options::default()
    }
}

fn read(site: &Site) -> Run {
    later(site);
    sync(site.house(), &name(), options(), &mut |_| {}).unwrap()
}

fn later(site: &Site) {
    site.clock().advance(Duration::from_secs(1));
}

fn listings(site: &Site) -> Vec<Listing> {
    site.database()
        .read_blocking(|tx| {
            let ids = tx.rows(
                sql!("SELECT id FROM listing ORDER BY id"),
                params![],
                |row| row.get(0),
            )?;
            let mut all = Vec::new();
            for id in ids {
                all.extend(listing::listing(tx, id)?);
            }
            Ok::<_, DirectoryError>(all)
        })
        .unwrap()
}

fn counts(run: &Run) -> [i64; 7] {
    let counts = run.counts;
    [
        counts.read,
        counts.new,
        counts.changed,
        counts.unchanged,
        counts.withdrawn,
        counts.repaired,
        counts.set_aside,
    ]
}
