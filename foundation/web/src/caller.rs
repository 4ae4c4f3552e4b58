//! Who asks, for the action of this route.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use stour_access::{Access, Action, Actor, Ask, Permit, PersonFacts, Purpose, Refused, Resource};
use stour_database::{Once, Transaction, once};
use stour_kernel::{Date, Environment, PersonId, ThreadId, Timestamp};

use crate::around::SignedIn;
use crate::house::House;
use crate::problem::Problem;

/// Who asks, what for, and the only way to be allowed it. Clones share one decision.
#[derive(Clone)]
pub struct Caller(Arc<Inner>);

struct Inner {
    house: House,
    signed_in: SignedIn,
    action: Action,
    path: String,
    decided: Arc<AtomicBool>,
}

impl Caller {
    pub(crate) fn new(house: House, signed_in: SignedIn, action: Action, path: &str) -> Self {
        Self(Arc::new(Inner {
            house,
            signed_in,
            action,
            path: path.to_owned(),
            decided: Arc::new(AtomicBool::new(false)),
        }))
    }

    /// The same caller doing something else than the route says: for a route whose action depends on what its
    /// address names. What is decided is decided for this request.
    ///
    /// # Errors
    /// 500 for an action that the access register does not know.
    pub fn doing(&self, action: &str) -> Result<Self, Problem> {
        let action = action.parse().map_err(|_| Problem::fault())?;
        let Inner {
            house,
            signed_in,
            path,
            decided,
            ..
        } = &*self.0;
        Ok(Self(Arc::new(Inner {
            house: house.clone(),
            signed_in: signed_in.clone(),
            action,
            path: path.clone(),
            decided: Arc::clone(decided),
        })))
    }

    pub(crate) fn was_decided(&self) -> bool {
        self.0.decided.load(Ordering::Acquire)
    }

    pub(crate) fn token_matches(&self, token: &str) -> bool {
        self.0.signed_in.session.csrf_matches(token)
    }

    /// The token that forms of this session carry against forgery.
    pub fn token(&self) -> String {
        self.0.signed_in.session.csrf_token()
    }

    /// A key for a form not yet sent.
    pub(crate) fn new_key(&self) -> String {
        self.environment().id::<ThreadId>().to_string()
    }

    /// The user.
    pub fn actor(&self) -> &Actor {
        &self.0.signed_in.actor
    }

    /// What this route does.
    pub fn action(&self) -> Action {
        self.0.action
    }

    /// What it is for: a resident's own use, or the purpose that the action serves.
    pub fn purpose(&self) -> Purpose {
        purpose(self.actor(), self.action())
    }

    /// The number of this request in the log and the audit.
    pub fn request_id(&self) -> &str {
        &self.0.signed_in.request
    }

    /// The house.
    pub fn house(&self) -> &House {
        &self.0.house
    }

    /// The clock, randomness and identity.
    pub fn environment(&self) -> &Environment {
        self.house().environment()
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.environment().now()
    }

    /// Today in England.
    pub fn today(&self) -> Date {
        self.environment().today()
    }
}

/// Asking.
impl Caller {
    fn access(&self) -> &Access {
        self.house().access()
    }

    fn ask(&self) -> Ask<'_> {
        Ask {
            actor: self.actor(),
            action: self.action(),
            purpose: self.purpose(),
            request_id: self.request_id(),
        }
    }

    fn decided(&self) {
        self.0.decided.store(true, Ordering::Release);
    }

    /// Asks for the house, a ward or a number.
    ///
    /// # Errors
    /// 403 when the policies refuse.
    pub async fn permit(&self, resource: Resource) -> Result<(), Problem> {
        self.decided();
        let _permit = self.access().enter(self.ask(), resource).await?;
        Ok(())
    }

    /// Asks for the house, a ward or a number by another action than this route's: a form that is only
    /// shown, or shown again with its mistakes, has done nothing, and the audit must not say that it did.
    ///
    /// # Errors
    /// 403 when the policies refuse.
    pub async fn permit_to(&self, action: &str, resource: Resource) -> Result<(), Problem> {
        self.decided();
        let action = action.parse().map_err(|_| Problem::fault())?;
        let ask = Ask {
            action,
            ..self.ask()
        };
        let _permit = self.access().enter(ask, resource).await?;
        Ok(())
    }

    /// Asks for one person's record. The audit has the answer before this returns.
    ///
    /// # Errors
    /// 404, the same bytes as for nobody, when the record must not seem to exist; 403 when it may.
    pub async fn permit_person(&self, person: PersonFacts) -> Result<Permit<PersonId>, Problem> {
        self.decided();
        Ok(self.access().read_person(self.ask(), person).await?)
    }

    /// Asks for one person's record by another action than this route's: a form that is only shown, or
    /// shown again with its mistakes, has done nothing, and the audit must not say that it did.
    ///
    /// # Errors
    /// As [`permit_person`](Self::permit_person).
    pub async fn permit_person_to(
        &self,
        action: &str,
        person: PersonFacts,
    ) -> Result<Permit<PersonId>, Problem> {
        self.decided();
        let action = action.parse().map_err(|_| Problem::fault())?;
        let ask = Ask {
            action,
            ..self.ask()
        };
        Ok(self.access().read_person(ask, person).await?)
    }

    /// Asks for a list of people: first for what it is a list of, then for each person. The permit
    /// holds those who may be shown, and one audit entry names each of them before this returns.
    ///
    /// # Errors
    /// 403 when the list itself is refused.
    pub async fn permit_people(
        &self,
        list: Resource,
        people: Vec<PersonFacts>,
    ) -> Result<Permit<BTreeSet<PersonId>>, Problem> {
        self.decided();
        Ok(self.access().read_people(self.ask(), list, people).await?)
    }

    /// Whether the policies would allow something: to show or hide a link. Nothing is recorded.
    pub fn may(&self, action: Action, resource: &Resource) -> bool {
        self.access()
            .decide(
                self.actor(),
                action,
                resource,
                purpose(self.actor(), action),
            )
            .allowed
    }

    /// [`may`](Self::may) for many people: those to whom it may be done. Nothing is recorded.
    pub fn may_each(
        &self,
        action: Action,
        people: impl IntoIterator<Item = PersonFacts>,
    ) -> BTreeSet<PersonId> {
        let purpose = purpose(self.actor(), action);
        self.access()
            .decide_each((self.actor(), action, purpose), people)
    }

    /// Does something: decided, audited, done once however often it is sent, and stored, all in one
    /// transaction. `sent` is the key and the fingerprint of the form or body. The answer, such as
    /// the address to go to next, is kept and given again when the same thing is sent again to the
    /// same address, decided and audited anew.
    ///
    /// `work` may be run more than once and must not change anything but the database.
    ///
    /// # Errors
    /// The refusal, the work's own problem, or 409 for a key that was used for something else.
    pub async fn write<F>(
        &self,
        sent: (&str, String),
        resource: Resource,
        mut work: F,
    ) -> Result<String, Problem>
    where
        F: FnMut(&mut Transaction<'_>, &Environment) -> Result<String, Problem> + Send + 'static,
    {
        self.decided();
        // The same words sent to another address ask for something else.
        let (key, fingerprint) = (sent.0.to_owned(), format!("{} {}", sent.1, self.0.path));
        if key.is_empty() {
            return Err(Problem::malformed(
                "The form carries no request key. Load the page again and send it once more.",
            ));
        }
        let (caller, asked) = (self.clone(), resource.clone());
        let done = self.house().database().write(move |tx| {
            let scope = format!("{}:{}", caller.actor().user, caller.action());
            let environment = caller.environment();
            once(tx, (&scope, &key, &fingerprint), environment.now(), |tx| {
                let _permit = caller.access().permit(tx, caller.ask(), asked.clone())?;
                work(tx, environment).map_err(Undone::Problem)
            })
        });
        match done.await {
            Ok(Once::Done(answer)) => {
                self.access().trail().copied().await;
                Ok(answer)
            }
            Ok(Once::Before(answer)) => {
                // The answer may be a record, which whoever asks again reads again.
                let _permit = self.access().enter(self.ask(), resource).await?;
                Ok(answer)
            }
            Ok(Once::KeyReused) => Err(Problem::conflict(
                "This form was sent before with other contents. Load the page again and send it once more.",
            )),
            Err(Undone::Problem(problem)) => Err(problem),
            Err(Undone::Refused(refused)) => {
                self.access()
                    .record_refusal(self.ask(), &resource)
                    .await
                    .map_err(Refused::from)?;
                Err(refused.into())
            }
        }
    }
}

/// Why a write was given up.
enum Undone {
    Refused(Refused),
    Problem(Problem),
}

impl From<stour_database::Error> for Undone {
    fn from(error: stour_database::Error) -> Self {
        Self::Problem(error.into())
    }
}

impl From<Refused> for Undone {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Database(error) => error.into(),
            refused => Self::Refused(refused),
        }
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotAllowed { why } => Self::forbidden(why),
            Refused::Hidden => Self::not_found(),
            Refused::NoAudit(_) => Self::unavailable(),
            Refused::Database(error) => error.into(),
        }
    }
}

fn purpose(actor: &Actor, action: Action) -> Purpose {
    let subject = action.as_str().split('.').next().unwrap_or_default();
    match subject {
        _ if actor.has_role("resident") => Purpose::Own,
        // Comparing two records serves the care of both people; counting how well it goes serves nobody's.
        "match" if action.as_str() == "match.quality" => Purpose::ServiceManagement,
        "board" | "indicator" | "case" | "directory" | "listing" | "content" | "programme"
        | "benefit" | "decision" | "commitment" | "admission-audit" | "escalation" => {
            Purpose::ServiceManagement
        }
        "access-log" | "audit" | "policy" => Purpose::Governance,
        "message" | "user" => Purpose::System,
        _ => Purpose::DirectCare,
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(Problem::not_signed_in)
    }
}
