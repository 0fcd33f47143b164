//! Figures → tables for people and JSON for programs.

use serde_json::{Map, Value, json};

/// All tables of a run.
#[derive(Default)]
pub struct Report {
    tables: Vec<Table>,
}

/// One table.
pub struct Table {
    title: String,
    columns: Vec<&'static str>,
    rows: Vec<(String, Vec<f64>)>,
}

impl Table {
    /// A table whose first column names what a row is about.
    pub fn new(title: impl Into<String>, columns: &[&'static str]) -> Table {
        Table { title: title.into(), columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Adds a row: a figure for each column.
    pub fn row(&mut self, name: impl Into<String>, figures: &[f64]) {
        self.rows.push((name.into(), figures.to_vec()));
    }
}

impl Report {
    /// Adds a table.
    pub fn add(&mut self, table: Table) {
        self.tables.push(table);
    }

    /// All tables in Markdown.
    pub fn markdown(&self) -> String {
        self.tables.iter().map(markdown).collect()
    }

    /// All tables as an object by title.
    pub fn json(&self) -> String {
        let tables: Map<String, Value> =
            self.tables.iter().map(|table| (table.title.clone(), rows(table))).collect();
        format!("{:#}\n", Value::Object(tables))
    }
}

fn rows(table: &Table) -> Value {
    let row = |(name, figures): &(String, Vec<f64>)| {
        let columns = table.columns.iter().map(|&column| column.to_owned());
        let figures: Map<String, Value> =
            columns.zip(figures.iter().map(|figure| json!(figure))).collect();
        (name.clone(), Value::Object(figures))
    };
    Value::Object(table.rows.iter().map(row).collect())
}

fn markdown(table: &Table) -> String {
    let head = format!("## {}\n\n| | {} |\n", table.title, table.columns.join(" | "));
    let rule = format!("|---{}|\n", "|---:".repeat(table.columns.len()));
    let row = |(name, figures): &(String, Vec<f64>)| {
        let figures: Vec<String> = figures.iter().map(|figure| shown(*figure)).collect();
        format!("| {name} | {} |\n", figures.join(" | "))
    };
    head + &rule + &table.rows.iter().map(row).collect::<String>() + "\n"
}

/// Three digits that count.
fn shown(figure: f64) -> String {
    match figure.abs() {
        size if size >= 100.0 => format!("{figure:.0}"),
        size if size >= 10.0 => format!("{figure:.1}"),
        size if size >= 1.0 => format!("{figure:.2}"),
        _ => format!("{figure:.3}"),
    }
}
