//! Signing in through another service, as the server is told of it.

use clap::Args;
use stour_access::oidc::OidcSettings;
use stour_web::{OPENID_ANSWER, OpenId};

/// Signing in through another service, by OpenID Connect.
#[derive(Debug, Args)]
pub(crate) struct OpenIdOptions {
    /// The issuer of the service that signs people in, for example <https://login.example.org/>
    #[arg(
        id = "openid-issuer",
        long = "openid-issuer",
        value_name = "URL",
        env = "STOUR_OPENID_ISSUER",
        requires = "openid-client"
    )]
    issuer: Option<String>,
    /// The name by which the issuer knows this server
    #[arg(
        id = "openid-client",
        long = "openid-client",
        value_name = "ID",
        env = "STOUR_OPENID_CLIENT",
        requires = "openid-issuer"
    )]
    client: Option<String>,
    /// What the sign-in page calls the other service
    #[arg(
        id = "openid-name",
        long = "openid-name",
        value_name = "NAME",
        env = "STOUR_OPENID_NAME",
        default_value = "your organisation's account"
    )]
    name: String,
}

impl OpenIdOptions {
    /// The other service, when one is named. Its secret is read from `STOUR_OPENID_SECRET` alone:
    /// what stands on a command line is seen by everybody on the machine.
    pub(crate) fn service(&self, address: &str) -> Option<OpenId> {
        let (issuer, client_id) = self.issuer.clone().zip(self.client.clone())?;
        Some(OpenId {
            name: self.name.clone(),
            settings: OidcSettings {
                issuer,
                client_id,
                client_secret: std::env::var("STOUR_OPENID_SECRET").ok(),
                redirect: format!("{address}{OPENID_ANSWER}"),
            },
        })
    }
}
