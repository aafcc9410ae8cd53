//! What no option's help can say: examples, exit codes, files, notes.
//!
//! Lines that begin with four spaces are printed as they stand.

/// Of every command's page.
pub const SHARED: &[(&str, &str, &str)] = &[(
    "",
    "SEE ALSO",
    "coracle(1) for the global options and the exit codes",
)];

/// A command, a heading, its text.
pub const SECTIONS: &[(&str, &str, &str)] = &[
    (
        "",
        "DESCRIPTION",
        "Coracle runs containers without a daemon and without privileges. Its command line is \
         Podman's: what Podman has and Coracle does not have yet is refused by name.",
    ),
    (
        "",
        "EXIT STATUS",
        "125 means that Coracle itself failed, wrong usage included. 126: the command in the \
         container cannot be run. 127: it was not found. Any other code of run, start --attach, \
         attach and exec is the command's own; 128+n says that signal n ended it.\n\n\
         rm and rmi end with 1 when an object does not exist and with 2 when it is used. \
         exists ends with 1 when there is no such object.",
    ),
    (
        "",
        "ENVIRONMENT",
        "XDG_DATA_HOME, HOME: where the store is unless --root says it.\n\n\
         CORACLE_LOG: what is logged unless --log-level says it.\n\n\
         REGISTRY_AUTH_FILE, CONTAINERS_CONF, CONTAINERS_REGISTRIES_CONF, \
         CONTAINERS_STORAGE_CONF: as Podman reads them.\n\n\
         CONTAINER_HOST: refused, there is no remote engine.",
    ),
    (
        "",
        "ADDITIONAL IMAGE STORES",
        "Images are also looked for in other stores of Coracle's own format, on a shared or network \
         file system too: additionalimagestores in storage.conf, or --storage-opt \
         additionalimagestore=PATH (overlay.imagestore, as Podman writes it). They are only read: \
         images shows them with ReadOnly true, rmi refuses them, run uses their layers where they \
         are, a pull does not download what is there, and tag makes a record in one's own store. \
         An image that is removed there is missing at the next start of its containers here. Stores \
         of Podman are not read.\n\n\
         A store that others than its maker are to read is made with force_mask = \"shared\" in \
         storage.conf or:\n\n    \
         $ coracle --root /shared/store --storage-opt overlay.force_mask=shared pull debian\n    \
         $ coracle --storage-opt additionalimagestore=/shared/store run --rm debian id\n\n\
         What it is made with it stays. Its files all belong to the maker and have mode 0755; the \
         image's owners and modes are noted beside them (user.fuseoverlayfs.override_stat). From Linux \
         6.16 on the kernel shows them so, from a tree of metadata in one's own store, made once per \
         image; else, or where overlay.mount_program asks for it, fuse-overlayfs does (1.14 or newer: \
         older ones forget the owner of a directory that a container writes to). Links and FIFOs \
         cannot have such a note: they are root's, or with fuse-overlayfs the maker's.",
    ),
    (
        "",
        "EXAMPLES",
        "Run the embedded image, without network and registry:\n\n    $ coracle run hello\n\n\
         Run a shell, and forget the container afterwards:\n\n    $ coracle run --rm -it debian",
    ),
    (
        "runtime",
        "DESCRIPTION",
        "Makes containers from bundles (config.json and a root file system) by the OCI runtime \
         specification 1.3: exactly what the spec says, with no user namespace unless it asks for \
         one. What the spec allows and is not done here is refused by its name. Nothing of it is \
         in Coracle's store; containers are kept below --root, which is \
         /run/coracle-runtime for root, else XDG_RUNTIME_DIR/coracle-runtime.\n\n\
         Other engines want a runtime that is one executable: under the name coracle-runtime (a \
         link) this program takes the words after coracle runtime at once.\n\n    \
         $ ln -s $(command -v coracle) ~/bin/coracle-runtime\n    \
         $ podman --runtime ~/bin/coracle-runtime run --rm debian id",
    ),
    (
        "runtime",
        "EXIT STATUS",
        "1 for every failure, which is also written to --log. run and exec in the foreground end \
         with the process's own code, 128+n when signal n ended it.",
    ),
    (
        "runtime",
        "EXAMPLES",
        "A container of one's own, as an ordinary user:\n\n    \
         $ mkdir -p b/rootfs && cd b && coracle runtime spec --rootless\n    \
         $ cp /bin/busybox rootfs/sh && coracle runtime run mine",
    ),
    (
        "run",
        "EXAMPLES",
        "A web server in the background, reachable at port 8080:\n\n    \
         $ coracle run -d --name web -p 8080:80 docker.io/library/nginx\n\n\
         A command that sees the current directory:\n\n    \
         $ coracle run --rm -v .:/src -w /src debian make\n\n\
         A read-only container without network and without any capability:\n\n    \
         $ coracle run --rm --read-only --network none --cap-drop all debian id",
    ),
    (
        "run",
        "PUBLISHED PORTS",
        "--publish takes [[IP:][HOST]:]CONTAINER[/PROTOCOL]. HOST and CONTAINER may be ranges of \
         one length. Without HOST a free port is chosen. An IPv6 address stands in brackets.\n\n    \
         -p 8080:80\n    -p 127.0.0.1:8080:80/tcp\n    -p [::1]:8080:80\n    \
         -p 127.0.0.1::80\n    -p 8000-8009:9000-9009/udp",
    ),
    (
        "run",
        "VOLUMES",
        "--volume takes [SOURCE:]TARGET[:OPTIONS]. A SOURCE with a slash or a dot in front is a \
         path of the host, any other the name of a volume, made on first use. Options: ro, rw, \
         exec, noexec, suid, nosuid, dev, nodev, bind, rbind, copy, nocopy, z, Z, and the \
         propagations private, shared, slave and their recursive forms.\n\n\
         --mount takes fields: type=bind, glob (one bind mount for each file of a pattern), \
         volume, tmpfs, ramfs, image or devpts; src, dst, ro, U; of a bind mount also \
         bind-propagation, bind-nonrecursive, no-dereference (a link becomes a link), relabel; of \
         a volume subpath, nocopy; of a tmpfs tmpfs-size, tmpfs-mode, notmpcopyup; of an image \
         rw, subpath.\n\n\
         What containers.conf names under mounts and volumes is there in every container, where \
         the command line puts nothing.",
    ),
    (
        "create",
        "EXAMPLES",
        "    $ coracle create --name web -p 8080:80 docker.io/library/nginx\n    \
         $ coracle start web",
    ),
    (
        "exec",
        "EXAMPLES",
        "    $ coracle exec web cat /etc/hostname\n    $ coracle exec -it -u 0 web sh",
    ),
    (
        "ps",
        "FORMAT",
        "Templates are Go's, run for each container. Fields: AutoRemove, Command, CreatedAt, \
         CreatedHuman, ExitCode, Exited, ExitedAt, ExposedPorts, ID, Image, ImageID, Labels, \
         Mounts, Names, Networks, Pid, Ports, Restarts, RunningFor, StartedAt, State, Status, and \
         Label with a name. Functions: json, join, split, upper, lower, title, pad, truncate.\n\n    \
         $ coracle ps --format '{{.Names}}: {{.Status}}'\n    \
         $ coracle ps -a --format 'table {{.ID}} {{.Label \"role\"}}'",
    ),
    (
        "ps",
        "FILTERS",
        "id, name (regular expressions), label, label!, status, exited, ancestor, before, since, \
         until, volume, network, restart-policy, command, health, pod.\n\n    \
         $ coracle ps -a --filter status=exited --filter label=role=web",
    ),
    (
        "run",
        "PRIVILEGED",
        "--privileged gives a container what its user could give it, and nothing of root's: every \
         capability within the container's own user namespace, no seccomp filter, no masked and \
         no read-only paths in /proc and /sys, the device nodes of the host but its terminals, under their names, \
         and /run/.containerenv tells who it is. Files, devices and processes of the host stay \
         what they are for the user: a node that the user may not open cannot be opened inside. \
         Mounts that were made for the container stay locked. When the container's root would be \
         root of the host, --privileged is refused.",
    ),
    (
        "images",
        "FORMAT",
        "Fields: Arch, Created, CreatedAt, CreatedSince, CreatedTime, Dangling, Digest, History, \
         ID, Labels, Names, Os, RepoDigests, RepoTags, Repository, Size, Tag, VirtualSize.",
    ),
    (
        "images",
        "FILTERS",
        "reference (with * and ?), dangling, label, label!, id, digest, before, since, until, \
         containers.",
    ),
    (
        "inspect",
        "EXAMPLES",
        "    $ coracle inspect --format '{{.State.Pid}}' web\n    \
         $ coracle inspect --type image debian",
    ),
    (
        "build",
        "STEPS",
        "A RUN is a container as run makes one: the same confinement, the same network. COPY and ADD \
         never leave the context: links and .. end at its top. Stages that nothing needs are not \
         built.",
    ),
    (
        "build",
        "CACHE",
        "What a step gave is kept in the store under everything it was made from: the step before, \
         the instruction with its variables replaced, content and modes of what is copied (not its \
         times), the options that RUN steps see. A build that was interrupted goes on where it was. \
         image prune and builder prune throw the cache away; what RUN --mount=type=cache keeps goes \
         with builder prune only.",
    ),
    (
        "build",
        "REPRODUCIBLE IMAGES",
        "With --source-date-epoch, or SOURCE_DATE_EPOCH set, the same inputs give the same image ID \
         and the same bytes of every layer.",
    ),
    (
        "build",
        "SECRETS",
        "A secret is in no layer, no history and no cache. Build arguments are: they stand in the \
         history of the image.\n\n    \
         $ coracle build --secret id=token,src=token.txt .\n\n    \
         RUN --mount=type=secret,id=token curl -H @/run/secrets/token …",
    ),
    (
        "build",
        "EXIT STATUS",
        "Where a RUN fails its own code; 125 for everything else.",
    ),
    (
        "build",
        "EXAMPLES",
        "    $ coracle build -t web .\n    $ coracle build -f - . <Containerfile\n    \
         $ tar -c . | coracle build -t web -",
    ),
    (
        "commit",
        "CONFIGURATION",
        "Here the global --config may name a file: a JSON document of the form that images have as \
         \"config\" (Env, Cmd, Labels, …), which is merged into the image's before --change. At \
         most 4 MiB.",
    ),
    (
        "logs",
        "EXAMPLES",
        "    $ coracle logs --follow --tail 10 web\n    $ coracle logs --since 10m -t web",
    ),
    (
        "logs",
        "NOTES",
        "On a terminal, output of a container made without --tty shows control characters in \
         writing; text and colour pass. A pipe gets every byte.",
    ),
    (
        "pull",
        "EXAMPLES",
        "    $ coracle pull debian\n    \
         $ coracle pull --creds user:secret registry.example.com/app:1",
    ),
    (
        "save",
        "EXAMPLES",
        "    $ coracle save -o debian.tar debian\n    \
         $ coracle save --format oci-archive debian | coracle --root /elsewhere load",
    ),
    ("load", "EXAMPLES", "    $ coracle load -i debian.tar"),
    (
        "push",
        "EXAMPLES",
        "    $ coracle push web registry.example.org/me/web:1\n    \
         $ coracle push web oci-archive:web.tar:web",
    ),
    (
        "image scp",
        "EXAMPLES",
        "    $ coracle image scp web sailor@harbour.example.org::\n    \
         $ coracle image scp harbour::web web:copy",
    ),
    (
        "image scp",
        "NOTES",
        "The images go through ssh(1), from save into load; the other machine needs Coracle in \
         the PATH of a command given to ssh, and nothing that runs. HOST is what ssh calls it. \
         Between accounts of one machine Podman uses sudo; here it is a pipe:\n\n    \
         $ coracle save web | sudo -i -u sailor coracle load",
    ),
    (
        "import",
        "EXAMPLES",
        "    $ coracle export web | coracle import -c CMD=/bin/sh - web:flat",
    ),
    (
        "rm",
        "EXIT STATUS",
        "1 when a container does not exist, 2 when one runs and --force is not given.",
    ),
    (
        "rmi",
        "EXIT STATUS",
        "1 when an image does not exist, 2 when a container uses one and --force is not given.",
    ),
    (
        "container exists",
        "EXIT STATUS",
        "0 when there is such a container, 1 when there is none, 125 when that cannot be said.",
    ),
    (
        "image exists",
        "EXIT STATUS",
        "0 when there is such an image, 1 when there is none, 125 when that cannot be said.",
    ),
    (
        "attach",
        "NOTES",
        "The keys ctrl-p,ctrl-q leave the container running; --detach-keys chooses others.",
    ),
    (
        "wait",
        "EXAMPLES",
        "    $ coracle wait web\n    $ coracle wait --condition running web",
    ),
    (
        "stop",
        "EXAMPLES",
        "    $ coracle stop -t 5 web\n    $ coracle stop --all",
    ),
    ("kill", "EXAMPLES", "    $ coracle kill --signal HUP web"),
    (
        "info",
        "NOTES",
        "The host's hints name what this machine lacks and the command that mends it.",
    ),
];
