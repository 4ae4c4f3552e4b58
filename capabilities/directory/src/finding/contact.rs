//! The ways to get in touch with a service, numbered as its addresses for going on number them.

use stour_open_referral::{Phone, Service};

/// One way to get in touch.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Contact {
    pub(crate) kind: Kind,
    /// What is shown: the number, the address.
    pub(crate) shown: String,
    /// Whose it is, or what it is for.
    pub(crate) note: String,
    /// Where it leads.
    pub(crate) to: String,
}

/// How somebody gets in touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Call,
    Email,
    Website,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Call, Self::Email, Self::Website];

    /// As an address and a fact say it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Email => "email",
            Self::Website => "website",
        }
    }

    pub(crate) fn of(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Every way to get in touch with a service, each once.
pub(crate) fn contacts(service: &Service) -> Vec<Contact> {
    let mut all: Vec<Contact> = Vec::new();
    let mut add = |contact: Option<Contact>| {
        let contact = contact.filter(|contact| !all.iter().any(|known| known.to == contact.to));
        all.extend(contact);
    };
    let mut phones: Vec<(&Phone, String)> = Vec::new();
    let own = service.phones.iter().map(|phone| (phone, String::new()));
    phones.extend(own);
    for contact in &service.contacts {
        let names = [&contact.title, &contact.name, &contact.department];
        let name = names.into_iter().flatten().next();
        let name = name.map(ToString::to_string).unwrap_or_default();
        phones.extend(contact.phones.iter().map(|phone| (phone, name.clone())));
    }
    for place in &service.service_at_locations {
        let of_place = place.location.iter().flat_map(|location| &location.phones);
        let of_place = place.phones.iter().chain(of_place);
        let name = place
            .location
            .as_ref()
            .and_then(|location| location.name.as_ref());
        let name = name.map(ToString::to_string).unwrap_or_default();
        phones.extend(of_place.map(|phone| (phone, name.clone())));
    }
    if phones.is_empty() {
        let of_organisation = service.organization.iter().flat_map(|one| &one.phones);
        phones.extend(of_organisation.map(|phone| (phone, String::new())));
    }
    for (phone, whose) in phones {
        add(call(phone, whose));
    }
    let organization = service.organization.as_deref();
    let of_contacts = service
        .contacts
        .iter()
        .filter_map(|contact| contact.email.as_ref());
    let of_organisation = organization.and_then(|one| one.email.as_ref());
    for email in service
        .email
        .iter()
        .chain(of_contacts)
        .chain(of_organisation)
    {
        add(Some(Contact {
            kind: Kind::Email,
            shown: email.to_string(),
            note: String::new(),
            to: format!("mailto:{email}"),
        }));
    }
    let of_organisation = organization.and_then(|one| one.website.as_ref());
    for address in service.url.iter().chain(of_organisation) {
        add(Some(Contact {
            kind: Kind::Website,
            shown: address.host(),
            note: String::new(),
            to: address.to_string(),
        }));
    }
    all
}

/// A telephone number, where it has enough digits to be one.
fn call(phone: &Phone, whose: String) -> Option<Contact> {
    let number = phone.number.to_string();
    let digits = first_number(&number);
    (3..=15).contains(&digits.len()).then(|| Contact {
        kind: Kind::Call,
        note: phone
            .description
            .as_ref()
            .map_or(whose, ToString::to_string),
        shown: number,
        to: format!("tel:{digits}"),
    })
}

/// What is dialled: the first number of a text, without the nought that stands in brackets after a country's code,
/// and without an extension or a second number.
fn first_number(text: &str) -> String {
    let plain = text.replace("(0)", "");
    let until = plain
        .char_indices()
        .find(|(_, letter)| letter.is_alphabetic() || ",;/&".contains(*letter))
        .map_or(plain.len(), |(at, _)| at);
    let first = plain.get(..until).unwrap_or_default();
    let digits = first.chars().filter(char::is_ascii_digit);
    let plus = first.trim_start().starts_with('+').then_some('+');
    plus.into_iter().chain(digits).collect()
}

#[cfg(test)]
mod tests {
    use super::first_number;

    #[test]
    fn the_first_number_is_dialled_and_nothing_beyond_it() {
        for (text, number) in [
            ("01305 000000", "01305000000"),
            ("01202 123456 ext 21", "01202123456"),
            ("+44 (0)1202 123456", "+441202123456"),
            ("01202 123456 / 07700 900123", "01202123456"),
            ("(01202) 123456", "01202123456"),
            ("ask at the desk", ""),
        ] {
            assert_eq!(first_number(text), number, "{text}");
        }
    }
}
