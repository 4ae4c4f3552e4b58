//! What is served to a browser.

use stour_design::{NHSUK_JS, asset, assets};

fn text(extension: &str, name: &str) -> String {
    let found = assets().iter().find(|asset| {
        asset.path.starts_with(&format!("/assets/{name}-"))
            && std::path::Path::new(asset.path)
                .extension()
                .is_some_and(|found| found == extension)
    });
    String::from_utf8(found.expect("an asset").bytes.to_vec()).expect("UTF-8")
}

#[test]
fn nothing_is_fetched_from_another_host() {
    for style in [text("css", "nhsuk"), text("css", "stour")] {
        for reference in style.split("url(").skip(1) {
            let path = reference
                .split(')')
                .next()
                .unwrap()
                .trim_matches(['"', '\'']);
            assert!(asset(path).is_some(), "{path} is not served");
        }
        assert!(
            !style.contains("@import") && !style.contains("Frutiger"),
            "fonts of another host"
        );
    }
    let script = text("js", "stour");
    assert!(
        script.contains(NHSUK_JS) && !script.contains("https://"),
        "{script}"
    );
}

#[test]
fn text_is_set_in_a_font_every_computer_has() {
    assert!(text("css", "nhsuk").contains("font-family:Arial,Helvetica,sans-serif"));
}

#[test]
fn a_name_changes_with_the_content() {
    for asset in assets() {
        let hash = asset.etag.trim_matches('"');
        assert_eq!(hash.len(), 16);
        assert!(asset.path.contains(hash), "{}", asset.path);
    }
    assert!(asset("/assets/stour.css").is_none());
}
