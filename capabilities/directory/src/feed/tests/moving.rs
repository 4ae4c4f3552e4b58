//! Feeds that change or lead elsewhere while they are read, and two processes that read one.

use std::sync::atomic::AtomicBool;

use super::super::ending::Pulse;
use super::super::fetch::{Client, FetchError};
use super::super::source::Source;
use super::*;

fn id(number: u128) -> String {
    stour_open_referral::Uuid::of_u128(number).to_string()
}

#[test]
fn a_record_that_slips_past_while_the_pages_move_is_asked_for() {
    with_feed(|site, add_at| {
        let moves = Arc::new(AtomicBool::new(false));
        let broken = Arc::new(AtomicBool::new(false));
        let services = Arc::new(Mutex::new((1..=7).map(club).collect::<Vec<_>>()));
        let (is_moving, is_broken, held) = (moves.clone(), broken.clone(), services.clone());
        add_at(&serve(move |path, query, _| {
            let mut all = held.lock().unwrap();
            if let Some(id) = path.strip_prefix("/services/") {
                if is_broken.load(Ordering::Relaxed) {
                    return StatusCode::BAD_GATEWAY.into_response();
                }
                return match all.iter().find(|one| one["id"] == id) {
                    Some(one) => said(one),
                    None => StatusCode::GONE.into_response(),
                };
            }
            if path != "/services" {
                return StatusCode::NOT_FOUND.into_response();
            }
            let answer = said(&page(&all, page_of(query), 2));
            if page_of(query) == 1
                && asked(query, "modified_after").is_none()
                && is_moving.swap(false, Ordering::Relaxed)
            {
                all.remove(0);
            }
            answer
        }));
        assert_eq!(counts(&read(site))[1], 7);
        // The third moves up to the first page when that was read already, and the seventh is gone for good.
        services.lock().unwrap().pop();
        moves.store(true, Ordering::Relaxed);
        let gone = |number: u128| {
            let all = listings(site);
            let one = all.iter().find(|one| one.id.0.to_string() == id(number));
            one.unwrap().withdrawn_at.is_some()
        };
        broken.store(true, Ordering::Relaxed);
        let unsure = whole(site);
        assert!(
            unsure
                .why
                .as_ref()
                .unwrap()
                .contains("nothing was withdrawn"),
            "{unsure:?}"
        );
        assert!((1..=7).all(|number| !gone(number)));
        broken.store(false, Ordering::Relaxed);
        services.lock().unwrap().insert(0, club(1));
        moves.store(true, Ordering::Relaxed);
        let run = whole(site);
        assert_eq!(
            (run.why.clone(), counts(&run)),
            (None, [6, 0, 0, 6, 1, 0, 0])
        );
        let gone: Vec<u128> = (1..=7).filter(|number| gone(*number)).collect();
        assert_eq!(gone, [7]);
    });
}

fn whole(site: &Site) -> Run {
    later(site);
    let whole = Options {
        whole: true,
        ..options()
    };
    sync(site.house(), &name(), whole, &mut |_| {}).unwrap()
}

#[test]
fn a_reading_that_was_taken_up_withdraws_nothing_and_the_next_one_does() {
    with_feed(|site, add_at| {
        let dead = Arc::new(AtomicBool::new(false));
        let services = Arc::new(Mutex::new((1..=6).map(club).collect::<Vec<_>>()));
        let (is_dead, held) = (dead.clone(), services.clone());
        add_at(&serve(move |path, query, _| {
            if path != "/services" {
                return StatusCode::NOT_FOUND.into_response();
            }
            if is_dead.load(Ordering::Relaxed) && page_of(query) == 2 {
                return StatusCode::BAD_GATEWAY.into_response();
            }
            said(&page(&held.lock().unwrap(), page_of(query), 2))
        }));
        read(site);
        dead.store(true, Ordering::Relaxed);
        assert_eq!(whole(site).state, RunState::Stopped);
        dead.store(false, Ordering::Relaxed);
        services.lock().unwrap().pop();
        let taken_up = whole(site);
        assert!(
            taken_up.why.as_ref().unwrap().contains("1 of 6"),
            "{taken_up:?}"
        );
        assert_eq!(counts(&taken_up)[4], 0);
        assert_eq!(counts(&whole(site)), [5, 0, 0, 5, 1, 0, 0]);
    });
}

#[test]
fn two_processes_do_not_read_a_feed_at_once() {
    with_feed(|site, add_at| {
        let house = site.house().clone();
        let run = Run {
            id: site.environment().id(),
            feed: name(),
            since: site.environment().now(),
            started_at: site.environment().now(),
            ended_at: site.environment().now(),
            state: RunState::Running,
            why: None,
            next_page: 1,
            whole: true,
            counts: Counts::default(),
        };
        let other = run.clone();
        // The other begins when this one has looked already.
        add_at(&serve(move |_, _, times| {
            if times == 0 {
                let (house, other) = (house.clone(), other.clone());
                let begun = std::thread::spawn(move || {
                    house
                        .database()
                        .write_blocking(move |tx| store::begin(tx, &other))
                });
                begun.join().unwrap().unwrap();
            }
            StatusCode::NOT_FOUND.into_response()
        }));
        let refused = sync(site.house(), &name(), options(), &mut |_| {});
        assert!(
            matches!(&refused, Err(DirectoryError::Refused(why)) if why.contains("being read already")),
            "{refused:?}"
        );
        // It goes on for an hour, and is not taken for killed.
        let mut pulse = Pulse::of(site.house(), &run);
        for _ in 0..6 {
            site.clock().advance(Duration::from_mins(10));
            pulse.beat().unwrap();
        }
        let refused = sync(site.house(), &name(), options(), &mut |_| {});
        assert!(
            matches!(refused, Err(DirectoryError::Refused(_))),
            "{refused:?}"
        );
    });
}

#[test]
fn whatever_a_feed_calls_a_record_is_one_step_of_its_address() {
    let client = Client::new(Duration::ZERO);
    let source = Source::new(&client, "https://example.org/services", None);
    for (id, step) in [
        ("a\"b", "a%22b"),
        ("café", "caf%c3%a9"),
        (".", "%2e"),
        ("..", "%2e%2e"),
        ("a.b", "a.b"),
        ("a/3?", "a%2f3%3f"),
        ("3D", "3D"),
        ("U", "U"),
        ("\u{11}", "%11"),
    ] {
        assert_eq!(
            source.address_of(id),
            format!("https://example.org/services/{step}")
        );
    }
}

#[test]
fn a_feed_sends_on_only_within_its_own_host() {
    let reached = Arc::new(AtomicUsize::new(0));
    let count = reached.clone();
    let inside = serve(move |_, _, _| {
        count.fetch_add(1, Ordering::Relaxed);
        said(&json!("secret"))
    });
    let to = inside.clone();
    let feed = serve(move |path, query, _| {
        let location = match path {
            "/old/list" => "/new/list?page=2".to_owned(),
            "/new/list" => "other".to_owned(),
            "/new/other" => return said(&json!(query.len())),
            "/round" => "/round".to_owned(),
            "/inside" => format!("{to}/x"),
            "/named" => format!("{}/x", to.replace("127.0.0.1", "localhost")),
            "/bare" => format!("{}/x", to.strip_prefix("http:").unwrap()),
            "/user" => "http://a@127.0.0.1/x".to_owned(),
            _ => "file:///etc/passwd".to_owned(),
        };
        (StatusCode::FOUND, [("location", location)]).into_response()
    });
    let client = Client::new(Duration::ZERO);
    let get = |path: &str| client.get(&format!("{feed}{path}"), &[]);
    assert_eq!(get("/old/list"), Ok(json!(0)));
    for path in ["/round", "/inside", "/named", "/bare", "/user", "/file"] {
        let refused = get(path);
        assert!(
            matches!(refused, Err(FetchError::Elsewhere(_))),
            "{path}: {refused:?}"
        );
    }
    assert_eq!(reached.load(Ordering::Relaxed), 0);
}
