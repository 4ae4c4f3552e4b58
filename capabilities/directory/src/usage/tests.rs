use serde_json::json;
use stour_database::params;
use stour_web::testing::each_house;

use crate::capability;
use crate::testing::{saved, service};

const LUNCH: &str = "ac148810-d857-441c-9679-408f346de14b";

#[test]
fn use_is_counted_and_nobody_is_followed() {
    each_house(
        || vec![capability()],
        |site| {
            let over = json!({
                "phones": [{"id": "9c4ab6d2-6a5e-4f1e-8f6a-3a86ea0b0a01", "number": "01202 123 456"}],
                "url": "https://lunch.example/club",
            });
            saved(site.database(), site.environment(), service(over));
            let mut visitor = site.stranger();
            for _ in 0..3 {
                visitor.get("/find?q=lunch+club&postcode=BH8+9RL&age=83");
            }
            visitor.get("/find?q=my+secret+words");
            for _ in 0..6 {
                visitor.get("/find?q=quidditch");
            }
            visitor.get("/find");
            visitor.get(&format!("/find/{LUNCH}"));
            let call = visitor.get(&format!("/find/{LUNCH}/call/0"));
            assert_eq!(call.status, 303);
            assert_eq!(call.headers["location"], "tel:01202123456");
            assert_eq!(call.headers.get("set-cookie"), None);
            let website = visitor.get(&format!("/find/{LUNCH}/website/1"));
            assert_eq!(website.headers["location"], "https://lunch.example/club");
            for wrong in ["call/1", "call/9", "email/0", "elsewhere/0"] {
                assert_eq!(visitor.get(&format!("/find/{LUNCH}/{wrong}")).status, 404);
            }

            let mut editor = site.browser("editor");
            let page = editor.get("/directory/usage").body;
            for part in [
                "Lunch clubs",
                "“quidditch”",
                "Other words, each asked seldom",
                "Lunch club: called",
            ] {
                assert!(page.contains(part), "{part} is not in {page}");
            }
            assert!(!page.contains("secret"));
            let file = editor.get("/directory/usage.csv").body;
            assert!(
                file.contains("2026-11,search,need,Lunch clubs,,yes,3"),
                "{file}"
            );
            assert!(
                file.contains("2026-11,search,words,quidditch,,no,2"),
                "{file}"
            );
            assert!(file.contains("2026-11,search,other,,,no,5"), "{file}");
            assert!(file.contains(&format!(
                "2026-11,listing-view,view,{LUNCH},Lunch club,yes,1"
            )));
            assert!(file.contains(&format!(
                "2026-11,signpost,website,{LUNCH},Lunch club,yes,1"
            )));

            let facts = site.database().read_blocking(|tx| {
                tx.rows(
                    stour_database::sql!(
                        "SELECT person, detail FROM fact WHERE source_system = 'stour:directory'"
                    ),
                    params![],
                    |row| Ok((row.get::<Option<String>>(0)?, row.get::<String>(1)?)),
                )
            });
            let facts: Vec<(Option<String>, String)> = facts.unwrap();
            assert!(!facts.is_empty());
            for (person, detail) in facts {
                assert_eq!(person, None);
                for told in ["secret", "83", "BH8"] {
                    assert!(!detail.contains(told), "{detail}");
                }
            }
        },
    );
}

#[test]
fn only_those_who_keep_the_directory_see_its_use() {
    each_house(
        || vec![capability()],
        |site| {
            assert_eq!(site.browser("ward").get("/directory/usage").status, 403);
            assert_eq!(site.browser("editor").get("/directory/usage").status, 200);
            let stranger = site.stranger().get("/directory/usage");
            assert!(
                !stranger.body.contains("Searches that found nothing") && stranger.status != 200
            );
        },
    );
}
