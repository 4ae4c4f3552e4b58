//! A register of risks, for the tests of this crate and of those that use it.

pub(crate) mod house;

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::http::HeaderMap;
use stour_database::Migrations;
use stour_design::{Heading, html};
use stour_kernel::{Date, Environment};
use stour_web::{Body, Caller, Capability, FieldError, Page, Route};

use crate::api::{self, ChangeJson};
use crate::{
    Around, Author, Entry, Field, Framed, Holds, Kind, Known, Need, Register, Scope, Values,
};

const fn field(name: &'static str, label: &'static str, holds: Holds, need: Need) -> Field {
    Field::new(name, label, "", holds, need)
}

/// A kind with a field of everything that a field can hold.
pub(crate) static RISK: Kind = Kind {
    name: "risk",
    one: "risk",
    many: "Risks",
    prefix: "R",
    edit: "programme.edit",
    title: "title",
    fields: &[
        field("title", "What may happen", Holds::Line, Need::Must),
        field("words", "In full", Holds::Text, Need::May),
        field("owner", "Owner", Holds::Owner, Need::Should),
        field("due", "Due", Holds::Month, Need::May),
        field("raised", "Raised on", Holds::Date, Need::May),
        field("cost", "What it would cost", Holds::Money, Need::May),
        field("score", "Score", Holds::Whole, Need::May),
        field("weight", "Weight", Holds::Decimal, Need::May),
        field("closed", "Whether it is closed", Holds::YesNo, Need::May),
        field(
            "channel",
            "Channel",
            Holds::Code("contact-channel"),
            Need::May,
        ),
        field("within", "Board", Holds::Entry("board"), Need::May),
        field(
            "related",
            "Related risks",
            Holds::Entries("risk"),
            Need::May,
        ),
    ],
    check: closed_costs_nothing,
};

/// A kind that others than programme managers may change.
pub(crate) static BOARD: Kind = Kind {
    name: "board",
    one: "board",
    many: "Boards",
    prefix: "B",
    edit: "benefit.edit",
    title: "title",
    fields: &[field("title", "Name", Holds::Line, Need::Must)],
    check: |_, _| Vec::new(),
};

/// A rule over two fields, which no single field breaks.
fn closed_costs_nothing(values: &Values, _: &Around) -> Vec<FieldError> {
    if values.get("closed") == "yes" && !values.get("cost").is_empty() {
        return vec![FieldError {
            field: "cost".to_owned(),
            message: "A risk that is closed costs nothing any more".to_owned(),
        }];
    }
    Vec::new()
}

/// A register of risks and boards in one scope.
pub(crate) static REGISTER: Register = Register {
    kinds: || vec![&RISK, &BOARD],
    scope: Scope::Named("programme"),
    paths: crate::paths!(
        "/programmes/{programme}/registers",
        "/programmes/{programme}/export.xlsx"
    ),
    read: "programme.read",
    edit: "programme.edit",
    owners: |around| {
        let boards = around.of_kind("board");
        let names = boards.map(|board| board.get("title").to_owned());
        names.chain(["Sponsors".to_owned()]).collect()
    },
    title: |scope, _| (scope == "test").then(|| "Test programme".to_owned()),
    around: framed,
};

fn framed(framed: Framed<'_>) -> Page {
    let heading = Heading::page(framed.title.as_str()).caption(framed.whole);
    Page::new(framed.title, html! { (heading) (framed.main) }).wide()
}

/// What a capability with this register brings to a house.
pub(crate) fn capability() -> Capability {
    Capability {
        name: "test",
        migrations: vec![crate::MIGRATIONS],
        routes: crate::routes(&REGISTER)
            .into_iter()
            .chain(api_routes())
            .collect(),
        ..Capability::default()
    }
}

fn api_routes() -> Vec<Route> {
    const LIST: &str = "/api/programmes/{programme}/registers/{kind}";
    const ENTRY: &str = "/api/programmes/{programme}/registers/{kind}/{number}";
    type Said = Path<BTreeMap<String, String>>;
    vec![
        Route::get(LIST, REGISTER.read, |caller: Caller, said: Said| {
            api::list(&REGISTER, caller, said.0)
        }),
        Route::post(
            LIST,
            REGISTER.edit,
            |caller: Caller, said: Said, body: Body<ChangeJson>| {
                api::create(&REGISTER, caller, said.0, body)
            },
        ),
        Route::get(ENTRY, REGISTER.read, |caller: Caller, said: Said| {
            api::show(&REGISTER, caller, said.0)
        }),
        Route::put(
            ENTRY,
            REGISTER.edit,
            |caller: Caller, said: Said, headers: HeaderMap, body: Body<ChangeJson>| {
                api::put(&REGISTER, caller, said.0, (headers, body))
            },
        ),
    ]
}

/// The tables that it needs.
pub(crate) fn migrations() -> Vec<Migrations> {
    let mut all = stour_web::testing::foundation_migrations();
    all.push(crate::MIGRATIONS);
    all
}

/// Somebody who changes entries.
pub(crate) fn author(name: &str) -> Author {
    Author {
        user: None,
        name: name.to_owned(),
        // A code that every house has.
        organisation: "QVV".parse().unwrap(),
    }
}

/// An entry that is in force.
pub(crate) fn entry(kind: &Kind, number: i64, fields: &[(&str, &str)]) -> Entry {
    let environment = Environment::fixed("2026-11-24T09:00:00Z");
    // A fixed environment begins anew each time: identifiers are taken until this one is its own.
    let ids = number.unsigned_abs() * 2 + u64::from(kind.name == BOARD.name);
    let id = (0..ids).fold(environment.id(), |_, _| environment.id());
    Entry {
        id,
        scope: "test".to_owned(),
        kind: kind.name.to_owned(),
        number,
        version: 1,
        values: fields.iter().copied().collect(),
        removed: false,
        why: "To begin with".to_owned(),
        by: author("Loader"),
        at: environment.now(),
    }
}

/// Two risks and a board.
pub(crate) fn around() -> Around {
    Around::new(vec![
        entry(&BOARD, 1, &[("title", "Programme Board")]),
        entry(&RISK, 1, &[("title", "Stakeholders disagree")]),
        entry(&RISK, 2, &[("title", "Political support"), ("within", "1")]),
    ])
}

/// What fields are read against, on the day on which test houses begin.
pub(crate) fn known(around: &Around) -> Known<'_> {
    Known::of(&REGISTER, around, today())
}

/// The day on which test houses begin.
pub(crate) fn today() -> Date {
    "2026-11-24".parse().unwrap()
}
