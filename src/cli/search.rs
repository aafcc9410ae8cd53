//! `search`: repositories of registries, in Podman's columns.

use clap::Args;
use serde_json::{Value, json};

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output::{self, template};
use crate::cli::registry::AccessArgs;
use crate::cli::words::boolean;
use crate::cli::words::filter::{bad, split};
use crate::engine::{Engine, Hit, SearchRequest};
use crate::types::reference::DOCKER_HUB;

/// Find repositories in registries
#[derive(Debug, Clone, Args)]
pub struct SearchArgs {
    #[command(flatten)]
    pub access: AccessArgs,
    /// Print stars, official and automated too, as Docker does
    #[arg(long)]
    pub compatible: bool,
    /// Print only what fits: is-official=BOOL, is-automated=BOOL, stars=NUMBER
    #[arg(long, short, value_name = "KEY=VALUE")]
    pub filter: Vec<String>,
    /// Print json, a Go template, or a table of one ("table …")
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Print at most so many results of each registry
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 0,
        hide_default_value = true
    )]
    pub limit: usize,
    /// Print the tags of a repository
    #[arg(long)]
    pub list_tags: bool,
    /// Shorten no descriptions
    #[arg(long)]
    pub no_trunc: bool,
    /// A term, or REGISTRY/TERM
    #[arg(value_name = "TERM")]
    pub term: String,
}

const HEADINGS: &[(&str, &str)] = &[
    ("Index", "INDEX"),
    ("Name", "NAME"),
    ("Description", "DESCRIPTION"),
    ("Stars", "STARS"),
    ("Official", "OFFICIAL"),
    ("Automated", "AUTOMATED"),
    ("Tag", "TAG"),
];

const DEFAULT: &str = "table {{.Name}}\\t{{.Description}}";
const COMPATIBLE: &str =
    "table {{.Name}}\\t{{.Description}}\\t{{.Stars}}\\t{{.Official}}\\t{{.Automated}}";
const TAGS: &str = "table {{.Name}}\\t{{.Tag}}";

/// Results of a registry when nobody says how many: podman-search(1), "--limit".
const LIMIT: usize = 25;
const MAX_LIMIT: usize = 10_000;
/// The longest description that is shown whole.
const MAX_DESCRIPTION: usize = 44;

/// `search`
pub fn search(engine: &Engine, args: &SearchArgs) -> Result<u8, Error> {
    let request = SearchRequest {
        term: args.term.clone(),
        access: args.access.access(None)?,
        limit: match (args.limit, args.list_tags) {
            (0, true) => MAX_LIMIT,
            (0, false) => LIMIT,
            (limit, _) => limit.min(MAX_LIMIT),
        },
    };
    if args.list_tags {
        return tags(engine, args, &request);
    }
    let tests = args.filter.iter().map(|word| test(word));
    let tests = tests.collect::<Result<Vec<Test>, Error>>()?;
    let hits = engine.search(&request)?;
    let fits = |hit: &&Hit| tests.iter().all(|test| test.holds(hit));
    let rows: Vec<Value> = hits.iter().filter(fits).map(|hit| row(hit, args)).collect();
    let default = if args.compatible { COMPATIBLE } else { DEFAULT };
    print(args, default, rows)
}

fn tags(engine: &Engine, args: &SearchArgs, request: &SearchRequest) -> Result<u8, Error> {
    if !args.filter.is_empty() {
        return Err(Error::usage(
            "",
            "filters are not applicable to list tags result",
        ));
    }
    let (name, tags) = engine.search_tags(request)?;
    if args.format.as_deref().is_some_and(template::is_json) {
        let document = json!([{ "Name": name, "Tags": tags }]);
        output::line(&format!("{document:#}"))?;
        return Ok(exit::SUCCESS);
    }
    let rows = tags.iter().map(|tag| json!({ "Name": name, "Tag": tag }));
    print(args, TAGS, rows.collect())
}

fn print(args: &SearchArgs, default: &str, rows: Vec<Value>) -> Result<u8, Error> {
    if args.format.as_deref().is_some_and(template::is_json) {
        output::line(&format!("{:#}", Value::Array(rows)))?;
        return Ok(exit::SUCCESS);
    }
    if rows.is_empty() && args.format.is_none() {
        return Ok(exit::SUCCESS);
    }
    template::print_rows(args.format.as_deref(), default, HEADINGS, true, &rows)?;
    Ok(exit::SUCCESS)
}

fn row(hit: &Hit, args: &SearchArgs) -> Value {
    let ok = |is: bool| if is { "[OK]" } else { "" };
    let name = &hit.found.name;
    // The Hub's official images have no namespace in its answers.
    let name = match hit.registry.as_str() {
        DOCKER_HUB if !name.contains('/') => format!("{DOCKER_HUB}/library/{name}"),
        registry => format!("{registry}/{name}"),
    };
    let mut description = hit.found.description.replace(['\n', '\r', '\t'], " ");
    if !args.no_trunc && description.chars().count() > MAX_DESCRIPTION {
        let short = description.chars().take(MAX_DESCRIPTION);
        description = short.chain("...".chars()).collect();
    }
    json!({
        "Index": hit.registry,
        "Name": name,
        "Description": description,
        "Stars": hit.found.stars,
        "Official": ok(hit.found.official),
        "Automated": ok(hit.found.automated),
        "Tag": "",
    })
}

/// `--filter`: podman-search(1).
enum Test {
    Official(bool),
    Automated(bool),
    Stars(u64),
}

impl Test {
    fn holds(&self, hit: &Hit) -> bool {
        match self {
            Self::Official(is) => hit.found.official == *is,
            Self::Automated(is) => hit.found.automated == *is,
            Self::Stars(least) => hit.found.stars >= *least,
        }
    }
}

fn test(word: &str) -> Result<Test, Error> {
    // `is-official` alone means that it is.
    let word = match word {
        "is-official" | "is-automated" => &format!("{word}=true"),
        word => word,
    };
    let (key, value) = split(word)?;
    let yes = |value: &str| boolean::parse(value).map_err(|_| bad(key, value, "is no boolean"));
    match key {
        "is-official" => Ok(Test::Official(yes(value)?)),
        "is-automated" => Ok(Test::Automated(yes(value)?)),
        "stars" => match value.parse() {
            Ok(stars) => Ok(Test::Stars(stars)),
            Err(_) => Err(bad(key, value, "is no number")),
        },
        _ => Err(bad(key, value, "is not a filter of search")),
    }
}
