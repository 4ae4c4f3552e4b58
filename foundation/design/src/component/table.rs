//! Rows and columns.

use maud::{Markup, Render, html};

use super::card::Card;
use super::heading::Size;
use super::scroll::Scroll;
use crate::Content;

/// Where a column's text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Align {
    Left,
    Centre,
    Right,
}

impl Align {
    const fn class(self) -> &'static str {
        match self {
            Self::Left => " nhsuk-u-text-align-left",
            Self::Centre => " nhsuk-u-text-align-centre",
            Self::Right => " nhsuk-u-text-align-right",
        }
    }
}

/// How a column is sorted now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Sort {
    Unsorted,
    Ascending,
    Descending,
}

impl Sort {
    const fn word(self) -> Option<&'static str> {
        match self {
            Self::Unsorted => None,
            Self::Ascending => Some("ascending"),
            Self::Descending => Some("descending"),
        }
    }
}

/// A column.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// What it is called.
    pub content: Content,
    /// Holds numbers: to the right, in figures of one width. Its cells follow.
    pub numeric: bool,
    /// Where its text stands. Its cells follow.
    pub align: Option<Align>,
    /// Its width, a name of the design system: `one-half`, `one-third`, `one-quarter`, `two-thirds`…
    pub width: Option<&'static str>,
    /// Can be sorted: by script, or by the server where it has an `href`.
    pub sort: Option<Sort>,
    /// Which way the first press sorts (script only).
    pub sort_next: Option<Sort>,
    /// Where the table sorted by this column is.
    pub href: Option<String>,
    /// Its words stay on one line.
    pub no_wrap: bool,
    /// Words for those who hear the page.
    pub visually_hidden: Option<String>,
}

impl Column {
    /// A column of numbers.
    pub fn numeric(content: impl Into<Content>) -> Self {
        Self {
            content: content.into(),
            numeric: true,
            ..Self::default()
        }
    }

    /// Can be sorted by script, unsorted at first.
    #[must_use]
    pub fn sortable(self) -> Self {
        Self {
            sort: Some(Sort::Unsorted),
            ..self
        }
    }
}

impl From<&str> for Column {
    fn from(text: &str) -> Self {
        Self {
            content: text.into(),
            ..Self::default()
        }
    }
}

impl From<String> for Column {
    fn from(text: String) -> Self {
        Self {
            content: text.into(),
            ..Self::default()
        }
    }
}

/// A cell.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// What it holds.
    pub content: Content,
    /// Where it leads.
    pub href: Option<String>,
    /// `Some(false)`: words in a column of numbers; `Some(true)`: a number in a column of words.
    pub numeric: Option<bool>,
    /// Where its text stands, when not as its column's.
    pub align: Option<Align>,
    /// What it is sorted by, when not what it shows.
    pub sort_value: Option<String>,
    /// How many columns it covers.
    pub span: Option<u8>,
    /// Its words stay on one line.
    pub no_wrap: bool,
    /// Set faintly: for "No data".
    pub faint: bool,
    /// Long words such as addresses break anywhere.
    pub break_words: bool,
    /// Words for those who hear the page.
    pub visually_hidden: Option<String>,
}

impl Cell {
    /// A cell that leads somewhere.
    pub fn link(content: impl Into<Content>, href: impl Into<String>) -> Self {
        Self {
            content: content.into(),
            href: Some(href.into()),
            ..Self::default()
        }
    }

    /// A cell without a value: "No data".
    pub fn missing(content: impl Into<Content>) -> Self {
        Self {
            content: content.into(),
            faint: true,
            numeric: Some(false),
            ..Self::default()
        }
    }

    /// Sorted by a value of its own, for example a date in ISO 8601.
    #[must_use]
    pub fn sorted_by(self, value: impl Into<String>) -> Self {
        Self {
            sort_value: Some(value.into()),
            ..self
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self {
            content: text.into(),
            ..Self::default()
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self {
            content: text.into(),
            ..Self::default()
        }
    }
}

impl From<Markup> for Cell {
    fn from(markup: Markup) -> Self {
        Self {
            content: markup.into(),
            ..Self::default()
        }
    }
}

impl From<Content> for Cell {
    fn from(content: Content) -> Self {
        Self {
            content,
            ..Self::default()
        }
    }
}

/// What a table is called.
#[derive(Debug, Clone, Default)]
pub struct TableCaption {
    /// What it says.
    pub content: Content,
    /// Its size.
    pub size: Option<Size>,
    /// Heard, not seen: when a heading above says the same.
    pub visually_hidden: bool,
    /// Its id; a table that scrolls needs one.
    pub id: Option<String>,
}

impl From<&str> for TableCaption {
    fn from(text: &str) -> Self {
        Self {
            content: text.into(),
            ..Self::default()
        }
    }
}

impl From<String> for TableCaption {
    fn from(text: String) -> Self {
        Self {
            content: text.into(),
            ..Self::default()
        }
    }
}

/// Rows and columns.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a way of drawing that nhsuk-frontend names"
)]
pub struct Table {
    /// What it is called.
    pub caption: Option<TableCaption>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, a cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// The first cell of each row names the row.
    pub first_cell_is_header: bool,
    /// On a narrow screen each row is drawn as a list.
    pub responsive: bool,
    /// Scrolls sideways on a narrow screen: for many columns of numbers.
    pub scroll: bool,
    /// Drawn closer, for dense pages of staff.
    pub compact: bool,
    /// Every other row on a grey ground.
    pub striped: bool,
    /// On a dark ground.
    pub reverse: bool,
    /// Drawn without lines.
    pub no_border: bool,
    /// Drawn without the line under the last row.
    pub no_last_row_border: bool,
    /// A card around it.
    pub card: Option<Card>,
    /// Its id.
    pub id: Option<String>,
}

impl Table {
    /// A table with a caption; cells from text or markup.
    pub fn new<C, R, D>(
        caption: impl Into<TableCaption>,
        columns: impl IntoIterator<Item = C>,
        rows: impl IntoIterator<Item = R>,
    ) -> Self
    where
        C: Into<Column>,
        R: IntoIterator<Item = D>,
        D: Into<Cell>,
    {
        Self {
            caption: Some(caption.into()),
            columns: columns.into_iter().map(Into::into).collect(),
            rows: rows
                .into_iter()
                .map(|row| row.into_iter().map(Into::into).collect())
                .collect(),
            ..Self::default()
        }
    }

    fn is_sortable(&self) -> bool {
        self.columns.iter().any(|column| column.sort.is_some())
    }

    fn is_sorted_by_server(&self) -> bool {
        self.is_sortable() && self.columns.iter().any(|column| column.href.is_some())
    }

    fn caption_id(&self) -> Option<String> {
        let caption = self.caption.as_ref()?;
        let made = || {
            if !self.scroll {
                return None;
            }
            if let Some(id) = &self.id {
                return Some(format!("{id}-caption"));
            }
            let slug = caption.content.text()?.replace(' ', "-").to_lowercase();
            Some(format!(
                "table-{}-caption",
                slug.chars().take(40).collect::<String>()
            ))
        };
        caption.id.clone().or_else(made)
    }

    fn caption(&self) -> Markup {
        let Some(caption) = &self.caption else {
            return html! {};
        };
        html! {
            caption class={
                "nhsuk-table__caption"
                @if let Some(size) = caption.size { " nhsuk-table__caption--" (size.suffix()) }
                @if caption.visually_hidden { " nhsuk-u-visually-hidden" }
            } id=[self.caption_id()] {
                (caption.content)
                @if self.is_sortable() { span.nhsuk-u-visually-hidden { " (Column headers are sortable)" } }
            }
        }
    }

    fn head(&self, column: &Column) -> Markup {
        let sorted = column.sort.and_then(Sort::word);
        let next = column
            .sort_next
            .and_then(Sort::word)
            .filter(|_| self.is_sortable() && !self.is_sorted_by_server());
        html! {
            th class={
                "nhsuk-table__header"
                @if column.numeric { " nhsuk-table__header--numeric" }
                (column.align.map_or("", Align::class))
                @if let Some(width) = column.width { " nhsuk-u-width-" (width) }
                @if column.no_wrap { " nhsuk-u-nowrap" }
            } scope="col" role=[self.responsive.then_some("columnheader")] data-sort[column.sort.is_some()]
                data-sort-next=[next] aria-sort=[sorted] {
                (value(&column.content, column.href.as_deref(), column.visually_hidden.as_deref()))
            }
        }
    }

    fn cell(&self, position: usize, cell: &Cell) -> Markup {
        let column = self.columns.get(position);
        let names_row = position == 0 && self.first_cell_is_header;
        let element = if names_row {
            "nhsuk-table__header"
        } else {
            "nhsuk-table__cell"
        };
        let in_numbers = column.is_some_and(|column| column.numeric);
        let words_in_numbers = cell.numeric == Some(false) && in_numbers;
        let align = cell
            .align
            .or(words_in_numbers.then_some(Align::Right))
            .or_else(|| column.and_then(|column| column.align));
        let class = format!(
            "{element}{}{}{}{}{}",
            if cell.numeric.unwrap_or(in_numbers) {
                format!(" {element}--numeric")
            } else {
                String::new()
            },
            align.map_or("", Align::class),
            if cell.no_wrap { " nhsuk-u-nowrap" } else { "" },
            if cell.faint {
                " nhsuk-u-secondary-text-colour"
            } else {
                ""
            },
            if cell.break_words {
                " nhsuk-u-text-break-word"
            } else {
                ""
            },
        );
        let shown = value(
            &cell.content,
            cell.href.as_deref(),
            cell.visually_hidden.as_deref(),
        );
        let inner = match column.filter(|_| self.responsive) {
            Some(column) => html! {
                span.nhsuk-table__heading aria-hidden="true" {
                    (value(&column.content, None, column.visually_hidden.as_deref())) " "
                }
                @if cell.content.text().is_some() { (shown) } @else { span { (shown) } }
            },
            None => shown,
        };
        let role = |role| self.responsive.then_some(role);
        let span = cell.span.filter(|_| !self.responsive);
        let sorted_by = cell.sort_value.as_deref();
        html! {
            @if names_row {
                th class=(class) scope="row" role=[role("rowheader")] colspan=[span] data-sort-value=[sorted_by] { (inner) }
            } @else {
                td class=(class) role=[role("cell")] colspan=[span] data-sort-value=[sorted_by] { (inner) }
            }
        }
    }

    fn table(&self) -> Markup {
        let sorted_by_script = self.is_sortable() && !self.is_sorted_by_server();
        let role = |role| self.responsive.then_some(role);
        html! {
            table class={
                "nhsuk-table"
                @if self.reverse { " nhsuk-table--reverse" }
                @if self.compact { " nhsuk-table--compact" }
                @if self.responsive { " nhsuk-table--responsive" }
                @if self.no_border { " nhsuk-table--no-border" }
                @else if self.no_last_row_border { " nhsuk-table--no-last-row-border" }
                @if self.is_sortable() { " nhsuk-table--sortable" }
                @if self.striped { " nhsuk-table--striped" }
            } id=[self.id.as_deref()] data-module=[sorted_by_script.then_some("nhsuk-table")] role=[role("table")] {
                (self.caption())
                @if !self.columns.is_empty() {
                    thead.nhsuk-table__head role=[role("rowgroup")] {
                        tr.nhsuk-table__row role=[role("row")] {
                            @for column in &self.columns { (self.head(column)) }
                        }
                    }
                }
                tbody.nhsuk-table__body {
                    @for row in &self.rows {
                        tr.nhsuk-table__row role=[role("row")] {
                            @for (position, cell) in row.iter().enumerate() { (self.cell(position, cell)) }
                        }
                    }
                }
            }
        }
    }
}

fn value(content: &Content, href: Option<&str>, visually_hidden: Option<&str>) -> Markup {
    let inner = html! {
        (content)
        @if let Some(words) = visually_hidden {
            span.nhsuk-u-visually-hidden { @if !content.is_empty() { " " } (words) }
        }
    };
    html! { @if let Some(href) = href { a.nhsuk-link href=(href) { (inner) } } @else { (inner) } }
}

impl Render for Table {
    fn render(&self) -> Markup {
        let table = if self.scroll {
            Scroll {
                content: self.table().into(),
                labelled_by: self.caption_id(),
                reverse: self.reverse,
            }
            .render()
        } else {
            self.table()
        };
        match &self.card {
            Some(card) => Card {
                content: table.into(),
                ..card.clone()
            }
            .render(),
            None => table,
        }
    }
}
