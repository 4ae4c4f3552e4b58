//! What is known of a thing, as names and values.

use maud::{Markup, Render, html};

use super::card::{Action, Card};
use crate::Content;

/// One name and its value.
#[derive(Debug, Clone, Default)]
pub struct SummaryRow {
    /// Its name.
    pub key: Content,
    /// Its value.
    pub value: Content,
    /// What can be done with it.
    pub actions: Vec<Action>,
    /// Drawn without the line under it.
    pub no_border: bool,
}

impl SummaryRow {
    /// A name and its value.
    pub fn new(key: impl Into<Content>, value: impl Into<Content>) -> Self {
        Self {
            key: key.into(),
            value: value.into(),
            ..Self::default()
        }
    }

    /// With something to do.
    #[must_use]
    pub fn action(mut self, action: Action) -> Self {
        self.actions.push(action);
        self
    }
}

impl<K: Into<Content>, V: Into<Content>> From<(K, V)> for SummaryRow {
    fn from((key, value): (K, V)) -> Self {
        Self::new(key, value)
    }
}

/// What is known of a thing.
#[derive(Debug, Clone, Default)]
pub struct SummaryList {
    /// Names and values, in order.
    pub rows: Vec<SummaryRow>,
    /// Drawn without lines.
    pub no_border: bool,
    /// Drawn without the line under the last row.
    pub no_last_row_border: bool,
    /// A card around it: its heading, link, actions and variant.
    pub card: Option<Card>,
}

impl SummaryList {
    /// Rows, or (name, value).
    pub fn new<T: Into<SummaryRow>>(rows: impl IntoIterator<Item = T>) -> Self {
        Self {
            rows: rows.into_iter().map(Into::into).collect(),
            ..Self::default()
        }
    }

    /// In a card.
    #[must_use]
    pub fn in_card(self, card: Card) -> Self {
        Self {
            card: Some(card),
            no_last_row_border: true,
            ..self
        }
    }

    fn row(&self, row: &SummaryRow, with_actions: bool, last: bool) -> Markup {
        let card = self
            .card
            .as_ref()
            .and_then(|card| card.heading.as_ref())
            .map(|heading| &heading.content);
        let covered = self.no_border || self.no_last_row_border && last;
        html! {
            div class={
                "nhsuk-summary-list__row"
                @if with_actions && row.actions.is_empty() { " nhsuk-summary-list__row--no-actions" }
                @if row.no_border && !covered { " nhsuk-summary-list__row--no-border" }
            } {
                dt.nhsuk-summary-list__key { (row.key) }
                dd.nhsuk-summary-list__value { (row.value) }
                @match row.actions.as_slice() {
                    [] => {},
                    [action] => dd.nhsuk-summary-list__actions { (action.render_in(card)) },
                    actions => {
                        dd.nhsuk-summary-list__actions {
                            ul.nhsuk-summary-list__actions-list {
                                @for action in actions {
                                    li.nhsuk-summary-list__actions-list-item { (action.render_in(card)) }
                                }
                            }
                        }
                    },
                }
            }
        }
    }
}

impl Render for SummaryList {
    fn render(&self) -> Markup {
        let with_actions = self.rows.iter().any(|row| !row.actions.is_empty());
        let end = self.rows.len().saturating_sub(1);
        let no_last = self.no_last_row_border && !self.no_border;
        let list = html! {
            dl.nhsuk-summary-list.nhsuk-summary-list--no-border[self.no_border]
                .nhsuk-summary-list--no-last-row-border[no_last] {
                @for (position, row) in self.rows.iter().enumerate() { (self.row(row, with_actions, position == end)) }
            }
        };
        match &self.card {
            Some(card) => Card {
                content: list.into(),
                ..card.clone()
            }
            .render(),
            None => list,
        }
    }
}
