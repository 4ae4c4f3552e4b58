//! Taking out of a service what must not leave with it.

use stour_open_referral::{
    Accessibility, Address, Attribute, Contact, Email, Extra, Location, Organization, Phone,
    Schedule, Service,
};

use super::rules::Rules;

/// Takes out personal contacts, places that are not to be known, and every field beyond the standard: nobody
/// knows what publishers put there.
pub(super) fn service(service: &mut Service, rules: &Rules) {
    let masked = rules.masks(service);
    contacts(&mut service.contacts, rules);
    phones(&mut service.phones);
    schedules(&mut service.schedules);
    attributes(&mut service.attributes);
    if let Some(email) = &service.assurer_email
        && !rules.is_of_a_role(email)
    {
        service.assurer_email = None;
    }
    for place in &mut service.service_at_locations {
        place.service = None;
        place.extra = Extra::default();
        contacts(&mut place.contacts, rules);
        phones(&mut place.phones);
        schedules(&mut place.schedules);
        if let Some(location) = &mut place.location {
            if masked || rules.hides(location) {
                hide(location);
                place.description = None;
            }
            clean_location(location);
        }
    }
    for language in &mut service.languages {
        language.extra = Extra::default();
    }
    for area in &mut service.service_areas {
        area.extra = Extra::default();
    }
    for price in &mut service.cost_options {
        price.extra = Extra::default();
    }
    for funding in &mut service.funding {
        funding.extra = Extra::default();
    }
    if let Some(its) = &mut service.organization {
        organization(its, rules);
    }
    service.extra = Extra::default();
}

/// Takes out everything of where a service is.
pub(super) fn without_places(service: &mut Service) {
    for place in &mut service.service_at_locations {
        place.description = None;
        place.contacts.clear();
        place.phones.clear();
        if let Some(location) = &mut place.location {
            hide(location);
        }
    }
}

/// Leaves of a place only that there is one.
fn hide(location: &mut Location) {
    location.name = None;
    location.description = None;
    location.latitude = None;
    location.longitude = None;
    location.transportation = None;
    location.external_identifier = None;
    location.external_identifier_type = None;
    location.phones.clear();
    location.accessibility.clear();
    location.addresses.clear();
    location.attributes.clear();
}

fn clean_location(location: &mut Location) {
    location.extra = Extra::default();
    phones(&mut location.phones);
    schedules(&mut location.schedules);
    attributes(&mut location.attributes);
    for Address {
        attributes: terms,
        extra,
        attention,
        ..
    } in &mut location.addresses
    {
        // Whose attention is meant is a person.
        *attention = None;
        *extra = Extra::default();
        attributes(terms);
    }
    for Accessibility {
        attributes: terms,
        extra,
        ..
    } in &mut location.accessibility
    {
        *extra = Extra::default();
        attributes(terms);
    }
}

/// Takes out of an organisation what must not leave with it.
pub(super) fn organization(organization: &mut Organization, rules: &Rules) {
    organization.extra = Extra::default();
    contacts(&mut organization.contacts, rules);
    phones(&mut organization.phones);
    attributes(&mut organization.attributes);
    for number in &mut organization.organization_identifiers {
        number.extra = Extra::default();
        attributes(&mut number.attributes);
    }
}

fn contacts(all: &mut Vec<Contact>, rules: &Rules) {
    for contact in all.iter_mut() {
        if !rules.is_published(&contact.extra) {
            without_person(contact, rules);
        }
        contact.extra = Extra::default();
        phones(&mut contact.phones);
        attributes(&mut contact.attributes);
    }
    all.retain(|contact| {
        contact.name.is_some()
            || contact.title.is_some()
            || contact.department.is_some()
            || contact.email.is_some()
            || !contact.phones.is_empty()
    });
}

/// Takes the person out of a contact that has their own e-mail address or mobile number.
fn without_person(contact: &mut Contact, rules: &Rules) {
    let own_email = |email: &Email| !rules.is_of_a_role(email);
    let own_number = |phone: &Phone| rules.is_mobile(&phone.number);
    let personal = contact.name.is_some()
        && (contact.email.as_ref().is_some_and(own_email) || contact.phones.iter().any(own_number));
    if personal {
        contact.name = None;
        contact.email = contact.email.take().filter(|email| !own_email(email));
        contact.phones.retain(|phone| !own_number(phone));
    }
}

fn phones(all: &mut [Phone]) {
    for phone in all {
        phone.extra = Extra::default();
        for language in &mut phone.languages {
            language.extra = Extra::default();
        }
    }
}

fn schedules(all: &mut [Schedule]) {
    for schedule in all {
        schedule.extra = Extra::default();
    }
}

fn attributes(all: &mut [Attribute]) {
    for attribute in all {
        attribute.extra = Extra::default();
        if let Some(term) = &mut attribute.taxonomy_term {
            term.extra = Extra::default();
        }
    }
}
