//! Copies the NHS design system out of `assets/node_modules` into the binary, under names that carry a hash of the
//! content, with nothing left in it that a browser would fetch from another host.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, error::Error, fs};

const FONT_STACK: &str = "Arial,Helvetica,sans-serif";
const STYLE: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const IMAGE: &str = "image/svg+xml";

struct Asset {
    name: &'static str,
    extension: &'static str,
    content_type: &'static str,
    bytes: Vec<u8>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let output = PathBuf::from(env::var("OUT_DIR")?);
    let package = root.join("assets/node_modules/nhsuk-frontend/dist/nhsuk");
    for watched in [
        "build.rs",
        "assets/package-lock.json",
        "assets/own",
        "assets/node_modules/nhsuk-frontend/package.json",
    ] {
        println!("cargo::rerun-if-changed={watched}");
    }
    if !package.join("nhsuk-frontend.min.css").is_file() {
        println!(
            "cargo::error=The NHS design system is not installed: run `make setup` (npm ci in foundation/design/assets)."
        );
        return Ok(());
    }

    let mut images = images(&package)?;
    let style = style(&package, &images)?;
    if style.contains("https://") || style.contains("/assets/images/") {
        println!(
            "cargo::error=nhsuk-frontend's style sheet refers to a file that Stour does not serve: extend foundation/design/build.rs."
        );
        return Ok(());
    }
    let named = named(&root, &package, &style)?;
    let mut table = String::new();
    for (constant, asset) in &named {
        writeln!(
            table,
            "pub(crate) const {constant}: &str = {:?};",
            asset.path()
        )?;
    }
    images.extend(named.into_iter().map(|(_, asset)| asset));
    table.push_str(&write_all(&images, &output)?);
    fs::write(output.join("assets.rs"), table)?;
    Ok(())
}

/// The published style sheet with our font and the names of the images as they are served.
fn style(package: &Path, images: &[Asset]) -> Result<String, Box<dyn Error>> {
    let published = own_font(&fs::read_to_string(package.join("nhsuk-frontend.min.css"))?);
    Ok(images.iter().fold(published, |style, image| {
        let name = format!("/assets/images/{}.{}", image.name, image.extension);
        style.replace(&name, &image.path())
    }))
}

/// The files that pages refer to, with the name of the constant that holds each one's path.
fn named(
    root: &Path,
    package: &Path,
    style: &str,
) -> Result<[(&'static str, Asset); 5], Box<dyn Error>> {
    let own = |name: &str| fs::read_to_string(root.join("assets/own").join(name));
    let behaviour = without_source_map(&fs::read_to_string(package.join("nhsuk-frontend.min.js"))?);
    let behaviour = Asset::new("nhsuk", "js", SCRIPT, behaviour);
    let own_behaviour = own("stour.js")?.replace("/assets/nhsuk.js", &behaviour.path());
    Ok([
        (
            "NHSUK_CSS",
            Asset::new("nhsuk", "css", STYLE, without_source_map(style)),
        ),
        ("NHSUK_JS", behaviour),
        (
            "STOUR_CSS",
            Asset::new("stour", "css", STYLE, own("stour.css")?),
        ),
        ("STOUR_JS", Asset::new("stour", "js", SCRIPT, own_behaviour)),
        ("MARK", Asset::new("mark", "svg", IMAGE, own("mark.svg")?)),
    ])
}

/// Writes the files and answers with the table of them, as Rust.
fn write_all(assets: &[Asset], output: &Path) -> Result<String, Box<dyn Error>> {
    let mut table = format!("pub(crate) static ASSETS: [Asset; {}] = [\n", assets.len());
    for asset in assets {
        let file = format!("{}-{}.{}", asset.name, asset.hash(), asset.extension);
        fs::write(output.join(&file), &asset.bytes)?;
        writeln!(
            table,
            "Asset {{ path: {:?}, content_type: {:?}, bytes: include_bytes!(concat!(env!(\"OUT_DIR\"), {:?})), etag: {:?} }},",
            asset.path(),
            asset.content_type,
            format!("/{file}"),
            format!("\"{}\"", asset.hash()),
        )?;
    }
    table.push_str("];\n");
    Ok(table)
}

/// The four icons that the published style sheet draws with `url()`.
fn images(package: &Path) -> Result<Vec<Asset>, Box<dyn Error>> {
    [
        "nhsuk-icon-arrow-down",
        "nhsuk-icon-arrow-up-down",
        "nhsuk-icon-arrow-up",
        "nhsuk-icon-cross",
    ]
    .into_iter()
    .map(|name| {
        let text = fs::read_to_string(package.join("assets/images").join(format!("{name}.svg")))?;
        Ok(Asset::new(name, "svg", IMAGE, text))
    })
    .collect()
}

/// Frutiger is licensed to the NHS and loads from another host, so text is set in Arial.
fn own_font(style: &str) -> String {
    let mut rest = style;
    let mut kept = String::with_capacity(style.len());
    while let Some((before, after)) = rest.split_once("@font-face{") {
        kept.push_str(before);
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept.replace(
        "font-family:Frutiger W01,arial,sans-serif",
        &format!("font-family:{FONT_STACK}"),
    )
}

/// Nobody asks for the maps, which are not served.
fn without_source_map(text: &str) -> String {
    text.lines()
        .map(|line| {
            line.split("//# sourceMappingURL=")
                .next()
                .unwrap_or_default()
        })
        .filter(|line| !line.starts_with("/*# sourceMappingURL="))
        .collect::<Vec<_>>()
        .join("\n")
}

impl Asset {
    fn new(
        name: &'static str,
        extension: &'static str,
        content_type: &'static str,
        text: String,
    ) -> Self {
        Self {
            name,
            extension,
            content_type,
            bytes: text.into_bytes(),
        }
    }

    fn path(&self) -> String {
        format!("/assets/{}-{}.{}", self.name, self.hash(), self.extension)
    }

    /// FNV-1a, 64 bits: enough to tell one version of a file from the next, which is all a cache asks.
    fn hash(&self) -> String {
        let hash = self
            .bytes
            .iter()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
            });
        format!("{hash:016x}")
    }
}
