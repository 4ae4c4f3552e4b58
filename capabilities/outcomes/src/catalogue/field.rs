//! What indicators may read of a fact: `reference/facts.toml`.

use serde::Deserialize;
use stour_facts::FactKind;
use stour_kernel::Code;
use stour_partnership::Reference;

/// What indicators may read of facts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    field: Vec<Field>,
    quantity: Vec<Quantity>,
}

/// A field of some kinds of fact.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// What selectors call it.
    pub name: String,
    /// Which kinds of fact have it.
    pub kinds: Vec<FactKind>,
    /// Its names in the detail of a fact, the first found first; `outcome` is the fact's own.
    pub from: Vec<String>,
    /// The code list whose codes it has.
    pub list: Option<Code>,
    /// Further lists.
    #[serde(default)]
    pub also: Vec<Code>,
    /// Codes that are in no list.
    #[serde(default)]
    pub codes: Vec<String>,
    /// Whether it is looked at from its beginning, by codes that no list holds.
    #[serde(default)]
    pub prefix: bool,
    /// Whether its words are anybody's.
    #[serde(default)]
    pub open: bool,
}

/// The number or day that a kind of fact has one of.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quantity {
    /// Which kind of fact.
    pub kind: FactKind,
    /// Its name in the detail.
    pub from: String,
    /// What it is.
    pub is: QuantityIs,
}

/// What a quantity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuantityIs {
    /// A whole number.
    Number,
    /// A date.
    Day,
}

impl Fields {
    /// The fields of a kind of fact.
    pub fn of(&self, kind: FactKind) -> impl Iterator<Item = &Field> {
        self.field
            .iter()
            .filter(move |field| field.kinds.contains(&kind))
    }

    /// The field of a kind of fact that selectors call so.
    pub fn named(&self, kind: FactKind, name: &str) -> Option<&Field> {
        self.of(kind).find(|field| field.name == name)
    }

    /// The quantity of a kind of fact.
    pub fn quantity(&self, kind: FactKind) -> Option<&Quantity> {
        self.quantity.iter().find(|quantity| quantity.kind == kind)
    }
}

impl Field {
    /// Its code lists that are there.
    fn lists<'r>(
        &'r self,
        reference: &'r Reference,
    ) -> impl Iterator<Item = &'r stour_partnership::ReferenceList> {
        let lists = self.list.iter().chain(&self.also);
        lists.filter_map(|list| reference.code_list(list.as_str()))
    }

    /// Whether a code can be one of its, at any time. Codes are compared without regard to case.
    pub fn has(&self, reference: &Reference, code: &str) -> bool {
        let known = |list: &stour_partnership::ReferenceList| {
            list.list
                .entries()
                .iter()
                .any(|entry| entry.code.as_str().eq_ignore_ascii_case(code))
        };
        self.open
            || self.prefix
            || self.codes.iter().any(|own| own.eq_ignore_ascii_case(code))
            || self.lists(reference).any(known)
    }

    /// The codes that have been of a group at any time.
    pub fn members(&self, reference: &Reference, group: &str) -> Vec<String> {
        let lists = self.lists(reference);
        let members = lists.flat_map(|list| {
            let entries = list.list.entries().iter();
            entries
                .filter(move |entry| list.group_at(&entry.code, entry.valid.start()) == Some(group))
        });
        members.map(|entry| entry.code.to_string()).collect()
    }
}
