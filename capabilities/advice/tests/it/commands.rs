//! The command line of advice.

use std::path::PathBuf;

use stour_advice::content::{SHIPPED, contents};
use stour_web::CommandError;
use stour_web::testing::Site;

use crate::house::with_advice;

/// Runs `stour content …`.
fn content(site: &Site, words: &[&str]) -> Result<(), CommandError> {
    let commands = stour_advice::capability().commands;
    let command = commands
        .iter()
        .find(|one| (one.define)().get_name() == "content")
        .unwrap();
    let words = std::iter::once("content").chain(words.iter().copied());
    let matches = (command.define)().try_get_matches_from(words).unwrap();
    (command.run)(site.house(), &matches)
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("stour-content-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

#[test]
fn flows_are_exported_changed_imported_and_nothing_is_published_by_it() {
    with_advice(|site| {
        let folder = folder("round");
        let path = folder.to_str().unwrap();
        content(site, &["export", path]).unwrap();
        for shipped in SHIPPED {
            let text =
                std::fs::read_to_string(folder.join(format!("{}.toml", shipped.id))).unwrap();
            assert_eq!(text, shipped.text);
        }
        content(site, &["import", path, "--what", "The same"]).unwrap();
        let latest = |id: &'static str| {
            let all = site.database().read_blocking(contents).unwrap();
            let found = all.into_iter().find(|one| one.id == id).unwrap();
            (found.latest, found.published, found.waiting)
        };
        assert_eq!(latest("carer"), (1, Some(1), None));
        let carer = folder.join("carer.toml");
        let text = std::fs::read_to_string(&carer).unwrap();
        std::fs::write(&carer, text.replace("Is this your job?", "Are you paid?")).unwrap();
        content(site, &["import", path, "--what", "Plainer"]).unwrap();
        assert_eq!(latest("carer"), (2, Some(1), None));
        assert_eq!(latest("help-tonight"), (1, Some(1), None));
        // A flow that nobody has yet is saved, and not published.
        let new = text.replace("id = \"carer\"", "id = \"young-carer\"");
        std::fs::write(folder.join("young-carer.toml"), new).unwrap();
        content(site, &["import", path, "--what", "A new one"]).unwrap();
        assert_eq!(latest("young-carer"), (1, None, None));
        assert_eq!(site.stranger().get("/advice/young-carer").status, 404);
        // One mistake, and nothing of the folder is saved.
        std::fs::write(&carer, "nonsense").unwrap();
        let told = content(site, &["import", path, "--what", "Wrong"]).unwrap_err();
        assert!(
            told.0.contains("line 1") && told.0.contains("Nothing was saved"),
            "{told}"
        );
        assert_eq!(latest("carer"), (2, Some(1), None));
        std::fs::remove_dir_all(&folder).unwrap();
    });
}

#[test]
fn a_check_takes_every_path_and_names_what_must_be_put_right() {
    with_advice(|site| {
        let folder = folder("check");
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.to_str().unwrap();
        assert!(
            content(site, &["check", path])
                .unwrap_err()
                .0
                .contains("holds no flow")
        );
        let text = SHIPPED
            .iter()
            .find(|one| one.id == "paying-for-care")
            .unwrap()
            .text;
        std::fs::write(folder.join("one.toml"), text).unwrap();
        content(site, &["check", path]).unwrap();
        // A way that no answer takes: what it asks for was dealt with by the one before.
        let never = text.replace(
            "when = \"savings > £14,250\"",
            "when = \"savings > £30,000\"",
        );
        std::fs::write(folder.join("two.toml"), never).unwrap();
        assert_eq!(
            content(site, &["check", path]).unwrap_err().0,
            "1 of 2 flows must be put right."
        );
        std::fs::write(folder.join("two.toml"), "[flow]").unwrap();
        assert_eq!(
            content(site, &["check", path]).unwrap_err().0,
            "1 of 2 flows must be put right."
        );
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(
            content(site, &["check", path])
                .unwrap_err()
                .0
                .contains("cannot be read")
        );
        content(site, &["graph", "carer", "--dot"]).unwrap();
        content(site, &["graph", "carer", "--svg"]).unwrap();
        assert!(
            content(site, &["graph", "nothing"])
                .unwrap_err()
                .0
                .contains("there are help-tonight, care-and-support")
        );
    });
}
