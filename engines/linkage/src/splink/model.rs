//! A model that Splink saved.

use super::blocking::BlockingRule;
use super::comparison::{Comparison, value_in};
use super::error::{ModelError, ScoreError};
use super::frequency::Frequencies;
use super::plan::Plan;
use super::record::Record;
use super::score::Score;
use super::settings::{LinkType, Settings};
use super::sql::{Columns, Expression, Scope, Slot};
use super::value::Value;

/// A linkage model, ready to score pairs.
#[derive(Debug)]
pub struct Model {
    link_type: LinkType,
    unique_id_column: String,
    source_dataset_column: String,
    prior: f64,
    comparisons: Vec<Comparison>,
    blocking_rules: Vec<BlockingRule>,
    columns: Columns,
    slots: Vec<Expression>,
}

impl Model {
    /// Reads the JSON that Splink saves with `linker.misc.save_model_to_json`.
    ///
    /// A level that was not trained gets the m and u that Splink gives it when it reads the model.
    ///
    /// # Errors
    ///
    /// When the text is not such JSON, or says something that Splink would not take or that is not
    /// supported here. The error names the comparison, the level and the place in its SQL.
    pub fn from_json(json: &str) -> Result<Self, ModelError> {
        let settings = Settings::read(json)?;
        let mut plan = Plan::default();
        let mut comparisons = Vec::new();
        for (place, comparison) in settings.comparisons.into_iter().enumerate() {
            comparisons.push(Comparison::new(place, comparison, &mut plan)?);
        }
        let mut blocking_rules = Vec::new();
        let rules = settings.blocking_rules_to_generate_predictions;
        for (place, rule) in rules.into_iter().enumerate() {
            blocking_rules.push(BlockingRule::new(place, rule, &mut plan)?);
        }
        let prior = settings.probability_two_random_records_match;
        let (columns, slots) = plan.finish();
        Ok(Self {
            link_type: settings.link_type,
            unique_id_column: settings.unique_id_column_name,
            source_dataset_column: settings.source_dataset_column_name,
            prior: (prior / (1.0 - prior)).log2(),
            comparisons,
            blocking_rules,
            columns,
            slots,
        })
    }

    /// Which pairs the model is meant for.
    pub fn link_type(&self) -> LinkType {
        self.link_type
    }

    /// The columns that the model reads, for its comparisons, term frequencies and blocking rules.
    pub fn columns(&self) -> &[String] {
        self.columns.names()
    }

    /// The column that identifies a record within its set of records.
    pub fn unique_id_column(&self) -> &str {
        &self.unique_id_column
    }

    /// The column that names the set of records, which models that link sets have.
    pub fn source_dataset_column(&self) -> &str {
        &self.source_dataset_column
    }

    /// The names of the comparisons, in the order of the parts of a score.
    pub fn comparisons(&self) -> impl Iterator<Item = &str> {
        self.comparisons.iter().map(Comparison::name)
    }

    /// The weight before anything is compared, in bits: the logarithm to base 2 of the odds that
    /// two records drawn at random are of one person.
    pub fn prior(&self) -> f64 {
        self.prior
    }

    /// The rules that say which pairs Splink would compare, in its order.
    pub fn blocking_rules(&self) -> &[BlockingRule] {
        &self.blocking_rules
    }

    /// A record from its cells by column. Columns that the model does not read are left aside; a
    /// column of [`columns`](Self::columns) that is not given is missing. Upper and lower case in
    /// the names of columns are the same, as in `DuckDB`.
    pub fn record<N, V>(&self, cells: impl IntoIterator<Item = (N, V)>) -> Record
    where
        N: AsRef<str>,
        V: Into<Value>,
    {
        let mut row: Vec<Slot> = vec![Ok(Value::Null); self.columns.names().len()];
        for (name, value) in cells {
            let place = self.columns.find(name.as_ref());
            if let Some(cell) = place.and_then(|place| row.get_mut(place)) {
                *cell = Ok(value.into());
            }
        }
        let scope = Scope::new(&row, &row);
        let value = |slot: &Expression| Ok(slot.evaluate(&scope)?.into_owned());
        Record::new(self.slots.iter().map(value).collect())
    }

    /// How often the values occur that the model adjusts for.
    ///
    /// Splink counts over all records that were put in, those of all sets together.
    pub fn frequencies<'r>(&self, records: impl IntoIterator<Item = &'r Record>) -> Frequencies {
        let records: Vec<&Record> = records.into_iter().collect();
        let mut frequencies = Frequencies::none();
        for (column, slot) in self.comparisons.iter().flat_map(Comparison::adjusted) {
            if frequencies.shares(column).is_none() {
                frequencies.count(column, records.iter().map(|record| value_in(record, slot)));
            }
        }
        frequencies
    }

    /// The score of a pair.
    ///
    /// # Errors
    ///
    /// When a condition cannot be evaluated for these values, such as a text that is cast to a
    /// number and is none, or when no level of a comparison holds.
    pub fn score(
        &self,
        left: &Record,
        right: &Record,
        frequencies: &Frequencies,
    ) -> Result<Score<'_>, ScoreError> {
        let parts = self
            .comparisons
            .iter()
            .map(|comparison| comparison.part(left, right, frequencies))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Score::new(self.prior, parts))
    }
}
