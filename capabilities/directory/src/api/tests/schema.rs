//! Every endpoint against the published schemas.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{contents, each_feed, get};

/// The folder of the schemas; `None`, with a line printed, where there are none and this is not continuous
/// integration.
fn folder() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/oruk/hsds-uk-3.0");
    if path.exists() {
        return Some(path);
    }
    let required = std::env::var("CI").is_ok_and(|value| value == "true");
    assert!(!required, "reference data absent: oruk/hsds-uk-3.0");
    println!("skipped: the published schemas are absent");
    None
}

/// A schema with those that it refers to put in their places.
fn schema(folder: &Path, name: &str) -> Value {
    let text = std::fs::read_to_string(folder.join(name)).unwrap();
    let mut schema: Value = serde_json::from_str(&text).unwrap();
    put_in(folder, &mut schema);
    // What is put in has a name of its own, by which it is not to be looked up again.
    schema
}

fn put_in(folder: &Path, schema: &mut Value) {
    if let Some(name) = schema["$ref"]
        .as_str()
        .filter(|name| !name.starts_with('#'))
        .map(str::to_owned)
    {
        *schema = self::schema(folder, &name);
        return;
    }
    match schema {
        Value::Object(object) => {
            object.remove("$id");
            object.remove("$schema");
            object.values_mut().for_each(|value| put_in(folder, value));
        }
        Value::Array(list) => list.iter_mut().for_each(|value| put_in(folder, value)),
        _ => {}
    }
}

fn holds(schema: &Value, value: &Value, what: &str) {
    let validator = jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(schema)
        .unwrap();
    let errors: Vec<String> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(errors, Vec::<String>::new(), "{what}: {value}");
    is_not_empty(value, what);
}

/// Optional fields that are empty are left out; only lines of an address must be there also when they are.
fn is_not_empty(value: &Value, what: &str) {
    match value {
        Value::Null => panic!("{what} is null"),
        Value::Array(list) => {
            assert!(!list.is_empty(), "{what} is empty");
            for value in list {
                is_not_empty(value, what);
            }
        }
        Value::Object(object) => {
            for (name, value) in object {
                is_not_empty(value, &format!("{what}.{name}"));
            }
        }
        Value::String(text) => assert!(
            !text.is_empty() || what.contains("addresses"),
            "{what} is empty"
        ),
        Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn every_endpoint_holds_to_the_published_schemas() {
    let Some(folder) = folder() else { return };
    each_feed(|site| {
        let openapi: Value =
            serde_json::from_str(&std::fs::read_to_string(folder.join("openapi.json")).unwrap())
                .unwrap();
        let page = &openapi["components"]["schemas"]["Page"];
        let root = &openapi["paths"]["/"]["get"]["responses"]["200"]["content"]["application/json"]
            ["schema"];
        holds(root, &get(site, "/").json(), "the root");
        for (list, name) in [
            ("/services", "service.json"),
            ("/taxonomies", "taxonomy.json"),
            ("/taxonomy_terms", "taxonomy_term.json"),
            ("/service_at_locations", "service_at_location.json"),
        ] {
            let entity = schema(&folder, name);
            for query in ["", "?per_page=7&page=2", "?per_page=500"] {
                let answer = get(site, &format!("{list}{query}")).json();
                if !answer["contents"].as_array().unwrap().is_empty() {
                    let whole = json!({"allOf": [page], "properties": {"contents": {"type": "array", "items": entity}}});
                    holds(&whole, &answer, list);
                }
            }
            for entry in contents(site, &format!("{list}?per_page=500")) {
                let id = entry["id"].as_str().unwrap();
                let one = get(site, &format!("{list}/{id}")).json();
                holds(&entity, &one, list);
                if list == "/service_at_locations" {
                    holds(&schema(&folder, "service.json"), &one["service"], list);
                }
            }
        }
        for service in contents(site, "/services?full=true&per_page=500") {
            holds(
                &schema(&folder, "service.json"),
                &service,
                "a whole service",
            );
        }
    });
}
