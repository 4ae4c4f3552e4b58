//! Arrows point down: each crate depends only on what its place in the house allows.

use std::collections::BTreeMap;

use super::workspace::metadata;

/// What a crate may depend on, by its folder. A capability's own arrows to other capabilities are
/// named one by one.
fn allowed(folder: &str) -> Vec<&'static str> {
    const FOUNDATION: [&str; 8] = [
        "foundation/access",
        "foundation/database",
        "foundation/design",
        "foundation/facts",
        "foundation/kernel",
        "foundation/partnership",
        "foundation/web",
        "foundation/register",
    ];
    let mut may = match folder {
        "foundation/kernel" | "foundation/design" => vec![],
        "foundation/database" => vec!["foundation/kernel"],
        "foundation/partnership" | "foundation/facts" => {
            vec!["foundation/database", "foundation/kernel"]
        }
        "foundation/access" => {
            vec![
                "foundation/facts",
                "foundation/partnership",
                "foundation/database",
                "foundation/kernel",
            ]
        }
        "foundation/web" => FOUNDATION[..6].to_vec(),
        "foundation/register" => [&FOUNDATION[..7], &["standards/spreadsheet"]].concat(),
        _ if folder.starts_with("engines/") || folder.starts_with("standards/") => {
            vec!["foundation/kernel"]
        }
        "capabilities/people" => FOUNDATION.to_vec(),
        _ if folder.starts_with("capabilities/") => {
            [&FOUNDATION[..], &["capabilities/people"]].concat()
        }
        _ => vec!["*"],
    };
    may.extend(match folder {
        "capabilities/flow" => vec![
            "engines/deadlines",
            "engines/discharge",
            "engines/statistics",
            "standards/adw",
            "standards/hl7v2",
            "capabilities/front-door",
        ],
        "capabilities/directory" => {
            vec![
                "engines/search",
                "engines/linkage",
                "standards/open-referral",
            ]
        }
        "capabilities/advice" => vec![
            "engines/guidance",
            "engines/charging",
            "capabilities/front-door",
        ],
        "capabilities/outcomes" => vec![
            "engines/indicators",
            "engines/statistics",
            "standards/spreadsheet",
        ],
        "capabilities/programme" => vec![
            "engines/appraisal",
            "engines/planning",
            "engines/benefits",
            "engines/statistics",
            "standards/spreadsheet",
            "capabilities/outcomes",
        ],
        "capabilities/decisions" => vec!["engines/deadlines"],
        "capabilities/people" => {
            vec!["engines/statistics", "engines/linkage", "standards/hl7v2"]
        }
        _ => vec![],
    });
    may
}

#[test]
fn arrows_point_down() {
    let metadata = metadata();
    let root = metadata["workspace_root"].as_str().unwrap();
    let members: Vec<&str> = metadata["workspace_members"]
        .as_array()
        .unwrap()
        .iter()
        .map(|id| id.as_str().unwrap())
        .collect();
    let folder_of = |package: &serde_json::Value| {
        let manifest = package["manifest_path"].as_str().unwrap();
        manifest
            .strip_prefix(root)
            .unwrap()
            .trim_start_matches('/')
            .trim_end_matches("/Cargo.toml")
            .to_owned()
    };
    let packages: BTreeMap<&str, &serde_json::Value> = metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|package| members.contains(&package["id"].as_str().unwrap()))
        .map(|package| (package["name"].as_str().unwrap(), package))
        .collect();
    let folders: BTreeMap<&str, String> = packages
        .iter()
        .map(|(name, package)| (*name, folder_of(package)))
        .collect();
    let mut wrong = Vec::new();
    for (name, package) in &packages {
        let from = &folders[name];
        let may = allowed(from);
        for dependency in package["dependencies"].as_array().unwrap() {
            let Some(to) = folders.get(dependency["name"].as_str().unwrap()) else {
                continue;
            };
            // What only tests need is no arrow of the product.
            let is_arrow = dependency["kind"].is_null() && to != from;
            if is_arrow && may != ["*"] && !may.contains(&to.as_str()) {
                wrong.push(format!("{from} must not know {to}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(packages.len() >= 14, "the workspace was not read whole");
}

#[test]
fn only_their_own_crate_names_the_heavy_libraries() {
    let owners = [
        ("rusqlite", "stour-database"),
        ("postgres", "stour-database"),
        ("cedar-policy", "stour-access"),
        ("openidconnect", "stour-access"),
        ("argon2", "stour-access"),
    ];
    let metadata = metadata();
    for package in metadata["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        if !name.starts_with("stour")
            || package["manifest_path"]
                .as_str()
                .unwrap()
                .contains("/bench/")
        {
            continue;
        }
        for dependency in package["dependencies"].as_array().unwrap() {
            let library = dependency["name"].as_str().unwrap();
            for (heavy, owner) in owners {
                assert!(
                    library != heavy || name == owner,
                    "{name} must not name {heavy}; {owner} does"
                );
            }
        }
    }
}
