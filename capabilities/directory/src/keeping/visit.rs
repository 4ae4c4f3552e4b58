//! Who asks, and for what they may be let in.

use stour_access::Resource;
use stour_web::{Caller, Form, Problem};

use super::claim::{keeps, organisation_of};
use super::suggestion::{Suggestion, SuggestionState, suggestion};
use crate::listing::{Listing, ListingId, listing};

/// Whether the caller decides on listings.
pub(super) fn is_editor(caller: &Caller) -> bool {
    let action = "directory.edit".parse();
    action.is_ok_and(|action| caller.may(action, &Resource::House))
}

/// A listing that the caller keeps, or may decide on; 404 for any other.
pub(super) async fn kept(caller: &Caller, id: &str) -> Result<Listing, Problem> {
    let id: ListingId = id.parse().map_err(|_| Problem::not_found())?;
    let (user, editor) = (caller.actor().user, is_editor(caller));
    let database = caller.house().database();
    let found = database
        .read(move |tx| {
            let Some(found) = listing(tx, id)? else {
                return Ok(None);
            };
            let (organisation, _) = organisation_of(&found);
            let may = editor || keeps(tx, user, &organisation)?;
            Ok::<_, stour_database::Error>(may.then_some(found))
        })
        .await?;
    found.ok_or_else(Problem::not_found)
}

/// A suggestion that the caller made, or may decide on; 404 for any other.
pub(super) async fn of_caller(caller: &Caller, id: &str) -> Result<Suggestion, Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let (user, editor) = (caller.actor().user, is_editor(caller));
    let database = caller.house().database();
    let found = database.read(move |tx| suggestion(tx, id)).await?;
    // A draft is nobody's but its maker's.
    found
        .filter(|one| one.made_by == user || editor && one.state != SuggestionState::Draft)
        .ok_or_else(Problem::not_found)
}

/// Whether the caller may change a suggestion: its maker a draft, an editor one that waits.
pub(super) fn may_change(caller: &Caller, suggestion: &Suggestion) -> bool {
    match suggestion.state {
        SuggestionState::Draft => suggestion.made_by == caller.actor().user,
        SuggestionState::Waiting => is_editor(caller),
        _ => false,
    }
}

/// The key and the fingerprint of a form.
pub(super) fn sent(form: &Form) -> (&str, String) {
    (form.key(), form.fingerprint())
}

/// The most characters of a reason or a note.
const LONGEST: usize = 2_000;

/// Words as somebody typed them: short enough, nothing that cannot be seen.
pub(super) fn words(text: &str) -> Result<String, &'static str> {
    let hidden = |one: char| {
        one.is_control() && !matches!(one, '\n' | '\r' | '\t')
            || matches!(one, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    if text.chars().any(hidden) {
        return Err("Take out the characters that cannot be seen");
    }
    if text.chars().count() > LONGEST {
        return Err("Use at most 2,000 characters");
    }
    Ok(text.replace("\r\n", "\n"))
}
