//! Whoever comes to a public page, signed in or not.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use stour_access::audit::AuditEntry;
use stour_access::{Actor, Purpose};
use stour_database::{Once, Transaction, forget_once, once};
use stour_kernel::{Date, Environment, ThreadId, Timestamp};

use crate::around::{RequestId, SignedIn};
use crate::caller::Caller;
use crate::capability::Job;
use crate::digest::digest;
use crate::house::House;
use crate::problem::Problem;

/// The name by which the audit knows somebody who has not signed in.
const NOBODY_IN_PARTICULAR: &str = "a visitor";
/// What the scopes of visitors' writes begin with.
const SCOPE: &str = "visitor:";
/// For how long a form that was sent is known if it comes again.
const KNOWN_FOR: Duration = Duration::from_hours(24);
/// How often what is older is forgotten.
const PAUSE: Duration = Duration::from_mins(15);

/// Forgets which forms visitors have sent, a day later: it serves nobody any more, and somebody may have deleted
/// what they sent.
pub const FORGETTING: Job = Job {
    name: "forms that visitors have sent",
    run: |house| Box::pin(forget(house)),
};

async fn forget(house: House) {
    loop {
        let before = house.environment().now().saturating_sub(KNOWN_FOR);
        let forgotten = match before {
            Ok(before) => {
                let work = move |tx: &mut Transaction<'_>| forget_once(tx, SCOPE, before);
                house.database().write(work).await.map_err(Problem::from)
            }
            Err(_) => Ok(0),
        };
        if let Err(problem) = forgotten {
            tracing::warn!(
                detail = problem.detail,
                "forms that visitors sent are still known"
            );
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Whoever comes to a public page. No policy decides here: the route says why it is public, and what is
/// written is audited as by nobody in particular, or by whoever is signed in.
#[derive(Clone)]
pub struct Visitor {
    house: House,
    signed_in: Option<SignedIn>,
    request: Arc<str>,
    path: Arc<str>,
}

impl Visitor {
    /// The house.
    pub fn house(&self) -> &House {
        &self.house
    }

    /// The clock, randomness and identity.
    pub fn environment(&self) -> &Environment {
        self.house.environment()
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.environment().now()
    }

    /// Today in England.
    pub fn today(&self) -> Date {
        self.environment().today()
    }

    /// The user, when somebody is signed in.
    pub fn actor(&self) -> Option<&Actor> {
        self.signed_in.as_ref().map(|signed_in| &*signed_in.actor)
    }

    /// Whoever is signed in, as the caller of an action: what they do to their own record is decided and
    /// audited as theirs, whatever page it is asked from. None when nobody is signed in or there is no such
    /// action.
    pub fn caller(&self, action: &str) -> Option<Caller> {
        let action = action.parse().ok()?;
        let signed_in = self.signed_in.clone()?;
        Some(Caller::new(
            self.house.clone(),
            signed_in,
            action,
            &self.path,
        ))
    }

    /// A key for a form not yet sent.
    pub(crate) fn new_key(&self) -> String {
        self.environment().id::<ThreadId>().to_string()
    }

    /// Does something that anybody may do: audited under this name, done once however often it is sent, and
    /// stored, all in one transaction. `sent` is the key and the fingerprint of the form. The answer, such as
    /// the address to go to next, is given again when the same form is sent again.
    ///
    /// `work` may be run more than once and must not change anything but the database.
    ///
    /// # Errors
    /// The work's own problem, or 409 for a key that was used for something else.
    pub async fn write<F>(
        &self,
        sent: (&str, String),
        what: &'static str,
        mut work: F,
    ) -> Result<String, Problem>
    where
        F: FnMut(&mut Transaction<'_>, &Environment) -> Result<String, Problem> + Send + 'static,
    {
        // What a visitor chose among few answers could be found by trying them all, were it not mixed with the
        // key of the form, which is random and not stored.
        let key = digest(&format!("key {}", sent.0));
        let fingerprint = digest(&format!("{} {} {}", sent.0, sent.1, self.path));
        if sent.0.is_empty() {
            return Err(Problem::malformed(
                "The form carries no request key. Load the page again and send it once more.",
            ));
        }
        let visitor = self.clone();
        let done = self.house.database().write(move |tx| {
            let scope = format!("{SCOPE}{what}");
            let environment = visitor.environment();
            once(tx, (&scope, &key, &fingerprint), environment.now(), |tx| {
                let trail = visitor.house.access().trail();
                trail.append(tx, &visitor.entry(what))?;
                work(tx, environment)
            })
        });
        match done.await? {
            Once::Done(answer) => {
                self.house.access().trail().copied().await;
                Ok(answer)
            }
            Once::Before(answer) => Ok(answer),
            Once::KeyReused => Err(Problem::conflict(
                "This form was sent before with other contents. Load the page again and send it once more.",
            )),
        }
    }

    fn entry(&self, what: &str) -> AuditEntry {
        let entry = self.actor().map_or_else(
            || AuditEntry::by_nobody(NOBODY_IN_PARTICULAR, what, Purpose::Own),
            |actor| AuditEntry::by(actor, what, Purpose::Own),
        );
        entry.request(&*self.request)
    }
}

impl FromRequestParts<House> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Problem> {
        let RequestId(request) = parts
            .extensions
            .get::<RequestId>()
            .cloned()
            .ok_or_else(Problem::fault)?;
        Ok(Self {
            house: house.clone(),
            signed_in: parts.extensions.get::<SignedIn>().cloned(),
            request,
            path: parts.uri.path().into(),
        })
    }
}
