//! Documents as Go's templates see them.
//!
//! JSON does not say whether an object is a struct or a map, whether a number is a duration, nor
//! what an absent list is; all of these print differently (fmt, "Printing": `{a b}`, `map[k:v]`,
//! `48s`, `<nil>`, `[]`). A table of paths says it where the usual guess is wrong: an object is a
//! struct, null is a pointer to nothing.
//!
//! The template engine has one kind of map. A struct is a map with a hidden entry that lists its
//! fields in their order; a time or duration is one with a hidden entry that says so, with its
//! methods beside.

use std::collections::BTreeMap;
use std::sync::Arc;

use gotmpl::Value;

use crate::cli::output::human;
use crate::types::Timestamp;

/// What a value is in Go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Map,
    List,
    /// RFC 3339 in the document.
    Time,
    /// Nanoseconds in the document.
    Duration,
    /// A further name of a field of the same struct.
    Alias(&'static str),
    /// A field that the document leaves out when it is empty: of this kind.
    Empty(Zero),
}

/// Go's zero values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zero {
    Text,
    Number,
    False,
    Nil,
    List,
    Map,
}

/// Paths from the root, such as `Config.Labels`. The items of a list have the list's path, those
/// of a map are `*` below it.
pub type Kinds = &'static [(&'static str, Kind)];

/// The fields of a struct in their order, or the word for a time or a duration.
const HIDDEN: &str = "\u{0}";
/// What the document says of a time or a duration.
const RAW: &str = "\u{1}";
/// In the list of fields: the document has null here, whatever that is in Go.
const NULL: &str = "\u{2}";
const TIME: &str = "time";
const DURATION: &str = "duration";

/// Converts a document.
pub fn value(document: &serde_json::Value, kinds: Kinds) -> Value {
    convert(document, "", kinds)
}

fn convert(json: &serde_json::Value, path: &str, kinds: Kinds) -> Value {
    let kind = kinds.iter().find(|(at, kind)| {
        *at == path && !matches!(kind, Kind::Alias(_) | Kind::Empty(_)) && !at.is_empty()
    });
    match (json, kind.map(|(_, kind)| *kind)) {
        (serde_json::Value::Null, Some(Kind::List)) => zero(Zero::List),
        (serde_json::Value::Null, Some(Kind::Map)) => zero(Zero::Map),
        (serde_json::Value::Null, _) => Value::Nil,
        (serde_json::Value::Bool(it), _) => Value::Bool(*it),
        (serde_json::Value::Number(it), Some(Kind::Duration)) => duration(it.as_i64()),
        (serde_json::Value::Number(it), _) => number(it),
        (serde_json::Value::String(it), Some(Kind::Time)) => time(it),
        (serde_json::Value::String(it), _) => Value::String(it.as_str().into()),
        (serde_json::Value::Array(items), _) => {
            let items: Vec<Value> = items.iter().map(|it| convert(it, path, kinds)).collect();
            Value::List(items.into())
        }
        (serde_json::Value::Object(all), Some(Kind::Map)) => {
            let below = format!("{path}.*");
            let all = all
                .iter()
                .map(|(key, it)| (Arc::from(key.as_str()), convert(it, &below, kinds)));
            Value::Map(Arc::new(all.collect()))
        }
        (serde_json::Value::Object(all), _) => structure(all, path, kinds),
    }
}

fn structure(
    object: &serde_json::Map<String, serde_json::Value>,
    path: &str,
    kinds: Kinds,
) -> Value {
    let below = |name: &str| match path {
        "" => name.to_owned(),
        path => format!("{path}.{name}"),
    };
    let mut fields: BTreeMap<Arc<str>, Value> = BTreeMap::new();
    let mut order = Vec::with_capacity(object.len());
    for (name, json) in object {
        fields.insert(name.as_str().into(), convert(json, &below(name), kinds));
        let mark = if json.is_null() { NULL } else { "" };
        order.push(Value::String(format!("{mark}{name}").into()));
    }
    for (at, kind) in kinds {
        let (parent, name) = at.rsplit_once('.').unwrap_or(("", at));
        if parent != path || fields.contains_key(name) {
            continue;
        }
        let found = match kind {
            Kind::Alias(of) => fields.get(*of).cloned(),
            Kind::Empty(kind) => Some(zero(*kind)),
            _ => None,
        };
        if let Some(found) = found {
            fields.insert((*name).into(), found);
        }
    }
    fields.insert(HIDDEN.into(), Value::List(order.into()));
    Value::Map(Arc::new(fields))
}

fn zero(kind: Zero) -> Value {
    match kind {
        Zero::Text => Value::String("".into()),
        Zero::Number => Value::Int(0),
        Zero::False => Value::Bool(false),
        Zero::Nil => Value::Nil,
        Zero::List => Value::List(Arc::from([])),
        Zero::Map => Value::Map(Arc::default()),
    }
}

fn number(number: &serde_json::Number) -> Value {
    match (number.as_i64(), number.as_u64()) {
        (Some(signed), _) => Value::Int(signed),
        (None, Some(unsigned)) => Value::Uint(unsigned),
        (None, None) => Value::Float(number.as_f64().unwrap_or_default()),
    }
}

/// A value with methods: those of Go's time.Duration and time.Time that scripts use.
fn special(word: &str, raw: Value, methods: &[(&str, Value)]) -> Value {
    let hidden = [(HIDDEN, Value::String(word.into())), (RAW, raw)];
    let all = hidden.iter().chain(methods);
    let all = all.map(|(name, it)| (Arc::from(*name), it.clone()));
    Value::Map(Arc::new(all.collect()))
}

fn duration(nanoseconds: Option<i64>) -> Value {
    let nanoseconds = nanoseconds.unwrap_or_default();
    let parts = |unit: f64| Value::Float(nanoseconds as f64 / unit);
    special(
        DURATION,
        Value::Int(nanoseconds),
        &[
            ("Nanoseconds", Value::Int(nanoseconds)),
            ("Microseconds", Value::Int(nanoseconds / 1_000)),
            ("Milliseconds", Value::Int(nanoseconds / 1_000_000)),
            ("Seconds", parts(1e9)),
            ("Minutes", parts(60e9)),
            ("Hours", parts(3600e9)),
            ("String", Value::String(of_duration(nanoseconds).into())),
        ],
    )
}

fn of_duration(nanoseconds: i64) -> String {
    let sign = if nanoseconds < 0 { "-" } else { "" };
    format!("{sign}{}", human::go_duration(nanoseconds.unsigned_abs()))
}

fn time(text: &str) -> Value {
    let Some(moment) = Timestamp::parse(text) else {
        return Value::String(text.into());
    };
    let nanoseconds = i64::try_from(moment.0).unwrap_or_default();
    special(
        TIME,
        Value::String(text.into()),
        &[
            ("Unix", Value::Int(moment.seconds())),
            ("UnixMilli", Value::Int(nanoseconds / 1_000_000)),
            ("UnixNano", Value::Int(nanoseconds)),
            ("String", Value::String(of_time(text).into())),
        ],
    )
}

/// Go's form of a time, in the zone it was written in: UTC or the local one.
fn of_time(text: &str) -> String {
    match Timestamp::parse(text) {
        None => text.to_owned(),
        Some(moment) if text.ends_with('Z') => moment.go_utc(),
        Some(moment) => moment.go_local(),
    }
}

/// What a map has where it has no such key: it prints as `<no value>`, and is false.
///
/// The template engine has no value for it; no document of ours has a negative zero.
pub fn absent() -> Value {
    Value::Float(-0.0)
}

fn is_absent(value: &Value) -> bool {
    matches!(value, Value::Float(number) if *number == 0.0 && number.is_sign_negative())
}

/// Returns the fields of a struct in their order; `None` when it is none.
fn fields(value: &Value) -> Option<&[Value]> {
    match value.field(HIDDEN) {
        Some(Value::List(order)) => Some(order),
        _ => None,
    }
}

/// Returns what the document says of a time or a duration.
fn raw(value: &Value) -> Option<&Value> {
    value.field(RAW)
}

/// Looks a field or a key up; an error says in Go's words why there is none.
pub fn field(value: &Value, name: &str) -> Result<Value, String> {
    let name_is_hidden = name.starts_with(HIDDEN) || name.starts_with(RAW);
    let found = value.field(name).filter(|_| !name_is_hidden);
    match (found, value) {
        (Some(found), _) => Ok(found.clone()),
        (None, Value::Map(_)) if fields(value).is_none() && raw(value).is_none() => Ok(absent()),
        (None, Value::Map(_)) => Err(format!("there is no field {name}")),
        (None, Value::Nil) => Err(format!("nil pointer evaluating field {name}")),
        (None, absent) if is_absent(absent) => Ok(absent.clone()),
        _ => Err(format!(
            "can't evaluate field {name} in a value that has none"
        )),
    }
}

/// Returns what Go's fmt prints.
pub fn print(value: &Value) -> String {
    if is_absent(value) {
        return "<no value>".to_owned();
    }
    let mut out = String::new();
    add(value, &mut out);
    out
}

fn add(value: &Value, out: &mut String) {
    if let Some(raw) = raw(value) {
        out.push_str(&match raw {
            Value::String(text) => of_time(text),
            other => of_duration(other.as_int().unwrap_or_default()),
        });
        return;
    }
    let between = |out: &mut String, first: bool| {
        if !first {
            out.push(' ');
        }
    };
    match value {
        Value::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                between(out, at == 0);
                add(item, out);
            }
            out.push(']');
        }
        Value::Map(all) => match fields(value) {
            Some(order) => {
                out.push('{');
                let name = |name: &Value| Some(name.as_str()?.trim_start_matches(NULL).to_owned());
                let values = order
                    .iter()
                    .filter_map(|field| all.get(name(field)?.as_str()));
                for (at, item) in values.enumerate() {
                    between(out, at == 0);
                    add(item, out);
                }
                out.push('}');
            }
            None => {
                out.push_str("map[");
                for (at, (key, item)) in all.iter().enumerate() {
                    between(out, at == 0);
                    out.push_str(key);
                    out.push(':');
                    add(item, out);
                }
                out.push(']');
            }
        },
        scalar => out.push_str(&scalar.to_string()),
    }
}

/// Returns a value that the engine's own functions print as Go does.
pub fn printable(value: &Value) -> Value {
    match value {
        Value::List(_) | Value::Map(_) => Value::from(print(value)),
        absent if is_absent(absent) => Value::from(print(absent)),
        scalar => scalar.clone(),
    }
}

/// Returns a value that can be compared: a duration is a number.
pub fn comparable(value: &Value) -> Value {
    raw(value).unwrap_or(value).clone()
}

/// Returns the document again: structs in their order, without what was added.
pub fn json(value: &Value) -> serde_json::Value {
    if let Some(raw) = raw(value) {
        return json(raw);
    }
    match value {
        Value::Bool(it) => (*it).into(),
        Value::Int(it) => (*it).into(),
        Value::Uint(it) => (*it).into(),
        absent if is_absent(absent) => serde_json::Value::Null,
        Value::Float(it) => (*it).into(),
        Value::String(text) => (**text).into(),
        Value::List(items) => items.iter().map(json).collect(),
        Value::Map(all) => {
            let pairs: serde_json::Map<_, _> = match fields(value) {
                Some(order) => order
                    .iter()
                    .filter_map(Value::as_str)
                    .filter_map(|name| match name.strip_prefix(NULL) {
                        Some(name) => Some((name.to_owned(), serde_json::Value::Null)),
                        None => Some((name.to_owned(), json(all.get(name)?))),
                    })
                    .collect(),
                None => all
                    .iter()
                    .map(|(key, it)| (key.to_string(), json(it)))
                    .collect(),
            };
            serde_json::Value::Object(pairs)
        }
        Value::Nil | Value::Function(_) => serde_json::Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const KINDS: Kinds = &[
        ("Config.Labels", Kind::Map),
        ("Config.Env", Kind::List),
        ("Check.Interval", Kind::Duration),
        ("Created", Kind::Time),
        ("Zero", Kind::Time),
        ("ID", Kind::Alias("Id")),
        ("Config.User", Kind::Empty(Zero::Text)),
    ];

    #[test]
    fn documents_print_as_in_go() {
        let document = json!({
            "Id": "abc", "Created": "2024-05-06T07:08:09.5Z", "Zero": "0001-01-01T00:00:00Z",
            "Check": {"Test": ["CMD", "x"], "Interval": 48_000_000_000_u64},
            "Config": {"Labels": {"k": "v", "a": "b"}, "Env": null, "Tty": false},
            "Nothing": null,
        });
        let value = value(&document, KINDS);
        for (path, wanted) in [
            (&["Id"][..], "abc"),
            (&["ID"], "abc"),
            (&["Created"], "2024-05-06 07:08:09.5 +0000 UTC"),
            (&["Zero"], "0001-01-01 00:00:00 +0000 UTC"),
            (&["Created", "Unix"], "1714979289"),
            (&["Check"], "{[CMD x] 48s}"),
            (&["Check", "Interval"], "48s"),
            (&["Check", "Interval", "Seconds"], "48"),
            (&["Config"], "{map[a:b k:v] [] false}"),
            (&["Config", "Labels"], "map[a:b k:v]"),
            (&["Config", "Labels", "x"], "<no value>"),
            (&["Config", "User"], ""),
            (&["Nothing"], "<nil>"),
        ] {
            let found = path
                .iter()
                .try_fold(value.clone(), |at, name| field(&at, name));
            assert_eq!(found.as_ref().map(print), Ok(wanted.to_owned()), "{path:?}");
        }
        assert!(field(&value, "What").is_err());
        assert_eq!(json(&value), document);
        assert_eq!(
            json(&value).to_string(),
            document
                .to_string()
                .replace("{\"k\":\"v\",\"a\":\"b\"}", "{\"a\":\"b\",\"k\":\"v\"}")
        );
    }
}
