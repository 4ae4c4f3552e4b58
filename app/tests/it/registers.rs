//! Every kind of entry is declared so that its forms, files and references can work.

use std::collections::BTreeSet;

use stour_access::Action;
use stour_partnership::reference;
use stour_register::{Holds, Kind};

/// The registers of the product, each with its kinds.
fn registers() -> [(&'static str, Vec<&'static Kind>); 2] {
    [
        ("programme", stour_programme::kinds().collect()),
        ("decisions", stour_decisions::KINDS.to_vec()),
    ]
}

/// The inputs that a form has for a field, and what they begin with where there are many.
fn inputs(name: &str, holds: Holds) -> Vec<String> {
    let parts: &[&str] = match holds {
        Holds::Date => &["", "-day", "-month", "-year"],
        Holds::Month => &["", "-month", "-year"],
        Holds::Entries(_) => &["", "-n1"],
        _ => &[""],
    };
    parts.iter().map(|part| format!("{name}{part}")).collect()
}

/// What is wrong with how a kind is declared.
fn faults(kind: &Kind, all: &[&Kind]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut wrong = |what: String| faults.push(format!("{}: {what}", kind.name));
    if kind.field(kind.title).is_none() {
        wrong(format!(
            "it has no field {}, which is to name it",
            kind.title
        ));
    }
    if kind.edit.parse::<Action>().is_err() {
        wrong(format!("nobody can be allowed {}", kind.edit));
    }
    let is_plain = |name: &str| {
        name.chars()
            .all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-')
    };
    // What stands beside kinds in the addresses and in the files of reference data.
    let others = ["export", "scope", "organisation", "why"];
    if !is_plain(kind.name) || others.contains(&kind.name) {
        wrong("its name is no part of an address and of a file".to_owned());
    }
    // What a form and a file have of their own.
    let mut taken: BTreeSet<String> = [
        "csrf",
        "request-key",
        "password",
        "why-changed",
        "base-version",
        "fields-to-choose",
        "row-set-aside",
        "number",
        "version",
    ]
    .map(str::to_owned)
    .into();
    for field in kind.fields {
        if !is_plain(field.name) {
            wrong(format!("{} is no name of a field", field.name));
        }
        for input in inputs(field.name, field.holds) {
            if !taken.insert(input.clone()) {
                wrong(format!("two inputs are called {input}"));
            }
        }
        match field.holds {
            Holds::Code(list) if reference().unwrap().code_list(list).is_none() => {
                wrong(format!("{}: there is no code list {list}", field.name));
            }
            Holds::Entry(of) | Holds::Entries(of) if !all.iter().any(|one| one.name == of) => {
                wrong(format!("{}: there is no kind {of}", field.name));
            }
            _ => {}
        }
    }
    faults
}

#[test]
fn every_kind_is_declared_so_that_its_pages_and_files_work() {
    let mut faults_of_all = Vec::new();
    for (register, kinds) in registers() {
        let (mut names, mut sheets) = (BTreeSet::new(), BTreeSet::new());
        let mut prefixes = BTreeSet::new();
        for kind in &kinds {
            faults_of_all.extend(faults(kind, &kinds));
            if !names.insert(kind.name) {
                faults_of_all.push(format!("{register}: two kinds are called {}", kind.name));
            }
            if !prefixes.insert(kind.prefix) {
                faults_of_all.push(format!("{register}: {}1 would be two things", kind.prefix));
            }
            let sheet: String = kind.many.chars().take(31).collect();
            if !sheets.insert(sheet.to_lowercase()) {
                faults_of_all.push(format!("{register}: two sheets are called {sheet}"));
            }
        }
        assert!(!kinds.is_empty());
    }
    assert!(faults_of_all.is_empty(), "{}", faults_of_all.join("\n"));
}
