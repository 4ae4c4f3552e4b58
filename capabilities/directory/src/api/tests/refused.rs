use super::{each_feed, get};

#[test]
fn what_is_wrong_with_parameters_is_told() {
    each_feed(|site| {
        let long = format!("search={}", "a".repeat(10_000));
        for (query, parameter, words) in [
            ("page=0", "page", "a whole number from 1"),
            ("page=-1", "page", "a whole number from 1"),
            ("page=x", "page", "a whole number from 1"),
            (
                "page=99999999999999999999999",
                "page",
                "a whole number from 1",
            ),
            ("per_page=10000", "per_page", "from 1 to 500"),
            ("per_page=0", "per_page", "from 1 to 500"),
            (
                "minimum_age=old",
                "minimum_age",
                "a number of years from 0 to 150",
            ),
            (
                "maximum_age=-1",
                "maximum_age",
                "a number of years from 0 to 150",
            ),
            ("maximum_age=NaN", "maximum_age", "a number of years"),
            ("day=XX", "day", "MO, TU, WE"),
            ("day=MO,", "day", "MO, TU, WE"),
            ("start_time=25:00", "start_time", "a time such as 09:30"),
            ("end_time=noon", "end_time", "a time such as 09:30"),
            ("postcode=ZZZ", "postcode", "postcode"),
            (
                "postcode=AB10%201AB&proximity=1000",
                "postcode",
                "not known",
            ),
            ("proximity=1000", "proximity", "give the postcode"),
            (
                "postcode=BH8%209RN&proximity=near",
                "proximity",
                "a number of metres",
            ),
            (
                "postcode=BH8%209RN&proximity=-1",
                "proximity",
                "a number of metres",
            ),
            (
                "modified_after=yesterday",
                "modified_after",
                "a moment such as",
            ),
            ("format=xml", "format", "json or ndjson"),
            ("full=yes", "full", "true or false"),
            (
                "taxonomy_term=x",
                "taxonomy_term",
                "there is no such parameter; there are page, per_page",
            ),
            ("day=MO&day=TU", "day", "give it once"),
            (long.as_str(), "search", "longer than 500 characters"),
        ] {
            for list in ["/services", "/service_at_locations"] {
                let answer = get(site, &format!("{list}?{query}"));
                let said = answer.json();
                assert_eq!(answer.status, 400, "{list} {query}: {said}");
                assert_eq!(answer.headers["content-type"], "application/problem+json");
                assert_eq!(answer.headers["access-control-allow-origin"], "*");
                assert_eq!(said["errors"][0]["field"], parameter, "{query}: {said}");
                assert!(
                    said["errors"][0]["message"]
                        .as_str()
                        .unwrap()
                        .contains(words),
                    "{query}: {said}"
                );
                assert!(
                    said["detail"].as_str().unwrap().contains(words),
                    "{query}: {said}"
                );
                assert!(answer.body.len() < 3_000);
            }
        }
        let both = get(site, "/services?page=0&day=XX").json();
        assert_eq!(both["errors"].as_array().unwrap().len(), 2);
        let many = get(site, &format!("/services?{}", "x=1&".repeat(5_000)));
        assert_eq!(many.json()["errors"].as_array().unwrap().len(), 20);
        assert_eq!(get(site, "/taxonomies?search=x").status, 400);
    });
}

#[test]
fn a_parameter_that_is_empty_is_not_given() {
    each_feed(|site| {
        let answer = get(
            site,
            "/services?search=&day=&minimum_age=&page=&taxonomy_id=",
        );
        assert_eq!(answer.json()["total_items"], 60);
    });
}
