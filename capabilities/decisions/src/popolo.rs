//! The published record in the names of the Popolo data specification (popoloproject.com): organizations, persons,
//! posts, memberships, events, motions and vote events with their counts.
//!
//! A count that was not recorded is null: *nem. con.* is nought against and says nothing of how many voted for.

use std::collections::BTreeMap;

use serde::Serialize;
use stour_kernel::Date;
use utoipa::ToSchema;

use crate::noun::office::OfficeHolder;
use crate::noun::vote::Vote;
use crate::record::{Held, Record};
use crate::words::last_day;

/// The whole of it.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct Popolo {
    organizations: Vec<Organization>,
    persons: Vec<Person>,
    posts: Vec<Post>,
    memberships: Vec<Membership>,
    events: Vec<Event>,
    motions: Vec<Motion>,
    vote_events: Vec<VoteEvent>,
}

/// Where something can be checked.
#[derive(Debug, Serialize, ToSchema)]
struct Link {
    url: String,
}

/// A council, or a body of one.
#[derive(Debug, Serialize, ToSchema)]
struct Organization {
    id: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    classification: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_id: Option<String>,
    #[schema(value_type = Option<String>, format = Date)]
    founding_date: Option<Date>,
    #[schema(value_type = Option<String>, format = Date)]
    dissolution_date: Option<Date>,
    /// What a reader should know.
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
    sources: Vec<Link>,
}

/// Somebody who holds, or held, a public office.
#[derive(Debug, Serialize, ToSchema)]
struct Person {
    id: String,
    name: String,
}

/// The people of the record by name and body, each with an id: two of one name who serve two bodies are two.
type Persons<'r> = BTreeMap<(&'r str, &'r str), String>;

/// A public office.
#[derive(Debug, Serialize, ToSchema)]
struct Post {
    id: String,
    label: String,
    organization_id: String,
}

/// Somebody in an office or on a committee.
#[derive(Debug, Serialize, ToSchema)]
struct Membership {
    id: String,
    person_id: String,
    organization_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    post_id: Option<String>,
    role: String,
    #[schema(value_type = Option<String>, format = Date)]
    start_date: Option<Date>,
    #[schema(value_type = Option<String>, format = Date)]
    end_date: Option<Date>,
    /// What a reader should know.
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
    sources: Vec<Link>,
}

/// A meeting.
#[derive(Debug, Serialize, ToSchema)]
struct Event {
    id: String,
    name: String,
    classification: &'static str,
    organization_id: String,
    status: String,
    /// Null where the day is not known.
    #[schema(value_type = Option<String>, format = Date)]
    start_date: Option<Date>,
    location: String,
    /// What a reader should know.
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
    sources: Vec<Link>,
}

/// What was proposed or resolved.
#[derive(Debug, Serialize, ToSchema)]
struct Motion {
    id: String,
    organization_id: Option<String>,
    creator_id: Option<String>,
    event_id: Option<String>,
    classification: String,
    text: String,
    #[schema(value_type = Option<String>, format = Date)]
    date: Option<Date>,
    /// `pass`, `fail`, or null where what became of it is not known.
    result: Option<&'static str>,
    /// What a reader should know.
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
    sources: Vec<Link>,
}

/// A vote.
#[derive(Debug, Serialize, ToSchema)]
struct VoteEvent {
    id: String,
    motion_id: String,
    organization_id: Option<String>,
    identifier: String,
    #[schema(value_type = Option<String>, format = Date)]
    start_date: Option<Date>,
    /// `pass` or `fail`; a tie is a `fail`.
    result: &'static str,
    counts: Vec<Count>,
    /// What a reader should know.
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
    sources: Vec<Link>,
}

/// How many voted so.
#[derive(Debug, Serialize, ToSchema)]
struct Count {
    option: &'static str,
    /// Null where it was not recorded.
    value: Option<u32>,
}

fn links(source: &str) -> Vec<Link> {
    let is_address = source.starts_with("https://");
    let link = is_address.then(|| Link {
        url: source.to_owned(),
    });
    link.into_iter().collect()
}

fn committee_id(number: i64) -> String {
    format!("organization/committee-{number}")
}

/// The councils and organisations by name, each with an id that is the same as long as the names are.
struct Bodies<'r>(BTreeMap<&'r str, String>);

impl<'r> Bodies<'r> {
    fn of(record: &'r Record) -> Self {
        let committees = record.committees.iter().map(|one| one.body.as_str());
        let holders = record.holders.iter().map(|one| one.body.as_str());
        let named = committees.chain(holders).map(|name| {
            let words = name.split(|c: char| !c.is_ascii_alphanumeric());
            let slug: Vec<String> = words
                .filter(|word| !word.is_empty())
                .map(str::to_lowercase)
                .collect();
            (name, format!("organization/{}", slug.join("-")))
        });
        Self(named.collect())
    }

    fn id(&self, name: &str) -> String {
        self.0.get(name).cloned().unwrap_or_default()
    }
}

impl Popolo {
    /// The record in Popolo's names.
    pub(crate) fn of(record: &Record) -> Self {
        let bodies = Bodies::of(record);
        let mut all = Self {
            organizations: organizations(record, &bodies),
            events: events(record),
            ..Self::default()
        };
        let persons = persons(record);
        all.add_people(record, (&bodies, &persons));
        all.add_motions(record, &persons);
        all
    }

    fn add_people(&mut self, record: &Record, (bodies, persons): (&Bodies<'_>, &Persons<'_>)) {
        let mut posts: BTreeMap<(&str, &str), String> = BTreeMap::new();
        for holder in record.holders.iter() {
            let post = posts
                .entry((&holder.body, &holder.office))
                .or_insert_with(|| format!("post/{}", holder.number))
                .clone();
            self.memberships.push(Membership {
                id: format!("membership/office-{}", holder.number),
                person_id: person_id(persons, holder),
                organization_id: bodies.id(&holder.body),
                post_id: Some(post),
                role: holder.office.clone(),
                start_date: holder.from,
                end_date: last_day(holder.until),
                note: holder.note.clone(),
                sources: links(&holder.source),
            });
        }
        for seat in record.memberships.iter() {
            let holder = record.holders.get(seat.person);
            if let (Some(holder), Some(committee)) = (holder, seat.committee) {
                self.memberships.push(Membership {
                    id: format!("membership/{}", seat.number),
                    person_id: person_id(persons, holder),
                    organization_id: committee_id(committee),
                    post_id: None,
                    role: seat.role.clone(),
                    start_date: seat.from,
                    end_date: last_day(seat.until),
                    note: seat.note.clone(),
                    sources: links(&seat.source),
                });
            }
        }
        self.persons = persons
            .iter()
            .map(|((name, _), id)| Person {
                id: id.clone(),
                name: (*name).to_owned(),
            })
            .collect();
        self.posts = posts
            .into_iter()
            .map(|((body, office), id)| Post {
                id,
                label: office.to_owned(),
                organization_id: bodies.id(body),
            })
            .collect();
    }

    fn add_motions(&mut self, record: &Record, persons: &Persons<'_>) {
        for resolution in record.resolutions.iter() {
            let holder = record.holders.get(resolution.person);
            let mut motion = motion(record, resolution.item, resolution);
            motion.id = resolution_id(resolution.number);
            motion.creator_id = holder.map(|holder| person_id(persons, holder));
            motion.classification.clone_from(&resolution.verb);
            motion.text.clone_from(&resolution.text);
            motion.date = record.decided_on(resolution);
            motion.result = Some("pass");
            self.motions.push(motion);
        }
        // What became of a recommendation is for the body that it was made to: the motion of making it has no result.
        for made in record.recommendations.iter() {
            let mut motion = motion(record, made.item, made);
            motion.id = format!("motion/recommendation-{}", made.number);
            "recommendation".clone_into(&mut motion.classification);
            motion.text.clone_from(&made.text);
            self.motions.push(motion);
        }
        for vote in record.votes.iter() {
            let mut motion = motion(record, vote.item, vote);
            let resolution = record.resolutions.get(vote.resolution);
            if let Some(resolution) = resolution {
                // It is there already, as what was resolved.
                motion.id = resolution_id(resolution.number);
                self.vote_events.push(vote_event(vote, &motion));
                continue;
            }
            motion.id = format!("motion/vote-{}", vote.number);
            "vote".clone_into(&mut motion.classification);
            motion.text.clone_from(&vote.on);
            motion.result = Some(result(vote));
            self.vote_events.push(vote_event(vote, &motion));
            self.motions.push(motion);
        }
    }
}

fn resolution_id(number: i64) -> String {
    format!("motion/resolution-{number}")
}

fn persons(record: &Record) -> Persons<'_> {
    let mut persons = Persons::new();
    for holder in record.holders.iter() {
        persons
            .entry((&holder.name, &holder.body))
            .or_insert_with(|| format!("person/{}", holder.number));
    }
    persons
}

/// The id of whoever holds an office, which is that of all offices that they hold in the body.
fn person_id(persons: &Persons<'_>, holder: &OfficeHolder) -> String {
    let id = persons.get(&(holder.name.as_str(), holder.body.as_str()));
    id.cloned().unwrap_or_default()
}

/// A motion of an item, with what follows from that filled in.
fn motion<T>(record: &Record, item: Option<i64>, held: &Held<T>) -> Motion {
    let meeting = record
        .items
        .get(item)
        .and_then(|item| record.meeting_of(item));
    Motion {
        id: String::new(),
        organization_id: meeting
            .and_then(|meeting| meeting.committee)
            .map(committee_id),
        creator_id: None,
        event_id: meeting.map(|meeting| format!("event/{}", meeting.number)),
        classification: String::new(),
        text: String::new(),
        date: meeting.and_then(|meeting| meeting.date),
        result: None,
        note: held.note.clone(),
        sources: links(&held.source),
    }
}

fn result(vote: &Vote) -> &'static str {
    if vote.result == "carried" {
        "pass"
    } else {
        "fail"
    }
}

fn vote_event(vote: &Held<Vote>, motion: &Motion) -> VoteEvent {
    let count = |option, value| Count { option, value };
    VoteEvent {
        id: format!("vote_event/{}", vote.number),
        motion_id: motion.id.clone(),
        organization_id: motion.organization_id.clone(),
        identifier: vote.method.clone(),
        start_date: motion.date,
        result: result(vote),
        counts: vec![
            count("yes", vote.votes_for),
            count("no", vote.against),
            count("abstain", vote.abstain),
        ],
        note: vote.note.clone(),
        sources: links(&vote.source),
    }
}

fn organizations(record: &Record, bodies: &Bodies<'_>) -> Vec<Organization> {
    let above = bodies.0.iter().map(|(name, id)| Organization {
        id: id.clone(),
        name: (*name).to_owned(),
        classification: None,
        parent_id: None,
        founding_date: None,
        dissolution_date: None,
        note: String::new(),
        sources: Vec::new(),
    });
    let committees = record.committees.iter().map(|committee| Organization {
        id: committee_id(committee.number),
        name: committee.name.clone(),
        classification: Some(committee.sort.clone()),
        parent_id: Some(bodies.id(&committee.body)),
        founding_date: committee.from,
        dissolution_date: last_day(committee.until),
        note: committee.note.clone(),
        sources: links(&committee.source),
    });
    above.chain(committees).collect()
}

fn events(record: &Record) -> Vec<Event> {
    record
        .meetings
        .iter()
        .filter_map(|meeting| {
            let committee = record.committees.get(meeting.committee)?;
            Some(Event {
                id: format!("event/{}", meeting.number),
                name: super::site::meeting::title(committee, meeting),
                classification: "meeting",
                organization_id: committee_id(committee.number),
                status: meeting.status.clone(),
                start_date: meeting.date,
                location: meeting.place.clone(),
                note: meeting.note.clone(),
                sources: links(&meeting.source),
            })
        })
        .collect()
}
