//! What a person sees: typed components of the NHS design system, the page they sit in, and charts as SVG.
//!
//! Everything here is a pure function from values to markup: no database, no request, no clock, no knowledge of people,
//! wards or indicators. A component takes what it shows and nothing else, so a page that compiles has a label for every
//! field and a heading for every panel. The names and the HTML are those of `nhsuk-frontend`, whose published fixtures
//! are the tests; its behaviour and style sheet are embedded (see [`assets`]) and nothing loads from another host.
//! No markup carries an inline script or style, so a page may forbid both.
//!
//! Components implement [`maud::Render`], so they are spliced as they are:
//!
//! ```ignore
//! html! {
//!     (Input { hint: Some("For example, 999 000 0018".into()), ..Input::new("nhs-number", "NHS number") })
//!     (Button::new("Search"))
//! }
//! ```

mod asset;
pub mod chart;
mod component;
mod content;
mod shell;

pub use asset::{Asset, NHSUK_JS, asset, assets};
pub use component::*;
pub use content::Content;
pub use maud::{Markup, PreEscaped, Render, html};
pub use shell::{NavLink, Shell, UserBadge, WAVE_MARK_PATH};
