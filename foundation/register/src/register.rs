//! A register: which kinds it has, where its pages are, and who may read them.

use axum::extract::{Path, Query};
use stour_design::Markup;
use stour_web::{Caller, Form, Page, Route, Upload};

use crate::page::{aside, compare, download, edit, entry, import, index, list, new, remove};
use crate::{Around, Kind};

/// What a capability says of its registers, once. Everything else follows from the kinds.
#[derive(Debug, Clone, Copy)]
pub struct Register {
    /// The kinds of things kept, in the order of the page that lists them.
    pub kinds: fn() -> Vec<&'static Kind>,
    /// Which whole an address is about.
    pub scope: Scope,
    /// Where its pages are.
    pub paths: Paths,
    /// The action of reading.
    pub read: &'static str,
    /// The action that a route of changing names. Whoever changes an entry is asked for the action of its kind.
    pub edit: &'static str,
    /// Whoever can own something in a scope, by name: a field that [`Holds::Owner`](crate::Holds::Owner) takes no other.
    pub owners: fn(&Around) -> Vec<String>,
    /// What the whole is called; none when there is no such whole.
    pub title: fn(&str, &Around) -> Option<String>,
    /// Puts the capability's own frame around a page.
    pub around: fn(Framed<'_>) -> Page,
}

/// Which whole an address is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The one that this placeholder of the address names, such as `programme`.
    Named(&'static str),
    /// There is only this one.
    One(&'static str),
}

/// The addresses of a register's pages. Made by [`paths!`](crate::paths).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the address of the page of that name")]
pub struct Paths {
    pub index: &'static str,
    pub workbook: &'static str,
    pub list: &'static str,
    pub new: &'static str,
    pub import: &'static str,
    pub aside: &'static str,
    pub csv: &'static str,
    pub xlsx: &'static str,
    pub entry: &'static str,
    pub edit: &'static str,
    pub remove: &'static str,
    pub compare: &'static str,
}

/// The [`Paths`] under an address such as `/programmes/{programme}/registers`, with the address of the workbook of all
/// kinds.
#[macro_export]
macro_rules! paths {
    ($base:literal, $workbook:literal) => {
        $crate::Paths {
            index: $base,
            workbook: $workbook,
            list: concat!($base, "/{kind}"),
            new: concat!($base, "/{kind}/new"),
            import: concat!($base, "/{kind}/import"),
            aside: concat!($base, "/{kind}/aside"),
            csv: concat!($base, "/{kind}/export.csv"),
            xlsx: concat!($base, "/{kind}/export.xlsx"),
            entry: concat!($base, "/{kind}/{number}"),
            edit: concat!($base, "/{kind}/{number}/edit"),
            remove: concat!($base, "/{kind}/{number}/remove"),
            compare: concat!($base, "/{kind}/{number}/compare"),
        }
    };
}

/// A page of a register before the capability puts its own frame around it.
#[derive(Debug)]
pub struct Framed<'a> {
    /// The whole that it is about.
    pub scope: &'a str,
    /// What the whole is called.
    pub whole: &'a str,
    /// All that is in force in it.
    pub entries: &'a Around,
    /// What the page is called, without the name of the whole: its `h1`.
    pub title: String,
    /// The content below that.
    pub main: Markup,
    /// The pages above this one, beginning with that of all registers, which has none above it: text and address of each.
    pub above: Vec<(String, String)>,
}

impl Register {
    /// The address of the page of all its kinds, in a scope.
    pub fn address(&self, scope: &str) -> String {
        self.filled(self.paths.index, scope)
    }

    /// The address of the workbook of all its kinds, in a scope.
    pub fn workbook(&self, scope: &str) -> String {
        self.filled(self.paths.workbook, scope)
    }

    /// The address of the list of a kind.
    pub fn list(&self, scope: &str, kind: &str) -> String {
        format!("{}/{kind}", self.address(scope))
    }

    /// The address of the page of an entry.
    pub fn entry(&self, scope: &str, kind: &str, number: i64) -> String {
        format!("{}/{kind}/{number}", self.address(scope))
    }

    /// A kind by its name.
    pub fn kind(&self, name: &str) -> Option<&'static Kind> {
        (self.kinds)().into_iter().find(|kind| kind.name == name)
    }

    fn filled(&self, path: &str, scope: &str) -> String {
        match self.scope {
            Scope::Named(placeholder) => path.replace(
                &format!("{{{placeholder}}}"),
                &stour_web::words::segment(scope),
            ),
            Scope::One(_) => path.to_owned(),
        }
    }
}

/// What an address says: the whole, the kind, the number.
pub(crate) type Said = std::collections::BTreeMap<String, String>;
/// What the query of an address says.
pub(crate) type Asked = Query<std::collections::BTreeMap<String, String>>;

/// The pages of a register.
pub fn routes(register: &'static Register) -> Vec<Route> {
    let all = [of_kinds(register), of_entries(register), of_files(register)];
    all.into_iter().flatten().collect()
}

/// The pages of all kinds, of one, and of adding to it.
fn of_kinds(register: &'static Register) -> Vec<Route> {
    let Register {
        paths, read, edit, ..
    } = *register;
    vec![
        Route::get(
            paths.index,
            read,
            move |caller: Caller, Path(said): Path<Said>| index::show(register, caller, said),
        ),
        Route::get(
            paths.list,
            read,
            move |caller: Caller, Path(said): Path<Said>, asked: Asked| {
                list::show(register, caller, said, asked.0)
            },
        ),
        Route::get(
            paths.new,
            read,
            move |caller: Caller, Path(said): Path<Said>, asked: Asked| {
                new::form(register, caller, said, asked.0)
            },
        ),
        Route::post(
            paths.new,
            edit,
            move |caller: Caller, Path(said): Path<Said>, form: Form| {
                new::add(register, caller, said, form)
            },
        ),
    ]
}

/// The pages of one entry.
fn of_entries(register: &'static Register) -> Vec<Route> {
    let Register {
        paths, read, edit, ..
    } = *register;
    vec![
        Route::get(
            paths.entry,
            read,
            move |caller: Caller, Path(said): Path<Said>, asked: Asked| {
                entry::show(register, caller, said, asked.0)
            },
        ),
        Route::get(
            paths.edit,
            read,
            move |caller: Caller, Path(said): Path<Said>, asked: Asked| {
                edit::form(register, caller, said, asked.0)
            },
        ),
        Route::post(
            paths.edit,
            edit,
            move |caller: Caller, Path(said): Path<Said>, form: Form| {
                edit::change(register, caller, said, form)
            },
        ),
        Route::get(
            paths.remove,
            read,
            move |caller: Caller, Path(said): Path<Said>| remove::form(register, caller, said),
        ),
        Route::post(
            paths.remove,
            edit,
            move |caller: Caller, Path(said): Path<Said>, form: Form| {
                remove::remove(register, caller, said, form)
            },
        ),
        Route::get(
            paths.compare,
            read,
            move |caller: Caller, Path(said): Path<Said>, asked: Asked| {
                compare::show(register, caller, said, asked.0)
            },
        ),
    ]
}

/// Files, out and in.
fn of_files(register: &'static Register) -> Vec<Route> {
    let Register {
        paths, read, edit, ..
    } = *register;
    vec![
        Route::get(
            paths.workbook,
            read,
            move |caller: Caller, Path(said): Path<Said>| download::whole(register, caller, said),
        ),
        Route::get(
            paths.csv,
            read,
            move |caller: Caller, Path(said): Path<Said>| download::csv(register, caller, said),
        ),
        Route::get(
            paths.xlsx,
            read,
            move |caller: Caller, Path(said): Path<Said>| download::xlsx(register, caller, said),
        ),
        Route::get(
            paths.import,
            read,
            move |caller: Caller, Path(said): Path<Said>| import::form(register, caller, said),
        ),
        Route::post(
            paths.import,
            edit,
            move |caller: Caller, Path(said): Path<Said>, upload: Upload| {
                import::send(register, caller, said, upload)
            },
        )
        .with_file(),
        Route::get(
            paths.aside,
            read,
            move |caller: Caller, Path(said): Path<Said>, asked: Asked| {
                aside::show(register, caller, said, asked.0)
            },
        ),
        Route::post(
            paths.aside,
            edit,
            move |caller: Caller, Path(said): Path<Said>, form: Form| {
                aside::drop(register, caller, said, form)
            },
        ),
    ]
}
