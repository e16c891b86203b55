"""Random messages and random values for a kernel; the same from the same seed."""

import json
import random
import string

# Requests that Jupyter knows, and what they ask for where nothing is wrong with them.
REQUESTS = {
    "execute_request": {"code": "1", "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False, "stop_on_error": True},
    "complete_request": {"code": "[].len", "cursor_pos": 6},
    "inspect_request": {"code": "Math.max", "cursor_pos": 8, "detail_level": 0},
    "history_request": {"hist_access_type": "tail", "output": False, "raw": True, "n": 3},
    "is_complete_request": {"code": "f("},
    "comm_info_request": {"target_name": "stemma"},
    "kernel_info_request": {},
    "comm_open": {"comm_id": "c", "target_name": "stemma", "data": {"protocol": 1}},
    "comm_msg": {"comm_id": "c", "data": {"type": "watch", "artifacts": ["a1"]}},
    "comm_close": {"comm_id": "c", "data": {}},
    "input_reply": {"value": "typed", "status": "ok"},
    "debug_request": {"type": "request", "seq": 1, "command": "initialize"},
    "interrupt_request": {},
    "no_such_request": {"code": "1"},
}
PAGE_MESSAGES = ["resync", "watch", "document", "pause", "resume", "snapshot", "no such type"]


class Fuzz:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def json(self, depth=3):
        """Any JSON value."""
        kinds = ["null", "bool", "number", "text"] + (["list", "record"] * 2 if depth > 0 else [])
        kind = self.random.choice(kinds)
        if kind == "null":
            return None
        if kind == "bool":
            return self.random.random() < 0.5
        if kind == "number":
            return self.random.choice([0, -1, 1, 2**31, 2**53, -(2**63), 1.5, 1e308, self.random.randrange(100)])
        if kind == "text":
            return self.text()
        if kind == "list":
            return [self.json(depth - 1) for _ in range(self.random.randrange(4))]
        return {self.text(): self.json(depth - 1) for _ in range(self.random.randrange(4))}

    def text(self):
        odd = ["", "\0", "\u2028", "é", "😀", "__proto__", "constructor", "toString", "../..", "a" * 10_000, "c", "stemma"]
        return self.random.choice(odd + ["".join(self.random.choices(string.printable, k=8))] * 6)

    def changed(self, record):
        """The record with one or two members gone, of another type, or added."""
        record = dict(record)
        for _ in range(self.random.randrange(1, 3)):
            name = self.random.choice([*record, self.text()])
            if self.random.random() < 0.3:
                record.pop(name, None)
            else:
                record[name] = self.json()
        return record

    def frames(self, session):
        """The frames of a message: most with something wrong in them."""
        kind = self.random.choice(list(REQUESTS))
        content = dict(REQUESTS[kind])
        if kind == "comm_msg":
            content["data"] = {"type": self.random.choice(PAGE_MESSAGES), "request": self.json(1), "artifacts": self.json(2)}
        message = session.msg(kind, content)
        if self.random.random() < 0.6:
            message["content"] = self.changed(content)
        if self.random.random() < 0.2:
            message["header"] = self.changed(message["header"])
        if self.random.random() < 0.2:
            message["parent_header"], message["metadata"] = self.json(2), self.json(2)
        parts = [json.dumps(message[part], default=str).encode() for part in ("header", "parent_header", "metadata", "content")]
        if self.random.random() < 0.2:
            parts[self.random.randrange(4)] = self.bytes()
        signature = session.sign(parts) if self.random.random() < 0.8 else self.bytes()
        buffers = [self.bytes() for _ in range(self.random.randrange(3))] if self.random.random() < 0.2 else []
        frames = [b"<IDS|MSG>", signature, *parts, *buffers]
        if self.random.random() < 0.1:
            del frames[self.random.randrange(len(frames))]
        if self.random.random() < 0.1:
            self.random.shuffle(frames)
        return frames

    def bytes(self):
        whole = json.dumps(self.json()).encode()
        odd = [b"", b"{", b"null", b"[]", b"\xff\xfe", self.random.randbytes(64), whole, whole[: len(whole) // 2], b"9" * 400, b'{"a":1,"a":2}']
        return self.random.choice(odd)

    def expression(self, depth=2):
        """A value of TypeScript, as odd as users make them."""
        if depth == 0 or self.random.random() < 0.2:
            return self.random.choice(ATOMS)
        parts = [self.expression(depth - 1) for _ in range(2)]
        return self.random.choice(COMPOUNDS).replace("$1", parts[0]).replace("$2", parts[1])


THROWS = "(() => { throw new Error('no'); })"
DISPLAY = "Symbol.for('Jupyter.display')"
INSPECT = "Symbol.for('nodejs.util.inspect.custom')"

ATOMS = [
    "undefined", "null", "NaN", "-0", "Infinity", "10n ** 400n", "''", "'x'.repeat(100_000)", "'\\ud83d'", "'\\u0000\\u001b[31m\\r\\b'", "Symbol('s')", "Symbol()",
    "/x/g", "new Date(NaN)", "new Date(0)", "new Error('e')", "new AggregateError([1, new Error('x')])", "Buffer.alloc(70_000)", "new Float64Array(3)",
    "new BigInt64Array(2)", "new ArrayBuffer(8)", "new SharedArrayBuffer(8)", "new DataView(new ArrayBuffer(2))", "new Map([[{}, []]])", "new Set([NaN])",
    "new WeakMap()", "new URL('a:b')", "Promise.resolve(1)", "(() => 1)", "class A { static x = 1; }", "(function* () { yield 1; })()", "globalThis", "process.env",
    "Object.create(null)", "new Proxy({}, {})", "new Array(1e6)", "[, 1, , 2]", "(() => { const a: unknown[] = []; a.push(a); return a; })()",
    "(() => { let v: unknown = 1; for (let i = 0; i < 20_000; i++) v = [v]; return v; })()", "Object.assign([1], { extra: 1 })", "'<script>alert(1)</script>'",
]
COMPOUNDS = [
    "[$1, $2]", "({ a: $1, 'b c': $2 })", "new Map<unknown, unknown>([[$1, $2]])", "new Set<unknown>([$1, $2])", "Object.freeze([$1])", "Promise.resolve($1)", "() => [$1, $2]",
    f"({{ get a() {{ return {THROWS}(); }}, b: $1 }})", f"({{ toString: {THROWS}, toJSON: {THROWS}, x: $1 }})", f"({{ [{INSPECT}]: {THROWS} }})", f"({{ [{INSPECT}]: () => $1 }})",
    f"({{ [{DISPLAY}]: () => ($1) }})", f"({{ [{DISPLAY}]: () => ({{ 'text/plain': $1, 'application/json': $2 }}) }})", f"({{ [{DISPLAY}]: () => ({{ 'image/png': $1, 'x/y': $2 }}) }})",
    f"({{ [{DISPLAY}]: {THROWS} }})", f"({{ get [{DISPLAY}]() {{ return {THROWS}(); }} }})", f"new Proxy([$1], {{ get: {THROWS} }})",
    f"new Proxy({{ a: $1 }}, {{ ownKeys: {THROWS}, getPrototypeOf: {THROWS} }})", "Object.assign(() => 1, { a: $1 })", "new (class Odd extends Map { a: unknown = $1; get size() { return -1; } })()",
    "Object.assign(new Error('e'), { cause: $1, stack: $2 })", "Object.defineProperty({}, 'hidden', { value: $1 })", "Object.setPrototypeOf({ a: $1 }, null)",
]
# How a cell shows a value.
SHOWN = [
    "$1", "console.log($1)", "console.log('%s %d %o %j', $1, $1)", "console.table($1)", "console.error($1)", "throw $1", "display($1 as never)", "await Promise.reject($1)",
    "await $1", "process.stdout.write($1 as never)", "void Promise.reject($1); 1", "setTimeout(() => console.log($1)); 1", "const odd = $1 as any; odd",
]
