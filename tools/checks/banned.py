#!/usr/bin/env python3
"""Rules of the house that a script can check: functions that are not used, room sizes, and no state outside of objects.

usage: banned.py"""
import re

from source import bare, read, tracked
from tap import Tap

MOST_LINES = 800
LONGEST_C, LONGEST_LINE = 120, 140

EVERYWHERE = {
    "gets": "mz_input_line", "strcpy": "snprintf or an mz_buffer", "strcat": "an mz_buffer", "sprintf": "snprintf",
    "vsprintf": "vsnprintf", "strtok": "a loop over an mz_str", "atoi": "strtoll, which says what it did not read",
    "atol": "strtoll", "atof": "strtod", "alloca": "an mz_arena", "setlocale": "nothing: no result depends on a locale",
    "localtime": "base/clock.h", "gmtime": "base/clock.h", "srand": "getrandom",
    "rand": "getrandom, or a generator with its seed in an object",
    "system": "nothing: no shell is started", "popen": "nothing: no shell is started",
    "mktemp": "mz_file_writer_open", "tmpnam": "mz_file_writer_open",
}
IN_THE_LIBRARY = {name: "an mz_error: a library does not print or exit" for name in
                  ("printf", "fprintf", "vprintf", "vfprintf", "puts", "fputs", "putchar", "perror", "exit", "_exit",
                   "abort", "quick_exit")}
# What these answer depends on the locale of the program that the library is part of.
OF_THE_LOCALE = {name: "base/ascii.h, the same under every locale" for name in
                 ("isalpha", "isdigit", "isalnum", "isupper", "islower", "isspace", "ispunct", "isxdigit", "isprint",
                  "tolower", "toupper", "strcasecmp", "strncasecmp", "strcasestr", "strcoll")}
# Compares the names of HTTP's header fields, which decide nothing about a list.
HEADERS_OF_HTTP = {"src/lists/fetch.c"}


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def banned_calls(path, code, names):
    pattern = re.compile(r"(?<![\w.>])(" + "|".join(names) + r")\s*\(")
    return [f"{path}:{line_of(code, m.start())}: {m.group(1)} is not used here; use {names[m.group(1)]}"
            for m in pattern.finditer(code)]


# What stands before a brace that does not open a block: an initialiser, a compound literal, the members of a struct.
PART_OF_STATEMENT = re.compile(r"(=|\breturn)\s*(\([^()]*\)\s*)?$|[,{(]\s*$|\b(struct|union|enum)(\s+\w+)?\s*$")


def statements(code):
    """(position, text, depth) of the pieces between semicolons and the braces of blocks."""
    code = re.sub(r"(?m)^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", lambda m: re.sub(r"[^\n]", " ", m.group()), code)
    start = depth = 0
    initialiser = []
    for at, c in enumerate(code):
        if c == "{":
            initialiser.append(PART_OF_STATEMENT.search(code[start:at]) is not None
                               or bool(initialiser and initialiser[-1]))
            if not initialiser[-1]:
                yield start, code[start:at], depth
                depth, start = depth + 1, at + 1
        elif c == "}" and initialiser:
            if not initialiser.pop():
                depth, start = depth - 1, at + 1
        elif c == ";" and not (initialiser and initialiser[-1]):
            yield start, code[start:at], depth
            start = at + 1


def is_mutable_variable(text, depth):
    """Whether a statement defines an object that lives as long as the program and may change."""
    declaration = re.sub(r"\{.*?\}", " ", " ".join(re.split(r"=(?![^{]*\})", text)[0].split()))
    beside = r"__attribute__\s*\(\(.*?\)\)|_Alignas\s*\(.*?\)|\bMZ_(BEGIN|END)_DECLS\b"
    declaration = re.sub(beside, " ", declaration).strip()
    if depth and not declaration.startswith(("static ", "_Thread_local ", "thread_local ")):
        return False
    if re.fullmatch(r"static pthread_once_t \w+", declaration):  # a library's own start: once, whoever comes first
        return False
    if not declaration or re.match(r"(typedef|extern|_Static_assert|static_assert|return|goto|case)\b", declaration):
        return False
    if re.fullmatch(r"(struct|union|enum)?\s*\w*", declaration) or "(" in re.sub(r"\(\s*\*", "", declaration, count=1):
        return False
    if not re.match(r"[A-Za-z_][\w\s*\[\](),]*$", declaration):
        return False
    before_name = declaration.rsplit("*", 1)
    return "const" not in before_name[-1].split() if len(before_name) == 2 else "const" not in declaration.split()


def globals_in(path, code):
    return [f"{path}:{line_of(code, at + len(text) - len(text.lstrip()))}: keeps state outside of any object: "
            + " ".join(text.split())[:80]
            for at, text, depth in statements(code) if is_mutable_variable(text, depth)]


def sizes_in(path, text):
    lines = text.splitlines()
    longest = LONGEST_C if path.endswith((".c", ".h")) else LONGEST_LINE
    # what is set by hand or by a tool, such as a matrix, may be wider
    by_hand = re.sub(r"clang-format off.*?clang-format on", lambda m: "\n" * m.group().count("\n"), text, flags=re.DOTALL)
    findings = [f"{path}:{n}: {len(line)} letters, {longest} are allowed"
                for n, line in enumerate(by_hand.splitlines(), 1) if len(line) > longest]
    if len(lines) > MOST_LINES:
        findings.append(f"{path}: {len(lines)} lines, {MOST_LINES} are allowed")
    return findings


def self_test(tap):
    bad = {
        "a banned call": banned_calls("x.c", bare("a = b; strcpy (a, b);"), EVERYWHERE),
        "printing in the library": banned_calls("x.c", bare('fprintf(stderr, "x");'), IN_THE_LIBRARY),
        "asking the locale": banned_calls("x.c", bare("if (isalpha(c)) c = tolower (c);"), OF_THE_LOCALE),
        "a counter": globals_in("x.c", "static int count;\n"),
        "a table of mutable pointers": globals_in("x.c", 'static const char *names[] = {"a", "b"};\n'),
        "state in a function": globals_in("x.c", "int f(void) {\n    static char text[8];\n    return 0;\n}\n"),
        "a global": globals_in("x.c", "int level = 3;\n"),
        "a global of a header": globals_in("x.h", "MZ_BEGIN_DECLS\nint level;\nMZ_END_DECLS\n"),
        "a global struct": globals_in("x.c", "static struct { int a; } state;\n")
                           or globals_in("x.c", "static struct thing state;\n"),
        "a list of structs": globals_in("x.c", "static struct {\n    int a, b;\n} rows[] = {{1, 2}};\n"),
        "a long line": sizes_in("x.c", "x" * 121),
        "a long file": sizes_in("x.c", "x\n" * 801),
    }
    good = {
        "a comment": banned_calls("x.c", bare("/* system(x) */ // gets(y)\n"), EVERYWHERE),
        "a string": banned_calls("x.c", bare('x = "sprintf(";'), EVERYWHERE),
        "a longer name": banned_calls("x.c", bare("mz_gets(x); snprintf(a); file.system(x);"), EVERYWHERE),
        "a word of our own": banned_calls("x.c", bare("mz_is_digit(c); strcmp(a, b);"), OF_THE_LOCALE),
        "constants": globals_in("x.c", "static const int a[] = {1, 2};\nstatic const char *const b[] = {0};\n"
                                       "const struct thing c = {.f = 1};\nenum { D = 1 };\nstruct e { int f; };\n"
                                       "static const struct {\n    const char *o;\n    int p;\n} q[] = {{0, 1}};\n"
                                       "static int g(int h);\nint i(void) {\n    int j = 0;\n    struct e k = {0};\n"
                                       "    static const int l = 2;\n    return (struct e){1}.f;\n}\n"
                                       "typedef int (*m)(void);\nextern const int n;\n"
                                       "void o(void) {\n    static pthread_once_t p = PTHREAD_ONCE_INIT;\n}\n"),
    }
    tap.check("rules: the check finds what it looks for, and nothing else",
              [f"missed {name}" for name, found in bad.items() if not found] +
              [f"{name}: {found}" for name, found in good.items() if found])


def main():
    tap = Tap()
    self_test(tap)
    code = {path: bare(read(path)) for path in tracked("src/*.c", "src/*.h", "include/*.h")}
    library = {path: text for path, text in code.items() if not path.startswith("src/cli/")}
    tap.check("rules: no function that is easily misused",
              [f for path, text in code.items() for f in banned_calls(path, text, EVERYWHERE)])
    tap.check("rules: the library does not print and does not exit",
              [f for path, text in library.items() for f in banned_calls(path, text, IN_THE_LIBRARY)])
    tap.check("rules: no result of the library depends on the locale",
              [f for path, text in library.items() if path not in HEADERS_OF_HTTP
               for f in banned_calls(path, text, OF_THE_LOCALE)])
    tap.check("rules: no state outside of objects",
              [f for path, text in library.items() for f in globals_in(path, text)])
    written = tracked("*.c", "*.h", "*.py", "*.sh", "*meson.build")
    tap.check(f"rules: {len(written)} files are not too long, and neither are their lines",
              [f for path in written for f in sizes_in(path, read(path))])
    tap.end()


main()
