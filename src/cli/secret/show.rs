//! `secret ls` and `secret inspect`.

use clap::Args;
use regex_lite::Regex;
use serde_json::{Map, Value, json};

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::inspect::{self, Inspected, kinds};
use crate::cli::output::{self, human, template};
use crate::cli::words::filter::{Tests, bad, split};
use crate::engine::{Engine, SecretRecord};
use crate::types::Timestamp;

/// Podman's indentation of inspected documents.
const INDENT: usize = 4;

/// What `--pretty` prints, as Podman does.
const PRETTY: &str = "ID:              {{.ID}}\nName:              {{.Spec.Name}}\
{{- if .Spec.Labels }}\nLabels:{{- range $k, $v := .Spec.Labels }}\n - {{ $k }}{{if $v }}={{ $v }}\
{{ end }}{{- end }}{{ end }}\nDriver:            {{.Spec.Driver.Name}}\n\
Created at:        {{.CreatedAt}}\nUpdated at:        {{.UpdatedAt}}";

/// List secrets
#[derive(Debug, Clone, Args)]
pub struct LsArgs {
    /// List only secrets that match: name=EXPRESSION, id=EXPRESSION
    #[arg(long, short, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Print a Go template, or a table of one ("table …")
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Print no heading
    #[arg(long, short)]
    pub noheading: bool,
    /// Print only ids
    #[arg(long, short)]
    pub quiet: bool,
}

const HEADINGS: &[(&str, &str)] = &[
    ("ID", "ID"),
    ("Name", "NAME"),
    ("CreatedAt", "CREATED"),
    ("UpdatedAt", "UPDATED"),
    ("Driver", "DRIVER"),
];

enum Test {
    Name(Regex),
    Id(Regex),
}

/// `secret ls`
pub fn ls(engine: &Engine, args: &LsArgs) -> Result<u8, Error> {
    let tests = tests(&args.filter)?;
    let mut found = engine.secrets()?;
    found.retain(|secret| {
        tests.pass(|test| match test {
            Test::Name(expression) => expression.is_match(&secret.name),
            Test::Id(expression) => expression.is_match(&secret.id),
        })
    });
    if args.quiet && args.format.is_none() {
        for secret in &found {
            output::line(&secret.id)?;
        }
        return Ok(exit::SUCCESS);
    }
    let rows: Vec<Value> = found.iter().map(fields).collect();
    if args.format.as_deref().is_some_and(template::is_json) {
        output::text(&template::pretty_json(&Value::from(rows), INDENT))?;
        return Ok(exit::SUCCESS);
    }
    let default = "table {{.ID}}\\t{{.Name}}\\t{{.Driver}}\\t{{.CreatedAt}}\\t{{.UpdatedAt}}";
    let format = args.format.as_deref();
    template::print_rows(format, default, HEADINGS, !args.noheading, &rows)?;
    Ok(exit::SUCCESS)
}

fn tests(words: &[String]) -> Result<Tests<Test>, Error> {
    let mut tests = Tests::default();
    for word in words {
        let (key, value) = split(word)?;
        let expression = || Regex::new(value).map_err(|why| bad(key, value, &why.to_string()));
        let test = match key.to_ascii_lowercase().as_str() {
            "name" => Test::Name(expression()?),
            "id" => Test::Id(expression()?),
            _ => return Err(Error::usage("", format!("invalid filter {key:?}"))),
        };
        tests.add(key, test);
    }
    Ok(tests)
}

/// The fields a template of `ls` may name.
fn fields(secret: &SecretRecord) -> Value {
    let ago = |then| human::ago(then, Timestamp::now());
    json!({
        "ID": secret.id,
        "Name": secret.name,
        "CreatedAt": ago(secret.created),
        "UpdatedAt": ago(secret.updated),
        "Driver": secret.driver,
    })
}

/// Show what is known of secrets
#[derive(Debug, Clone, Args)]
pub struct InspectArgs {
    /// Print json or a Go template
    #[arg(long, short, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Print for people to read
    #[arg(long)]
    pub pretty: bool,
    /// Show the secrets themselves, too
    #[arg(long)]
    pub showsecret: bool,
    /// Names or ids of secrets
    #[arg(required = true, value_name = "SECRET", add = crate::cli::complete::secrets())]
    pub names: Vec<String>,
}

/// `secret inspect`
pub fn inspect(engine: &Engine, args: &InspectArgs) -> Result<u8, Error> {
    let found = args.names.iter().map(|name| {
        Ok(Inspected {
            document: document(engine, name, args.showsecret)?,
            in_go: None,
            kinds: kinds::SECRET,
        })
    });
    let format = match args.pretty {
        true => Some(PRETTY),
        false => args.format.as_deref(),
    };
    inspect::print(found, format, INDENT)
}

/// Returns the object of `inspect`, in Podman's order of keys.
fn document(engine: &Engine, name: &str, whole: bool) -> Result<Value, Error> {
    let secret = engine
        .secret(name)
        .map_err(|error| error.while_doing("inspecting secret"))?;
    let mut map = Map::new();
    let mut put = |key: &str, value: Value| map.insert(key.to_owned(), value);
    put("ID", json!(secret.id));
    put("CreatedAt", json!(secret.created));
    put("UpdatedAt", json!(secret.updated));
    put(
        "Spec",
        json!({
            "Name": secret.name,
            "Driver": {"Name": secret.driver, "Options": secret.options},
            "Labels": secret.labels,
        }),
    );
    if whole {
        let value = engine.secret_value(&secret.id)?;
        put("SecretData", json!(String::from_utf8_lossy(&value)));
    }
    Ok(Value::Object(map))
}
