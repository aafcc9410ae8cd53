# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_coracle_global_optspecs
    string join \n v/version root= runroot= tmpdir= storage-driver= storage-opt= log-level= D/debug runtime= runtime-flag= cgroup-manager= events-backend= cdi-spec-dir= default-mounts-file= config= out= noout h/help
end

function __fish_coracle_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_coracle_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_coracle_using_subcommand
    set -l cmd (__fish_coracle_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c coracle -n "__fish_coracle_needs_command" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_needs_command" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_needs_command" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_needs_command" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_needs_command" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_needs_command" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_needs_command" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_needs_command" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_needs_command" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_needs_command" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_needs_command" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_needs_command" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_needs_command" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_needs_command" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_needs_command" -s v -l version -d 'Print version'
complete -c coracle -n "__fish_coracle_needs_command" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_needs_command" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_needs_command" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "artifact" -d 'Commands about artifacts: files kept in registries like images'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "attach" -d 'Join the streams of a running container'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "build" -d 'Build an image from a Containerfile'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "builder" -d 'Commands about builds'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "buildx" -d 'Commands about builds, by Docker\'s other name for them'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "commit" -d 'Make an image of a container'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "container" -d 'Commands about containers'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "completion" -d 'Print the script by which a shell completes commands and options'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "cp" -d 'Copy files between a container and the host, or between containers'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "create" -d 'Create a container without starting it'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "events" -d 'Show what happens to containers, images and volumes'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "diff" -d 'Show what a container or an image changes in what it is made from'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "exec" -d 'Run one more process in a running container'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "healthcheck" -d 'Commands about health checks'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "export" -d 'Write the tree of a container as a tar'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "history" -d 'Show the steps of an image\'s making'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "generate" -d 'Commands that write down what there is'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "image" -d 'Commands about images'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "images" -d 'List images'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "import" -d 'Make an image of a tar of a whole tree'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "info" -d 'Show what this machine offers to containers'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "init" -d 'Prepare containers completely, so that the next start has only to let go'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "inspect" -d 'Show everything known about containers and images'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "kill" -d 'Send a signal to running containers'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "load" -d 'Bring images from an archive'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "login" -d 'Log into a registry'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "logout" -d 'Log out of a registry'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "logs" -d 'Print what containers wrote'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "manifest" -d 'Commands about lists of images for several platforms'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "network" -d 'Commands about networks'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "port" -d 'List the ports of the host that lead to a container'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "pause" -d 'Stop the processes of running containers where they are'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "ps" -d 'List containers'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "pull" -d 'Bring images from a registry, or from files'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "push" -d 'Send an image to a registry, or into files'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "rename" -d 'Give a container another name'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "restart" -d 'Stop containers and start them again; those that do not run are started'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "rm" -d 'Remove containers'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "rmi" -d 'Remove images'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "run" -d 'Run a command in a new container'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "runtime" -d 'Run bundles as an OCI runtime does, for other engines'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "save" -d 'Put images into an archive'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "search" -d 'Find repositories in registries'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "start" -d 'Start containers that were created or have ended'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "secret" -d 'Commands about secrets'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "stats" -d 'Show what running containers use'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "stop" -d 'Stop running containers: their stop signal, then SIGKILL'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "system" -d 'Commands about the whole'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "tag" -d 'Give an image further names'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "unpause" -d 'Let paused containers go on'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "top" -d 'Show the processes of a container'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "untag" -d 'Take names away from an image'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "update" -d 'Change the limits of a container, running or not'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "version" -d 'Show the version'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "volume" -d 'Commands about volumes'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "wait" -d 'Wait for containers to end and print their exit codes'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "mount" -d 'Mount the trees of containers, inside of unshare'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "umount" -d 'Unmount the trees of containers, inside of unshare'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "unmount" -d 'Unmount the trees of containers, inside of unshare'
complete -c coracle -n "__fish_coracle_needs_command" -f -a "unshare" -d 'Run a command in your user namespace, as its root'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -f -a "add" -d 'Keep files as an artifact'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -f -a "extract" -d 'Write the files of an artifact into a directory'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -f -a "inspect" -d 'Show everything known about an artifact'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -f -a "ls" -d 'List artifacts'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -f -a "list" -d 'List artifacts'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -f -a "pull" -d 'Bring an artifact from a registry'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -f -a "push" -d 'Send an artifact to a registry'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -f -a "rm" -d 'Remove artifacts'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and not __fish_seen_subcommand_from add extract inspect ls list pull push rm remove" -f -a "remove" -d 'Remove artifacts'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from add" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from add" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from add" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from add" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from add" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from add" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from add" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from add" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from add" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from add" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from add" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from add" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from add" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from add" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from add" -l annotation -d 'Annotate the files (KEY=VALUE)' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from add" -l file-type -d 'Give the files this media type, instead of looking at them' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from add" -l type -d 'Give the artifact this type' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from add" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from add" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from add" -s a -l append -d 'Add the files to an artifact that exists'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from add" -l replace -d 'Replace an artifact of this name'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from extract" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from extract" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from extract" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from extract" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from extract" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from extract" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from extract" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from extract" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from extract" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from extract" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from extract" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from extract" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from extract" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from extract" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from extract" -l digest -d 'Only the file with this digest' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from extract" -l title -d 'Only the file with this title' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from extract" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from extract" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from extract" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from inspect" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from inspect" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from inspect" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from inspect" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from inspect" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from inspect" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from inspect" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from inspect" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from inspect" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from inspect" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from inspect" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from inspect" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from inspect" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from inspect" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from inspect" -s f -l format -d 'Print json or a Go template' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from inspect" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from inspect" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from inspect" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from ls" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from ls" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from ls" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from ls" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from ls" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from ls" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from ls" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from ls" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from ls" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from ls" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from ls" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from ls" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from ls" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from ls" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from ls" -l format -d 'Print json, a Go template, or a table of one ("table …")' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from ls" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from ls" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from ls" -l no-trunc -d 'Shorten nothing'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from ls" -s n -l noheading -d 'Print no heading'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from list" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from list" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from list" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from list" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from list" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from list" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from list" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from list" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from list" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from list" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from list" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from list" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from list" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from list" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from list" -l format -d 'Print json, a Go template, or a table of one ("table …")' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from list" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from list" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from list" -l no-trunc -d 'Shorten nothing'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from list" -s n -l noheading -d 'Print no heading'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from pull" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from pull" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from pull" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from pull" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from pull" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from pull" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from pull" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from pull" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from pull" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from pull" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from pull" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from pull" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from pull" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from pull" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from pull" -l authfile -d 'Read registry credentials from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from pull" -l cert-dir -d 'Trust the certificates in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from pull" -l creds -d 'Use these credentials' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from pull" -l retry -d 'Try again so many times' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from pull" -l retry-delay -d 'Wait so long between two tries' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from pull" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from pull" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from pull" -l tls-verify -d 'Require https and a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from pull" -s q -l quiet -d 'Show no progress'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from pull" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l authfile -d 'Read registry credentials from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l cert-dir -d 'Trust the certificates in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l creds -d 'Use these credentials' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l digestfile -d 'Write the digest of the manifest to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l retry -d 'Try again so many times' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l retry-delay -d 'Wait so long between two tries' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l sign-by -d 'Sign with this key of GPG\'s keyring; the signature goes where registries.d says' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l sign-by-sigstore -d 'Sign as this file of sigstore parameters says' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l sign-by-sigstore-private-key -d 'Sign with this private key; the signature lies beside the image in the registry' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l sign-passphrase-file -d 'Read the key\'s passphrase from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -l tls-verify -d 'Require https and a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -s q -l quiet -d 'Show no progress'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from push" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from rm" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from rm" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from rm" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from rm" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from rm" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from rm" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from rm" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from rm" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from rm" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from rm" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from rm" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from rm" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from rm" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from rm" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from rm" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from rm" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from rm" -s a -l all -d 'Remove all artifacts'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from rm" -s i -l ignore -d 'Do not complain about an artifact that does not exist'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from remove" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from remove" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from remove" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from remove" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from remove" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from remove" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from remove" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from remove" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from remove" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from remove" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from remove" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from remove" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from remove" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from remove" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from remove" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from remove" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from remove" -s a -l all -d 'Remove all artifacts'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from remove" -s i -l ignore -d 'Do not complain about an artifact that does not exist'
complete -c coracle -n "__fish_coracle_using_subcommand artifact; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand attach" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand attach" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand attach" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand attach" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand attach" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand attach" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand attach" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand attach" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand attach" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand attach" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand attach" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand attach" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand attach" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand attach" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand attach" -l detach-keys -d 'Leave the container with these keys' -r
complete -c coracle -n "__fish_coracle_using_subcommand attach" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand attach" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand attach" -l no-stdin -d 'Leave standard input alone'
complete -c coracle -n "__fish_coracle_using_subcommand attach" -l sig-proxy -d 'Hand signals on to the container'
complete -c coracle -n "__fish_coracle_using_subcommand attach" -s l -l latest -d 'Act on the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand attach" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand build" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand build" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand build" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand build" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand build" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand build" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand build" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand build" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand build" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand build" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand build" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand build" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand build" -l add-host -d 'Add a line to /etc/hosts of RUN steps (NAME:IP, IP may be host-gateway)' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l annotation -d 'Add an annotation to the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l arch -d 'Choose the image of this architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l os -d 'Choose the image of this operating system' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l platform -d 'Choose the image of this platform (OS/ARCH[/VARIANT])' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l variant -d 'Choose the image of this variant of the architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l build-arg -d 'Set a build argument (NAME=VALUE), or take the caller\'s variable (NAME); visible in the image\'s history' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l build-arg-file -d 'Read build arguments from a file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand build" -l build-context -d 'Name a further context (NAME=DIRECTORY or NAME=docker-image://IMAGE)' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l cap-add -d 'Add a capability to RUN steps, or ALL' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l cap-drop -d 'Drop a capability of RUN steps, or ALL' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l cgroup-parent -d 'Put RUN steps below this control group' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -s c -l cpu-shares -d 'Give RUN steps a relative weight of CPU time' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l cpu-period -d 'Bound the CPU time of RUN steps: the period in microseconds' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l cpu-quota -d 'Bound the CPU time of RUN steps: the time in a period, in microseconds' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l cpuset-cpus -d 'Run steps on these CPUs' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l cpuset-mems -d 'Use memory of these nodes for RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l device -d 'Give RUN steps a device of the host (HOST[:CONTAINER[:rwm]])' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l dns -d 'Ask this DNS server in RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l dns-option -d 'Set an option of resolv.conf in RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l dns-search -d 'Search this DNS domain in RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l env -d 'Set a variable in the image (NAME=VALUE), or take the caller\'s (NAME)' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -s f -l file -d 'Read the instructions from this file, one after the other where there are several; "-" is standard input' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand build" -l format -d 'Write documents of this kind: oci or docker' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l ignorefile -d 'Leave out what this file lists, instead of .containerignore or .dockerignore' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand build" -l iidfile -d 'Write the image\'s id to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand build" -l isolation -d 'How RUN steps are confined: oci, rootless or default, which are the same here' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l jobs -d 'Build so many stages at once; they are built one after the other' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l label -d 'Set a label of the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l logfile -d 'Write what the build says to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand build" -s m -l memory -d 'Limit the memory of RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l memory-swap -d 'Limit memory and swap of RUN steps together' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l network -l net -d 'Choose the network of RUN steps, as run does' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l progress -d 'Show progress: auto or plain, which are the same here, or quiet' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l pull -d 'Pull base images so (default "missing"): always, missing, never or newer' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l secret -d 'Give RUN --mount=type=secret something (id=NAME[,src=FILE|env=VARIABLE])' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l security-opt -d 'Set a security option of RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l shm-size -d 'Size of /dev/shm in RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l source-date-epoch -d 'Date the image so, in seconds since 1970, and files in it where they are younger; unset: $SOURCE_DATE_EPOCH' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l ssh -d 'Give RUN --mount=type=ssh an agent (default, or NAME=SOCKET)' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -s t -l tag -d 'Name the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l target -d 'Stop after this stage' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l timestamp -d 'Date the image and all files in its new layers so, in seconds since 1970' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l ulimit -d 'Set a limit of RUN steps\' processes (NAME=SOFT[:HARD])' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l unsetenv -d 'Take a variable out of the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l unsetlabel -d 'Take a label off the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -s v -l volume -d 'Attach a directory of the host to RUN steps (SOURCE:TARGET[:OPTIONS])' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l authfile -d 'Read registry credentials from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand build" -l cert-dir -d 'Trust the certificates in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand build" -l creds -d 'Use these credentials' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l retry -d 'Try again so many times' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -l retry-delay -d 'Wait so long between two tries' -r
complete -c coracle -n "__fish_coracle_using_subcommand build" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand build" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand build" -l disable-content-trust -d 'Do nothing; Docker has it'
complete -c coracle -n "__fish_coracle_using_subcommand build" -l force-rm -d 'Remove what a failed step leaves behind: always done'
complete -c coracle -n "__fish_coracle_using_subcommand build" -l http-proxy -d 'Hand on the caller\'s proxy variables to RUN steps'
complete -c coracle -n "__fish_coracle_using_subcommand build" -l identity-label -d 'Label the image with the version that built it'
complete -c coracle -n "__fish_coracle_using_subcommand build" -l layers -d 'Take steps from the cache, and keep them there'
complete -c coracle -n "__fish_coracle_using_subcommand build" -l load -d 'Put the image into the store: always done'
complete -c coracle -n "__fish_coracle_using_subcommand build" -l no-cache -d 'Take no step from the cache'
complete -c coracle -n "__fish_coracle_using_subcommand build" -l no-hostname -d 'Leave /etc/hostname to the image in RUN steps'
complete -c coracle -n "__fish_coracle_using_subcommand build" -l no-hosts -d 'Leave /etc/hosts to the image in RUN steps'
complete -c coracle -n "__fish_coracle_using_subcommand build" -l omit-history -d 'Leave the steps out of the image\'s history'
complete -c coracle -n "__fish_coracle_using_subcommand build" -l pull-always -d 'Pull base images even where they are here'
complete -c coracle -n "__fish_coracle_using_subcommand build" -l pull-never -d 'Pull no base image'
complete -c coracle -n "__fish_coracle_using_subcommand build" -s q -l quiet -d 'Show nothing but the image\'s id'
complete -c coracle -n "__fish_coracle_using_subcommand build" -l rm -d 'Remove the containers of steps: always done'
complete -c coracle -n "__fish_coracle_using_subcommand build" -l skip-unused-stages -d 'Build only the stages that are needed'
complete -c coracle -n "__fish_coracle_using_subcommand build" -l squash -d 'Make one layer of all steps'
complete -c coracle -n "__fish_coracle_using_subcommand build" -l squash-all -d 'Make one layer of all steps and the base'
complete -c coracle -n "__fish_coracle_using_subcommand build" -l tls-verify -d 'Require https and a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand build" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and not __fish_seen_subcommand_from build prune" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and not __fish_seen_subcommand_from build prune" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and not __fish_seen_subcommand_from build prune" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and not __fish_seen_subcommand_from build prune" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and not __fish_seen_subcommand_from build prune" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and not __fish_seen_subcommand_from build prune" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and not __fish_seen_subcommand_from build prune" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand builder; and not __fish_seen_subcommand_from build prune" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and not __fish_seen_subcommand_from build prune" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and not __fish_seen_subcommand_from build prune" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and not __fish_seen_subcommand_from build prune" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and not __fish_seen_subcommand_from build prune" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand builder; and not __fish_seen_subcommand_from build prune" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and not __fish_seen_subcommand_from build prune" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand builder; and not __fish_seen_subcommand_from build prune" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and not __fish_seen_subcommand_from build prune" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and not __fish_seen_subcommand_from build prune" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and not __fish_seen_subcommand_from build prune" -f -a "build" -d 'Build an image from a Containerfile'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and not __fish_seen_subcommand_from build prune" -f -a "prune" -d 'Forget what steps of builds gave, and what they keep in caches'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l add-host -d 'Add a line to /etc/hosts of RUN steps (NAME:IP, IP may be host-gateway)' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l annotation -d 'Add an annotation to the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l arch -d 'Choose the image of this architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l os -d 'Choose the image of this operating system' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l platform -d 'Choose the image of this platform (OS/ARCH[/VARIANT])' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l variant -d 'Choose the image of this variant of the architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l build-arg -d 'Set a build argument (NAME=VALUE), or take the caller\'s variable (NAME); visible in the image\'s history' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l build-arg-file -d 'Read build arguments from a file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l build-context -d 'Name a further context (NAME=DIRECTORY or NAME=docker-image://IMAGE)' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l cap-add -d 'Add a capability to RUN steps, or ALL' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l cap-drop -d 'Drop a capability of RUN steps, or ALL' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l cgroup-parent -d 'Put RUN steps below this control group' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -s c -l cpu-shares -d 'Give RUN steps a relative weight of CPU time' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l cpu-period -d 'Bound the CPU time of RUN steps: the period in microseconds' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l cpu-quota -d 'Bound the CPU time of RUN steps: the time in a period, in microseconds' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l cpuset-cpus -d 'Run steps on these CPUs' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l cpuset-mems -d 'Use memory of these nodes for RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l device -d 'Give RUN steps a device of the host (HOST[:CONTAINER[:rwm]])' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l dns -d 'Ask this DNS server in RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l dns-option -d 'Set an option of resolv.conf in RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l dns-search -d 'Search this DNS domain in RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l env -d 'Set a variable in the image (NAME=VALUE), or take the caller\'s (NAME)' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -s f -l file -d 'Read the instructions from this file, one after the other where there are several; "-" is standard input' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l format -d 'Write documents of this kind: oci or docker' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l ignorefile -d 'Leave out what this file lists, instead of .containerignore or .dockerignore' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l iidfile -d 'Write the image\'s id to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l isolation -d 'How RUN steps are confined: oci, rootless or default, which are the same here' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l jobs -d 'Build so many stages at once; they are built one after the other' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l label -d 'Set a label of the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l logfile -d 'Write what the build says to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -s m -l memory -d 'Limit the memory of RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l memory-swap -d 'Limit memory and swap of RUN steps together' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l network -l net -d 'Choose the network of RUN steps, as run does' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l progress -d 'Show progress: auto or plain, which are the same here, or quiet' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l pull -d 'Pull base images so (default "missing"): always, missing, never or newer' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l secret -d 'Give RUN --mount=type=secret something (id=NAME[,src=FILE|env=VARIABLE])' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l security-opt -d 'Set a security option of RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l shm-size -d 'Size of /dev/shm in RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l source-date-epoch -d 'Date the image so, in seconds since 1970, and files in it where they are younger; unset: $SOURCE_DATE_EPOCH' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l ssh -d 'Give RUN --mount=type=ssh an agent (default, or NAME=SOCKET)' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -s t -l tag -d 'Name the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l target -d 'Stop after this stage' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l timestamp -d 'Date the image and all files in its new layers so, in seconds since 1970' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l ulimit -d 'Set a limit of RUN steps\' processes (NAME=SOFT[:HARD])' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l unsetenv -d 'Take a variable out of the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l unsetlabel -d 'Take a label off the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -s v -l volume -d 'Attach a directory of the host to RUN steps (SOURCE:TARGET[:OPTIONS])' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l authfile -d 'Read registry credentials from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l cert-dir -d 'Trust the certificates in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l creds -d 'Use these credentials' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l retry -d 'Try again so many times' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l retry-delay -d 'Wait so long between two tries' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l disable-content-trust -d 'Do nothing; Docker has it'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l force-rm -d 'Remove what a failed step leaves behind: always done'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l http-proxy -d 'Hand on the caller\'s proxy variables to RUN steps'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l identity-label -d 'Label the image with the version that built it'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l layers -d 'Take steps from the cache, and keep them there'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l load -d 'Put the image into the store: always done'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l no-cache -d 'Take no step from the cache'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l no-hostname -d 'Leave /etc/hostname to the image in RUN steps'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l no-hosts -d 'Leave /etc/hosts to the image in RUN steps'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l omit-history -d 'Leave the steps out of the image\'s history'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l pull-always -d 'Pull base images even where they are here'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l pull-never -d 'Pull no base image'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -s q -l quiet -d 'Show nothing but the image\'s id'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l rm -d 'Remove the containers of steps: always done'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l skip-unused-stages -d 'Build only the stages that are needed'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l squash -d 'Make one layer of all steps'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l squash-all -d 'Make one layer of all steps and the base'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -l tls-verify -d 'Require https and a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from build" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from prune" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from prune" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from prune" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from prune" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from prune" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from prune" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from prune" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from prune" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from prune" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from prune" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from prune" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from prune" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from prune" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from prune" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from prune" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from prune" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from prune" -s a -l all -d 'Do nothing more; Docker has it'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from prune" -s f -l force -d 'Do not ask'
complete -c coracle -n "__fish_coracle_using_subcommand builder; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and not __fish_seen_subcommand_from build b version" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and not __fish_seen_subcommand_from build b version" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and not __fish_seen_subcommand_from build b version" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and not __fish_seen_subcommand_from build b version" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and not __fish_seen_subcommand_from build b version" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and not __fish_seen_subcommand_from build b version" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and not __fish_seen_subcommand_from build b version" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and not __fish_seen_subcommand_from build b version" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and not __fish_seen_subcommand_from build b version" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and not __fish_seen_subcommand_from build b version" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and not __fish_seen_subcommand_from build b version" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and not __fish_seen_subcommand_from build b version" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and not __fish_seen_subcommand_from build b version" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and not __fish_seen_subcommand_from build b version" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and not __fish_seen_subcommand_from build b version" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and not __fish_seen_subcommand_from build b version" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and not __fish_seen_subcommand_from build b version" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and not __fish_seen_subcommand_from build b version" -f -a "build" -d 'Build an image from a Containerfile'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and not __fish_seen_subcommand_from build b version" -f -a "b" -d 'Build an image from a Containerfile'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and not __fish_seen_subcommand_from build b version" -f -a "version" -d 'Show which version of Buildah the builder is like'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l add-host -d 'Add a line to /etc/hosts of RUN steps (NAME:IP, IP may be host-gateway)' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l annotation -d 'Add an annotation to the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l arch -d 'Choose the image of this architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l os -d 'Choose the image of this operating system' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l platform -d 'Choose the image of this platform (OS/ARCH[/VARIANT])' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l variant -d 'Choose the image of this variant of the architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l build-arg -d 'Set a build argument (NAME=VALUE), or take the caller\'s variable (NAME); visible in the image\'s history' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l build-arg-file -d 'Read build arguments from a file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l build-context -d 'Name a further context (NAME=DIRECTORY or NAME=docker-image://IMAGE)' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l cap-add -d 'Add a capability to RUN steps, or ALL' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l cap-drop -d 'Drop a capability of RUN steps, or ALL' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l cgroup-parent -d 'Put RUN steps below this control group' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -s c -l cpu-shares -d 'Give RUN steps a relative weight of CPU time' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l cpu-period -d 'Bound the CPU time of RUN steps: the period in microseconds' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l cpu-quota -d 'Bound the CPU time of RUN steps: the time in a period, in microseconds' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l cpuset-cpus -d 'Run steps on these CPUs' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l cpuset-mems -d 'Use memory of these nodes for RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l device -d 'Give RUN steps a device of the host (HOST[:CONTAINER[:rwm]])' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l dns -d 'Ask this DNS server in RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l dns-option -d 'Set an option of resolv.conf in RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l dns-search -d 'Search this DNS domain in RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l env -d 'Set a variable in the image (NAME=VALUE), or take the caller\'s (NAME)' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -s f -l file -d 'Read the instructions from this file, one after the other where there are several; "-" is standard input' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l format -d 'Write documents of this kind: oci or docker' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l ignorefile -d 'Leave out what this file lists, instead of .containerignore or .dockerignore' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l iidfile -d 'Write the image\'s id to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l isolation -d 'How RUN steps are confined: oci, rootless or default, which are the same here' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l jobs -d 'Build so many stages at once; they are built one after the other' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l label -d 'Set a label of the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l logfile -d 'Write what the build says to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -s m -l memory -d 'Limit the memory of RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l memory-swap -d 'Limit memory and swap of RUN steps together' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l network -l net -d 'Choose the network of RUN steps, as run does' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l progress -d 'Show progress: auto or plain, which are the same here, or quiet' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l pull -d 'Pull base images so (default "missing"): always, missing, never or newer' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l secret -d 'Give RUN --mount=type=secret something (id=NAME[,src=FILE|env=VARIABLE])' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l security-opt -d 'Set a security option of RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l shm-size -d 'Size of /dev/shm in RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l source-date-epoch -d 'Date the image so, in seconds since 1970, and files in it where they are younger; unset: $SOURCE_DATE_EPOCH' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l ssh -d 'Give RUN --mount=type=ssh an agent (default, or NAME=SOCKET)' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -s t -l tag -d 'Name the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l target -d 'Stop after this stage' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l timestamp -d 'Date the image and all files in its new layers so, in seconds since 1970' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l ulimit -d 'Set a limit of RUN steps\' processes (NAME=SOFT[:HARD])' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l unsetenv -d 'Take a variable out of the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l unsetlabel -d 'Take a label off the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -s v -l volume -d 'Attach a directory of the host to RUN steps (SOURCE:TARGET[:OPTIONS])' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l authfile -d 'Read registry credentials from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l cert-dir -d 'Trust the certificates in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l creds -d 'Use these credentials' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l retry -d 'Try again so many times' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l retry-delay -d 'Wait so long between two tries' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l disable-content-trust -d 'Do nothing; Docker has it'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l force-rm -d 'Remove what a failed step leaves behind: always done'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l http-proxy -d 'Hand on the caller\'s proxy variables to RUN steps'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l identity-label -d 'Label the image with the version that built it'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l layers -d 'Take steps from the cache, and keep them there'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l load -d 'Put the image into the store: always done'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l no-cache -d 'Take no step from the cache'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l no-hostname -d 'Leave /etc/hostname to the image in RUN steps'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l no-hosts -d 'Leave /etc/hosts to the image in RUN steps'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l omit-history -d 'Leave the steps out of the image\'s history'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l pull-always -d 'Pull base images even where they are here'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l pull-never -d 'Pull no base image'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -s q -l quiet -d 'Show nothing but the image\'s id'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l rm -d 'Remove the containers of steps: always done'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l skip-unused-stages -d 'Build only the stages that are needed'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l squash -d 'Make one layer of all steps'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l squash-all -d 'Make one layer of all steps and the base'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -l tls-verify -d 'Require https and a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from build" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l add-host -d 'Add a line to /etc/hosts of RUN steps (NAME:IP, IP may be host-gateway)' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l annotation -d 'Add an annotation to the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l arch -d 'Choose the image of this architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l os -d 'Choose the image of this operating system' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l platform -d 'Choose the image of this platform (OS/ARCH[/VARIANT])' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l variant -d 'Choose the image of this variant of the architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l build-arg -d 'Set a build argument (NAME=VALUE), or take the caller\'s variable (NAME); visible in the image\'s history' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l build-arg-file -d 'Read build arguments from a file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l build-context -d 'Name a further context (NAME=DIRECTORY or NAME=docker-image://IMAGE)' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l cap-add -d 'Add a capability to RUN steps, or ALL' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l cap-drop -d 'Drop a capability of RUN steps, or ALL' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l cgroup-parent -d 'Put RUN steps below this control group' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -s c -l cpu-shares -d 'Give RUN steps a relative weight of CPU time' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l cpu-period -d 'Bound the CPU time of RUN steps: the period in microseconds' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l cpu-quota -d 'Bound the CPU time of RUN steps: the time in a period, in microseconds' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l cpuset-cpus -d 'Run steps on these CPUs' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l cpuset-mems -d 'Use memory of these nodes for RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l device -d 'Give RUN steps a device of the host (HOST[:CONTAINER[:rwm]])' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l dns -d 'Ask this DNS server in RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l dns-option -d 'Set an option of resolv.conf in RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l dns-search -d 'Search this DNS domain in RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l env -d 'Set a variable in the image (NAME=VALUE), or take the caller\'s (NAME)' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -s f -l file -d 'Read the instructions from this file, one after the other where there are several; "-" is standard input' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l format -d 'Write documents of this kind: oci or docker' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l ignorefile -d 'Leave out what this file lists, instead of .containerignore or .dockerignore' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l iidfile -d 'Write the image\'s id to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l isolation -d 'How RUN steps are confined: oci, rootless or default, which are the same here' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l jobs -d 'Build so many stages at once; they are built one after the other' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l label -d 'Set a label of the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l logfile -d 'Write what the build says to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -s m -l memory -d 'Limit the memory of RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l memory-swap -d 'Limit memory and swap of RUN steps together' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l network -l net -d 'Choose the network of RUN steps, as run does' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l progress -d 'Show progress: auto or plain, which are the same here, or quiet' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l pull -d 'Pull base images so (default "missing"): always, missing, never or newer' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l secret -d 'Give RUN --mount=type=secret something (id=NAME[,src=FILE|env=VARIABLE])' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l security-opt -d 'Set a security option of RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l shm-size -d 'Size of /dev/shm in RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l source-date-epoch -d 'Date the image so, in seconds since 1970, and files in it where they are younger; unset: $SOURCE_DATE_EPOCH' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l ssh -d 'Give RUN --mount=type=ssh an agent (default, or NAME=SOCKET)' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -s t -l tag -d 'Name the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l target -d 'Stop after this stage' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l timestamp -d 'Date the image and all files in its new layers so, in seconds since 1970' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l ulimit -d 'Set a limit of RUN steps\' processes (NAME=SOFT[:HARD])' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l unsetenv -d 'Take a variable out of the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l unsetlabel -d 'Take a label off the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -s v -l volume -d 'Attach a directory of the host to RUN steps (SOURCE:TARGET[:OPTIONS])' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l authfile -d 'Read registry credentials from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l cert-dir -d 'Trust the certificates in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l creds -d 'Use these credentials' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l retry -d 'Try again so many times' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l retry-delay -d 'Wait so long between two tries' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l disable-content-trust -d 'Do nothing; Docker has it'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l force-rm -d 'Remove what a failed step leaves behind: always done'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l http-proxy -d 'Hand on the caller\'s proxy variables to RUN steps'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l identity-label -d 'Label the image with the version that built it'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l layers -d 'Take steps from the cache, and keep them there'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l load -d 'Put the image into the store: always done'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l no-cache -d 'Take no step from the cache'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l no-hostname -d 'Leave /etc/hostname to the image in RUN steps'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l no-hosts -d 'Leave /etc/hosts to the image in RUN steps'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l omit-history -d 'Leave the steps out of the image\'s history'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l pull-always -d 'Pull base images even where they are here'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l pull-never -d 'Pull no base image'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -s q -l quiet -d 'Show nothing but the image\'s id'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l rm -d 'Remove the containers of steps: always done'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l skip-unused-stages -d 'Build only the stages that are needed'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l squash -d 'Make one layer of all steps'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l squash-all -d 'Make one layer of all steps and the base'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -l tls-verify -d 'Require https and a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from b" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from version" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from version" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from version" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from version" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from version" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from version" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from version" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from version" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from version" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from version" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from version" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from version" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from version" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from version" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from version" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from version" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand buildx; and __fish_seen_subcommand_from version" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand commit" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand commit" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand commit" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand commit" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand commit" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand commit" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand commit" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand commit" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand commit" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand commit" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand commit" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand commit" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand commit" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand commit" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand commit" -s a -l author -d 'Say who made it' -r
complete -c coracle -n "__fish_coracle_using_subcommand commit" -s c -l change -d 'Change the image\'s configuration: CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, ONBUILD, STOPSIGNAL, USER, VOLUME or WORKDIR' -r
complete -c coracle -n "__fish_coracle_using_subcommand commit" -s f -l format -d 'Write documents of this kind: oci or docker' -r
complete -c coracle -n "__fish_coracle_using_subcommand commit" -l iidfile -d 'Write the image\'s id to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand commit" -s m -l message -d 'Add a comment (with --format docker)' -r
complete -c coracle -n "__fish_coracle_using_subcommand commit" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand commit" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand commit" -l include-volumes -d 'Note what was attached with --volume and --mount as volumes of the image'
complete -c coracle -n "__fish_coracle_using_subcommand commit" -s p -l pause -d 'Pause the container meanwhile; where that can be, it is done unasked'
complete -c coracle -n "__fish_coracle_using_subcommand commit" -s q -l quiet -d 'Show no progress'
complete -c coracle -n "__fish_coracle_using_subcommand commit" -s s -l squash -d 'Make one layer of everything'
complete -c coracle -n "__fish_coracle_using_subcommand commit" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "attach" -d 'Join the streams of a running container'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "cleanup" -d 'Take away what ended containers left behind: nothing, since that happens by itself'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "clone" -d 'Create a container like another one'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "commit" -d 'Make an image of a container'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "cp" -d 'Copy files between a container and the host, or between containers'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "create" -d 'Create a container without starting it'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "diff" -d 'Show what containers change in their images'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "exec" -d 'Run one more process in a running container'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "export" -d 'Write the tree of a container as a tar'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "exists" -d 'Say by the exit code whether there is a container'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "init" -d 'Prepare containers completely, so that the next start has only to let go'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "inspect" -d 'Show everything known about containers'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "kill" -d 'Send a signal to running containers'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "logs" -d 'Print what containers wrote'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "ls" -d 'List containers'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "list" -d 'List containers'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "ps" -d 'List containers'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "port" -d 'List the ports of the host that lead to a container'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "prune" -d 'Remove all containers that do not run'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "rename" -d 'Give a container another name'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "restart" -d 'Stop containers and start them again; those that do not run are started'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "pause" -d 'Stop the processes of running containers where they are'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "rm" -d 'Remove containers'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "run" -d 'Run a command in a new container'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "runlabel" -d 'Run the command an image carries in a label'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "start" -d 'Start containers that were created or have ended'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "stats" -d 'Show what running containers use'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "stop" -d 'Stop running containers: their stop signal, then SIGKILL'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "unpause" -d 'Let paused containers go on'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "top" -d 'Show the processes of a container'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "update" -d 'Change the limits of a container, running or not'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "wait" -d 'Wait for containers to end and print their exit codes'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "mount" -d 'Mount the trees of containers, inside of unshare'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "umount" -d 'Unmount the trees of containers, inside of unshare'
complete -c coracle -n "__fish_coracle_using_subcommand container; and not __fish_seen_subcommand_from attach cleanup clone commit cp create diff exec export exists init inspect kill logs ls list ps port prune rename restart pause rm run runlabel start stats stop unpause top update wait mount umount unmount" -f -a "unmount" -d 'Unmount the trees of containers, inside of unshare'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from attach" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from attach" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from attach" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from attach" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from attach" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from attach" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from attach" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from attach" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from attach" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from attach" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from attach" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from attach" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from attach" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from attach" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from attach" -l detach-keys -d 'Leave the container with these keys' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from attach" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from attach" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from attach" -l no-stdin -d 'Leave standard input alone'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from attach" -l sig-proxy -d 'Hand signals on to the container'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from attach" -s l -l latest -d 'Act on the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from attach" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cleanup" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cleanup" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cleanup" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cleanup" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cleanup" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cleanup" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cleanup" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cleanup" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cleanup" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cleanup" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cleanup" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cleanup" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cleanup" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cleanup" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cleanup" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cleanup" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cleanup" -s a -l all -d 'Look after all containers'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cleanup" -l rm -d 'Remove the containers too'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cleanup" -l rmi -d 'Remove the containers\' images too'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cleanup" -l stopped-only -d 'Pass over containers that run'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cleanup" -s l -l latest -d 'Act on the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cleanup" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l name -d 'Name the new container' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l blkio-weight -d 'Weigh the container\'s block input and output (10 to 1000)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l blkio-weight-device -d 'Weigh it for one device (DEVICE:WEIGHT)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l cpu-period -d 'Set the period of --cpu-quota, in microseconds' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l cpu-quota -d 'Let the container compute so many microseconds of every period' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -s c -l cpu-shares -d 'Weigh the container\'s computing (2 to 262144; 1024 is usual)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l cpus -d 'Let the container use so many CPUs, such as 1.5' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l cpuset-cpus -d 'Let the container use these CPUs (0-3,5)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l cpuset-mems -d 'Let the container use memory of these NUMA nodes (0-3,5)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l device-read-bps -d 'Limit reading from a device (DEVICE:BYTES per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l device-read-iops -d 'Limit reading from a device (DEVICE:OPERATIONS per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l device-write-bps -d 'Limit writing to a device (DEVICE:BYTES per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l device-write-iops -d 'Limit writing to a device (DEVICE:OPERATIONS per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -s m -l memory -d 'Limit memory (a number and b, k, m or g)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l memory-reservation -d 'Keep so much memory from being reclaimed' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l memory-swap -d 'Limit memory and swap together; -1 is without limit' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l pids-limit -d 'Limit the number of processes and threads; -1 is without limit' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l destroy -d 'Remove the original'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -s f -l force -d 'With --destroy: remove the original even when it runs'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -l run -d 'Start the new container'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from clone" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -s a -l author -d 'Say who made it' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -s c -l change -d 'Change the image\'s configuration: CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, ONBUILD, STOPSIGNAL, USER, VOLUME or WORKDIR' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -s f -l format -d 'Write documents of this kind: oci or docker' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -l iidfile -d 'Write the image\'s id to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -s m -l message -d 'Add a comment (with --format docker)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -l include-volumes -d 'Note what was attached with --volume and --mount as volumes of the image'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -s p -l pause -d 'Pause the container meanwhile; where that can be, it is done unasked'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -s q -l quiet -d 'Show no progress'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -s s -l squash -d 'Make one layer of everything'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from commit" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cp" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cp" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cp" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cp" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cp" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cp" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cp" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cp" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cp" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cp" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cp" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cp" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cp" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cp" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cp" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cp" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cp" -s a -l archive -d 'Give what is copied into a container to its user (default true); false keeps the owners'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cp" -l overwrite -d 'Let a file take the place of a directory, and the other way round'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cp" -l pause -d 'Accepted for old scripts: a running container is never stopped for this'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from cp" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l add-host -d 'Add a line to /etc/hosts (NAME:IP, IP may be host-gateway)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l annotation -d 'Add an annotation' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l arch -d 'Choose the image of this architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l os -d 'Choose the image of this operating system' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l platform -d 'Choose the image of this platform (OS/ARCH[/VARIANT])' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l variant -d 'Choose the image of this variant of the architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -s a -l attach -d 'Join only these streams of the caller: stdin, stdout, stderr' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l cap-add -d 'Add a capability, or ALL' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l cap-drop -d 'Drop a capability, or ALL' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l conmon-pidfile -d 'Write the process id of the container\'s monitor to a file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l chrootdirs -d 'Give the generated files of /etc to this directory too' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l cgroupns -d 'Use this cgroup namespace: private, host, container:NAME or ns:PATH' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l cgroup-conf -d 'Write to a file of the container\'s control group (FILE=VALUE)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l cgroup-parent -d 'Make the container\'s control group here: a slice for systemd, else a path' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l cgroups -d 'Give the container a control group: enabled, disabled, no-conmon or split' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l systemd -d 'Prepare the container for systemd: true (when it is the command), false or always' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l cidfile -d 'Write the container\'s id to a file that must not exist yet' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l device -d 'Give the container a device of the host (HOST[:CONTAINER[:rwm]]) or of a CDI file (VENDOR/CLASS=NAME)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l dns -d 'Ask this DNS server' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l dns-option -l dns-opt -d 'Set an option of resolv.conf' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l dns-search -d 'Search this DNS domain' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l domainname -d 'Name the container\'s NIS domain' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l egress -d 'Refuse what is not on a list: none, allow=CIDR[:PORT], allow=NAME[:PORT] (both repeatable, NAME may begin with *.); or write down what is reached: log. `inspect` shows list and log' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l entrypoint -d 'Replace the image\'s entrypoint: a program or a JSON array' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -s e -l env -d 'Set a variable (NAME=VALUE), or take the caller\'s (NAME, PREFIX*)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l env-file -d 'Read variables from a file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l env-merge -d 'Set a variable from what the image sets (NAME=VALUE with ${NAME})' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l expose -d 'Say that the container serves a port or range, published by -P' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l gidmap -d 'Map group ids ([FLAGS]CONTAINER:FROM[:AMOUNT])' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l group-add -d 'Add a group to the container\'s user, or keep the caller\'s groups (keep-groups)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l gpus -d 'Give the container graphics processors of CDI files: all or a name' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l hosts-file -d 'Begin /etc/hosts with this file of the host, or with none or image' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l group-entry -d 'Write this line to /etc/group instead of the default ($GROUPNAME, $GID, $USERLIST)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -s h -l hostname -d 'Name the container\'s host' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l hostuser -d 'Add a user of the host to /etc/passwd (NAME or UID)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l image-volume -d 'Make of the image\'s volumes: bind (anonymous volumes), tmpfs or ignore' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l init-path -d 'Use this program of the host as the small init' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l ipc -d 'Use this IPC namespace: shareable, private, none, host, container:NAME or ns:PATH' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -s l -l label -d 'Set a label' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l label-file -d 'Read labels from a file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l log-driver -d 'Keep the output by this driver: k8s-file, json-file, journald, none or passthrough(-tty)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l log-opt -d 'Set an option of the log: max-size=, path=, tag=' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l mount -d 'Attach a file system: bind, glob, volume, tmpfs, ramfs, image or devpts (type=…,src=…,dst=…)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l name -d 'Name the container' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l ip -d 'Give the container this IPv4 address of its network' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l ip6 -d 'Give the container this IPv6 address of its network' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l mac-address -d 'Give the container\'s interface this hardware address' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l network-alias -d 'A further name under which the container is found on its networks' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l network -l net -d 'Choose the network: pasta, slirp4netns, none, host, container:NAME, ns:PATH, bridge, or networks with a name (NAME[:ip=…,ip6=…,mac=…,alias=…,interface_name=…])' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l oom-score-adj -d 'Change how early the kernel ends the container when memory is short (-1000 to 1000)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l personality -d 'Set the execution domain: LINUX or LINUX32' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l pid -d 'Use this PID namespace: private, host, container:NAME or ns:PATH' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l passwd-entry -d 'Write this line to /etc/passwd instead of the default ($USERNAME, $UID, $GID, $NAME, $HOME)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l pidfile -d 'Write the process id of the container\'s first process to a file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -s p -l publish -d 'Publish a port or range ([[IP:][HOST]:]CONTAINER[/PROTOCOL])' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l pull -d 'Pull the image: always, missing, never or newer' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l blkio-weight -d 'Weigh the container\'s block input and output (10 to 1000)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l blkio-weight-device -d 'Weigh it for one device (DEVICE:WEIGHT)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l cpu-period -d 'Set the period of --cpu-quota, in microseconds' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l cpu-quota -d 'Let the container compute so many microseconds of every period' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -s c -l cpu-shares -d 'Weigh the container\'s computing (2 to 262144; 1024 is usual)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l cpus -d 'Let the container use so many CPUs, such as 1.5' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l cpuset-cpus -d 'Let the container use these CPUs (0-3,5)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l cpuset-mems -d 'Let the container use memory of these NUMA nodes (0-3,5)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l device-read-bps -d 'Limit reading from a device (DEVICE:BYTES per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l device-read-iops -d 'Limit reading from a device (DEVICE:OPERATIONS per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l device-write-bps -d 'Limit writing to a device (DEVICE:BYTES per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l device-write-iops -d 'Limit writing to a device (DEVICE:OPERATIONS per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -s m -l memory -d 'Limit memory (a number and b, k, m or g)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l memory-reservation -d 'Keep so much memory from being reclaimed' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l memory-swap -d 'Limit memory and swap together; -1 is without limit' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l pids-limit -d 'Limit the number of processes and threads; -1 is without limit' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l requires -d 'Start these containers first' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l restart -d 'Start the container again when it ends: no, on-failure[:TIMES], always, unless-stopped' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l kernel-memory -d 'No longer supported: kernel memory is part of --memory (only a warning)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l secret -d 'Give the container a secret (NAME[,type=mount|env,target=…,uid=…,gid=…,mode=…])' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l sdnotify -d 'Tell $NOTIFY_SOCKET that the container is ready: container, conmon, healthy or ignore' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l health-cmd -d 'Check the container\'s health with this command (a JSON array, or text for a shell; none)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l health-interval -d 'Check so often (30s); disable leaves it to healthcheck run' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l health-log-destination -d 'Keep results here: local, events_logger or a directory' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l health-max-log-count -d 'Keep so many results (5); 0 keeps all' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l health-max-log-size -d 'Keep so many characters of each output (500); 0 keeps all' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l health-on-failure -d 'Do this when the container turns unhealthy: none, kill, restart or stop' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l health-retries -d 'Count the container as unhealthy after so many failures in a row (3)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l health-start-period -d 'Let failures pass for so long after the start' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l health-startup-cmd -d 'Begin the regular check only when this command has succeeded' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l health-startup-interval -d 'Run the startup check so often (30s)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l health-startup-retries -d 'Start the container again after so many failures of the startup check (0 is never)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l health-startup-success -d 'Let the startup check succeed so often before the regular one begins' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l health-startup-timeout -d 'Count a startup check that takes longer as failed (30s)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l health-timeout -d 'Kill a check that takes longer, and count it as failed (30s)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l seccomp-policy -d 'Take the seccomp profile from the image\'s label, if it has one (default or image)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l security-opt -d 'Set a security option: no-new-privileges, seccomp=, mask=, unmask=, proc-opts=, label=, apparmor=' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l shm-size -d 'Size of /dev/shm' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l stop-signal -d 'Send this signal to stop the container' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l stop-timeout -d 'Wait so many seconds for a stop before SIGKILL' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l timeout -d 'Kill the container after so many seconds; 0 is never' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l sysctl -d 'Set a kernel parameter of the container\'s namespaces' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l tmpfs -d 'Attach a tmpfs (TARGET[:OPTIONS])' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l ulimit -d 'Set a limit of the container\'s processes (NAME=SOFT[:HARD])' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l uidmap -d 'Map user ids ([FLAGS]CONTAINER:FROM[:AMOUNT])' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l umask -d 'Set the container\'s umask' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l unsetenv -d 'Take a variable away that the image sets' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -s u -l user -d 'Run as this user (NAME|UID[:GROUP|GID])' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l tz -d 'Set the time zone: a name such as Europe/Berlin, or local for the host\'s' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l userns -d 'Choose the user namespace: auto, host, keep-id, nomap, container:NAME or ns:PATH' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l uts -d 'Use this UTS namespace: private, host, container:NAME or ns:PATH' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -s v -l volume -d 'Attach a directory of the host or a volume ([SOURCE:]TARGET[:OPTIONS])' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l volumes-from -d 'Attach the volumes of another container (CONTAINER[:ro|rw])' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -s w -l workdir -d 'Begin in this directory' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l authfile -d 'Read registry credentials from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l cert-dir -d 'Trust the certificates in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l creds -d 'Use these credentials' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l retry -d 'Try again so many times' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l retry-delay -d 'Wait so long between two tries' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l disable-content-trust -d 'Do nothing; Docker has it'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l env-host -d 'Give the container the caller\'s whole environment'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l http-proxy -d 'Hand on the caller\'s proxy variables'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l init -d 'Run a small init that forwards signals and reaps processes'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -s i -l interactive -d 'Keep standard input open'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l no-hostname -d 'Leave /etc/hostname to the image'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l no-hosts -d 'Leave /etc/hosts to the image'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l passwd -d 'Add the container\'s user to /etc/passwd and /etc/group when the image lacks it'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l privileged -d 'Give the container every right the caller could give; see PRIVILEGED'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -s P -l publish-all -d 'Publish every exposed port at a free port of the host'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Show no progress of a pull'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l read-only -d 'Make the container\'s tree read-only'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l read-only-tmpfs -d 'Keep /run, /tmp and /var/tmp writable in a read-only container'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l replace -d 'Remove a container of the same name first'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l rm -d 'Remove the container when it ends'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l rmi -d 'Remove the container when it ends, and then its image if no other container uses it'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l rootfs -d 'Run in a directory of the host: DIR[:O] stands where else the image does; with O it stays as it is'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l no-healthcheck -d 'Run no health check, not even the image\'s'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -s t -l tty -d 'Give the container a terminal'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l unsetenv-all -d 'Take away every variable that the image sets'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l tls-verify -d 'Require https and a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from create" -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from diff" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from diff" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from diff" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from diff" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from diff" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from diff" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from diff" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from diff" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from diff" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from diff" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from diff" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from diff" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from diff" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from diff" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from diff" -l format -d 'Print json' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from diff" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from diff" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from diff" -s l -l latest -d 'Look at the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -l cidfile -d 'Read the container\'s id from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -l detach-keys -d 'Leave the process with these keys' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -s e -l env -d 'Set a variable (NAME=VALUE), or take the caller\'s (NAME, PREFIX*)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -l env-file -d 'Read variables from a file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -l preserve-fd -d 'Hand on these descriptors of the caller' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -l preserve-fds -d 'Hand on so many descriptors of the caller, from 3 on' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -s u -l user -d 'Run as this user (NAME|UID[:GROUP|GID])' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -s w -l workdir -d 'Begin in this directory' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -s d -l detach -d 'Leave the process in the background and print its session\'s id'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -s i -l interactive -d 'Keep standard input open'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -s l -l latest -d 'Run in the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -l no-session -d 'Do not list the process as a session of the container'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -l privileged -d 'Give the process every right the container could have'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -s t -l tty -d 'Give the process a terminal'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exec" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from export" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from export" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from export" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from export" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from export" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from export" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from export" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from export" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from export" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from export" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from export" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from export" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from export" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from export" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from export" -s o -l output -d 'Write to this file instead of standard output' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from export" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from export" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exists" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exists" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exists" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exists" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exists" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exists" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exists" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exists" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exists" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exists" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exists" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exists" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exists" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exists" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exists" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exists" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exists" -l external -d 'Look among containers of other programs in the store, too (there are none)'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from exists" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from init" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from init" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from init" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from init" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from init" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from init" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from init" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from init" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from init" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from init" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from init" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from init" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from init" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from init" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from init" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from init" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from init" -s a -l all -d 'Prepare every container that was created or has ended'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from init" -s l -l latest -d 'Act on the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from inspect" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from inspect" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from inspect" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from inspect" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from inspect" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from inspect" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from inspect" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from inspect" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from inspect" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from inspect" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from inspect" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from inspect" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from inspect" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from inspect" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from inspect" -s f -l format -d 'Print json or a Go template' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from inspect" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from inspect" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from inspect" -s l -l latest -d 'Inspect the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from inspect" -s s -l size -d 'Show how much containers take on the disk'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from inspect" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from kill" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from kill" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from kill" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from kill" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from kill" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from kill" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from kill" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from kill" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from kill" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from kill" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from kill" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from kill" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from kill" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from kill" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from kill" -s s -l signal -d 'The signal, by name or number' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from kill" -l cidfile -d 'Read an id from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from kill" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from kill" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from kill" -s a -l all -d 'Act on all containers'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from kill" -s l -l latest -d 'Act on the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from kill" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -l since -d 'Print only what was written since then (a time, or how long ago)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -l tail -d 'Print only so many lines of the end; -1 is all' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -l until -d 'Print only what was written until then (a time, or how long from now)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -l color -d 'Tell containers apart by colour'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -s f -l follow -d 'Go on printing until the container ends'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -s n -l names -d 'Begin each line with the container\'s name'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -s t -l timestamps -d 'Begin each line with its time'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -s l -l latest -d 'Act on the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from logs" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -s f -l filter -d 'List only containers that match (KEY=VALUE)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -l format -d 'Print json, a Go template, or a table of one ("table …")' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -s n -l last -d 'List the last so many containers, running or not' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -s w -l watch -d 'Print the list again every so many seconds' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -l sort -d 'Sort by command, created, id, image, names, runningfor, size or status' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -s a -l all -d 'List containers that do not run, too'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -l external -d 'List containers of other programs in the store, too (there are none)'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -s l -l latest -d 'List the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -l no-trunc -d 'Shorten nothing'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -l noheading -d 'Print no heading'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -l ns -l namespace -d 'Show namespaces'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -s p -l pod -d 'Show pods'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print only ids'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -l sync -d 'Accepted for scripts that ask Podman for true states; they are looked up every time'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -s s -l size -d 'Show how much each takes on the disk'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -s f -l filter -d 'List only containers that match (KEY=VALUE)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -l format -d 'Print json, a Go template, or a table of one ("table …")' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -s n -l last -d 'List the last so many containers, running or not' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -s w -l watch -d 'Print the list again every so many seconds' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -l sort -d 'Sort by command, created, id, image, names, runningfor, size or status' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -s a -l all -d 'List containers that do not run, too'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -l external -d 'List containers of other programs in the store, too (there are none)'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -s l -l latest -d 'List the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -l no-trunc -d 'Shorten nothing'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -l noheading -d 'Print no heading'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -l ns -l namespace -d 'Show namespaces'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -s p -l pod -d 'Show pods'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only ids'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -l sync -d 'Accepted for scripts that ask Podman for true states; they are looked up every time'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -s s -l size -d 'Show how much each takes on the disk'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -s f -l filter -d 'List only containers that match (KEY=VALUE)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -l format -d 'Print json, a Go template, or a table of one ("table …")' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -s n -l last -d 'List the last so many containers, running or not' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -s w -l watch -d 'Print the list again every so many seconds' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -l sort -d 'Sort by command, created, id, image, names, runningfor, size or status' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -s a -l all -d 'List containers that do not run, too'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -l external -d 'List containers of other programs in the store, too (there are none)'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -s l -l latest -d 'List the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -l no-trunc -d 'Shorten nothing'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -l noheading -d 'Print no heading'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -l ns -l namespace -d 'Show namespaces'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -s p -l pod -d 'Show pods'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -s q -l quiet -d 'Print only ids'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -l sync -d 'Accepted for scripts that ask Podman for true states; they are looked up every time'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -s s -l size -d 'Show how much each takes on the disk'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from ps" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from port" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from port" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from port" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from port" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from port" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from port" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from port" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from port" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from port" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from port" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from port" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from port" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from port" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from port" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from port" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from port" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from port" -s a -l all -d 'List the ports of all containers'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from port" -s l -l latest -d 'List the ports of the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from port" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from prune" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from prune" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from prune" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from prune" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from prune" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from prune" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from prune" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from prune" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from prune" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from prune" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from prune" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from prune" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from prune" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from prune" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from prune" -l filter -d 'Remove only containers that match: until=TIME, label=KEY[=VALUE], label!=KEY[=VALUE]' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from prune" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from prune" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from prune" -s f -l force -d 'Do not ask'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rename" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rename" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rename" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rename" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rename" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rename" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rename" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rename" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rename" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rename" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rename" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rename" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rename" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rename" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rename" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rename" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from restart" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from restart" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from restart" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from restart" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from restart" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from restart" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from restart" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from restart" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from restart" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from restart" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from restart" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from restart" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from restart" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from restart" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from restart" -s f -l filter -d 'Restart only containers that match' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from restart" -s t -l time -l timeout -d 'Wait so many seconds before SIGKILL; -1 waits without end' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from restart" -l cidfile -d 'Read an id from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from restart" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from restart" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from restart" -l running -d 'Restart only containers that run'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from restart" -s a -l all -d 'Act on all containers'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from restart" -s l -l latest -d 'Act on the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from restart" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from pause" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from pause" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from pause" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from pause" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from pause" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from pause" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from pause" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from pause" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from pause" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from pause" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from pause" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from pause" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from pause" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from pause" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from pause" -s f -l filter -d 'Pause only containers that match' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from pause" -l cidfile -d 'Read an id from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from pause" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from pause" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from pause" -s a -l all -d 'Act on all containers'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from pause" -s l -l latest -d 'Act on the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from pause" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -l filter -d 'Remove only containers that match' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -s t -l time -l timeout -d 'With --force: wait so many seconds before SIGKILL' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -l cidfile -d 'Read an id from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -l depend -d 'Remove the containers too that use a namespace of these'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -s f -l force -d 'Stop running containers first, and pass over missing ones'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -s i -l ignore -d 'Pass over names that no container bears'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -s v -l volumes -d 'Remove the containers\' anonymous volumes too'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -s a -l all -d 'Act on all containers'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -s l -l latest -d 'Act on the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l add-host -d 'Add a line to /etc/hosts (NAME:IP, IP may be host-gateway)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l annotation -d 'Add an annotation' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l arch -d 'Choose the image of this architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l os -d 'Choose the image of this operating system' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l platform -d 'Choose the image of this platform (OS/ARCH[/VARIANT])' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l variant -d 'Choose the image of this variant of the architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -s a -l attach -d 'Join only these streams of the caller: stdin, stdout, stderr' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l cap-add -d 'Add a capability, or ALL' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l cap-drop -d 'Drop a capability, or ALL' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l conmon-pidfile -d 'Write the process id of the container\'s monitor to a file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l chrootdirs -d 'Give the generated files of /etc to this directory too' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l cgroupns -d 'Use this cgroup namespace: private, host, container:NAME or ns:PATH' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l cgroup-conf -d 'Write to a file of the container\'s control group (FILE=VALUE)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l cgroup-parent -d 'Make the container\'s control group here: a slice for systemd, else a path' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l cgroups -d 'Give the container a control group: enabled, disabled, no-conmon or split' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l systemd -d 'Prepare the container for systemd: true (when it is the command), false or always' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l cidfile -d 'Write the container\'s id to a file that must not exist yet' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l device -d 'Give the container a device of the host (HOST[:CONTAINER[:rwm]]) or of a CDI file (VENDOR/CLASS=NAME)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l dns -d 'Ask this DNS server' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l dns-option -l dns-opt -d 'Set an option of resolv.conf' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l dns-search -d 'Search this DNS domain' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l domainname -d 'Name the container\'s NIS domain' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l egress -d 'Refuse what is not on a list: none, allow=CIDR[:PORT], allow=NAME[:PORT] (both repeatable, NAME may begin with *.); or write down what is reached: log. `inspect` shows list and log' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l entrypoint -d 'Replace the image\'s entrypoint: a program or a JSON array' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -s e -l env -d 'Set a variable (NAME=VALUE), or take the caller\'s (NAME, PREFIX*)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l env-file -d 'Read variables from a file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l env-merge -d 'Set a variable from what the image sets (NAME=VALUE with ${NAME})' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l expose -d 'Say that the container serves a port or range, published by -P' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l gidmap -d 'Map group ids ([FLAGS]CONTAINER:FROM[:AMOUNT])' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l group-add -d 'Add a group to the container\'s user, or keep the caller\'s groups (keep-groups)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l gpus -d 'Give the container graphics processors of CDI files: all or a name' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l hosts-file -d 'Begin /etc/hosts with this file of the host, or with none or image' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l group-entry -d 'Write this line to /etc/group instead of the default ($GROUPNAME, $GID, $USERLIST)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -s h -l hostname -d 'Name the container\'s host' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l hostuser -d 'Add a user of the host to /etc/passwd (NAME or UID)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l image-volume -d 'Make of the image\'s volumes: bind (anonymous volumes), tmpfs or ignore' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l init-path -d 'Use this program of the host as the small init' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l ipc -d 'Use this IPC namespace: shareable, private, none, host, container:NAME or ns:PATH' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -s l -l label -d 'Set a label' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l label-file -d 'Read labels from a file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l log-driver -d 'Keep the output by this driver: k8s-file, json-file, journald, none or passthrough(-tty)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l log-opt -d 'Set an option of the log: max-size=, path=, tag=' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l mount -d 'Attach a file system: bind, glob, volume, tmpfs, ramfs, image or devpts (type=…,src=…,dst=…)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l name -d 'Name the container' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l ip -d 'Give the container this IPv4 address of its network' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l ip6 -d 'Give the container this IPv6 address of its network' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l mac-address -d 'Give the container\'s interface this hardware address' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l network-alias -d 'A further name under which the container is found on its networks' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l network -l net -d 'Choose the network: pasta, slirp4netns, none, host, container:NAME, ns:PATH, bridge, or networks with a name (NAME[:ip=…,ip6=…,mac=…,alias=…,interface_name=…])' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l oom-score-adj -d 'Change how early the kernel ends the container when memory is short (-1000 to 1000)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l personality -d 'Set the execution domain: LINUX or LINUX32' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l pid -d 'Use this PID namespace: private, host, container:NAME or ns:PATH' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l passwd-entry -d 'Write this line to /etc/passwd instead of the default ($USERNAME, $UID, $GID, $NAME, $HOME)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l pidfile -d 'Write the process id of the container\'s first process to a file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -s p -l publish -d 'Publish a port or range ([[IP:][HOST]:]CONTAINER[/PROTOCOL])' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l pull -d 'Pull the image: always, missing, never or newer' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l blkio-weight -d 'Weigh the container\'s block input and output (10 to 1000)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l blkio-weight-device -d 'Weigh it for one device (DEVICE:WEIGHT)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l cpu-period -d 'Set the period of --cpu-quota, in microseconds' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l cpu-quota -d 'Let the container compute so many microseconds of every period' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -s c -l cpu-shares -d 'Weigh the container\'s computing (2 to 262144; 1024 is usual)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l cpus -d 'Let the container use so many CPUs, such as 1.5' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l cpuset-cpus -d 'Let the container use these CPUs (0-3,5)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l cpuset-mems -d 'Let the container use memory of these NUMA nodes (0-3,5)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l device-read-bps -d 'Limit reading from a device (DEVICE:BYTES per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l device-read-iops -d 'Limit reading from a device (DEVICE:OPERATIONS per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l device-write-bps -d 'Limit writing to a device (DEVICE:BYTES per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l device-write-iops -d 'Limit writing to a device (DEVICE:OPERATIONS per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -s m -l memory -d 'Limit memory (a number and b, k, m or g)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l memory-reservation -d 'Keep so much memory from being reclaimed' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l memory-swap -d 'Limit memory and swap together; -1 is without limit' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l pids-limit -d 'Limit the number of processes and threads; -1 is without limit' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l requires -d 'Start these containers first' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l restart -d 'Start the container again when it ends: no, on-failure[:TIMES], always, unless-stopped' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l kernel-memory -d 'No longer supported: kernel memory is part of --memory (only a warning)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l secret -d 'Give the container a secret (NAME[,type=mount|env,target=…,uid=…,gid=…,mode=…])' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l sdnotify -d 'Tell $NOTIFY_SOCKET that the container is ready: container, conmon, healthy or ignore' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l health-cmd -d 'Check the container\'s health with this command (a JSON array, or text for a shell; none)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l health-interval -d 'Check so often (30s); disable leaves it to healthcheck run' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l health-log-destination -d 'Keep results here: local, events_logger or a directory' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l health-max-log-count -d 'Keep so many results (5); 0 keeps all' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l health-max-log-size -d 'Keep so many characters of each output (500); 0 keeps all' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l health-on-failure -d 'Do this when the container turns unhealthy: none, kill, restart or stop' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l health-retries -d 'Count the container as unhealthy after so many failures in a row (3)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l health-start-period -d 'Let failures pass for so long after the start' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l health-startup-cmd -d 'Begin the regular check only when this command has succeeded' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l health-startup-interval -d 'Run the startup check so often (30s)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l health-startup-retries -d 'Start the container again after so many failures of the startup check (0 is never)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l health-startup-success -d 'Let the startup check succeed so often before the regular one begins' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l health-startup-timeout -d 'Count a startup check that takes longer as failed (30s)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l health-timeout -d 'Kill a check that takes longer, and count it as failed (30s)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l seccomp-policy -d 'Take the seccomp profile from the image\'s label, if it has one (default or image)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l security-opt -d 'Set a security option: no-new-privileges, seccomp=, mask=, unmask=, proc-opts=, label=, apparmor=' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l shm-size -d 'Size of /dev/shm' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l stop-signal -d 'Send this signal to stop the container' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l stop-timeout -d 'Wait so many seconds for a stop before SIGKILL' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l timeout -d 'Kill the container after so many seconds; 0 is never' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l sysctl -d 'Set a kernel parameter of the container\'s namespaces' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l tmpfs -d 'Attach a tmpfs (TARGET[:OPTIONS])' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l ulimit -d 'Set a limit of the container\'s processes (NAME=SOFT[:HARD])' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l uidmap -d 'Map user ids ([FLAGS]CONTAINER:FROM[:AMOUNT])' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l umask -d 'Set the container\'s umask' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l unsetenv -d 'Take a variable away that the image sets' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -s u -l user -d 'Run as this user (NAME|UID[:GROUP|GID])' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l tz -d 'Set the time zone: a name such as Europe/Berlin, or local for the host\'s' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l userns -d 'Choose the user namespace: auto, host, keep-id, nomap, container:NAME or ns:PATH' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l uts -d 'Use this UTS namespace: private, host, container:NAME or ns:PATH' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -s v -l volume -d 'Attach a directory of the host or a volume ([SOURCE:]TARGET[:OPTIONS])' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l volumes-from -d 'Attach the volumes of another container (CONTAINER[:ro|rw])' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -s w -l workdir -d 'Begin in this directory' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l authfile -d 'Read registry credentials from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l cert-dir -d 'Trust the certificates in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l creds -d 'Use these credentials' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l retry -d 'Try again so many times' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l retry-delay -d 'Wait so long between two tries' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l detach-keys -d 'Leave an attached container with these keys' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l preserve-fd -d 'Hand on these descriptors of the caller' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l preserve-fds -d 'Hand on so many descriptors of the caller, from 3 on' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l disable-content-trust -d 'Do nothing; Docker has it'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l env-host -d 'Give the container the caller\'s whole environment'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l http-proxy -d 'Hand on the caller\'s proxy variables'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l init -d 'Run a small init that forwards signals and reaps processes'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -s i -l interactive -d 'Keep standard input open'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l no-hostname -d 'Leave /etc/hostname to the image'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l no-hosts -d 'Leave /etc/hosts to the image'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l passwd -d 'Add the container\'s user to /etc/passwd and /etc/group when the image lacks it'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l privileged -d 'Give the container every right the caller could give; see PRIVILEGED'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -s P -l publish-all -d 'Publish every exposed port at a free port of the host'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -s q -l quiet -d 'Show no progress of a pull'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l read-only -d 'Make the container\'s tree read-only'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l read-only-tmpfs -d 'Keep /run, /tmp and /var/tmp writable in a read-only container'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l replace -d 'Remove a container of the same name first'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l rm -d 'Remove the container when it ends'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l rmi -d 'Remove the container when it ends, and then its image if no other container uses it'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l rootfs -d 'Run in a directory of the host: DIR[:O] stands where else the image does; with O it stays as it is'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l no-healthcheck -d 'Run no health check, not even the image\'s'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -s t -l tty -d 'Give the container a terminal'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l unsetenv-all -d 'Take away every variable that the image sets'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l tls-verify -d 'Require https and a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -s d -l detach -d 'Leave the container in the background and print its id'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l sig-proxy -d 'Hand signals on to the container'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from run" -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -l authfile -d 'Read registry credentials from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -l cert-dir -d 'Trust the certificates in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -l creds -d 'Use these credentials' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -s n -l name -d 'What NAME in the command stands for' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -l tls-verify -d 'Require https and a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -l display -d 'Print the command instead'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -s q -l quiet -d 'Do not print the command'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -l replace -d 'Replace a container of the same name'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from runlabel" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from start" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from start" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from start" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from start" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from start" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from start" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from start" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from start" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from start" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from start" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from start" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from start" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from start" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from start" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from start" -l detach-keys -d 'Leave an attached container with these keys' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from start" -s f -l filter -d 'Start only containers that match' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from start" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from start" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from start" -l all -d 'Start every container that does not run'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from start" -s a -l attach -d 'Join output, and with -i input'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from start" -s i -l interactive -d 'Join standard input'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from start" -l sig-proxy -d 'Hand signals on to the container (with --attach)'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from start" -s l -l latest -d 'Act on the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from start" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stats" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stats" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stats" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stats" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stats" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stats" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stats" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stats" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stats" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stats" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stats" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stats" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stats" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stats" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stats" -l format -d 'Print by this template, or json' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stats" -s i -l interval -d 'Look so often, in seconds' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stats" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stats" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stats" -s a -l all -d 'Show all containers'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stats" -s l -l latest -d 'Show the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stats" -l no-reset -d 'Do not clear the screen between two looks'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stats" -l no-stream -d 'Look once'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stats" -l no-trunc -d 'Print whole ids'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stats" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stop" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stop" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stop" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stop" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stop" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stop" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stop" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stop" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stop" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stop" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stop" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stop" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stop" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stop" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stop" -s f -l filter -d 'Stop only containers that match' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stop" -s t -l time -l timeout -d 'Wait so many seconds before SIGKILL; -1 waits without end' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stop" -l cidfile -d 'Read an id from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stop" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stop" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stop" -s i -l ignore -d 'Pass over names that no container bears'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stop" -s a -l all -d 'Act on all containers'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stop" -s l -l latest -d 'Act on the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from stop" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unpause" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unpause" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unpause" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unpause" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unpause" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unpause" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unpause" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unpause" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unpause" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unpause" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unpause" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unpause" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unpause" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unpause" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unpause" -s f -l filter -d 'Let only containers go on that match' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unpause" -l cidfile -d 'Read an id from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unpause" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unpause" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unpause" -s a -l all -d 'Act on all containers'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unpause" -s l -l latest -d 'Act on the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unpause" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from top" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from top" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from top" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from top" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from top" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from top" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from top" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from top" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from top" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from top" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from top" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from top" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from top" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from top" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from top" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from top" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from top" -s l -l latest -d 'Show the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from top" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l blkio-weight -d 'Weigh the container\'s block input and output (10 to 1000)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l blkio-weight-device -d 'Weigh it for one device (DEVICE:WEIGHT)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l cpu-period -d 'Set the period of --cpu-quota, in microseconds' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l cpu-quota -d 'Let the container compute so many microseconds of every period' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -s c -l cpu-shares -d 'Weigh the container\'s computing (2 to 262144; 1024 is usual)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l cpus -d 'Let the container use so many CPUs, such as 1.5' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l cpuset-cpus -d 'Let the container use these CPUs (0-3,5)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l cpuset-mems -d 'Let the container use memory of these NUMA nodes (0-3,5)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l device-read-bps -d 'Limit reading from a device (DEVICE:BYTES per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l device-read-iops -d 'Limit reading from a device (DEVICE:OPERATIONS per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l device-write-bps -d 'Limit writing to a device (DEVICE:BYTES per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l device-write-iops -d 'Limit writing to a device (DEVICE:OPERATIONS per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -s m -l memory -d 'Limit memory (a number and b, k, m or g)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l memory-reservation -d 'Keep so much memory from being reclaimed' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l memory-swap -d 'Limit memory and swap together; -1 is without limit' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l pids-limit -d 'Limit the number of processes and threads; -1 is without limit' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l health-cmd -d 'Check the container\'s health with this command (a JSON array, or text for a shell; none)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l health-interval -d 'Check so often (30s); disable leaves it to healthcheck run' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l health-log-destination -d 'Keep results here: local, events_logger or a directory' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l health-max-log-count -d 'Keep so many results (5); 0 keeps all' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l health-max-log-size -d 'Keep so many characters of each output (500); 0 keeps all' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l health-on-failure -d 'Do this when the container turns unhealthy: none, kill, restart or stop' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l health-retries -d 'Count the container as unhealthy after so many failures in a row (3)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l health-start-period -d 'Let failures pass for so long after the start' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l health-startup-cmd -d 'Begin the regular check only when this command has succeeded' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l health-startup-interval -d 'Run the startup check so often (30s)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l health-startup-retries -d 'Start the container again after so many failures of the startup check (0 is never)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l health-startup-success -d 'Let the startup check succeed so often before the regular one begins' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l health-startup-timeout -d 'Count a startup check that takes longer as failed (30s)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l health-timeout -d 'Kill a check that takes longer, and count it as failed (30s)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -s e -l env -d 'Set a variable from the next start on (NAME=VALUE)' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l restart -d 'Start the container again when it ends: no, on-failure[:TIMES], always, unless-stopped' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l ulimit -d 'Set a limit of the container\'s processes from the next start on (NAME=SOFT[:HARD])' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l unsetenv -d 'Take a variable away from the next start on' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -l no-healthcheck -d 'Run no health check, not even the image\'s'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -s l -l latest -d 'Change the container that was made last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from wait" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from wait" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from wait" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from wait" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from wait" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from wait" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from wait" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from wait" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from wait" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from wait" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from wait" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from wait" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from wait" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from wait" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from wait" -l condition -d 'Wait for a status instead: stopped, running, healthy, removing, …; one of several suffices' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from wait" -s i -l interval -d 'Accepted for scripts that set how often Podman looks; the end is noticed at once' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from wait" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from wait" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from wait" -l exit-first-match -d 'End when the first of the containers fulfils the condition'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from wait" -l ignore -d 'Pass over names that no container bears, printing -1'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from wait" -s l -l latest -d 'Act on the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from wait" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from mount" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from mount" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from mount" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from mount" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from mount" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from mount" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from mount" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from mount" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from mount" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from mount" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from mount" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from mount" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from mount" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from mount" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from mount" -l format -d 'Print what is mounted as json' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from mount" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from mount" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from mount" -s a -l all -d 'Mount every container'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from mount" -s l -l latest -d 'Mount the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from mount" -l notruncate -l no-trunc -d 'Shorten no id'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from mount" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from umount" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from umount" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from umount" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from umount" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from umount" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from umount" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from umount" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from umount" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from umount" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from umount" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from umount" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from umount" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from umount" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from umount" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from umount" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from umount" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from umount" -s a -l all -d 'Unmount every container'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from umount" -s f -l force -d 'Unmount what is still used, too (as is done anyway)'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from umount" -s l -l latest -d 'Unmount the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from umount" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unmount" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unmount" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unmount" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unmount" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unmount" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unmount" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unmount" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unmount" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unmount" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unmount" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unmount" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unmount" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unmount" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unmount" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unmount" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unmount" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unmount" -s a -l all -d 'Unmount every container'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unmount" -s f -l force -d 'Unmount what is still used, too (as is done anyway)'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unmount" -s l -l latest -d 'Unmount the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand container; and __fish_seen_subcommand_from unmount" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand completion" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand completion" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand completion" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand completion" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand completion" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand completion" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand completion" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand completion" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand completion" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand completion" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand completion" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand completion" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand completion" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand completion" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand completion" -s f -l file -d 'Write it to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand completion" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand completion" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand completion" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand cp" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand cp" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand cp" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand cp" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand cp" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand cp" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand cp" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand cp" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand cp" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand cp" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand cp" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand cp" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand cp" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand cp" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand cp" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand cp" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand cp" -s a -l archive -d 'Give what is copied into a container to its user (default true); false keeps the owners'
complete -c coracle -n "__fish_coracle_using_subcommand cp" -l overwrite -d 'Let a file take the place of a directory, and the other way round'
complete -c coracle -n "__fish_coracle_using_subcommand cp" -l pause -d 'Accepted for old scripts: a running container is never stopped for this'
complete -c coracle -n "__fish_coracle_using_subcommand cp" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand create" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand create" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand create" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand create" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand create" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand create" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand create" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand create" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand create" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand create" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand create" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand create" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand create" -l add-host -d 'Add a line to /etc/hosts (NAME:IP, IP may be host-gateway)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l annotation -d 'Add an annotation' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l arch -d 'Choose the image of this architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l os -d 'Choose the image of this operating system' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l platform -d 'Choose the image of this platform (OS/ARCH[/VARIANT])' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l variant -d 'Choose the image of this variant of the architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -s a -l attach -d 'Join only these streams of the caller: stdin, stdout, stderr' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l cap-add -d 'Add a capability, or ALL' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l cap-drop -d 'Drop a capability, or ALL' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l conmon-pidfile -d 'Write the process id of the container\'s monitor to a file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand create" -l chrootdirs -d 'Give the generated files of /etc to this directory too' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l cgroupns -d 'Use this cgroup namespace: private, host, container:NAME or ns:PATH' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l cgroup-conf -d 'Write to a file of the container\'s control group (FILE=VALUE)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l cgroup-parent -d 'Make the container\'s control group here: a slice for systemd, else a path' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l cgroups -d 'Give the container a control group: enabled, disabled, no-conmon or split' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l systemd -d 'Prepare the container for systemd: true (when it is the command), false or always' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l cidfile -d 'Write the container\'s id to a file that must not exist yet' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand create" -l device -d 'Give the container a device of the host (HOST[:CONTAINER[:rwm]]) or of a CDI file (VENDOR/CLASS=NAME)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l dns -d 'Ask this DNS server' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l dns-option -l dns-opt -d 'Set an option of resolv.conf' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l dns-search -d 'Search this DNS domain' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l domainname -d 'Name the container\'s NIS domain' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l egress -d 'Refuse what is not on a list: none, allow=CIDR[:PORT], allow=NAME[:PORT] (both repeatable, NAME may begin with *.); or write down what is reached: log. `inspect` shows list and log' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l entrypoint -d 'Replace the image\'s entrypoint: a program or a JSON array' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -s e -l env -d 'Set a variable (NAME=VALUE), or take the caller\'s (NAME, PREFIX*)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l env-file -d 'Read variables from a file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand create" -l env-merge -d 'Set a variable from what the image sets (NAME=VALUE with ${NAME})' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l expose -d 'Say that the container serves a port or range, published by -P' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l gidmap -d 'Map group ids ([FLAGS]CONTAINER:FROM[:AMOUNT])' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l group-add -d 'Add a group to the container\'s user, or keep the caller\'s groups (keep-groups)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l gpus -d 'Give the container graphics processors of CDI files: all or a name' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l hosts-file -d 'Begin /etc/hosts with this file of the host, or with none or image' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l group-entry -d 'Write this line to /etc/group instead of the default ($GROUPNAME, $GID, $USERLIST)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -s h -l hostname -d 'Name the container\'s host' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l hostuser -d 'Add a user of the host to /etc/passwd (NAME or UID)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l image-volume -d 'Make of the image\'s volumes: bind (anonymous volumes), tmpfs or ignore' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l init-path -d 'Use this program of the host as the small init' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand create" -l ipc -d 'Use this IPC namespace: shareable, private, none, host, container:NAME or ns:PATH' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -s l -l label -d 'Set a label' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l label-file -d 'Read labels from a file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand create" -l log-driver -d 'Keep the output by this driver: k8s-file, json-file, journald, none or passthrough(-tty)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l log-opt -d 'Set an option of the log: max-size=, path=, tag=' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l mount -d 'Attach a file system: bind, glob, volume, tmpfs, ramfs, image or devpts (type=…,src=…,dst=…)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l name -d 'Name the container' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l ip -d 'Give the container this IPv4 address of its network' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l ip6 -d 'Give the container this IPv6 address of its network' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l mac-address -d 'Give the container\'s interface this hardware address' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l network-alias -d 'A further name under which the container is found on its networks' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l network -l net -d 'Choose the network: pasta, slirp4netns, none, host, container:NAME, ns:PATH, bridge, or networks with a name (NAME[:ip=…,ip6=…,mac=…,alias=…,interface_name=…])' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l oom-score-adj -d 'Change how early the kernel ends the container when memory is short (-1000 to 1000)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l personality -d 'Set the execution domain: LINUX or LINUX32' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l pid -d 'Use this PID namespace: private, host, container:NAME or ns:PATH' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l passwd-entry -d 'Write this line to /etc/passwd instead of the default ($USERNAME, $UID, $GID, $NAME, $HOME)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l pidfile -d 'Write the process id of the container\'s first process to a file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand create" -s p -l publish -d 'Publish a port or range ([[IP:][HOST]:]CONTAINER[/PROTOCOL])' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l pull -d 'Pull the image: always, missing, never or newer' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l blkio-weight -d 'Weigh the container\'s block input and output (10 to 1000)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l blkio-weight-device -d 'Weigh it for one device (DEVICE:WEIGHT)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l cpu-period -d 'Set the period of --cpu-quota, in microseconds' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l cpu-quota -d 'Let the container compute so many microseconds of every period' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -s c -l cpu-shares -d 'Weigh the container\'s computing (2 to 262144; 1024 is usual)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l cpus -d 'Let the container use so many CPUs, such as 1.5' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l cpuset-cpus -d 'Let the container use these CPUs (0-3,5)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l cpuset-mems -d 'Let the container use memory of these NUMA nodes (0-3,5)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l device-read-bps -d 'Limit reading from a device (DEVICE:BYTES per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l device-read-iops -d 'Limit reading from a device (DEVICE:OPERATIONS per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l device-write-bps -d 'Limit writing to a device (DEVICE:BYTES per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l device-write-iops -d 'Limit writing to a device (DEVICE:OPERATIONS per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -s m -l memory -d 'Limit memory (a number and b, k, m or g)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l memory-reservation -d 'Keep so much memory from being reclaimed' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l memory-swap -d 'Limit memory and swap together; -1 is without limit' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l pids-limit -d 'Limit the number of processes and threads; -1 is without limit' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l requires -d 'Start these containers first' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l restart -d 'Start the container again when it ends: no, on-failure[:TIMES], always, unless-stopped' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l kernel-memory -d 'No longer supported: kernel memory is part of --memory (only a warning)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l secret -d 'Give the container a secret (NAME[,type=mount|env,target=…,uid=…,gid=…,mode=…])' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l sdnotify -d 'Tell $NOTIFY_SOCKET that the container is ready: container, conmon, healthy or ignore' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l health-cmd -d 'Check the container\'s health with this command (a JSON array, or text for a shell; none)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l health-interval -d 'Check so often (30s); disable leaves it to healthcheck run' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l health-log-destination -d 'Keep results here: local, events_logger or a directory' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l health-max-log-count -d 'Keep so many results (5); 0 keeps all' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l health-max-log-size -d 'Keep so many characters of each output (500); 0 keeps all' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l health-on-failure -d 'Do this when the container turns unhealthy: none, kill, restart or stop' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l health-retries -d 'Count the container as unhealthy after so many failures in a row (3)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l health-start-period -d 'Let failures pass for so long after the start' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l health-startup-cmd -d 'Begin the regular check only when this command has succeeded' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l health-startup-interval -d 'Run the startup check so often (30s)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l health-startup-retries -d 'Start the container again after so many failures of the startup check (0 is never)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l health-startup-success -d 'Let the startup check succeed so often before the regular one begins' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l health-startup-timeout -d 'Count a startup check that takes longer as failed (30s)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l health-timeout -d 'Kill a check that takes longer, and count it as failed (30s)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l seccomp-policy -d 'Take the seccomp profile from the image\'s label, if it has one (default or image)' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l security-opt -d 'Set a security option: no-new-privileges, seccomp=, mask=, unmask=, proc-opts=, label=, apparmor=' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l shm-size -d 'Size of /dev/shm' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l stop-signal -d 'Send this signal to stop the container' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l stop-timeout -d 'Wait so many seconds for a stop before SIGKILL' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l timeout -d 'Kill the container after so many seconds; 0 is never' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l sysctl -d 'Set a kernel parameter of the container\'s namespaces' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l tmpfs -d 'Attach a tmpfs (TARGET[:OPTIONS])' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l ulimit -d 'Set a limit of the container\'s processes (NAME=SOFT[:HARD])' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l uidmap -d 'Map user ids ([FLAGS]CONTAINER:FROM[:AMOUNT])' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l umask -d 'Set the container\'s umask' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l unsetenv -d 'Take a variable away that the image sets' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -s u -l user -d 'Run as this user (NAME|UID[:GROUP|GID])' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l tz -d 'Set the time zone: a name such as Europe/Berlin, or local for the host\'s' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l userns -d 'Choose the user namespace: auto, host, keep-id, nomap, container:NAME or ns:PATH' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l uts -d 'Use this UTS namespace: private, host, container:NAME or ns:PATH' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -s v -l volume -d 'Attach a directory of the host or a volume ([SOURCE:]TARGET[:OPTIONS])' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l volumes-from -d 'Attach the volumes of another container (CONTAINER[:ro|rw])' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -s w -l workdir -d 'Begin in this directory' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l authfile -d 'Read registry credentials from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand create" -l cert-dir -d 'Trust the certificates in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand create" -l creds -d 'Use these credentials' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l retry -d 'Try again so many times' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -l retry-delay -d 'Wait so long between two tries' -r
complete -c coracle -n "__fish_coracle_using_subcommand create" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand create" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand create" -l disable-content-trust -d 'Do nothing; Docker has it'
complete -c coracle -n "__fish_coracle_using_subcommand create" -l env-host -d 'Give the container the caller\'s whole environment'
complete -c coracle -n "__fish_coracle_using_subcommand create" -l http-proxy -d 'Hand on the caller\'s proxy variables'
complete -c coracle -n "__fish_coracle_using_subcommand create" -l init -d 'Run a small init that forwards signals and reaps processes'
complete -c coracle -n "__fish_coracle_using_subcommand create" -s i -l interactive -d 'Keep standard input open'
complete -c coracle -n "__fish_coracle_using_subcommand create" -l no-hostname -d 'Leave /etc/hostname to the image'
complete -c coracle -n "__fish_coracle_using_subcommand create" -l no-hosts -d 'Leave /etc/hosts to the image'
complete -c coracle -n "__fish_coracle_using_subcommand create" -l passwd -d 'Add the container\'s user to /etc/passwd and /etc/group when the image lacks it'
complete -c coracle -n "__fish_coracle_using_subcommand create" -l privileged -d 'Give the container every right the caller could give; see PRIVILEGED'
complete -c coracle -n "__fish_coracle_using_subcommand create" -s P -l publish-all -d 'Publish every exposed port at a free port of the host'
complete -c coracle -n "__fish_coracle_using_subcommand create" -s q -l quiet -d 'Show no progress of a pull'
complete -c coracle -n "__fish_coracle_using_subcommand create" -l read-only -d 'Make the container\'s tree read-only'
complete -c coracle -n "__fish_coracle_using_subcommand create" -l read-only-tmpfs -d 'Keep /run, /tmp and /var/tmp writable in a read-only container'
complete -c coracle -n "__fish_coracle_using_subcommand create" -l replace -d 'Remove a container of the same name first'
complete -c coracle -n "__fish_coracle_using_subcommand create" -l rm -d 'Remove the container when it ends'
complete -c coracle -n "__fish_coracle_using_subcommand create" -l rmi -d 'Remove the container when it ends, and then its image if no other container uses it'
complete -c coracle -n "__fish_coracle_using_subcommand create" -l rootfs -d 'Run in a directory of the host: DIR[:O] stands where else the image does; with O it stays as it is'
complete -c coracle -n "__fish_coracle_using_subcommand create" -l no-healthcheck -d 'Run no health check, not even the image\'s'
complete -c coracle -n "__fish_coracle_using_subcommand create" -s t -l tty -d 'Give the container a terminal'
complete -c coracle -n "__fish_coracle_using_subcommand create" -l unsetenv-all -d 'Take away every variable that the image sets'
complete -c coracle -n "__fish_coracle_using_subcommand create" -l tls-verify -d 'Require https and a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand create" -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand events" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand events" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand events" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand events" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand events" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand events" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand events" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand events" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand events" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand events" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand events" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand events" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand events" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand events" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand events" -s f -l filter -d 'Show only events that match (container=, event=, image=, label=, pod=, type=, volume=)' -r
complete -c coracle -n "__fish_coracle_using_subcommand events" -l format -d 'Print as JSON or with a Go template' -r
complete -c coracle -n "__fish_coracle_using_subcommand events" -l since -d 'Begin with what happened then (a time, or how long ago)' -r
complete -c coracle -n "__fish_coracle_using_subcommand events" -l until -d 'End with what happened then (a time, or how long from now)' -r
complete -c coracle -n "__fish_coracle_using_subcommand events" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand events" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand events" -l no-trunc -d 'Show ids in full (the default); false shortens them'
complete -c coracle -n "__fish_coracle_using_subcommand events" -l stream -d 'Go on with what happens from now on (the default); false ends with what there is'
complete -c coracle -n "__fish_coracle_using_subcommand events" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand diff" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand diff" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand diff" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand diff" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand diff" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand diff" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand diff" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand diff" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand diff" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand diff" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand diff" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand diff" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand diff" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand diff" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand diff" -l format -d 'Print json' -r
complete -c coracle -n "__fish_coracle_using_subcommand diff" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand diff" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand diff" -s l -l latest -d 'Look at the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c coracle -n "__fish_coracle_using_subcommand exec" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand exec" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand exec" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand exec" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand exec" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand exec" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand exec" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand exec" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand exec" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand exec" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand exec" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand exec" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand exec" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand exec" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand exec" -l cidfile -d 'Read the container\'s id from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand exec" -l detach-keys -d 'Leave the process with these keys' -r
complete -c coracle -n "__fish_coracle_using_subcommand exec" -s e -l env -d 'Set a variable (NAME=VALUE), or take the caller\'s (NAME, PREFIX*)' -r
complete -c coracle -n "__fish_coracle_using_subcommand exec" -l env-file -d 'Read variables from a file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand exec" -l preserve-fd -d 'Hand on these descriptors of the caller' -r
complete -c coracle -n "__fish_coracle_using_subcommand exec" -l preserve-fds -d 'Hand on so many descriptors of the caller, from 3 on' -r
complete -c coracle -n "__fish_coracle_using_subcommand exec" -s u -l user -d 'Run as this user (NAME|UID[:GROUP|GID])' -r
complete -c coracle -n "__fish_coracle_using_subcommand exec" -s w -l workdir -d 'Begin in this directory' -r
complete -c coracle -n "__fish_coracle_using_subcommand exec" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand exec" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand exec" -s d -l detach -d 'Leave the process in the background and print its session\'s id'
complete -c coracle -n "__fish_coracle_using_subcommand exec" -s i -l interactive -d 'Keep standard input open'
complete -c coracle -n "__fish_coracle_using_subcommand exec" -s l -l latest -d 'Run in the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand exec" -l no-session -d 'Do not list the process as a session of the container'
complete -c coracle -n "__fish_coracle_using_subcommand exec" -l privileged -d 'Give the process every right the container could have'
complete -c coracle -n "__fish_coracle_using_subcommand exec" -s t -l tty -d 'Give the process a terminal'
complete -c coracle -n "__fish_coracle_using_subcommand exec" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and not __fish_seen_subcommand_from run" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and not __fish_seen_subcommand_from run" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and not __fish_seen_subcommand_from run" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and not __fish_seen_subcommand_from run" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and not __fish_seen_subcommand_from run" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and not __fish_seen_subcommand_from run" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and not __fish_seen_subcommand_from run" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and not __fish_seen_subcommand_from run" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and not __fish_seen_subcommand_from run" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and not __fish_seen_subcommand_from run" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and not __fish_seen_subcommand_from run" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and not __fish_seen_subcommand_from run" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and not __fish_seen_subcommand_from run" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and not __fish_seen_subcommand_from run" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and not __fish_seen_subcommand_from run" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and not __fish_seen_subcommand_from run" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and not __fish_seen_subcommand_from run" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and not __fish_seen_subcommand_from run" -f -a "run" -d 'Run the health check of a container'
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and __fish_seen_subcommand_from run" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and __fish_seen_subcommand_from run" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and __fish_seen_subcommand_from run" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and __fish_seen_subcommand_from run" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and __fish_seen_subcommand_from run" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and __fish_seen_subcommand_from run" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and __fish_seen_subcommand_from run" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and __fish_seen_subcommand_from run" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and __fish_seen_subcommand_from run" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and __fish_seen_subcommand_from run" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and __fish_seen_subcommand_from run" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and __fish_seen_subcommand_from run" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and __fish_seen_subcommand_from run" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and __fish_seen_subcommand_from run" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and __fish_seen_subcommand_from run" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and __fish_seen_subcommand_from run" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and __fish_seen_subcommand_from run" -l ignore-result -d 'End with 0 whatever the check finds'
complete -c coracle -n "__fish_coracle_using_subcommand healthcheck; and __fish_seen_subcommand_from run" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand export" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand export" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand export" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand export" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand export" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand export" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand export" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand export" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand export" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand export" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand export" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand export" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand export" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand export" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand export" -s o -l output -d 'Write to this file instead of standard output' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand export" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand export" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand export" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand history" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand history" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand history" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand history" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand history" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand history" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand history" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand history" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand history" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand history" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand history" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand history" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand history" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand history" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand history" -l format -d 'Print json, a Go template, or a table of one ("table …")' -r
complete -c coracle -n "__fish_coracle_using_subcommand history" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand history" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand history" -s H -l human -d 'Print sizes and times in words'
complete -c coracle -n "__fish_coracle_using_subcommand history" -l no-trunc -d 'Shorten nothing'
complete -c coracle -n "__fish_coracle_using_subcommand history" -s q -l quiet -d 'Print only ids'
complete -c coracle -n "__fish_coracle_using_subcommand history" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand generate; and not __fish_seen_subcommand_from spec" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand generate; and not __fish_seen_subcommand_from spec" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand generate; and not __fish_seen_subcommand_from spec" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand generate; and not __fish_seen_subcommand_from spec" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand generate; and not __fish_seen_subcommand_from spec" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand generate; and not __fish_seen_subcommand_from spec" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand generate; and not __fish_seen_subcommand_from spec" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand generate; and not __fish_seen_subcommand_from spec" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand generate; and not __fish_seen_subcommand_from spec" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand generate; and not __fish_seen_subcommand_from spec" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand generate; and not __fish_seen_subcommand_from spec" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand generate; and not __fish_seen_subcommand_from spec" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand generate; and not __fish_seen_subcommand_from spec" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand generate; and not __fish_seen_subcommand_from spec" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand generate; and not __fish_seen_subcommand_from spec" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand generate; and not __fish_seen_subcommand_from spec" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand generate; and not __fish_seen_subcommand_from spec" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand generate; and not __fish_seen_subcommand_from spec" -f -a "spec" -d 'Print what a container was told, as JSON'
complete -c coracle -n "__fish_coracle_using_subcommand generate; and __fish_seen_subcommand_from spec" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand generate; and __fish_seen_subcommand_from spec" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand generate; and __fish_seen_subcommand_from spec" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand generate; and __fish_seen_subcommand_from spec" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand generate; and __fish_seen_subcommand_from spec" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand generate; and __fish_seen_subcommand_from spec" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand generate; and __fish_seen_subcommand_from spec" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand generate; and __fish_seen_subcommand_from spec" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand generate; and __fish_seen_subcommand_from spec" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand generate; and __fish_seen_subcommand_from spec" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand generate; and __fish_seen_subcommand_from spec" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand generate; and __fish_seen_subcommand_from spec" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand generate; and __fish_seen_subcommand_from spec" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand generate; and __fish_seen_subcommand_from spec" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand generate; and __fish_seen_subcommand_from spec" -s f -l filename -d 'Write it to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand generate; and __fish_seen_subcommand_from spec" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand generate; and __fish_seen_subcommand_from spec" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand generate; and __fish_seen_subcommand_from spec" -s c -l compact -d 'Print it in one line'
complete -c coracle -n "__fish_coracle_using_subcommand generate; and __fish_seen_subcommand_from spec" -s n -l name -d 'Leave the name as it is instead of the next free one'
complete -c coracle -n "__fish_coracle_using_subcommand generate; and __fish_seen_subcommand_from spec" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -f -a "build" -d 'Build an image from a Containerfile'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -f -a "diff" -d 'Show what the last layer of an image changes in those below it'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -f -a "exists" -d 'Say by the exit code whether an image is in the store'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -f -a "history" -d 'Show the steps of an image\'s making'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -f -a "import" -d 'Make an image of a tar of a whole tree'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -f -a "inspect" -d 'Show everything known about images'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -f -a "ls" -d 'List images'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -f -a "list" -d 'List images'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -f -a "load" -d 'Bring images from an archive'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -f -a "prune" -d 'Remove images that no container uses'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -f -a "pull" -d 'Bring images from a registry, or from files'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -f -a "push" -d 'Send an image to a registry, or into files'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -f -a "rm" -d 'Remove images'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -f -a "save" -d 'Put images into an archive'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -f -a "scp" -d 'Copy an image to or from another machine, where Coracle is installed too'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -f -a "search" -d 'Find repositories in registries'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -f -a "sign" -d 'Sign images in registries with GPG'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -f -a "tag" -d 'Give an image further names'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -f -a "tree" -d 'Show the layers of an image'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -f -a "trust" -d 'Commands about whose images are taken'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -f -a "untag" -d 'Take names away from an image'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -f -a "mount" -d 'Mount the trees of images, inside of unshare'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -f -a "umount" -d 'Unmount the trees of images, inside of unshare'
complete -c coracle -n "__fish_coracle_using_subcommand image; and not __fish_seen_subcommand_from build diff exists history import inspect ls list load prune pull push rm save scp search sign tag tree trust untag mount umount unmount" -f -a "unmount" -d 'Unmount the trees of images, inside of unshare'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l add-host -d 'Add a line to /etc/hosts of RUN steps (NAME:IP, IP may be host-gateway)' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l annotation -d 'Add an annotation to the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l arch -d 'Choose the image of this architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l os -d 'Choose the image of this operating system' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l platform -d 'Choose the image of this platform (OS/ARCH[/VARIANT])' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l variant -d 'Choose the image of this variant of the architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l build-arg -d 'Set a build argument (NAME=VALUE), or take the caller\'s variable (NAME); visible in the image\'s history' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l build-arg-file -d 'Read build arguments from a file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l build-context -d 'Name a further context (NAME=DIRECTORY or NAME=docker-image://IMAGE)' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l cap-add -d 'Add a capability to RUN steps, or ALL' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l cap-drop -d 'Drop a capability of RUN steps, or ALL' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l cgroup-parent -d 'Put RUN steps below this control group' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -s c -l cpu-shares -d 'Give RUN steps a relative weight of CPU time' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l cpu-period -d 'Bound the CPU time of RUN steps: the period in microseconds' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l cpu-quota -d 'Bound the CPU time of RUN steps: the time in a period, in microseconds' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l cpuset-cpus -d 'Run steps on these CPUs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l cpuset-mems -d 'Use memory of these nodes for RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l device -d 'Give RUN steps a device of the host (HOST[:CONTAINER[:rwm]])' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l dns -d 'Ask this DNS server in RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l dns-option -d 'Set an option of resolv.conf in RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l dns-search -d 'Search this DNS domain in RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l env -d 'Set a variable in the image (NAME=VALUE), or take the caller\'s (NAME)' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -s f -l file -d 'Read the instructions from this file, one after the other where there are several; "-" is standard input' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l format -d 'Write documents of this kind: oci or docker' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l ignorefile -d 'Leave out what this file lists, instead of .containerignore or .dockerignore' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l iidfile -d 'Write the image\'s id to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l isolation -d 'How RUN steps are confined: oci, rootless or default, which are the same here' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l jobs -d 'Build so many stages at once; they are built one after the other' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l label -d 'Set a label of the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l logfile -d 'Write what the build says to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -s m -l memory -d 'Limit the memory of RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l memory-swap -d 'Limit memory and swap of RUN steps together' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l network -l net -d 'Choose the network of RUN steps, as run does' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l progress -d 'Show progress: auto or plain, which are the same here, or quiet' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l pull -d 'Pull base images so (default "missing"): always, missing, never or newer' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l secret -d 'Give RUN --mount=type=secret something (id=NAME[,src=FILE|env=VARIABLE])' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l security-opt -d 'Set a security option of RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l shm-size -d 'Size of /dev/shm in RUN steps' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l source-date-epoch -d 'Date the image so, in seconds since 1970, and files in it where they are younger; unset: $SOURCE_DATE_EPOCH' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l ssh -d 'Give RUN --mount=type=ssh an agent (default, or NAME=SOCKET)' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -s t -l tag -d 'Name the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l target -d 'Stop after this stage' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l timestamp -d 'Date the image and all files in its new layers so, in seconds since 1970' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l ulimit -d 'Set a limit of RUN steps\' processes (NAME=SOFT[:HARD])' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l unsetenv -d 'Take a variable out of the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l unsetlabel -d 'Take a label off the image' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -s v -l volume -d 'Attach a directory of the host to RUN steps (SOURCE:TARGET[:OPTIONS])' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l authfile -d 'Read registry credentials from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l cert-dir -d 'Trust the certificates in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l creds -d 'Use these credentials' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l retry -d 'Try again so many times' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l retry-delay -d 'Wait so long between two tries' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l disable-content-trust -d 'Do nothing; Docker has it'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l force-rm -d 'Remove what a failed step leaves behind: always done'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l http-proxy -d 'Hand on the caller\'s proxy variables to RUN steps'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l identity-label -d 'Label the image with the version that built it'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l layers -d 'Take steps from the cache, and keep them there'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l load -d 'Put the image into the store: always done'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l no-cache -d 'Take no step from the cache'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l no-hostname -d 'Leave /etc/hostname to the image in RUN steps'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l no-hosts -d 'Leave /etc/hosts to the image in RUN steps'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l omit-history -d 'Leave the steps out of the image\'s history'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l pull-always -d 'Pull base images even where they are here'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l pull-never -d 'Pull no base image'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -s q -l quiet -d 'Show nothing but the image\'s id'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l rm -d 'Remove the containers of steps: always done'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l skip-unused-stages -d 'Build only the stages that are needed'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l squash -d 'Make one layer of all steps'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l squash-all -d 'Make one layer of all steps and the base'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -l tls-verify -d 'Require https and a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from build" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from diff" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from diff" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from diff" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from diff" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from diff" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from diff" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from diff" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from diff" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from diff" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from diff" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from diff" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from diff" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from diff" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from diff" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from diff" -l format -d 'Print json' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from diff" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from diff" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from exists" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from exists" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from exists" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from exists" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from exists" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from exists" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from exists" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from exists" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from exists" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from exists" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from exists" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from exists" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from exists" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from exists" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from exists" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from exists" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from exists" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from history" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from history" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from history" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from history" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from history" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from history" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from history" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from history" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from history" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from history" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from history" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from history" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from history" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from history" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from history" -l format -d 'Print json, a Go template, or a table of one ("table …")' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from history" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from history" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from history" -s H -l human -d 'Print sizes and times in words'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from history" -l no-trunc -d 'Shorten nothing'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from history" -s q -l quiet -d 'Print only ids'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from history" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from import" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from import" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from import" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from import" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from import" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from import" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from import" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from import" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from import" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from import" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from import" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from import" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from import" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from import" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from import" -l arch -d 'Say which architecture its programs are for' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from import" -s c -l change -d 'Change the image\'s configuration: CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, ONBUILD, STOPSIGNAL, USER, VOLUME or WORKDIR' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from import" -s m -l message -d 'Add a comment' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from import" -l os -d 'Say which operating system its programs are for' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from import" -l variant -d 'Say which variant of the architecture its programs are for' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from import" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from import" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Show no progress'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from inspect" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from inspect" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from inspect" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from inspect" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from inspect" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from inspect" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from inspect" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from inspect" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from inspect" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from inspect" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from inspect" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from inspect" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from inspect" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from inspect" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from inspect" -s f -l format -d 'Print json or a Go template' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from inspect" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from inspect" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from inspect" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -s f -l filter -d 'List only images that match (KEY=VALUE)' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -l format -d 'Print json, a Go template, or a table of one ("table …")' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -l sort -d 'Sort by created, id, repository, size or tag' -r -f -a "created\t''
id\t''
repository\t''
size\t''
tag\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -s a -l all -d 'List every image (there are no hidden ones)'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -l digests -d 'Show manifest digests'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -l history -d 'Show the names an image has and had'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -l no-trunc -d 'Shorten nothing'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -s n -l noheading -d 'Print no heading'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print only ids'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -s f -l filter -d 'List only images that match (KEY=VALUE)' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -l format -d 'Print json, a Go template, or a table of one ("table …")' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -l sort -d 'Sort by created, id, repository, size or tag' -r -f -a "created\t''
id\t''
repository\t''
size\t''
tag\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -s a -l all -d 'List every image (there are no hidden ones)'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -l digests -d 'Show manifest digests'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -l history -d 'Show the names an image has and had'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -l no-trunc -d 'Shorten nothing'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -s n -l noheading -d 'Print no heading'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only ids'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from load" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from load" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from load" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from load" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from load" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from load" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from load" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from load" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from load" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from load" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from load" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from load" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from load" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from load" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from load" -s i -l input -d 'Read this archive or directory instead of standard input' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from load" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from load" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from load" -s q -l quiet -d 'Show no progress'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from load" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from prune" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from prune" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from prune" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from prune" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from prune" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from prune" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from prune" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from prune" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from prune" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from prune" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from prune" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from prune" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from prune" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from prune" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from prune" -l filter -d 'Remove only images that match: until=TIME, label=KEY[=VALUE], label!=KEY[=VALUE]' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from prune" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from prune" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from prune" -s a -l all -d 'Remove those with names, too'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from prune" -l build-cache -d 'Remove the caches of build mounts, too (none is kept)'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from prune" -l external -d 'Remove images that containers of other programs use, too (there are none)'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from prune" -s f -l force -d 'Do not ask'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l arch -d 'Choose the image of this architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l os -d 'Choose the image of this operating system' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l platform -d 'Choose the image of this platform (OS/ARCH[/VARIANT])' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l variant -d 'Choose the image of this variant of the architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l authfile -d 'Read registry credentials from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l cert-dir -d 'Trust the certificates in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l creds -d 'Use these credentials' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l policy -d 'Pull: always, missing, never or newer' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l retry -d 'Try again so many times' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l retry-delay -d 'Wait so long between two tries' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -s a -l all-tags -d 'Bring every tag of the repository'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l tls-verify -d 'Require https and a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -l disable-content-trust -d 'Do nothing; Docker has it'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -s q -l quiet -d 'Print only the image\'s id'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from pull" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l authfile -d 'Read registry credentials from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l cert-dir -d 'Trust the certificates in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l creds -d 'Use these credentials' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l compression-format -d 'Compress layers with gzip, zstd or zstd:chunked' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l compression-level -d 'Compress this much: 0 to 9 with gzip, 1 to 22 with the others' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l digestfile -d 'Write the digest of the manifest to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -s f -l format -d 'Write the manifest as oci or v2s2 (docker); as the image has it when not given' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l retry -d 'Try again so many times' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l retry-delay -d 'Wait so long between two tries' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l sign-by -d 'Sign with this key of GPG\'s keyring; the signature goes where registries.d says' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l sign-by-sigstore -d 'Sign as this file of sigstore parameters says' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l sign-by-sigstore-private-key -d 'Sign with this private key; the signature lies beside the image in the registry' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l sign-passphrase-file -d 'Read the key\'s passphrase from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l tls-verify -d 'Require https and a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l compress -d 'Compress the layers in a directory (with dir:)'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l disable-content-trust -d 'Do nothing; Docker has it'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l force-compression -d 'Compress even where the registry has the layer in another compression'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -s q -l quiet -d 'Show no progress'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -l remove-signatures -d 'Send no signatures; none are kept here that could be'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from push" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from rm" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from rm" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from rm" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from rm" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from rm" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from rm" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from rm" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from rm" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from rm" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from rm" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from rm" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from rm" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from rm" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from rm" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from rm" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from rm" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from rm" -s a -l all -d 'Remove all images'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from rm" -s f -l force -d 'Remove containers of the image first'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from rm" -s i -l ignore -d 'Pass over names that no image bears'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from save" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from save" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from save" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from save" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from save" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from save" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from save" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from save" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from save" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from save" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from save" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from save" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from save" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from save" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from save" -l format -d 'Write docker-archive, oci-archive, oci-dir or docker-dir' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from save" -s o -l output -d 'Write to this file or directory instead of standard output' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from save" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from save" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from save" -l compress -d 'Compress layers (with --format docker-dir)'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from save" -l uncompressed -d 'Leave the layers of the OCI formats as they are'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from save" -s m -l multi-image-archive -d 'Put several images into one docker-archive'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from save" -s q -l quiet -d 'Show no progress'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from save" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from scp" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from scp" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from scp" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from scp" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from scp" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from scp" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from scp" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from scp" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from scp" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from scp" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from scp" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from scp" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from scp" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from scp" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from scp" -l format -d 'Send it as a docker-archive or an oci-archive' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from scp" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from scp" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from scp" -s q -l quiet -d 'Show no progress'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from scp" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -l authfile -d 'Read registry credentials from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -l cert-dir -d 'Trust the certificates in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -l creds -d 'Use these credentials' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -s f -l filter -d 'Print only what fits: is-official=BOOL, is-automated=BOOL, stars=NUMBER' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -l format -d 'Print json, a Go template, or a table of one ("table …")' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -l limit -d 'Print at most so many results of each registry' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -l tls-verify -d 'Require https and a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -l compatible -d 'Print stars, official and automated too, as Docker does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -l list-tags -d 'Print the tags of a repository'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -l no-trunc -d 'Shorten no descriptions'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from search" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from sign" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from sign" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from sign" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from sign" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from sign" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from sign" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from sign" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from sign" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from sign" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from sign" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from sign" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from sign" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from sign" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from sign" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from sign" -l authfile -d 'Read registry credentials from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from sign" -l cert-dir -d 'Trust the certificates in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from sign" -l creds -d 'Use these credentials' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from sign" -s d -l directory -d 'Put signatures into this directory, not where registries.d says' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from sign" -l sign-by -d 'Sign with this key of GPG\'s keyring' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from sign" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from sign" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from sign" -l tls-verify -d 'Require https and a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from sign" -s a -l all -d 'Sign every image of a list, too'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from sign" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tag" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tag" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tag" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tag" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tag" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tag" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tag" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tag" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tag" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tag" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tag" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tag" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tag" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tag" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tag" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tag" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tag" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tree" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tree" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tree" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tree" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tree" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tree" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tree" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tree" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tree" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tree" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tree" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tree" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tree" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tree" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tree" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tree" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tree" -l whatrequires -d 'Show everything that is made of the image\'s last layer, too'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from tree" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust" -f -a "show" -d 'Show whose images are taken'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust" -f -a "set" -d 'Say whose images are taken'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from untag" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from untag" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from untag" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from untag" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from untag" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from untag" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from untag" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from untag" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from untag" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from untag" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from untag" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from untag" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from untag" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from untag" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from untag" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from untag" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from untag" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from mount" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from mount" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from mount" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from mount" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from mount" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from mount" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from mount" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from mount" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from mount" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from mount" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from mount" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from mount" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from mount" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from mount" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from mount" -l format -d 'Print what is mounted as json' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from mount" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from mount" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from mount" -s a -l all -d 'Mount every image'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from mount" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from umount" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from umount" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from umount" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from umount" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from umount" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from umount" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from umount" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from umount" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from umount" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from umount" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from umount" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from umount" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from umount" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from umount" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from umount" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from umount" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from umount" -s a -l all -d 'Unmount every image'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from umount" -s f -l force -d 'Unmount what is still used, too (as is done anyway)'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from umount" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from unmount" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from unmount" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from unmount" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from unmount" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from unmount" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from unmount" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from unmount" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from unmount" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from unmount" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from unmount" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from unmount" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from unmount" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from unmount" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from unmount" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from unmount" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from unmount" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from unmount" -s a -l all -d 'Unmount every image'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from unmount" -s f -l force -d 'Unmount what is still used, too (as is done anyway)'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from unmount" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand images" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand images" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand images" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand images" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand images" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand images" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand images" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand images" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand images" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand images" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand images" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand images" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand images" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand images" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand images" -s f -l filter -d 'List only images that match (KEY=VALUE)' -r
complete -c coracle -n "__fish_coracle_using_subcommand images" -l format -d 'Print json, a Go template, or a table of one ("table …")' -r
complete -c coracle -n "__fish_coracle_using_subcommand images" -l sort -d 'Sort by created, id, repository, size or tag' -r -f -a "created\t''
id\t''
repository\t''
size\t''
tag\t''"
complete -c coracle -n "__fish_coracle_using_subcommand images" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand images" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand images" -s a -l all -d 'List every image (there are no hidden ones)'
complete -c coracle -n "__fish_coracle_using_subcommand images" -l digests -d 'Show manifest digests'
complete -c coracle -n "__fish_coracle_using_subcommand images" -l history -d 'Show the names an image has and had'
complete -c coracle -n "__fish_coracle_using_subcommand images" -l no-trunc -d 'Shorten nothing'
complete -c coracle -n "__fish_coracle_using_subcommand images" -s n -l noheading -d 'Print no heading'
complete -c coracle -n "__fish_coracle_using_subcommand images" -s q -l quiet -d 'Print only ids'
complete -c coracle -n "__fish_coracle_using_subcommand images" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand import" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand import" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand import" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand import" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand import" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand import" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand import" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand import" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand import" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand import" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand import" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand import" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand import" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand import" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand import" -l arch -d 'Say which architecture its programs are for' -r
complete -c coracle -n "__fish_coracle_using_subcommand import" -s c -l change -d 'Change the image\'s configuration: CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, ONBUILD, STOPSIGNAL, USER, VOLUME or WORKDIR' -r
complete -c coracle -n "__fish_coracle_using_subcommand import" -s m -l message -d 'Add a comment' -r
complete -c coracle -n "__fish_coracle_using_subcommand import" -l os -d 'Say which operating system its programs are for' -r
complete -c coracle -n "__fish_coracle_using_subcommand import" -l variant -d 'Say which variant of the architecture its programs are for' -r
complete -c coracle -n "__fish_coracle_using_subcommand import" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand import" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand import" -s q -l quiet -d 'Show no progress'
complete -c coracle -n "__fish_coracle_using_subcommand import" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand info" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand info" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand info" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand info" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand info" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand info" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand info" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand info" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand info" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand info" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand info" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand info" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand info" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand info" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand info" -s f -l format -d 'Print json or a Go template' -r
complete -c coracle -n "__fish_coracle_using_subcommand info" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand info" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand info" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand init" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand init" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand init" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand init" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand init" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand init" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand init" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand init" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand init" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand init" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand init" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand init" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand init" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand init" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand init" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand init" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand init" -s a -l all -d 'Prepare every container that was created or has ended'
complete -c coracle -n "__fish_coracle_using_subcommand init" -s l -l latest -d 'Act on the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand init" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand inspect" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand inspect" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand inspect" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand inspect" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand inspect" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand inspect" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand inspect" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand inspect" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand inspect" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand inspect" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand inspect" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand inspect" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand inspect" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand inspect" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand inspect" -s f -l format -d 'Print json or a Go template' -r
complete -c coracle -n "__fish_coracle_using_subcommand inspect" -s t -l type -d 'Look only for these: artifact, container, image, volume or all' -r
complete -c coracle -n "__fish_coracle_using_subcommand inspect" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand inspect" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand inspect" -s l -l latest -d 'Inspect the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand inspect" -s s -l size -d 'Show how much containers take on the disk'
complete -c coracle -n "__fish_coracle_using_subcommand inspect" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand kill" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand kill" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand kill" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand kill" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand kill" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand kill" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand kill" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand kill" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand kill" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand kill" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand kill" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand kill" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand kill" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand kill" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand kill" -s s -l signal -d 'The signal, by name or number' -r
complete -c coracle -n "__fish_coracle_using_subcommand kill" -l cidfile -d 'Read an id from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand kill" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand kill" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand kill" -s a -l all -d 'Act on all containers'
complete -c coracle -n "__fish_coracle_using_subcommand kill" -s l -l latest -d 'Act on the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand kill" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand load" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand load" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand load" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand load" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand load" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand load" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand load" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand load" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand load" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand load" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand load" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand load" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand load" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand load" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand load" -s i -l input -d 'Read this archive or directory instead of standard input' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand load" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand load" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand load" -s q -l quiet -d 'Show no progress'
complete -c coracle -n "__fish_coracle_using_subcommand load" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand login" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand login" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand login" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand login" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand login" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand login" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand login" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand login" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand login" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand login" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand login" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand login" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand login" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand login" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand login" -l authfile -d 'Keep credentials in this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand login" -l compat-auth-file -d 'Keep credentials in this file, as Docker does' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand login" -l cert-dir -d 'Trust the certificates in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand login" -s p -l password -d 'The password, for everybody to see in the list of processes' -r
complete -c coracle -n "__fish_coracle_using_subcommand login" -l secret -d 'Take the password from this secret; its name is the user\'s when none is given' -r
complete -c coracle -n "__fish_coracle_using_subcommand login" -s u -l username -d 'The name of the user' -r
complete -c coracle -n "__fish_coracle_using_subcommand login" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand login" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand login" -l get-login -d 'Print who is logged in'
complete -c coracle -n "__fish_coracle_using_subcommand login" -l password-stdin -d 'Read the password from standard input'
complete -c coracle -n "__fish_coracle_using_subcommand login" -l tls-verify -d 'Require https and a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand login" -s v -l verbose -d 'Say where the credentials are kept'
complete -c coracle -n "__fish_coracle_using_subcommand login" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand logout" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand logout" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand logout" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand logout" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand logout" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand logout" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand logout" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand logout" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand logout" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand logout" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand logout" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand logout" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand logout" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand logout" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand logout" -l authfile -d 'Keep credentials in this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand logout" -l compat-auth-file -d 'Keep credentials in this file, as Docker does' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand logout" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand logout" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand logout" -s a -l all -d 'Log out of all registries'
complete -c coracle -n "__fish_coracle_using_subcommand logout" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand logs" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand logs" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand logs" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand logs" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand logs" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand logs" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand logs" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand logs" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand logs" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand logs" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand logs" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand logs" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand logs" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand logs" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand logs" -l since -d 'Print only what was written since then (a time, or how long ago)' -r
complete -c coracle -n "__fish_coracle_using_subcommand logs" -l tail -d 'Print only so many lines of the end; -1 is all' -r
complete -c coracle -n "__fish_coracle_using_subcommand logs" -l until -d 'Print only what was written until then (a time, or how long from now)' -r
complete -c coracle -n "__fish_coracle_using_subcommand logs" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand logs" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand logs" -l color -d 'Tell containers apart by colour'
complete -c coracle -n "__fish_coracle_using_subcommand logs" -s f -l follow -d 'Go on printing until the container ends'
complete -c coracle -n "__fish_coracle_using_subcommand logs" -s n -l names -d 'Begin each line with the container\'s name'
complete -c coracle -n "__fish_coracle_using_subcommand logs" -s t -l timestamps -d 'Begin each line with its time'
complete -c coracle -n "__fish_coracle_using_subcommand logs" -s l -l latest -d 'Act on the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand logs" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -f -a "add" -d 'Add images to a manifest list'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -f -a "annotate" -d 'Change what a manifest list says about an image, or about itself'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -f -a "create" -d 'Make a manifest list'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -f -a "exists" -d 'Say by the exit code whether there is a manifest list'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -f -a "inspect" -d 'Show a manifest list, of here or of a registry'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -f -a "push" -d 'Send a manifest list and its images to a registry'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -f -a "remove" -d 'Take an image out of a manifest list'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and not __fish_seen_subcommand_from add annotate create exists inspect push remove rm" -f -a "rm" -d 'Remove manifest lists, not the images in them'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l authfile -d 'Read registry credentials from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l cert-dir -d 'Trust the certificates in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l creds -d 'Use these credentials' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l artifact-config -d 'Have the artifact\'s config be this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l artifact-config-type -d 'Have the artifact\'s config be of this type' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l artifact-layer-type -d 'Have the artifact\'s files be of this type' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l artifact-subject -d 'Have the artifact say that it is about this image' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l artifact-type -d 'Have the artifact be of this type' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l annotation -d 'Annotate the image in the list (KEY=VALUE)' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l arch -d 'Have the list say this architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l features -d 'Have the list say these features of the CPU' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l os -d 'Have the list say this operating system' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l os-version -d 'Have the list say this version of the operating system' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l variant -d 'Have the list say this variant of the architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l tls-verify -d 'Require https and a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l all -d 'Of images that are lists, add every image'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l artifact -d 'Add files as one artifact, not images'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l artifact-exclude-titles -d 'Have the artifact not say what its files are called'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -l insecure -d 'Neither require https nor a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -l os-features -d 'Have the list say these features of the operating system' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -l annotation -d 'Annotate the image in the list (KEY=VALUE)' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -l arch -d 'Have the list say this architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -l features -d 'Have the list say these features of the CPU' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -l os -d 'Have the list say this operating system' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -l os-version -d 'Have the list say this version of the operating system' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -l variant -d 'Have the list say this variant of the architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -l subject -d 'Have the list say that it is about this image (with --index)' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -l index -d 'Annotate the list itself'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from annotate" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from create" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from create" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from create" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from create" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from create" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from create" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from create" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from create" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from create" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from create" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from create" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from create" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from create" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from create" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from create" -l annotation -d 'Annotate the list (KEY=VALUE)' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from create" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from create" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from create" -l all -d 'Of images that are lists, add every image'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from create" -s a -l amend -d 'Add to a list that has the name already'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from create" -l insecure -d 'Neither require https nor a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from create" -l tls-verify -d 'Require https and a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from exists" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from exists" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from exists" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from exists" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from exists" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from exists" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from exists" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from exists" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from exists" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from exists" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from exists" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from exists" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from exists" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from exists" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from exists" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from exists" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from exists" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from inspect" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from inspect" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from inspect" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from inspect" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from inspect" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from inspect" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from inspect" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from inspect" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from inspect" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from inspect" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from inspect" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from inspect" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from inspect" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from inspect" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from inspect" -l authfile -d 'Read registry credentials from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from inspect" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from inspect" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from inspect" -l insecure -d 'Neither require https nor a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from inspect" -l tls-verify -d 'Require https and a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from inspect" -s v -l verbose -d 'Do nothing; Docker has it'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from inspect" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l authfile -d 'Read registry credentials from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l cert-dir -d 'Trust the certificates in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l creds -d 'Use these credentials' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l add-compression -d 'Send each image in this compression too: gzip, zstd or zstd:chunked' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l compression-format -d 'Compress layers with gzip, zstd or zstd:chunked' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l compression-level -d 'Compress this much: 0 to 9 with gzip, 1 to 22 with the others' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l digestfile -d 'Write the digest of the list to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -s f -l format -d 'Write list and manifests as oci or v2s2 (docker); as they are when not given' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l sign-by -d 'Sign with this key of GPG\'s keyring; the signature goes where registries.d says' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l sign-by-sigstore -d 'Sign as this file of sigstore parameters says' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l sign-by-sigstore-private-key -d 'Sign with this private key; the signature lies beside the image in the registry' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l sign-passphrase-file -d 'Read the key\'s passphrase from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l tls-verify -d 'Require https and a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l all -d 'Send the images too, not only the list'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l force-compression -d 'Compress even where the registry has the layer in another compression'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l insecure -d 'Neither require https nor a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -s p -l purge -d 'Remove the list when it is sent; an older word'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -s q -l quiet -d 'Show no progress'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l remove-signatures -d 'Send no signatures; none are kept here that could be'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -l rm -d 'Remove the list when it is sent'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from push" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from remove" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from remove" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from remove" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from remove" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from remove" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from remove" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from remove" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from remove" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from remove" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from remove" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from remove" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from remove" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from remove" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from remove" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from remove" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from remove" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from rm" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from rm" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from rm" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from rm" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from rm" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from rm" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from rm" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from rm" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from rm" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from rm" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from rm" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from rm" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from rm" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from rm" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from rm" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from rm" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from rm" -s i -l ignore -d 'Pass over names that no list bears'
complete -c coracle -n "__fish_coracle_using_subcommand manifest; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -f -a "connect" -d 'Put a container on one network more'
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -f -a "create" -d 'Make a network'
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -f -a "disconnect" -d 'Take a container from a network'
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -f -a "exists" -d 'Say by the exit code whether there is a network'
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -f -a "inspect" -d 'Show everything known about networks'
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -f -a "ls" -d 'List networks'
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -f -a "list" -d 'List networks'
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -f -a "prune" -d 'Remove the networks that no container has'
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -f -a "reload" -d 'Make the interfaces and rules of containers on networks anew'
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -f -a "rm" -d 'Remove networks'
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -f -a "remove" -d 'Remove networks'
complete -c coracle -n "__fish_coracle_using_subcommand network; and not __fish_seen_subcommand_from connect create disconnect exists inspect ls list prune reload rm remove update" -f -a "update" -d 'Change which servers a network asks for names'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from connect" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from connect" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from connect" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from connect" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from connect" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from connect" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from connect" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from connect" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from connect" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from connect" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from connect" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from connect" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from connect" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from connect" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from connect" -l alias -d 'Give the container another name on this network' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from connect" -l ip -d 'Give the container this IPv4 address' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from connect" -l ip6 -d 'Give the container this IPv6 address' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from connect" -l mac-address -d 'Give the interface this hardware address' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from connect" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from connect" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from connect" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l dns -d 'Ask this server for names that no container has' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -s d -l driver -d 'What the network is: bridge, there is no other' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l gateway -d 'The address under which containers leave the subnet, one for each --subnet' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l interface-name -d 'Name the bridge itself' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l ip-range -d 'Give containers addresses of this part of the subnet (CIDR, or FIRST-LAST)' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l ipam-driver -d 'Who gives out addresses: host-local, there is no other' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l label -d 'Set a label (KEY=VALUE)' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -s o -l opt -d 'Set an option of the bridge: mtu, isolate, metric or vlan' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l route -d 'Add a route to each container (DESTINATION,GATEWAY[,METRIC])' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l subnet -d 'Use the addresses of this subnet (CIDR)' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l disable-dns -d 'Containers do not find one another by name'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l ignore -d 'A network of this name that is there already is as good'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l internal -d 'Reach nothing outside the network'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -l ipv6 -d 'Give the network IPv6, too'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from disconnect" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from disconnect" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from disconnect" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from disconnect" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from disconnect" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from disconnect" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from disconnect" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from disconnect" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from disconnect" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from disconnect" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from disconnect" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from disconnect" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from disconnect" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from disconnect" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from disconnect" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from disconnect" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from disconnect" -s f -l force -d 'Take it off even when the interface cannot be removed'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from disconnect" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from exists" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from exists" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from exists" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from exists" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from exists" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from exists" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from exists" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from exists" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from exists" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from exists" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from exists" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from exists" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from exists" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from exists" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from exists" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from exists" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from exists" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from inspect" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from inspect" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from inspect" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from inspect" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from inspect" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from inspect" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from inspect" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from inspect" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from inspect" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from inspect" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from inspect" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from inspect" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from inspect" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from inspect" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from inspect" -s f -l format -d 'Print json or a Go template' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from inspect" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from inspect" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from inspect" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from ls" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from ls" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from ls" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from ls" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from ls" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from ls" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from ls" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from ls" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from ls" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from ls" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from ls" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from ls" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from ls" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from ls" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from ls" -s f -l filter -d 'List only networks that match: dangling, driver, id, label, label!, name, until =VALUE' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from ls" -l format -d 'Print json, a Go template, or a table of one ("table …")' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from ls" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from ls" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from ls" -l no-trunc -d 'Shorten no id'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from ls" -s n -l noheading -d 'Print no heading'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print only names'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from list" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from list" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from list" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from list" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from list" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from list" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from list" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from list" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from list" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from list" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from list" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from list" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from list" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from list" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from list" -s f -l filter -d 'List only networks that match: dangling, driver, id, label, label!, name, until =VALUE' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from list" -l format -d 'Print json, a Go template, or a table of one ("table …")' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from list" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from list" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from list" -l no-trunc -d 'Shorten no id'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from list" -s n -l noheading -d 'Print no heading'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only names'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from prune" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from prune" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from prune" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from prune" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from prune" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from prune" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from prune" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from prune" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from prune" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from prune" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from prune" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from prune" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from prune" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from prune" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from prune" -l filter -d 'Remove only networks that match: label, label!, until =VALUE' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from prune" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from prune" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from prune" -s f -l force -d 'Do not ask'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from reload" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from reload" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from reload" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from reload" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from reload" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from reload" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from reload" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from reload" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from reload" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from reload" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from reload" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from reload" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from reload" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from reload" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from reload" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from reload" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from reload" -s a -l all -d 'Act on all containers that run on a network'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from reload" -s l -l latest -d 'Act on the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from reload" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from rm" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from rm" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from rm" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from rm" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from rm" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from rm" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from rm" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from rm" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from rm" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from rm" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from rm" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from rm" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from rm" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from rm" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from rm" -s t -l time -d 'Seconds a container gets to end with --force, before it is killed; -1 waits for ever' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from rm" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from rm" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from rm" -s f -l force -d 'Remove the containers on a network, too'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from remove" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from remove" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from remove" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from remove" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from remove" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from remove" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from remove" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from remove" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from remove" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from remove" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from remove" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from remove" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from remove" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from remove" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from remove" -s t -l time -d 'Seconds a container gets to end with --force, before it is killed; -1 waits for ever' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from remove" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from remove" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from remove" -s f -l force -d 'Remove the containers on a network, too'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from update" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from update" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from update" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from update" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from update" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from update" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from update" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from update" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from update" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from update" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from update" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from update" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from update" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from update" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from update" -l dns-add -d 'Ask this server for names that no container has' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from update" -l dns-drop -d 'Ask this server no more' -r
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from update" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from update" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand network; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand port" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand port" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand port" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand port" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand port" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand port" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand port" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand port" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand port" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand port" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand port" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand port" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand port" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand port" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand port" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand port" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand port" -s a -l all -d 'List the ports of all containers'
complete -c coracle -n "__fish_coracle_using_subcommand port" -s l -l latest -d 'List the ports of the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand port" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand pause" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand pause" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand pause" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand pause" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand pause" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand pause" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand pause" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand pause" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand pause" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand pause" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand pause" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand pause" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand pause" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand pause" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand pause" -s f -l filter -d 'Pause only containers that match' -r
complete -c coracle -n "__fish_coracle_using_subcommand pause" -l cidfile -d 'Read an id from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand pause" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand pause" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand pause" -s a -l all -d 'Act on all containers'
complete -c coracle -n "__fish_coracle_using_subcommand pause" -s l -l latest -d 'Act on the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand pause" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand ps" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand ps" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand ps" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand ps" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand ps" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand ps" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand ps" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand ps" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand ps" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand ps" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand ps" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand ps" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand ps" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand ps" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand ps" -s f -l filter -d 'List only containers that match (KEY=VALUE)' -r
complete -c coracle -n "__fish_coracle_using_subcommand ps" -l format -d 'Print json, a Go template, or a table of one ("table …")' -r
complete -c coracle -n "__fish_coracle_using_subcommand ps" -s n -l last -d 'List the last so many containers, running or not' -r
complete -c coracle -n "__fish_coracle_using_subcommand ps" -s w -l watch -d 'Print the list again every so many seconds' -r
complete -c coracle -n "__fish_coracle_using_subcommand ps" -l sort -d 'Sort by command, created, id, image, names, runningfor, size or status' -r
complete -c coracle -n "__fish_coracle_using_subcommand ps" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand ps" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand ps" -s a -l all -d 'List containers that do not run, too'
complete -c coracle -n "__fish_coracle_using_subcommand ps" -l external -d 'List containers of other programs in the store, too (there are none)'
complete -c coracle -n "__fish_coracle_using_subcommand ps" -s l -l latest -d 'List the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand ps" -l no-trunc -d 'Shorten nothing'
complete -c coracle -n "__fish_coracle_using_subcommand ps" -l noheading -d 'Print no heading'
complete -c coracle -n "__fish_coracle_using_subcommand ps" -l ns -l namespace -d 'Show namespaces'
complete -c coracle -n "__fish_coracle_using_subcommand ps" -s p -l pod -d 'Show pods'
complete -c coracle -n "__fish_coracle_using_subcommand ps" -s q -l quiet -d 'Print only ids'
complete -c coracle -n "__fish_coracle_using_subcommand ps" -l sync -d 'Accepted for scripts that ask Podman for true states; they are looked up every time'
complete -c coracle -n "__fish_coracle_using_subcommand ps" -s s -l size -d 'Show how much each takes on the disk'
complete -c coracle -n "__fish_coracle_using_subcommand ps" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l arch -d 'Choose the image of this architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l os -d 'Choose the image of this operating system' -r
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l platform -d 'Choose the image of this platform (OS/ARCH[/VARIANT])' -r
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l variant -d 'Choose the image of this variant of the architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l authfile -d 'Read registry credentials from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l cert-dir -d 'Trust the certificates in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l creds -d 'Use these credentials' -r
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l policy -d 'Pull: always, missing, never or newer' -r
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l retry -d 'Try again so many times' -r
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l retry-delay -d 'Wait so long between two tries' -r
complete -c coracle -n "__fish_coracle_using_subcommand pull" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand pull" -s a -l all-tags -d 'Bring every tag of the repository'
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l tls-verify -d 'Require https and a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand pull" -l disable-content-trust -d 'Do nothing; Docker has it'
complete -c coracle -n "__fish_coracle_using_subcommand pull" -s q -l quiet -d 'Print only the image\'s id'
complete -c coracle -n "__fish_coracle_using_subcommand pull" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand push" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand push" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand push" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand push" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand push" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand push" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand push" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand push" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand push" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand push" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand push" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand push" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand push" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand push" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand push" -l authfile -d 'Read registry credentials from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand push" -l cert-dir -d 'Trust the certificates in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand push" -l creds -d 'Use these credentials' -r
complete -c coracle -n "__fish_coracle_using_subcommand push" -l compression-format -d 'Compress layers with gzip, zstd or zstd:chunked' -r
complete -c coracle -n "__fish_coracle_using_subcommand push" -l compression-level -d 'Compress this much: 0 to 9 with gzip, 1 to 22 with the others' -r
complete -c coracle -n "__fish_coracle_using_subcommand push" -l digestfile -d 'Write the digest of the manifest to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand push" -s f -l format -d 'Write the manifest as oci or v2s2 (docker); as the image has it when not given' -r
complete -c coracle -n "__fish_coracle_using_subcommand push" -l retry -d 'Try again so many times' -r
complete -c coracle -n "__fish_coracle_using_subcommand push" -l retry-delay -d 'Wait so long between two tries' -r
complete -c coracle -n "__fish_coracle_using_subcommand push" -l sign-by -d 'Sign with this key of GPG\'s keyring; the signature goes where registries.d says' -r
complete -c coracle -n "__fish_coracle_using_subcommand push" -l sign-by-sigstore -d 'Sign as this file of sigstore parameters says' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand push" -l sign-by-sigstore-private-key -d 'Sign with this private key; the signature lies beside the image in the registry' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand push" -l sign-passphrase-file -d 'Read the key\'s passphrase from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand push" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand push" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand push" -l tls-verify -d 'Require https and a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand push" -l compress -d 'Compress the layers in a directory (with dir:)'
complete -c coracle -n "__fish_coracle_using_subcommand push" -l disable-content-trust -d 'Do nothing; Docker has it'
complete -c coracle -n "__fish_coracle_using_subcommand push" -l force-compression -d 'Compress even where the registry has the layer in another compression'
complete -c coracle -n "__fish_coracle_using_subcommand push" -s q -l quiet -d 'Show no progress'
complete -c coracle -n "__fish_coracle_using_subcommand push" -l remove-signatures -d 'Send no signatures; none are kept here that could be'
complete -c coracle -n "__fish_coracle_using_subcommand push" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand rename" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand rename" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand rename" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand rename" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand rename" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand rename" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand rename" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand rename" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand rename" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand rename" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand rename" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand rename" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand rename" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand rename" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand rename" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand rename" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand rename" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand restart" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand restart" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand restart" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand restart" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand restart" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand restart" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand restart" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand restart" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand restart" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand restart" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand restart" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand restart" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand restart" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand restart" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand restart" -s f -l filter -d 'Restart only containers that match' -r
complete -c coracle -n "__fish_coracle_using_subcommand restart" -s t -l time -l timeout -d 'Wait so many seconds before SIGKILL; -1 waits without end' -r
complete -c coracle -n "__fish_coracle_using_subcommand restart" -l cidfile -d 'Read an id from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand restart" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand restart" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand restart" -l running -d 'Restart only containers that run'
complete -c coracle -n "__fish_coracle_using_subcommand restart" -s a -l all -d 'Act on all containers'
complete -c coracle -n "__fish_coracle_using_subcommand restart" -s l -l latest -d 'Act on the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand restart" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand rm" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand rm" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand rm" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand rm" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand rm" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand rm" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand rm" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand rm" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand rm" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand rm" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand rm" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand rm" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand rm" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand rm" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand rm" -l filter -d 'Remove only containers that match' -r
complete -c coracle -n "__fish_coracle_using_subcommand rm" -s t -l time -l timeout -d 'With --force: wait so many seconds before SIGKILL' -r
complete -c coracle -n "__fish_coracle_using_subcommand rm" -l cidfile -d 'Read an id from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand rm" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand rm" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand rm" -l depend -d 'Remove the containers too that use a namespace of these'
complete -c coracle -n "__fish_coracle_using_subcommand rm" -s f -l force -d 'Stop running containers first, and pass over missing ones'
complete -c coracle -n "__fish_coracle_using_subcommand rm" -s i -l ignore -d 'Pass over names that no container bears'
complete -c coracle -n "__fish_coracle_using_subcommand rm" -s v -l volumes -d 'Remove the containers\' anonymous volumes too'
complete -c coracle -n "__fish_coracle_using_subcommand rm" -s a -l all -d 'Act on all containers'
complete -c coracle -n "__fish_coracle_using_subcommand rm" -s l -l latest -d 'Act on the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand rm" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand rmi" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand rmi" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand rmi" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand rmi" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand rmi" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand rmi" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand rmi" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand rmi" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand rmi" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand rmi" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand rmi" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand rmi" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand rmi" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand rmi" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand rmi" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand rmi" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand rmi" -s a -l all -d 'Remove all images'
complete -c coracle -n "__fish_coracle_using_subcommand rmi" -s f -l force -d 'Remove containers of the image first'
complete -c coracle -n "__fish_coracle_using_subcommand rmi" -s i -l ignore -d 'Pass over names that no image bears'
complete -c coracle -n "__fish_coracle_using_subcommand rmi" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand run" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand run" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand run" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand run" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand run" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand run" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand run" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand run" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand run" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand run" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand run" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand run" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand run" -l add-host -d 'Add a line to /etc/hosts (NAME:IP, IP may be host-gateway)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l annotation -d 'Add an annotation' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l arch -d 'Choose the image of this architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l os -d 'Choose the image of this operating system' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l platform -d 'Choose the image of this platform (OS/ARCH[/VARIANT])' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l variant -d 'Choose the image of this variant of the architecture' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -s a -l attach -d 'Join only these streams of the caller: stdin, stdout, stderr' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l cap-add -d 'Add a capability, or ALL' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l cap-drop -d 'Drop a capability, or ALL' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l conmon-pidfile -d 'Write the process id of the container\'s monitor to a file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand run" -l chrootdirs -d 'Give the generated files of /etc to this directory too' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l cgroupns -d 'Use this cgroup namespace: private, host, container:NAME or ns:PATH' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l cgroup-conf -d 'Write to a file of the container\'s control group (FILE=VALUE)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l cgroup-parent -d 'Make the container\'s control group here: a slice for systemd, else a path' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l cgroups -d 'Give the container a control group: enabled, disabled, no-conmon or split' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l systemd -d 'Prepare the container for systemd: true (when it is the command), false or always' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l cidfile -d 'Write the container\'s id to a file that must not exist yet' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand run" -l device -d 'Give the container a device of the host (HOST[:CONTAINER[:rwm]]) or of a CDI file (VENDOR/CLASS=NAME)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l dns -d 'Ask this DNS server' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l dns-option -l dns-opt -d 'Set an option of resolv.conf' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l dns-search -d 'Search this DNS domain' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l domainname -d 'Name the container\'s NIS domain' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l egress -d 'Refuse what is not on a list: none, allow=CIDR[:PORT], allow=NAME[:PORT] (both repeatable, NAME may begin with *.); or write down what is reached: log. `inspect` shows list and log' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l entrypoint -d 'Replace the image\'s entrypoint: a program or a JSON array' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -s e -l env -d 'Set a variable (NAME=VALUE), or take the caller\'s (NAME, PREFIX*)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l env-file -d 'Read variables from a file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand run" -l env-merge -d 'Set a variable from what the image sets (NAME=VALUE with ${NAME})' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l expose -d 'Say that the container serves a port or range, published by -P' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l gidmap -d 'Map group ids ([FLAGS]CONTAINER:FROM[:AMOUNT])' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l group-add -d 'Add a group to the container\'s user, or keep the caller\'s groups (keep-groups)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l gpus -d 'Give the container graphics processors of CDI files: all or a name' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l hosts-file -d 'Begin /etc/hosts with this file of the host, or with none or image' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l group-entry -d 'Write this line to /etc/group instead of the default ($GROUPNAME, $GID, $USERLIST)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -s h -l hostname -d 'Name the container\'s host' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l hostuser -d 'Add a user of the host to /etc/passwd (NAME or UID)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l image-volume -d 'Make of the image\'s volumes: bind (anonymous volumes), tmpfs or ignore' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l init-path -d 'Use this program of the host as the small init' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand run" -l ipc -d 'Use this IPC namespace: shareable, private, none, host, container:NAME or ns:PATH' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -s l -l label -d 'Set a label' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l label-file -d 'Read labels from a file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand run" -l log-driver -d 'Keep the output by this driver: k8s-file, json-file, journald, none or passthrough(-tty)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l log-opt -d 'Set an option of the log: max-size=, path=, tag=' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l mount -d 'Attach a file system: bind, glob, volume, tmpfs, ramfs, image or devpts (type=…,src=…,dst=…)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l name -d 'Name the container' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l ip -d 'Give the container this IPv4 address of its network' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l ip6 -d 'Give the container this IPv6 address of its network' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l mac-address -d 'Give the container\'s interface this hardware address' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l network-alias -d 'A further name under which the container is found on its networks' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l network -l net -d 'Choose the network: pasta, slirp4netns, none, host, container:NAME, ns:PATH, bridge, or networks with a name (NAME[:ip=…,ip6=…,mac=…,alias=…,interface_name=…])' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l oom-score-adj -d 'Change how early the kernel ends the container when memory is short (-1000 to 1000)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l personality -d 'Set the execution domain: LINUX or LINUX32' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l pid -d 'Use this PID namespace: private, host, container:NAME or ns:PATH' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l passwd-entry -d 'Write this line to /etc/passwd instead of the default ($USERNAME, $UID, $GID, $NAME, $HOME)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l pidfile -d 'Write the process id of the container\'s first process to a file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand run" -s p -l publish -d 'Publish a port or range ([[IP:][HOST]:]CONTAINER[/PROTOCOL])' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l pull -d 'Pull the image: always, missing, never or newer' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l blkio-weight -d 'Weigh the container\'s block input and output (10 to 1000)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l blkio-weight-device -d 'Weigh it for one device (DEVICE:WEIGHT)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l cpu-period -d 'Set the period of --cpu-quota, in microseconds' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l cpu-quota -d 'Let the container compute so many microseconds of every period' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -s c -l cpu-shares -d 'Weigh the container\'s computing (2 to 262144; 1024 is usual)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l cpus -d 'Let the container use so many CPUs, such as 1.5' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l cpuset-cpus -d 'Let the container use these CPUs (0-3,5)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l cpuset-mems -d 'Let the container use memory of these NUMA nodes (0-3,5)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l device-read-bps -d 'Limit reading from a device (DEVICE:BYTES per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l device-read-iops -d 'Limit reading from a device (DEVICE:OPERATIONS per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l device-write-bps -d 'Limit writing to a device (DEVICE:BYTES per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l device-write-iops -d 'Limit writing to a device (DEVICE:OPERATIONS per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -s m -l memory -d 'Limit memory (a number and b, k, m or g)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l memory-reservation -d 'Keep so much memory from being reclaimed' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l memory-swap -d 'Limit memory and swap together; -1 is without limit' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l pids-limit -d 'Limit the number of processes and threads; -1 is without limit' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l requires -d 'Start these containers first' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l restart -d 'Start the container again when it ends: no, on-failure[:TIMES], always, unless-stopped' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l kernel-memory -d 'No longer supported: kernel memory is part of --memory (only a warning)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l secret -d 'Give the container a secret (NAME[,type=mount|env,target=…,uid=…,gid=…,mode=…])' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l sdnotify -d 'Tell $NOTIFY_SOCKET that the container is ready: container, conmon, healthy or ignore' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l health-cmd -d 'Check the container\'s health with this command (a JSON array, or text for a shell; none)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l health-interval -d 'Check so often (30s); disable leaves it to healthcheck run' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l health-log-destination -d 'Keep results here: local, events_logger or a directory' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l health-max-log-count -d 'Keep so many results (5); 0 keeps all' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l health-max-log-size -d 'Keep so many characters of each output (500); 0 keeps all' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l health-on-failure -d 'Do this when the container turns unhealthy: none, kill, restart or stop' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l health-retries -d 'Count the container as unhealthy after so many failures in a row (3)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l health-start-period -d 'Let failures pass for so long after the start' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l health-startup-cmd -d 'Begin the regular check only when this command has succeeded' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l health-startup-interval -d 'Run the startup check so often (30s)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l health-startup-retries -d 'Start the container again after so many failures of the startup check (0 is never)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l health-startup-success -d 'Let the startup check succeed so often before the regular one begins' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l health-startup-timeout -d 'Count a startup check that takes longer as failed (30s)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l health-timeout -d 'Kill a check that takes longer, and count it as failed (30s)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l seccomp-policy -d 'Take the seccomp profile from the image\'s label, if it has one (default or image)' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l security-opt -d 'Set a security option: no-new-privileges, seccomp=, mask=, unmask=, proc-opts=, label=, apparmor=' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l shm-size -d 'Size of /dev/shm' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l stop-signal -d 'Send this signal to stop the container' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l stop-timeout -d 'Wait so many seconds for a stop before SIGKILL' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l timeout -d 'Kill the container after so many seconds; 0 is never' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l sysctl -d 'Set a kernel parameter of the container\'s namespaces' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l tmpfs -d 'Attach a tmpfs (TARGET[:OPTIONS])' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l ulimit -d 'Set a limit of the container\'s processes (NAME=SOFT[:HARD])' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l uidmap -d 'Map user ids ([FLAGS]CONTAINER:FROM[:AMOUNT])' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l umask -d 'Set the container\'s umask' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l unsetenv -d 'Take a variable away that the image sets' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -s u -l user -d 'Run as this user (NAME|UID[:GROUP|GID])' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l tz -d 'Set the time zone: a name such as Europe/Berlin, or local for the host\'s' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l userns -d 'Choose the user namespace: auto, host, keep-id, nomap, container:NAME or ns:PATH' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l uts -d 'Use this UTS namespace: private, host, container:NAME or ns:PATH' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -s v -l volume -d 'Attach a directory of the host or a volume ([SOURCE:]TARGET[:OPTIONS])' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l volumes-from -d 'Attach the volumes of another container (CONTAINER[:ro|rw])' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -s w -l workdir -d 'Begin in this directory' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l authfile -d 'Read registry credentials from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand run" -l cert-dir -d 'Trust the certificates in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand run" -l creds -d 'Use these credentials' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l retry -d 'Try again so many times' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l retry-delay -d 'Wait so long between two tries' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l detach-keys -d 'Leave an attached container with these keys' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l preserve-fd -d 'Hand on these descriptors of the caller' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -l preserve-fds -d 'Hand on so many descriptors of the caller, from 3 on' -r
complete -c coracle -n "__fish_coracle_using_subcommand run" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand run" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand run" -l disable-content-trust -d 'Do nothing; Docker has it'
complete -c coracle -n "__fish_coracle_using_subcommand run" -l env-host -d 'Give the container the caller\'s whole environment'
complete -c coracle -n "__fish_coracle_using_subcommand run" -l http-proxy -d 'Hand on the caller\'s proxy variables'
complete -c coracle -n "__fish_coracle_using_subcommand run" -l init -d 'Run a small init that forwards signals and reaps processes'
complete -c coracle -n "__fish_coracle_using_subcommand run" -s i -l interactive -d 'Keep standard input open'
complete -c coracle -n "__fish_coracle_using_subcommand run" -l no-hostname -d 'Leave /etc/hostname to the image'
complete -c coracle -n "__fish_coracle_using_subcommand run" -l no-hosts -d 'Leave /etc/hosts to the image'
complete -c coracle -n "__fish_coracle_using_subcommand run" -l passwd -d 'Add the container\'s user to /etc/passwd and /etc/group when the image lacks it'
complete -c coracle -n "__fish_coracle_using_subcommand run" -l privileged -d 'Give the container every right the caller could give; see PRIVILEGED'
complete -c coracle -n "__fish_coracle_using_subcommand run" -s P -l publish-all -d 'Publish every exposed port at a free port of the host'
complete -c coracle -n "__fish_coracle_using_subcommand run" -s q -l quiet -d 'Show no progress of a pull'
complete -c coracle -n "__fish_coracle_using_subcommand run" -l read-only -d 'Make the container\'s tree read-only'
complete -c coracle -n "__fish_coracle_using_subcommand run" -l read-only-tmpfs -d 'Keep /run, /tmp and /var/tmp writable in a read-only container'
complete -c coracle -n "__fish_coracle_using_subcommand run" -l replace -d 'Remove a container of the same name first'
complete -c coracle -n "__fish_coracle_using_subcommand run" -l rm -d 'Remove the container when it ends'
complete -c coracle -n "__fish_coracle_using_subcommand run" -l rmi -d 'Remove the container when it ends, and then its image if no other container uses it'
complete -c coracle -n "__fish_coracle_using_subcommand run" -l rootfs -d 'Run in a directory of the host: DIR[:O] stands where else the image does; with O it stays as it is'
complete -c coracle -n "__fish_coracle_using_subcommand run" -l no-healthcheck -d 'Run no health check, not even the image\'s'
complete -c coracle -n "__fish_coracle_using_subcommand run" -s t -l tty -d 'Give the container a terminal'
complete -c coracle -n "__fish_coracle_using_subcommand run" -l unsetenv-all -d 'Take away every variable that the image sets'
complete -c coracle -n "__fish_coracle_using_subcommand run" -l tls-verify -d 'Require https and a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand run" -s d -l detach -d 'Leave the container in the background and print its id'
complete -c coracle -n "__fish_coracle_using_subcommand run" -l sig-proxy -d 'Hand signals on to the container'
complete -c coracle -n "__fish_coracle_using_subcommand run" -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -l root -d 'Keep containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -l log -d 'Write errors to this file as well' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -l log-format -d 'Choose the form of the log: text or json' -r -f -a "text\t''
json\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -l cgroup-manager -d 'Choose who makes cgroups: cgroupfs, systemd or disabled' -r -f -a "cgroupfs\t''
systemd\t''
disabled\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -s v -l version -d 'Print the version and the newest spec that is understood'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -l debug -d 'Log what is done, not only what fails'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -l systemd-cgroup -d 'Have systemd make cgroups'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -f -a "create" -d 'Create a container from a bundle without starting it'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -f -a "delete" -d 'Remove a container that has ended'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -f -a "exec" -d 'Run one more process in a container'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -f -a "features" -d 'Print what this runtime can do, as JSON'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -f -a "kill" -d 'Send a signal to a container'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -f -a "list" -d 'List containers'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -f -a "pause" -d 'Freeze every process of a container'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -f -a "ps" -d 'List the processes of a container'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -f -a "resume" -d 'Let a frozen container go on'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -f -a "run" -d 'Create a container from a bundle and start it'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -f -a "spec" -d 'Write a config.json to begin with'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -f -a "start" -d 'Start a created container'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -f -a "state" -d 'Print a container\'s state, as JSON'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and not __fish_seen_subcommand_from create delete exec features kill list pause ps resume run spec start state update" -f -a "update" -d 'Change the limits of a container'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from create" -s b -l bundle -d 'Find config.json and the root file system in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from create" -s f -l config -d 'Read this file of the bundle instead of config.json' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from create" -l console-socket -d 'Send the terminal to whoever listens at this socket' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from create" -l pid-file -d 'Write the pid of the first process to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from create" -l preserve-fds -d 'Pass so many more descriptors on, from 3 up' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from create" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from create" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from create" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from create" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from create" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from create" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from create" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from create" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from create" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from create" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from create" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from create" -l no-new-keyring -d 'Leave the process in the caller\'s session keyring'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from create" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from delete" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from delete" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from delete" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from delete" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from delete" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from delete" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from delete" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from delete" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from delete" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from delete" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from delete" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from delete" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from delete" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from delete" -s f -l force -d 'End it first if it runs, and be content if there is none'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -s p -l process -d 'Read the whole process from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -l cwd -d 'Run it in this directory of the container' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -s e -l env -d 'Set an environment variable' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -s u -l user -d 'Run it as this user, in numbers' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -s c -l cap -d 'Add a capability' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -l apparmor -d 'Set its AppArmor profile' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -l process-label -d 'Set its SELinux label' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -l cgroup -d 'Put it into this cgroup below the container\'s' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -l console-socket -d 'Send the terminal to whoever listens at this socket' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -l pid-file -d 'Write its pid to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -l preserve-fds -d 'Pass so many more descriptors on, from 3 up' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -s d -l detach -d 'Return when the process runs'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -s t -l tty -d 'Give it a terminal'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -l no-new-privs -d 'Forbid it to gain privileges'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from exec" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from features" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from features" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from features" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from features" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from features" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from features" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from features" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from features" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from features" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from features" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from features" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from features" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from features" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from features" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from kill" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from kill" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from kill" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from kill" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from kill" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from kill" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from kill" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from kill" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from kill" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from kill" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from kill" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from kill" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from kill" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from kill" -s a -l all -d 'Send it to every process'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from kill" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from list" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from list" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from list" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from list" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from list" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from list" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from list" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from list" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from list" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from list" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from list" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from list" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from list" -s f -l format -d 'Choose the form: table or json' -r -f -a "table\t''
json\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from list" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids only'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from pause" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from pause" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from pause" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from pause" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from pause" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from pause" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from pause" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from pause" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from pause" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from pause" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from pause" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from pause" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from pause" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from pause" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from ps" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from ps" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from ps" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from ps" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from ps" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from ps" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from ps" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from ps" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from ps" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from ps" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from ps" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from ps" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from ps" -s f -l format -d 'Choose the form: table or json' -r -f -a "table\t''
json\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from ps" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from ps" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from resume" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from resume" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from resume" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from resume" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from resume" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from resume" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from resume" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from resume" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from resume" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from resume" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from resume" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from resume" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from resume" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from resume" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from run" -s b -l bundle -d 'Find config.json and the root file system in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from run" -s f -l config -d 'Read this file of the bundle instead of config.json' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from run" -l console-socket -d 'Send the terminal to whoever listens at this socket' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from run" -l pid-file -d 'Write the pid of the first process to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from run" -l preserve-fds -d 'Pass so many more descriptors on, from 3 up' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from run" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from run" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from run" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from run" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from run" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from run" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from run" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from run" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from run" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from run" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from run" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from run" -l no-new-keyring -d 'Leave the process in the caller\'s session keyring'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from run" -s d -l detach -d 'Return when the container runs'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from run" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from run" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from spec" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from spec" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from spec" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from spec" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from spec" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from spec" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from spec" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from spec" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from spec" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from spec" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from spec" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from spec" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from spec" -s b -l bundle -d 'Write it into this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from spec" -s f -l file -d 'Write this file instead of config.json' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from spec" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from spec" -l rootless -d 'For a user without privileges: with a user namespace of the own id'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from spec" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from start" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from start" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from start" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from start" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from start" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from start" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from start" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from start" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from start" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from start" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from start" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from start" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from start" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from start" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from state" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from state" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from state" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from state" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from state" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from state" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from state" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from state" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from state" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from state" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from state" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from state" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from state" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from state" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from update" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from update" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from update" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from update" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from update" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from update" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from update" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from update" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from update" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from update" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from update" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from update" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from update" -s r -l resources -d 'Read linux.resources from this file, - is standard input' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from update" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand runtime; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand save" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand save" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand save" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand save" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand save" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand save" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand save" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand save" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand save" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand save" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand save" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand save" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand save" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand save" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand save" -l format -d 'Write docker-archive, oci-archive, oci-dir or docker-dir' -r
complete -c coracle -n "__fish_coracle_using_subcommand save" -s o -l output -d 'Write to this file or directory instead of standard output' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand save" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand save" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand save" -l compress -d 'Compress layers (with --format docker-dir)'
complete -c coracle -n "__fish_coracle_using_subcommand save" -l uncompressed -d 'Leave the layers of the OCI formats as they are'
complete -c coracle -n "__fish_coracle_using_subcommand save" -s m -l multi-image-archive -d 'Put several images into one docker-archive'
complete -c coracle -n "__fish_coracle_using_subcommand save" -s q -l quiet -d 'Show no progress'
complete -c coracle -n "__fish_coracle_using_subcommand save" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand search" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand search" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand search" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand search" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand search" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand search" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand search" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand search" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand search" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand search" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand search" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand search" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand search" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand search" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand search" -l authfile -d 'Read registry credentials from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand search" -l cert-dir -d 'Trust the certificates in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand search" -l creds -d 'Use these credentials' -r
complete -c coracle -n "__fish_coracle_using_subcommand search" -s f -l filter -d 'Print only what fits: is-official=BOOL, is-automated=BOOL, stars=NUMBER' -r
complete -c coracle -n "__fish_coracle_using_subcommand search" -l format -d 'Print json, a Go template, or a table of one ("table …")' -r
complete -c coracle -n "__fish_coracle_using_subcommand search" -l limit -d 'Print at most so many results of each registry' -r
complete -c coracle -n "__fish_coracle_using_subcommand search" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand search" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand search" -l tls-verify -d 'Require https and a valid certificate'
complete -c coracle -n "__fish_coracle_using_subcommand search" -l compatible -d 'Print stars, official and automated too, as Docker does'
complete -c coracle -n "__fish_coracle_using_subcommand search" -l list-tags -d 'Print the tags of a repository'
complete -c coracle -n "__fish_coracle_using_subcommand search" -l no-trunc -d 'Shorten no descriptions'
complete -c coracle -n "__fish_coracle_using_subcommand search" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand start" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand start" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand start" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand start" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand start" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand start" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand start" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand start" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand start" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand start" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand start" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand start" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand start" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand start" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand start" -l detach-keys -d 'Leave an attached container with these keys' -r
complete -c coracle -n "__fish_coracle_using_subcommand start" -s f -l filter -d 'Start only containers that match' -r
complete -c coracle -n "__fish_coracle_using_subcommand start" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand start" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand start" -l all -d 'Start every container that does not run'
complete -c coracle -n "__fish_coracle_using_subcommand start" -s a -l attach -d 'Join output, and with -i input'
complete -c coracle -n "__fish_coracle_using_subcommand start" -s i -l interactive -d 'Join standard input'
complete -c coracle -n "__fish_coracle_using_subcommand start" -l sig-proxy -d 'Hand signals on to the container (with --attach)'
complete -c coracle -n "__fish_coracle_using_subcommand start" -s l -l latest -d 'Act on the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand start" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and not __fish_seen_subcommand_from create exists inspect ls list rm" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and not __fish_seen_subcommand_from create exists inspect ls list rm" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and not __fish_seen_subcommand_from create exists inspect ls list rm" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and not __fish_seen_subcommand_from create exists inspect ls list rm" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and not __fish_seen_subcommand_from create exists inspect ls list rm" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand secret; and not __fish_seen_subcommand_from create exists inspect ls list rm" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and not __fish_seen_subcommand_from create exists inspect ls list rm" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand secret; and not __fish_seen_subcommand_from create exists inspect ls list rm" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand secret; and not __fish_seen_subcommand_from create exists inspect ls list rm" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and not __fish_seen_subcommand_from create exists inspect ls list rm" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and not __fish_seen_subcommand_from create exists inspect ls list rm" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and not __fish_seen_subcommand_from create exists inspect ls list rm" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand secret; and not __fish_seen_subcommand_from create exists inspect ls list rm" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and not __fish_seen_subcommand_from create exists inspect ls list rm" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand secret; and not __fish_seen_subcommand_from create exists inspect ls list rm" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and not __fish_seen_subcommand_from create exists inspect ls list rm" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and not __fish_seen_subcommand_from create exists inspect ls list rm" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and not __fish_seen_subcommand_from create exists inspect ls list rm" -f -a "create" -d 'Keep a secret'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and not __fish_seen_subcommand_from create exists inspect ls list rm" -f -a "exists" -d 'Say by the exit code whether there is a secret'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and not __fish_seen_subcommand_from create exists inspect ls list rm" -f -a "inspect" -d 'Show what is known of secrets'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and not __fish_seen_subcommand_from create exists inspect ls list rm" -f -a "ls" -d 'List secrets'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and not __fish_seen_subcommand_from create exists inspect ls list rm" -f -a "list" -d 'List secrets'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and not __fish_seen_subcommand_from create exists inspect ls list rm" -f -a "rm" -d 'Remove secrets'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from create" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from create" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from create" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from create" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from create" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from create" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from create" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from create" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from create" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from create" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from create" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from create" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from create" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from create" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from create" -s d -l driver -d 'Who keeps it: file or shell' -r
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from create" -l driver-opts -d 'Options of the driver: path= of file; delete=, list=, lookup=, store= of shell' -r
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from create" -s l -l label -d 'Set a label' -r
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from create" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from create" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from create" -l env -d 'Take the secret from this variable of the environment instead of a file'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from create" -l ignore -d 'A secret of this name that is there already is as good'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from create" -l replace -d 'Take the place of a secret of this name'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from exists" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from exists" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from exists" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from exists" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from exists" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from exists" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from exists" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from exists" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from exists" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from exists" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from exists" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from exists" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from exists" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from exists" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from exists" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from exists" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from exists" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from inspect" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from inspect" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from inspect" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from inspect" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from inspect" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from inspect" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from inspect" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from inspect" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from inspect" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from inspect" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from inspect" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from inspect" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from inspect" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from inspect" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from inspect" -s f -l format -d 'Print json or a Go template' -r
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from inspect" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from inspect" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from inspect" -l pretty -d 'Print for people to read'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from inspect" -l showsecret -d 'Show the secrets themselves, too'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from inspect" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from ls" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from ls" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from ls" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from ls" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from ls" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from ls" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from ls" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from ls" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from ls" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from ls" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from ls" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from ls" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from ls" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from ls" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from ls" -s f -l filter -d 'List only secrets that match: name=EXPRESSION, id=EXPRESSION' -r
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from ls" -l format -d 'Print a Go template, or a table of one ("table …")' -r
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from ls" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from ls" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from ls" -s n -l noheading -d 'Print no heading'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print only ids'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from list" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from list" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from list" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from list" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from list" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from list" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from list" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from list" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from list" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from list" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from list" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from list" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from list" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from list" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from list" -s f -l filter -d 'List only secrets that match: name=EXPRESSION, id=EXPRESSION' -r
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from list" -l format -d 'Print a Go template, or a table of one ("table …")' -r
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from list" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from list" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from list" -s n -l noheading -d 'Print no heading'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only ids'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from rm" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from rm" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from rm" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from rm" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from rm" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from rm" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from rm" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from rm" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from rm" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from rm" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from rm" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from rm" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from rm" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from rm" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from rm" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from rm" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from rm" -s a -l all -d 'Remove all secrets'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from rm" -s i -l ignore -d 'Those that are not there are no error'
complete -c coracle -n "__fish_coracle_using_subcommand secret; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand stats" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand stats" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand stats" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand stats" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand stats" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand stats" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand stats" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand stats" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand stats" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand stats" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand stats" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand stats" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand stats" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand stats" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand stats" -l format -d 'Print by this template, or json' -r
complete -c coracle -n "__fish_coracle_using_subcommand stats" -s i -l interval -d 'Look so often, in seconds' -r
complete -c coracle -n "__fish_coracle_using_subcommand stats" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand stats" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand stats" -s a -l all -d 'Show all containers'
complete -c coracle -n "__fish_coracle_using_subcommand stats" -s l -l latest -d 'Show the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand stats" -l no-reset -d 'Do not clear the screen between two looks'
complete -c coracle -n "__fish_coracle_using_subcommand stats" -l no-stream -d 'Look once'
complete -c coracle -n "__fish_coracle_using_subcommand stats" -l no-trunc -d 'Print whole ids'
complete -c coracle -n "__fish_coracle_using_subcommand stats" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand stop" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand stop" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand stop" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand stop" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand stop" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand stop" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand stop" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand stop" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand stop" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand stop" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand stop" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand stop" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand stop" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand stop" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand stop" -s f -l filter -d 'Stop only containers that match' -r
complete -c coracle -n "__fish_coracle_using_subcommand stop" -s t -l time -l timeout -d 'Wait so many seconds before SIGKILL; -1 waits without end' -r
complete -c coracle -n "__fish_coracle_using_subcommand stop" -l cidfile -d 'Read an id from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand stop" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand stop" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand stop" -s i -l ignore -d 'Pass over names that no container bears'
complete -c coracle -n "__fish_coracle_using_subcommand stop" -s a -l all -d 'Act on all containers'
complete -c coracle -n "__fish_coracle_using_subcommand stop" -s l -l latest -d 'Act on the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand stop" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -f -a "check" -d 'See that everything in the store is as it should be'
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -f -a "df" -d 'Show what images, containers and volumes take on the disk'
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -f -a "events" -d 'Show what happens to containers, images and volumes'
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -f -a "info" -d 'Show what this machine offers to containers'
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -f -a "migrate" -d 'Give containers another runtime; there is nothing else to migrate'
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -f -a "prune" -d 'Remove what nobody uses'
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -f -a "renumber" -d 'Renumber locks: there are none with numbers, so nothing is done'
complete -c coracle -n "__fish_coracle_using_subcommand system; and not __fish_seen_subcommand_from check df events info migrate prune renumber reset" -f -a "reset" -d 'Remove all containers, images and volumes, and the store itself'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from check" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from check" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from check" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from check" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from check" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from check" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from check" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from check" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from check" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from check" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from check" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from check" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from check" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from check" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from check" -s m -l max -d 'Layers older than this that nobody refers to are damage' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from check" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from check" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from check" -s f -l force -d 'Remove damaged images with the containers that need them'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from check" -s q -l quick -d 'Do not look into layers, which takes long'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from check" -s r -l repair -d 'Remove damaged images that no container needs'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from df" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from df" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from df" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from df" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from df" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from df" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from df" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from df" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from df" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from df" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from df" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from df" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from df" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from df" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from df" -l format -d 'Print json, a Go template, or a table of one ("table …")' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from df" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from df" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from df" -s v -l verbose -d 'Show each image, container and volume, and where in the store it lies'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from df" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from events" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from events" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from events" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from events" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from events" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from events" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from events" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from events" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from events" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from events" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from events" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from events" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from events" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from events" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from events" -s f -l filter -d 'Show only events that match (container=, event=, image=, label=, pod=, type=, volume=)' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from events" -l format -d 'Print as JSON or with a Go template' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from events" -l since -d 'Begin with what happened then (a time, or how long ago)' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from events" -l until -d 'End with what happened then (a time, or how long from now)' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from events" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from events" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from events" -l no-trunc -d 'Show ids in full (the default); false shortens them'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from events" -l stream -d 'Go on with what happens from now on (the default); false ends with what there is'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from events" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from info" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from info" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from info" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from info" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from info" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from info" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from info" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from info" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from info" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from info" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from info" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from info" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from info" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from info" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from info" -s f -l format -d 'Print json or a Go template' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from info" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from info" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from info" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from migrate" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from migrate" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from migrate" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from migrate" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from migrate" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from migrate" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from migrate" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from migrate" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from migrate" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from migrate" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from migrate" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from migrate" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from migrate" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from migrate" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from migrate" -l new-runtime -d 'Have this OCI runtime start all containers from now on' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from migrate" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from migrate" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from migrate" -l migrate-db -d 'Bring an old database into a new form (there is none)'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from migrate" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from prune" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from prune" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from prune" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from prune" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from prune" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from prune" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from prune" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from prune" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from prune" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from prune" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from prune" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from prune" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from prune" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from prune" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from prune" -l filter -d 'Remove only what matches: until=TIME, label=KEY[=VALUE], label!=KEY[=VALUE]' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from prune" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from prune" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from prune" -s a -l all -d 'Remove images with names that no container uses, too'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from prune" -l build -d 'Remove containers that builds have left, too (none is kept)'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from prune" -l external -d 'Remove what dead commands have left, and nothing else'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from prune" -s f -l force -d 'Do not ask'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from prune" -l volumes -d 'Remove volumes that no container has, too'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from renumber" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from renumber" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from renumber" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from renumber" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from renumber" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from renumber" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from renumber" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from renumber" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from renumber" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from renumber" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from renumber" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from renumber" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from renumber" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from renumber" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from renumber" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from renumber" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from renumber" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from reset" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from reset" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from reset" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from reset" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from reset" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from reset" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from reset" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from reset" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from reset" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from reset" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from reset" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from reset" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from reset" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from reset" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from reset" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from reset" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from reset" -s f -l force -d 'Do not ask'
complete -c coracle -n "__fish_coracle_using_subcommand system; and __fish_seen_subcommand_from reset" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand tag" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand tag" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand tag" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand tag" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand tag" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand tag" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand tag" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand tag" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand tag" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand tag" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand tag" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand tag" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand tag" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand tag" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand tag" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand tag" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand tag" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand unpause" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand unpause" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand unpause" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand unpause" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand unpause" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand unpause" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand unpause" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand unpause" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand unpause" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand unpause" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand unpause" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand unpause" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand unpause" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand unpause" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand unpause" -s f -l filter -d 'Let only containers go on that match' -r
complete -c coracle -n "__fish_coracle_using_subcommand unpause" -l cidfile -d 'Read an id from this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand unpause" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand unpause" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand unpause" -s a -l all -d 'Act on all containers'
complete -c coracle -n "__fish_coracle_using_subcommand unpause" -s l -l latest -d 'Act on the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand unpause" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand top" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand top" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand top" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand top" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand top" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand top" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand top" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand top" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand top" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand top" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand top" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand top" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand top" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand top" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand top" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand top" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand top" -s l -l latest -d 'Show the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand top" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand untag" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand untag" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand untag" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand untag" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand untag" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand untag" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand untag" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand untag" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand untag" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand untag" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand untag" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand untag" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand untag" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand untag" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand untag" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand untag" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand untag" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand update" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand update" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand update" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand update" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand update" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand update" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand update" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand update" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand update" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand update" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand update" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand update" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand update" -l blkio-weight -d 'Weigh the container\'s block input and output (10 to 1000)' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l blkio-weight-device -d 'Weigh it for one device (DEVICE:WEIGHT)' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l cpu-period -d 'Set the period of --cpu-quota, in microseconds' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l cpu-quota -d 'Let the container compute so many microseconds of every period' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -s c -l cpu-shares -d 'Weigh the container\'s computing (2 to 262144; 1024 is usual)' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l cpus -d 'Let the container use so many CPUs, such as 1.5' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l cpuset-cpus -d 'Let the container use these CPUs (0-3,5)' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l cpuset-mems -d 'Let the container use memory of these NUMA nodes (0-3,5)' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l device-read-bps -d 'Limit reading from a device (DEVICE:BYTES per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l device-read-iops -d 'Limit reading from a device (DEVICE:OPERATIONS per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l device-write-bps -d 'Limit writing to a device (DEVICE:BYTES per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l device-write-iops -d 'Limit writing to a device (DEVICE:OPERATIONS per second)' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -s m -l memory -d 'Limit memory (a number and b, k, m or g)' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l memory-reservation -d 'Keep so much memory from being reclaimed' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l memory-swap -d 'Limit memory and swap together; -1 is without limit' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l pids-limit -d 'Limit the number of processes and threads; -1 is without limit' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l health-cmd -d 'Check the container\'s health with this command (a JSON array, or text for a shell; none)' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l health-interval -d 'Check so often (30s); disable leaves it to healthcheck run' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l health-log-destination -d 'Keep results here: local, events_logger or a directory' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l health-max-log-count -d 'Keep so many results (5); 0 keeps all' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l health-max-log-size -d 'Keep so many characters of each output (500); 0 keeps all' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l health-on-failure -d 'Do this when the container turns unhealthy: none, kill, restart or stop' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l health-retries -d 'Count the container as unhealthy after so many failures in a row (3)' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l health-start-period -d 'Let failures pass for so long after the start' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l health-startup-cmd -d 'Begin the regular check only when this command has succeeded' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l health-startup-interval -d 'Run the startup check so often (30s)' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l health-startup-retries -d 'Start the container again after so many failures of the startup check (0 is never)' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l health-startup-success -d 'Let the startup check succeed so often before the regular one begins' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l health-startup-timeout -d 'Count a startup check that takes longer as failed (30s)' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l health-timeout -d 'Kill a check that takes longer, and count it as failed (30s)' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -s e -l env -d 'Set a variable from the next start on (NAME=VALUE)' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l restart -d 'Start the container again when it ends: no, on-failure[:TIMES], always, unless-stopped' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l ulimit -d 'Set a limit of the container\'s processes from the next start on (NAME=SOFT[:HARD])' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -l unsetenv -d 'Take a variable away from the next start on' -r
complete -c coracle -n "__fish_coracle_using_subcommand update" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand update" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand update" -l no-healthcheck -d 'Run no health check, not even the image\'s'
complete -c coracle -n "__fish_coracle_using_subcommand update" -s l -l latest -d 'Change the container that was made last'
complete -c coracle -n "__fish_coracle_using_subcommand update" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand version" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand version" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand version" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand version" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand version" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand version" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand version" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand version" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand version" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand version" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand version" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand version" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand version" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand version" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand version" -s f -l format -d 'Print json or a Go template' -r
complete -c coracle -n "__fish_coracle_using_subcommand version" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand version" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand version" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -f -a "create" -d 'Make a volume'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -f -a "exists" -d 'Say by the exit code whether there is a volume'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -f -a "export" -d 'Write what is in a volume as a tar'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -f -a "import" -d 'Unpack a tar into a volume'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -f -a "inspect" -d 'Show everything known about volumes'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -f -a "ls" -d 'List volumes'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -f -a "list" -d 'List volumes'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -f -a "mount" -d 'Say where volumes\' files are, inside of unshare'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -f -a "prune" -d 'Remove the volumes that no container has'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -f -a "reload" -d 'Look for volumes of plugins: there are no plugins'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -f -a "rm" -d 'Remove volumes'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -f -a "remove" -d 'Remove volumes'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -f -a "unmount" -d 'Undo mount, inside of unshare'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and not __fish_seen_subcommand_from create exists export import inspect ls list mount prune reload rm remove unmount umount" -f -a "umount" -d 'Undo mount, inside of unshare'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from create" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from create" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from create" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from create" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from create" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from create" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from create" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from create" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from create" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from create" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from create" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from create" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from create" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from create" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from create" -s d -l driver -d 'Who keeps the volume: local, there is no other' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from create" -l gid -d 'Group of the volume\'s directory, as a container sees it' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from create" -s l -l label -d 'Set a label (KEY=VALUE)' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from create" -s o -l opt -d 'Set an option: type=tmpfs|bind, device=DIRECTORY, o=OPTION,…, copy, nocopy' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from create" -l uid -d 'Owner of the volume\'s directory, as a container sees it' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from create" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from create" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from create" -l ignore -d 'A volume of this name that is there already is as good'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from exists" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from exists" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from exists" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from exists" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from exists" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from exists" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from exists" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from exists" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from exists" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from exists" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from exists" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from exists" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from exists" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from exists" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from exists" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from exists" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from exists" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from export" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from export" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from export" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from export" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from export" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from export" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from export" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from export" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from export" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from export" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from export" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from export" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from export" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from export" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from export" -s o -l output -d 'Write to this file instead of standard output' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from export" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from export" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from import" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from import" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from import" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from import" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from import" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from import" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from import" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from import" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from import" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from import" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from import" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from import" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from import" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from import" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from import" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from import" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from inspect" -s f -l format -d 'Print json or a Go template' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from inspect" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from inspect" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from inspect" -s a -l all -d 'Show all volumes'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from inspect" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from ls" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from ls" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from ls" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from ls" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from ls" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from ls" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from ls" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from ls" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from ls" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from ls" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from ls" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from ls" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from ls" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from ls" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from ls" -s f -l filter -d 'List only volumes that match: dangling, driver, label, name, opt, since, until, … =VALUE' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from ls" -l format -d 'Print json, a Go template, or a table of one ("table …")' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from ls" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from ls" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from ls" -s n -l noheading -d 'Print no heading'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print only names'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from list" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from list" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from list" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from list" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from list" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from list" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from list" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from list" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from list" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from list" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from list" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from list" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from list" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from list" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from list" -s f -l filter -d 'List only volumes that match: dangling, driver, label, name, opt, since, until, … =VALUE' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from list" -l format -d 'Print json, a Go template, or a table of one ("table …")' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from list" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from list" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from list" -s n -l noheading -d 'Print no heading'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only names'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from mount" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from mount" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from mount" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from mount" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from mount" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from mount" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from mount" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from mount" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from mount" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from mount" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from mount" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from mount" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from mount" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from mount" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from mount" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from mount" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from mount" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from prune" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from prune" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from prune" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from prune" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from prune" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from prune" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from prune" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from prune" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from prune" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from prune" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from prune" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from prune" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from prune" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from prune" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from prune" -l filter -d 'Remove only volumes that match: all, anonymous, label, label!, since, until =VALUE' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from prune" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from prune" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from prune" -s a -l all -d 'Remove those with names of the user\'s, too'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from prune" -l dry-run -d 'Say what would go, and remove nothing'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from prune" -s f -l force -d 'Do not ask'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from reload" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from reload" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from reload" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from reload" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from reload" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from reload" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from reload" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from reload" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from reload" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from reload" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from reload" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from reload" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from reload" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from reload" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from reload" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from reload" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from reload" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from rm" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from rm" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from rm" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from rm" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from rm" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from rm" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from rm" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from rm" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from rm" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from rm" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from rm" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from rm" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from rm" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from rm" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from rm" -s t -l time -d 'Seconds a container gets to end with --force, before it is killed; -1 waits for ever' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from rm" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from rm" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from rm" -s a -l all -d 'Remove all volumes'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from rm" -s f -l force -d 'Remove the containers that have a volume, too'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from remove" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from remove" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from remove" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from remove" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from remove" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from remove" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from remove" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from remove" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from remove" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from remove" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from remove" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from remove" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from remove" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from remove" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from remove" -s t -l time -d 'Seconds a container gets to end with --force, before it is killed; -1 waits for ever' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from remove" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from remove" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from remove" -s a -l all -d 'Remove all volumes'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from remove" -s f -l force -d 'Remove the containers that have a volume, too'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from unmount" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from unmount" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from unmount" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from unmount" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from unmount" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from unmount" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from unmount" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from unmount" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from unmount" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from unmount" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from unmount" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from unmount" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from unmount" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from unmount" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from unmount" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from unmount" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from unmount" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from umount" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from umount" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from umount" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from umount" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from umount" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from umount" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from umount" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from umount" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from umount" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from umount" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from umount" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from umount" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from umount" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from umount" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from umount" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from umount" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand volume; and __fish_seen_subcommand_from umount" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand wait" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand wait" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand wait" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand wait" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand wait" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand wait" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand wait" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand wait" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand wait" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand wait" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand wait" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand wait" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand wait" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand wait" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand wait" -l condition -d 'Wait for a status instead: stopped, running, healthy, removing, …; one of several suffices' -r
complete -c coracle -n "__fish_coracle_using_subcommand wait" -s i -l interval -d 'Accepted for scripts that set how often Podman looks; the end is noticed at once' -r
complete -c coracle -n "__fish_coracle_using_subcommand wait" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand wait" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand wait" -l exit-first-match -d 'End when the first of the containers fulfils the condition'
complete -c coracle -n "__fish_coracle_using_subcommand wait" -l ignore -d 'Pass over names that no container bears, printing -1'
complete -c coracle -n "__fish_coracle_using_subcommand wait" -s l -l latest -d 'Act on the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand wait" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand mount" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand mount" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand mount" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand mount" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand mount" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand mount" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand mount" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand mount" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand mount" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand mount" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand mount" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand mount" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand mount" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand mount" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand mount" -l format -d 'Print what is mounted as json' -r
complete -c coracle -n "__fish_coracle_using_subcommand mount" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand mount" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand mount" -s a -l all -d 'Mount every container'
complete -c coracle -n "__fish_coracle_using_subcommand mount" -s l -l latest -d 'Mount the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand mount" -l notruncate -l no-trunc -d 'Shorten no id'
complete -c coracle -n "__fish_coracle_using_subcommand mount" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand umount" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand umount" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand umount" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand umount" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand umount" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand umount" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand umount" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand umount" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand umount" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand umount" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand umount" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand umount" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand umount" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand umount" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand umount" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand umount" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand umount" -s a -l all -d 'Unmount every container'
complete -c coracle -n "__fish_coracle_using_subcommand umount" -s f -l force -d 'Unmount what is still used, too (as is done anyway)'
complete -c coracle -n "__fish_coracle_using_subcommand umount" -s l -l latest -d 'Unmount the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand umount" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand unmount" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand unmount" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand unmount" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand unmount" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand unmount" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand unmount" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand unmount" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand unmount" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand unmount" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand unmount" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand unmount" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand unmount" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand unmount" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand unmount" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand unmount" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand unmount" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand unmount" -s a -l all -d 'Unmount every container'
complete -c coracle -n "__fish_coracle_using_subcommand unmount" -s f -l force -d 'Unmount what is still used, too (as is done anyway)'
complete -c coracle -n "__fish_coracle_using_subcommand unmount" -s l -l latest -d 'Unmount the container that was created last'
complete -c coracle -n "__fish_coracle_using_subcommand unmount" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand unshare" -l root -d 'Keep images and containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand unshare" -l runroot -d 'Keep sockets and other state of running containers in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand unshare" -l tmpdir -d 'The same, where --runroot does not say' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand unshare" -l storage-driver -d 'Accepted for scripts: overlay or vfs; layers become a tree by an overlay either way' -r -f -a "overlay\t''
vfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand unshare" -l storage-opt -d 'Set an option of the store, such as overlay.mount_program=/usr/bin/fuse-overlayfs' -r
complete -c coracle -n "__fish_coracle_using_subcommand unshare" -l log-level -d 'Log messages of this level and above on standard error' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
warning\t''
error\t''
fatal\t''
panic\t''"
complete -c coracle -n "__fish_coracle_using_subcommand unshare" -l runtime -d 'Have this OCI runtime make new containers: a name in PATH, an absolute path, or "coracle"' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand unshare" -l runtime-flag -d 'Give that runtime an option of its own, without the hyphens' -r
complete -c coracle -n "__fish_coracle_using_subcommand unshare" -l cgroup-manager -d 'Choose who makes control groups: systemd or cgroupfs' -r -f -a "systemd\t''
cgroupfs\t''"
complete -c coracle -n "__fish_coracle_using_subcommand unshare" -l events-backend -d 'Choose where events are kept: file, journald or none' -r -f -a "file\t''
journald\t''
none\t''"
complete -c coracle -n "__fish_coracle_using_subcommand unshare" -l cdi-spec-dir -d 'Find the files of CDI devices in this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand unshare" -l default-mounts-file -d 'Give every container the directories that this file lists, instead of mounts.conf\'s' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand unshare" -l config -d 'Read credentials and the like from this directory' -r -f -a "(__fish_complete_directories)"
complete -c coracle -n "__fish_coracle_using_subcommand unshare" -l out -d 'Write what would go to standard output to this file' -r -F
complete -c coracle -n "__fish_coracle_using_subcommand unshare" -s D -l debug -d 'Log as --log-level debug does'
complete -c coracle -n "__fish_coracle_using_subcommand unshare" -l noout -d 'Print nothing on standard output'
complete -c coracle -n "__fish_coracle_using_subcommand unshare" -s h -l help -d 'Print help'
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from show" -l root
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from show" -l runroot
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from show" -l tmpdir
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from show" -l storage-driver
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from show" -l storage-opt
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from show" -l log-level
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from show" -l debug
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from show" -l runtime
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from show" -l runtime-flag
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from show" -l cgroup-manager
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from show" -l events-backend
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from show" -l cdi-spec-dir
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from show" -l default-mounts-file
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from show" -l config
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from show" -l out
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from show" -l noout
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from show" -l json
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from show" -l noheading
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from show" -l policypath
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from show" -l raw
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from show" -l help
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from set" -l root
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from set" -l runroot
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from set" -l tmpdir
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from set" -l storage-driver
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from set" -l storage-opt
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from set" -l log-level
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from set" -l debug
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from set" -l runtime
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from set" -l runtime-flag
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from set" -l cgroup-manager
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from set" -l events-backend
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from set" -l cdi-spec-dir
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from set" -l default-mounts-file
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from set" -l config
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from set" -l out
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from set" -l noout
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from set" -l policypath
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from set" -l pubkeysfile
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from set" -l type
complete -c coracle -n "__fish_coracle_using_subcommand image; and __fish_seen_subcommand_from trust; and __fish_seen_subcommand_from set" -l help

# Names of containers and images come from coracle itself.
if command -q coracle
    COMPLETE=fish coracle | source
end
