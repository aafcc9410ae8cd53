//! The cache key of a step: everything its outcome depends on, as one digest.
//!
//! Two steps have the same key only if the layers below, the instruction with its variables
//! replaced, the state it runs in and everything it reads are the same (S-96). What may not be in
//! a key, for it would show through it, are the values of secrets and of the proxies (S-95).
//! Every field has a name and a length, so no two lists of fields make the same bytes.

use std::collections::BTreeMap;

use crate::build::{Command, Heredoc, Kind, Mount, Run, Step, Transfer};
use crate::types::digest::Hasher;
use crate::types::{Digest, Platform};

/// Changes when the meaning of a field does: older entries are not found any more.
const FORMAT: &str = "coracle build step 1";

/// What a step finds when it begins.
#[derive(Debug, Clone)]
pub struct Ground<'a> {
    /// The key of the step before, or the image it begins with.
    pub parent: &'a Digest,
    pub platform: &'a Platform,
    pub env: &'a [(String, String)],
    pub user: &'a str,
    pub workdir: &'a str,
    pub shell: &'a [String],
}

/// What a step reads from outside.
#[derive(Debug, Clone, Default)]
pub struct Inputs<'a> {
    /// What bind and cache mounts hold in the beginning, by the mount's index.
    pub mounts: BTreeMap<usize, Digest>,
    /// Names, metadata and content of what COPY and ADD bring.
    pub content: Option<&'a Digest>,
    /// Options of the build that the step can see: network, hosts, devices, limits …
    pub options: BTreeMap<&'a str, String>,
}

/// Returns the key of a step.
pub fn key(step: &Step, ground: &Ground, inputs: &Inputs) -> Digest {
    let mut fields = Fields::begin(FORMAT);
    fields.add("parent", ground.parent.to_string());
    fields.add("platform", ground.platform.to_string());
    fields.pairs("env", ground.env);
    fields.add("user", ground.user);
    fields.add("workdir", ground.workdir);
    fields.list("shell", ground.shell);
    for (name, value) in &step.arguments {
        fields.add("argument", name);
        fields.add("value", value);
    }
    fields.kind(&step.kind);
    for (index, mount) in step.mounts.iter().enumerate() {
        fields.mount(mount);
        if let Some(digest) = inputs.mounts.get(&index) {
            fields.add("mounted", digest.to_string());
        }
    }
    if let Some(content) = inputs.content {
        fields.add("content", content.to_string());
    }
    for (name, value) in &inputs.options {
        fields.add("option", name);
        fields.add("value", value);
    }
    fields.hasher.finish()
}

struct Fields {
    hasher: Hasher,
}

impl Fields {
    fn begin(format: &str) -> Self {
        let mut fields = Self {
            hasher: Hasher::default(),
        };
        fields.add("format", format);
        fields
    }

    fn add(&mut self, name: &str, value: impl AsRef<str>) {
        for part in [name, value.as_ref()] {
            self.hasher.update(&(part.len() as u64).to_le_bytes());
            self.hasher.update(part.as_bytes());
        }
    }

    fn list(&mut self, name: &str, values: &[String]) {
        self.add(name, values.len().to_string());
        values.iter().for_each(|value| self.add("item", value));
    }

    fn pairs(&mut self, name: &str, pairs: &[(String, String)]) {
        self.add(name, pairs.len().to_string());
        for (name, value) in pairs {
            self.add("name", name);
            self.add("value", value);
        }
    }

    fn given(&mut self, name: &str, value: Option<impl AsRef<str>>) {
        if let Some(value) = value {
            self.add(name, value);
        }
    }

    fn kind(&mut self, kind: &Kind) {
        self.add("instruction", kind.name());
        match kind {
            Kind::Arg(names) => {
                for (name, value) in names {
                    self.add("name", name);
                    self.given("value", value.as_ref());
                }
            }
            Kind::Env(pairs) | Kind::Label(pairs) => self.pairs("pairs", pairs),
            Kind::Run(run) => self.run(run),
            Kind::Copy(copy) => {
                // Where the files come from is not what they are: that is the content's digest.
                self.add("parents", copy.parents.to_string());
                self.transfer(&copy.files);
            }
            Kind::Add(add) => {
                self.given("checksum", add.checksum.as_ref());
                self.given("git", add.keep_git_dir.map(|keep| keep.to_string()));
                self.given("unpack", add.unpack.map(|unpack| unpack.to_string()));
                self.transfer(&add.files);
            }
            Kind::Workdir(text)
            | Kind::User(text)
            | Kind::StopSignal(text)
            | Kind::OnBuild(text)
            | Kind::Maintainer(text) => self.add("text", text),
            Kind::Cmd(command) | Kind::Entrypoint(command) => self.command(command),
            Kind::Expose(words) | Kind::Volume(words) | Kind::Shell(words) => {
                self.list("words", words);
            }
            Kind::Healthcheck(check) => {
                self.list("test", &check.test);
                for (name, value) in [
                    ("interval", check.interval),
                    ("timeout", check.timeout),
                    ("start period", check.start_period),
                    ("start interval", check.start_interval),
                    ("retries", u64::from(check.retries)),
                ] {
                    self.add(name, value.to_string());
                }
            }
        }
    }

    fn run(&mut self, run: &Run) {
        self.command(&run.command);
        self.heredocs(&run.heredocs);
        self.add("network", format!("{:?}", run.network));
        self.add("security", format!("{:?}", run.security));
    }

    fn command(&mut self, command: &Command) {
        match command {
            Command::Exec(words) => self.list("exec", words),
            Command::Shell(line) => self.add("shell form", line),
        }
    }

    fn heredocs(&mut self, heredocs: &[Heredoc]) {
        for heredoc in heredocs {
            self.add("heredoc", &heredoc.name);
            self.add("chomp", heredoc.chomp.to_string());
            self.add("text", &heredoc.content);
        }
    }

    fn transfer(&mut self, files: &Transfer) {
        self.list("sources", &files.sources);
        self.heredocs(&files.inline);
        self.add("destination", &files.destination);
        self.given("chown", files.chown.as_ref());
        self.given("chmod", files.chmod.as_ref());
        self.add("link", files.link.to_string());
        self.list("exclude", &files.exclude);
    }

    fn mount(&mut self, mount: &Mount) {
        self.add("mount", mount.kind.name());
        self.add("target", &mount.target);
        self.add("source", &mount.source);
        self.add("read only", mount.read_only.to_string());
        self.given("id", mount.id.as_ref());
        self.add("sharing", mount.sharing.name());
        self.add("required", mount.required.to_string());
        self.given("env", mount.env.as_ref());
        self.given("mode", mount.mode.map(|mode| format!("{mode:o}")));
        self.given("uid", mount.uid.map(|id| id.to_string()));
        self.given("gid", mount.gid.map(|id| id.to_string()));
        self.given("size", mount.size.map(|size| size.to_string()));
    }
}
