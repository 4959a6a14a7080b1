#!/usr/bin/env python3
"""wordc: readable word lists and frames -> sorted C tables (words.h, words.c).

    wordc.py --header OUT.h --source OUT.c WORDFILE.txt… [--frames BOOK FILE.txt]… [--apart BOOK OUT.c]…

tools/README.md is its manual. Errors are `file:line: message`, all of a run together; exit 1.
"""
import sys
import unicodedata

SET_WORDS = 3                  # as bits[] of struct lex_set
CLASSES_MAX = 64 * SET_WORDS
CUES_MAX = 64
BLOCK = 16                     # LEX_BLOCK
KINDS_MAX = 0x7FFF             # above it a word is a variant
WORDS_MAX = 0x3FFF             # as pattern.h: above it are marks and classes
LEXICON_MAX = 100 * 1024       # bytes of the tables of words
ITEMS_MAX = 16
GAPS_MAX = 3
GAP_WORDS_MAX = 8
MADE = '/* Made by wordc from the lists in src/language. Not for editing. */'
MARKS = {',', '.', '?', '!', ':', ';', '"', '-', '(', ')', '…', '+', '=', '%', '/', '*'}
MARK_CODES = {'…': '~'}
UNSTRESSED = ('el', 'er', 'en', 'em')
PREFIXES = ('be', 'ge', 'her', 'ont', 'ver', 'over', 'onder', 'voor')
VERB_CLASSES = ('fin', 'stem', 'third-form', 'past', 'inf', 'part', 'separable')


class Problems:
    def __init__(self):
        self.said = []

    def add(self, where, message):
        self.said.append(f'{where[0]}:{where[1]}: {message}')


def fold(word):
    """The key of a word, exactly as text.c makes it."""
    word = word.lower().replace('’', "'").replace('‘', "'")
    if word == 'één':
        return word
    if word.count('.') > 1 or word[1:2] == '.':
        word = word.replace('.', '')
    word = word.replace('ß', 'ss').replace('æ', 'ae').replace('œ', 'oe').replace('ø', 'o')
    return ''.join(c for c in unicodedata.normalize('NFD', word) if not unicodedata.combining(c))


def is_vowel(c):
    return c in 'aeiouy'


def stem_of(infinitive):
    """The stem of a regular verb: lopen -> loop, pakken -> pak, geven -> geef, luisteren -> luister."""
    stem = infinitive[:-2]
    if len(stem) > 2 and stem[-1] == stem[-2] and not is_vowel(stem[-1]):
        stem = stem[:-1]
    elif len(stem) > 1 and not is_vowel(stem[-1]) and is_vowel(stem[-2]):
        single = len(stem) < 3 or not is_vowel(stem[-3])
        earlier = any(is_vowel(c) for c in stem[:-2])
        if single and stem[-2] not in 'iy' and stem[-1] != 'w' and not (stem[-2:] in UNSTRESSED and earlier):
            stem = stem[:-1] + stem[-2] + stem[-1]
    if stem.endswith('v'):
        stem = stem[:-1] + 'f'
    elif stem.endswith('z'):
        stem = stem[:-1] + 's'
    return stem


def conjugate(spec):
    """Forms of a verb line: `infinitive[/stem] [past pastplural participle]`, prefix as op|ruimen."""
    words = spec.split()
    head, _, given_stem = words[0].partition('/')
    prefix, bar, base = head.rpartition('|')
    forms = []
    if not bar:
        base = head
    short = base in ('gaan', 'staan', 'slaan', 'zien', 'doen')
    if short:
        stem = base[:-2] if base.endswith('aan') else base[:-1]
    else:
        stem = given_stem or stem_of(base)
    hard = base[:-2][-1:] in tuple('tkfsp') or base[:-2].endswith('ch')
    weak = 't' if hard else 'd'
    past, pasts = stem + weak + 'e', stem + weak + 'en'
    bare = base.startswith(PREFIXES) and len(base) > 6 and base not in ('geven', 'gelden')
    part = ('' if bare else 'ge') + stem + ('' if stem[-1] == weak else weak)
    if len(words) == 4:
        past, pasts, part = words[1:]
    third = base[:-1] + 't' if short else stem if stem.endswith('t') else stem + 't'
    forms.append((prefix + base, 'inf'))
    if bar:
        forms.append((prefix + base, 'separable'))
    forms.append((part if len(words) == 4 else prefix + part, 'part'))
    # A separable verb is finite in two pieces; in a clause that ends in the verb, in one.
    for form, classes in ((stem, ('stem',)), (third, ('third-form',)), (past, ('past',)), (pasts, ('past',))):
        for c in classes:
            forms.append((prefix + form, c))
        forms.append((prefix + form, 'fin'))
    forms.append((prefix + base, 'fin'))
    return forms


def respell(stem):
    """How what stood before an ending is spelled alone; as respell() in derive.c. lop -> loop, pakk -> pak."""
    if len(stem) < 2:
        return
    last = {'z': 's', 'v': 'f'}.get(stem[-1], stem[-1])
    yield stem[:-1] + last
    if stem[-1] in 'aeiou':
        return
    if stem[-2] == stem[-1]:
        yield stem[:-1]
    elif len(stem) > 2 and stem[-2] in 'aeiou' and stem[-3] not in 'aeiou':
        yield stem[:-1] + stem[-2] + last


VERB_ENDINGS = (('en', ('inf', 'fin')), ('ten', ('past', 'fin')), ('den', ('past', 'fin')), ('te', ('past', 'fin')),
                ('de', ('past', 'fin')), ('t', ('third-form', 'fin')))


def derived(key, classes_of, carried):
    """The classes of a form of a regular verb whose stem is kept; as cut_verb() in derive.c."""
    for ending, classes in VERB_ENDINGS:
        if not key.endswith(ending) or len(key) < len(ending) + 3:
            continue
        rest = key[:-len(ending)]
        for stem in respell(rest) if ending == 'en' else (rest,):
            found = classes_of(stem)
            if 'stem' in found:
                return set(classes) | (found & carried)
    at = key.find('ge')
    if 0 <= at < len(key) - 5 and key[-1] in 'td':
        for end in (len(key), len(key) - 1):
            found = classes_of(key[:at] + key[at + 2:end])
            if 'stem' in found:
                return {'part'} | (found & carried)
    return set()


class Words:
    def __init__(self, problems):
        self.problems = problems
        self.classes = []          # in order of appearance
        self.of = {}               # key -> set of class names
        self.variants = {}         # key -> [keys]
        self.verbs = {}            # infinitive -> [forms]
        self.pending = []          # (where, class, infinitive): ~verb before the verb was read
        self.where = {}

    def declare(self, name):
        if name not in self.classes:
            self.classes.append(name)

    def add(self, where, word, name):
        key = fold(word)
        if not key or len(key.encode()) > 40:
            self.problems.add(where, f'not a word: {word}')
            return
        mine = self.of.setdefault(key, set())
        mine.add(name)
        self.where.setdefault(key, where)

    def read(self, path):
        section = None
        seen_here = set()
        for number, line in enumerate(open(path, encoding='utf-8'), 1):
            where = (path, number)
            line = line.split('#', 1)[0].strip()
            if not line:
                continue
            if line.startswith('['):
                section = line[1:].split(']')[0].strip()
                seen_here = set()
                if ']' not in line or not section or not section.replace('-', '').isalnum():
                    self.problems.add(where, 'a section is [name]')
                    section = None
                elif section == 'verbs':
                    for name in VERB_CLASSES:
                        self.declare(name)
                elif section != 'variants':
                    self.declare(section)
                continue
            if section is None:
                self.problems.add(where, 'a word before the first [section]')
            elif section == 'verbs':
                self.read_verb(where, line)
            elif section == 'variants':
                self.read_variant(where, line)
            else:
                for word in line.split():
                    if word in seen_here:
                        self.problems.add(where, f'twice in this section: {word}')
                    seen_here.add(word)
                    if word.startswith('~'):
                        self.pending.append((where, section, word[1:]))
                    else:
                        self.add(where, word, section)

    def read_verb(self, where, line):
        words = line.split()
        infinitive = words[0].partition('/')[0]
        if len(words) not in (1, 4) or not infinitive.endswith('n'):
            self.problems.add(where, 'a verb is `infinitive`, or `infinitive past pasts participle`')
            return
        name = infinitive.replace('|', '')
        if name in self.verbs:
            self.problems.add(where, f'this verb is here twice: {name}')
            return
        self.verbs[name] = conjugate(line)
        for form, kind in self.verbs[name]:
            self.add(where, form, kind)

    def read_variant(self, where, line):
        left, equals, right = line.partition('=')
        left, right = left.split(), right.split()
        if not equals or len(left) != 1 or not 1 <= len(right) <= 2:
            self.problems.add(where, 'a variant is `spelling = one or two words`')
            return
        key = fold(left[0])
        if key in self.variants:
            self.problems.add(where, f'this spelling is here twice: {left[0]}')
        self.variants[key] = [fold(w) for w in right]
        if sum(len(w.encode()) + 1 for w in self.variants[key]) > 4 * len(key.encode()) + 4:
            self.problems.add(where, f'longer than four times its spelling: {line}')
        self.where[key] = where

    def leave_out(self, needed):
        """Drops the forms that derive.c makes of the stem of their verb: {key: classes}."""
        carried = {section for _, section, _ in self.pending}
        forms = {fold(form) for verb in self.verbs.values() for form, _ in verb}
        may = {key for key in forms if key.isascii() and 'stem' not in self.of[key] and key not in needed}
        kept = lambda key: set() if key in may else self.of.get(key, set())
        self.dropped = {key: self.of[key] for key in sorted(may)
                        if derived(key, kept, carried) == self.of[key]}
        for key in self.dropped:
            del self.of[key]
        self.carried = carried

    def settle(self):
        for where, name, infinitive in self.pending:
            if infinitive not in self.verbs:
                self.problems.add(where, f'no such verb in [verbs]: {infinitive}')
                continue
            for form, _ in self.verbs[infinitive]:
                self.add(where, form, name)
        for key, targets in self.variants.items():
            if key in self.of:
                self.problems.add(self.where[key], f'a variant that is also a word of its own: {key}')
            for target in targets:
                if target in self.variants:
                    self.problems.add(self.where[key], f'leads to another variant: {target}')
                self.of.setdefault(target, set())
        if len(self.classes) > CLASSES_MAX:
            self.problems.add(('words', 0), f'more than {CLASSES_MAX} classes')


class Book:
    """Frames of one instrument: sections are cues, lines are patterns."""

    def __init__(self, name, words, problems):
        self.name, self.words, self.problems = name, words, problems
        self.cues = []
        self.patterns = []         # (where, cue, veto, items)

    def read(self, path):
        section = None
        for number, line in enumerate(open(path, encoding='utf-8'), 1):
            where = (path, number)
            line = line.split('#', 1)[0].strip()
            if not line:
                continue
            if line.startswith('['):
                section = line[1:].split(']')[0].strip()
                bare = section.lstrip('-')
                if ']' not in line or not bare.replace('-', '').isalnum():
                    self.problems.add(where, 'a section is [cue] or [-cue]')
                    section = None
                elif bare not in self.cues:
                    self.cues.append(bare)
                continue
            if section is None:
                self.problems.add(where, 'a frame before the first [cue]')
                continue
            items = [self.item(where, part) for part in line.split()]
            if None in items:
                continue
            for variant in self.without_leading_options(items):
                self.take(where, section, variant)

    def without_leading_options(self, items):
        at = 1 if items and items[0][0] == 'START' else 0
        if at < len(items) and items[at][0] == 'MAYBE':
            first = ('ONE', items[at][1])
            for rest in self.without_leading_options(items[:at] + items[at + 1:]):
                yield rest
            yield items[:at] + [first] + items[at + 1:]
        else:
            yield items

    def take(self, where, section, items):
        at = 1 if items and items[0][0] == 'START' else 0
        if at >= len(items) or items[at][0] != 'ONE':
            self.problems.add(where, 'a frame begins with a word or class (^ may stand before it)')
            return
        if len(items) > ITEMS_MAX:
            self.problems.add(where, f'more than {ITEMS_MAX} parts')
        if sum(i[0] in ('GAP', 'COMMAGAP') for i in items) > GAPS_MAX:
            self.problems.add(where, f'more than {GAPS_MAX} gaps')
        self.patterns.append((where, section.lstrip('-'), section.startswith('-'), items))

    def item(self, where, part):
        if part == '^':
            return ('START', [])
        if part == '$':
            return ('END', [])
        if part == '%':
            return ('CLAUSE_END', [])
        if part == '_':
            return ('ANY', [])
        for sign, kind in (('..', 'GAP'), (',,', 'COMMAGAP')):
            if part.startswith(sign):
                if not part[2:].isdigit() or not 1 <= int(part[2:]) <= GAP_WORDS_MAX:
                    self.problems.add(where, f'a gap is {sign}1 to {sign}{GAP_WORDS_MAX}: {part}')
                    return None
                return (kind, int(part[2:]))
        if part in MARKS:
            return ('ONE', [('mark', part)])
        kind = 'ONE'
        if part.startswith('!'):
            kind, part = 'NOT', part[1:]
        elif part.endswith('?'):
            kind, part = 'MAYBE', part[:-1]
        alts = []
        for alt in part.split('|'):
            if alt.startswith('@'):
                if alt[1:] not in self.words.classes:
                    self.problems.add(where, f'no such class: {alt}')
                    return None
                alts.append(('class', alt[1:]))
            elif alt in MARKS:
                alts.append(('mark', alt))
            elif alt == '0':
                alts.append(('number', alt))
            else:
                key = fold(alt)
                if key in self.words.variants:
                    self.problems.add(where, f'never seen: {alt} is read as '
                                      + ' '.join(self.words.variants[key]))
                    return None
                if not key or not all(c.isalpha() or c in "'-" for c in key):
                    self.problems.add(where, f'not a word, class, gap or mark: {alt or part}')
                    return None
                self.words.of.setdefault(key, set())
                alts.append(('word', key))
        return (kind, alts)


def c_name(text):
    return text.upper().replace('-', '_')


def front_code(keys):
    """Sorted keys in blocks: each keeps what it does not share with the one before it.

    A byte: how much is shared (4 bits, 0 at the head of a block) and how much is new (4 bits; 15: a
    byte with the length follows); then what is new.
    """
    pool, blocks, before = bytearray(), [], b''
    for i, key in enumerate(keys):
        raw = key.encode()
        shared = 0
        if i % BLOCK == 0:
            blocks.append(len(pool))
        else:
            while shared < min(15, len(raw), len(before)) and raw[shared] == before[shared]:
                shared += 1
        new = raw[shared:]
        pool.append(shared << 4 | min(len(new), 15))
        if len(new) >= 15:
            pool.append(len(new))
        pool += new
        before = raw
    return pool, blocks


def pack(sequences):
    """All sequences in one list, and where each begins; one that is part of another needs no room."""
    packed, at = [], {}
    for sequence in sorted(set(sequences), key=lambda q: (-len(q), q)):
        if sequence in at:
            continue
        start = len(packed)
        packed.extend(sequence)
        for i in range(len(sequence)):
            for j in range(i + 1, len(sequence) + 1):
                at.setdefault(sequence[i:j], start + i)
    return packed, at


def rows(values, per_line=16):
    out = []
    for i in range(0, len(values), per_line):
        out.append('    ' + ', '.join(str(v) for v in values[i:i + per_line]) + ',')
    return '\n'.join(out) + '\n'


def set_words(value):
    """A struct lex_set with these bits."""
    words = [f'0x{value >> (64 * i) & (2**64 - 1):x}u' for i in range(SET_WORDS)]
    return '{{' + ', '.join(words) + '}}'


def needed_words(words, books):
    """Words that must have a number: those of frames, and what variants stand for."""
    needed = {target for targets in words.variants.values() for target in targets}
    for book in books:
        for *_, parts in book.patterns:
            for kind, detail in parts:
                if has_alts(kind, detail):
                    needed |= {value for what, value in detail if what == 'word'}
    return needed


def write_tables(words, books, header, source, apart):
    words.leave_out(needed_words(words, books))
    keys = sorted(set(words.of) | set(words.variants), key=lambda k: k.encode())
    number = {key: i for i, key in enumerate(keys)}
    if len(keys) > WORDS_MAX:
        return f'{len(keys)} words, more than {WORDS_MAX}'
    bit = {name: i for i, name in enumerate(words.classes)}
    sets, set_at = [], {}
    variants, kinds = [], []
    for key in keys:
        if key in words.variants:
            targets = [str(number[t] + 1) for t in words.variants[key]]
            kinds.append(0x8000 | len(variants))
            variants.append(f'    {{{{{", ".join(targets)}}}}},')
            continue
        value = tuple(sorted(bit[c] for c in words.of[key]))
        if value not in set_at:
            set_at[value] = len(sets)
            sets += [len(value), *value]
        kinds.append(set_at[value])
    if len(sets) > KINDS_MAX:
        return f'the sets of classes take {len(sets)} bytes, more than {KINDS_MAX}'
    pool, blocks = front_code(keys)
    size = len(pool) + 4 * len(blocks) + 2 * len(kinds) + len(sets) + 4 * len(variants)
    if size > LEXICON_MAX:
        return f'the words take {size} bytes, more than {LEXICON_MAX}'

    # Of a long list only a few are met.
    words.size = {name: sum(max(weight(words, key) - 1, 0.3) for key, of in words.of.items() if name in of)
                  for name in words.classes}
    h = [MADE,
         '#ifndef GEN_WORDS_H', '#define GEN_WORDS_H', '', '#include "language/lexicon.h"',
         '#include "language/pattern.h"', '', 'enum lex_class {']
    h += [f'    LEX_{c_name(c)},' for c in words.classes]
    h += ['    LEX_COUNT', '};', '']
    c = [MADE,
         '#include "gen/words.h"', '',
         f'const size_t lex_word_count = {len(keys)};', '', 'const uint16_t lex_kinds[] = {']
    c += [f'    {kind}, /* {key} */' for kind, key in zip(kinds, keys)]
    c += ['};', '', 'const struct lex_variant lex_variants[] = {',
          *(variants or ['    {{0}},']), '};', '',
          'const uint8_t lex_sets[] = {', rows(sets, 24) + '};', '',
          'const char *const lex_class_names[] = {']
    c += [f'    "{name}",' for name in words.classes]
    c += ['};', f'const struct lex_set lex_carried = {set_words(sum(1 << bit[n] for n in words.carried))};']
    # Bytes, not a string: ISO C limits the length of a string.
    c += ['', 'const uint8_t lex_pool[] = {', rows(list(pool), 24) + '};',
          'const uint32_t lex_blocks[] = {', rows(blocks) + '};', '']
    for book in books:
        if book.name in apart:
            own = [MADE, '#include "gen/words.h"', '']
            book_tables(book, number, bit, h, own, words)
            open(apart[book.name], 'w', encoding='utf-8').write('\n'.join(own) + '\n')
        else:
            book_tables(book, number, bit, h, c, words)
    # For the test that derive.c makes of each form what the lists say.
    h += ['#ifdef LEX_WITH_DROPPED', 'static const struct {', '    const char *key;', '    struct lex_set set;',
          '} lex_dropped[] = {']
    h += [f'    {{"{key}", {set_words(sum(1 << bit[name] for name in of))}}},' for key, of in words.dropped.items()]
    h += ['};', '#endif', '#endif']
    open(header, 'w', encoding='utf-8').write('\n'.join(h) + '\n')
    open(source, 'w', encoding='utf-8').write('\n'.join(c) + '\n')
    return None


GAPS = ('GAP', 'COMMAGAP')
# Codes of a part; pattern.c is their reader.
CODE_GAP, CODE_COMMAGAP = 0x00, 0x08         # + words - 1
CODES = {'START': 0x10, 'END': 0x11, 'CLAUSE_END': 0x12, 'ANY': 0x13, 'MAYBE': 0x14, 'NOT': 0x15}
CODE_SET, CODE_WORD, CODE_OFTEN = 0x20, 0x40, 0x80
OFTEN = 256 - CODE_OFTEN


def join_frames(patterns):
    """Frames of a cue that differ in the words of one part are one frame: "een tip", "een advies"."""
    frames = {}
    for where, cue, veto, parts in patterns:
        frames.setdefault((cue, veto, tuple((k, frozenset(d) if has_alts(k, d) else d if k in GAPS else None)
                                            for k, d in parts)), where)
    while True:
        groups = {}
        for frame in frames:
            cue, veto, parts = frame
            for at, (kind, _) in enumerate(parts):
                if kind == 'ONE':
                    groups.setdefault((cue, veto, parts[:at], parts[at + 1:]), []).append(frame)
        joined = False
        for (cue, veto, before, behind), group in sorted(groups.items(), key=lambda g: -len(g[1])):
            group = [frame for frame in group if frame in frames]
            if len(group) < 2:
                continue
            alts = frozenset().union(*(frame[2][len(before)][1] for frame in group))
            where = min(frames.pop(frame) for frame in group)
            frames.setdefault((cue, veto, before + (('ONE', alts),) + behind), where)
            joined = True
        if not joined:
            break
    return sorted((where, cue, veto, parts) for (cue, veto, parts), where in frames.items())


# Classes whose words are in nearly every sentence, and those that are in many.
COMMON = ('you', 'article', 'i', 'third', 'we', 'be', 'have', 'neg', 'conj', 'indefinite', 'deictic')
FREQUENT = ('prep', 'modal', 'do', 'go', 'wh', 'soft', 'sub', 'adverb', 'surely', 'become', 'opener')


def weight(words, key):
    """How often a word is met, roughly: what tells one sentence from another is rare."""
    classes = words.of.get(key, ())
    return 100 if any(c in COMMON for c in classes) else 20 if any(c in FREQUENT for c in classes) else 1


def trigger_of(parts, words):
    """The part of a frame that fewest sentences have: where it stands, the frame is tried."""
    def size(alts):
        return sum(words.size[a[1]] if a[0] == 'class' else weight(words, a[1]) if a[0] == 'word' else 50
                   for a in alts)
    return min((at for at, (kind, _) in enumerate(parts) if kind == 'ONE'), key=lambda at: size(parts[at][1]))


def book_tables(book, number, bit, h, c, words):
    name = book.name
    h.append(f'enum {name}_cue {{')
    h += [f'    {c_name(name)}_CUE_{c_name(cue)},' for cue in book.cues]
    h += [f'    {c_name(name)}_CUE_COUNT', '};', f'extern const struct pattern_book {name}_book;', '']
    frames = join_frames(book.patterns)
    used = {}
    for *_, parts in frames:
        for kind, detail in parts:
            if detail and kind not in GAPS:
                codes = alt_codes(detail, number, bit)
                used[codes] = used.get(codes, 0) + 1
    sets = sorted((s for s in used if used[s] > 2 or len(s) > 1 or s[0] >= 0x4000), key=lambda s: (-used[s], s))
    set_number = {codes: i for i, codes in enumerate(sets)}
    if len(sets) > OFTEN + 256 * (CODE_WORD - CODE_SET):
        raise SystemExit(f'{name}: too many sets of words')
    alts, alt_at = pack(sets)

    def set_code(codes):
        if codes not in set_number:
            return [CODE_WORD + (codes[0] >> 8), codes[0] & 255]
        i = set_number[codes]
        return [CODE_OFTEN + i] if i < OFTEN else [CODE_SET + (i - OFTEN >> 8), i - OFTEN & 255]

    def part_code(kind, detail):
        if kind in GAPS:
            return [(CODE_GAP if kind == 'GAP' else CODE_COMMAGAP) + detail - 1]
        return ([] if kind == 'ONE' else [CODES[kind]]) + \
            (set_code(alt_codes(detail, number, bit)) if detail else [])

    pool, comments, by_word, by_class = [], [], {}, {}
    for where, cue, veto, parts in frames:
        trigger = trigger_of(parts, words)
        behind, before = parts[trigger + 1:], parts[:trigger][::-1]
        row = [book.cues.index(cue) | (0x80 if veto else 0), len(behind) << 4 | len(before)]
        for part in behind + before:
            row += part_code(*part)
        at = len(pool)
        pool += row
        comments.append(f'    {", ".join(map(str, row))}, /* {where[0].rsplit("/", 1)[-1]}:{where[1]} */')
        for code in alt_codes(parts[trigger][1], number, bit):
            (by_class if code & 0x8000 else by_word).setdefault(code & 0x7FFF, []).append(at)
    if len(pool) > 0xFFFF:
        raise SystemExit(f'{name}: the frames take {len(pool)} bytes, more than {0xFFFF}')
    lists, word_rows, class_firsts = [], [], []
    for code in sorted(by_word):
        word_rows.append(f'    {{{code}, {len(lists)}}},')
        lists += by_word[code]
    word_rows.append(f'    {{0xFFFF, {len(lists)}}},')
    for i in range(len(words.classes)):
        class_firsts.append(len(lists))
        lists += by_class.get(i, [])
    class_firsts.append(len(lists))
    lead = sum(1 << b for b in by_class)
    c += [f'static const uint8_t {name}_frames[] = {{', *comments, '};',
          f'static const uint16_t {name}_alts[] = {{', rows(alts or [0]) + '};',
          f'static const uint16_t {name}_set_at[] = {{', rows([alt_at[s] for s in sets] or [0]) + '};',
          f'static const uint8_t {name}_set_count[] = {{', rows([len(s) for s in sets] or [0]) + '};',
          f'static const uint16_t {name}_lists[] = {{', rows(lists or [0]) + '};',
          f'static const struct pattern_trigger {name}_words[] = {{', *word_rows, '};',
          f'static const uint16_t {name}_classes[] = {{', rows(class_firsts) + '};',
          f'static const char *const {name}_cue_names[] = {{']
    c += [f'    "{cue}",' for cue in book.cues]
    c += ['};', f'const struct pattern_book {name}_book = {{',
          f'    .frames = {name}_frames, .alts = {name}_alts, .set_at = {name}_set_at,',
          f'    .set_count = {name}_set_count, .lists = {name}_lists, .words = {name}_words,',
          f'    .word_count = {len(word_rows) - 1}, .classes = {name}_classes,',
          f'    .leading = {set_words(lead)},', f'    .cue_names = {name}_cue_names,', '};', '']


def has_alts(kind, detail):
    return kind not in GAPS and bool(detail)


def alt_codes(alts, number, bit):
    return tuple(sorted({alt_code(a, number, bit) for a in alts}))


def alt_code(alt, number, bit):
    what, value = alt
    if what == 'word':
        return number[value] + 1
    if what == 'class':
        return 0x8000 | bit[value]
    if what == 'number':
        return 0x4000
    return 0x4000 | ord(MARK_CODES.get(value, value))


def main(argv):
    header = source = None
    word_files, book_files, apart = [], {}, {}
    at = 0
    while at < len(argv):
        if argv[at] == '--header':
            header, at = argv[at + 1], at + 2
        elif argv[at] == '--source':
            source, at = argv[at + 1], at + 2
        elif argv[at] == '--frames':
            book_files.setdefault(argv[at + 1], []).append(argv[at + 2])
            at += 3
        elif argv[at] == '--apart':
            apart[argv[at + 1]] = argv[at + 2]
            at += 3
        else:
            word_files.append(argv[at])
            at += 1
    problems = Problems()
    words = Words(problems)
    for path in word_files:
        words.read(path)
    words.settle()
    books = []
    for name, paths in book_files.items():
        book = Book(name, words, problems)
        for path in paths:
            book.read(path)
        if len(book.cues) > CUES_MAX:
            problems.add((paths[-1], 0), f'more than {CUES_MAX} cues')
        books.append(book)
    if not problems.said and header and source:
        trouble = write_tables(words, books, header, source, apart)
        if trouble:
            problems.said.append(trouble)
    for line in problems.said:
        print(line, file=sys.stderr)
    return 1 if problems.said else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
