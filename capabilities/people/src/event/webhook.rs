//! Telling by a POST of JSON.

use std::time::Duration;

use super::{Announced, EventView};

const PATIENCE: Duration = Duration::from_secs(15);

/// Sends an event; any status of success is an acknowledgement. Waits for the network.
///
/// # Errors
/// Why it was not acknowledged.
pub(super) fn send(address: &str, event: &Announced) -> Result<String, String> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .http_status_as_error(false)
        .build()
        .into();
    let answer = agent
        .post(address)
        .header(
            "Idempotency-Key",
            format!("person-event-{}", event.sequence),
        )
        .send_json(EventView::from(event))
        .map_err(|error| error.to_string())?;
    let status = answer.status();
    if status.is_success() {
        Ok(format!("Answered {}", status.as_u16()))
    } else {
        Err(format!("Answered {}", status.as_u16()))
    }
}

/// Whether anything about people may be sent there: over https, or plainly to this machine.
pub(crate) fn may_send(address: &str) -> bool {
    let Ok(uri) = address.parse::<axum::http::Uri>() else {
        return false;
    };
    let here = matches!(uri.host(), Some("127.0.0.1" | "localhost" | "[::1]"));
    match uri.scheme_str() {
        Some("https") => uri.host().is_some(),
        Some("http") => here,
        _ => false,
    }
}
