//! What version 1.0 (Open Referral UK, 2020) says otherwise than 3.0: the renamed and removed fields of the
//! change log of version 3.0 (OpenReferralUK/uk-profile).

use serde_json::{Value, json};

use super::context::{Context, as_words, is_nothing};
use super::prepare::{Fields, moved};

/// Fields by which a service of version 1.0 is known; none of them is left once it has been read.
const ONLY_EARLIER: [&str; 7] = [
    "eligibilitys",
    "regular_schedules",
    "holiday_schedules",
    "service_taxonomys",
    "fundings",
    "reviews",
    "deliverable_type",
];

/// Says a service of version 1.0 in fields of 3.0.
pub(super) fn service(fields: &mut Fields, context: &mut Context<'_>) {
    let is_earlier = ONLY_EARLIER.iter().any(|name| fields.contains_key(*name));
    moved(fields, "fundings", "funding");
    moved(fields, "costs", "cost_options");
    eligibilities(fields);
    schedules(fields);
    categories(fields);
    if is_earlier {
        fees(fields);
    }
    for gone in ["reviews", "deliverable_type"] {
        if let Some(value) = fields.remove(gone).filter(|value| !is_nothing(value)) {
            context.note_of(gone, &value, None, "version 3.0 has no place for it");
        }
    }
    // Only now can it be told whether there are schedules to say it of.
    let Some(how) = fields.get("attending_type").and_then(as_words) else {
        return;
    };
    if let Some(Value::Array(all)) = fields.get_mut("schedules")
        && all.iter().any(Value::is_object)
    {
        for schedule in all.iter_mut().filter_map(Value::as_object_mut) {
            schedule
                .entry("attending_type")
                .or_insert_with(|| json!(how));
        }
        fields.remove("attending_type");
    }
}

/// One pair of ages and one description of all that is said of whom it is for: the widest ages.
fn eligibilities(fields: &mut Fields) {
    let Some(Value::Array(all)) = fields
        .remove("eligibilitys")
        .or_else(|| fields.remove("eligibilities"))
    else {
        return;
    };
    for (name, lowest) in [("minimum_age", true), ("maximum_age", false)] {
        let ages: Vec<Option<f64>> = all
            .iter()
            .map(|one| {
                let age = one.get(name)?;
                age.as_f64().or_else(|| age.as_str()?.trim().parse().ok())
            })
            .collect();
        // One that has no bound makes the whole unbounded.
        let whole: Option<Vec<f64>> = ages.into_iter().collect();
        let widest = whole
            .into_iter()
            .flatten()
            .reduce(if lowest { f64::min } else { f64::max });
        if let Some(age) = widest
            && fields.get(name).is_none_or(is_nothing)
        {
            fields.insert(name.to_owned(), json!(age));
        }
    }
    let mut words: Vec<String> = Vec::new();
    for one in &all {
        let said = ["eligibility", "gender"]
            .into_iter()
            .filter_map(|name| one.get(name).and_then(as_words));
        let linked = one
            .get("taxonomys")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let linked = linked.filter_map(|link| link.get("name").and_then(as_words));
        for said in said.chain(linked) {
            if !words.contains(&said) {
                words.push(said);
            }
        }
        linked_terms(fields, one, "eligibility");
    }
    if !words.is_empty() && fields.get("eligibility_description").is_none_or(is_nothing) {
        fields.insert(
            "eligibility_description".to_owned(),
            json!(words.join(", ")),
        );
    }
}

/// The lists of a record under either of two names, taken out of it.
fn taken(fields: &mut Fields, names: &[&str]) -> Vec<Value> {
    let mut all = Vec::new();
    for name in names {
        match fields.remove(*name) {
            Some(Value::Array(items)) => all.extend(items),
            Some(one @ Value::Object(_)) => all.push(one),
            _ => {}
        }
    }
    all
}

fn added(fields: &mut Fields, name: &str, items: Vec<Value>) {
    if items.is_empty() {
        return;
    }
    match fields.get_mut(name) {
        Some(Value::Array(all)) => all.extend(items),
        _ => {
            fields.insert(name.to_owned(), Value::Array(items));
        }
    }
}

/// Regular hours as they are; days on which it is closed, or open otherwise, as entries of their own.
pub(super) fn schedules(fields: &mut Fields) {
    if let Some(one) = fields.get_mut("schedules").filter(|one| one.is_object()) {
        *one = json!([one.take()]);
    }
    let regular = taken(fields, &["regular_schedules", "regular_schedule"]);
    added(fields, "schedules", regular);
    let holidays = taken(fields, &["holiday_schedules", "holiday_schedule"]);
    let holidays = holidays.into_iter().map(|holiday| match holiday {
        Value::Object(mut holiday) => {
            moved(&mut holiday, "start_date", "valid_from");
            moved(&mut holiday, "end_date", "valid_to");
            let closed = holiday
                .get("closed")
                .is_some_and(|closed| closed == true || closed == "true");
            if closed {
                holiday.insert("closed".to_owned(), json!(true));
                holiday
                    .entry("description")
                    .or_insert_with(|| json!("Closed"));
            } else {
                holiday.remove("closed");
                holiday.entry("freq").or_insert_with(|| json!("WEEKLY"));
                holiday
                    .entry("byday")
                    .or_insert_with(|| json!("MO,TU,WE,TH,FR,SA,SU"));
            }
            Value::Object(holiday)
        }
        other => other,
    });
    let holidays = holidays.collect();
    added(fields, "schedules", holidays);
}

/// Terms of the service itself, and those linked from other records.
fn categories(fields: &mut Fields) {
    let own = taken(fields, &["service_taxonomys", "service_taxonomies"]);
    added(fields, "attributes", own);
    let links = taken(
        fields,
        &["link_taxonomy", "link_taxonomys", "link_taxonomies"],
    );
    added(fields, "attributes", links);
    for list in ["cost_options", "service_areas"] {
        let records = fields
            .get(list)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        for record in &records {
            linked_terms(fields, record, list.trim_end_matches('s'));
        }
    }
}

/// The terms that a record within the service links to.
fn linked_terms(fields: &mut Fields, record: &Value, kind: &str) {
    let named = [
        "taxonomys",
        "link_taxonomys",
        "link_taxonomies",
        "link_taxonomy",
    ];
    let links = named
        .iter()
        .filter_map(|name| record.get(name).and_then(Value::as_array));
    let terms = links.flatten().filter_map(Value::as_object).map(|link| {
        let mut attribute = if link.contains_key("taxonomy") || link.contains_key("taxonomy_term") {
            link.clone()
        } else {
            let mut attribute = Fields::new();
            attribute.insert("taxonomy_term".to_owned(), Value::Object(link.clone()));
            attribute
        };
        attribute.entry("link_type").or_insert_with(|| json!(kind));
        Value::Object(attribute)
    });
    let terms = terms.collect();
    added(fields, "attributes", terms);
}

/// What it costs in words becomes a price, of which the amount is known only where it is all that is said.
fn fees(fields: &mut Fields) {
    if fields
        .get("cost_options")
        .is_some_and(|options| !is_nothing(options))
    {
        return;
    }
    let Some(said) = fields.get("fees").and_then(as_words) else {
        return;
    };
    let digits = said.trim().trim_start_matches('£');
    let mut option = Fields::new();
    option.insert("amount_description".to_owned(), json!(said));
    let words = said.to_lowercase();
    let free =
        ["free", "free of charge", "none", "no charge"].contains(&words.trim_end_matches('.'));
    let amount = if free {
        Some(0.0)
    } else {
        digits.parse::<f64>().ok()
    };
    if let Some(pounds) = amount {
        option.insert("amount".to_owned(), json!(pounds));
    }
    fields.insert("cost_options".to_owned(), json!([option]));
}

/// Says a place of version 1.0 in fields of 3.0.
pub(super) fn location(fields: &mut Fields) {
    moved(fields, "physical_addresses", "addresses");
    moved(fields, "accessibility_for_disabilities", "accessibility");
    schedules(fields);
    if let Some(one) = fields.get_mut("addresses").filter(|one| one.is_object()) {
        *one = json!([one.take()]);
    }
    let uprn = fields.get("addresses").and_then(|all| {
        all.as_array()?
            .iter()
            .find_map(|one| as_words(one.get("uprn")?))
    });
    if let Some(uprn) = uprn
        && fields.get("external_identifier").is_none_or(is_nothing)
    {
        fields.insert("external_identifier".to_owned(), json!(uprn));
        fields.insert("external_identifier_type".to_owned(), json!("UPRN"));
    }
}

/// One spelling of each list of terms, and the address of a term that is named by a short form of it.
pub(super) fn scheme(fields: &mut Fields, context: &mut Context<'_>) {
    let said = fields.get("taxonomy").and_then(as_words);
    if let Some(said) = said {
        let known = SCHEMES.lines().filter(|line| !line.starts_with('#'));
        let plain = letters(&said);
        let one = known
            .map(|line| line.split('|').map(str::trim))
            .find_map(|mut names| {
                let one = names.next()?;
                (letters(one) == plain || names.any(|name| letters(name) == plain)).then_some(one)
            });
        if let Some(one) = one.filter(|one| *one != said) {
            let became = json!(one);
            context.note_of(
                "taxonomy",
                &json!(said),
                Some(&became),
                "lists of terms have one spelling",
            );
            fields.insert("taxonomy".to_owned(), became);
        }
    }
    let short = ["code", "term_id"]
        .into_iter()
        .find_map(|name| as_words(fields.get(name)?).filter(|said| said.contains(':')));
    let short = short.or_else(|| fields.get("term_uri").and_then(as_words));
    if let Some((uri, code)) = short.as_deref().and_then(expanded) {
        let missing = |fields: &Fields, name: &str| fields.get(name).is_none_or(is_nothing);
        if missing(fields, "term_uri") || fields.get("term_uri").and_then(as_words) == short {
            fields.insert("term_uri".to_owned(), json!(uri));
        }
        if missing(fields, "code") || fields.get("code").and_then(as_words) == short {
            fields.insert("code".to_owned(), json!(code));
        }
    }
}

const SCHEMES: &str = include_str!("schemes.txt");

fn letters(text: &str) -> String {
    let letters = text.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The whole address of a short form such as `esdServiceType:242`, and the code in it.
fn expanded(short: &str) -> Option<(String, &str)> {
    let (prefix, code) = short.split_once(':')?;
    let stub = SCHEMES
        .lines()
        .filter_map(|line| line.strip_prefix("#prefix "))
        .find_map(|line| {
            line.split_once(' ')
                .filter(|(known, _)| letters(known) == letters(prefix))
        })?;
    let plain = code
        .chars()
        .all(|next| next.is_ascii_alphanumeric() || "_-.".contains(next));
    (plain && !code.is_empty()).then(|| (format!("{}{code}", stub.1.trim()), code))
}
