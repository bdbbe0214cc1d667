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
verify version view wallet webhook window worker write""".split()
FLINKS = [
    "FLINKS_CA_API_URL=https://acme-ca-api.private.fin.ag\n",
    "const flinks = new FlinksClient({ instance: 'northwind-us', customerId });\n",
    "flinks_login_id uuid not null,\n",
    "  url: https://northwind-us-api.private.fin.ag/v3/\n",
    "# reads accounts from Flinks once a day\n",
]


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
