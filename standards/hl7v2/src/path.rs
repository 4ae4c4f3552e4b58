//! Names of places in a message, as people write them: `PID-3(2).4.1`.

use std::{fmt, str::FromStr};

/// A place in a message: segment, occurrence, field, repeat, component, subcomponent, all
/// numbered from 1 as HL7 does.
///
/// Written `SEG-field`, `SEG-field(repeat)`, `SEG(occurrence)-field.component.subcomponent`. What
/// isn't written is 1, so `PID-5` is the first subcomponent of the first component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Path {
    pub(crate) name: [u8; 3],
    pub(crate) occurrence: usize,
    pub(crate) field: usize,
    pub(crate) repeat: usize,
    pub(crate) component: usize,
    pub(crate) subcomponent: usize,
}

impl Path {
    /// The segment's name.
    pub fn name(&self) -> &str {
        std::str::from_utf8(&self.name).unwrap_or_default()
    }

    /// Which segment of that name.
    pub fn occurrence(&self) -> usize {
        self.occurrence
    }

    /// Which field.
    pub fn field(&self) -> usize {
        self.field
    }

    /// Which repeat.
    pub fn repeat(&self) -> usize {
        self.repeat
    }

    /// Which component.
    pub fn component(&self) -> usize {
        self.component
    }

    /// Which subcomponent.
    pub fn subcomponent(&self) -> usize {
        self.subcomponent
    }
}

impl FromStr for Path {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        read(text).ok_or_else(|| PathError(text.chars().take(40).collect()))
    }
}

fn read(text: &str) -> Option<Path> {
    let (segment, place) = text.split_once('-')?;
    let (name, occurrence) = with_number(segment)?;
    let name: [u8; 3] = name.as_bytes().try_into().ok()?;
    if !is_segment_name(&name) {
        return None;
    }
    let mut parts = place.split('.');
    let (field, repeat) = with_number(parts.next()?)?;
    let mut next = || parts.next().map_or(Some(1), number);
    let (component, subcomponent) = (next()?, next()?);
    let path = Path {
        name,
        occurrence,
        field: number(field)?,
        repeat,
        component,
        subcomponent,
    };
    parts.next().is_none().then_some(path)
}

/// Splits `3(2)` into `3` and 2.
fn with_number(text: &str) -> Option<(&str, usize)> {
    match text.split_once('(') {
        None => Some((text, 1)),
        Some((head, tail)) => Some((head, number(tail.strip_suffix(')')?)?)),
    }
}

fn number(text: &str) -> Option<usize> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| digits && *number > 0)
}

pub(crate) fn is_segment_name(name: &[u8]) -> bool {
    let [first, rest @ ..] = name else {
        return false;
    };
    rest.len() == 2
        && first.is_ascii_uppercase()
        && rest
            .iter()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        if self.occurrence > 1 {
            write!(f, "({})", self.occurrence)?;
        }
        write!(f, "-{}", self.field)?;
        if self.repeat > 1 {
            write!(f, "({})", self.repeat)?;
        }
        match (self.component, self.subcomponent) {
            (1, 1) => Ok(()),
            (component, 1) => write!(f, ".{component}"),
            (component, subcomponent) => write!(f, ".{component}.{subcomponent}"),
        }
    }
}

/// Text that doesn't name a place in a message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} does not name a place in a message; write it as PID-3, PID-3(2).4.1 or NK1(2)-2.1, counting from 1"
)]
pub struct PathError(String);
