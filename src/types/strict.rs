//! JSON from strangers, read so that no two readers can disagree about it (S-28).
//!
//! serde_json already refuses trailing data, bad UTF-8, lone surrogates, numbers out of range, and
//! nesting beyond 128. This adds: a byte limit, and no key twice in any object, also where the
//! document's type would ignore it.

use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

/// The largest manifest or config that is read (S-27); the limit of the distribution project.
pub const MAX_DOCUMENT: u64 = 4 << 20;
/// The largest archive index, token answer or error body (S-27).
pub const MAX_SMALL: u64 = 1 << 20;

/// Parses one whole document of at most [`MAX_DOCUMENT`] bytes; the error says why not.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    if bytes.len() as u64 > MAX_DOCUMENT {
        return Err(format!("is larger than {MAX_DOCUMENT} bytes"));
    }
    let not_json = |error: serde_json::Error| format!("is not valid: {}", lower(&error));
    let mut checker = serde_json::Deserializer::from_slice(bytes);
    Unambiguous
        .deserialize(&mut checker)
        .and_then(|()| checker.end())
        .map_err(not_json)?;
    serde_json::from_slice(bytes).map_err(not_json)
}

/// Parser messages repeat the stranger's text: made visible and cut.
fn lower(error: &serde_json::Error) -> String {
    let text = crate::types::escape::visible(&error.to_string());
    text.chars().take(200).collect()
}

/// Walks a value and fails at the first key that an object has twice.
#[derive(Clone, Copy)]
struct Unambiguous;

impl<'de> DeserializeSeed<'de> for Unambiguous {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Unambiguous {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(self)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            if seen.contains(&key) {
                return Err(serde::de::Error::custom(format_args!(
                    "the key {key:?} occurs twice"
                )));
            }
            seen.insert(key);
            map.next_value_seed(self)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    struct Layers {
        layers: u32,
    }

    #[test]
    fn ambiguous_documents_are_refused() {
        assert_eq!(
            parse::<Layers>(br#"{"layers":1,"more":{}}"#).map(|l| l.layers),
            Ok(1)
        );
        let bomb = "[".repeat(100_000);
        let nested = format!(r#"{{"layers":1,"x":{bomb}"#);
        let keys: String = (0..200_000).map(|n| format!(r#""{n}":0,"#)).collect();
        let many = format!(r#"{{{keys}"layers":2}}"#);
        assert_eq!(parse::<Layers>(many.as_bytes()).map(|l| l.layers), Ok(2));
        for text in [
            r#"{"layers":1,"layers":2}"#,
            r#"{"layers":1,"x":1,"x":2}"#,
            r#"{"layers":1,"x":[{"y":{"z":1,"z":1}}]}"#,
            r#"{"layers":1,"\u0078":1,"x":2}"#,
            r#"{"Layers":1}"#,
            r#"{"layers":-0}"#,
            r#"{"layers":1e999}"#,
            r#"{"layers":1.5}"#,
            r#"{"layers":4294967296}"#,
            r#"{"layers":1,"x":"\ud800"}"#,
            r#"{"layers":1} {"layers":2}"#,
            r#"{"layers":1}x"#,
            r#"{"layers":1,}"#,
            "\u{feff}{\"layers\":1}",
            "",
            "null",
            &bomb,
            &nested,
        ] {
            assert!(parse::<Layers>(text.as_bytes()).is_err(), "{text:.60}");
        }
        assert!(parse::<Layers>(&vec![b' '; MAX_DOCUMENT as usize + 1]).is_err());
    }
}
