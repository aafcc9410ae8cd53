//! The functions of Podman's templates (containers/common, pkg/report), and those that
//! `tree.rs` puts in.

use gotmpl::{Template, TemplateError, Value};

use crate::cli::output::template::{data, tree};

/// Adds them.
pub fn added(template: Template) -> Template {
    let template = of_the_tree(template);
    template
        .func("json", |args| {
            let value = args.first().unwrap_or(&Value::Nil);
            Ok(Value::from(data::json(value).to_string()))
        })
        .func("index", index)
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

fn of_the_tree(template: Template) -> Template {
    let first = |args: &[Value]| args.first().cloned().unwrap_or(Value::Nil);
    template
        .func(tree::FIELD, |args| {
            let (base, names) = args.split_first().unwrap_or((&Value::Nil, &[]));
            names.iter().try_fold(base.clone(), |at, name| {
                data::field(&at, name.as_str().unwrap_or_default()).map_err(TemplateError::Exec)
            })
        })
        .func(tree::PRINT, move |args| {
            Ok(Value::from(data::print(&first(args))))
        })
        .func(tree::PRINTABLE, move |args| {
            Ok(data::printable(&first(args)))
        })
        .func(tree::COMPARABLE, move |args| {
            Ok(data::comparable(&first(args)))
        })
}

/// `index`: a key that a map does not have gives Go's zero value of the map's other values.
fn index(args: &[Value]) -> gotmpl::Result<Value> {
    let (first, keys) = args.split_first().unwrap_or((&Value::Nil, &[]));
    if keys.is_empty() {
        let why = "index wants a value and a key";
        return Err(TemplateError::Exec(why.to_owned()));
    }
    keys.iter().try_fold(first.clone(), |at, key| {
        let found = at.index(key)?;
        Ok(match (&at, found) {
            (Value::Map(all), Value::Nil) => match all.values().next() {
                Some(Value::List(_)) => Value::List([].into()),
                Some(Value::Map(_)) => Value::Nil,
                _ => Value::from(String::new()),
            },
            (_, found) => found,
        })
    })
}

fn text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Nil) => String::new(),
        Some(value) => data::print(value),
    }
}

fn list(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::List(items)) => items.iter().map(data::print).collect(),
        None | Some(Value::Nil) => Vec::new(),
        Some(other) => vec![data::print(other)],
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
