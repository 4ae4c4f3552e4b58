//! The description of the JSON API: held by a snapshot, and true to the routes.

use std::collections::BTreeSet;

use stour_web::{RouteAction, openapi_document};

#[test]
fn the_document_is_the_one_that_was_agreed() {
    let document = openapi_document(&stour::capabilities::all());
    insta::assert_snapshot!("openapi", serde_json::to_string_pretty(&document).unwrap());
}

#[test]
fn every_json_route_is_described_and_every_description_has_a_route() {
    let capabilities = stour::capabilities::all();
    let routes: BTreeSet<(String, String)> = capabilities
        .iter()
        .flat_map(|capability| &capability.routes)
        .filter(|route| route.path.starts_with("/api/"))
        .map(|route| (route.path.to_owned(), route.method.as_str().to_lowercase()))
        // The one that belongs to no capability.
        .chain([("/api/session".to_owned(), "get".to_owned())])
        // Open data, which stands beside the pages that it is of.
        .chain([("/decisions/popolo.json".to_owned(), "get".to_owned())])
        .collect();
    let document = serde_json::to_value(openapi_document(&capabilities)).unwrap();
    let described: BTreeSet<(String, String)> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, methods)| {
            methods
                .as_object()
                .unwrap()
                .keys()
                .map(move |method| (path.clone(), method.clone()))
        })
        .collect();
    assert_eq!(routes, described);
    assert!(!routes.is_empty());
}

#[test]
fn whatever_is_open_to_all_says_why() {
    for route in stour::capabilities::all()
        .iter()
        .flat_map(|capability| &capability.routes)
    {
        if let RouteAction::Public(why) = route.action {
            assert!(why.len() > 10, "{} is open to all: {why:?}", route.path);
        }
    }
}
