//! Components against the fixtures that nhsuk-frontend publishes, and what a browser is given.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod asset;
mod bars;
mod chart;
mod choropleth;
mod drawn;
mod fixture;
mod icon;
mod layers;
mod lines;
mod shell;
mod tornado;
