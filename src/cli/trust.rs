//! `image trust show` and `image trust set`.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value};

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output::{self, table};
use crate::engine::{Engine, TrustEntry, TrustRequest};

/// Show whose images are taken
#[derive(Debug, Clone, Args)]
pub struct ShowArgs {
    /// Print JSON
    #[arg(long, short)]
    pub json: bool,
    /// Print no headings
    #[arg(long, short)]
    pub noheading: bool,
    /// Show this policy
    #[arg(long, alias = "signature-policy", value_name = "FILE",
          value_hint = clap::ValueHint::FilePath)]
    pub policypath: Option<PathBuf>,
    /// Print the policy as it is written
    #[arg(long)]
    pub raw: bool,
    /// Only this registry or repository
    #[arg(value_name = "REGISTRY")]
    pub registry: Option<String>,
}

/// Say whose images are taken
#[derive(Debug, Clone, Args)]
pub struct SetArgs {
    /// Change this policy
    #[arg(long, alias = "signature-policy", value_name = "FILE",
          value_hint = clap::ValueHint::FilePath)]
    pub policypath: Option<PathBuf>,
    /// A file of public keys
    #[arg(long, short = 'f', value_name = "FILE", value_delimiter = ',',
          value_hint = clap::ValueHint::FilePath)]
    pub pubkeysfile: Vec<PathBuf>,
    /// What is wanted: signedBy, sigstoreSigned, accept or reject
    #[arg(
        long = "type",
        short = 't',
        value_name = "TYPE",
        default_value = "signedBy",
        hide_default_value = true
    )]
    pub kind: String,
    /// A registry, a repository of one, or default
    #[arg(value_name = "REGISTRY")]
    pub registry: String,
}

/// `image trust show`
pub fn show(engine: &Engine, args: &ShowArgs) -> Result<u8, Error> {
    let named = args.policypath.as_deref();
    if args.raw {
        output::text(&engine.trust_text(named)?)?;
        return Ok(exit::SUCCESS);
    }
    let mut entries = engine.trust(named)?;
    if let Some(registry) = &args.registry {
        entries.retain(|entry| entry.scope == *registry);
    }
    if args.json {
        let all: Value = entries.iter().map(document).collect();
        output::line(&output::template::pretty_json(&all, 2))?;
        return Ok(exit::SUCCESS);
    }
    let headings = ["TRANSPORT", "NAME", "TYPE", "ID", "STORE"];
    let mut rows = Vec::new();
    if !args.noheading {
        rows.push(headings.map(str::to_owned).to_vec());
    }
    rows.extend(entries.into_iter().map(|entry| {
        vec![
            entry.transport,
            entry.scope,
            entry.kind,
            entry.id,
            entry.store,
        ]
    }));
    output::text(&table::aligned(&rows))?;
    Ok(exit::SUCCESS)
}

/// As Podman's JSON has it: empty fields are left out.
fn document(entry: &TrustEntry) -> Value {
    let name = match entry.transport.as_str() {
        "all" => "* (default)",
        _ => &entry.scope,
    };
    let fields = [
        ("transport", entry.transport.as_str()),
        ("name", name),
        ("repo_name", &entry.scope),
        ("type", &entry.kind),
        ("sigstore", &entry.store),
        ("gpg_id", &entry.id),
    ];
    let said = fields.iter().filter(|(_, value)| !value.is_empty());
    let said = said.map(|(key, value)| ((*key).to_owned(), Value::from(*value)));
    Value::Object(said.collect::<Map<String, Value>>())
}

/// `image trust set`
pub fn set(engine: &Engine, args: &SetArgs) -> Result<u8, Error> {
    #[allow(
        clippy::disallowed_methods,
        reason = "the user's own path, written down absolute; whoever checks opens it again"
    )]
    let keys = || {
        if args.pubkeysfile.is_empty() {
            return Err(Error::usage(
                "",
                format!(
                    "at least one public key must be defined for type '{}'",
                    args.kind
                ),
            ));
        }
        // The policy may be read from anywhere.
        let unread = |path: &PathBuf, source| Error::File {
            doing: "reading the key",
            path: path.clone(),
            source,
        };
        let whole = |path: &PathBuf| {
            std::fs::metadata(path).map_err(|source| unread(path, source))?;
            std::path::absolute(path).map_err(|source| unread(path, source))
        };
        args.pubkeysfile.iter().map(whole).collect()
    };
    let wanted = match args.kind.as_str() {
        "accept" | "insecureAcceptAnything" => TrustRequest::Accept,
        "reject" => TrustRequest::Reject,
        "signedBy" => TrustRequest::SignedBy(keys()?),
        "sigstoreSigned" => TrustRequest::SigstoreSigned(keys()?),
        other => {
            return Err(Error::usage(
                "",
                format!(
                    "invalid choice: {}. Choose one of accept, reject, signedBy, sigstoreSigned",
                    crate::types::escape::visible(other)
                ),
            ));
        }
    };
    if args.registry.is_empty() || args.registry.contains(char::is_whitespace) {
        return Err(Error::usage(
            format!("\"{}\"", args.registry),
            "is neither a registry nor default",
        ));
    }
    engine.set_trust(args.policypath.as_deref(), &args.registry, &wanted)?;
    Ok(exit::SUCCESS)
}
