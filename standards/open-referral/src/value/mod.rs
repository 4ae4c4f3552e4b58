//! The values that fields hold. Each is checked where text becomes a value and is right from then on, so
//! that whatever is written validates against the published schemas.

mod day;
mod email;
mod extra;
mod number;
mod text;
mod uri;
mod uuid;
mod word;

pub use day::{ByDay, ByMonthDay, DayRule, Weekday};
pub use email::Email;
pub use extra::Extra;
pub use number::{Age, Amount, Degrees};
pub use text::Text;
pub(crate) use uri::is_character as is_uri_character;
pub use uri::{Uri, WebAddress};
pub use uuid::Uuid;
pub use word::{Frequency, LocationType, Status};

/// Why a text is not the value that a field holds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ValueError(pub(crate) &'static str);

/// Lets a type that is made from text by `FromStr` be written as that text and read back by serde.
macro_rules! written_as_text {
    ($($name:ident),+) => {$(
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.collect_str(self)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <::std::borrow::Cow<'de, str> as ::serde::Deserialize>::deserialize(from)?;
                text.parse().map_err(::serde::de::Error::custom)
            }
        }
    )+};
}
pub(crate) use written_as_text;

/// A value that is a text of one shape: how to see it as text.
macro_rules! holds_text {
    ($($name:ident),+) => {$(
        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, out: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                out.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    )+};
}
pub(crate) use holds_text;
