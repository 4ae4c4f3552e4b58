use stour_database::testing::each_database;
use stour_database::{Cursor, Database, PageSize, Transaction, Version};
use stour_facts::{Fact, FactKind};
use stour_kernel::{Environment, OdsCode, PersonId};

use super::{Decided, Reason, Referral, ReferralId, ReferralState, Refusal};
use crate::error::FrontDoorError;
use crate::request::{self, Request, RequestId, RequestState, record, taken_by};
use crate::testing::{NOW, adviser, asked, facts, migrations, person, to_reablement};
use crate::{accept, conclude, decline, make, referral, waiting_referrals, withdraw};

fn reason() -> Reason {
    "No room this week".parse().unwrap()
}

/// The database and the environment of one test.
struct Place {
    database: Database,
    environment: Environment,
}

impl Place {
    fn new(database: Database) -> Self {
        Self {
            database,
            environment: Environment::fixed(NOW),
        }
    }

    fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Transaction<'_>, &Environment) -> Result<T, FrontDoorError> + Send + 'static,
    ) -> Result<T, FrontDoorError> {
        let environment = self.environment.clone();
        self.database
            .write_blocking(move |tx| work(tx, &environment))
    }

    fn request(&self) -> Request {
        let person = person(&self.database, &self.environment, "Lovelace");
        self.write(move |tx, env| record(tx, env, &person, asked(), &adviser()))
            .unwrap()
    }

    fn now(&self, id: RequestId) -> Request {
        self.write(move |tx, _| Ok(request::request(tx, id)?.unwrap()))
            .unwrap()
    }

    fn referral(&self, id: ReferralId) -> Referral {
        self.write(move |tx, _| Ok(referral(tx, id)?.unwrap()))
            .unwrap()
    }

    fn refer(&self, id: RequestId, seen: Version) -> Result<Referral, FrontDoorError> {
        self.write(move |tx, env| make(tx, env, (id, seen), to_reablement(), &adviser()))
    }

    fn facts(&self, person: PersonId) -> Vec<Fact> {
        self.write(move |tx, _| {
            let latest = stour_facts::of_person(tx, person)?;
            let mut all = Vec::new();
            for fact in latest {
                all.extend(stour_facts::thread(tx, fact.thread)?);
            }
            Ok(all)
        })
        .unwrap()
    }

    fn knows(&self, person: PersonId, organisation: &str) -> bool {
        let organisation: OdsCode = organisation.parse().unwrap();
        facts(&self.database, person)
            .known_to
            .contains(&organisation)
    }
}

#[test]
fn a_request_is_recorded_with_its_fact_and_whoever_took_it_knows_the_person() {
    each_database(&migrations(), |database| {
        let place = Place::new(database);
        let request = place.request();
        assert_eq!(place.now(request.id), request);
        let facts = place.facts(request.person);
        assert_eq!(facts.len(), 1);
        assert_eq!(facts[0].what.kind, FactKind::Request);
        assert_eq!(facts[0].what.source.reference, request.id.to_string());
        assert_eq!(facts[0].what.ended, None);
        assert!(!facts[0].what.detail.to_string().contains("stairs"));
        assert!(place.knows(request.person, "E06000058"));
    });
}

#[test]
fn an_accepted_referral_concludes_the_request_as_progress_to_reablement() {
    each_database(&migrations(), |database| {
        let place = Place::new(database);
        let request = place.request();
        let made = place.refer(request.id, request.version).unwrap();
        assert_eq!(place.now(request.id).state, RequestState::Referred);
        assert!(place.knows(request.person, "RDY"));
        let waiting = place
            .write(|tx, _| Ok(waiting_referrals(tx, "reablement")?))
            .unwrap();
        assert_eq!(waiting, std::slice::from_ref(&made));

        let (id, seen) = (made.id, made.version);
        let done = place
            .write(move |tx, env| accept(tx, env, id, seen, "A Worker"))
            .unwrap();
        assert_eq!(done.request.outcome().unwrap().as_str(), "reablement");
        assert_eq!(done.referral, place.referral(made.id));
        assert_eq!(done.request, place.now(request.id));
        assert!(place.knows(request.person, "RDY"));
        let waiting = place
            .write(|tx, _| Ok(waiting_referrals(tx, "reablement")?))
            .unwrap();
        assert_eq!(waiting, []);
        let facts = place.facts(request.person);
        assert_eq!(facts.len(), 2);
        assert_eq!(
            facts[1].what.outcome.as_ref().unwrap().as_str(),
            "reablement"
        );
        assert_eq!(facts[1].what.ended.unwrap().to_string(), "2026-11-24");
        assert_eq!(facts[1].what.recorded_by, "A Worker");
        assert_eq!(facts[1].what.detail, facts[0].what.detail);
    });
}

#[test]
fn a_declined_referral_gives_the_request_back_and_the_provider_forgets() {
    each_database(&migrations(), |database| {
        let place = Place::new(database);
        let request = place.request();
        let made = place.refer(request.id, request.version).unwrap();
        let seen = (made.id, made.version);
        let declined = place
            .write(move |tx, env| decline(tx, env, seen, "A Worker", reason()))
            .unwrap();
        assert_eq!(declined.state.why(), Some(&reason()));
        assert_eq!(place.now(request.id).state, RequestState::Open);
        assert!(!place.knows(request.person, "RDY"));
        assert_eq!(place.facts(request.person).len(), 1);
        // It can be referred again, and the first answer stays.
        place
            .refer(request.id, place.now(request.id).version)
            .unwrap();
        assert_eq!(place.referral(made.id), declined);
    });
}

#[test]
fn what_is_refused_changes_nothing() {
    each_database(&migrations(), |database| {
        let place = Place::new(database);
        let request = place.request();
        let (id, stale) = (request.id, request.version);
        let made = place.refer(id, stale).unwrap();
        let before = place.now(id);
        assert!(matches!(
            place.refer(id, stale),
            Err(FrontDoorError::Version(_))
        ));
        let again = place.refer(id, before.version);
        assert_eq!(
            again,
            Err(FrontDoorError::Referral(Refusal::AlreadyWaiting))
        );
        let (now, outcome) = (before.version, "nfa-other".parse().unwrap());
        let concluded =
            place.write(move |tx, env| conclude(tx, env, (id, now), Clone::clone(&outcome), "A"));
        assert_eq!(
            concluded,
            Err(FrontDoorError::Request(request::Refusal::Referred))
        );
        assert_eq!(place.now(id), before);
        assert_eq!(place.referral(made.id), made);

        let seen = (made.id, made.version);
        let withdrawn = place
            .write(move |tx, env| withdraw(tx, env, seen, "A", reason()))
            .unwrap();
        let late = (withdrawn.id, withdrawn.version);
        let twice = place.write(move |tx, env| accept(tx, env, late.0, late.1, "B"));
        assert_eq!(twice, Err(FrontDoorError::Referral(Refusal::Decided)));
        let nobody: RequestId = place.environment.id();
        let absent = place.refer(nobody, Version::FIRST);
        assert_eq!(absent, Err(FrontDoorError::NotThere));
    });
}

#[test]
fn the_list_shows_open_requests_first_and_loses_none_between_pages() {
    each_database(&migrations(), |database| {
        let place = Place::new(database);
        let all: Vec<Request> = (0..7).map(|_| place.request()).collect();
        for request in &all[0..2] {
            place.refer(request.id, request.version).unwrap();
        }
        let (id, seen) = (all[3].id, all[3].version);
        place
            .write(move |tx, env| conclude(tx, env, (id, seen), "nfa-other".parse().unwrap(), "A"))
            .unwrap();
        let organisation: OdsCode = "E06000058".parse().unwrap();
        let mut seen = Vec::new();
        let mut after: Option<Cursor> = None;
        loop {
            let from = after.clone();
            let page = place
                .write(move |tx, _| {
                    taken_by(tx, organisation, from.as_ref(), PageSize::new(2).unwrap())
                })
                .unwrap();
            seen.extend(page.items.iter().map(|request| request.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let order = [6, 5, 4, 2, 1, 0, 3].map(|place: usize| all[place].id);
        assert_eq!(seen, order);
        let wrong = Cursor::after(["lost", "~"]);
        let refused = place.write(move |tx, _| {
            taken_by(tx, organisation, Some(&wrong), PageSize::default()).map(|_| ())
        });
        assert!(matches!(refused, Err(FrontDoorError::Cursor(_))));
    });
}

#[test]
fn any_sequence_of_commands_leaves_a_legal_state_and_the_facts_agree() {
    each_database(&migrations(), |database| {
        let place = Place::new(database);
        // A small generator of its own, so that both databases meet the same 300 commands.
        let mut random: u64 = 20_261_124;
        let mut request = place.request();
        let mut made: Vec<ReferralId> = Vec::new();
        let mut concluded = 0;
        for _ in 0..300 {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            step(&place, request.id, &mut made, random >> 33);
            let now = place.now(request.id);
            check(&place, &now, &made);
            if now.conclusion().is_some() && random.is_multiple_of(3) {
                concluded += 1;
                request = place.request();
                made.clear();
            }
        }
        assert!(concluded > 10, "only {concluded} requests were concluded");
    });
}

/// One command, sensible or not, at the version that is there or at an old one.
fn step(place: &Place, id: RequestId, made: &mut Vec<ReferralId>, random: u64) {
    let version = if random.is_multiple_of(11) {
        Version::FIRST
    } else {
        place.now(id).version
    };
    let last = made
        .last()
        .map(|id| place.referral(*id))
        .map(|last| (last.id, last.version));
    let result = match (random / 11 % 5, last) {
        (0 | 1, _) => place
            .refer(id, version)
            .map(|referral| made.push(referral.id)),
        (2, Some((last, seen))) => {
            place.write(move |tx, env| accept(tx, env, last, seen, "A").map(|_| ()))
        }
        (3, Some(last)) => {
            place.write(move |tx, env| decline(tx, env, last, "A", reason()).map(|_| ()))
        }
        (4, Some(last)) if random.is_multiple_of(2) => {
            place.write(move |tx, env| withdraw(tx, env, last, "A", reason()).map(|_| ()))
        }
        _ => place.write(move |tx, env| {
            let outcome = "nfa-information-advice".parse().unwrap();
            conclude(tx, env, (id, version), outcome, "A").map(|_| ())
        }),
    };
    let expected = matches!(
        result,
        Ok(())
            | Err(FrontDoorError::Request(_)
                | FrontDoorError::Referral(_)
                | FrontDoorError::Version(_))
    );
    assert!(expected, "{result:?}");
}

fn check(place: &Place, request: &Request, made: &[ReferralId]) {
    let referrals: Vec<_> = made.iter().map(|id| place.referral(*id)).collect();
    let waiting = referrals
        .iter()
        .filter(|one| one.state == ReferralState::Waiting)
        .count();
    let accepted = referrals
        .iter()
        .any(|one| matches!(one.state, ReferralState::Accepted(_)));
    match &request.state {
        RequestState::Open => assert_eq!((waiting, accepted), (0, false)),
        RequestState::Referred => assert_eq!((waiting, accepted), (1, false)),
        RequestState::Concluded(conclusion) => {
            assert_eq!(waiting, 0);
            assert_eq!(conclusion.outcome.as_str() == "reablement", accepted);
        }
    }
    let facts = place.facts(request.person);
    assert_eq!(facts.len(), 1 + usize::from(request.conclusion().is_some()));
    assert_eq!(
        facts.last().unwrap().what.outcome.as_ref(),
        request.outcome()
    );
    assert_eq!(place.knows(request.person, "RDY"), waiting > 0 || accepted);
}

#[test]
fn a_decided_referral_stays_decided() {
    let decided = Decided {
        at: NOW.parse().unwrap(),
        by: "A".to_owned(),
    };
    let states = [
        ReferralState::Waiting.accept(decided.clone()),
        ReferralState::Waiting.decline(decided.clone(), reason()),
        ReferralState::Waiting.withdraw(decided.clone(), reason()),
    ];
    for state in states.map(Result::unwrap) {
        assert_eq!(state.clone().accept(decided.clone()), Err(Refusal::Decided));
        assert_eq!(
            state.clone().decline(decided.clone(), reason()),
            Err(Refusal::Decided)
        );
        assert_eq!(
            state.clone().withdraw(decided.clone(), reason()),
            Err(Refusal::Decided)
        );
        let stored = ReferralState::stored(
            state.as_str(),
            state.decided().cloned(),
            state.why().cloned(),
        );
        assert_eq!(stored, Some(state));
    }
}
