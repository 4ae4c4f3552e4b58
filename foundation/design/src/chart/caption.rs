//! The headline of a chart and what it measures.

use maud::{Markup, html};

use crate::component::{Level, heading_element};

/// The headline at a level, or as a paragraph, and the measure under it. Their elements are named after the chart.
pub(super) fn caption(chart: &str, level: Option<Level>, title: &str, subtitle: &str) -> Markup {
    let id = format!("{chart}-title");
    let title = html! { (title) };
    html! {
        figcaption {
            @if let Some(level) = level {
                (heading_element(level, Some("stour-chart__title"), Some(&id), &title))
            } @else {
                p.stour-chart__title id=(id) { (title) }
            }
            p.stour-chart__subtitle id={ (chart) "-subtitle" } { (subtitle) }
        }
    }
}
