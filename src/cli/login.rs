//! `login` and `logout`.

use std::io::{self, BufRead, IsTerminal, Read, Write};
use std::path::PathBuf;

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output;
use crate::cli::words::boolean;
use crate::engine::{Access, Engine, LoginRequest, read_secret};

/// The longest user name or password that is read, in bytes.
const MAX_SECRET: u64 = 64 << 10;

/// Which file credentials are kept in.
#[derive(Debug, Clone, Args)]
pub struct FileArgs {
    /// Keep credentials in this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub authfile: Option<PathBuf>,
    /// Keep credentials in this file, as Docker does
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub compat_auth_file: Option<PathBuf>,
}

/// Log into a registry
#[derive(Debug, Clone, Args)]
pub struct LoginArgs {
    #[command(flatten)]
    pub file: FileArgs,
    /// Trust the certificates in this directory
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub cert_dir: Option<PathBuf>,
    /// Print who is logged in
    #[arg(long)]
    pub get_login: bool,
    /// The password, for everybody to see in the list of processes
    #[arg(long, short, value_name = "PASSWORD")]
    pub password: Option<String>,
    /// Read the password from standard input
    #[arg(long)]
    pub password_stdin: bool,
    /// Take the password from this secret; its name is the user's when none is given
    #[arg(long, value_name = "SECRET", add = crate::cli::complete::secrets())]
    pub secret: Option<String>,
    /// Require https and a valid certificate
    #[arg(long, action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_missing_value = "true", value_parser = boolean::parse, value_name = "BOOL")]
    pub tls_verify: Option<bool>,
    /// The name of the user
    #[arg(long, short, value_name = "USER")]
    pub username: Option<String>,
    /// Say where the credentials are kept
    #[arg(long, short)]
    pub verbose: bool,
    /// The registry, or a repository of it; the first search registry when not given
    #[arg(value_name = "REGISTRY")]
    pub registry: Option<String>,
}

/// Log out of a registry
#[derive(Debug, Clone, Args)]
pub struct LogoutArgs {
    /// Log out of all registries
    #[arg(long, short)]
    pub all: bool,
    #[command(flatten)]
    pub file: FileArgs,
    /// The registry, or a repository of it; the first search registry when not given
    #[arg(value_name = "REGISTRY")]
    pub registry: Option<String>,
}

impl FileArgs {
    fn request(&self, registry: &Option<String>, access: Access) -> Result<LoginRequest, Error> {
        if self.authfile.is_some() && self.compat_auth_file.is_some() {
            return Err(Error::usage(
                "",
                "options for paths to the credential file and to the Docker-compatible credential \
                 file can not be set simultaneously",
            ));
        }
        Ok(LoginRequest {
            registry: registry.clone(),
            access: Access {
                authfile: self.authfile.clone(),
                ..access
            },
            docker_file: self.compat_auth_file.clone(),
        })
    }
}

/// `login`
pub fn login(engine: &Engine, args: &LoginArgs) -> Result<u8, Error> {
    let request = args.file.request(
        &args.registry,
        Access {
            cert_dir: args.cert_dir.clone(),
            tls_verify: args.tls_verify,
            ..Access::default()
        },
    )?;
    let login = engine.login(&request)?;
    if args.get_login {
        let Some(user) = login.user()? else {
            return Err(Error::usage("", format!("not logged into {}", login.key())));
        };
        output::line(&user)?;
        return Ok(exit::SUCCESS);
    }
    let given = match &args.secret {
        Some(secret) => Some(password_of(engine, args, secret)?),
        None => given_password(args)?,
    };
    let username = args.username.as_ref().or(args.secret.as_ref());
    if username.is_none() && given.is_none() && login.user()?.is_some() {
        output::line(&format!(
            "Authenticating with existing credentials for {}",
            login.key()
        ))?;
        if login.is_valid()? {
            output::line("Existing credentials are valid. Already logged in to ")?;
            return Ok(exit::SUCCESS);
        }
        output::warn("Existing credentials are invalid, please enter valid username and password");
    }
    let user = match username {
        Some(user) => user.clone(),
        None => ask_user(login.user()?)?,
    };
    let password = match given {
        Some(password) => password,
        None => ask_password()?,
    };
    let place = login.keep(&user, &password)?;
    if args.verbose {
        output::line(&format!("Used: {place}"))?;
    }
    output::line("Login Succeeded!")?;
    Ok(exit::SUCCESS)
}

/// The password that is kept as a secret.
fn password_of(engine: &Engine, args: &LoginArgs, secret: &str) -> Result<String, Error> {
    if args.password.is_some() || args.password_stdin {
        let why = "--secret can not be used with --password options";
        return Err(Error::usage("", why));
    }
    let value = engine.secret_value(secret)?;
    String::from_utf8(value).map_err(|_| Error::usage("--secret", "the secret is no text"))
}

/// The password of the command line or of standard input.
fn given_password(args: &LoginArgs) -> Result<Option<String>, Error> {
    if !args.password_stdin {
        return Ok(args.password.clone());
    }
    if args.password.is_some() {
        return Err(Error::usage(
            "",
            "Can't specify both --password-stdin and --password",
        ));
    }
    if args.username.is_none() {
        return Err(Error::usage(
            "",
            "Must provide --username with --password-stdin",
        ));
    }
    let mut text = String::new();
    io::stdin()
        .lock()
        .take(MAX_SECRET)
        .read_to_string(&mut text)
        .map_err(|source| Error::File {
            doing: "reading the password from",
            path: PathBuf::from("standard input"),
            source,
        })?;
    Ok(Some(text.trim_end_matches(['\n', '\r']).to_owned()))
}

/// Asks for the user's name; nothing typed is who was logged in before.
fn ask_user(before: Option<String>) -> Result<String, Error> {
    let prompt = match &before {
        Some(user) => format!("Username ({user}): "),
        None => "Username: ".to_owned(),
    };
    if io::stdin().is_terminal() {
        prompt_for(&prompt);
    }
    let mut line = String::new();
    let read = io::stdin().lock().take(MAX_SECRET).read_line(&mut line);
    let typed = line.trim();
    match (read, before) {
        (Ok(_), _) if !typed.is_empty() => Ok(typed.to_owned()),
        (Ok(_), Some(before)) => Ok(before),
        _ => Err(Error::usage("", "no user name was given").hint("use --username USER")),
    }
}

fn ask_password() -> Result<String, Error> {
    match secret("Password: ", "--password-stdin")? {
        Some(password) => Ok(password),
        None => Err(Error::usage("", "no password was given")),
    }
}

/// Asks for a secret at the terminal; where there is none, `instead` is what to use.
pub fn secret(question: &str, instead: &str) -> Result<Option<String>, Error> {
    if !io::stdin().is_terminal() {
        let why = "there is no terminal to ask for the password on";
        return Err(Error::usage("", why).hint(format!("use {instead}")));
    }
    prompt_for(question);
    let typed = read_secret();
    prompt_for("\n");
    typed.map_err(|error| Error::Engine(error.into()))
}

/// Questions go where errors go: standard output belongs to results.
fn prompt_for(text: &str) {
    let mut err = io::stderr().lock();
    let _ = err.write_all(text.as_bytes());
    let _ = err.flush();
}

/// `logout`
pub fn logout(engine: &Engine, args: &LogoutArgs) -> Result<u8, Error> {
    let request = args.file.request(&args.registry, Access::default())?;
    if args.all {
        if args.registry.is_some() {
            return Err(Error::usage("", "--all takes no arguments"));
        }
        engine.logout_all(&request)?;
        output::line("Removed login credentials for all registries")?;
        return Ok(exit::SUCCESS);
    }
    let login = engine.login(&request)?;
    login.forget()?;
    output::line(&format!("Removed login credentials for {}", login.key()))?;
    Ok(exit::SUCCESS)
}
