//! Pages that follow what happens. A write touches a topic in its own transaction; each process
//! polls the topics while anybody watches, so the same code serves one process and many.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use stour_database::Database;
use tokio::sync::watch;

/// How often topics are looked at: well within the second that a page may lag.
const EVERY: Duration = Duration::from_millis(250);

type Topics = BTreeMap<String, i64>;

/// What every open page of this process watches.
#[derive(Debug, Clone)]
pub struct Live(watch::Sender<Topics>);

impl Default for Live {
    fn default() -> Self {
        Self(watch::channel(Topics::new()).0)
    }
}

impl Live {
    /// Polls until the process ends; idle while no page is open.
    pub async fn poll(&self, database: &Database) {
        loop {
            tokio::time::sleep(EVERY).await;
            if self.0.receiver_count() == 0 {
                continue;
            }
            match database.read(stour_database::topics).await {
                Ok(topics) => {
                    self.0.send_if_modified(|known| {
                        let changed = *known != topics;
                        *known = topics;
                        changed
                    });
                }
                Err(error) => tracing::warn!(%error, "live pages could not be refreshed"),
            }
        }
    }

    /// A stream of server-sent events, one each time that the topic changes.
    pub fn events(&self, topic: &'static str) -> Response {
        let receiver = self.0.subscribe();
        let known = receiver.borrow().get(topic).copied();
        let events = stream::unfold(
            (receiver, known),
            move |(mut receiver, mut known)| async move {
                loop {
                    receiver.changed().await.ok()?;
                    let now = receiver.borrow_and_update().get(topic).copied();
                    if now != known {
                        known = now;
                        let id = now.unwrap_or_default().to_string();
                        let event = Event::default().id(id).data("changed");
                        return Some((Ok::<_, Infallible>(event), (receiver, known)));
                    }
                }
            },
        );
        Sse::new(events)
            .keep_alive(KeepAlive::default())
            .into_response()
    }
}
