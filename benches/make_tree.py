#!/usr/bin/env python3
"""Makes a source tree of N files from a fixed seed: make_tree.py FOLDER N

One file in a hundred speaks of Flinks. Names, folder depths and sizes are those of ordinary repositories:
a median of 3 KiB, a mean near 10 KiB, a few files of several hundred KiB, some binaries, an ignored build folder.
"""

import random
import sys
import uuid
from pathlib import Path

SEED = 20_261_121

KINDS = [  # extension, share of the files
    ("ts", 24), ("tsx", 10), ("js", 8), ("py", 14), ("go", 8), ("java", 8), ("rb", 4), ("rs", 3), ("php", 3),
    ("json", 5), ("yml", 3), ("yaml", 2), ("md", 3), ("css", 2), ("html", 1), ("sql", 1), ("sh", 1), ("tf", 1),
    ("toml", 1), ("xml", 1), ("svg", 1), ("png", 1),
]
WORDS = """account amount async await balance bank batch billing branch buffer build cache call channel check client
cluster column config connect context country create credit current customer data date debit default deploy detail
domain email entry env error event export factory fetch field file filter final finance finagle find flag blink flow
format handler hash header host id import index input instance institution invoice item job key label layer ledger
limit line link links list loan locale log logon logout lookup map match memory message method metric model module
name network node number object option order owner page parse path payment payload pending policy port price process
product profile promise provider public query queue rate record region request response result retry return route
rule schedule schema score secret select server service session setting shape source stack state status store stream
string sum table task team token total trace transaction transfer type update upload url user value vault vendor
verify version view wallet window worker write""".split()
RESERVED = {"async", "await", "default", "export", "import", "map", "match", "return", "select", "type"}
IDENTIFIERS = [word for word in WORDS if word not in RESERVED]
FLINKS = [
    "FLINKS_CA_API_URL=https://acme-ca-api.private.fin.ag\n",
    "const flinks = new FlinksClient({ instance: 'northwind-us', customerId });\n",
    "flinks_login_id uuid not null,\n",
    "  url: https://northwind-us-api.private.fin.ag/v3/\n",
    "# reads accounts from Flinks once a day\n",
]
# The same in programs: what they say of Flinks is in the syntax of their language too, `{q}` being its comment.
FLINKS_IN = ["{q} reads accounts from Flinks once a day\n", "{q} see https://northwind-us-api.private.fin.ag/v3/\n"]
# Programs are in the syntax of their language: what stands above all, what opens and closes a function, what stands below
# all; and a comment, a map, a condition, an identifier and a call in it. `{a}`, `{b}`, `{c}` and `{d}` are words, `{D}` is
# one with a capital, `{n}` a number.
JAVASCRIPT = (("", "export async function run{n}() {{\n", "}\n\n"), "", "  // {a} {b} {c}: the {d} of this {a} comes from the {b}\n",
              "  const {a}{B} = {{ {a}_{b}: \"{c}-{d}-{n}\" }};\n", "  if ({a}.{b}{C} === {n}) {{ {d}(); }}\n",
              "  const id{n} = \"{id}\";\n", "  const {a}{B} = {c}.{d}({a}, {b}Id, {{ {b}: 0.{n} }});\n")
SYNTAX = {
    "ts": JAVASCRIPT, "tsx": JAVASCRIPT, "js": JAVASCRIPT,
    "py": (("", "def run_{n}():\n", "\n\n"), "", "    # {a} {b} {c}: the {d} of this {a} comes from the {b}\n", "    {a}_{b} = {{\"{a}_{b}\": \"{c}-{d}-{n}\"}}\n",
           "    if {a}.{b}_{c} == {n}:\n        {d}()\n", "    id_{n} = \"{id}\"\n",
           "    {a}_{b} = {c}.{d}({a}, {b}_id, {b}=0.{n})\n"),
    "rb": (("", "def run_{n}\n", "end\n\n"), "", "  # {a} {b} {c}: the {d} of this {a} comes from the {b}\n", "  {a}_{b} = {{ {a}_{b}: \"{c}-{d}-{n}\" }}\n",
           "  {d}({a}) if {a}.{b}_{c} == {n}\n", "  id_{n} = \"{id}\"\n",
           "  {a}_{b} = {c}.{d}({a}, {b}_id, {b}: 0.{n})\n"),
    "php": (("<?php\n", "function run{n}()\n{{\n", "}\n\n"), "", "// {a} {b} {c}: the {d} of this {a} comes from the {b}\n",
            "${a}{B} = ['{a}_{b}' => '{c}-{d}-{n}'];\n", "    if (${a}->{b}{C} === {n}) {{ {d}(); }}\n", "    $id{n} = '{id}';\n",
            "    ${a}{B} = ${c}->{d}(${a}, ${b}Id, ['{b}' => 0.{n}]);\n"),
    "go": (("package main\n\n", "func run{n}() {{\n", "}\n\n"), "", "\t// {a} {b} {c}: the {d} of this {a} comes from the {b}\n",
           "\t{a}{B} := map[string]string{{\"{a}_{b}\": \"{c}-{d}-{n}\"}}\n", "\tif {a}.{B}{C} == {n} {{\n\t\t{d}()\n\t}}\n",
           "\tid{n} := \"{id}\"\n", "\t{a}{B} := {c}.{D}({a}, {b}ID, 0.{n})\n"),
    "java": (("class Main {\n", "  void run{n}() {{\n", "  }\n\n"), "}\n", "    // {a} {b} {c}: the {d} of this {a} comes from the {b}\n",
             "    String {a}{B} = \"{c}-{d}-{n}\";\n", "    if ({a}.{b}{C}() == {n}) {{ {d}(); }}\n",
             "    String id{n} = \"{id}\";\n", "    var {a}{B} = {c}.{d}({a}, {b}Id, 0.{n});\n"),
    "rs": (("", "fn run_{n}() {{\n", "}\n\n"), "", "    // {a} {b} {c}: the {d} of this {a} comes from the {b}\n",
           "    let {a}_{b} = [(\"{a}_{b}\", \"{c}-{d}-{n}\")];\n", "    if {a}.{b}_{c} == {n} {{ {d}(); }}\n",
           "    let id_{n} = \"{id}\";\n", "    let {a}_{b} = {c}.{d}({a}, {b}_id, 0.{n});\n"),
    "sh": (("#!/bin/sh\n", "run_{n}() {{\n", "}\n\n"), "", "  # {a} {b} {c}: the {d} of this {a} comes from the {b}\n", "  {a}_{b}=\"{c}-{d}-{n}\"\n",
           "  if [ \"${a}_{b}\" = {n} ]; then {d}; fi\n", "  id_{n}=\"{id}\"\n", "  {c}_{d} \"${a}\" --{b}-id=0.{n}\n"),
}
# A statement that uses Flinks, beside the comments of `FLINKS_IN`.
CLIENT = {
    JAVASCRIPT: "  const flinks = new FlinksClient({ instance: 'northwind-us', customerId });\n",
    SYNTAX["py"]: "    flinks = FlinksClient(instance=\"northwind-us\", customer_id=customer_id)\n",
    SYNTAX["rb"]: "  flinks = FlinksClient.new(instance: \"northwind-us\", customer_id: customer_id)\n",
    SYNTAX["php"]: "    $flinks = new FlinksClient(['instance' => 'northwind-us', 'customerId' => $customerId]);\n",
    SYNTAX["go"]: "\tflinks := NewFlinksClient(\"northwind-us\", customerID)\n",
    SYNTAX["java"]: "    var flinks = new FlinksClient(\"northwind-us\", customerId);\n",
    SYNTAX["rs"]: "    let flinks = FlinksClient::new(\"northwind-us\", customer_id);\n",
    SYNTAX["sh"]: "  flinks_url=\"https://northwind-us-api.private.fin.ag/v3/$customer_id\"\n",
}


def statement(rng):
    """A line that looks like code, with an identifier, a call, a number, now and then a GUID or a comment."""
    a, b, c, d = rng.choices(WORDS, k=4)
    indent = "    " * rng.randrange(4)
    kind = rng.randrange(9)
    if kind == 0:
        return f"{indent}// {a} {b} {c}: the {d} of this {rng.choice(WORDS)} comes from the {rng.choice(WORDS)}\n"
    if kind == 1:
        return f'{indent}"{a}_{b}": "{c}-{d}-{rng.randrange(10_000)}",\n'
    if kind == 2:
        return f"{indent}if ({a}.{b}{c.title()} === {rng.randrange(100)}) {{ return {d}; }}\n"
    if kind == 3 and rng.randrange(6) == 0:
        return f'{indent}id: "{uuid.UUID(int=rng.getrandbits(128))}"\n'
    if kind == 4:
        return "\n"
    return f"{indent}const {a}{b.title()} = await {c}.{d}({a}, {rng.choice(WORDS)}Id, {{ {b}: {rng.random():.3f} }});\n"


def program(rng, syntax, size):
    """About so many bytes in the syntax of a language, from a pool of its statements; in pieces, so that lines can be put between."""
    before, after, *forms = syntax
    if syntax not in POOLS:
        lines = []
        for _ in range(8_000):
            a, b, c, d = rng.choices(IDENTIFIERS, k=4)
            form = forms[rng.choices(range(5), (1, 2, 1, 0.3, 3))[0]]
            lines.append(form.format(a=a, b=b, c=c, d=d, B=b.title(), C=c.title(), D=d.title(),
                                     n=rng.randrange(10_000), id=uuid.UUID(int=rng.getrandbits(128))))
            if rng.randrange(9) == 0:
                lines.append("\n")
        POOLS[syntax] = lines
    lines, at = POOLS[syntax], rng.randrange(len(POOLS[syntax]))
    head, opening, closing = before
    parts, length = [head], 0
    while length < size:
        parts.append(opening.format(n=at))
        for _ in range(rng.randrange(4, 40)):
            parts.append(lines[at % len(lines)])
            length += len(parts[-1])
            at += 1
        parts.append(closing)
    return [*parts, after]


POOLS = {}


def in_function(parts, at):
    """The place at `at` or soon after it that lies between two lines of a function."""
    return next((at for at in range(at, len(parts)) if parts[at - 1][0] in " \t" and parts[at][0] in " \t"), at)


def main():
    root, count = Path(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(SEED)
    pool = [statement(rng) for _ in range(60_000)]
    pool_bytes = "".join(pool).encode()
    starts = [0]
    for line in pool:
        starts.append(starts[-1] + len(line))
    folders = [root]
    for _ in range(max(3, count // 12)):
        parent = rng.choice(folders[-400:])
        if len(parent.relative_to(root).parts) > 8:
            parent = root
        folders.append(parent / rng.choice(WORDS))
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    extensions, shares = zip(*KINDS)
    for at in range(count):
        folder = rng.choice(folders)
        extension = rng.choices(extensions, shares)[0]
        path = folder / f"{rng.choice(WORDS)}-{rng.choice(WORDS)}{at}.{extension}"
        size = int(min(rng.lognormvariate(8.0, 1.5), 800_000))
        start = starts[rng.randrange(len(pool))]
        if extension in SYNTAX:
            parts = program(rng, SYNTAX[extension], size)
            if at % 100 == 7:
                comment = SYNTAX[extension][2].split("{a}")[0].rstrip()
                said = rng.choice([*FLINKS_IN, *[CLIENT[SYNTAX[extension]]] * 2])
                parts.insert(in_function(parts, 1 + len(parts) // 2), said.replace("{q}", comment))
            path.write_text("".join(parts))
            continue
        content = (pool_bytes * (1 + size // len(pool_bytes)))[start:start + size] if size < len(pool_bytes) - start \
            else pool_bytes[:size]
        if extension == "png":
            content = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + rng.randbytes(min(size, 100_000))
        elif at % 100 == 7:
            line = rng.choice(FLINKS).encode()
            middle = content.find(b"\n", len(content) // 2) + 1
            content = content[:middle] + line + content[middle:]
        path.write_bytes(content)
    (root / ".gitignore").write_text("node_modules/\ndist/\n*.log\n.env.local\n")
    (root / "package.json").write_text('{ "name": "bench", "dependencies": { "next": "15.0.0" } }\n')
    ignored = root / "node_modules" / "library"
    ignored.mkdir(parents=True, exist_ok=True)
    for at in range(count // 20):
        (ignored / f"module{at}.js").write_bytes(pool_bytes[:4_000])


main()
