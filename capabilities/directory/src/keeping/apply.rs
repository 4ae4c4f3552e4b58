//! Putting changed fields into a service.

use stour_kernel::Postcode;
use stour_open_referral::{
    Accessibility, Address, Age, Amount, ByDay, Contact, CostOption, Frequency, Location,
    LocationType, Phone, Schedule, Service, ServiceAtLocation, Text, Uuid,
};
use stour_web::FieldError;

use super::fields::{DAYS, Fields, STATES, entries};
use super::settings::Settings;

/// The most characters of a long text, and of one line.
const LONGEST_TEXT: usize = 5_000;
const LONGEST_LINE: usize = 300;
/// The most entries of one list.
const MOST_ENTRIES: usize = 40;

/// Puts changed fields into a service, and says what of them cannot be put there.
pub(crate) fn apply(
    service: &mut Service,
    changes: &Fields,
    settings: &Settings,
) -> Vec<FieldError> {
    let mut work = Work {
        changes,
        errors: Vec::new(),
    };
    for (field, text) in changes.iter().filter(|(field, _)| !field.contains('.')) {
        if let Err(message) = scalar(service, field, text) {
            work.refuse(field, message);
        }
    }
    work.ages(service);
    work.list(
        "phone",
        &mut service.phones,
        |phone| phone.id,
        new_phone,
        phone,
    );
    work.list(
        "contact",
        &mut service.contacts,
        |contact| contact.id,
        |id| Some(Contact::new(id)),
        contact,
    );
    work.list(
        "price",
        &mut service.cost_options,
        |price| price.id,
        |id| Some(CostOption::new(id)),
        price,
    );
    work.list(
        "place",
        &mut service.service_at_locations,
        |place| place.id,
        |id| Some(ServiceAtLocation::new(id)),
        place,
    );
    work.times(service);
    work.access(service, settings);
    work.errors
}

struct Work<'a> {
    changes: &'a Fields,
    errors: Vec<FieldError>,
}

type Put = Result<(), &'static str>;

impl Work<'_> {
    fn refuse(&mut self, field: &str, message: &str) {
        self.errors.push(FieldError {
            field: field.to_owned(),
            message: message.to_owned(),
        });
    }

    fn ages(&mut self, service: &Service) {
        let (from, to) = (service.minimum_age, service.maximum_age);
        let turned = from
            .zip(to)
            .is_some_and(|(from, to)| from.years() > to.years());
        let changed = self.changes.contains_key("from-age") || self.changes.contains_key("to-age");
        if turned && changed {
            self.refuse(
                "to-age",
                "The age up to which it is for is below the age from which it is for",
            );
        }
    }

    /// The entries of one list that changes name, each with its changed fields in the order of their names.
    fn list<T>(
        &mut self,
        list: &str,
        items: &mut Vec<T>,
        id_of: impl Fn(&T) -> Uuid,
        new: impl Fn(Uuid) -> Option<T>,
        put: impl Fn(&mut T, &str, &str) -> Put,
    ) {
        for id in entries(list, self.changes.keys()) {
            let Ok(uuid) = id.parse::<Uuid>() else {
                let entry = format!("{list}.{id}");
                self.refuse(&entry, "This entry has no identifier. Load the page again");
                continue;
            };
            let remove = format!("{list}.{id}.remove");
            if self.changes.get(&remove).is_some_and(|text| text == "yes") {
                items.retain(|item| id_of(item) != uuid);
                continue;
            }
            if !items.iter().any(|item| id_of(item) == uuid) {
                let prefix = format!("{list}.{id}.");
                let mut said = self.changes.iter();
                let is_said =
                    said.any(|(field, text)| field.starts_with(&prefix) && !text.is_empty());
                if !is_said {
                    continue;
                }
                if items.len() >= MOST_ENTRIES {
                    self.refuse(&format!("{list}.{id}"), "There are too many of these");
                    continue;
                }
                items.extend(new(uuid));
            }
            if let Some(item) = items.iter_mut().find(|item| id_of(item) == uuid) {
                self.entry(&format!("{list}.{id}."), item, &put);
            }
        }
    }

    fn entry<T>(&mut self, prefix: &str, item: &mut T, put: &impl Fn(&mut T, &str, &str) -> Put) {
        let changes = self.changes;
        for (field, text) in changes {
            let Some(name) = field.strip_prefix(prefix).filter(|name| *name != "remove") else {
                continue;
            };
            let result = within(text, LONGEST_LINE).and_then(|()| put(item, name, text));
            if let Err(message) = result {
                self.refuse(field, message);
            }
        }
    }

    /// Schedules keep their place: a new one is of the whole service.
    fn times(&mut self, service: &mut Service) {
        for place in &mut service.service_at_locations {
            let known: Vec<Uuid> = place.schedules.iter().map(|one| one.id).collect();
            let changes: Fields = self
                .changes
                .iter()
                .filter(|(field, _)| {
                    known
                        .iter()
                        .any(|id| field.starts_with(&format!("time.{id}.")))
                })
                .map(|(field, text)| (field.clone(), text.clone()))
                .collect();
            let mut work = Work {
                changes: &changes,
                errors: Vec::new(),
            };
            work.list(
                "time",
                &mut place.schedules,
                |one| one.id,
                |id| Some(Schedule::new(id)),
                time,
            );
            self.errors.extend(work.errors);
        }
        let of_places = service.service_at_locations.iter();
        let known: Vec<Uuid> = of_places
            .flat_map(|place| place.schedules.iter().map(|one| one.id))
            .collect();
        let changes: Fields = self
            .changes
            .iter()
            .filter(|(field, _)| {
                !known
                    .iter()
                    .any(|id| field.starts_with(&format!("time.{id}.")))
            })
            .map(|(field, text)| (field.clone(), text.clone()))
            .collect();
        let mut work = Work {
            changes: &changes,
            errors: Vec::new(),
        };
        work.list(
            "time",
            &mut service.schedules,
            |one| one.id,
            |id| Some(Schedule::new(id)),
            time,
        );
        self.errors.extend(work.errors);
    }

    fn access(&mut self, service: &mut Service, settings: &Settings) {
        let changes = self.changes;
        for (field, text) in changes {
            let mut parts = field.split('.');
            let (Some("access"), Some(id), Some(code)) = (parts.next(), parts.next(), parts.next())
            else {
                continue;
            };
            let question = settings.access.iter().find(|one| one.code == code);
            let mut places = service.service_at_locations.iter_mut();
            let place = places.find(|place| place.id.to_string() == id);
            // Of a place that was taken out there is nothing to say.
            let (Some(question), Some(place)) = (question, place) else {
                continue;
            };
            if let Err(message) = within(text, LONGEST_LINE) {
                self.refuse(field, message);
                continue;
            }
            answer(location(place), &question.label, text);
        }
    }
}

fn within(text: &str, most: usize) -> Put {
    let control = |one: char| one.is_control() && !matches!(one, '\n' | '\r' | '\t');
    let turning = |one: char| matches!(one, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    if text.chars().any(|one| control(one) || turning(one)) {
        return Err("Take out the characters that cannot be seen");
    }
    if text.chars().count() > most {
        return Err("Make this shorter");
    }
    Ok(())
}

/// A text that may be left empty.
fn words(text: &str) -> Option<Text> {
    Text::new(&text.replace("\r\n", "\n"))
}

/// A value that may be left empty, or why it is none.
fn value<T: std::str::FromStr>(
    text: &str,
    message: &'static str,
) -> Result<Option<T>, &'static str> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| message)
}

fn scalar(service: &mut Service, field: &str, text: &str) -> Put {
    let is_long = matches!(field, "description" | "who" | "how" | "fees" | "alert");
    within(text, if is_long { LONGEST_TEXT } else { LONGEST_LINE })?;
    match field {
        "name" => service.name = Text::new(text).ok_or("Enter the name of the service")?,
        "description" => service.description = words(text),
        "url" => service.url = value(text, "Enter a web address, like https://example.org")?,
        "email" => service.email = value(text, "Enter an e-mail address, like name@example.org")?,
        "how" => service.application_process = words(text),
        "wait" => service.wait_time = words(text),
        "fees" => service.fees_description = words(text),
        "who" => service.eligibility_description = words(text),
        "alert" => service.alert = words(text),
        "from-age" => service.minimum_age = age(text)?,
        "to-age" => service.maximum_age = age(text)?,
        "status" => {
            let known = STATES.iter().find(|(status, _)| status.as_str() == text);
            service.status = known.ok_or("Choose whether it is open")?.0;
        }
        _ => return Err("There is no such field"),
    }
    Ok(())
}

fn age(text: &str) -> Result<Option<Age>, &'static str> {
    const WRONG: &str = "Enter an age in years from 0 to 150, or leave it empty";
    let years: Option<f64> = value(text, WRONG)?;
    years.map(|years| Age::new(years).ok_or(WRONG)).transpose()
}

/// A telephone whose number is the next thing that is put in.
fn new_phone(id: Uuid) -> Option<Phone> {
    Some(Phone::new(id, Text::new("?")?))
}

fn phone(phone: &mut Phone, name: &str, text: &str) -> Put {
    match name {
        "number" => phone.number = number(text)?,
        "for" => phone.description = words(text),
        _ => return Err("There is no such field"),
    }
    Ok(())
}

fn number(text: &str) -> Result<Text, &'static str> {
    const WRONG: &str = "Enter a telephone number, like 01632 960 001";
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let usual = |one: char| one.is_ascii_digit() || " +()-".contains(one);
    let extension = text.split_once(" ext").map_or(text, |(before, _)| before);
    if digits < 3 || !extension.chars().all(usual) {
        return Err(WRONG);
    }
    Text::new(text).ok_or(WRONG)
}

fn contact(contact: &mut Contact, name: &str, text: &str) -> Put {
    match name {
        "name" => contact.name = words(text),
        "title" => contact.title = words(text),
        "email" => contact.email = value(text, "Enter an e-mail address, like name@example.org")?,
        "phone" if text.is_empty() => contact.phones.clear(),
        "phone" => {
            let number = number(text)?;
            if let Some(phone) = contact.phones.first_mut() {
                phone.number = number;
            } else {
                let id = Uuid::derived(&["contact", &contact.id.to_string(), "phone"]);
                contact.phones.push(Phone::new(id, number));
            }
        }
        _ => return Err("There is no such field"),
    }
    Ok(())
}

fn price(price: &mut CostOption, name: &str, text: &str) -> Put {
    match name {
        "for" => price.option = words(text),
        "each" => price.amount_description = words(text),
        "amount" if text.is_empty() => price.amount = None,
        "amount" => {
            let amount = Amount::of_pounds(text.trim_start_matches('£'));
            let amount = amount.map_err(|_| "Enter an amount in pounds, like 3.50")?;
            if amount.0.is_negative() {
                return Err("Enter an amount in pounds, like 3.50");
            }
            price.amount = Some(amount);
            price.currency = Text::new("GBP");
        }
        _ => return Err("There is no such field"),
    }
    Ok(())
}

/// The location of a place, made where there is none.
fn location(place: &mut ServiceAtLocation) -> &mut Location {
    let id = Uuid::derived(&["place", &place.id.to_string(), "location"]);
    let location = place
        .location
        .get_or_insert_with(|| Box::new(Location::new(id, LocationType::Physical)));
    place.location_id = Some(location.id);
    location
}

fn place(place: &mut ServiceAtLocation, name: &str, text: &str) -> Put {
    let location = location(place);
    match name {
        "name" => location.name = words(text),
        "online" => {
            location.location_type = if text == "yes" {
                LocationType::Virtual
            } else {
                LocationType::Physical
            };
        }
        "street" => address(location, |address| text.clone_into(&mut address.address_1)),
        "town" => address(location, |address| text.clone_into(&mut address.city)),
        "county" => address(location, |address| {
            text.clone_into(&mut address.state_province);
        }),
        "postcode" => {
            let postcode: Option<Postcode> = value(text, "Enter a full postcode, like DT1 1XJ")?;
            let written = postcode.map_or_else(String::new, |postcode| postcode.to_string());
            address(location, |address| address.postal_code = written);
            // A point of the old address would be wrong; the index finds the new one by the postcode.
            (location.latitude, location.longitude) = (None, None);
        }
        _ => return Err("There is no such field"),
    }
    Ok(())
}

/// Puts something into the address that pages show, the first, which is made where there is none.
fn address(location: &mut Location, put: impl FnOnce(&mut Address)) {
    if let Some(address) = location.addresses.first_mut() {
        put(address);
        return;
    }
    let id = Uuid::derived(&["location", &location.id.to_string(), "address"]);
    let [street, town, county, postcode] = [const { String::new() }; 4];
    let kind = LocationType::Physical;
    let mut address = Address::new(id, street, town, county, postcode, "GB".to_owned(), kind);
    put(&mut address);
    location.addresses.push(address);
}

fn answer(location: &mut Location, label: &str, text: &str) {
    let is_this = |entry: &Accessibility| entry.description.as_deref() == Some(label);
    let Some(words) = words(text) else {
        location.accessibility.retain(|entry| !is_this(entry));
        return;
    };
    if let Some(entry) = location
        .accessibility
        .iter_mut()
        .find(|entry| is_this(entry))
    {
        entry.details = Some(words);
        return;
    }
    let id = Uuid::derived(&["location", &location.id.to_string(), "access", label]);
    location.accessibility.push(Accessibility {
        description: Text::new(label),
        details: Some(words),
        ..Accessibility::new(id)
    });
}

fn time(schedule: &mut Schedule, name: &str, text: &str) -> Put {
    const WRONG: &str = "Enter a time of the day, like 10:30";
    match name {
        "opens" => schedule.opens_at = value(text, WRONG)?,
        "closes" => schedule.closes_at = value(text, WRONG)?,
        "note" => schedule.description = words(text),
        day => {
            let known = DAYS.iter().find(|(code, ..)| *code == day);
            let (_, day, _) = known.ok_or("There is no such field")?;
            if !super::fields::is_plain(schedule) {
                return Err(
                    "This repeats in another way than by days of the week: say it in words",
                );
            }
            let rules = schedule.byday.iter().flat_map(ByDay::rules);
            let mut days: Vec<_> = rules
                .map(|rule| rule.day)
                .filter(|one| one != day)
                .collect();
            if text == "yes" {
                days.push(*day);
            }
            days.sort_by_key(|day| day.place());
            schedule.byday = ByDay::every(&days);
            schedule.freq = Some(Frequency::Weekly);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
