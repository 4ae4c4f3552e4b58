//! The registers of the record: every kind of entry, listed, changed, compared, exported and imported.

use stour_register::{Framed, Register, Scope};
use stour_web::Page;

use super::frame::{self, Part};
use crate::SCOPE;
use crate::noun::KINDS;

/// The registers of the record.
pub(crate) static REGISTER: Register = Register {
    kinds: || KINDS.to_vec(),
    scope: Scope::One(SCOPE),
    paths: stour_register::paths!("/decisions/registers", "/decisions/registers/export.xlsx"),
    read: "decision.read",
    edit: "decision.edit",
    // Who answers for a commitment is said in words: no kind of the record has a field for an owner.
    owners: |_| Vec::new(),
    title: |_, _| Some("Decisions and scrutiny".to_owned()),
    around,
};

fn around(framed: Framed<'_>) -> Page {
    let part = framed.above.is_empty().then_some(Part::Registers);
    let page = frame::page(part, &framed.title, &framed.main);
    let mut above: Vec<(String, String)> =
        vec![("Decisions".to_owned(), "/decisions/work".to_owned())];
    above.extend(framed.above);
    Page {
        breadcrumb: Some(stour_design::Breadcrumb::new(
            above
                .iter()
                .map(|(words, href)| (words.as_str(), href.as_str())),
        )),
        ..page
    }
}
