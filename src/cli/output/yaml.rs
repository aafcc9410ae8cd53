//! JSON documents as block YAML, for `info`: keys sorted, two spaces deep, strings quoted
//! where YAML 1.1 would read something else.

use serde_json::Value;

/// Returns a document as YAML.
pub fn write(document: &Value) -> String {
    let mut out = String::new();
    block(document, 0, &mut out);
    out
}

fn block(value: &Value, depth: usize, out: &mut String) {
    let pad = "  ".repeat(depth);
    match value {
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort();
            for key in keys {
                out.push_str(&format!("{pad}{}:", scalar(&Value::from(key.as_str()))));
                nested(&map[key], depth, out);
            }
        }
        Value::Array(items) => {
            for item in items {
                out.push_str(&format!("{pad}-"));
                match item {
                    Value::Object(map) if !map.is_empty() => {
                        let mut inner = String::new();
                        block(item, depth + 1, &mut inner);
                        // The first key stands on the hyphen's line.
                        out.push_str(&format!(" {}", inner.trim_start_matches(' ')));
                    }
                    _ => out.push_str(&format!(" {}\n", scalar(item))),
                }
            }
        }
        other => out.push_str(&format!("{pad}{}\n", scalar(other))),
    }
}

fn nested(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            out.push('\n');
            block(value, depth + 1, out);
        }
        // Lists stand as deep as their key.
        Value::Array(items) if !items.is_empty() => {
            out.push('\n');
            block(value, depth, out);
        }
        other => out.push_str(&format!(" {}\n", scalar(other))),
    }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Object(_) => "{}".to_owned(),
        Value::Array(_) => "[]".to_owned(),
        Value::String(text) if plain(text) => text.clone(),
        // JSON's strings are YAML's double-quoted ones.
        other => other.to_string(),
    }
}

/// Says whether a bare word stays a string.
fn plain(text: &str) -> bool {
    let special = [
        "true", "false", "null", "yes", "no", "on", "off", "y", "n", "~",
    ];
    let first = text.chars().next();
    let number = text.parse::<f64>().is_ok() || text.starts_with("0x") || text.starts_with("0o");
    // Times, dates and base 60 begin with a digit too: they stay quoted.
    let digits = first.is_some_and(|c| c.is_ascii_digit()) && !text.contains([':', '_']);
    let date = text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
    let begins_well = first.is_some_and(|c| c.is_ascii_alphabetic() || c == '/' || c == '_')
        || digits && !number && !date;
    begins_well
        && !special.contains(&text.to_ascii_lowercase().as_str())
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([':', ' '])
        && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn a_document_is_written_in_blocks() {
        let document = json!({
            "b": {"x": 1, "empty": {}, "list": ["a", "12", "a: b"]},
            "a": [{"k": true, "l": null}],
            "c": "v2",
            "d": ["0.1.0", "1e3", "6.18.1-x", "2026-01-02", "12:30", "off"],
        });
        let wanted = "a:\n- k: true\n  l: null\nb:\n  empty: {}\n  list:\n  - a\n  - \"12\"\n  - \"a: b\"\n  x: 1\nc: v2\nd:\n- 0.1.0\n- \"1e3\"\n- 6.18.1-x\n- \"2026-01-02\"\n- \"12:30\"\n- \"off\"\n";
        assert_eq!(super::write(&document), wanted);
    }
}
