//! What was noted and is not yet written.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use stour_kernel::Date;
use stour_open_referral::Uuid;
use stour_search::Found;
use stour_web::House;

use crate::finding::Asked;
use crate::index::rules::Rules;

/// The most different words that wait to be asked often enough, and the most of each.
const MOST_WORDS: usize = 5_000;
const LONGEST: usize = 60;

/// What is counted of a day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Event {
    /// A search for a need, for words that were asked often, or without words (`None`), and whether anything was found.
    Search {
        need: Option<String>,
        words: Option<String>,
        has_found: bool,
    },
    /// A listing was looked at.
    View(Uuid),
    /// Somebody went on from a listing: `call`, `email` or `website`.
    Signpost(Uuid, &'static str),
}

/// What was noted and is not yet written, and the words of today that few have used.
#[derive(Debug, Default)]
pub(crate) struct Tally(Mutex<Noted>);

#[derive(Debug, Default)]
struct Noted {
    events: BTreeMap<(Date, Event), u32>,
    rare: BTreeMap<(String, bool), u32>,
    day: Option<Date>,
}

impl Tally {
    pub(super) fn note(&self, day: Date, event: Event) {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = noted.events.entry((day, event)).or_default();
        *count = count.saturating_add(1);
    }

    /// Notes a search for words that name no need: as words only from the time on that they have been asked so often today.
    fn note_words(&self, day: Date, words: String, has_found: bool, fewest: u32) {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.day != Some(day) {
            noted.day = Some(day);
            noted.rare.clear();
        }
        let is_known = noted.rare.contains_key(&(words.clone(), has_found));
        let mut kept = None;
        if is_known || noted.rare.len() < MOST_WORDS {
            let count = noted.rare.entry((words.clone(), has_found)).or_default();
            *count = count.saturating_add(1);
            if *count >= fewest {
                kept = Some(words);
            }
        }
        let event = Event::Search {
            need: None,
            words: Some(kept.unwrap_or_default()),
            has_found,
        };
        let count = noted.events.entry((day, event)).or_default();
        *count = count.saturating_add(1);
    }

    /// Takes what was noted, to be written.
    pub(super) fn take(&self) -> Vec<(Date, Event, u32)> {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let events = std::mem::take(&mut noted.events);
        events
            .into_iter()
            .map(|((day, event), count)| (day, event, count))
            .collect()
    }

    /// Notes again what could not be written.
    pub(super) fn put_back(&self, events: Vec<(Date, Event, u32)>) {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (day, event, times) in events {
            let count = noted.events.entry((day, event)).or_default();
            *count = count.saturating_add(times);
        }
    }
}

/// Notes a search: the first page of it, once anything was asked. To choose among what was found, to sort it or to put something
/// on a list is to go on with the same search.
pub(crate) fn note_search(house: &House, asked: &Asked, found: &Found) {
    if asked.is_empty() || asked.goes_on() {
        return;
    }
    let tally = house.database().companion::<Tally>();
    let today = house.environment().today();
    let has_found = found.near + found.elsewhere > 0;
    let understood = &found.understood;
    if understood.needs.is_empty() {
        let words: Vec<&str> = understood
            .words
            .iter()
            .map(|word| word.typed.as_str())
            .collect();
        let words: String = words.join(" ").chars().take(LONGEST).collect();
        if words.is_empty() {
            let event = Event::Search {
                need: None,
                words: None,
                has_found,
            };
            tally.note(today, event);
            return;
        }
        let fewest =
            Rules::embedded().map_or(u32::MAX, |rules| rules.fewest_searches_to_keep_words);
        tally.note_words(today, words, has_found, fewest);
        return;
    }
    for need in &understood.needs {
        let event = Event::Search {
            need: Some(need.clone()),
            words: None,
            has_found,
        };
        tally.note(today, event);
    }
}

/// Notes that a listing was looked at.
pub(crate) fn note_view(house: &House, id: Uuid) {
    let tally = house.database().companion::<Tally>();
    tally.note(house.environment().today(), Event::View(id));
}
