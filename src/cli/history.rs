//! `history`: the steps of an image's making, in Podman's columns.

use clap::Args;
use serde_json::{Map, Value, json};

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output::{self, human, template};
use crate::cli::words::boolean;
use crate::engine::{Engine, Step};
use crate::types::Timestamp;

/// Show the steps of an image's making
#[derive(Debug, Clone, Args)]
pub struct HistoryArgs {
    /// Print json, a Go template, or a table of one ("table …")
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Print sizes and times in words
    #[arg(long, short = 'H', action = clap::ArgAction::Set, num_args = 0..=1,
          require_equals = true, default_value = "true", default_missing_value = "true",
          hide_default_value = true, value_parser = boolean::parse, value_name = "BOOL")]
    pub human: bool,
    /// Shorten nothing
    #[arg(long)]
    pub no_trunc: bool,
    /// Print only ids
    #[arg(long, short)]
    pub quiet: bool,
    /// Name or id of the image
    #[arg(value_name = "IMAGE", add = crate::cli::complete::images())]
    pub name: String,
}

const HEADINGS: &[(&str, &str)] = &[
    ("Comment", "COMMENT"),
    ("Created", "CREATED"),
    ("CreatedAt", "CREATED AT"),
    ("CreatedBy", "CREATED BY"),
    ("CreatedSince", "CREATED SINCE"),
    ("ID", "ID"),
    ("Size", "SIZE"),
    ("Tags", "TAGS"),
];

const DEFAULT: &str = "table {{.ID}}\\t{{.Created}}\\t{{.CreatedBy}}\\t{{.Size}}\\t{{.Comment}}";

/// What stands for the id of a step that no image here ends with.
const MISSING: &str = "<missing>";
/// The longest text of a step that is shown whole.
const MAX_STEP: usize = 45;

/// `history`
pub fn history(engine: &Engine, args: &HistoryArgs) -> Result<u8, Error> {
    let steps = engine.history(&args.name)?;
    if args.format.as_deref().is_some_and(template::is_json) {
        let all: Value = steps.iter().map(document).collect();
        output::line(&all.to_string())?;
        return Ok(exit::SUCCESS);
    }
    if args.quiet {
        for step in &steps {
            output::line(&id(step, args.no_trunc))?;
        }
        return Ok(exit::SUCCESS);
    }
    let now = Timestamp::now();
    let rows: Vec<Value> = steps.iter().map(|step| row(step, args, now)).collect();
    template::print_rows(args.format.as_deref(), DEFAULT, HEADINGS, true, &rows)?;
    Ok(exit::SUCCESS)
}

fn id(step: &Step, whole: bool) -> String {
    match step.id.map(|id| id.hex()) {
        Some(hex) if whole => hex,
        Some(hex) => hex[..12].to_owned(),
        None => MISSING.to_owned(),
    }
}

/// Whole seconds, as Podman prints them.
fn created(step: &Step) -> Timestamp {
    let text = step.step.created.as_deref();
    let time = text.and_then(Timestamp::parse).unwrap_or_default();
    Timestamp(i128::from(time.seconds()) * 1_000_000_000)
}

fn row(step: &Step, args: &HistoryArgs, now: Timestamp) -> Value {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    // The tabs of a script would be seen as ends of cells.
    let by = text(&step.step.created_by).replace('\t', " ");
    let (created, mut by) = (created(step), by);
    if !args.no_trunc && by.chars().count() > MAX_STEP {
        by = by.chars().take(MAX_STEP - 3).chain("...".chars()).collect();
    }
    let since = human::ago(created, now);
    let shown = match args.human {
        true => since.clone(),
        false => created.to_string(),
    };
    let size = match args.human {
        true => human::image_size(step.size),
        false => step.size.to_string(),
    };
    json!({
        "ID": id(step, args.no_trunc),
        "Created": shown,
        "CreatedAt": created.go_utc(),
        "CreatedSince": since,
        "CreatedBy": by,
        "Size": size,
        "Comment": text(&step.step.comment),
        "Tags": step.names,
    })
}

/// As Podman's JSON has it, odd names included.
fn document(step: &Step) -> Value {
    let mut row = Map::new();
    let mut put = |key: &str, value: Value| row.insert(key.to_owned(), value);
    put("id", id(step, true).into());
    put("created", step.step.created.clone().into());
    put("CreatedBy", step.step.created_by.clone().into());
    put("size", step.size.into());
    if let Some(comment) = step.step.comment.as_deref().filter(|text| !text.is_empty()) {
        put("comment", comment.into());
    }
    if !step.names.is_empty() {
        put("tags", step.names.clone().into());
    }
    put("Created", created(step).to_string().into());
    Value::Object(row)
}
