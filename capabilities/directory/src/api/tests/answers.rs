use serde_json::Value;
use stour_web::testing::{Answer, Site};

use super::{ROOT, contents, each_feed, get, ids};

fn asked(site: &Site, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let headers: Vec<(&str, String)> = headers
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect();
    site.stranger().send(
        method.parse().unwrap(),
        &format!("{ROOT}{path}"),
        &headers,
        String::new(),
    )
}

#[test]
fn every_answer_may_be_read_by_pages_of_any_site() {
    each_feed(|site| {
        for (method, path, status) in [
            ("GET", "", 200),
            ("GET", "/", 200),
            ("GET", "/openapi.json", 200),
            ("GET", "/services", 200),
            ("HEAD", "/services", 200),
            ("OPTIONS", "/services", 204),
            ("OPTIONS", "/nothing", 204),
            ("GET", "/services/x", 404),
            ("GET", "/services/00000000-0000-4000-8001-000000000999", 404),
            (
                "GET",
                "/taxonomies/00000000-0000-4000-8001-000000000999",
                404,
            ),
            ("GET", "/taxonomy_terms/x", 404),
            (
                "GET",
                "/service_at_locations/00000000-0000-4000-8001-000000000999",
                404,
            ),
            ("GET", "/nothing", 404),
            ("GET", "/services?page=0", 400),
            ("POST", "/services", 405),
            ("DELETE", "/services", 405),
        ] {
            let answer = asked(site, method, path, &[]);
            assert_eq!(answer.status, status, "{method} {path}");
            assert_eq!(
                answer.headers["access-control-allow-origin"], "*",
                "{method} {path}"
            );
            assert_eq!(
                answer.headers["cross-origin-resource-policy"], "cross-origin",
                "{method} {path}"
            );
            assert!(answer.headers.get("set-cookie").is_none());
            if status >= 400 {
                assert_eq!(
                    answer.headers["content-type"], "application/problem+json",
                    "{method} {path}"
                );
            }
            if method == "HEAD" {
                assert_eq!(answer.body, "");
            }
        }
        // No other page of the house is opened by it.
        let elsewhere = site.stranger().get("/accessibility");
        assert!(
            elsewhere
                .headers
                .get("access-control-allow-origin")
                .is_none()
        );
    });
}

#[test]
fn the_root_says_what_it_is_and_leads_to_its_description() {
    each_feed(|site| {
        let root = get(site, "/").json();
        assert_eq!(root["version"], "HSDS-UK-3.0");
        assert_eq!(
            root["openapi_url"],
            "https://stour.test/open-referral/v3/openapi.json"
        );
        assert_eq!(get(site, "").json(), root);
        let described = get(site, "/openapi.json").json();
        assert_eq!(
            described["servers"][0]["url"],
            "https://stour.test/open-referral/v3"
        );
        let paths = described["paths"].as_object().unwrap();
        assert_eq!(paths.len(), 9);
        let one = ids(site, "/services?per_page=1").remove(0);
        for (path, said) in paths {
            let is_list = !path.contains('{') && path != "/";
            assert_eq!(
                said["get"]["parameters"]
                    .as_array()
                    .is_some_and(|all| all.len() > 1),
                is_list
            );
            let id = match path.as_str() {
                "/services/{id}" => one.clone(),
                path if path.contains('{') => ids(site, path.trim_end_matches("/{id}")).remove(0),
                _ => String::new(),
            };
            assert_eq!(get(site, &path.replace("{id}", &id)).status, 200, "{path}");
            // Every parameter that is described is taken, and so not refused for its name.
            for parameter in said["get"]["parameters"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|_| is_list)
            {
                let query = format!("{path}?{}=", parameter["name"].as_str().unwrap());
                assert_eq!(get(site, &query).status, 200, "{query}");
            }
        }
        // The parameters of the official description, each on the lists that it gives them to.
        let listed = |path: &str| -> Vec<String> {
            let parameters = described["paths"][path]["get"]["parameters"]
                .as_array()
                .unwrap();
            parameters
                .iter()
                .map(|parameter| parameter["name"].as_str().unwrap().to_owned())
                .collect()
        };
        for name in [
            "search",
            "page",
            "per_page",
            "taxonomy_term_id",
            "taxonomy_id",
            "minimum_age",
            "maximum_age",
            "start_time",
            "end_time",
            "day",
        ] {
            assert!(
                listed("/services").iter().any(|known| known == name),
                "{name}"
            );
        }
        for name in [
            "postcode",
            "proximity",
            "minimal",
            "full",
            "modified_after",
            "organization_id",
            "full_service",
            "format",
        ] {
            assert!(
                listed("/service_at_locations")
                    .iter()
                    .any(|known| known == name),
                "{name}"
            );
        }
    });
}

#[test]
fn what_the_reader_holds_is_not_sent_again() {
    each_feed(|site| {
        let id = ids(site, "/services?per_page=1").remove(0);
        let paths = [
            "/",
            "/services",
            "/taxonomies",
            "/taxonomy_terms",
            "/service_at_locations?day=MO",
        ];
        let one = format!("/services/{id}");
        for path in paths.into_iter().chain([one.as_str()]) {
            let first = get(site, path);
            assert_eq!(first.headers["cache-control"], "public, no-cache", "{path}");
            let again = asked(
                site,
                "GET",
                path,
                &[("if-none-match", &format!("\"x\", {}", first.tag()))],
            );
            assert_eq!(
                (again.status.as_u16(), again.body.as_str()),
                (304, ""),
                "{path}"
            );
            assert_eq!(again.tag(), first.tag());
            assert_eq!(again.headers["access-control-allow-origin"], "*");
            assert_eq!(
                asked(site, "GET", path, &[("if-none-match", "\"x\"")]).status,
                200,
                "{path}"
            );
        }
        let modified = get(site, &one).headers["last-modified"]
            .to_str()
            .unwrap()
            .to_owned();
        assert_eq!(modified, "Tue, 24 Nov 2026 09:00:00 GMT");
        assert_eq!(
            asked(site, "GET", &one, &[("if-modified-since", &modified)]).status,
            304
        );
        assert_eq!(
            asked(
                site,
                "GET",
                &one,
                &[("if-modified-since", "Mon, 23 Nov 2026 09:00:00 GMT")]
            )
            .status,
            200
        );
        // Hours run out without a change.
        assert!(
            get(site, "/services?day=MO")
                .headers
                .get("last-modified")
                .is_none()
        );

        let before = get(site, "/services").tag().to_owned();
        site.clock().set("2026-11-25T10:00:00Z".parse().unwrap());
        let mut new: Value = super::made::services()[3].clone();
        new["id"] = "00000000-0000-4000-8001-000000000777".into();
        super::save(site, new);
        assert_ne!(get(site, "/services").tag(), before);
        assert_eq!(
            asked(
                site,
                "GET",
                "/services",
                &[("if-modified-since", &modified)]
            )
            .status,
            200
        );
    });
}

#[test]
fn only_what_may_leave_is_given_and_what_is_withdrawn_is_gone_at_once() {
    each_feed(|site| {
        for hidden in [100, 101] {
            assert_eq!(
                get(
                    site,
                    &format!("/services/00000000-0000-4000-8001-{hidden:012}")
                )
                .status,
                404
            );
            let at = hidden * 10;
            assert_eq!(
                get(
                    site,
                    &format!("/service_at_locations/00000000-0000-4000-8002-{at:012}")
                )
                .status,
                404
            );
        }
        for list in ["/services", "/service_at_locations"] {
            let answer = get(site, &format!("{list}?full=true&per_page=500"));
            assert!(
                !answer.shows("refuge") && !answer.shows("inactive"),
                "{list}"
            );
        }
        let gone = contents(site, "/services?full=true&per_page=500").remove(7);
        let id: crate::listing::ListingId = gone["id"].as_str().unwrap().parse().unwrap();
        let environment = site.environment().clone();
        site.database()
            .write_blocking(move |tx| {
                let held = crate::listing::Visibility::Held("Ask first".to_owned());
                let version = stour_database::Version::FIRST;
                crate::listing::decide(
                    tx,
                    &environment,
                    (id, version),
                    held,
                    ("A test", "A reason"),
                )
            })
            .unwrap();
        let path = format!("/services/{id}");
        assert_eq!(get(site, &path).status, 404);
        let name = gone["name"].as_str().unwrap().replace(' ', "%20");
        for query in [
            "per_page=500".to_owned(),
            "format=ndjson".to_owned(),
            format!("search={name}"),
            "minimal=true".to_owned(),
        ] {
            assert!(
                !get(site, &format!("/services?{query}")).shows(&id.to_string()),
                "{query}"
            );
        }
        assert_eq!(get(site, "/services").json()["total_items"], 59);
        for at in gone["service_at_locations"].as_array().unwrap() {
            assert_eq!(
                get(
                    site,
                    &format!("/service_at_locations/{}", at["id"].as_str().unwrap())
                )
                .status,
                404
            );
        }
    });
}

#[test]
fn a_term_is_gone_with_the_last_service_that_has_it() {
    stour_web::testing::each_house(
        || vec![crate::capability()],
        |site| {
            let empty = get(&site, "/services").json();
            assert_eq!(
                (&empty["total_items"], &empty["empty"], &empty["last_page"]),
                (&0.into(), &true.into(), &true.into())
            );
            assert_eq!(contents(&site, "/taxonomy_terms"), Vec::<Value>::new());
            let service = super::made::services().remove(1);
            super::save(&site, service.clone());
            assert_eq!(ids(&site, "/taxonomy_terms").len(), 1);
            let id: crate::listing::ListingId = service["id"].as_str().unwrap().parse().unwrap();
            let environment = site.environment().clone();
            site.database()
                .write_blocking(move |tx| {
                    let seen = stour_database::Version::FIRST;
                    let held = crate::listing::Visibility::Held("Ask first".to_owned());
                    crate::listing::decide(
                        tx,
                        &environment,
                        (id, seen),
                        held,
                        ("A test", "A reason"),
                    )
                })
                .unwrap();
            assert_eq!(contents(&site, "/taxonomy_terms"), Vec::<Value>::new());
            assert_eq!(contents(&site, "/taxonomies"), Vec::<Value>::new());
        },
    );
}
