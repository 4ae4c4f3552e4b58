//! Signing in through an organisation's identity provider: OpenID Connect, authorisation code with PKCE.
//!
//! The provider says who somebody is; whether they have an account here is for an administrator: an unknown subject is
//! refused, never made into an account.

mod http;
#[cfg(test)]
mod tests;

use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreIdTokenClaims, CoreIdTokenVerifier,
    CoreJwsSigningAlgorithm, CoreProviderMetadata,
};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, TokenResponse as _,
};
use serde_json::json;
use stour_database::Database;
use stour_kernel::{Environment, hex};

use crate::audit::{AuditEntry, append};
use crate::cookie::same;
use crate::purpose::Purpose;
use crate::session::{self, SessionLimits};
use crate::user;

/// How far the provider's clock may be from ours, in seconds.
const LEEWAY: i64 = 60;

/// How the program is known to the identity provider.
#[derive(Clone)]
pub struct OidcSettings {
    /// The issuer, for example `https://login.example.nhs.uk/realms/staff`. Plain http only on this machine.
    pub issuer: String,
    /// The client's identifier there.
    pub client_id: String,
    /// The client's secret there; none for a public client.
    pub client_secret: Option<String>,
    /// Our own address for the answer, ending in the route that calls [`finish`](Provider::finish).
    pub redirect: String,
}

/// An identity provider, as it described itself.
#[derive(Clone)]
pub struct Provider {
    settings: OidcSettings,
    metadata: CoreProviderMetadata,
}

/// What must be remembered between sending somebody to the provider and their return, in an `HttpOnly` `__Host-` cookie
/// for ten minutes.
#[derive(Clone, PartialEq, Eq)]
pub struct Pending {
    state: String,
    nonce: String,
    verifier: String,
}

/// Somebody back from the provider.
#[derive(Clone)]
pub struct Return {
    /// The query's `state`.
    pub state: String,
    /// The query's `code`.
    pub code: String,
    /// What was remembered.
    pub pending: Pending,
    /// The address of the socket, or what a trusted proxy said.
    pub address: String,
    /// The browser, as it called itself.
    pub agent: String,
    /// The token of a session that the browser had before; it ends.
    pub previous_token: Option<String>,
    /// The request, as in the server's log.
    pub request_id: String,
}

/// Why somebody is not signed in.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// The settings cannot be used.
    #[error("the identity provider's settings cannot be used: {0}")]
    Settings(String),
    /// The provider cannot be reached, or answers with an error.
    #[error("the identity provider does not answer as it should: {0}")]
    Provider(String),
    /// The answer does not belong to a sign-in that this browser began.
    #[error("this sign-in was not begun in this browser, or too long ago: begin again")]
    NotBegun,
    /// The provider's statement is not proof: signature, audience, issuer, nonce or time.
    #[error("the identity provider's statement cannot be trusted: {0}")]
    NotTrusted(String),
    /// Nobody here is linked to this identity, or the account is disabled.
    #[error("your identity is known but has no account here: ask an administrator to link it")]
    NoAccount,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] stour_database::Error),
}

impl Pending {
    /// As a cookie's value.
    pub fn to_cookie(&self) -> String {
        format!("{}.{}.{}", self.state, self.nonce, self.verifier)
    }

    /// From a cookie's value.
    pub fn from_cookie(value: &str) -> Option<Pending> {
        let mut parts = value.split('.').map(str::to_owned);
        let (state, nonce, verifier) = (parts.next()?, parts.next()?, parts.next()?);
        let hexadecimal =
            |part: &String| part.len() == 64 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
        let sound =
            parts.next().is_none() && [&state, &nonce, &verifier].into_iter().all(hexadecimal);
        sound.then_some(Pending {
            state,
            nonce,
            verifier,
        })
    }
}

impl Provider {
    /// Reads the provider's description and keys. Blocks: not for an async thread. Keys change, so read them again now
    /// and then.
    pub fn discover(settings: OidcSettings) -> Result<Provider, OidcError> {
        let issuer = IssuerUrl::new(settings.issuer.clone())
            .map_err(|error| OidcError::Settings(error.to_string()))?;
        RedirectUrl::new(settings.redirect.clone())
            .map_err(|error| OidcError::Settings(error.to_string()))?;
        let metadata = CoreProviderMetadata::discover(&issuer, &http::call)
            .map_err(|error| OidcError::Provider(http::chain(&error)))?;
        Ok(Provider { settings, metadata })
    }

    /// Where to send the browser, and what to remember until it comes back.
    pub fn begin(&self, env: &Environment) -> Result<(String, Pending), OidcError> {
        let random = || {
            let mut bytes = [0_u8; 32];
            env.randomness.fill(&mut bytes);
            hex(&bytes)
        };
        let pending = Pending {
            state: random(),
            nonce: random(),
            verifier: random(),
        };
        let (state, nonce) = (pending.state.clone(), pending.nonce.clone());
        let client = CoreClient::from_provider_metadata(
            self.metadata.clone(),
            ClientId::new(self.settings.client_id.clone()),
            None,
        )
        .set_redirect_uri(self.redirect()?);
        let verifier = PkceCodeVerifier::new(pending.verifier.clone());
        let (url, _, _) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state.clone()),
                move || Nonce::new(nonce.clone()),
            )
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        Ok((url.to_string(), pending))
    }

    fn redirect(&self) -> Result<RedirectUrl, OidcError> {
        RedirectUrl::new(self.settings.redirect.clone())
            .map_err(|error| OidcError::Settings(error.to_string()))
    }

    /// Exchanges the code for a statement of who it is, and returns the subject when the statement is proof. Blocks.
    fn subject(
        &self,
        env: &Environment,
        code: String,
        pending: Pending,
    ) -> Result<String, OidcError> {
        let client = CoreClient::from_provider_metadata(
            self.metadata.clone(),
            ClientId::new(self.settings.client_id.clone()),
            self.settings.client_secret.clone().map(ClientSecret::new),
        )
        .set_redirect_uri(self.redirect()?);
        let response = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| OidcError::Provider(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(pending.verifier))
            .request(&http::call)
            .map_err(|error| OidcError::Provider(http::chain(&error)))?;
        let token = response
            .id_token()
            .ok_or_else(|| OidcError::Provider("no ID token".to_owned()))?;
        let verifier = trusting(client.id_token_verifier());
        let claims = token
            .claims(&verifier, &Nonce::new(pending.nonce))
            .map_err(|error| OidcError::NotTrusted(error.to_string()))?;
        in_time(claims, env)?;
        Ok(claims.subject().to_string())
    }

    /// Ends what [`begin`](Self::begin) began: begins a session of the account linked to the identity and returns its
    /// token. The provider is asked on a thread for blocking work.
    pub async fn finish(
        &self,
        database: &Database,
        env: &Environment,
        limits: SessionLimits,
        back: Return,
    ) -> Result<String, OidcError> {
        if !same(back.state.as_bytes(), back.pending.state.as_bytes()) {
            return Err(OidcError::NotBegun);
        }
        let (provider, clock) = (self.clone(), env.clone());
        let (code, pending) = (back.code.clone(), back.pending.clone());
        let subject = tokio::task::spawn_blocking(move || provider.subject(&clock, code, pending))
            .await
            .map_err(|_| OidcError::Provider("the request was given up".to_owned()))?;
        let subject = match subject {
            Ok(subject) => subject,
            Err(error) => {
                let refusal = refusal(&back, &error.to_string());
                let env = env.clone();
                database.write(move |tx| append(tx, &env, &refusal)).await?;
                return Err(error);
            }
        };
        let env = env.clone();
        let token = database.write(move |tx| {
            let Some(user) = user::by_subject(tx, &subject)?.filter(|user| user.active) else {
                append(tx, &env, &refusal(&back, "no account"))?;
                return Ok::<_, stour_database::Error>(None);
            };
            let actor = user::actor_of(tx, &user, env.today(), None)?;
            let entry = AuditEntry::by(&actor, "session.start", Purpose::System)
                .detail(json!({ "address": back.address, "how": "openid-connect" }))
                .request(&back.request_id);
            let browser = (back.agent.as_str(), back.previous_token.as_deref());
            session::start(tx, &env, limits, entry, user.id, browser).map(Some)
        });
        token.await?.ok_or(OidcError::NoAccount)
    }
}

fn refusal(back: &Return, why: &str) -> AuditEntry {
    AuditEntry::by_nobody("", "session.start", Purpose::System)
        .on("user", "")
        .refused()
        .detail(json!({ "address": back.address, "how": "openid-connect", "why": why }))
        .request(&back.request_id)
}

/// Signatures with the provider's own keys only: a statement signed with our secret, or with nothing, is no proof.
fn trusting(verifier: CoreIdTokenVerifier<'_>) -> CoreIdTokenVerifier<'_> {
    verifier
        .set_allowed_algs([
            CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
            CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
            CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
            CoreJwsSigningAlgorithm::RsaSsaPssSha256,
            CoreJwsSigningAlgorithm::EcdsaP256Sha256,
            CoreJwsSigningAlgorithm::EcdsaP384Sha384,
            CoreJwsSigningAlgorithm::EdDsa,
        ])
        // The library asks the machine's clock; `in_time` asks ours instead.
        .set_time_fn(Default::default)
}

fn in_time(claims: &CoreIdTokenClaims, env: &Environment) -> Result<(), OidcError> {
    let now = env.now().as_second();
    if claims.expiration().timestamp().saturating_add(LEEWAY) <= now {
        return Err(OidcError::NotTrusted("it has expired".to_owned()));
    }
    if claims.issue_time().timestamp() > now.saturating_add(LEEWAY) {
        return Err(OidcError::NotTrusted("it comes from the future".to_owned()));
    }
    Ok(())
}
