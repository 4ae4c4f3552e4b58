//! Publishing: from today the public may read it.

use axum::response::Response;
use stour_access::Resource;
use stour_database::Transaction;
use stour_kernel::Environment;
use stour_register::{Around, Author, Changed, Entry, Finding, change_checked, in_force, lint};
use stour_web::{Caller, Form, Problem, redirect};

use super::drafts::Drafts;
use super::registers::REGISTER;
use crate::SCOPE;
use crate::record::first_draft;

/// What is to be published: a meeting with everything that hangs on it, or one entry that hangs on none.
#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    Meeting(i64),
    Entry(String, i64),
}

impl What {
    fn of(form: &Form) -> Result<Self, Problem> {
        let number = |field: &str| form.get(field).parse::<i64>();
        let wrong = |_| Problem::malformed("Say what is to be published.");
        if form.get("meeting").is_empty() {
            let number = number("number").map_err(wrong)?;
            Ok(Self::Entry(form.get("kind").to_owned(), number))
        } else {
            number("meeting").map(Self::Meeting).map_err(wrong)
        }
    }
}

/// `POST /decisions/work/publish`.
pub(crate) async fn publish(caller: Caller, form: Form) -> Result<Response, Problem> {
    let what = What::of(&form)?;
    let by = Author::from(caller.actor());
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let published = publish_now(tx, environment, &what, &by)?;
        Ok(format!("/decisions/work?published={published}"))
    };
    let sent = (form.key(), form.fingerprint());
    let to = caller.write(sent, Resource::House, work).await?;
    Ok(redirect(&to))
}

/// Publishes all of it or, where an entry breaks a rule of its kind or would stay unseen, nothing. What somebody has said a
/// day for keeps that day. Gives how many entries it was.
fn publish_now(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    what: &What,
    by: &Author,
) -> Result<usize, Problem> {
    let today = environment.today();
    let around = Around::new(in_force(tx, SCOPE)?);
    let drafts = Drafts::of(&around, today);
    let none = Vec::new();
    let chosen: Vec<&Entry> = match what {
        What::Meeting(number) => {
            Drafts::undecided(drafts.meetings.get(number).unwrap_or(&none)).collect()
        }
        What::Entry(kind, number) => Drafts::undecided(&drafts.others)
            .filter(|entry| entry.kind == *kind && entry.number == *number)
            .collect(),
    };
    refuse_unseen(&around, &chosen)?;
    // A change is not refused for what was wrong before it, but nothing wrong is published.
    let wrong = lint(&REGISTER, &around, today);
    for entry in &chosen {
        let of_entry = |finding: &&Finding| {
            !finding.is_missing && finding.kind == entry.kind && finding.number == entry.number
        };
        if let Some(finding) = wrong.iter().find(of_entry) {
            return Err(unpublishable(entry, &finding.message));
        }
        let mut values = entry.values.clone();
        values.set("published", &today.to_string());
        let base = (&REGISTER, entry.id, entry.version);
        let changed = change_checked(tx, environment, base, (&values, "Published"), by);
        match changed.map_err(|wrong| unpublishable(entry, &wrong.to_string()))? {
            Changed::Saved(..) | Changed::Same(_) => {}
            Changed::Clash(..) => return Err(Problem::changed()),
        }
    }
    Ok(chosen.len())
}

/// Refuses to publish what nobody would see, because something that it hangs on is a draft.
fn refuse_unseen(around: &Around, chosen: &[&Entry]) -> Result<(), Problem> {
    let along = |above: &Entry| chosen.iter().any(|entry| entry.id == above.id);
    let mut all = chosen.iter();
    let Some((entry, draft)) =
        all.find_map(|entry| Some((entry, first_draft(around, entry, &along)?)))
    else {
        return Ok(());
    };
    Err(Problem::conflict(format!(
        "Nothing was published: publish {} first. {} hangs on it, and nobody would see it.",
        reference(draft),
        reference(entry)
    )))
}

/// `C101`.
fn reference(entry: &Entry) -> String {
    let kind = crate::noun::KINDS
        .iter()
        .find(|kind| kind.name == entry.kind);
    kind.map_or_else(
        || format!("{} {}", entry.kind, entry.number),
        |kind| entry.reference(kind),
    )
}

fn unpublishable(entry: &Entry, why: &str) -> Problem {
    let kind = crate::noun::KINDS
        .iter()
        .find(|kind| kind.name == entry.kind);
    let name = kind.map_or_else(
        || format!("{} {}", entry.kind, entry.number),
        |kind| format!("{} {}", kind.one, entry.reference(kind)),
    );
    Problem::conflict(format!(
        "Nothing was published: {name} has to be put right first. {why}"
    ))
}
