//! The catalogue of indicators: every definition of `reference/indicators`, checked.

mod check;
mod definition;
mod field;
mod files;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;
use stour_indicators::{Plan, PlanError, Rule, Vocabulary};
use stour_partnership::Reference;

pub use check::Fault;
pub use definition::{
    Apart, Baseline, Definition, KnownAs, Population, Shown, SmallNumbers, Standardised, Statistic,
    Target,
};
pub use field::{Field, Fields, Quantity, QuantityIs};

/// Every definition, what facts can say, and what is wrong.
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// The indicators, in the order of their themes, then of their files.
    pub definitions: Vec<Definition>,
    /// What indicators may read of facts.
    pub fields: Fields,
    /// What indicators are about, by the id of the theme, in order.
    pub themes: Vec<(String, String)>,
    /// What is wrong with them: the number of an indicator with a fault is withheld.
    pub faults: Vec<Fault>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeFile {
    theme: Vec<Theme>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Theme {
    id: String,
    title: String,
}

impl Catalogue {
    /// Reads definitions, each by the name of its file.
    ///
    /// # Errors
    /// A file that is no definition at all, by its name. What is wrong within one is a [`Fault`].
    pub fn read<'f>(
        files: impl IntoIterator<Item = (&'f str, &'f str)>,
        reference: &Reference,
    ) -> Result<Self, String> {
        let said = |file: &str, error: toml::de::Error| format!("{file}: {error}");
        let fields: Fields =
            toml::from_str(files::FACTS).map_err(|error| said("facts.toml", error))?;
        let themes: ThemeFile =
            toml::from_str(files::THEMES).map_err(|error| said("themes.toml", error))?;
        let themes: Vec<(String, String)> = themes
            .theme
            .into_iter()
            .map(|theme| (theme.id, theme.title))
            .collect();
        let mut definitions = files
            .into_iter()
            .map(|(file, text)| toml::from_str(text).map_err(|error| said(file, error)))
            .collect::<Result<Vec<Definition>, _>>()?;
        let place =
            |definition: &Definition| themes.iter().position(|(id, _)| *id == definition.theme);
        definitions.sort_by_key(|definition| place(definition).unwrap_or(usize::MAX));
        let measures = crate::measure::measures().unwrap_or_default();
        let measures: Vec<&str> = measures.iter().map(|measure| measure.id.as_str()).collect();
        let roles: Vec<&str> = stour_access::ROLES.iter().map(|role| role.name).collect();
        let known = check::Known {
            reference,
            fields: &fields,
            themes: &themes.iter().cloned().collect::<BTreeMap<_, _>>(),
            roles: &roles,
            measures: &measures,
        };
        let mut faults = check::faults(&definitions, &known);
        faults.extend(
            definitions
                .iter()
                .filter_map(|definition| cannot_count(definition).err()),
        );
        Ok(Self {
            definitions,
            fields,
            themes,
            faults,
        })
    }

    /// The indicator of this name.
    pub fn named(&self, id: &str) -> Option<&Definition> {
        self.definitions
            .iter()
            .find(|definition| definition.id == id)
    }

    /// What is wrong with an indicator.
    pub fn faults_of<'c>(&'c self, id: &'c str) -> impl Iterator<Item = &'c Fault> {
        self.faults
            .iter()
            .filter(move |fault| fault.indicator == id)
    }

    /// The indicators that are counted from facts: those with a rule, but for formulas, and without a fault.
    pub fn counted(&self) -> impl Iterator<Item = (&Definition, stour_indicators::Definition)> {
        let sound = self
            .definitions
            .iter()
            .filter(|definition| self.faults_of(&definition.id).next().is_none());
        sound.filter_map(|definition| Some((definition, for_counting(definition)?)))
    }

    /// The codes of a field that belong to a group of its code list, whatever kind of fact has it.
    pub fn members(&self, reference: &Reference, field: &str, group: &str) -> Vec<String> {
        let kinds = stour_facts::FactKind::ALL.into_iter();
        kinds
            .filter_map(|kind| self.fields.named(kind, field))
            .flat_map(|field| field.members(reference, group))
            .collect()
    }
}

/// What the engine counts by; none of a formula, and of what has no rule.
fn for_counting(definition: &Definition) -> Option<stour_indicators::Definition> {
    let rule = definition
        .rule
        .as_ref()
        .filter(|rule| !matches!(rule, Rule::Formula { .. }))?;
    Some(stour_indicators::Definition {
        id: definition.id.clone(),
        select: definition.select.clone(),
        rule: rule.clone(),
    })
}

fn cannot_count(definition: &Definition) -> Result<(), Fault> {
    let Some(counted) = for_counting(definition) else {
        return Ok(());
    };
    let plan = Plan::new(&[counted], &Vocabulary::default(), |_, _| Vec::new());
    plan.map(|_| ()).map_err(|error: PlanError| Fault {
        indicator: definition.id.clone(),
        what: error.to_string(),
    })
}

/// The file that says what indicators may read of facts, as it is written.
pub(crate) const fn fields_text() -> &'static str {
    files::FACTS
}

/// The catalogue that is built into the program.
///
/// # Errors
/// What is wrong with the files; the same answer every time.
pub fn catalogue() -> Result<&'static Catalogue, &'static str> {
    static CATALOGUE: OnceLock<Result<Catalogue, String>> = OnceLock::new();
    CATALOGUE
        .get_or_init(|| {
            let reference = stour_partnership::reference().map_err(ToString::to_string)?;
            Catalogue::read(files::INDICATORS.iter().copied(), reference)
        })
        .as_ref()
        .map_err(String::as_str)
}

#[cfg(test)]
mod tests;
