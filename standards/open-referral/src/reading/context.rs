//! Where in a record the reader is, and what it has noted.

use serde_json::{Map, Value};

use super::Repair;
use crate::value::{Extra, Uuid};

/// What can be read leniently.
pub(crate) trait Lenient: Sized {
    /// Reads it, noting what had to be put right; `None` for what cannot be understood.
    fn lenient(value: Value, context: &mut Context<'_>) -> Option<Self>;

    /// What stands for it where nothing is said; most things are then missing.
    fn missing() -> Option<Self> {
        None
    }
}

/// More repairs of one record are not kept: by then all that can be learnt of it is known.
const MOST_REPAIRS: usize = 200;
/// How much of a value a note shows, in characters.
const SHOWN: usize = 160;

/// The state of reading one record.
pub(crate) struct Context<'p> {
    publisher: &'p str,
    place: Vec<String>,
    parents: Vec<String>,
    repairs: Vec<Repair>,
    missing: Option<String>,
}

impl<'p> Context<'p> {
    pub(super) fn new(publisher: &'p str) -> Self {
        Self {
            publisher,
            place: Vec::new(),
            parents: Vec::new(),
            repairs: Vec::new(),
            missing: None,
        }
    }

    pub(super) fn into_repairs(self) -> Vec<Repair> {
        self.repairs
    }

    /// Why the record as a whole cannot be used.
    pub(super) fn why_not(self) -> String {
        self.missing
            .unwrap_or_else(|| "it is not a record".to_owned())
    }

    /// Notes that something was put right, or left out.
    pub(super) fn note(&mut self, was: &Value, became: Option<&Value>, why: &str) {
        self.note_at(None, was, became, why);
    }

    /// The same of a field of the object that is being read.
    pub(super) fn note_of(&mut self, field: &str, was: &Value, became: Option<&Value>, why: &str) {
        self.note_at(Some(field), was, became, why);
    }

    fn note_at(&mut self, field: Option<&str>, was: &Value, became: Option<&Value>, why: &str) {
        if self.repairs.len() < MOST_REPAIRS {
            let steps = self.place.iter().map(String::as_str).chain(field);
            self.repairs.push(Repair {
                at: steps.collect::<Vec<_>>().join("."),
                was: shortened(was),
                became: became.map(shortened),
                why: why.to_owned(),
            });
        }
    }

    /// The fields of an object, with an identifier.
    pub(crate) fn object(&mut self, value: Value, kind: &str) -> Option<Map<String, Value>> {
        match value {
            Value::Object(mut fields) => {
                self.identify(kind, &mut fields);
                Some(fields)
            }
            other => {
                self.note(&other, None, "it is not a record");
                self.missing = Some("it is not a record".to_owned());
                None
            }
        }
    }

    /// Sees that an object has a UUID: what cannot be one is made into one, always the same.
    fn identify(&mut self, kind: &str, fields: &mut Map<String, Value>) {
        let said = fields.get("id").and_then(as_words);
        if said
            .as_deref()
            .is_some_and(|said| said.parse::<Uuid>().is_ok())
        {
            return;
        }
        let id = if let Some(said) = &said {
            Uuid::derived(&[self.publisher, kind, said])
        } else {
            let parent = self.parents.last().map_or("", String::as_str);
            let content = Value::Object(fields.clone()).to_string();
            Uuid::derived(&[self.publisher, kind, parent, &content])
        };
        let id = Value::String(id.to_string());
        let why = match &said {
            Some(_) => "its identifier is not a UUID",
            None => "it has no identifier",
        };
        let was = said.map_or(Value::Null, Value::String);
        self.note_of("id", &was, Some(&id), why);
        if kind == "TaxonomyTerm" && !was.is_null() {
            // What names a term in its list says more than any UUID.
            fields.entry("code").or_insert(was);
        }
        fields.insert("id".to_owned(), id);
    }

    /// Begins to read the fields of an object.
    pub(crate) fn enter(&mut self, fields: &Map<String, Value>) {
        let id = fields.get("id").and_then(as_words).unwrap_or_default();
        self.parents.push(id);
    }

    /// Has read the fields of an object.
    pub(crate) fn leave(&mut self) {
        self.parents.pop();
    }

    /// The identifier of the nearest object that holds this one.
    pub(super) fn parent(&self) -> &str {
        self.parents.last().map_or("", String::as_str)
    }

    /// Whose record it is.
    pub(super) fn publisher(&self) -> &str {
        self.publisher
    }

    /// A field without which there is no record.
    pub(crate) fn required<T: Lenient>(
        &mut self,
        fields: &mut Map<String, Value>,
        name: &str,
    ) -> Option<T> {
        let found = self.optional(fields, name).or_else(T::missing);
        if found.is_none() {
            let place = self.place.join(".");
            self.note_of(name, &Value::Null, None, "without it there is no record");
            self.missing = Some(if place.is_empty() {
                format!("it has no {name}")
            } else {
                format!("{place} has no {name}")
            });
        }
        found
    }

    /// A field that may be missing.
    pub(crate) fn optional<T: Lenient>(
        &mut self,
        fields: &mut Map<String, Value>,
        name: &str,
    ) -> Option<T> {
        let value = fields.remove(name)?;
        if is_nothing(&value) {
            return None;
        }
        self.place.push(name.to_owned());
        let found = T::lenient(value, self);
        self.place.pop();
        found
    }

    /// A list. One thing where a list belongs is a list of one.
    pub(crate) fn many<T: Lenient>(
        &mut self,
        fields: &mut Map<String, Value>,
        name: &str,
    ) -> Vec<T> {
        let items = match fields.remove(name) {
            None | Some(Value::Null) => return Vec::new(),
            Some(Value::Array(items)) => items,
            Some(one @ Value::Object(_)) => vec![one],
            Some(other) => {
                if !is_nothing(&other) {
                    self.note_of(name, &other, None, "a list belongs here");
                }
                return Vec::new();
            }
        };
        let mut found = Vec::new();
        for (number, item) in items.into_iter().enumerate() {
            if is_nothing(&item) {
                continue;
            }
            self.place.push(format!("{name}[{number}]"));
            let was = shortened(&item);
            match T::lenient(item, self) {
                Some(item) => found.push(item),
                None => self.note(&Value::String(was), None, "it was left out of the list"),
            }
            self.place.pop();
        }
        found
    }

    /// What is left: the publisher's own fields.
    pub(crate) fn extra(fields: Map<String, Value>) -> Extra {
        let mut extra = Extra::default();
        for (name, value) in fields {
            let name = name.replace('\0', "");
            if !name.is_empty() {
                extra.insert(&name, value);
            }
        }
        extra
    }
}

/// Whether a value says nothing.
pub(super) fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.iter().all(is_nothing),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A text or a number as words.
pub(super) fn as_words(value: &Value) -> Option<String> {
    let words = match value {
        Value::String(text) => text.replace('\0', "").trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!words.is_empty()).then_some(words)
}

/// The beginning of a value, for a note.
pub(super) fn shortened(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.chars().take(SHOWN + 1).collect(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let text = text.replace('\0', "");
    if text.chars().count() <= SHOWN {
        return text;
    }
    text.chars().take(SHOWN).chain(['…']).collect()
}

/// What was read, with a note where it is not written as it was.
pub(super) fn noted<T: ToString>(
    value: &Value,
    read: Option<T>,
    why: &str,
    context: &mut Context<'_>,
) -> Option<T> {
    let became = read.as_ref().map(|read| Value::String(read.to_string()));
    if became.as_ref() != Some(value) {
        context.note(value, became.as_ref(), why);
    }
    read
}
