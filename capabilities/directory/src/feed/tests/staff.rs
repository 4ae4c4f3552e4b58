//! Feeds as those who keep them meet them: files, pages, the command line.

use super::*;

#[test]
fn files_of_lines_and_of_lists_are_imported() {
    each_house(
        || vec![crate::capability()],
        |site| {
            let folder = std::env::temp_dir()
                .join(format!("stour-import-{}", site.environment().id::<RunId>()));
            std::fs::create_dir_all(&folder).unwrap();
            let import_of = |text: String| {
                later(&site);
                let file = folder.join("services.json");
                std::fs::write(&file, text).unwrap();
                import(
                    site.house(),
                    &file,
                    (&name(), Role::Owner),
                    "A test",
                    &mut |_| {},
                )
                .unwrap()
            };
            let lines = format!(
                "\u{feff}{}\n\n{}\n{{broken\n{}\n",
                club(1),
                club(2),
                json!({ "id": 1 })
            );
            assert_eq!(counts(&import_of(lines)), [4, 2, 0, 0, 0, 0, 2]);
            let list = json!([club(1), club(3)]).to_string();
            assert_eq!(counts(&import_of(list)), [2, 1, 0, 1, 0, 0, 0]);
            let pretty = format!("{:#}", json!({ "contents": [club(4)] }));
            assert_eq!(counts(&import_of(pretty)), [1, 1, 0, 0, 0, 0, 0]);
            let one = format!("{:#}", club(5));
            assert_eq!(counts(&import_of(one)), [1, 1, 0, 0, 0, 0, 0]);
            let refused = import_of("hello".to_owned());
            assert_eq!(refused.state, RunState::Stopped);
            assert_eq!(listings(&site).len(), 5);
            std::fs::remove_dir_all(folder).unwrap();
        },
    );
}

#[test]
fn editors_see_how_each_feed_was_read() {
    with_feed(|site, add_at| {
        add_at(&serve(|path, query, _| match path {
            "/services" => {
                let odd = json!({ "id": "odd", "name": "Odd", "email": true, "contacts": [] });
                said(&page(
                    &[club(1), odd, json!({ "id": "nameless" })],
                    page_of(query),
                    9,
                ))
            }
            _ => StatusCode::NOT_FOUND.into_response(),
        }));
        read(site);
        let mut browser = site.browser("editor");
        let home = browser.get("/directory");
        assert!(
            home.shows("a-feed") && home.shows("Read to its end"),
            "{}",
            home.body
        );
        let page = browser.get("/directory/feeds/a-feed");
        for shown in [
            "nameless",
            "it has no name",
            "it is not one e-mail address",
            "Left out",
            "assurer",
        ] {
            assert!(page.shows(shown), "{shown} in {}", page.body);
        }
        assert_eq!(browser.get("/directory/feeds/none").status, 404);
        assert_eq!(site.browser("ward").get("/directory").status, 403);
    });
}

#[test]
fn feeds_are_added_read_listed_and_removed_from_the_command_line() {
    each_house(
        || vec![crate::capability()],
        |site| {
            let address = serve(|path, query, _| match path {
                "/services" => said(&page(&[club(1)], page_of(query), 2)),
                _ => StatusCode::NOT_FOUND.into_response(),
            });
            let run = |words: &[&str]| {
                later(&site);
                let command = commands()
                    .into_iter()
                    .find(|one| (one.define)().get_name() == words[0])
                    .unwrap();
                let matches = (command.define)().try_get_matches_from(words).unwrap();
                (command.run)(site.house(), &matches)
            };
            run(&["feed", "add", "a-feed", &address, "--role", "owner"]).unwrap();
            run(&["sync", "--json"]).unwrap();
            run(&["feed", "list", "--json"]).unwrap();
            let all = listings(&site);
            assert_eq!((all.len(), all[0].provenance.role), (1, Role::Owner));
            for (words, why) in [
                (
                    vec!["feed", "add", "Own!", &address],
                    "cannot be the name of a feed",
                ),
                (
                    vec!["feed", "add", "own", &address],
                    "cannot be the name of a feed",
                ),
                (
                    vec!["feed", "add", "b", "http://example.org"],
                    "begins with https",
                ),
                (
                    vec!["feed", "add", "b", "file:///etc/passwd"],
                    "begins with https",
                ),
                (
                    vec!["feed", "add", "b", &address, "--role", "boss"],
                    "a role is",
                ),
                (vec!["sync", "b"], "there is no feed b"),
                (vec!["feed", "remove", "b"], "there is no feed b"),
                (vec!["import", "/nowhere.json"], "cannot be read"),
                (
                    vec!["import", "/nowhere.json", "--feed", "a-feed"],
                    "give the file another name",
                ),
            ] {
                let error = run(&words).unwrap_err();
                assert!(error.to_string().contains(why), "{words:?}: {error}");
            }
            run(&["feed", "remove", "a-feed"]).unwrap();
            assert!(listings(&site)[0].withdrawn_at.is_some());
        },
    );
}
