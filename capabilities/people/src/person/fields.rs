//! The fields of the forms about a person.

use stour_design::{DateInput, Input, Legend, Markup, Select, Width, html};
use stour_kernel::Date;
use stour_web::{Form, Mistakes};

use crate::words;

/// What stands in a form: what was sent before, or what is stored.
pub(crate) trait Values {
    /// The value of a field, empty when there is none.
    fn value(&self, field: &str) -> String;
}

impl Values for Form {
    fn value(&self, field: &str) -> String {
        self.get(field).to_owned()
    }
}

/// An empty form.
pub(crate) struct Empty;

impl Values for Empty {
    fn value(&self, _: &str) -> String {
        String::new()
    }
}

fn input(values: &dyn Values, mistakes: &Mistakes, name: &str, label: &str) -> Input {
    Input {
        autocomplete: Some("off".to_owned()),
        ..Input::new(name, label)
            .value(values.value(name))
            .error(mistakes.of(name))
    }
}

/// Name, date of birth and numbers: what tells one person from another.
pub(crate) fn identity(values: &dyn Values, mistakes: &Mistakes) -> Markup {
    let born = ["born-day", "born-month", "born-year"];
    let wrong = born.iter().find_map(|field| mistakes.of(field));
    html! {
        (input(values, mistakes, "title", "Title (optional)").width(Width::Five))
        (input(values, mistakes, "given-names", "Given names").width(Width::Twenty))
        (input(values, mistakes, "family-name", "Family name").width(Width::Twenty))
        (DateInput::new("born", Legend { size: None, ..Legend::new("Date of birth") }).values(born.map(|field| values.value(field)))
            .hint("For example, 12 3 1941. Leave it empty if it is not known").error(wrong))
        (Input { inputmode: Some("numeric".to_owned()), code: true, ..input(values, mistakes, "nhs-number", "NHS number (optional)") }
            .width(Width::Ten).hint("10 digits, for example 999 000 0018"))
    }
}

/// Sex and practice.
pub(crate) fn circumstances(values: &dyn Values, mistakes: &Mistakes, today: Date) -> Markup {
    html! {
        (Select::new("sex", "Sex (optional)", words::choices("administrative-sex", today))
            .selected(Some(&values.value("sex"))).error(mistakes.of("sex")))
        (Select::new("practice", "GP practice (optional)", words::practices(today))
            .selected(Some(&values.value("practice"))).error(mistakes.of("practice")))
    }
}

/// Address and telephone number.
pub(crate) fn contact(values: &dyn Values, mistakes: &Mistakes) -> Markup {
    html! {
        (input(values, mistakes, "address-line-1", "Address line 1").width(Width::Thirty))
        (input(values, mistakes, "address-line-2", "Address line 2 (optional)").width(Width::Thirty))
        (input(values, mistakes, "address-town", "Town").width(Width::Twenty))
        (input(values, mistakes, "postcode", "Postcode").width(Width::Ten))
        (telephone(values, mistakes))
    }
}

/// A telephone number.
pub(crate) fn telephone(values: &dyn Values, mistakes: &Mistakes) -> Markup {
    let input = Input {
        kind: Some("tel".to_owned()),
        ..input(values, mistakes, "telephone", "Telephone number (optional)")
    };
    html! { (input.width(Width::Twenty)) }
}
