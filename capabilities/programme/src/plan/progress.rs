//! The form in which somebody says how far an activity has got.

use stour_design::{
    Button, Choice, ChoiceItem, Input, Legend, Markup, Radios, Size, Textarea, Width, html,
};
use stour_kernel::Date;
use stour_partnership::reference;
use stour_register::{Entry, Values};
use stour_web::{Caller, Form, Mistakes, TypedDate, form};

use super::kinds::STATUSES;
use crate::document::words::{kept, said};

/// What the form holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    /// The version that whoever filled it in saw.
    pub(super) base: i64,
    status: String,
    percent: String,
    finished: TypedDate,
    evidence: String,
    /// Why, in their words.
    pub(super) why: String,
    /// What is wrong with it.
    pub(super) mistakes: Mistakes,
}

impl Typed {
    /// What stands in it before anybody types.
    pub(super) fn of(entry: &Entry) -> Self {
        let finished = entry.get("finished").parse::<Date>();
        Self {
            base: entry.version,
            status: entry.get("status").to_owned(),
            percent: entry.get("percent").to_owned(),
            finished: finished.map(TypedDate::of).unwrap_or_default(),
            evidence: entry.get("evidence").to_owned(),
            ..Self::default()
        }
    }

    /// What was sent.
    pub(super) fn sent(form: &Form) -> Self {
        let text = |name| form.get(name).to_owned();
        Self {
            base: form.get("base").parse().unwrap_or(0),
            status: text("status"),
            percent: text("percent"),
            finished: TypedDate::from_form(form, "finished"),
            evidence: text("evidence"),
            why: text("why"),
            mistakes: Mistakes::default(),
        }
    }

    /// The values of the entry with what was typed. Whether they keep the rules of an activity is asked where they are
    /// saved.
    ///
    /// # Errors
    /// What cannot be read, at its field.
    pub(super) fn values(&self, entry: &Entry) -> Result<Values, Mistakes> {
        let mut mistakes = Mistakes::default();
        if self.base < 1 || self.base > entry.version {
            mistakes.add(
                "status",
                "Load the page again: it does not say what you saw",
            );
        }
        let finished = if self.finished.is_empty() {
            None
        } else {
            mistakes.check("finished", self.finished.date())
        };
        let finished = finished.map(|day| day.to_string()).unwrap_or_default();
        mistakes.check("evidence", kept(&self.evidence));
        if let Err(error) = said(&self.why, "why") {
            mistakes.add("why", error.message);
        }
        let mut values = entry.values.clone();
        let percent = self.percent.trim_end_matches('%');
        for (field, text) in [
            ("status", self.status.as_str()),
            ("percent", percent),
            ("finished", finished.as_str()),
            ("evidence", self.evidence.as_str()),
        ] {
            values.set(field, text);
        }
        if mistakes.is_empty() {
            Ok(values)
        } else {
            Err(mistakes)
        }
    }

    /// Somebody else said otherwise in these fields meanwhile: their words stand beside, and what is sent next is
    /// saved on top of them.
    pub(super) fn clashes<'f>(&mut self, fields: impl Iterator<Item = &'f str>, latest: &Entry) {
        for field in fields {
            let theirs = latest.get(field);
            let theirs = if theirs.is_empty() { "nothing" } else { theirs };
            self.mistakes.add(
                field,
                format!(
                    "{} saved “{theirs}” here while you were writing. Look at both, and save what is right",
                    latest.by.name
                ),
            );
        }
        self.base = latest.version;
    }
}

fn statuses(today: Date) -> impl Iterator<Item = (String, String)> {
    let list = reference().ok().and_then(|all| all.code_list(STATUSES));
    let choices = list.map(|list| list.choices(today));
    let choices = choices.unwrap_or_default().into_iter();
    choices.map(|(code, label)| (code.to_string(), label.to_owned()))
}

/// The form.
pub(super) fn fields(caller: &Caller, to: &str, today: Date, typed: &Typed) -> Markup {
    let wrong = |field: &str| typed.mistakes.of(field);
    let items = statuses(today).map(|(code, label)| {
        let chosen = code == typed.status;
        ChoiceItem::from(Choice::new(code, label).checked(chosen))
    });
    let small = |words: &str| Legend {
        size: Some(Size::S),
        ..Legend::new(words)
    };
    html! {
        form method="post" action=(to) novalidate {
            (form::hidden(caller))
            input type="hidden" name="base" value=(typed.base);
            (Radios { error: wrong("status"), ..Radios::new("status", small("How far has it got?"), items) })
            (Input {
                error: wrong("percent"),
                hint: Some("Your judgement, from 0 to 100. You can leave it empty.".into()),
                suffix: Some("%".into()),
                inputmode: Some("numeric".to_owned()),
                width: Some(Width::Three),
                ..Input::new("percent", "How much of it is done").value(typed.percent.as_str())
            })
            @let date = typed.finished.input("finished", small("On which day was it done?"));
            (stour_design::DateInput { error: wrong("finished"), hint: Some("Only when it is done. For example, 27 11 2026".into()), ..date })
            (Textarea {
                error: wrong("evidence"),
                hint: Some("An address, a minute or a document, and what it says".into()),
                rows: Some(3),
                ..Textarea::new("evidence", "What shows it").value(typed.evidence.as_str())
            })
            (Input {
                error: wrong("why"),
                hint: Some("For whoever reads the history, such as “Told the board on Friday”".into()),
                ..Input::new("why", "What changes, and why").value(typed.why.as_str())
            })
            (Button { prevent_double_click: true, ..Button::new("Save how far it has got") })
        }
    }
}
