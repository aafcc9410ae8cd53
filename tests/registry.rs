//! The registry client against a registry that lies, stalls, breaks off and sends us elsewhere.
//!
//! The client is called as a library here; `pull.rs` drives the binary.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

#[path = "support/evilreg.rs"]
mod evilreg;

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use coracle::registry::{Client, Error, Options, Pace, Patience, Selector};
use coracle::types::digest::Mismatch;
use coracle::types::registry::{Certificates, Credentials, PemFile, Proxies, Source};
use coracle::types::{Descriptor, Digest, Platform};
use evilreg::{
    Authority, EvilRegistry, Image, OCI_INDEX, OCI_MANIFEST, Reply, Seen, descriptor, flipped,
};

fn options(registry: &EvilRegistry) -> Options {
    Options {
        source: Source {
            registry: registry.host(),
            repository: "x".into(),
            insecure: !registry.https,
            mirror: false,
        },
        credentials: None,
        certificates: Certificates::default(),
        proxies: Proxies::default(),
        patience: Patience {
            retries: 2,
            delay: Some(Duration::from_millis(10)),
            stall: Duration::from_secs(20),
            ..Patience::default()
        },
    }
}

fn client(registry: &EvilRegistry) -> Arc<Client> {
    Arc::new(Client::new(options(registry)))
}

fn with_password(registry: &EvilRegistry) -> Options {
    Options {
        credentials: Some(Credentials::Password {
            user: "user".into(),
            password: "secret".into(),
        }),
        ..options(registry)
    }
}

fn trusting(registry: &EvilRegistry, authority: &Authority) -> Options {
    Options {
        certificates: Certificates {
            authorities: vec![PemFile {
                path: "ca.crt".into(),
                text: authority.pem(),
            }],
            client: None,
        },
        ..options(registry)
    }
}

fn authority(name: &str) -> Authority {
    let folder = format!("coracle-ca-{name}-{}", std::process::id());
    Authority::new(&std::env::temp_dir().join(folder))
}

fn tag() -> Selector {
    Selector::Tag("1".into())
}

/// Resolves and reads everything, as a pull does.
fn fetch(client: &Arc<Client>) -> Result<Vec<Vec<u8>>, Error> {
    let resolved = client.resolve(&tag(), &Platform::host())?;
    let mut all = vec![client.small_blob(&resolved.manifest.config)?];
    for layer in &resolved.manifest.layers {
        all.push(read(client, layer)?);
    }
    Ok(all)
}

fn read(client: &Arc<Client>, layer: &Descriptor) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    match client.blob(layer)?.read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(error) => Err(unwrapped(error, layer)),
    }
}

/// The error inside the reader's, as the engine takes it out.
fn unwrapped(error: std::io::Error, layer: &Descriptor) -> Error {
    let what = format!("blob {}", layer.digest);
    let Some(inner) = error.into_inner() else {
        panic!("an error without a cause");
    };
    match inner.downcast::<Mismatch>() {
        Ok(mismatch) => Error::Mismatch {
            what,
            mismatch: *mismatch,
        },
        Err(inner) => *inner.downcast::<Error>().expect("one of the two"),
    }
}

fn assert_says(error: &Error, part: &str) {
    let text = error.to_string();
    assert!(text.contains(part), "{text}");
    assert!(!text.contains('\n'), "{text}");
}

#[test]
fn an_honest_registry_gives_the_image() {
    let image = Image::new(3);
    let served = image.clone();
    let registry = EvilRegistry::http(move |seen| served.answer(seen));
    let all = fetch(&client(&registry)).expect("fetched");
    assert_eq!(all[0], image.config);
    assert_eq!(all[1..], image.layers);
    assert_eq!(client(&registry).tags().expect("listed"), ["1"]);
}

#[test]
fn s_40_plain_http_is_only_spoken_when_asked() {
    let image = Image::new(1);
    let registry = EvilRegistry::http(move |seen| image.answer(seen));
    let mut strict = options(&registry);
    strict.source.insecure = false;
    let error = fetch(&Arc::new(Client::new(strict))).expect_err("refused");
    assert!(matches!(error, Error::Tls { .. }), "{error:?}");
    assert_says(&error, "does not speak TLS");
    // What arrived was the start of a handshake, never a request.
    assert!(registry.connections() > 0);
    assert!(registry.seen().is_empty());
}

#[test]
fn s_41_a_certificate_is_trusted_only_with_its_authority() {
    let image = Image::new(1);
    let authority = authority("trust");
    let registry = EvilRegistry::https(&authority, move |seen| image.answer(seen));
    fetch(&Arc::new(Client::new(trusting(&registry, &authority)))).expect("trusted");
    let error = fetch(&client(&registry)).expect_err("refused");
    assert_says(&error, "issuer of its certificate is not known");
    let mut insecure = options(&registry);
    insecure.source.insecure = true;
    fetch(&Arc::new(Client::new(insecure))).expect("not looked at");
    std::fs::remove_dir_all(&authority.folder).expect("removed");
}

#[test]
fn a_self_signed_certificate_is_trusted_where_it_was_named() {
    let names = "subjectAltName=DNS:localhost,IP:127.0.0.1";
    let other_name = "subjectAltName=DNS:elsewhere.example";
    let for_clients = "extendedKeyUsage=clientAuth";
    let for_servers = "extendedKeyUsage=serverAuth";
    for (label, more, refusal) in [
        ("good", &[names][..], None),
        ("server", &[names, for_servers], None),
        ("client", &[names, for_clients], Some("is not valid")),
        ("name", &[other_name], Some("is for another name")),
        ("old", &[names], Some("has expired")),
    ] {
        let image = Image::new(1);
        let folder = format!("coracle-self-{label}-{}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        let mut arguments = vec!["-days", "2"];
        for extension in more {
            arguments.extend(["-addext", extension]);
        }
        let authority = Authority::self_signed(&folder, &arguments);
        if label == "old" {
            authority.expire();
        }
        let registry = EvilRegistry::https(&authority, move |seen| image.answer(seen));
        let trusting = Arc::new(Client::new(trusting(&registry, &authority)));
        match refusal {
            None => drop(fetch(&trusting).expect(label)),
            Some(part) => assert_says(&fetch(&trusting).expect_err(label), part),
        }
        let error = fetch(&client(&registry)).expect_err("not named");
        let part = match label {
            "old" => "has expired",
            _ => "issuer of its certificate is not known",
        };
        assert_says(&error, part);
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}

#[test]
fn a_self_signed_certificate_vouches_for_no_other() {
    let names = ["-days", "2", "-addext", "subjectAltName=IP:127.0.0.1"];
    let folder = std::env::temp_dir().join(format!("coracle-twins-{}", std::process::id()));
    let shown = Authority::self_signed(&folder.join("shown"), &names);
    let named = Authority::self_signed(&folder.join("named"), &names);
    let image = Image::new(1);
    let registry = EvilRegistry::https(&shown, move |seen| image.answer(seen));
    fetch(&Arc::new(Client::new(trusting(&registry, &named)))).expect_err("another key");
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn s_41_certificates_of_no_use_are_named() {
    let image = Image::new(1);
    let authority = authority("client");
    let registry = EvilRegistry::https(&authority, move |seen| image.answer(seen));
    let file = |name: &str| PemFile {
        path: name.into(),
        text: std::fs::read(authority.folder.join(name)).unwrap_or_default(),
    };
    for (client, part) in [
        (
            (file("server.crt"), file("ca.key")),
            "ca.key: cannot be used",
        ),
        (
            (file("server.crt"), file("ca.crt")),
            "ca.crt: holds no private key",
        ),
        (
            (file("server.key"), file("server.key")),
            "server.key: holds no certificate",
        ),
        (
            (file("missing"), file("server.key")),
            "missing: holds no certificate",
        ),
    ] {
        let mut options = trusting(&registry, &authority);
        options.certificates.client = Some(client);
        let error = fetch(&Arc::new(Client::new(options))).expect_err("refused");
        assert_says(&error, part);
    }
    let mut options = trusting(&registry, &authority);
    options.certificates.client = Some((file("server.crt"), file("server.key")));
    fetch(&Arc::new(Client::new(options))).expect("shown or not, it is let in");
    std::fs::remove_dir_all(&authority.folder).expect("removed");
}

#[test]
fn s_22_wrong_bytes_are_refused() {
    let image = Image::new(1);
    let objects = [&image.config, &image.layers[0]];
    for object in objects {
        let url = format!("/v2/x/blobs/{}", Digest::of(object));
        let more = [object.as_slice(), b"x"].concat();
        let less = object[..object.len() - 1].to_vec();
        for (wrong, chunked, part) in [
            (flipped(object), false, "expected sha256:"),
            (flipped(object), true, "expected sha256:"),
            (more.clone(), false, "bytes, got"),
            (more, true, "bytes, got"),
            (less.clone(), false, "bytes, got"),
            (less, true, "bytes, got"),
        ] {
            let (image, url, wrong) = (image.clone(), url.clone(), wrong.clone());
            let registry = EvilRegistry::http(move |seen| match seen.path == url {
                true => Reply {
                    chunked,
                    ..Reply::new(200, wrong.clone())
                },
                false => image.answer(seen),
            });
            let error = fetch(&client(&registry)).expect_err("refused");
            assert!(matches!(error, Error::Mismatch { .. }), "{error:?}");
            assert_says(&error, part);
        }
    }
}

#[test]
fn s_30_a_digest_pull_gives_that_digest() {
    let image = Image::new(1);
    let wanted = image.digest();
    let registry = EvilRegistry::http(move |_| {
        Reply::new(200, image.manifest_with(r#","annotations":{"a":"b"}"#))
            .header("content-type", OCI_MANIFEST)
            .header("docker-content-digest", wanted.to_string())
    });
    let selector = Selector::Digest(wanted);
    let error = client(&registry).resolve(&selector, &Platform::host());
    assert_says(&error.expect_err("refused"), "expected sha256:");
}

#[test]
fn s_44_a_broken_download_goes_on_where_it_broke() {
    let image = Image::new(1);
    for honours_range in [true, false] {
        let served = image.clone();
        let cuts = AtomicUsize::new(0);
        let registry = EvilRegistry::http(move |seen| {
            let mut reply = served.answer(seen);
            let is_layer = reply.body.len() > 10_000;
            if !honours_range && is_layer {
                reply = Reply::new(200, served.layers[0].clone());
            }
            if is_layer && cuts.fetch_add(1, Ordering::SeqCst) < 2 {
                reply.cut = Some(reply.body.len() / 3);
            }
            reply
        });
        let all = fetch(&client(&registry)).expect("resumed");
        assert_eq!(all[1], image.layers[0]);
        let ranges = registry
            .seen()
            .iter()
            .filter(|s| s.header("range").is_some())
            .count();
        assert_eq!(ranges, 2);
    }
}

#[test]
fn a_download_that_always_breaks_is_given_up() {
    let image = Image::new(1);
    let registry = EvilRegistry::http(move |seen| {
        let mut reply = image.answer(seen);
        if seen.path.contains("/blobs/") && reply.body.len() > 1000 {
            reply.cut = Some(1);
        }
        reply
    });
    let error = fetch(&client(&registry)).expect_err("given up");
    assert_says(&error, "closed the connection early");
    assert!(registry.seen().len() < 10);
}

#[test]
fn s_44_another_range_than_asked_for_is_refused() {
    let image = Image::new(1);
    let registry = EvilRegistry::http(move |seen| {
        let mut reply = image.answer(seen);
        if reply.status == 206 {
            reply.headers = vec![("content-range".into(), "bytes 5-9/10".into())];
        } else if reply.body.len() > 10_000 {
            reply.cut = Some(5000);
        }
        reply
    });
    assert_says(
        &fetch(&client(&registry)).expect_err("refused"),
        "another range",
    );
}

#[test]
fn s_45_silence_is_not_waited_for() {
    let image = Image::new(1);
    let registry = EvilRegistry::http(move |seen| {
        let mut reply = image.answer(seen);
        if reply.body.len() > 10_000 {
            reply.stall = Some(Duration::from_secs(1000));
        }
        reply
    });
    let mut hasty = options(&registry);
    hasty.patience.retries = 0;
    hasty.patience.stall = Duration::from_millis(500);
    let error = fetch(&Arc::new(Client::new(hasty))).expect_err("stalled");
    assert!(matches!(error, Error::Stalled { .. }), "{error:?}");
}

#[test]
fn s_45_a_drip_is_not_waited_for() {
    let image = Image::new(1);
    let registry = EvilRegistry::http(move |seen| {
        let mut reply = image.answer(seen);
        if reply.body.len() > 10_000 {
            reply.drip = Some(Duration::from_millis(20));
        }
        reply
    });
    let mut hasty = options(&registry);
    hasty.patience.retries = 1;
    hasty.patience.pace = Pace {
        bytes: 1 << 20,
        window: Duration::from_secs(1),
    };
    let start = Instant::now();
    let error = fetch(&Arc::new(Client::new(hasty))).expect_err("cut off");
    assert!(matches!(error, Error::Dripping { .. }), "{error:?}");
    assert_says(&error, "bytes in 1 seconds");
    assert!(start.elapsed() > Duration::from_secs(2), "a second try");
}

#[test]
fn passing_failures_are_tried_again_and_others_are_not() {
    for (status, tries, works) in [
        (503, 2, true),
        (429, 2, true),
        (500, 3, false),
        (400, 1, false),
    ] {
        let image = Image::new(1);
        let count = AtomicUsize::new(0);
        let registry = EvilRegistry::http(move |seen| {
            let number = count.fetch_add(1, Ordering::SeqCst);
            if seen.path.contains("manifests") && (!works || number == 0) {
                return Reply::error(status, "X", "not \\u001b[31mnow").header("retry-after", "0");
            }
            image.answer(seen)
        });
        let resolved = client(&registry).resolve(&tag(), &Platform::host());
        assert_eq!(resolved.is_ok(), works, "{status}");
        assert_eq!(registry.seen().len(), tries, "{status}");
        if let Err(error) = resolved {
            assert_says(&error, &format!("answered {status} (not \\x1b[31mnow)"));
        }
    }
}

#[test]
fn what_is_not_there_is_said_once() {
    let image = Image::new(1);
    let registry = EvilRegistry::http(move |seen| image.answer(seen));
    let selector = Selector::Tag("2".into());
    let error = client(&registry).resolve(&selector, &Platform::host());
    let error = error.expect_err("no such tag");
    assert_eq!(
        error.to_string(),
        "manifest 2: not found (manifest unknown)"
    );
    assert_eq!(registry.seen().len(), 1);
}

#[test]
fn a_dead_registry_is_named() {
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.local_addr().expect("bound").port()
    };
    let image = Image::new(1);
    let mut options = options(&EvilRegistry::http(move |seen| image.answer(seen)));
    options.source.registry = format!("127.0.0.1:{port}");
    for insecure in [true, false] {
        options.source.insecure = insecure;
        let error = fetch(&Arc::new(Client::new(options.clone()))).expect_err("nobody there");
        let expected = format!("cannot reach 127.0.0.1:{port}: connection refused");
        assert_eq!(error.to_string(), expected);
    }
}

fn basic(seen: &Seen) -> bool {
    // user:secret
    seen.header("authorization") == Some("Basic dXNlcjpzZWNyZXQ=")
}

#[test]
fn basic_credentials_are_given_when_asked() {
    let image = Image::new(1);
    let registry = EvilRegistry::http(move |seen| {
        if basic(seen) {
            return image.answer(seen);
        }
        Reply::error(401, "UNAUTHORIZED", "authentication required")
            .header("www-authenticate", "Basic realm=\"x\"")
    });
    fetch(&Arc::new(Client::new(with_password(&registry)))).expect("let in");
    let first = registry.seen().remove(0);
    assert_eq!(
        first.header("authorization"),
        None,
        "not before it is asked for"
    );
    let error = fetch(&client(&registry)).expect_err("kept out");
    assert_says(
        &error,
        "wants a user name and password (authentication required)",
    );
    let wrong = Options {
        credentials: Some(Credentials::Password {
            user: "user".into(),
            password: "wrong".into(),
        }),
        ..options(&registry)
    };
    let error = fetch(&Arc::new(Client::new(wrong))).expect_err("kept out");
    assert!(matches!(
        error,
        Error::Unauthorized {
            had_credentials: true,
            ..
        }
    ));
    assert!(!error.to_string().contains("wrong"));
}

/// A registry that wants a token from `realm`, and takes `tok`.
fn wants_token(image: Image, realm: String) -> impl Fn(&Seen) -> Reply + Send + Sync {
    move |seen| {
        if seen.path.starts_with("/token") {
            return Reply::new(200, r#"{"token":"tok","expires_in":60}"#);
        }
        if seen.header("authorization") == Some("Bearer tok") {
            return image.answer(seen);
        }
        let challenge =
            format!("Bearer realm=\"{realm}\",service=\"s\",scope=\"repository:other:push\"");
        Reply::error(401, "UNAUTHORIZED", "token please").header("www-authenticate", challenge)
    }
}

#[test]
fn a_token_is_fetched_for_our_own_scope() {
    let image = Image::new(1);
    let tokens = EvilRegistry::http(wants_token(image.clone(), String::new()));
    let registry = EvilRegistry::http(wants_token(image, tokens.url("/token")));
    fetch(&Arc::new(Client::new(with_password(&registry)))).expect("let in");
    let asked = tokens.seen();
    assert_eq!(asked.len(), 1, "one token for all requests");
    let query = "/token?scope=repository%3Ax%3Apull&service=s&account=user";
    assert_eq!(asked[0].path, query);
    assert!(basic(&asked[0]));
    assert!(registry.seen().iter().all(|seen| !basic(seen)));
}

#[test]
fn an_identity_token_is_posted() {
    let image = Image::new(1);
    let tokens = EvilRegistry::http(wants_token(image.clone(), String::new()));
    let registry = EvilRegistry::http(wants_token(image, tokens.url("/token")));
    let mut options = options(&registry);
    options.credentials = Some(Credentials::IdentityToken("re fresh".into()));
    fetch(&Arc::new(Client::new(options))).expect("let in");
    let asked = tokens.seen().remove(0);
    assert_eq!(
        (asked.method.as_str(), asked.path.as_str()),
        ("POST", "/token")
    );
    let form = String::from_utf8(asked.body).expect("text");
    assert!(form.contains("grant_type=refresh_token"), "{form}");
    assert!(form.contains("refresh_token=re%20fresh"), "{form}");
}

#[test]
fn an_expired_token_is_renewed() {
    let image = Image::new(2);
    let spent = AtomicUsize::new(0);
    let registry = EvilRegistry::http(move |seen| {
        let host = seen.header("host").expect("sent").to_owned();
        if seen.path.starts_with("/token") {
            let number = spent.load(Ordering::SeqCst);
            return Reply::new(200, format!(r#"{{"token":"t{number}"}}"#));
        }
        let current = format!("Bearer t{}", spent.load(Ordering::SeqCst));
        if seen.header("authorization") == Some(&current) {
            if seen.path.contains("blobs") {
                spent.fetch_add(1, Ordering::SeqCst);
            }
            return image.answer(seen);
        }
        let challenge = format!("Bearer realm=\"http://{host}/token\"");
        Reply::new(401, "").header("www-authenticate", challenge)
    });
    fetch(&client(&registry)).expect("renewed each time");
}

#[test]
fn s_39_token_servers_that_smell_are_not_asked() {
    let image = Image::new(1);
    let authority = authority("realm");
    let elsewhere = EvilRegistry::http(wants_token(image.clone(), String::new()));
    let plain = elsewhere.url("/token");
    let other_host = plain.replace("127.0.0.1", "127.0.0.2");
    for (https, realm, part) in [
        (false, other_host.as_str(), "not sent there"),
        (false, "https://evil.example/token", "not sent there"),
        (true, plain.as_str(), "not https"),
        (false, "file:///etc/passwd", "neither https nor http"),
        (false, "http://user:pw@127.0.0.1/", "carries a user name"),
        (false, "/token", "no scheme"),
        (false, "http://169.254.169.254/latest", "not sent there"),
    ] {
        let answer = wants_token(image.clone(), realm.to_owned());
        let registry = if https {
            EvilRegistry::https(&authority, answer)
        } else {
            EvilRegistry::http(answer)
        };
        let options = Options {
            credentials: with_password(&registry).credentials,
            ..trusting(&registry, &authority)
        };
        let error = fetch(&Arc::new(Client::new(options))).expect_err(realm);
        assert!(matches!(error, Error::Realm { .. }), "{error:?}");
        assert_says(&error, part);
    }
    assert_eq!(elsewhere.connections(), 0);
    // Without a secret to lose, the clouds' own addresses are still out of reach.
    let metadata = "http://169.254.169.254/latest";
    let registry = EvilRegistry::http(wants_token(image, metadata.to_owned()));
    let error = fetch(&client(&registry)).expect_err("out of reach");
    assert_says(&error, "169.254.169.254 is not asked");
    std::fs::remove_dir_all(&authority.folder).expect("removed");
}

#[test]
fn s_39_a_realm_that_redirects_gets_the_secret_nowhere_else() {
    let image = Image::new(1);
    let thief = EvilRegistry::http(wants_token(image.clone(), String::new()));
    let target = thief.url("/token");
    let answer = {
        let target = target.clone();
        let registry_answer = wants_token(image, "REALM".into());
        move |seen: &Seen| {
            if seen.path.starts_with("/realm") {
                return Reply::redirect(307, &target);
            }
            let mut reply = registry_answer(seen);
            let host = seen.header("host").expect("sent").to_owned();
            for (_, value) in &mut reply.headers {
                *value = value.replace("REALM", &format!("http://{host}/realm"));
            }
            reply
        }
    };
    let registry = EvilRegistry::http(answer);
    let _ = fetch(&Arc::new(Client::new(with_password(&registry))));
    assert!(!thief.seen().is_empty());
    thief.assert_no_secrets();
    // A form holds the secret itself and goes nowhere.
    let mut options = options(&registry);
    options.credentials = Some(Credentials::IdentityToken("t".into()));
    let before = thief.seen().len();
    let error = fetch(&Arc::new(Client::new(options))).expect_err("not sent");
    assert!(matches!(error, Error::Redirect { .. }), "{error:?}");
    assert_eq!(thief.seen().len(), before);
}

#[test]
fn s_38_secrets_do_not_follow_redirects() {
    for status in [301, 302, 303, 307, 308] {
        let image = Image::new(1);
        let served = image.clone();
        let storage = EvilRegistry::http(move |seen| served.answer(seen));
        let target = storage.url("");
        let registry = EvilRegistry::http(move |seen| {
            if !basic(seen) {
                return Reply::new(401, "").header("www-authenticate", "Basic realm=\"x\"");
            }
            if seen.path.contains("/blobs/") {
                return Reply::redirect(status, format!("{target}{}?signed=1", seen.path));
            }
            image.answer(seen)
        });
        fetch(&Arc::new(Client::new(with_password(&registry)))).expect("fetched elsewhere");
        assert!(!storage.seen().is_empty());
        storage.assert_no_secrets();
    }
}

#[test]
fn s_39_a_host_we_were_redirected_to_does_not_ask_who_we_are() {
    for realm_is_ours in [false, true] {
        let own = std::sync::OnceLock::new();
        let own = Arc::new(own);
        let realm = own.clone();
        let thief = EvilRegistry::http(move |seen: &Seen| {
            let realm: &String = realm.get().expect("set before it is asked");
            wants_token(Image::new(1), realm.clone())(seen)
        });
        let target = thief.url("");
        let registry =
            EvilRegistry::http(move |seen| Reply::redirect(307, format!("{target}{}", seen.path)));
        let place = if realm_is_ours { &registry } else { &thief };
        own.set(place.url("/token")).expect("set once");
        let error = fetch(&Arc::new(Client::new(with_password(&registry))));
        assert_says(&error.expect_err("not answered"), "the registry's alone");
        thief.assert_no_secrets();
        assert!(!thief.seen().is_empty());
        assert!(registry.seen().iter().all(|seen| !basic(seen)));
    }
}

#[test]
fn s_38_redirects_that_smell_are_not_followed() {
    let authority = authority("redirect");
    let image = Image::new(1);
    let plain = {
        let image = image.clone();
        EvilRegistry::http(move |seen| image.answer(seen))
    };
    for (location, part) in [
        (plain.url("/v2/x/blobs/y"), "from https to http"),
        ("ftp://127.0.0.1/".to_owned(), "neither https nor http"),
        ("https://u:p@127.0.0.1/".to_owned(), "carries a user name"),
        ("//u@127.0.0.1/".to_owned(), "carries a user name"),
        (String::new(), "no address"),
        (
            "https://169.254.169.254/".to_owned(),
            "169.254.169.254 is not asked",
        ),
        ("?again".to_owned(), "more than 10 redirects"),
    ] {
        let image = image.clone();
        let registry =
            EvilRegistry::https(&authority, move |seen| match seen.path.contains("blobs") {
                true => Reply::redirect(302, location.clone()),
                false => image.answer(seen),
            });
        let error = fetch(&Arc::new(Client::new(trusting(&registry, &authority))));
        assert_says(&error.expect_err(part), part);
    }
    assert_eq!(plain.connections(), 0);
    std::fs::remove_dir_all(&authority.folder).expect("removed");
}

#[test]
fn s_27_documents_without_end_are_cut_off() {
    let endless = |_: &Seen| Reply {
        endless: true,
        ..Reply::new(200, vec![b' '; 64 << 10])
    };
    let registry = EvilRegistry::http(endless);
    let error = fetch(&client(&registry)).expect_err("too large");
    assert!(matches!(error, Error::TooLarge { .. }), "{error:?}");
    let registry = EvilRegistry::http(|_| Reply {
        length: Some(5 << 30),
        ..Reply::new(200, "{")
    });
    let error = fetch(&client(&registry)).expect_err("too large");
    assert_says(&error, "larger than 4194304 bytes");
}

#[test]
fn s_25_documents_of_two_kinds_are_refused() {
    let image = Image::new(1);
    let both = image.manifest_with(r#","manifests":[]"#);
    for (body, content_type, part) in [
        (both, OCI_MANIFEST, "fields of an index"),
        (image.manifest.clone(), OCI_INDEX, "was sent as"),
        (b"[]".to_vec(), OCI_MANIFEST, "manifest sha256:"),
        (b"{}{}".to_vec(), OCI_MANIFEST, "not valid"),
        (
            br#"{"schemaVersion":1}"#.to_vec(),
            "application/json",
            "schema 1",
        ),
    ] {
        let content_type = content_type.to_owned();
        let registry = EvilRegistry::http(move |_| {
            Reply::new(200, body.clone()).header("content-type", content_type.clone())
        });
        let error = fetch(&client(&registry)).expect_err(part);
        assert!(matches!(error, Error::Document { .. }), "{error:?}");
        assert_says(&error, part);
    }
}

/// Serves documents by digest, the first one as the tag.
fn documents(all: Vec<Vec<u8>>) -> EvilRegistry {
    EvilRegistry::http(move |seen| {
        let wanted = seen.path.rsplit('/').next().unwrap_or_default().to_owned();
        let found = all.iter().enumerate().find(|(at, text)| {
            wanted == Digest::of(text).to_string() || (*at == 0 && wanted == "1")
        });
        match found {
            Some((_, text)) => {
                let is_index = String::from_utf8_lossy(text).contains("\"manifests\"");
                let kind = if is_index { OCI_INDEX } else { OCI_MANIFEST };
                Reply::new(200, text.clone()).header("content-type", kind)
            }
            None => Reply::error(404, "MANIFEST_UNKNOWN", "manifest unknown"),
        }
    })
}

fn index_of(entries: &[String]) -> Vec<u8> {
    let entries = entries.join(",");
    format!(r#"{{"schemaVersion":2,"manifests":[{entries}]}}"#).into_bytes()
}

fn for_platform(entry: &str, platform: &str) -> String {
    let (os, architecture) = platform.split_once('/').expect("os/arch");
    let platform = format!(r#","platform":{{"os":"{os}","architecture":"{architecture}"}}}}"#);
    format!("{}{platform}", entry.trim_end_matches('}'))
}

#[test]
fn an_index_leads_to_the_platform() {
    let image = Image::new(1);
    let entry = descriptor(OCI_MANIFEST, &image.manifest);
    let arm = for_platform(&entry, "linux/arm64");
    let index = index_of(&[arm.clone(), for_platform(&entry, "linux/s390x")]);
    let nested = index_of(&[descriptor(OCI_INDEX, &index)]);
    let registry = documents(vec![nested.clone(), index, image.manifest.clone()]);
    let arm = Platform::parse("linux/arm64").expect("a platform");
    let resolved = client(&registry).resolve(&tag(), &arm).expect("found");
    assert_eq!(resolved.digest, image.digest());
    assert_eq!(resolved.named, Digest::of(&nested));
    let missing = Platform::parse("linux/riscv64").expect("a platform");
    let error = client(&registry)
        .resolve(&tag(), &missing)
        .expect_err("none");
    let expected = "the image has nothing for linux/riscv64, only for linux/arm64, linux/s390x";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn s_26_indexes_do_not_go_on_for_ever() {
    let mut chain = vec![index_of(&[])];
    for _ in 0..6 {
        let inner = descriptor(OCI_INDEX, chain.last().expect("not empty"));
        chain.push(index_of(&[inner]));
    }
    chain.reverse();
    let registry = documents(chain);
    let error = client(&registry).resolve(&tag(), &Platform::host());
    assert_says(&error.expect_err("too deep"), "inside more than 3 others");
    assert!(registry.seen().len() < 6);
    // The same entry ten times is looked at once.
    let leaf = index_of(&[]);
    let entries = vec![descriptor(OCI_INDEX, &leaf); 10];
    let registry = documents(vec![index_of(&entries), leaf]);
    let error = client(&registry).resolve(&tag(), &Platform::host());
    assert!(matches!(error, Err(Error::NoPlatform { .. })));
    assert_eq!(registry.seen().len(), 2);
}

#[test]
fn s_29_foreign_layers_are_not_fetched_from_their_urls() {
    let image = Image::new(1);
    let elsewhere = EvilRegistry::http(|_| Reply::new(200, ""));
    let url = elsewhere.url("/layer");
    let text = String::from_utf8(image.manifest.clone()).expect("JSON");
    let digest = Digest::of(&image.layers[0]);
    let with_url = text.replace(
        &format!(r#""digest":"{digest}""#),
        &format!(r#""urls":["{url}"],"digest":"{digest}""#),
    );
    let registry = EvilRegistry::http(move |seen| {
        if seen.path.ends_with(&digest.to_string()) {
            return Reply::error(404, "BLOB_UNKNOWN", "blob unknown");
        }
        if seen.path.contains("manifests") {
            return Reply::new(200, with_url.clone()).header("content-type", OCI_MANIFEST);
        }
        image.answer(seen)
    });
    assert_says(
        &fetch(&client(&registry)).expect_err("refused"),
        "outside the registry",
    );
    assert_eq!(elsewhere.connections(), 0);
}
