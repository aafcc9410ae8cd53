//! Go templates for `--format`, as Podman's report package takes them, by way of `gotmpl`.
//!
//! A template is run for each row. `table ` in front asks for a heading and for columns at
//! tabs. A field that does not exist is an error, never an empty word. Data are JSON documents
//! with a table of what JSON does not say of them: `data.rs`. `tree.rs` changes the parsed
//! template so that it prints as Go's would; `functions.rs` has the functions.

pub mod data;
mod functions;
mod tree;

use std::collections::BTreeMap;
use std::io::{self, IsTerminal};

use gotmpl::parse::{ListNode, Parser};
use gotmpl::{MissingKey, Template, TemplateError};

pub use data::{Kind, Kinds, Zero};

use crate::cli::error::Error;
use crate::cli::output::{self, table};
use crate::types::escape;

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

/// Runs a template over one document; `kinds` says what its JSON does not.
pub fn one(format: &str, document: &serde_json::Value, kinds: Kinds) -> Result<String, Error> {
    let (text, is_table) = match format.strip_prefix("table ") {
        Some(rest) => (rest.replace(' ', "\t"), true),
        None => (format.to_owned(), false),
    };
    let template = parse(&unescaped(&text), format)?;
    let out = match is_table || for_eyes(format) {
        true => run(&template, &on_one_line(document), kinds, format)?,
        false => run(&template, document, kinds, format)?,
    };
    Ok(if is_table { aligned(&out) } else { out })
}

/// Aligns columns at tabs.
fn aligned(text: &str) -> String {
    let cells = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
    let rows: Vec<Vec<String>> = text.lines().map(cells).collect();
    table::aligned(&rows)
}

/// Rows have maps of labels only.
const ROWS: Kinds = &[
    ("Attributes", Kind::Map),
    ("LabelMap", Kind::Map),
    ("Labels", Kind::Map),
];

/// Runs a template over rows; `headings` name the columns for `table`.
pub fn rows(
    format: &str,
    headings: &[(&str, &str)],
    with_heading: bool,
    rows: &[serde_json::Value],
) -> Result<String, Error> {
    if format.starts_with("{{range") {
        let all = serde_json::Value::Array(rows.to_vec());
        return one(format, &all, ROWS);
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
        let heading = run(&template, &names, ROWS, format);
        out.push_str(&heading.unwrap_or_else(|_| "\n".to_owned()));
    }
    // Ends of lines and tabs part rows and cells: only the template's own may.
    let framed = is_table || for_eyes(format);
    for row in rows {
        let text = match framed {
            true => run(&template, &on_one_line(row), ROWS, format),
            false => run(&template, row, ROWS, format),
        };
        out.push_str(&text?);
    }
    Ok(if is_table { aligned(&out) } else { out })
}

/// Prints rows by a template; without one, and for `table`, in the usual columns.
pub fn print_rows(
    format: Option<&str>,
    usual: &str,
    headings: &[(&str, &str)],
    with_heading: bool,
    all: &[serde_json::Value],
) -> Result<(), Error> {
    let format = format.filter(|word| *word != "table").unwrap_or(usual);
    output::text(&rows(format, headings, with_heading, all)?)
}

/// Whether a terminal shows what a template prints; JSON keeps its texts on one line itself.
fn for_eyes(format: &str) -> bool {
    io::stdout().is_terminal() && !format.contains("json")
}

/// Returns a document whose texts forge no row and no cell: what holds an end of line, a tab or
/// their like is written visibly (S-81).
fn on_one_line(document: &serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    let shown = |text: &String| match text.contains(|c: char| c.is_control()) {
        true => escape::visible(text),
        false => text.clone(),
    };
    match document {
        Value::String(text) => Value::String(shown(text)),
        Value::Array(items) => items.iter().map(on_one_line).collect(),
        Value::Object(fields) => {
            let fields = fields.iter();
            Value::Object(
                fields
                    .map(|(key, value)| (shown(key), on_one_line(value)))
                    .collect(),
            )
        }
        other => other.clone(),
    }
}

/// Docker and Podman read a typed `\n` or `\t` as the character, and end the line.
fn unescaped(format: &str) -> String {
    let mut text = format.replace("\\t", "\t").replace("\\n", "\n");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// The name of the typed template among those it defines itself.
const MAIN: &str = "\u{1}main";

fn parse(text: &str, typed: &str) -> Result<Template, Error> {
    let failed = |error| failed(typed, &error);
    let parser = Parser::with_name(Some("format"), text, "{{", "}}").map_err(failed)?;
    let (main, defines) = parser.parse().map_err(failed)?;
    let mut trees: BTreeMap<String, ListNode> = BTreeMap::new();
    for define in defines {
        trees.insert(define.name.to_string(), define.body);
    }
    trees.insert(MAIN.to_owned(), main);
    let template = functions::added(Template::new("format"))
        .missing_key(MissingKey::Error)
        .max_range_iters(MAX_TURNS)
        .parse(&format!("{{{{template \"{MAIN}\" .}}}}"))
        .map_err(failed)?;
    Ok(trees
        .into_iter()
        .fold(template, |template, (name, mut body)| {
            tree::changed(&mut body);
            template.add_parse_tree(&name, body)
        }))
}

fn run(
    template: &Template,
    document: &serde_json::Value,
    kinds: Kinds,
    typed: &str,
) -> Result<String, Error> {
    template
        .execute_to_string(&data::value(document, kinds))
        .map_err(|error| failed(typed, &error))
}

fn failed(typed: &str, error: &TemplateError) -> Error {
    let reason = match error {
        TemplateError::Exec(reason) => reason.clone(),
        other => {
            let text = other.to_string();
            text.strip_prefix("template: format:")
                .unwrap_or(&text)
                .to_owned()
        }
    };
    Error::Template {
        template: typed.to_owned(),
        reason,
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
            (
                "{{json .}}",
                Some(
                    "{\"Name\":\"web\",\"Pid\":42,\"List\":[\"a\",\"b\"],\"Big\":1500000000,\"State\":{\"Z\":1,\"A\":true},\"LabelMap\":{\"k\":\"v\"},\"None\":null}\n",
                ),
            ),
            (
                "{{.State}} {{.LabelMap}} {{.None}}",
                Some("{1 true} map[k:v] <nil>\n"),
            ),
            (
                "{{.LabelMap.x}}|{{index .LabelMap \"x\"}}|",
                Some("<no value>||\n"),
            ),
            ("{{if .LabelMap.x}}yes{{else}}no{{end}}", Some("no\n")),
            (
                "{{printf \"%s-%d %v\" .Name .Pid .State}}",
                Some("web-42 {1 true}\n"),
            ),
            ("{{.Name | printf \"%q\" | upper}}", Some("\"WEB\"\n")),
            ("{{$x := .State}}{{$x.Z}}{{(index .List 1)}}", Some("1b\n")),
            ("{{with .State}}{{.A}}{{$.Name}}{{end}}", Some("trueweb\n")),
            (
                "{{define \"t\"}}<{{.Z}}>{{end}}{{template \"t\" .State}}",
                Some("<1>\n"),
            ),
            (
                "{{eq .Pid 42}} {{and .Name .Pid}} {{len .LabelMap}}",
                Some("true 42 1\n"),
            ),
            (
                "{{range $k, $v := .LabelMap}}{{$k}}={{$v}}{{end}}",
                Some("k=v\n"),
            ),
            ("{{.None.What}}", None),
            ("{{.What}}", None),
            ("{{.Name", None),
            ("{{what .Name}}", None),
        ] {
            assert_eq!(
                one(format, &document, ROWS).ok().as_deref(),
                wanted,
                "{format}"
            );
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
        let error = one("{{.What}}", &json!({}), ROWS).expect_err("no such field");
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

    #[test]
    fn a_value_cannot_forge_a_row_or_a_cell() {
        let headings = [("ID", "ID"), ("Names", "NAMES")];
        let data = [json!({"ID": "a\nb\tc", "Names": "web"})];
        let made = rows("table {{.ID}}\\t{{.Names}}", &headings, true, &data);
        assert_eq!(
            made.ok().as_deref(),
            Some("ID           NAMES\na\\x0ab\\x09c  web\n")
        );
        // Without a table a pipe gets every byte.
        let made = rows("{{.ID}}", &headings, true, &data);
        assert_eq!(made.ok().as_deref(), Some("a\nb\tc\n"));
    }
}
