//! `stour user`.

use std::io::{BufRead as _, IsTerminal as _};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use serde::Serialize;
use stour_access::ROLES;
use stour_access::password;
use stour_access::user::{self, Grant, NewUser, User as Account, UserError};
use stour_database::Transaction;
use stour_kernel::{Environment, LocalityCode, OdsCode, PersonId, UserId};
use stour_web::House;

use crate::open::{Opening, Place};
use crate::operator;
use crate::program::{give, tell};

/// Add people who may sign in, and say what they may do
///
/// Whatever is changed is written to the audit under the operating system's name for you.
#[derive(Debug, Subcommand)]
pub(crate) enum User {
    Add(Add),
    List(List),
    Disable(Disable),
    Enable(Enable),
    Password(Password),
    Grant(GrantRole),
    Revoke(Revoke),
    Link(Link),
}

/// Add an account
///
/// The password is asked for without being shown; with --password-stdin it is the first line of standard
/// input. Without either the account can sign in only through another service.
///
/// Example: stour user add sam.hall --name "Sam Hall" --organisation E06000058 --role adviser
#[derive(Debug, Args)]
#[command(after_help = roles())]
pub(crate) struct Add {
    /// The name to sign in with, without spaces
    sign_in_name: String,
    /// The name others see
    #[arg(long, value_name = "TEXT")]
    name: String,
    /// The ODS code of the organisation worked for; a council's is its GSS code
    #[arg(long, value_name = "CODE")]
    organisation: OdsCode,
    /// A role; may be given more than once
    #[arg(long = "role", value_name = "ROLE", required = true)]
    roles: Vec<String>,
    /// A team; may be given more than once
    #[arg(long = "team", value_name = "TEAM")]
    teams: Vec<String>,
    /// The locality worked in, by its code
    #[arg(long, value_name = "CODE")]
    locality: Option<LocalityCode>,
    /// A resident's own record, by its identifier
    #[arg(long, value_name = "ID")]
    person: Option<PersonId>,
    #[command(flatten)]
    secret: Secret,
}

/// Where a password comes from.
#[derive(Debug, Args)]
struct Secret {
    /// Read the password from the first line of standard input
    #[arg(long)]
    password_stdin: bool,
}

/// List the accounts
///
/// Example: stour user list --json
#[derive(Debug, Args)]
pub(crate) struct List {
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Keep somebody out, at once; nothing of what they did is lost
///
/// Example: stour user disable sam.hall
#[derive(Debug, Args)]
pub(crate) struct Disable {
    /// The name to sign in with
    sign_in_name: String,
}

/// Let somebody in again
///
/// Example: stour user enable sam.hall
#[derive(Debug, Args)]
pub(crate) struct Enable {
    /// The name to sign in with
    sign_in_name: String,
}

/// Set a new password; whoever is signed in with the account is signed out
///
/// Example: stour user password sam.hall
#[derive(Debug, Args)]
pub(crate) struct Password {
    /// The name to sign in with
    sign_in_name: String,
    #[command(flatten)]
    secret: Secret,
}

/// Give somebody a role from today
///
/// Example: stour user grant sam.hall practitioner
#[derive(Debug, Args)]
#[command(after_help = roles())]
pub(crate) struct GrantRole {
    /// The name to sign in with
    sign_in_name: String,
    /// The role
    role: String,
}

/// Take a role away from today
///
/// Example: stour user revoke sam.hall practitioner
#[derive(Debug, Args)]
#[command(after_help = roles())]
pub(crate) struct Revoke {
    /// The name to sign in with
    sign_in_name: String,
    /// The role
    role: String,
}

/// Link an account to the identity by which another service knows its holder
///
/// Nobody gets in because another service knows them: an administrator says whose account it is. Without
/// a subject the link is taken away.
///
/// Example: stour user link sam.hall 248289761001
#[derive(Debug, Args)]
pub(crate) struct Link {
    /// The name to sign in with
    sign_in_name: String,
    /// The subject (`sub`) by which the other service knows them
    subject: Option<String>,
}

fn roles() -> String {
    let lines = ROLES
        .iter()
        .map(|role| format!("  {:<20} {}", role.name, role.description));
    format!("Roles:\n{}", lines.collect::<Vec<_>>().join("\n"))
}

impl User {
    pub(crate) fn run(&self, place: &Place) -> anyhow::Result<()> {
        let house = place.house(&Opening::default())?;
        match self {
            Self::Add(add) => add.run(&house),
            Self::List(list) => list.run(&house),
            Self::Disable(Disable { sign_in_name }) => {
                change(&house, sign_in_name, "is disabled", |tx, env, id| {
                    user::disable(tx, env, operator::entry("user.manage"), id)
                })
            }
            Self::Enable(Enable { sign_in_name }) => {
                change(&house, sign_in_name, "is enabled", |tx, env, id| {
                    user::enable(tx, env, operator::entry("user.manage"), id)
                })
            }
            Self::Password(password) => password.run(&house),
            Self::Grant(GrantRole { sign_in_name, role }) => {
                let role = role.clone();
                let done = format!("now holds the role {role}");
                change(&house, sign_in_name, &done, move |tx, env, id| {
                    let grant = Grant {
                        role: role.clone(),
                        starts: env.today(),
                        ends: None,
                    };
                    user::grant(tx, env, operator::entry("user.manage"), id, &grant)
                })
            }
            Self::Link(Link {
                sign_in_name,
                subject,
            }) => {
                let subject = subject.clone();
                let done = match &subject {
                    Some(_) => "is linked",
                    None => "is no longer linked",
                };
                change(&house, sign_in_name, done, move |tx, env, id| {
                    let by = operator::entry("user.manage");
                    user::link_oidc(tx, env, by, id, subject.as_deref())
                })
            }
            Self::Revoke(Revoke { sign_in_name, role }) => {
                let role = role.clone();
                if stour_access::role_named(&role).is_none() {
                    return Err(UserError::NoSuchRole(role).into());
                }
                let done = format!("no longer holds the role {role}");
                change(&house, sign_in_name, &done, move |tx, env, id| {
                    user::revoke(tx, env, operator::entry("user.manage"), id, &role)
                })
            }
        }
    }
}

/// Finds an account and changes it.
fn change(
    house: &House,
    name: &str,
    done: &str,
    work: impl Fn(&mut Transaction<'_>, &Environment, UserId) -> Result<(), UserError> + Send + 'static,
) -> anyhow::Result<()> {
    let (environment, wanted) = (house.environment().clone(), name.to_owned());
    let changed = house.database().write_blocking(move |tx| {
        let account = user::user_by_sign_in_name(tx, &wanted)?.ok_or(UserError::NoSuchUser)?;
        work(tx, &environment, account.id)
    });
    changed.with_context(|| format!("{name} was not changed"))?;
    give(&format!("{name} {done}."));
    Ok(())
}

impl Add {
    fn run(&self, house: &House) -> anyhow::Result<()> {
        let hash = self
            .secret
            .read()?
            .map(|secret| hash(house, &secret))
            .transpose()?;
        let new = NewUser {
            sign_in_name: self.sign_in_name.clone(),
            display_name: self.name.clone(),
            organisation: self.organisation,
            locality: self.locality.clone(),
            person: self.person,
            roles: self.roles.clone(),
            teams: self.teams.clone(),
        };
        let (reference, person) = (crate::open::reference()?, self.person);
        if reference.organisation(&new.organisation).is_none() {
            bail!(
                "there is no organisation {}: use a code of reference/organisations.csv",
                new.organisation
            );
        }
        if let Some(locality) = &new.locality
            && reference.locality(locality).is_none()
        {
            bail!("there is no locality {locality}: use a code of reference/localities.csv");
        }
        let environment = house.environment().clone();
        let added = house.database().write_blocking(move |tx| {
            if let Some(person) = person
                && stour_people::facts_for_access(tx, person)?.is_none()
            {
                bail!("there is no person {person}");
            }
            add(tx, &environment, &new, hash.as_deref())
        });
        let id = added.with_context(|| format!("{} was not added", self.sign_in_name))?;
        give(&format!("{} was added ({id}).", self.sign_in_name));
        Ok(())
    }
}

/// Adds an account, with a password where there is one.
pub(crate) fn add(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    new: &NewUser,
    hash: Option<&str>,
) -> anyhow::Result<UserId> {
    let id = user::create(tx, environment, operator::entry("user.manage"), new)?;
    if let Some(hash) = hash {
        user::set_password(
            tx,
            environment,
            operator::entry("user.manage"),
            id,
            hash,
            None,
        )?;
    }
    Ok(id)
}

impl Password {
    fn run(&self, house: &House) -> anyhow::Result<()> {
        let secret = self.secret.read()?.context("no password was given")?;
        let hash = hash(house, &secret)?;
        change(
            house,
            &self.sign_in_name,
            "has a new password",
            move |tx, env, id| {
                user::set_password(tx, env, operator::entry("user.manage"), id, &hash, None)
            },
        )
    }
}

fn hash(house: &House, secret: &str) -> anyhow::Result<String> {
    Ok(password::hash(secret, &*house.environment().randomness)?)
}

impl Secret {
    /// The password; none where nobody is there to ask.
    fn read(&self) -> anyhow::Result<Option<String>> {
        if self.password_stdin {
            let mut line = String::new();
            std::io::stdin()
                .lock()
                .read_line(&mut line)
                .context("the password could not be read")?;
            return Ok(Some(line.trim_end_matches(['\r', '\n']).to_owned()));
        }
        if !std::io::stdin().is_terminal() {
            tell(
                "No password was asked for, since this is no terminal; give one with --password-stdin.",
            );
            return Ok(None);
        }
        let first = ask("Password: ")?;
        if first != ask("The same again: ")? {
            bail!("the two were not the same; nothing was changed");
        }
        Ok(Some(first))
    }
}

/// Asks on the terminal without showing what is typed.
fn ask(question: &str) -> anyhow::Result<String> {
    let terminal = console::Term::stderr();
    terminal.write_str(question)?;
    terminal
        .read_secure_line()
        .context("the password could not be read")
}

/// An account as programs read it.
#[derive(Debug, Serialize)]
struct Listed {
    sign_in_name: String,
    name: String,
    organisation: OdsCode,
    locality: Option<LocalityCode>,
    person: Option<PersonId>,
    roles: Vec<String>,
    active: bool,
    has_password: bool,
}

impl From<(Account, Vec<String>)> for Listed {
    fn from((account, roles): (Account, Vec<String>)) -> Self {
        Self {
            sign_in_name: account.sign_in_name,
            name: account.display_name,
            organisation: account.organisation,
            locality: account.locality,
            person: account.person,
            roles,
            active: account.active,
            has_password: account.has_password,
        }
    }
}

impl List {
    fn run(&self, house: &House) -> anyhow::Result<()> {
        let today = house.environment().today();
        let all = house.database().read_blocking(move |tx| {
            let mut all: Vec<Listed> = Vec::new();
            loop {
                let after = all
                    .last()
                    .map(|last| last.sign_in_name.clone())
                    .unwrap_or_default();
                let page = user::list(tx, today, &after, 500)?;
                if page.is_empty() {
                    return Ok::<_, stour_database::Error>(all);
                }
                all.extend(page.into_iter().map(Listed::from));
            }
        })?;
        if self.json {
            give(&serde_json::to_string_pretty(&all)?);
            return Ok(());
        }
        for one in &all {
            let state = if one.active { "" } else { "  (disabled)" };
            give(&format!(
                "{:<24} {:<28} {:<10} {}{state}",
                one.sign_in_name,
                one.name,
                one.organisation,
                one.roles.join(", ")
            ));
        }
        if all.is_empty() {
            tell("There are no accounts yet; add one with: stour user add");
        }
        Ok(())
    }
}
