//! The accounts of the demonstration.

use std::collections::BTreeMap;

use anyhow::Context as _;
use serde::Deserialize;
use stour_access::user::NewUser;
use stour_database::Transaction;
use stour_kernel::{Environment, OdsCode, PersonId};
use stour_programme::document::Author;

use super::Story;
use crate::command::add_user;

/// The password of every account. No secret: it is printed, and the people are made up.
pub const PASSWORD: &str = "meander-otter-bridge";

const ACCOUNTS: &str = include_str!("accounts.csv");

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Account {
    /// The name to sign in with.
    pub sign_in_name: String,
    /// The name others see; empty for the resident, whose name is that of the story's person.
    pub name: String,
    /// For whom.
    pub organisation: OdsCode,
    /// The one role.
    pub role: String,
    /// What whoever has it does, to complete "who …".
    pub does: String,
}

/// The accounts, in the order of the story.
///
/// # Errors
/// When the table of accounts is malformed.
pub fn accounts() -> anyhow::Result<Vec<Account>> {
    let rows = csv::Reader::from_reader(ACCOUNTS.as_bytes()).into_deserialize();
    rows.collect::<Result<_, _>>().context("accounts.csv")
}

/// Adds the accounts, and gives who each is, by sign-in name; the resident's only where there is somebody
/// whose record it can be.
pub(super) fn add_all(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    hash: &str,
    resident: Option<(&Story, PersonId)>,
) -> anyhow::Result<BTreeMap<String, Author>> {
    let mut people = BTreeMap::new();
    for account in accounts()? {
        let mut new = NewUser {
            sign_in_name: account.sign_in_name,
            display_name: account.name,
            organisation: account.organisation,
            locality: None,
            person: None,
            roles: vec![account.role],
            teams: Vec::new(),
        };
        if new.display_name.is_empty() {
            let Some((story, person)) = resident else {
                continue;
            };
            new.display_name = format!("{} {}", story.given_names, story.family_name);
            new.person = Some(person);
        }
        let user = add_user(tx, environment, &new, Some(hash))?;
        let author = Author {
            user,
            name: new.display_name,
            organisation: new.organisation,
        };
        people.insert(new.sign_in_name, author);
    }
    Ok(people)
}
