//! A house with one listing, and people who keep it.

use serde_json::json;
use stour_directory::listing::{self, Listing, ListingId, NewListing, Provenance};
use stour_open_referral::Service;
use stour_web::testing::{Answer, Browser, Site, each_house};

/// The lunch club.
pub(crate) const CLUB: &str = "ac148810-d857-441c-9679-408f346de14b";
/// Its place.
pub(crate) const HALL: &str = "e94c9f38-1e8f-4564-91d4-d53501ab1765";

pub(crate) fn with_directory(test: impl Fn(Site)) {
    each_house(
        || vec![stour_directory::capability()],
        |site| {
            save(&site, club(), None);
            test(site);
        },
    );
}

pub(crate) fn club() -> Service {
    let service = json!({
        "id": CLUB,
        "name": "Lunch club",
        "status": "active",
        "description": "A hot meal and company.",
        "organization": {
            "id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610",
            "name": "Stour Valley Friends",
            "description": "A charity",
        },
        "phones": [{ "id": "e94c9f38-1e8f-4564-91d4-d53501ab1700", "number": "01632 960001" }],
        "service_at_locations": [{
            "id": HALL,
            "location": {
                "id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5",
                "location_type": "physical",
                "name": "Village hall",
                "latitude": 50.75,
                "longitude": -1.98,
                "addresses": [{
                    "id": "74706e55-df26-4b84-80fe-ecc30b5befb4",
                    "address_1": "1 High Street", "city": "Wimborne", "state_province": "Dorset",
                    "postal_code": "BH21 1AA", "country": "GB", "address_type": "physical",
                }],
            },
        }],
    });
    serde_json::from_value(service).unwrap()
}

/// Stores a service kept here, as the next version where there is one.
pub(crate) fn save(site: &Site, service: Service, review_due: Option<&str>) -> Listing {
    let environment = site.environment().clone();
    let review_due = review_due.map(|day| day.parse().unwrap());
    site.database()
        .write_blocking(move |tx| {
            let id = ListingId(service.id);
            let seen = listing::listing(tx, id)?.map(|before| before.version);
            let new = NewListing {
                id,
                provenance: Provenance::own(id),
                service: service.clone(),
                review_due,
                seen,
            };
            listing::save(tx, &environment, new, "A test", "It is so")
        })
        .unwrap()
}

/// The listing as it stands.
pub(crate) fn standing(site: &Site, id: &str) -> Option<Listing> {
    let id: ListingId = id.parse().unwrap();
    let found = site
        .database()
        .read_blocking(move |tx| listing::listing(tx, id));
    found.unwrap()
}

/// What stands between two words of a page, the first time.
pub(crate) fn between<'p>(page: &'p str, before: &str, after: &str) -> &'p str {
    let rest = page.split(before).nth(1).unwrap_or_default();
    rest.split(after).next().unwrap_or_default()
}

/// A version in a hidden field, as a browser would send it.
pub(crate) fn sent_as(page: &str, field: &str) -> String {
    let value = between(page, &format!("name=\"{field}\" value=\""), "\"");
    value.replace("&quot;", "\"")
}

/// The version that the first form of a page carries.
pub(crate) fn version(page: &Answer) -> String {
    sent_as(&page.body, "version")
}

/// Asks to keep the lunch club, and has an editor grant it.
pub(crate) fn granted(site: &Site, provider: &mut Browser<'_>) {
    let asked = provider.post(
        "/directory/claims/new",
        &[
            ("listing", CLUB),
            ("words", "I run it"),
            ("email", "ann@example.org"),
        ],
    );
    assert_eq!(asked.location(), "/directory/mine", "{}", asked.body);
    let mut editor = site.browser("editor");
    let page = editor.get("/directory/claims");
    let id = between(&page.body, "/directory/claims/", "/decide").to_owned();
    let to = format!("/directory/claims/{id}/decide");
    let decided = editor.post(&to, &[("version", "\"1\""), ("decision", "grant")]);
    assert_eq!(decided.location(), "/directory/claims", "{}", decided.body);
}

/// Begins a suggestion on a listing; its address.
pub(crate) fn begun(browser: &mut Browser<'_>, listing: &str) -> String {
    let begun = browser.post(&format!("/directory/mine/{listing}/change"), &[]);
    assert!(
        begun.location().starts_with("/directory/suggestions/"),
        "{}",
        begun.body
    );
    suggestion_of(&begun)
}

/// The suggestion whose first step an answer leads to.
pub(crate) fn suggestion_of(begun: &Answer) -> String {
    begun.location().strip_suffix("/what").unwrap().to_owned()
}

/// Fills in one step of a suggestion.
pub(crate) fn step(
    browser: &mut Browser<'_>,
    suggestion: &str,
    step: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let address = format!("{suggestion}/{step}");
    let page = browser.get(&address);
    let version = version(&page);
    let mut all = vec![("version", version.as_str())];
    all.extend(fields);
    browser.post(&address, &all)
}

/// Sends a suggestion to the editors.
pub(crate) fn send(browser: &mut Browser<'_>, suggestion: &str) {
    let page = browser.get(suggestion);
    let version = version(&page);
    let sent = browser.post(&format!("{suggestion}/send"), &[("version", &version)]);
    assert_eq!(sent.location(), "/directory/mine", "{}", sent.body);
}

/// Decides on a suggestion from what its page shows.
pub(crate) fn decide(
    editor: &mut Browser<'_>,
    suggestion: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let page = editor.get(suggestion);
    let form = between(&page.body, "/decide\"", "</form>").to_owned();
    let version = sent_as(&form, "version");
    let stands = sent_as(&form, "stands");
    let mut all = vec![("version", version.as_str()), ("stands", stands.as_str())];
    all.extend(fields);
    editor.post(&format!("{suggestion}/decide"), &all)
}
