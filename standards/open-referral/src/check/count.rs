//! How many of each entity a sample has ("Completeness checks" of the validation rules of version 1.0).

use std::collections::BTreeMap;

use serde_json::Value;

use super::rules::{Kind, Rules};

/// Counts a record and what is nested in it.
pub(super) fn count(
    rules: &Rules,
    entity: &str,
    value: &Value,
    into: &mut BTreeMap<String, usize>,
) {
    let Value::Object(object) = value else { return };
    *into.entry(entity.to_owned()).or_default() += 1;
    for field in rules.fields(entity) {
        match (&field.kind, object.get(&field.name)) {
            (Kind::Entity(entity), Some(value)) => count(rules, entity, value, into),
            (Kind::List(entity), Some(Value::Array(list))) => {
                for value in list {
                    count(rules, entity, value, into);
                }
            }
            _ => {}
        }
    }
}

/// Every entity of the version, none of it met so far.
pub(super) fn none(rules: &Rules) -> BTreeMap<String, usize> {
    rules
        .entities()
        .filter(|entity| *entity != "api")
        .map(|entity| (entity.to_owned(), 0))
        .collect()
}
