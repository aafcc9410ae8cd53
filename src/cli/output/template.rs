//! Go templates for `--format`, as Podman's report package takes them, by way of `gotmpl`.
//!
//! A template is run for each row. `table ` in front asks for a heading and for columns at
//! tabs. A field that does not exist is an error, never an empty word. Data are JSON documents;
//! the engine of the templates sorts maps, so a template that is nothing but `{{json .Path}}`
//! is answered from the document itself.

use gotmpl::{MissingKey, Template, TemplateError, Value};

use crate::cli::error::Error;
use crate::cli::output::table;

/// The most turns a `range` may take: a guard against templates that grow without end.
const MAX_TURNS: u64 = 1_000_000;

/// Says whether a format asks for the whole as JSON: `json`, or a template of nothing else.
pub fn is_json(format: &str) -> bool {
    let format = format.trim();
    let inside = format
        .strip_prefix("{{")
        .and_then(|rest| rest.strip_suffix("}}"))
        .map(|inside| inside.split_whitespace().collect::<Vec<_>>());
    format == "json" || inside.is_some_and(|words| matches!(words[..], ["json"] | ["json", "."]))
}

/// Runs a template over one document.
pub fn one(format: &str, document: &serde_json::Value) -> Result<String, Error> {
    if let Some(text) = plain_json(format, document) {
        return Ok(text);
    }
    let template = parse(&unescaped(format), format)?;
    run(&template, document, format)
}

/// Runs a template over rows; `headings` name the columns for `table`.
pub fn rows(
    format: &str,
    headings: &[(&str, &str)],
    with_heading: bool,
    rows: &[serde_json::Value],
) -> Result<String, Error> {
    if format.starts_with("{{range") {
        let all = serde_json::Value::Array(rows.to_vec());
        return one(format, &all);
    }
    let (text, is_table) = match format.strip_prefix("table ") {
        Some(rest) => (rest, true),
        None => (format, false),
    };
    let template = if is_table {
        // Podman lets spaces part columns too; what does not parse then is taken as it is.
        let spaced = unescaped(&text.replace(' ', "\t"));
        parse(&spaced, format).or_else(|_| parse(&unescaped(text), format))?
    } else {
        parse(&unescaped(text), format)?
    };
    let mut out = String::new();
    if is_table && with_heading {
        let names = headings
            .iter()
            .map(|(key, name)| ((*key).to_owned(), serde_json::Value::from(*name)));
        // A column without a heading, such as a nested field, has an empty one.
        let names = serde_json::Value::Object(names.collect());
        out.push_str(&run(&template, &names, format).unwrap_or_else(|_| "\n".to_owned()));
    }
    for row in rows {
        match plain_json(text, row) {
            Some(json) => out.push_str(&json),
            None => out.push_str(&run(&template, row, format)?),
        }
    }
    if !is_table {
        return Ok(out);
    }
    let cells = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
    let rows: Vec<Vec<String>> = out.lines().map(cells).collect();
    Ok(table::aligned(&rows))
}

/// Docker and Podman read a typed `\n` or `\t` as the character, and end the line.
fn unescaped(format: &str) -> String {
    let mut text = format.replace("\\t", "\t").replace("\\n", "\n");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

fn parse(text: &str, typed: &str) -> Result<Template, Error> {
    let template = functions(Template::new("format"))
        .missing_key(MissingKey::Error)
        .max_range_iters(MAX_TURNS);
    template
        .parse(&methods(text))
        .map_err(|error| failed(typed, &error))
}

fn run(template: &Template, document: &serde_json::Value, typed: &str) -> Result<String, Error> {
    let data = gotmpl::to_value(document).map_err(|error| failed(typed, &error))?;
    template
        .execute_to_string(&data)
        .map_err(|error| failed(typed, &error))
}

fn failed(typed: &str, error: &TemplateError) -> Error {
    let text = error.to_string();
    let reason = match text.strip_prefix("map has no entry for key: ") {
        Some(key) => format!("there is no field {key}"),
        None => text
            .strip_prefix("template: format:")
            .unwrap_or(&text)
            .to_owned(),
    };
    Error::Template {
        template: typed.to_owned(),
        reason,
    }
}

/// Rows have one method, `.Label NAME`; the template engine knows fields and functions only.
fn methods(text: &str) -> String {
    text.replace(".Label ", "label .LabelMap ")
        .replace(".Label\t", "label\t.LabelMap\t")
}

/// Answers `{{json .A.B}}` in the order the document has.
pub fn plain_json(format: &str, document: &serde_json::Value) -> Option<String> {
    let inside = format.trim().strip_prefix("{{")?.strip_suffix("}}")?;
    let path = inside.trim().strip_prefix("json")?;
    if !path.starts_with([' ', '\t']) {
        return None;
    }
    let mut here = document;
    let path = path.trim().strip_prefix('.')?;
    for part in path.split('.').filter(|_| !path.is_empty()) {
        let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if part.is_empty() || !part.chars().all(word) {
            return None;
        }
        here = here.get(part)?;
    }
    Some(format!("{here}\n"))
}

/// Adds Podman's functions: containers/common, pkg/report.
fn functions(template: Template) -> Template {
    template
        .func("json", |args| {
            let value = args.first().unwrap_or(&Value::Nil);
            Ok(Value::from(to_json(value).to_string()))
        })
        .func("join", |args| {
            let words = list(args.first()).join(&text(args.get(1)));
            Ok(Value::from(words))
        })
        .func("split", |args| {
            let (whole, by) = (text(args.first()), text(args.get(1)));
            let parts = if by.is_empty() {
                whole.chars().map(|c| Value::from(c.to_string())).collect()
            } else {
                whole.split(&*by).map(Value::from).collect::<Vec<_>>()
            };
            Ok(Value::from(parts))
        })
        .func("upper", |args| {
            Ok(Value::from(text(args.first()).to_uppercase()))
        })
        .func("lower", |args| {
            Ok(Value::from(text(args.first()).to_lowercase()))
        })
        .func("title", |args| Ok(Value::from(title(&text(args.first())))))
        .func("pad", |args| {
            let (word, count) = (text(args.first()), |at: usize| spaces(args.get(at)));
            Ok(Value::from(if word.is_empty() {
                word
            } else {
                format!("{}{word}{}", count(1), count(2))
            }))
        })
        .func("truncate", |args| {
            let length = number(args.get(1));
            let cut: String = text(args.first()).chars().take(length).collect();
            Ok(Value::from(cut))
        })
        .func("label", |args| {
            let key = text(args.get(1));
            let found = args.first().and_then(|map| map.field(&key));
            Ok(Value::from(text(found)))
        })
}

fn text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Nil) => String::new(),
        Some(value) => value.to_string(),
    }
}

fn list(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::List(items)) => items.iter().map(ToString::to_string).collect(),
        None | Some(Value::Nil) => Vec::new(),
        Some(other) => vec![other.to_string()],
    }
}

/// A count from a template, at most a line's worth.
fn number(value: Option<&Value>) -> usize {
    let number = value.and_then(Value::as_int).unwrap_or(0);
    usize::try_from(number).unwrap_or(0).min(4096)
}

fn spaces(value: Option<&Value>) -> String {
    " ".repeat(number(value))
}

fn title(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut begins = true;
    for c in text.chars() {
        if begins {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        begins = !(c.is_alphanumeric() || c == '_' || c == '\'');
    }
    out
}

fn to_json(value: &Value) -> serde_json::Value {
    match value {
        Value::Bool(b) => (*b).into(),
        Value::Int(n) => (*n).into(),
        Value::Uint(n) => (*n).into(),
        Value::Float(n) => (*n).into(),
        Value::String(text) => (**text).into(),
        Value::List(items) => items.iter().map(to_json).collect(),
        Value::Map(map) => {
            let pairs = map
                .iter()
                .map(|(key, item)| (key.to_string(), to_json(item)));
            serde_json::Value::Object(pairs.collect())
        }
        Value::Nil | Value::Function(_) => serde_json::Value::Null,
    }
}

/// Returns JSON indented by so many spaces, with an end of line.
pub fn pretty_json(document: &serde_json::Value, indent: usize) -> String {
    let spaces = " ".repeat(indent);
    let formatter = serde_json::ser::PrettyFormatter::with_indent(spaces.as_bytes());
    let mut out = Vec::new();
    let mut writer = serde_json::Serializer::with_formatter(&mut out, formatter);
    serde::Serialize::serialize(document, &mut writer)
        .expect("a JSON value has string keys and goes to memory");
    out.push(b'\n');
    String::from_utf8(out).expect("serde_json writes UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn functions_are_podmans() {
        let document = json!({
            "Name": "web", "Pid": 42, "List": ["a", "b"], "Big": 1_500_000_000_u64,
            "State": {"Z": 1, "A": true}, "LabelMap": {"k": "v"}, "None": null,
        });
        for (format, wanted) in [
            ("{{.Name}}", Some("web\n")),
            ("{{.Name}}\\t{{.Pid}}\\n", Some("web\t42\n")),
            ("{{json .State}}", Some("{\"Z\":1,\"A\":true}\n")),
            ("{{ json .Name }}", Some("\"web\"\n")),
            ("x{{json .List}}", Some("x[\"a\",\"b\"]\n")),
            ("{{join .List \",\"}}", Some("a,b\n")),
            ("{{index (split \"a:b\" \":\") 1}}", Some("b\n")),
            ("{{upper .Name}}{{title .Name}}", Some("WEBWeb\n")),
            ("{{pad .Name 1 2}}|", Some(" web  |\n")),
            ("{{truncate .Name 2}}", Some("we\n")),
            ("{{.Label \"k\"}}{{.Label \"x\"}}", Some("v\n")),
            ("{{if .State.A}}yes{{end}}", Some("yes\n")),
            ("{{range .List}}[{{.}}]{{end}}", Some("[a][b]\n")),
            ("{{.Big}}", Some("1500000000\n")),
            ("{{len .List}}", Some("2\n")),
            ("{{.What}}", None),
            ("{{.Name", None),
            ("{{what .Name}}", None),
        ] {
            assert_eq!(one(format, &document).ok().as_deref(), wanted, "{format}");
        }
    }

    #[test]
    fn json_is_asked_for_in_two_ways() {
        for (format, wanted) in [
            ("json", true),
            ("{{json .}}", true),
            ("{{ json . }}", true),
            ("{{json .Name}}", false),
            ("{{.Name}}", false),
            ("", false),
        ] {
            assert_eq!(is_json(format), wanted, "{format}");
        }
    }

    #[test]
    fn a_missing_field_is_named() {
        let error = one("{{.What}}", &json!({})).expect_err("no such field");
        assert_eq!(
            error.to_string(),
            "--format \"{{.What}}\": there is no field What"
        );
    }

    #[test]
    fn tables_have_headings() {
        let headings = [("ID", "CONTAINER ID"), ("Names", "NAMES")];
        let data = [json!({"ID": "0123", "Names": "web"})];
        for (format, wanted) in [
            (
                "table {{.ID}}\\t{{.Names}}",
                "CONTAINER ID  NAMES\n0123          web\n",
            ),
            (
                "table {{.ID}} {{.Names}}",
                "CONTAINER ID  NAMES\n0123          web\n",
            ),
            ("{{.ID}} {{.Names}}", "0123 web\n"),
            ("{{range .}}{{.ID}}{{end}}", "0123\n"),
        ] {
            let made = rows(format, &headings, true, &data);
            assert_eq!(made.ok().as_deref(), Some(wanted), "{format}");
        }
    }
}
