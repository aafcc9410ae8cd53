# Builds a filter with libseccomp (python3-seccomp) for the differential test of the compiler.
# stdin: {"default": ret, "rules": [{"names": [...], "ret": n, "args": [[i, op, a, b], ...]}]}
# stdout: a line of JSON with the names libseccomp does not know, then the BPF program.
import json
import sys

import seccomp


def action(ret):
    kind, data = ret & 0xFFFF0000, ret & 0xFFFF
    return {
        0x7FFF0000: seccomp.ALLOW,
        0x7FFC0000: seccomp.LOG,
        0x00050000: seccomp.ERRNO(data),
        0x00030000: seccomp.TRAP,
        0x80000000: seccomp.KILL_PROCESS,
    }[kind]


wanted = json.load(sys.stdin)
made = seccomp.SyscallFilter(defaction=action(wanted["default"]))
made.add_arch(seccomp.Arch.X86)
unknown = set()
for rule in wanted["rules"]:
    for name in rule["names"]:
        arches = (seccomp.Arch.X86_64, seccomp.Arch.X86)
        if all(seccomp.resolve_syscall(arch, name) == -1 for arch in arches):
            unknown.add(name)
            continue
        args = [seccomp.Arg(i, getattr(seccomp, op), a, b) for i, op, a, b in rule["args"]]
        made.add_rule(action(rule["ret"]), name, *args)
print(json.dumps(sorted(unknown)), flush=True)
made.export_bpf(sys.stdout)
