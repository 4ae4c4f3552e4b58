//! Pages that follow what happens. A write touches a topic in its own transaction; each process
//! polls the topics while anybody watches, so the same code serves one process and many.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream, StreamExt as _};
use stour_database::Database;
use tokio::sync::watch;
use tokio::time::Instant;

/// How often topics are looked at: well within the second that a page may lag.
const EVERY: Duration = Duration::from_millis(250);
/// A page is read before it follows. What changed within so long before it follows may have come in between.
const BETWEEN: Duration = Duration::from_secs(10);

/// The version of each topic, and when it was seen to change.
type Topics = BTreeMap<String, (i64, Instant)>;

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
                Ok(topics) => self.see(topics),
                Err(error) => tracing::warn!(%error, "live pages could not be refreshed"),
            }
        }
    }

    /// Takes over the versions of topics, and tells those that follow one that has changed.
    fn see(&self, topics: BTreeMap<String, i64>) {
        let now = Instant::now();
        self.0.send_if_modified(|known| {
            let mut has_changed = false;
            for (topic, version) in topics {
                if known
                    .get(&topic)
                    .is_none_or(|(before, _)| *before != version)
                {
                    known.insert(topic, (version, now));
                    has_changed = true;
                }
            }
            has_changed
        });
    }

    /// A stream of server-sent events, one each time that the topic changes; the first at once where it changed lately.
    pub fn events(&self, topic: &'static str) -> Response {
        let events = self.changes(topic, Instant::now()).map(|version| {
            let event = Event::default().id(version.to_string()).data("changed");
            Ok::<_, Infallible>(event)
        });
        Sse::new(events)
            .keep_alive(KeepAlive::default())
            .into_response()
    }

    /// The versions of a topic as they come, for whoever follows from a moment on.
    fn changes(&self, topic: &'static str, from: Instant) -> impl Stream<Item = i64> + use<> {
        let receiver = self.0.subscribe();
        let known = receiver.borrow().get(topic).copied();
        let known = known.filter(|(_, changed)| from.duration_since(*changed) > BETWEEN);
        let known = known.map(|(version, _)| version);
        stream::unfold((receiver, known), move |(mut receiver, known)| async move {
            loop {
                let now = receiver.borrow_and_update().get(topic).copied();
                if let Some((version, _)) = now
                    && Some(version) != known
                {
                    return Some((version, (receiver, Some(version))));
                }
                receiver.changed().await.ok()?;
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    fn topics(version: i64) -> BTreeMap<String, i64> {
        [("wards".to_owned(), version), ("hub".to_owned(), 1)].into()
    }

    /// Without waiting.
    fn next(changes: impl Stream<Item = i64>) -> Option<i64> {
        let mut changes = Box::pin(changes);
        changes.next().now_or_never().flatten()
    }

    #[test]
    fn what_changed_between_reading_a_page_and_following_it_is_told_at_once() {
        let live = Live::default();
        assert_eq!(next(live.changes("wards", Instant::now())), None);
        live.see(topics(1));
        assert_eq!(next(live.changes("wards", Instant::now())), Some(1));
        let later = Instant::now() + BETWEEN * 2;
        assert_eq!(next(live.changes("wards", later)), None);
    }

    #[test]
    fn each_change_of_the_topic_is_told_once_and_no_other() {
        let live = Live::default();
        live.see(topics(1));
        let mut wards = Box::pin(live.changes("wards", Instant::now()));
        let mut told = |live: &Live, version| {
            live.see(topics(version));
            wards.next().now_or_never().flatten()
        };
        assert_eq!(told(&live, 1), Some(1));
        assert_eq!(told(&live, 1), None);
        assert_eq!(told(&live, 2), Some(2));
        assert_eq!(told(&live, 2), None);
    }
}
