//! The numbers of a chart as a table under it.

use maud::{Markup, Render, html};

/// A table that opens under a chart, and scrolls by keyboard under the chart's name.
pub(super) struct DataTable<'a, L = &'a str> {
    /// The id of the chart.
    pub(super) chart: &'a str,
    pub(super) title: &'a str,
    pub(super) subtitle: &'a str,
    /// The headings, that of the rows' labels first.
    pub(super) columns: &'a [String],
    /// Each row's label and its cells.
    pub(super) rows: Vec<(L, Vec<String>)>,
    /// The last column is of words, not of numbers.
    pub(super) words_last: bool,
    pub(super) open: bool,
}

impl<L: Render> DataTable<'_, L> {
    pub(super) fn markup(&self) -> Markup {
        let caption = format!("{}-data", self.chart);
        html! {
            details.nhsuk-details.stour-chart__data open[self.open] {
                summary.nhsuk-details__summary {
                    span.nhsuk-details__summary-text {
                        "Data as a table" span.nhsuk-u-visually-hidden { ": " (self.title) }
                    }
                }
                div.stour-scroll tabindex="0" role="region" aria-labelledby={ (self.chart) "-title " (caption) } {
                    table.stour-data.stour-data--words[self.words_last] {
                        caption id=(caption) { (self.subtitle) }
                        thead { tr { @for column in self.columns { th scope="col" { (column) } } } }
                        tbody {
                            @for (label, cells) in &self.rows {
                                tr {
                                    th scope="row" { (label) }
                                    @for cell in cells { td { (cell) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
