//! What the tests of the pages share: a house with the programme, and a case in it.

use stour_appraisal::{Appraisal, Case, appraise};
use stour_database::{params, sql};
use stour_kernel::Pence;
use stour_programme::{REGISTER, SHIPPED, WORKED};
use stour_register::{Around, LoadError, Loaded, in_force, load, scope_of};
use stour_web::Capability;
use stour_web::testing::{Answer, Browser, Site, each_house};

/// The worked case that most tests change.
pub(crate) const REABLEMENT: &str = WORKED[0].text;

/// Runs a test on each database, with the programme.
pub(crate) fn house(test: impl Fn(&Site)) {
    each_house(|| vec![stour_programme::capability()], |site| test(&site));
}

/// Runs a test on each database, with both programmes as they ship and the board that their benefits are read from.
pub(crate) fn programmes(test: impl Fn(&Site)) {
    let people = || Capability {
        name: "people",
        migrations: vec![stour_people::MIGRATIONS],
        ..Capability::default()
    };
    let all = || {
        vec![
            people(),
            stour_outcomes::capability(),
            stour_programme::capability(),
        ]
    };
    each_house(all, |site| {
        load_shipped(&site);
        test(&site);
    });
}

/// Loads every file of programmes that ships, and tells how many entries it brought.
pub(crate) fn load_shipped(site: &Site) -> Loaded {
    let environment = site.environment().clone();
    let loaded = site.database().write_blocking(move |tx| {
        let mut all = Loaded::default();
        for (_, text) in SHIPPED {
            let scope = scope_of(text)?;
            all = all.and(load(tx, &environment, &REGISTER, &scope, text)?);
        }
        Ok::<_, LoadError>(all)
    });
    loaded.unwrap()
}

/// What is in force in a programme.
pub(crate) fn entries(site: &Site, scope: &'static str) -> Around {
    let entries = site.database().read_blocking(move |tx| in_force(tx, scope));
    Around::new(entries.unwrap())
}

/// Starts a worked case and tells its address.
pub(crate) fn started(browser: &mut Browser<'_>, name: &str) -> String {
    let done = browser.post("/cases/new", &[("worked", name)]);
    assert_eq!(done.status, 303, "{}", done.body);
    done.location().to_owned()
}

/// The case with another take-up of bed days.
pub(crate) fn taken_up(part: &str) -> String {
    REABLEMENT.replace("take_up = 0.3\n", &format!("take_up = {part}\n"))
}

/// What a text comes to.
pub(crate) fn found(text: &str) -> Appraisal {
    appraise(&Case::read(text).unwrap()).unwrap()
}

/// An amount as pages show it.
pub(crate) fn money(amount: Pence) -> String {
    amount.to_string().replace('-', "−")
}

/// The text of a version.
pub(crate) fn text_of(browser: &mut Browser<'_>, case: &str, number: i64) -> String {
    let file = browser.get(&format!("{case}/versions/{number}/case.toml"));
    assert_eq!(file.status, 200, "{}", file.body);
    file.body
}

/// The number of the latest version, by the API.
pub(crate) fn latest(browser: &mut Browser<'_>, case: &str) -> i64 {
    let json = browser.get_json(&format!("/api{case}"));
    json["latest"].as_i64().unwrap()
}

/// The fields of the form of a line, as the page shows them to somebody who changes it: what is hidden,
/// typed, chosen and checked.
pub(crate) fn form_of(page: &Answer, action: &str) -> Vec<(String, String)> {
    assert_eq!(page.status, 200, "{}", page.body);
    let begin = format!("action=\"{action}\"");
    let form = page.body.split(&begin).nth(1).unwrap();
    let form = form.split("</form>").next().unwrap();
    let mut fields = Vec::new();
    let mut rest = form;
    while let Some((_, inside)) = rest.split_once('<') {
        let (tag, after) = inside.split_once('>').unwrap();
        rest = after;
        let Some(name) = attribute(tag, "name") else {
            continue;
        };
        let value = if tag.starts_with("input") {
            let choices = ["type=\"radio\"", "type=\"checkbox\""];
            let is_choice = choices.iter().any(|choice| tag.contains(choice));
            if is_choice && !tag.contains(" checked") {
                continue;
            }
            attribute(tag, "value").unwrap_or_default()
        } else if tag.starts_with("textarea") {
            let text = after.split("</textarea>").next().unwrap();
            plain(text.strip_prefix('\n').unwrap_or(text))
        } else if tag.starts_with("select") {
            let options = after.split("</select>").next().unwrap();
            let chosen = options
                .split("<option")
                .find(|option| option.split('>').next().unwrap().contains(" selected"));
            chosen
                .and_then(|option| attribute(option, "value"))
                .unwrap_or_default()
        } else {
            continue;
        };
        if !["csrf", "request-key"].contains(&name.as_str()) {
            fields.push((name, value));
        }
    }
    fields
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split(&format!(" {name}=\"")).nth(1)?;
    Some(plain(value.split('"').next().unwrap()))
}

/// Text of a page without the writing of HTML.
pub(crate) fn plain(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

/// The fields as a browser sends them, some of them otherwise.
pub(crate) fn but<'f>(
    fields: &'f [(String, String)],
    others: &[(&'f str, &'f str)],
) -> Vec<(&'f str, &'f str)> {
    let is_other = |name: &str| others.iter().any(|(other, _)| *other == name);
    let same = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .filter(|(name, _)| !is_other(name));
    same.chain(others.iter().copied()).collect()
}

/// The form of the line bed-days of a case.
pub(crate) fn bed_days(browser: &mut Browser<'_>, case: &str) -> (String, Vec<(String, String)>) {
    let action = format!("{case}/lines/bed-days/edit");
    let page = browser.get(&action);
    let fields = form_of(&page, &action);
    (action, fields)
}

/// The message beside a field, which has this id, and in the summary of the page.
pub(crate) fn message(page: &Answer, field: &str) -> String {
    let link = format!("href=\"#{field}\"");
    let summary = page.body.split(&link).nth(1);
    let summary = summary.unwrap_or_else(|| panic!("nothing at {field}: {}", errors(page)));
    let summary = summary.split('>').nth(1).unwrap();
    let words = summary.split('<').next().unwrap().to_owned();
    let beside = page.body.split(&format!("id=\"{field}-error\"")).nth(1);
    let beside = beside.unwrap_or_else(|| panic!("no message beside {field}"));
    assert!(
        beside
            .split("</span></span>")
            .next()
            .unwrap()
            .contains(&words)
            || beside
                .split("</span>")
                .take(3)
                .any(|part| part.contains(&words)),
        "{field}: {words}"
    );
    plain(&words)
}

/// The summary of what is wrong with a page, for whoever reads a failed test.
pub(crate) fn errors(page: &Answer) -> String {
    let links = page.body.split("href=\"#").skip(1);
    links
        .filter_map(|link| link.split("</a>").next())
        .collect::<Vec<_>>()
        .join("; ")
}

/// How many entries of the audit have an action and a decision.
pub(crate) fn audited(site: &Site, action: &'static str, decision: &'static str) -> i64 {
    let count = site.database().read_blocking(move |tx| {
        tx.optional(
            sql!("SELECT count(*) FROM audit_entry WHERE action = $1 AND decision = $2"),
            params![action, decision],
            |row| row.get(0),
        )
    });
    count.unwrap().unwrap()
}

/// Puts another text under a version, past every rule, as somebody with the database may.
pub(crate) fn tamper(site: &Site, case: &str, text: &str) {
    let id = case.trim_start_matches("/cases/").to_owned();
    let text = text.to_owned();
    site.database()
        .write_blocking(move |tx| {
            tx.execute(
                sql!("UPDATE appraisal_document_version SET text = $1 WHERE document = $2 AND number = 1"),
                params![text, id],
            )
        })
        .unwrap();
}
