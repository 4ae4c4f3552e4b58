//! E-mail addresses and addresses on the web.

use std::fmt::Write as _;

use serde_json::Value;

use super::context::{Context, Lenient, as_words};
use crate::value::{Email, Uri, WebAddress, is_uri_character};

impl Lenient for Email {
    fn lenient(value: Value, context: &mut Context<'_>) -> Option<Self> {
        let said = match &value {
            Value::String(text) => text.as_str(),
            _ => "",
        };
        let first = said
            .split([';', ',', ' ', '\n', '|', '<', '>'])
            .map(|part| {
                part.trim()
                    .trim_start_matches("mailto:")
                    .trim_end_matches('.')
            })
            .find(|part| part.contains('@'));
        let read: Option<Self> = first.and_then(|first| first.parse().ok());
        match read {
            Some(email) if email.domain().ends_with(".invalid") => {
                context.note(&value, None, "it stands for no address");
                None
            }
            read => {
                if read.as_ref().map(Self::as_str) != Some(said) {
                    let became = read.as_ref().map(|email| Value::String(email.to_string()));
                    context.note(&value, became.as_ref(), "it is not one e-mail address");
                }
                read
            }
        }
    }
}

impl Lenient for WebAddress {
    fn lenient(value: Value, context: &mut Context<'_>) -> Option<Self> {
        address(&value, context, |text| {
            let whole = text.parse::<Self>().ok();
            whole.or_else(|| format!("http://{text}").parse().ok())
        })
    }
}

impl Lenient for Uri {
    fn lenient(value: Value, context: &mut Context<'_>) -> Option<Self> {
        address(&value, context, |text| text.parse::<Self>().ok())
    }
}

fn address<T: ToString>(
    value: &Value,
    context: &mut Context<'_>,
    read: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let said = as_words(value).unwrap_or_default();
    if is_example(&said) {
        context.note(value, None, "it is an example, not an address");
        return None;
    }
    let read = read(&escaped(&said));
    let became = read.as_ref().map(|read| Value::String(read.to_string()));
    if became.as_ref() != Some(value) {
        context.note(value, became.as_ref(), "it is not an address as it stands");
    }
    read
}

/// Whether an address is at the domain that manuals use (RFC 2606, 3).
fn is_example(said: &str) -> bool {
    let rest = said.split("//").nth(1).unwrap_or(said);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let host = host.to_ascii_lowercase();
    host == "example.com" || host.ends_with(".example.com")
}

/// The text with what cannot stand in an address escaped, or left out where it is a control character.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    let mut fragment = false;
    for byte in text.bytes() {
        let begins_fragment = byte == b'#' && !fragment;
        fragment |= begins_fragment;
        if is_uri_character(byte) || byte == b'%' || begins_fragment {
            out.push(char::from(byte));
        } else if !byte.is_ascii_control() {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
