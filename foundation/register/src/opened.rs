//! What every page of a register has before it: who asks, the whole, and all that is in force in it.

use std::collections::BTreeMap;
use std::time::Duration;

use stour_access::Resource;
use stour_design::Markup;
use stour_kernel::{Date, Timestamp, london};
use stour_web::{Caller, Page, Problem};

use crate::known::Known;
use crate::register::{Framed, Register, Said, Scope};
use crate::{Around, Entry, Kind, store};

/// A scope that somebody may read.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) register: &'static Register,
    pub(crate) scope: String,
    /// What the whole is called.
    pub(crate) whole: String,
    /// All that is in force now.
    pub(crate) around: Around,
    said: Said,
}

/// Asks for permission and opens the scope that an address names.
///
/// # Errors
/// 403, or 404 when there is no such scope.
pub(crate) async fn open(
    register: &'static Register,
    caller: &Caller,
    said: Said,
) -> Result<Opened, Problem> {
    caller.permit_to(register.read, Resource::House).await?;
    let scope = match register.scope {
        Scope::Named(placeholder) => said.get(placeholder).cloned().unwrap_or_default(),
        Scope::One(scope) => scope.to_owned(),
    };
    let of = scope.clone();
    let database = caller.house().database();
    let entries = database
        .read(move |tx| store::in_force(tx, &of).map_err(Problem::from))
        .await?;
    let around = Around::new(entries).for_check(None, caller.today());
    let whole = (register.title)(&scope, &around).ok_or_else(Problem::not_found)?;
    Ok(Opened {
        register,
        scope,
        whole,
        around,
        said,
    })
}

impl Opened {
    /// The kind that the address names.
    ///
    /// # Errors
    /// 404.
    pub(crate) fn kind(&self) -> Result<&'static Kind, Problem> {
        let name = self.said.get("kind").map_or("", String::as_str);
        self.register.kind(name).ok_or_else(Problem::not_found)
    }

    /// The latest state of the entry that the address names, also of one that was removed.
    ///
    /// # Errors
    /// 404.
    pub(crate) async fn entry(&self, caller: &Caller) -> Result<(&'static Kind, Entry), Problem> {
        let kind = self.kind()?;
        let number = self.said.get("number").and_then(|text| text.parse().ok());
        let number: i64 = number.ok_or_else(Problem::not_found)?;
        let scope = self.scope.clone();
        let database = caller.house().database();
        let found = database
            .read(move |tx| store::numbered(tx, (&scope, kind.name), number).map_err(Problem::from))
            .await?;
        let entry = found.ok_or_else(Problem::not_found)?;
        Ok((kind, entry))
    }

    /// The address of the list of a kind, with what follows it.
    pub(crate) fn list(&self, kind: &Kind, rest: &str) -> String {
        format!("{}{rest}", self.register.list(&self.scope, kind.name))
    }

    /// The address of the page of an entry, with what follows it.
    pub(crate) fn page_of(&self, kind: &str, number: i64, rest: &str) -> String {
        format!("{}{rest}", self.register.entry(&self.scope, kind, number))
    }

    /// What fields are read against and shown by.
    pub(crate) fn known(&self, caller: &Caller) -> Known<'_> {
        Known::of(self.register, &self.around, caller.today())
    }

    /// What was in force at the end of a day, where the query of the address asks for one.
    ///
    /// # Errors
    /// 400 for what is no day.
    pub(crate) async fn then(
        &self,
        caller: &Caller,
        asked: &BTreeMap<String, String>,
    ) -> Result<Option<(Date, Around)>, Problem> {
        let Some(day) = asked_day(asked)? else {
            return Ok(None);
        };
        let (scope, at) = (self.scope.clone(), end_of(day)?);
        let database = caller.house().database();
        let entries = database
            .read(move |tx| store::in_force_at(tx, &scope, at).map_err(Problem::from))
            .await?;
        Ok(Some((day, Around::new(entries).for_check(None, day))))
    }

    /// A page below that of all registers, in the capability's frame.
    pub(crate) fn page(
        &self,
        title: impl Into<String>,
        main: Markup,
        above: impl IntoIterator<Item = (String, String)>,
    ) -> Page {
        let index = ("Registers".to_owned(), self.register.address(&self.scope));
        self.framed(
            title.into(),
            main,
            [index].into_iter().chain(above).collect(),
        )
    }

    /// The page of all registers, in the capability's frame.
    pub(crate) fn first_page(&self, title: &str, main: Markup) -> Page {
        self.framed(title.to_owned(), main, Vec::new())
    }

    fn framed(&self, title: String, main: Markup, above: Vec<(String, String)>) -> Page {
        (self.register.around)(Framed {
            scope: &self.scope,
            whole: &self.whole,
            entries: &self.around,
            title,
            main,
            above,
        })
    }

    /// The list of a kind, as a page above another.
    pub(crate) fn above(&self, kind: &Kind) -> (String, String) {
        (kind.many.to_owned(), self.list(kind, ""))
    }
}

/// The day that the query asks for, in one field or in three.
fn asked_day(asked: &BTreeMap<String, String>) -> Result<Option<Date>, Problem> {
    let of = |name: &str| asked.get(name).map_or("", |text| text.trim());
    let text = match of("on") {
        "" => [of("on-day"), of("on-month"), of("on-year")].join(" "),
        text => text.to_owned(),
    };
    if text.trim().is_empty() {
        return Ok(None);
    }
    let day = crate::calendar::day(&text).and_then(|day| day.parse().ok());
    day.map(Some)
        .ok_or_else(|| Problem::malformed("Give the day as a real date, such as 30 October 2024."))
}

/// The last moment of a day in England.
fn end_of(day: Date) -> Result<Timestamp, Problem> {
    let next = day
        .tomorrow()
        .and_then(|next| next.to_zoned_datetime(london()));
    next.ok()
        .and_then(|next| next.timestamp().checked_sub(Duration::from_micros(1)).ok())
        .ok_or_else(|| Problem::malformed("Give a day on which something can be known."))
}

/// Whether somebody may do something with what is kept here: to show or hide a link.
pub(crate) fn may(caller: &Caller, action: &str) -> bool {
    action
        .parse()
        .is_ok_and(|action| caller.may(action, &Resource::House))
}

/// Only for those who may change entries of a kind; others may read them.
///
/// # Errors
/// 403.
pub(crate) fn only_if_may_edit(caller: &Caller, kind: &Kind) -> Result<(), Problem> {
    if may(caller, kind.edit) {
        return Ok(());
    }
    Err(Problem::forbidden(format!(
        "You may read this register. Only those who keep it can change {}.",
        kind.a()
    )))
}

/// Whoever asks, as somebody who changes an entry of a kind: decided and audited by the action of that kind.
///
/// # Errors
/// 500 for a kind whose action nobody knows.
pub(crate) fn editor(caller: &Caller, kind: &Kind) -> Result<Caller, Problem> {
    caller.doing(kind.edit)
}
