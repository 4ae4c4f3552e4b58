//! The description of the JSON API, put together from what each capability says of its own.

use utoipa::openapi::{InfoBuilder, OpenApi, OpenApiBuilder};

use crate::capability::Capability;
use crate::home;

#[derive(utoipa::OpenApi)]
#[openapi(paths(home::session))]
struct Own;

/// The whole document.
pub fn document(capabilities: &[Capability]) -> OpenApi {
    let info = InfoBuilder::new()
        .title("Stour")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "A health and care partnership run as one system. Every call is decided by the partnership's \
             information-sharing policies and written to the audit. Errors are RFC 9457 problem documents; \
             lists are paged by cursor; changes name the version they saw (If-Match) and carry an \
             Idempotency-Key.",
        ))
        .build();
    let mut document = OpenApiBuilder::new().info(info).build();
    document.merge(<Own as utoipa::OpenApi>::openapi());
    for capability in capabilities {
        document.merge(capability.openapi.clone());
    }
    document
}
