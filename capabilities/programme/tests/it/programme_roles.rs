//! Who reads the pages of a programme: every route below it, as every role.

use stour_web::RouteAction;

use crate::support::programmes;

const READERS: [&str; 7] = [
    "programme-manager",
    "commissioner",
    "finance",
    "chief-officer",
    "analyst",
    "service-manager",
    "democratic-services",
];

/// The pages of programmes that are asked for by their address alone, with `better-together` in the place of the programme.
fn pages() -> Vec<String> {
    let routes = stour_programme::capability().routes;
    let pages = routes.iter().filter(|route| {
        route.method == "GET"
            && route.path.starts_with("/programmes")
            && route.action == RouteAction::Named("programme.read")
    });
    let filled = pages.map(|route| {
        route
            .path
            .replace("{programme}", "better-together")
            .replace("{kind}", "risk")
            .replace("{number}", "1")
    });
    filled.filter(|path| !path.contains('{')).collect()
}

#[test]
fn those_who_work_on_programmes_read_them_and_nobody_else_does() {
    let pages = pages();
    assert!(pages.len() > 8, "{pages:?}");
    programmes(|site| {
        for role in stour_access::ROLES {
            let reads = READERS.contains(&role.name);
            let mut browser = site.browser(role.name);
            for path in &pages {
                let answer = browser.get(path);
                let status = answer.status.as_u16();
                if reads {
                    // Forms are for those who may change what they are about.
                    assert!(status < 500, "{} {path} {status}", role.name);
                } else {
                    assert_eq!(status, 403, "{} {path}", role.name);
                    assert!(!answer.shows("Sponsoring Group"), "{} {path}", role.name);
                }
            }
        }
        for path in &pages {
            let status = site.stranger().get(path).status.as_u16();
            assert!([303, 401, 403].contains(&status), "{path} {status}");
        }
    });
}

#[test]
fn governance_and_risks_answer_every_reader_and_only_managers_are_shown_how_to_change_them() {
    let parts = [
        "/programmes",
        "/programmes/better-together/governance",
        "/programmes/better-together/governance/roles",
        "/programmes/better-together/governance/engagement",
        "/programmes/better-together/governance/figures",
        "/programmes/better-together/risks",
        "/programmes/better-together/risks/conditions",
        "/programmes/better-together/risks/8",
    ];
    programmes(|site| {
        for role in READERS {
            let mut browser = site.browser(role);
            for path in parts {
                assert_eq!(browser.get(path).status, 200, "{role} {path}");
            }
            let edits = role == "programme-manager";
            let page = browser.get("/programmes/better-together/risks");
            assert_eq!(page.shows("Add a risk"), edits, "{role}");
            let page = browser.get("/programmes/better-together/risks/8");
            assert_eq!(page.shows("Change this risk"), edits, "{role}");
            let new = [("description", "It rains"), ("status", "open")];
            let added = browser.post("/programmes/better-together/registers/risk/new", &new);
            let status = added.status.as_u16();
            assert_eq!(status, if edits { 303 } else { 403 }, "{role}");
        }
    });
}
