//! What the feed says of its own interface, as OpenAPI, made of the table of parameters.

use axum::http::{HeaderMap, header};
use serde_json::{Map, Value, json};
use stour_web::House;

use super::ROOT;
use super::parameter::{List, Parameter};

/// Where the schemas of the profile are published.
const SCHEMAS: &str = "https://raw.githubusercontent.com/openreferral/uk-profile/main/schema";

/// The address of the feed as readers have it: as this house is set up, or else as they asked for it.
pub(super) fn address(house: &House, headers: &HeaderMap) -> String {
    let set_up = house.settings().address.trim_end_matches('/');
    if !set_up.is_empty() {
        return format!("{set_up}{ROOT}");
    }
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or("localhost");
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || ".-:[]".contains(letter);
    let host = if host.chars().all(is_plain) {
        host
    } else {
        "localhost"
    };
    let is_here = host.starts_with("localhost") || host.starts_with("127.");
    let scheme = if is_here { "http" } else { "https" };
    format!("{scheme}://{host}{ROOT}")
}

/// The description of the feed at an address.
pub(super) fn document(address: &str) -> Value {
    let mut paths = Map::new();
    let told = "What this feed is: the version of the standard, its profile and this description.";
    paths.insert("/".to_owned(), json!({ "get": { "summary": told, "operationId": "getAPIMetaInformation", "responses": { "200": {
        "description": told,
        "content": { "application/json": { "schema": { "type": "object", "required": ["version", "profile", "openapi_url"], "properties": {
            "version": { "type": "string" },
            "profile": { "type": "string", "format": "uri" },
            "openapi_url": { "type": "string", "format": "uri" },
        } } } },
    } } } }));
    for (list, what, listed, single) in [
        (
            List::Services,
            "services",
            "compiled/service_list.json",
            "compiled/service.json",
        ),
        (
            List::Taxonomies,
            "taxonomies",
            "taxonomy.json",
            "taxonomy.json",
        ),
        (
            List::TaxonomyTerms,
            "taxonomy terms",
            "taxonomy_term.json",
            "taxonomy_term.json",
        ),
        (
            List::ServiceAtLocations,
            "services at locations",
            "compiled/service_at_location_list.json",
            "compiled/service_at_location.json",
        ),
    ] {
        let path = list.path();
        paths.insert(format!("/{path}"), of_list(list, what, listed));
        paths.insert(format!("/{path}/{{id}}"), of_one(path, what, single));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Open Referral UK",
            "version": "3.0",
            "description": "The directory as open data: only what is active and may be published. Errors are RFC 9457 problem documents that name every parameter that is wrong.",
        },
        "servers": [{ "url": address }],
        "paths": paths,
        "components": { "schemas": { "Page": page() } },
    })
}

fn of_list(list: List, what: &str, schema: &str) -> Value {
    let parameters: Vec<Value> = list.parameters().map(of_parameter).collect();
    let contents = json!({ "type": "array", "items": { "$ref": format!("{SCHEMAS}/{schema}") } });
    let schema = json!({ "allOf": [{ "$ref": "#/components/schemas/Page" }], "properties": { "contents": contents } });
    json!({ "get": {
        "summary": format!("A page of {what}, in the order of their identifiers, or of how well they meet a search"),
        "operationId": format!("list_{}", list.path()),
        "parameters": parameters,
        "responses": {
            "200": { "description": format!("A page of {what}"), "content": { "application/json": { "schema": schema } } },
            "304": { "description": "The answer is still what the reader holds" },
            "400": { "description": "Parameters that are wrong, each with why" },
        },
    } })
}

fn of_one(path: &str, what: &str, schema: &str) -> Value {
    let schema = json!({ "$ref": format!("{SCHEMAS}/{schema}") });
    json!({ "get": {
        "summary": format!("One of the {what}, whole"),
        "operationId": format!("show_{path}"),
        "parameters": [{ "in": "path", "name": "id", "required": true, "schema": { "type": "string" } }],
        "responses": {
            "200": { "description": "It, whole", "content": { "application/json": { "schema": schema } } },
            "304": { "description": "The answer is still what the reader holds" },
            "404": { "description": "There is none such, or none that is published" },
        },
    } })
}

fn of_parameter(parameter: &Parameter) -> Value {
    let (kind, format) = parameter.kind;
    let mut schema = json!({ "type": kind });
    if let (Some(format), Some(schema)) = (format, schema.as_object_mut()) {
        schema.insert("format".to_owned(), format.into());
    }
    json!({
        "in": "query", "name": parameter.name, "required": false, "description": parameter.description, "schema": schema,
    })
}

fn page() -> Value {
    let whole = |description| json!({ "type": "integer", "description": description });
    let yes = |description| json!({ "type": "boolean", "description": description });
    json!({ "type": "object", "properties": {
        "total_items": whole("How many there are on all pages"),
        "total_pages": whole("How many pages there are"),
        "page_number": whole("Which page this is, from 1"),
        "size": whole("How many are on this page"),
        "first_page": yes("Whether this is the first page"),
        "last_page": yes("Whether this is the last page"),
        "empty": yes("Whether nothing is on this page"),
    } })
}
