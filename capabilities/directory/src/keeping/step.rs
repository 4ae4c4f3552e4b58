//! The steps of a suggestion: which fields each asks for.

use stour_design::{
    Checkboxes, Choice, ChoiceItem, Content, Heading, Input, Legend, Markup, Radios, Size,
    Textarea, Width, html,
};
use stour_open_referral::Uuid;
use stour_web::{FieldError, Form};

use super::fields::{DAYS, Fields, STATES, entries};
use super::settings::Settings;

/// A step of a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    What,
    Contacts,
    Places,
    Times,
    Who,
    Cost,
    Access,
    Open,
}

impl Step {
    /// Every step, in order.
    pub(crate) const ALL: [Self; 8] = [
        Self::What,
        Self::Contacts,
        Self::Places,
        Self::Times,
        Self::Who,
        Self::Cost,
        Self::Access,
        Self::Open,
    ];

    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::What => "what",
            Self::Contacts => "contacts",
            Self::Places => "places",
            Self::Times => "times",
            Self::Who => "who",
            Self::Cost => "cost",
            Self::Access => "access",
            Self::Open => "open",
        }
    }

    /// Whether every field of it may be left out.
    pub(crate) const fn is_optional(self) -> bool {
        matches!(
            self,
            Self::Places | Self::Times | Self::Who | Self::Cost | Self::Access
        )
    }

    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::What => "What it is",
            Self::Contacts => "How to get in touch",
            Self::Places => "Where it is",
            Self::Times => "When it is open",
            Self::Who => "Whom it is for",
            Self::Cost => "What it costs",
            Self::Access => "Access for people with a disability",
            Self::Open => "Whether it is open at all",
        }
    }

    pub(crate) fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    pub(crate) fn next(self) -> Option<Self> {
        let mut after = Self::ALL.into_iter().skip_while(|step| *step != self);
        after.next();
        after.next()
    }

    /// The fields that are one of a kind.
    const fn plain(self) -> &'static [&'static str] {
        match self {
            Self::What => &["name", "description", "how", "wait"],
            Self::Contacts => &["email", "url"],
            Self::Who => &["from-age", "to-age", "who"],
            Self::Cost => &["fees"],
            Self::Open => &["status", "alert"],
            Self::Places | Self::Times | Self::Access => &[],
        }
    }

    /// The lists, with the fields of each entry; those that are boxes are sent only when they are ticked.
    const fn lists(self) -> &'static [(&'static str, &'static [&'static str])] {
        match self {
            Self::Contacts => &[
                ("phone", &["number", "for"]),
                ("contact", &["name", "title", "phone", "email"]),
            ],
            Self::Places => &[(
                "place",
                &["name", "street", "town", "county", "postcode", "online"],
            )],
            Self::Times => &[(
                "time",
                &[
                    "mo", "tu", "we", "th", "fr", "sa", "su", "opens", "closes", "note",
                ],
            )],
            Self::Cost => &[("price", &["for", "amount", "each"])],
            Self::What | Self::Who | Self::Access | Self::Open => &[],
        }
    }

    /// What a form says of this step's fields.
    pub(crate) fn sent(self, form: &Form, known: &Fields, settings: &Settings) -> Fields {
        let mut said = Fields::new();
        let mut take = |field: String| {
            let text = form.get(&field).replace("\r\n", "\n");
            said.insert(field, text);
        };
        for field in self.plain() {
            take((*field).to_owned());
        }
        for (list, names) in self.lists() {
            let sent: Vec<String> = form
                .with_prefix("")
                .map(|(field, _)| field.to_owned())
                .collect();
            for id in entries(list, sent.iter()).into_iter().take(60) {
                for name in names.iter().chain(&["remove"]) {
                    take(format!("{list}.{id}.{name}"));
                }
            }
        }
        if self == Self::Access {
            for id in entries("place", known.keys()) {
                for question in &settings.access {
                    take(format!("access.{id}.{}", question.code));
                }
            }
        }
        said
    }

    /// The step that asks for a field.
    pub(crate) fn asks(self, field: &str) -> bool {
        let list = field.split('.').next().unwrap_or_default();
        self.plain().contains(&field)
            || field.contains('.') && self.lists().iter().any(|(one, _)| *one == list)
            || self == Self::Access && list == "access"
    }
}

/// The fields of a step, filled in.
pub(crate) struct Filled<'a> {
    pub(crate) fields: &'a Fields,
    pub(crate) errors: &'a [FieldError],
    pub(crate) settings: &'a Settings,
    /// The identifiers of an entry that is not there yet, one for each list of the step.
    pub(crate) blank: Vec<Uuid>,
}

impl Filled<'_> {
    fn text(&self, field: &str) -> &str {
        self.fields.get(field).map_or("", String::as_str)
    }

    fn error(&self, field: &str) -> Option<Content> {
        let mut errors = self.errors.iter();
        let error = errors.find(|error| error.field == field)?;
        Some(error.message.as_str().into())
    }

    fn input(&self, field: &str, label: &str) -> Input {
        Input {
            error: self.error(field),
            autocomplete: Some("off".to_owned()),
            ..Input::new(field, label).value(self.text(field))
        }
    }

    fn area(&self, field: &str, label: &str) -> Textarea {
        Textarea {
            error: self.error(field),
            ..Textarea::new(field, label).value(self.text(field))
        }
    }

    fn boxes(&self, id: &str, question: &str, boxes: &[(String, &str)]) -> Checkboxes {
        let items = boxes.iter().map(|(field, words)| {
            ChoiceItem::from(Choice {
                checked: self.text(field) == "yes",
                name: Some(field.clone()),
                id: Some(field.clone()),
                ..Choice::new("yes", *words)
            })
        });
        let errors = boxes.iter().find_map(|(field, _)| self.error(field));
        Checkboxes {
            small: true,
            error: errors,
            legend: (!question.is_empty()).then(|| legend(question)),
            ..Checkboxes::new(id, "", items)
        }
    }

    pub(crate) fn markup(&self, step: Step) -> Markup {
        match step {
            Step::What => html! {
                (self.input("name", "What is the service called?"))
                (self.area("description", "Description").hint("What it does, in plain words, for somebody who has never heard of it"))
                (self.area("how", "How does somebody start to use it?").hint("For example: come along, telephone first, ask your GP"))
                (self.input("wait", "How long do people wait?"))
            },
            Step::Contacts => html! {
                (self.input("email", "E-mail address of the service"))
                (self.input("url", "Web page"))
                (self.list("phone", "Telephone", 0))
                (self.list("contact", "Whom to ask", 1))
                p { "The public sees somebody's name only where they agreed to it." }
            },
            Step::Places => html! { (self.list("place", "Place", 0)) },
            Step::Times => html! { (self.list("time", "Opening times", 0)) },
            Step::Who => html! {
                (self.input("from-age", "From which age?").width(Width::Three))
                (self.input("to-age", "Up to which age?").width(Width::Three))
                (self.area("who", "Whom is it for, in words?"))
            },
            Step::Cost => html! {
                (self.area("fees", "What does it cost, in words?").hint("If it is free, say so"))
                (self.list("price", "Price", 0))
            },
            Step::Access => self.access(),
            Step::Open => html! {
                (Radios { error: self.error("status"), ..Radios::new("status", legend("Is the service open?"), STATES.map(|(status, words)| Choice::new(status.as_str(), words))) }
                    .selected(Some(self.fields.get("status").map_or("active", String::as_str))))
                (self.area("alert", "What has changed for a while?").hint("For example: closed until 5 January, moved to the library"))
            },
        }
    }

    /// The entries of a list, and one that is not there yet.
    fn list(&self, list: &str, title: &str, position: usize) -> Markup {
        let known = entries(list, self.fields.keys());
        let blank = self.blank.get(position).map(ToString::to_string);
        let blank = blank.filter(|blank| !known.contains(blank));
        html! {
            @for (number, id) in known.iter().enumerate() {
                (Heading::section(format!("{title} {}", number.saturating_add(1))))
                (self.entry(list, id))
                (self.boxes(&format!("{list}.{id}"), "", &[(format!("{list}.{id}.remove"), "Take this out")]))
            }
            @if let Some(blank) = blank {
                (Heading::section(format!("{title}: add one")))
                (self.entry(list, &blank))
            }
        }
    }

    fn entry(&self, list: &str, id: &str) -> Markup {
        let field = |name: &str| format!("{list}.{id}.{name}");
        let line = |name: &str, label: &str| self.input(&field(name), label);
        match list {
            "phone" => html! { (line("number", "Number")) (line("for", "What it is for")) },
            "contact" => html! {
                (line("name", "Name")) (line("title", "What they do")) (line("phone", "Telephone number")) (line("email", "E-mail address"))
            },
            "price" => html! {
                (line("for", "For whom or for what"))
                (Input { prefix: Some("£".into()), ..line("amount", "How much") })
                (line("each", "For each").hint("For example: hour, session, week"))
            },
            "time" => html! {
                (self.boxes(&field("days"), "On which days?", &DAYS.map(|(code, _, words)| (field(code), words))))
                (line("opens", "From").hint("For example, 10:30").width(Width::Five))
                (line("closes", "Until").width(Width::Five))
                (line("note", "In words").hint("For example: every first Tuesday of the month"))
            },
            _ => html! {
                (line("name", "Name of the place"))
                (line("street", "House and street")) (line("town", "Town")) (line("county", "County"))
                (line("postcode", "Postcode").width(Width::Ten))
                (self.boxes(&field("kind"), "Does one go there?", &[(field("online"), "No, it is online or by telephone")]))
            },
        }
    }

    fn access(&self) -> Markup {
        let places = entries("place", self.fields.keys());
        html! {
            @if places.is_empty() { p { "Add a place first." } }
            @for id in &places {
                @let name = self.text(&format!("place.{id}.name"));
                (Heading::section(if name.is_empty() { "A place without a name" } else { name }))
                @for question in &self.settings.access {
                    (self.input(&format!("access.{id}.{}", question.code), &question.asks).hint(question.hint.as_str()))
                }
            }
        }
    }
}

fn legend(question: &str) -> Legend {
    Legend {
        size: Some(Size::S),
        ..Legend::new(question)
    }
}
